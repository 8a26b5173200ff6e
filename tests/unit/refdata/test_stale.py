"""What is due on a day; the day is an argument."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.controls import EventBasis, ScheduledEvent, TimelineEvent, TimelineStatus
from app.domain.observations import Observation, ObservationBasis
from app.domain.provenance import Status
from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.domain.triple import Triple
from app.refdata.stale import StaleItem, stale
from tests.factories import SURE, event, measure, mix_row, reference, supply

DAY = date(2026, 3, 1)


def kinds(data: ReferenceData, today: date) -> list[str]:
    return [item.kind for item in stale(data, today)]


def fresh() -> ReferenceData:
    """Return data in which nothing is due on `DAY`."""
    rows = (mix_row(Stage.SEPARATION, {"A": 1.0}, elements=("Nd",), valid_from=DAY),)
    return reference(supply_side=supply(world=rows))


def test_nothing_is_due_right_after_a_review() -> None:
    assert stale(fresh(), DAY) == ()


def test_knowledge_grows_old_after_the_days_of_the_register() -> None:
    data = fresh()  # known to the first of March, warns after 30 days

    assert kinds(data, DAY + timedelta(days=30)) == []
    assert kinds(data, DAY + timedelta(days=31)) == ["cutoff"]


def test_a_day_of_the_calendar_is_due_when_it_comes() -> None:
    data = fresh()
    calendar = (ScheduledEvent(on_date=DAY, what="suspension ends", source="gk"),)
    data = replace(data, register=replace(data.register, scheduled_events=calendar))

    assert stale(data, DAY - timedelta(days=1)) == ()
    assert stale(data, DAY) == (
        StaleItem(
            kind="scheduled_event",
            subject="gk",
            due_on=DAY,
            text="was due: suspension ends",
            urls=("https://gazette.example.org/notice",),
        ),
    )


def with_timeline(*timeline: TimelineEvent) -> ReferenceData:
    one = replace(measure(timeline=timeline), last_verified_on="2026-03-01")
    data = fresh()
    return replace(data, register=replace(data.register, measures={one.id: one}))


SUSPENDED = event(date(2025, 11, 10), TimelineStatus.SUSPENDED)
COMES_BACK = event(
    DAY - timedelta(days=1),
    TimelineStatus.IN_FORCE,
    basis=EventBasis.SCHEDULED,
    known_from=date(2025, 11, 7),
)


def test_a_status_that_rests_on_a_schedule_is_due_from_its_day() -> None:
    data = with_timeline(SUSPENDED, COMES_BACK)

    assert kinds(data, DAY - timedelta(days=2)) == []
    assert kinds(data, DAY) == ["unconfirmed_event"]


def test_a_later_act_settles_what_was_scheduled() -> None:
    assert kinds(with_timeline(SUSPENDED, COMES_BACK, event(DAY, TimelineStatus.ENDED)), DAY) == []


def test_a_status_in_doubt_is_due_as_long_as_it_is() -> None:
    doubt = event(
        DAY,
        TimelineStatus.UNCONFIRMED,
        basis=EventBasis.STATED,
        best=TimelineStatus.SUSPENDED,
        worst=TimelineStatus.IN_FORCE,
    )

    (item,) = stale(with_timeline(SUSPENDED, doubt), DAY)

    assert (item.kind, item.due_on) == ("unconfirmed_event", DAY)
    assert item.text == "nobody knows; suspended is assumed, in_force may hold"


def test_what_nobody_could_know_yet_is_not_due() -> None:
    late = event(DAY, TimelineStatus.IN_FORCE, known_from=DAY + timedelta(days=5))

    assert kinds(with_timeline(late), DAY) == []


def test_a_scheduled_change_that_a_later_act_overtook_is_not_due() -> None:
    overtaken = replace(COMES_BACK, known_to=date(2026, 2, 1))

    assert kinds(with_timeline(SUSPENDED, overtaken), DAY) == []


@pytest.mark.parametrize(
    ("verified_on", "due_on"),
    [("2026-01-10", date(2026, 2, 9)), ("2026-01", date(2026, 1, 31)), ("2025", date(2025, 1, 31))],
)
def test_a_measure_is_due_when_it_was_not_looked_at(verified_on: str, due_on: date) -> None:
    one = replace(measure(), last_verified_on=verified_on)
    data = replace(fresh(), register=replace(fresh().register, measures={one.id: one}))

    (item,) = stale(data, DAY)

    assert (item.kind, item.subject, item.due_on) == ("measure", "A-1", due_on)


def test_an_observation_is_due_when_it_no_longer_counts_in_full() -> None:
    seen = Observation(
        id="O-1",
        measure="A-1",
        exporter="A",
        basis=ObservationBasis.FLOW_RATIO,
        known_from=DAY,
        observed_to=DAY,
        valid_days=10,
        elements=frozenset(),
        forms=frozenset(),
        destinations=frozenset(),
        end_use="civil",
        arithmetic="1 / 2",
        provenance=SURE,
        flow_ratio=Triple.exactly(0.5),
    )
    data = replace(fresh(), register=replace(fresh().register, observations=(seen,)))

    assert kinds(data, DAY + timedelta(days=9)) == []
    assert kinds(data, DAY + timedelta(days=10)) == ["observation"]


def test_only_the_newest_vintage_of_a_stage_and_element_counts() -> None:
    rows = (
        mix_row(Stage.SEPARATION, {"A": 1.0}, elements=("Nd",), valid_from=date(2020, 1, 1)),
        mix_row(Stage.SEPARATION, {"A": 1.0}, elements=("Nd", "Dy"), valid_from=date(2025, 1, 1)),
        mix_row(Stage.SEPARATION, {"A": 1.0}, elements=("Pr",), valid_from=date(2024, 1, 1)),
    )
    data = reference(supply_side=supply(world=rows))

    items = stale(data, DAY, vintage_days=700)

    assert [item.subject for item in items] == ["world separation"]
    assert items[0].due_on == date(2025, 12, 1)
    assert "newest shares of Pr are known since 2024-01-01" in items[0].text


def test_a_judgement_has_no_new_edition() -> None:
    row = mix_row(Stage.SEPARATION, {"A": 1.0}, elements=("Nd",), valid_from=date(2020, 1, 1))
    guessed = replace(row, provenance=replace(SURE, status=Status.JUDGEMENT))

    assert kinds(reference(supply_side=supply(world=(row,))), DAY) == ["vintage"]
    assert kinds(reference(supply_side=supply(world=(guessed,))), DAY) == []


def test_a_measure_that_has_ended_is_history() -> None:
    ended = replace(
        measure(
            timeline=(
                event(date(2020, 1, 1), TimelineStatus.IN_FORCE),
                event(date(2021, 1, 1), TimelineStatus.ENDED),
            )
        ),
        last_verified_on="2021-01-01",
    )
    data = fresh()
    data = replace(data, register=replace(data.register, measures={ended.id: ended}))

    assert kinds(data, DAY) == []


def test_doubts_about_the_law_come_before_what_is_long_overdue() -> None:
    old = replace(measure("A-2"), last_verified_on="2020-01-01")
    data = with_timeline(SUSPENDED, COMES_BACK)
    register = replace(data.register, measures={**data.register.measures, "A-2": old})

    assert kinds(replace(data, register=register), DAY) == ["unconfirmed_event", "measure"]


def test_the_longest_overdue_comes_first() -> None:
    early = replace(measure("A-1"), last_verified_on="2025-06-01")
    late = replace(measure("A-2"), last_verified_on="2025-01-01")
    data = fresh()
    data = replace(data, register=replace(data.register, measures={"A-1": early, "A-2": late}))

    assert [item.subject for item in stale(data, DAY)] == ["A-2", "A-1"]
