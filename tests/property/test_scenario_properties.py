"""What-ifs add up, stay within what the method promises, and say the same as a new assessment."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.controls import ControlMeasure, Outcome, RegisterStage, TimelineStatus
from app.domain.supply import Stage
from app.scoring.assess import assess
from app.scoring.certainty import certainty
from app.scoring.counterfactual import (
    Counterfactual,
    Target,
    TargetKind,
    counterfactuals,
    usual_targets,
)
from app.scoring.evaluation import Evaluation
from app.scoring.information import missing_fields
from app.scoring.mitigation import all_candidates, best_set, ranked_actions
from app.scoring.patches import Inputs, Patch, apply_patches
from app.scoring.patches_composition import RemoveElements
from app.scoring.patches_law import AddMeasure, MoveDates, SetStatus
from app.scoring.patches_lines import (
    ChangeLines,
    RaiseRecycled,
    RaiseStock,
    SecondSource,
    with_lines,
)
from app.scoring.patches_method import MultiplyDelays
from app.scoring.patches_supply import MineOutage
from app.scoring.scale import score_of
from app.scoring.scenarios import COMPARED, Scenarios
from app.scoring.stress_calendar import stress_calendars
from app.scoring.uncertainty import tornado
from app.scoring.workbench import Workbench
from tests import factories as make
from tests import plain_world as plain
from tests.factories import TODAY
from tests.property.control_strategies import announced, measure_sets, suspended
from tests.property.strategies import worlds
from tests.property.worlds import TINY, World

EVERY_LINE = frozenset[str]()


def inputs_of(world: World) -> Inputs:
    data = replace(world.data, mitigation=plain.facts(), identification=plain.known_materials())
    return Inputs(bom=world.product, identified=world.found, reference=data, context=world.context)


def bench_of(world: World) -> Workbench:
    return plain.bench_of(inputs_of(world))


GOODS_PATCHES: tuple[Patch, ...] = (
    RaiseStock(line_ids=EVERY_LINE, to_days=50.0),
    RaiseStock(line_ids=EVERY_LINE, more_days=10.0),
    RaiseRecycled(line_ids=EVERY_LINE, to_share=0.4),
    SecondSource(line_ids=EVERY_LINE, stage=Stage.SEPARATION, country="JP", share=0.3),
    SecondSource(line_ids=EVERY_LINE, stage=Stage.MAGNET, country="DE", share=1.0),
    RemoveElements(elements=frozenset({"Dy"})),
    ChangeLines(licence_valid_to=TODAY + timedelta(days=100)),
)
WORLD_PATCHES: tuple[Patch, ...] = (
    AddMeasure(
        id="NEW",
        exporter="CN",
        elements=frozenset({"Dy", "Nd"}),
        stages=frozenset(RegisterStage),
        destinations=frozenset({"JP"}),
        outcome=Outcome.PROHIBITED,
    ),
    MultiplyDelays(factor=2.0),
    MultiplyDelays(factor=0.5),
    MineOutage(mine="Example Mine"),
)
patch_lists = st.lists(
    st.sampled_from((*GOODS_PATCHES, *WORLD_PATCHES)), min_size=1, max_size=3
).filter(lambda patches: sum(isinstance(one, AddMeasure) for one in patches) < 2)


@given(worlds(lines=2))
@settings(max_examples=20)
def test_an_empty_what_if_changes_nothing_bit_for_bit(world: World) -> None:
    inputs = inputs_of(world)

    result = Scenarios(inputs).run("nothing", ())
    again = assess(
        inputs.bom, inputs.identified, inputs.reference, context=inputs.context, options=COMPARED
    )

    assert result.contributions == ()
    assert result.assessment == again
    assert all(
        change.before == change.after
        for change in (result.bom, *result.elements, *result.sectors, *result.lines)
    )


@given(worlds(lines=2), patch_lists)
@settings(max_examples=30)
def test_the_contributions_add_up_to_the_difference(world: World, patches: list[Patch]) -> None:
    result = Scenarios(inputs_of(world)).run("some", patches)

    total = math.fsum(row.points for row in result.contributions)
    assert total == pytest.approx(result.bom.delta, abs=1e-9)


@given(worlds(lines=2), patch_lists)
@settings(max_examples=20)
def test_a_what_if_says_what_a_new_assessment_says(world: World, patches: list[Patch]) -> None:
    inputs = inputs_of(world)

    result = Scenarios(inputs).run("some", patches)
    changed = apply_patches(inputs, patches)
    fresh = assess(
        changed.bom,
        changed.identified,
        changed.reference,
        context=changed.context,
        options=COMPARED,
    )

    assert result.assessment == fresh


@given(worlds(lines=3), st.sampled_from(GOODS_PATCHES))
@settings(max_examples=40)
def test_a_workbench_says_what_an_assessment_says(world: World, patch: Patch) -> None:
    bench = bench_of(world)
    changed = patch(bench.inputs)

    risk = bench.risk_of(changed)
    answer = assess(changed.bom, changed.identified, changed.reference, context=changed.context)

    assert risk.bom == (
        answer.bom.score.risk.low, answer.bom.score.risk.nominal, answer.bom.score.risk.high,
    )  # fmt: skip
    assert risk.maximum == answer.bom.maximum
    scored = {one.symbol: one.score for one in answer.elements if one.score is not None}
    for symbol, (low, nominal, high) in risk.elements.items():
        score = scored[symbol]
        assert (low, nominal, high) == (score.risk.low, score.risk.nominal, score.risk.high)


def add_bridge(inputs: Inputs) -> Inputs:
    """Return the inputs with one more substitute on every line."""
    extra = make.line(bridges=((40.0, 0.4),)).bridges
    return with_lines(
        inputs, EVERY_LINE, lambda line, _: replace(line, bridges=(*line.bridges, *extra))
    )


#: What section 19 of the methodology says never raises a risk, by its number.
NEVER_RAISES: dict[str, Patch] = {
    "P19 more stock": RaiseStock(line_ids=EVERY_LINE, to_days=70.0),
    "P19 still more stock": RaiseStock(line_ids=EVERY_LINE, more_days=25.0),
    "P20 a further substitute": add_bridge,
    "P21 more recycled material": RaiseRecycled(line_ids=EVERY_LINE, to_share=0.5),
    "P28 an authorisation": ChangeLines(licence_valid_to=TODAY + timedelta(days=150)),
}


@pytest.mark.parametrize("name", NEVER_RAISES)
@given(world=worlds(lines=2))
@settings(max_examples=12)
def test_what_never_raises_a_risk_never_raises_it(name: str, world: World) -> None:
    # An authorisation is for a supplier who had none: one that ends sooner could be replaced.
    world = world.with_lines(
        lambda line: replace(
            line,
            suppliers=tuple(replace(one, general_licence_valid_to=None) for one in line.suppliers),
        )
    )
    bench = bench_of(world)

    after = bench.risk_of(NEVER_RAISES[name](bench.inputs))

    for line_id, risks in bench.base.lines.items():
        assert all(new <= old + TINY for new, old in zip(after.lines[line_id], risks, strict=True))
    assert all(new <= old + TINY for new, old in zip(after.bom, bench.base.bom, strict=True))


def waiting(measures: tuple[ControlMeasure, ...]) -> tuple[ControlMeasure, ...]:
    """Return measures of which each is either announced or suspended until a day."""
    timelines = (announced(60), suspended(45), announced(150), suspended(120))
    return tuple(
        replace(one, timeline=timelines[place % len(timelines)])
        for place, one in enumerate(measures)
    )


@given(worlds(controls=measure_sets.map(waiting)), st.integers(min_value=1, max_value=200))
@settings(max_examples=25)
def test_p16_a_later_start_never_raises_a_risk(world: World, days: int) -> None:
    inputs = inputs_of(world)
    patches = [MoveDates(measure=name, days=days) for name in world.measures]

    later = plain.bench_of(apply_patches(inputs, patches))

    assert_not_raised(plain.bench_of(inputs), later)


@given(worlds())
@settings(max_examples=20)
def test_p18_an_end_today_never_raises_a_risk(world: World) -> None:
    inputs = inputs_of(world)
    patches = [SetStatus(measure=name, status=TimelineStatus.ENDED) for name in world.measures]

    ended = plain.bench_of(apply_patches(inputs, patches))

    assert_not_raised(plain.bench_of(inputs), ended)


@given(worlds())
@settings(max_examples=20)
def test_p11_a_new_measure_never_lowers_a_risk(world: World) -> None:
    inputs = inputs_of(world)

    banned = plain.bench_of(WORLD_PATCHES[0](inputs))

    assert_not_raised(banned, plain.bench_of(inputs))


def assert_not_raised(before: Workbench, after: Workbench) -> None:
    for line_id, risks in before.base.lines.items():
        for old, new in zip(risks, after.base.lines[line_id], strict=True):
            assert new <= old + TINY


def score_in(found: Counterfactual, inputs: Inputs, patch: Patch) -> float:
    """Return the score of the target in a new assessment of the changed inputs."""
    changed = patch(inputs)
    answer = assess(changed.bom, changed.identified, changed.reference, context=changed.context)
    if found.target.kind is TargetKind.BOM:
        return answer.bom.score.nominal
    if found.target.kind is TargetKind.LINE:
        return next(line.score.nominal for line in answer.lines if line.line_id == found.target.key)
    scores = {one.symbol: one.score for one in answer.elements}
    score = scores[found.target.key]
    return 0.0 if score is None else score.nominal


def smaller(patch: Patch, value: float) -> Patch:
    """Return the same change with one per cent less of its amount."""
    less = 0.99 * value
    if isinstance(patch, RaiseStock):
        return replace(patch, to_days=less)
    if isinstance(patch, RaiseRecycled):
        return replace(patch, to_share=less)
    assert isinstance(patch, SecondSource)
    return replace(patch, share=less)


@given(worlds(lines=2))
@settings(max_examples=8)
def test_a_counterfactual_reaches_the_band_and_one_per_cent_less_does_not(world: World) -> None:
    bench = bench_of(world)
    bands = {band.name: band.from_score for band in bench.evaluation.methodology.bands}
    above = {"low": bands["moderate"], "moderate": bands["high"], "high": bands["severe"]}

    for target in usual_targets(bench):
        for found in counterfactuals(bench, target):
            reached = score_in(found, bench.inputs, found.patch)
            assert reached == pytest.approx(found.score, abs=1e-9)
            assert (reached < above[target.band]) is found.reaches
            if found.value is not None:
                less = smaller(found.patch, found.value)
                assert score_in(found, bench.inputs, less) >= above[target.band]


@given(worlds(lines=2))
@settings(max_examples=5)
def test_a_target_in_the_band_needs_no_change(world: World) -> None:
    bench = bench_of(world)

    assert counterfactuals(bench, Target(TargetKind.BOM, "", "severe")) == ()


@given(worlds(lines=2))
@settings(max_examples=15)
def test_actions_are_ranked_and_their_effects_are_differences(world: World) -> None:
    bench = bench_of(world)

    actions = ranked_actions(bench, all_candidates(bench))
    together = best_set(bench, actions, within_months=1000.0)

    removed = [one.risk_removed for one in actions]
    assert removed == sorted(removed, reverse=True)
    for one in actions:
        assert one.before - one.after == pytest.approx(one.risk_removed, abs=1e-9)
        after = bench.risk_of(apply_patches(bench.inputs, one.patches), hold_weights=True)
        assert score_of(after.bom[1], gamma=bench.gamma) == one.after
    if together is not None:
        steps = [together.before, *together.steps]
        assert all(later < earlier for earlier, later in pairwise(steps))
        alone = [one.after for one in actions if not one.outlasts]
        assert together.steps[0] == pytest.approx(min(alone), abs=1e-9)


@given(worlds(lines=2))
@settings(max_examples=5)
def test_the_same_points_give_the_same_spread(world: World) -> None:
    def asked() -> tuple[object, object]:
        bench = bench_of(world)
        weights = [bench.weight_of(line.line_id) for line in bench.lines]
        return (
            certainty(bench.lines, weights, bench.evaluation, points=16),
            tornado(bench.lines, weights, bench.evaluation),
        )

    one, other = asked(), asked()

    assert one == other
    found, bars = one
    for spread in (found.bom, *found.elements):  # type: ignore[attr-defined]  # see asked
        assert 0.0 <= spread.p10 <= spread.p50 <= spread.p90 <= 100.0
    assert all(0.0 <= pair.stays <= 1.0 for pair in found.ranks)  # type: ignore[attr-defined]  # see asked
    assert [bar.span for bar in bars] == sorted((bar.span for bar in bars), reverse=True)  # type: ignore[attr-defined]  # see asked


@given(worlds(lines=2))
@settings(max_examples=15)
def test_what_is_worth_asking_shrinks_the_interval(world: World) -> None:
    bench = bench_of(world)

    found = missing_fields(bench)

    shrinks = [one.shrinks for one in found]
    assert shrinks == sorted(shrinks, reverse=True)
    assert all(0.0 < one.width_after + one.shrinks <= 100.0 + 1e-9 for one in found)


@given(worlds(lines=2))
@settings(max_examples=10)
def test_a_year_holds_what_its_last_day_says(world: World) -> None:
    bench = bench_of(world)

    (year,) = stress_calendars(bench, ())

    year_long = Evaluation(bench.inputs.reference, replace(world.context, horizon_days=365))
    worst = Workbench(replace(bench.inputs, context=year_long.context), year_long).base.maximum
    total = math.fsum(month.product_days for month in year.months)
    assert 365.0 * worst - 1e-6 <= total <= 365.0
    assert all(month.product_days >= 0.0 for month in year.months)
    assert all(days >= 0.0 for month in year.months for _, days in month.element_days)
