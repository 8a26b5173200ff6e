"""P24-P26, P29, P32, P35: world shares, blocs, destinations, traders, and the limiting case."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.bom import BomLine, Supplier
from app.domain.controls import ControlMeasure, DestinationMode, DestinationScope
from app.domain.methodology import Kind
from app.domain.places import bloc
from app.domain.supply import MixRow, Stage
from app.domain.triple import Side, Triple
from app.scoring.end_use import CIVIL_MARKET
from app.scoring.engine import Ends, Engine
from app.scoring.kernel import NO_BUFFER
from app.scoring.market import Market
from app.scoring.path import Goods, Leg, PathEvaluator
from tests import factories as make
from tests.property.control_strategies import COUNTRIES, TRADERS, measures
from tests.property.strategies import CHAINS, worlds
from tests.property.worlds import EVERY_END, TINY, World, assert_unchanged, raw_risks

NO_MU = Triple(0.0, 0.0, 0.0)


def _engine(world: World, side: Side) -> Engine:
    return Engine(world.data, world.context, ends=Ends.all_at(side))


def _paths(engine: Engine, form: str) -> PathEvaluator:
    goods = Goods(CHAINS[form], frozenset({"Dy"}), NO_BUFFER, CIVIL_MARKET)
    return PathEvaluator(engine, goods)


def _moved(row: MixRow, gain: str, loss: str, part: float) -> MixRow:
    """Return a row with part of one country's share moved to another."""
    shares = dict(row.shares)
    step = part * shares[loss]
    shares[loss] -= step
    shares[gain] = shares.get(gain, 0.0) + step
    return replace(row, shares=shares, bounds={c: (s, s) for c, s in shares.items()})


@given(worlds(), st.sampled_from(("JP", "DE", "FR")), st.floats(0.05, 1.0))
def test_p24_more_world_share_for_china_never_lowers_market_scarcity(
    world: World, other: str, part: float
) -> None:
    # One stage. A move of separation shares also moves who buys ore, so that the mine stage may
    # fall; and the law needs the other country to have restricted nothing itself, for a share
    # that it loses takes away the chance of further restrictions, which its count multiplies.
    world = world.with_measures(*(m for m in world.measures.values() if m.exporter == "CN"))
    world = world.with_measures(
        *(m for m in world.measures.values() if not m.scope.extraterritorial)
    )
    row = next(r for r in world.data.supply.world if r.stage is Stage.SEPARATION)
    assume({"CN", other} <= row.shares.keys() and row.shares["CN"] >= row.shares[other])
    row = _moved(row, "CN", other, 0.0)
    world = world.with_supply(world=(row,))
    engine = _engine(world, Side.NOMINAL)
    importers = world.data.supply.importers
    assume(not {bloc("CN"), bloc(other)} & {bloc(importer) for importer in importers})
    paths = _paths(engine, "oxide")
    china, elsewhere = (
        [paths.crossing("Dy", 0, place, importer, None).value for importer in importers]
        for place in ("CN", other)
    )
    assume(all(one >= two for one, two in zip(china, elsewhere, strict=True)))
    governance = [engine.supply.governance(place, Side.NOMINAL) for place in ("CN", other)]
    assume(governance[0] >= governance[1])

    before = Market(engine).severity(CHAINS["oxide"], "Dy")
    moved = world.with_supply(world=(_moved(row, "CN", other, part),))
    after = Market(_engine(moved, Side.NOMINAL)).severity(CHAINS["oxide"], "Dy")

    assert after >= before - TINY


@given(worlds(), st.sampled_from(EVERY_END), st.sampled_from(list(CHAINS)))
def test_p25_a_move_inside_one_bloc_has_no_severity(world: World, side: Side, form: str) -> None:
    paths = _paths(_engine(world, side), form)

    for index in range(len(paths.stages("Dy"))):
        assert paths.crossing("Dy", index, "DE", "FR", None).value == 0.0
        assert paths.crossing("Dy", index, "CN", "CN", None).value == 0.0


@given(worlds(), measures)
def test_p26_a_measure_against_a_country_off_the_path_acts_only_through_the_count(
    world: World, measure: ControlMeasure
) -> None:
    world = world.with_parameters(mu=NO_MU)
    far = DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"ZM"}))
    elsewhere = replace(measure, scope=replace(measure.scope, destinations=far))

    assert_unchanged(world, world.with_one_more(elsewhere))


def _inside(row: MixRow) -> MixRow:
    """Return a row with all shares inside the Union."""
    return make.mix_row(row.stage, {"DE": 0.6, "FR": 0.4}, place=row.place, elements=row.elements)


@given(worlds())
def test_p29_a_chain_inside_the_bloc_of_the_destination_has_no_path_severity(
    world: World,
) -> None:
    def inside(line: BomLine) -> BomLine:
        suppliers = (Supplier(country="DE", share=0.5), Supplier(country="IT", share=0.5))
        return replace(line, suppliers=suppliers, sourcing=())

    supply = world.data.supply
    world = world.with_lines(inside).with_context(destination="FR")
    world = world.with_supply(
        world=tuple(map(_inside, supply.world)),
        feed=tuple(_inside(row) for row in supply.feed if row.place in ("DE", "FR")),
    )

    for side in EVERY_END:
        assert all(risk.path == 0.0 for risk in raw_risks(world, side).values())


@st.composite
def concentrated(draw: st.DrawFn, largest_rate: float) -> tuple[World, float]:
    """Draw a world of one stage without measures, with small rates, and its index."""
    raw = draw(st.lists(st.integers(1, 50), min_size=2, max_size=4))
    shares = {place: part / sum(raw) for place, part in zip(COUNTRIES, raw, strict=False)}
    governance = {place: draw(st.floats(0.05, 1.0)) for place in shares}
    horizon = draw(st.sampled_from((90, 180, 365)))
    highest = max(governance[place] * share for place, share in shares.items())
    rate = draw(st.floats(0.05, 1.0)) * largest_rate * 365.0 / horizon / highest
    supply_side = make.supply(
        world=(make.mix_row(Stage.SEPARATION, shares),),
        governance=governance,
        chains=CHAINS,
        importers={"KR": 1.0},
    )
    method = make.with_parameters(make.shipped_methodology(), lambda0=Triple(rate, rate, rate))
    world = World(
        make.reference(supply_side=supply_side, methodology=method),
        make.context(destination="KR", horizon_days=horizon),
        make.bom(make.line()),
        (make.found("1", make.content("Dy"), forms=("oxide",)),),
    )
    index = math.fsum(share**2 * governance[place] for place, share in shares.items())
    return world, index


def _ratio(world: World, index: float) -> float:
    """Return S over the index, per unit of rate and of the severity of the item itself."""
    engine = _engine(world, Side.NOMINAL)
    rate = engine.methodology.parameters.lambda0.nominal
    horizon = engine.horizon_days
    structural = engine.methodology.severities[Kind.INDIVIDUAL_LICENCE]
    delays = structural.initial or structural.established
    refusal = structural.refusal.nominal
    waits = math.fsum(
        weight * min(delay, horizon / 2.0)
        for weight, delay in zip(engine.methodology.quantile_weights, delays, strict=True)
    )
    severity = refusal * 0.5 + (1.0 - refusal) * waits / horizon
    (risk,) = raw_risks(world, Side.NOMINAL).values()
    return risk.path / index / (rate * horizon / 365.0 * severity)


@given(concentrated(0.04))
def test_p32_small_rates_give_the_governance_weighted_index_within_2_per_cent(
    found: tuple[World, float],
) -> None:
    assert _ratio(*found) == pytest.approx(1.0, rel=0.02)


@given(concentrated(0.15))
def test_p32_moderate_rates_give_the_index_within_8_per_cent(found: tuple[World, float]) -> None:
    assert _ratio(*found) == pytest.approx(1.0, rel=0.08)


def _mixture(paths: PathEvaluator, index: int, row: MixRow, via: str) -> float:
    """Return the severity of the world's output going to a country."""
    return math.fsum(
        share
        * paths.severity(
            "Dy", index, Leg(place, via, producing=True, row_from=row.valid_from)
        ).value
        for place, share in row.shares.items()
    )


@given(
    worlds(observed=False),
    st.sampled_from(TRADERS),
    st.sampled_from([form for form in CHAINS if form != "device_magnet"]),
    st.booleans(),
)
def test_p35_a_trader_is_the_world_mix_followed_by_its_own_crossing(
    world: World, trader: str, form: str, declared: bool
) -> None:
    # A declared country with a feed row of its own makes the goods: no trader.
    feed = tuple(row for row in world.data.supply.feed if row.place != trader)
    world = world.with_supply(feed=feed)
    # Rows are not shifted at the nominal end; there the words of the law hold literally.
    engine = _engine(world, Side.NOMINAL)
    paths = _paths(engine, form)
    last = len(paths.stages("Dy")) - 1
    stage, _ = paths.stages("Dy")[last]
    world_output = engine.supply.producers(stage, "Dy")
    leg = Leg(trader, "JP", final=True, declared=declared)

    found = paths.severity("Dy", last, leg).value

    own = paths.crossing("Dy", last, trader, "JP", None).value
    inherited = _mixture(paths, last, world_output, trader)
    assert found == pytest.approx(1.0 - (1.0 - own) * (1.0 - inherited), abs=TINY)
