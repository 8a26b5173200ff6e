"""Paths: stages in series, traders, declared sourcing, and what old trade figures reflect."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.context import EndUse
from app.domain.controls import (
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    Extraterritorial,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
)
from app.domain.elements import RARE_EARTHS
from app.domain.reference import ReferenceData
from app.domain.supply import MixRow, Stage
from app.domain.triple import Side
from app.scoring.path import TRANSIT_ASSUMED, Leg, PathEvaluator
from app.scoring.snapshot import VINTAGE_AFTER_DATE
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, MAGNET, SEPARATION, days_ago

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
OXIDE_BAN = make.measure("A-1", stages=[RegisterStage.OXIDE], rules=BAN)


def _data(*measures: ControlMeasure, **supply: object) -> ReferenceData:
    return make.reference(
        *measures,
        supply_side=make.supply(**supply),  # type: ignore[arg-type]  # named as in the factory
        methodology=crossings.no_structural_risk(),
    )


def _severity(
    found: PathEvaluator, supplier: str, *, declared: bool = True, index: int = MAGNET
) -> float:
    leg = Leg(supplier, "C", final=True, declared=declared)
    return found.severity("Dy", index, leg).value


def test_a_magnet_inherits_what_hits_the_oxide_on_its_way_to_the_magnet_maker() -> None:
    # Makers in B buy 0.7 of their oxide in A, which bans oxide and not magnets.
    found = crossings.paths(_data(OXIDE_BAN))

    assert _severity(found, "B") == pytest.approx(0.7, abs=EXACT)
    assert _severity(found, "A") == 0.0


def test_what_hits_oxide_on_other_ways_does_not_hit_the_magnet() -> None:
    only_c = DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"C"}))
    ban = replace(OXIDE_BAN, scope=replace(OXIDE_BAN.scope, destinations=only_c))

    assert _severity(crossings.paths(_data(ban)), "B") == 0.0


def test_stages_in_series_block_one_after_the_other() -> None:
    licence = make.measure(timeline=make.in_force_for(130))
    found = crossings.paths(_data(licence))

    # Oxide to B: 0.7 of it under the licence; no measure of A on the magnets of B.
    oxide = 0.552
    assert _severity(found, "B") == pytest.approx(0.7 * oxide, abs=EXACT)
    addends = found.severity("Dy", MAGNET, Leg("B", "C", final=True, declared=True)).addends
    assert dict(addends) == {("A-1", "separation", "A", "B"): pytest.approx(0.7 * oxide)}


def test_a_trader_passes_on_the_worlds_goods_with_their_way_to_him() -> None:
    # World magnets: 0.8 from A (blocked on the way to K), 0.2 from B with 0.7 blocked oxide.
    ban = make.measure("A-1", rules=BAN)

    assert _severity(crossings.paths(_data(ban)), "K") == pytest.approx(0.8 + 0.2 * 0.7)


def test_a_declared_trader_is_told_as_an_assumption() -> None:
    found = crossings.paths(_data(make.measure(rules=BAN)))
    leg = Leg("K", "C", final=True, declared=True)

    assert found.severity("Dy", MAGNET, leg).flags >= {TRANSIT_ASSUMED}
    assert TRANSIT_ASSUMED not in found.severity("Dy", MAGNET, leg._replace(declared=False)).flags


def _with_plant(place: str, *, elements: tuple[str, ...] = RARE_EARTHS) -> list[MixRow]:
    """Return the usual feed rows and one of plants in a place, fed by B alone."""
    row = make.mix_row(Stage.MAGNET, {"B": 1.0}, place=place, elements=elements)
    return [*make.supply().feed, row]


def test_a_declared_supplier_with_a_feed_row_makes_the_goods_himself() -> None:
    data = _data(make.measure(rules=BAN), world=make.supply().world, feed=_with_plant("K"))
    found = crossings.paths(data)

    assert _severity(found, "K") == 0.0
    assert _severity(found, "K", declared=False) == pytest.approx(0.8 + 0.2 * 0.7)


@pytest.mark.parametrize(
    ("side", "expected"), [(Side.LOW, 0.0), (Side.NOMINAL, 0.94), (Side.HIGH, 0.94)]
)
def test_the_favourable_end_takes_the_feed_of_a_sister_element(side: Side, expected: float) -> None:
    # Only neodymium has a row of plants in K; dysprosium comes out of the same plants.
    feed = _with_plant("K", elements=("Nd",))
    data = _data(make.measure(rules=BAN), world=make.supply().world, feed=feed)
    found = crossings.paths(data, side=side)
    leg = Leg("K", "C", final=True, declared=True)

    assert found.severity("Dy", MAGNET, leg).value == pytest.approx(expected, abs=EXACT)
    assert TRANSIT_ASSUMED in found.severity("Dy", MAGNET, leg).flags


def test_a_sister_that_is_worse_than_transit_is_not_taken() -> None:
    worse = make.mix_row(Stage.MAGNET, {"A": 1.0}, place="K", elements=("Nd",))
    # Transit: 0.2 of the world's magnets come from B, whose oxide is free; A makes none.
    world = (
        make.mix_row(Stage.SEPARATION, {"A": 0.9, "B": 0.1}),
        make.mix_row(Stage.MAGNET, {"B": 1.0}),
    )
    own_feed = make.mix_row(Stage.MAGNET, {"B": 1.0}, place="B")
    data = _data(OXIDE_BAN, world=world, feed=[own_feed, worse])

    assert _severity(crossings.paths(data, side=Side.LOW), "K") == 0.0


def test_a_trader_at_the_first_stage_passes_on_the_worlds_goods() -> None:
    found = crossings.paths(_data(OXIDE_BAN))

    assert _severity(found, "K", index=SEPARATION) == pytest.approx(0.9, abs=EXACT)


def test_at_the_mine_nobody_is_a_trader() -> None:
    world = (
        make.mix_row(Stage.MINING, {"A": 1.0}),
        make.mix_row(Stage.SEPARATION, {"A": 1.0}),
    )
    ore_ban = make.measure("A-1", stages=[RegisterStage.ORE], rules=BAN)
    found = crossings.paths(_data(ore_ban, world=world), form="ore_oxide")

    assert _severity(found, "K", index=0) == 0.0


def test_plants_next_to_a_mine_use_its_ore() -> None:
    world = (
        make.mix_row(Stage.MINING, {"A": 0.9, "B": 0.1}),
        make.mix_row(Stage.SEPARATION, {"A": 0.5, "B": 0.5}),
    )
    ore_ban = make.measure("A-1", stages=[RegisterStage.ORE], rules=BAN)
    found = crossings.paths(_data(ore_ban, world=world), form="ore_oxide")

    assert _severity(found, "B", index=1) == 0.0


def test_plants_without_mine_and_without_a_row_buy_the_worlds_ore() -> None:
    world = (
        make.mix_row(Stage.MINING, {"A": 0.9, "C": 0.1}),
        make.mix_row(Stage.SEPARATION, {"A": 0.5, "B": 0.5}),
    )
    ore_ban = make.measure("A-1", stages=[RegisterStage.ORE], rules=BAN)
    found = crossings.paths(_data(ore_ban, world=world), form="ore_oxide")

    assert _severity(found, "B", index=1) == pytest.approx(0.9, abs=EXACT)


def test_declared_separation_goes_before_the_tables_for_its_share() -> None:
    declared = ((Stage.SEPARATION, (("B", 0.5),)),)
    found = crossings.paths(_data(OXIDE_BAN), sourcing=declared)

    # Half from B, free; of the rest 0.7 from A.
    assert _severity(found, "B") == pytest.approx(0.5 * 0.7, abs=EXACT)


def test_declared_separation_of_all_leaves_the_tables_out() -> None:
    declared = ((Stage.SEPARATION, (("A", 0.25), ("B", 0.75))),)
    found = crossings.paths(_data(OXIDE_BAN), sourcing=declared)

    assert _severity(found, "B") == pytest.approx(0.25, abs=EXACT)


@pytest.mark.parametrize(
    ("side", "share"), [(Side.LOW, 0.0), (Side.NOMINAL, 0.5), (Side.HIGH, 1.0)]
)
def test_upstream_a_military_use_counts_in_part(side: Side, share: float) -> None:
    rules = (
        Rule(
            when="military use",
            outcome=Outcome.PROHIBITED,
            applies=RuleApplies(end_uses=frozenset({"military"})),
        ),
    )
    ban = make.measure("A-1", stages=[RegisterStage.OXIDE], rules=rules)
    use = crossings.use_for(EndUse.MILITARY, side)

    assert _severity(crossings.paths(_data(ban), use=use, side=side), "B") == pytest.approx(
        0.7 * share, abs=EXACT
    )


def _old_ban(
    age: int = 900, rules: tuple[Rule, ...] = BAN, exporter: str = "A", **changes: object
) -> ControlMeasure:
    return make.measure(
        "A-1",
        exporter=exporter,
        timeline=make.in_force_for(age),
        rules=rules,
        **changes,  # type: ignore[arg-type]  # named as in the factory
    )


def _from_row(measure: ControlMeasure, row_from: date | None, exporter: str = "A") -> float:
    found = crossings.paths(_data(measure))
    return found.crossing("Dy", SEPARATION, exporter, "C", row_from).value


def test_trade_figures_a_year_younger_than_a_ban_already_show_what_it_leaves() -> None:
    begun = days_ago(900)

    assert _from_row(_old_ban(), begun + timedelta(days=365)) == 1.0
    assert _from_row(_old_ban(), begun + timedelta(days=366)) == 0.0
    assert _from_row(_old_ban(), None) == 1.0


def test_trade_figures_reflect_no_licence_duty_and_no_ban_on_some_uses() -> None:
    licence = (Rule(when="x", outcome=Outcome.LICENCE, applies=RuleApplies()),)
    military = RuleApplies(end_uses=frozenset({"military"}))
    some_uses = (*licence, Rule(when="x", outcome=Outcome.PROHIBITED, applies=military))

    assert _from_row(_old_ban(rules=licence), make.TODAY) > 0.5
    assert _from_row(_old_ban(rules=some_uses), make.TODAY) > 0.5


def test_trade_figures_reflect_no_ban_that_has_yet_to_begin() -> None:
    coming = make.measure("A-1", timeline=crossings.timeline((-10, crossings.IN_FORCE)), rules=BAN)

    assert _from_row(coming, make.TODAY) > 0.5


def test_trade_figures_reflect_a_ban_by_the_union_on_exports_of_its_members() -> None:
    ban = _old_ban(exporter="EU")

    assert _from_row(ban, make.TODAY, "DE") == 0.0
    assert _from_row(ban, None, "DE") == 1.0


def test_trade_figures_reflect_a_ban_that_reaches_goods_abroad() -> None:
    ban = _old_ban(extraterritorial=[Extraterritorial.CHINESE_ORIGIN_REEXPORT])
    found = crossings.paths(_data(ban))
    old, young = (
        found.crossing("Dy", MAGNET, "B", "C", row_from).value for row_from in (None, make.TODAY)
    )

    assert old == pytest.approx(0.7, abs=EXACT)
    assert young == 0.0


def test_a_figure_published_after_the_day_of_the_question_is_flagged() -> None:
    late = make.TODAY + timedelta(days=30)
    world = (
        make.mix_row(Stage.SEPARATION, {"A": 0.9, "B": 0.1}),
        make.mix_row(Stage.MAGNET, {"A": 0.8, "B": 0.2}),
    )
    feed = [make.mix_row(Stage.MAGNET, {"A": 1.0}, place="B", valid_from=late)]
    licence = make.measure(timeline=make.in_force_for(130))
    found = crossings.paths(_data(licence, world=world, feed=feed))

    severity = found.severity("Dy", MAGNET, Leg("B", "C", final=True, declared=True))

    assert severity.flags >= {VINTAGE_AFTER_DATE}
    assert severity.value == pytest.approx(0.552, abs=EXACT)


def test_addends_of_a_path_sum_to_it() -> None:
    data = make.reference(make.measure(timeline=make.in_force_for(130)))
    found = crossings.paths(data).severity("Dy", MAGNET, Leg("K", "C", final=True, declared=True))

    assert math.fsum(found.addends.values()) == pytest.approx(found.value, abs=EXACT)
