"""P1, P2, P4, P19-P23, P27, P28: stock, bridges, suppliers, licences, parameters and horizon."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.bom import BomLine, Bridge, Supplier
from app.domain.methodology import Kind, Methodology, Severity
from app.domain.triple import Triple
from app.scoring.evaluation import Evaluation
from app.scoring.line_risk import sourced_severity
from app.scoring.scored_lines import scored_lines
from tests.property import control_strategies as controls
from tests.property.control_strategies import day
from tests.property.strategies import worlds
from tests.property.worlds import (
    EVERY_END,
    TINY,
    World,
    assert_never_lower,
    assert_unchanged,
    published_risks,
    raw_risks,
)


@given(worlds())
def test_p01_every_risk_lies_between_0_and_1(world: World) -> None:
    for side in EVERY_END:
        for risk in raw_risks(world, side).values():
            for part in (risk.risk, risk.path, risk.market, risk.supplier):
                assert 0.0 <= part <= 1.0


@given(worlds())
def test_p02_low_nominal_and_high_are_in_order(world: World) -> None:
    for low, nominal, high in published_risks(world).values():
        assert low <= nominal <= high


@given(worlds())
def test_p04_the_addends_of_a_path_sum_to_its_severity(world: World) -> None:
    for side in EVERY_END:
        evaluator = Evaluation(world.data, world.context).variant(
            Evaluation(world.data, world.context).evaluator(side).engine.ends, explains=True
        )
        for line in scored_lines(world.product, world.found, world.data, world.context):
            for chain in line.chains:
                paths = evaluator.paths(line, chain)
                for element in line.elements:
                    if evaluator.engine.stages(chain, element):
                        found = sourced_severity(paths, element, line.origins)
                        total = math.fsum(found.addends.values())
                        assert total == pytest.approx(found.value, abs=1e-9)


@given(worlds(), st.floats(0.0, 400.0), st.floats(0.0, 100.0))
def test_p19_more_stock_never_raises_a_risk(world: World, stock: float, more: float) -> None:
    little, much = (
        world.with_lines(lambda line, days=days: replace(line, stock_days=days))  # type: ignore[misc]  # default binds the loop variable
        for days in (stock, stock + more)
    )

    assert_never_lower(much, little)


shares = st.floats(0.0, 1.0)


@given(worlds(), st.floats(0.0, 300.0), st.floats(0.0, 300.0), shares, shares)
def test_p20_a_larger_or_earlier_bridge_never_raises_a_risk(
    world: World, one_day: float, other_day: float, one: float, other: float
) -> None:
    late = Bridge(from_day=max(one_day, other_day), share=min(one, other))
    soon = Bridge(from_day=min(one_day, other_day), share=max(one, other))
    less, more = (
        world.with_lines(lambda line, extra=extra: replace(line, bridges=(*line.bridges, extra)))  # type: ignore[misc]  # default binds the loop variable
        for extra in (late, soon)
    )

    assert_never_lower(more, less)


@given(worlds(), st.floats(0.0, 0.9), st.floats(0.0, 0.1))
def test_p21_more_recycled_material_never_raises_the_path(
    world: World, share: float, more: float
) -> None:
    less, much = (
        world.with_lines(lambda line, r=r: replace(line, recycled_share=r))  # type: ignore[misc]  # default binds the loop variable
        for r in (share, share + more)
    )
    for side in EVERY_END:
        before, after = raw_risks(less, side), raw_risks(much, side)
        for place, risk in before.items():
            # A different form may decide a line whose form is not known: compare the risk itself.
            if len(world.found[0].forms) == 1:
                assert after[place].path <= risk.path + TINY


def _raised(triple: Triple, by: float) -> Triple:
    return Triple(triple.low + by, triple.nominal + by, triple.high + by)


def _capped(triple: Triple, by: float) -> Triple:
    """Return a probability triple raised, never over 1."""
    return Triple(*(min(1.0, value + by) for value in (triple.low, triple.nominal, triple.high)))


RISING = ("lambda0", "mu", "kappa", "alpha", "o_max")
PROBABILITIES = (
    "p_draft",
    "p_announced",
    "p_reactivated",
    "p_expired",
    "retransfer",
    "spill_magnet",
)


@given(worlds(), st.sampled_from(RISING), st.sampled_from((0.01, 0.2)))
def test_p22_larger_rates_and_weights_never_lower_a_risk(
    world: World, name: str, by: float
) -> None:
    value = getattr(world.data.methodology.parameters, name)

    assert_never_lower(world, world.with_parameters(**{name: _raised(value, by)}))


@given(worlds(), st.sampled_from(PROBABILITIES), st.sampled_from((0.01, 0.2)))
def test_p22_larger_probabilities_never_lower_a_risk(world: World, name: str, by: float) -> None:
    value = getattr(world.data.methodology.parameters, name)

    assert_never_lower(world, world.with_parameters(**{name: _capped(value, by)}))


@given(worlds(), st.sampled_from((0.01, 0.3, 2.0)))
def test_p22_a_larger_delay_multiplier_never_lowers_a_risk(world: World, by: float) -> None:
    value = world.data.methodology.parameters.delay_multiplier

    assert_never_lower(world, world.with_parameters(delay_multiplier=_raised(value, by)))


def _harder(methodology: Methodology, *, refusal: float, delay: float) -> Methodology:
    """Return the method with larger refusal shares and longer delays for every kind."""

    def longer(delays: tuple[float, float, float]) -> tuple[float, float, float]:
        return delays[0] + delay, delays[1] + delay, delays[2] + delay

    def harder(kind: Kind, severity: Severity) -> Severity:
        # A general licence softens others: as an authorisation it is a limit, not a severity.
        if kind in (Kind.NONE, Kind.GENERAL_LICENCE):
            return severity
        return Severity(
            refusal=_capped(severity.refusal, refusal),
            established=longer(severity.established),
            initial=longer(severity.initial) if severity.initial else None,
        )

    return replace(
        methodology,
        severities={kind: harder(kind, one) for kind, one in methodology.severities.items()},
    )


@given(worlds(), st.sampled_from((0.0, 0.05, 0.3)), st.sampled_from((0.0, 5.0, 60.0)))
def test_p22_larger_refusals_and_longer_delays_never_lower_a_risk(
    world: World, refusal: float, delay: float
) -> None:
    harder = _harder(world.data.methodology, refusal=refusal, delay=delay)

    assert_never_lower(world, world.with_method(harder))


def _from(*suppliers: tuple[str, float]) -> Callable[[BomLine], BomLine]:
    found = tuple(Supplier(country=country, share=share) for country, share in suppliers)
    return lambda line: replace(line, suppliers=found, recycled_share=0.0, sourcing=())


@given(worlds(), st.sampled_from(("JP", "DE", "FR", "MY", "KR")), st.sampled_from((0.0, 0.3, 0.6)))
def test_p23_moving_share_to_china_never_lowers_a_path_that_is_worse_there(
    world: World, other: str, share: float
) -> None:
    assume(len(world.found[0].forms) == 1)
    only_china, only_other = (
        world.with_lines(_from(("CN", 1.0))),
        world.with_lines(_from((other, 1.0))),
    )
    before = world.with_lines(_from((other, 1.0 - share), ("CN", share)))
    after = world.with_lines(_from((other, 0.7 - share), ("CN", share + 0.3)))
    for side in EVERY_END:
        china, elsewhere = raw_risks(only_china, side), raw_risks(only_other, side)
        less, more = raw_risks(before, side), raw_risks(after, side)
        for place in china:
            if china[place].path >= elsewhere[place].path:
                assert more[place].path >= less[place].path - TINY


@given(worlds(), st.integers(1, 800), st.integers(1, 300))
def test_p27_days_without_material_never_fall_with_the_horizon(
    world: World, horizon: int, longer: int
) -> None:
    # Without bridges. A bridge covers later days; what starts half-way through the horizon (the
    # structural item, an undated suspension) moves into them when the horizon grows, and market
    # scarcity spreads the same delay over more days while the bridge ends the need.
    plain = world.with_lines(lambda line: replace(line, bridges=()))
    short = plain.with_context(horizon_days=horizon)
    long = plain.with_context(horizon_days=horizon + longer)

    assert_never_lower(short, long, factor=(horizon + longer) / horizon)


@given(worlds(), st.integers(1, 800), st.integers(1, 300))
def test_p27_with_bridges_the_days_of_dated_measures_never_fall_with_the_horizon(
    world: World, horizon: int, longer: int
) -> None:
    nothing = Triple(0.0, 0.0, 0.0)
    dated = world.with_measures(
        *(one for one in world.measures.values() if one.timeline[-1].status.value == "in_force")
    ).with_parameters(lambda0=nothing, kappa=nothing, o_max=nothing)
    short = dated.with_context(horizon_days=horizon)
    long = dated.with_context(horizon_days=horizon + longer)

    assert_never_lower(short, long, factor=(horizon + longer) / horizon)


def _licensed(days: int) -> Callable[[BomLine], BomLine]:
    return lambda line: replace(
        line,
        suppliers=tuple(replace(one, general_licence_valid_to=day(days)) for one in line.suppliers),
    )


@given(worlds(), st.sampled_from((1, 20, 90, 200, 900)))
def test_p28_a_licence_in_hand_never_raises_a_risk(world: World, days: int) -> None:
    without = world.with_lines(
        lambda line: replace(
            line,
            suppliers=tuple(replace(one, general_licence_valid_to=None) for one in line.suppliers),
        )
    )

    assert_never_lower(world.with_lines(_licensed(days)), without)


@given(worlds(), st.sampled_from((1, 20, 90, 200)))
def test_p28_a_licence_in_hand_leaves_prohibitions_unchanged(world: World, days: int) -> None:
    bans = tuple(replace(one, rules=controls.BAN) for one in world.measures.values())
    banned = world.with_measures(*bans)

    assert_unchanged(banned.with_lines(_licensed(-1)), banned.with_lines(_licensed(days)))


def test_p02_says_how_often_raw_evaluations_are_out_of_order() -> None:
    """Raw ends are ordered at publication; they seldom have to be, or a sign is wrong."""
    crossed: list[bool] = []

    @given(worlds())
    def count(world: World) -> None:
        low, nominal, high = (raw_risks(world, side) for side in EVERY_END)
        for place, risk in nominal.items():
            crossed.append(
                low[place].risk > risk.risk + TINY or high[place].risk < risk.risk - TINY
            )

    count()

    assert sum(crossed) <= len(crossed) / 50
