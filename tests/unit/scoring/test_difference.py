"""What flips between two answers, and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.bom import BomLine, Supplier
from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import (
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    EventBasis,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    ScheduledEvent,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.exposure import IdentifiedLine
from app.domain.places import CHINA
from app.domain.reference import ReferenceData
from app.domain.supply import Chain, Stage
from app.scoring import law_calendar
from app.scoring.assess import assess
from app.scoring.difference import Answered, Difference, difference
from app.scoring.evaluation import Evaluation
from app.scoring.law_calendar import CalendarDay, product_calendar, register_calendar
from app.scoring.law_changes import ABSENT, Clocks, law_changes
from app.scoring.scenarios import Change
from tests import factories as make
from tests.factories import TODAY, event

YESTERDAY = TODAY - timedelta(days=1)
STARTS = (
    event(TODAY - timedelta(days=30), TimelineStatus.ANNOUNCED),
    event(
        TODAY, TimelineStatus.IN_FORCE, basis=EventBasis.SCHEDULED,
        known_from=TODAY - timedelta(days=30),
    ),
)  # fmt: skip
MAGNET_IN_DEVICE = Chain(
    form="device_magnet",
    stages=(Stage.SEPARATION, Stage.MAGNET, Stage.DEVICE),
    register_stages=((RegisterStage.OXIDE,), (RegisterStage.MAGNET,), ()),
)


def starting(measure_id: str = "CN-1", **changes: object) -> ControlMeasure:
    return make.measure(measure_id, exporter=CHINA, timeline=STARTS, **changes)  # type: ignore[arg-type]  # named as in the factory


def world(*measures: ControlMeasure) -> ReferenceData:
    shares = {CHINA: 0.9, "B": 0.1}
    chains = {**make.CHAINS, "device_magnet": MAGNET_IN_DEVICE}
    side = make.supply(
        world=[make.mix_row(stage, shares) for stage in (Stage.SEPARATION, Stage.MAGNET)],
        governance={CHINA: 0.5, "B": 0.3},
        chains=chains,
    )
    side = replace(
        side, sourcing_stage={**side.sourcing_stage, "metal": Stage.SEPARATION,
                              "device_magnet": Stage.MAGNET},
    )  # fmt: skip
    return make.reference(*measures, supply_side=side)


def goods(*forms: str) -> tuple[tuple[BomLine, ...], tuple[IdentifiedLine, ...]]:
    lines = tuple(make.line(str(n)) for n, _ in enumerate(forms))
    found = tuple(
        make.found(str(n), make.content("Dy"), forms=(form,)) for n, form in enumerate(forms)
    )
    return lines, found


def answered(reference: ReferenceData, context: AssessmentContext, *forms: str) -> Answered:
    lines, found = goods(*forms)
    bom = make.bom(*lines)
    evaluation = Evaluation(reference, context)
    assessment = assess(bom, found, reference, context=context, evaluation=evaluation)
    return Answered(bom, found, assessment, evaluation)


def compared(*measures: ControlMeasure, forms: tuple[str, ...] = ("oxide",)) -> Difference:
    reference = world(*measures)
    before, after = (
        answered(reference, make.context(as_of=day, known_on=YESTERDAY), *forms)
        for day in (YESTERDAY, TODAY)
    )
    return difference(before, after)


def changes_of(found: Difference) -> tuple[Change, ...]:
    return (found.bom, *found.elements, *found.lines)


def test_a_measure_that_starts_flips_the_law_of_its_elements_and_lines() -> None:
    found = compared(starting(elements=("Dy",)))

    assert found.flipped_elements == ("Dy",)
    (whole, line) = found.flips
    assert (whole.line_id, line.line_id, line.form, line.inside) == (None, "0", "oxide", False)
    assert (line.before.status, line.after.status) == ("announced", "licence_required")
    (cause,) = line.causes
    assert (cause.measure, cause.on_date, cause.before, cause.after, cause.basis) == (
        "CN-1", TODAY, "announced", "in_force", "scheduled",
    )  # fmt: skip
    assert found.bom.after.nominal >= found.bom.before.nominal > 0.0


def test_nothing_flips_without_a_dated_event() -> None:
    found = compared(make.measure("CN-1", exporter=CHINA))

    assert not found.flips
    assert not found.measures
    assert [one.key for one in changes_of(found) if one.flips] == []


def test_the_law_of_an_assembly_is_that_of_what_is_inside() -> None:
    magnets = starting(elements=("Dy",), stages=(RegisterStage.MAGNET,))
    found = compared(magnets, forms=("device_magnet", "magnet", "oxide"))

    assert [(flip.line_id, flip.form, flip.inside) for flip in found.flips if flip.line_id] == [
        ("0", "magnet", True),
        ("1", "magnet", False),
    ]


def test_a_score_that_changes_its_band_is_told() -> None:
    ban = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
    tomorrow = replace(
        starting(rules=ban),
        timeline=(event(TODAY, TimelineStatus.IN_FORCE, known_from=TODAY),),
        announced=TODAY,
    )
    reference = world(tomorrow)
    before, after = (
        answered(reference, make.context(as_of=day, known_on=day), "oxide")
        for day in (YESTERDAY, TODAY)
    )

    found = difference(before, after)

    assert {change.key for change in changes_of(found) if change.flips} >= {"bom", "Dy", "0"}


def test_two_editions_of_the_data_are_compared() -> None:
    context = make.context()
    before = answered(world(make.measure("CN-2", exporter=CHINA)), context, "oxide")
    after = answered(world(starting()), context, "oxide")

    changes = {change.measure: change for change in difference(before, after).measures}

    assert (changes["CN-1"].before, changes["CN-1"].after) == (ABSENT, "in_force")
    assert (changes["CN-2"].before, changes["CN-2"].after) == ("in_force", ABSENT)
    assert changes["CN-2"].on_date is None


def test_only_the_measures_asked_for_are_compared() -> None:
    register = make.register(starting("CN-1"), starting("CN-2"))
    before, after = (register, Clocks(YESTERDAY, YESTERDAY)), (register, Clocks(TODAY, YESTERDAY))

    assert [one.measure for one in law_changes(before, after, ["CN-2"])] == ["CN-2"]


# ------------------------------------------------------------------------------- calendar


def asked(**changes: object) -> AssessmentContext:
    context = make.context(as_of=TODAY - timedelta(days=10), known_on=TODAY - timedelta(days=10))
    return replace(context, **changes)  # type: ignore[arg-type]  # names are checked by replace


def days_of(*measures: ControlMeasure, **changes: object) -> tuple[CalendarDay, ...]:
    return register_calendar(world(*measures), context=asked(**changes))


def test_the_calendar_names_day_measure_and_what_flips() -> None:
    (day,) = days_of(starting(elements=("Dy",), stages=(RegisterStage.OXIDE,)))

    (entry,) = day.entries
    assert day.on_date == TODAY
    assert (entry.kind, entry.subject, entry.status_before, entry.status_after) == (
        "measure", "CN-1", "announced", "in_force",
    )  # fmt: skip
    assert (entry.basis, entry.elements) == ("scheduled", ("Dy",))
    assert [(cell.element, cell.form) for cell in day.cells] == [("Dy", "oxide")]


def test_doubt_stands_in_the_entry() -> None:
    timeline = (
        *STARTS[:1],
        event(
            TODAY, TimelineStatus.UNCONFIRMED, basis=EventBasis.STATED,
            known_from=TODAY - timedelta(days=30), best=TimelineStatus.SUSPENDED,
            worst=TimelineStatus.IN_FORCE,
        ),
    )  # fmt: skip
    (day,) = days_of(replace(starting(), timeline=timeline))

    assert day.entries[0].text.endswith(
        ": announced; from this day unconfirmed, suspended by the best estimate, in force at worst "
        "(stated)."
    )
    assert day.entries[0].worst_case == "in_force"


def test_a_doubt_that_ends_tells_what_was_and_what_comes_by_both_readings() -> None:
    def doubt(on: date, best: TimelineStatus) -> TimelineEvent:
        return event(
            on, TimelineStatus.UNCONFIRMED, basis=EventBasis.STATED,
            known_from=TODAY - timedelta(days=30), best=best, worst=TimelineStatus.IN_FORCE,
        )  # fmt: skip

    timeline = (
        doubt(TODAY - timedelta(days=5), TimelineStatus.SUSPENDED),
        doubt(TODAY, TimelineStatus.IN_FORCE),
    )
    day = days_of(replace(starting(), timeline=timeline))[-1]

    assert day.entries[0].text.endswith(
        ": unconfirmed, suspended by the best estimate, in force at worst; from this day "
        "unconfirmed, in force by both readings (stated)."
    )


MILITARY = (
    Rule(
        when="military use",
        outcome=Outcome.PROHIBITED,
        applies=RuleApplies(end_uses=frozenset({"military"})),
    ),
)
ELSEWHERE = DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"D"}))


@pytest.mark.parametrize(
    ("measure", "changes"),
    [
        (starting(), {"horizon_days": 9}),
        (starting(), {"known_on": TODAY - timedelta(days=31)}),
        (starting(type=MeasureType.FRAMEWORK), {}),
        (starting(destinations=ELSEWHERE), {}),
        (starting(rules=MILITARY), {"end_use": EndUse.CIVIL}),
        (starting(elements=()), {}),
    ],
)
def test_what_does_not_touch_the_question_is_left_out(
    measure: ControlMeasure, changes: dict[str, object]
) -> None:
    assert days_of(measure, **changes) == ()


def test_a_military_rule_matters_where_the_use_may_be_military() -> None:
    assert len(days_of(starting(rules=MILITARY), end_use=EndUse.UNKNOWN)) == 1


def test_a_ban_of_listed_goods_speaks_of_what_is_listed() -> None:
    listing = make.measure("CN-2", exporter=CHINA, elements=("Tb",))
    ban = starting(rules=MILITARY, elements_mode=ElementsMode.ANY_DUAL_USE_LISTED)
    (day,) = days_of(listing, ban, end_use=EndUse.MILITARY)

    assert day.entries[0].elements == ("Tb",)


def test_days_that_follow_each_other_share_a_grid() -> None:
    next_day = TODAY + timedelta(days=1)
    again = replace(
        starting("CN-2"),
        timeline=(event(next_day, TimelineStatus.IN_FORCE, known_from=TODAY - timedelta(days=30)),),
    )

    assert [day.on_date for day in days_of(starting(), again)] == [TODAY, next_day]


def test_days_of_the_calendar_stand_beside_the_measures() -> None:
    reference = world(starting())
    scheduled = tuple(
        ScheduledEvent(on_date=day, what="A meeting", source=source)
        for day, source in ((TODAY, "gk"), (TODAY + timedelta(days=400), "gk"), (TODAY, None))
    )
    register = replace(reference.register, scheduled_events=scheduled)

    (day,) = register_calendar(replace(reference, register=register), context=asked())

    assert [(entry.kind, entry.subject) for entry in day.entries] == [
        ("measure", "CN-1"), ("scheduled", "gk"), ("scheduled", "calendar"),
    ]  # fmt: skip


def product_days(
    *measures: ControlMeasure, valid_to: date | None = None, forms: tuple[str, ...] = ("oxide",)
) -> tuple[CalendarDay, ...]:
    lines, found = goods(*forms)
    supplier = Supplier(country=CHINA, general_licence_valid_to=valid_to)
    bom = make.bom(*(replace(line, suppliers=(supplier,)) for line in lines))
    return product_calendar(bom, found, world(*measures), context=asked())


def test_a_product_sees_its_score_on_both_sides_of_a_day() -> None:
    (day,) = product_days(starting(elements=("Dy",)), starting("CN-2", elements=("Sc",)))

    assert [(entry.subject, entry.line_ids) for entry in day.entries] == [("CN-1", ("0",))]
    assert day.change is not None
    assert day.change.flipped_elements == ("Dy",)
    assert day.change.bom.after.nominal > 0.0


def test_a_flip_of_what_the_product_does_not_hold_is_no_flip_of_it() -> None:
    (day,) = product_days(starting(elements=("Dy", "Tb")))

    assert day.change is not None
    assert day.change.flipped_elements == ("Dy",)


def test_a_licence_that_runs_out_is_due() -> None:
    licence = make.measure("CN-2", exporter=CHINA)
    (day,) = product_days(licence, valid_to=TODAY)

    assert [(entry.kind, entry.subject) for entry in day.entries] == [("licence", "0")]
    assert day.on_date == TODAY
    assert day.change is not None
    assert day.change.bom.after.nominal > day.change.bom.before.nominal


@pytest.mark.parametrize("valid_to", [TODAY - timedelta(days=10), TODAY + timedelta(days=400)])
def test_a_licence_that_is_over_or_outlasts_the_horizon_is_not_due(valid_to: date) -> None:
    assert product_days(valid_to=valid_to) == ()


def test_a_product_with_two_days_in_a_row() -> None:
    next_day = TODAY + timedelta(days=1)
    again = replace(
        starting("CN-2"),
        timeline=(event(next_day, TimelineStatus.IN_FORCE, known_from=TODAY - timedelta(days=30)),),
    )

    first, second = product_days(starting(), again)

    assert first.change is not None
    assert second.change is not None
    assert first.change.bom.after == second.change.bom.before


def test_only_so_many_days_are_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law_calendar, "MOST_DAYS", 0)

    (day,) = product_days(starting())

    assert day.change is None
