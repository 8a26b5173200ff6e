"""Measures that reach goods outside their issuer's territory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.bom import BomLine
from app.domain.context import EndUse
from app.domain.controls import (
    ControlMeasure,
    DeMinimis,
    Extraterritorial,
    Outcome,
    Rule,
    RuleApplies,
)
from app.domain.reference import ReferenceData
from app.domain.supply import Price, Stage, SupplyReference
from app.domain.triple import Side, Triple
from app.scoring.evaluation import Evaluation
from app.scoring.goods import thresholds_of
from app.scoring.scored_lines import scored_lines
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, SEPARATION, sigma

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
MILITARY_BAN = (
    Rule(
        when="military use",
        outcome=Outcome.PROHIBITED,
        applies=RuleApplies(end_uses=frozenset({"military"})),
    ),
)


def _abroad(
    way: Extraterritorial, *, rules: tuple[Rule, ...] = BAN, measure_id: str = "A-9"
) -> ControlMeasure:
    return make.measure(measure_id, exporter="A", rules=rules, extraterritorial=(way,))


def _data(*measures: ControlMeasure, **supply: object) -> ReferenceData:
    return make.reference(
        *measures,
        supply_side=make.supply(**supply),  # type: ignore[arg-type]  # named as in the factory
        methodology=crossings.no_structural_risk(),
    )


REEXPORT = Extraterritorial.CHINESE_ORIGIN_REEXPORT


def test_reexport_counts_by_the_share_of_material_that_a_plant_buys_there() -> None:
    # Plants of B buy 0.7 of their oxide in A.
    found = crossings.paths(_data(_abroad(REEXPORT)))

    assert sigma(found, "B") == pytest.approx(0.7, abs=EXACT)


def test_reexport_leaves_exports_from_the_issuer_to_the_law_at_home() -> None:
    found = crossings.paths(_data(_abroad(REEXPORT)))

    assert sigma(found, "A") == 0.0


def test_reexport_never_hits_goods_on_their_way_back_to_the_issuer() -> None:
    found = crossings.paths(_data(_abroad(REEXPORT)))

    assert sigma(found, "B", "A") == 0.0


def test_reexport_finds_nothing_foreign_in_goods_of_the_first_stage() -> None:
    found = crossings.paths(_data(_abroad(REEXPORT)))

    assert sigma(found, "B", index=SEPARATION) == 0.0


def test_a_trader_holds_the_material_of_the_world_mix() -> None:
    # 0.8 of the world's magnets come from A, 0.2 from B with 0.7 of A's oxide.
    found = crossings.paths(_data(_abroad(REEXPORT)))

    assert sigma(found, "K") == pytest.approx(0.8 + 0.2 * 0.7, abs=EXACT)


def test_a_trader_at_the_first_stage_holds_the_material_of_the_world_mix() -> None:
    found = crossings.paths(_data(_abroad(REEXPORT)))

    assert sigma(found, "K", index=SEPARATION) == pytest.approx(0.9, abs=EXACT)


def test_a_declared_supplier_with_a_feed_row_holds_what_that_row_says() -> None:
    defaults = make.supply()
    own_feed = make.mix_row(Stage.MAGNET, {"A": 0.5, "B": 0.5}, place="K")
    data = _data(_abroad(REEXPORT), world=defaults.world, feed=(*defaults.feed, own_feed))

    assert sigma(crossings.paths(data), "K") == pytest.approx(0.5, abs=EXACT)


def test_declared_separation_decides_what_a_magnet_holds() -> None:
    data = _data(_abroad(REEXPORT))
    from_a, from_b = (
        crossings.paths(data, sourcing=((Stage.SEPARATION, ((place, 1.0),)),))
        for place in ("A", "B")
    )

    assert sigma(from_a, "B") == pytest.approx(1.0, abs=EXACT)
    assert sigma(from_b, "B") == 0.0


def test_plants_without_a_feed_row_hold_what_the_world_makes() -> None:
    data = _data(_abroad(REEXPORT), world=make.supply().world, feed=())

    # Separation: A 0.9, B 0.1.
    assert sigma(crossings.paths(data), "B") == pytest.approx(0.9, abs=EXACT)


def test_plants_next_to_a_mine_hold_their_own_ore() -> None:
    world = (
        make.mix_row(Stage.MINING, {"A": 0.9, "B": 0.1}),
        make.mix_row(Stage.SEPARATION, {"A": 0.9, "B": 0.1}),
    )
    found = crossings.paths(_data(_abroad(REEXPORT), world=world), form="ore_oxide")

    assert sigma(found, "B", index=1) == 0.0


def test_a_measure_of_the_union_does_not_reach_into_the_union() -> None:
    measure = replace(_abroad(REEXPORT), exporter="EU")
    shares = {"DE": 0.5, "B": 0.5}
    world = [make.mix_row(stage, shares) for stage in (Stage.SEPARATION, Stage.MAGNET)]
    found = crossings.paths(_data(measure, world=world))

    assert sigma(found, "B", "FR") == 0.0


@pytest.mark.parametrize(
    ("side", "factor"), [(Side.LOW, 0.0), (Side.NOMINAL, 0.3), (Side.HIGH, 1.0)]
)
def test_liability_for_handing_on_counts_with_its_factor(side: Side, factor: float) -> None:
    measure = _abroad(Extraterritorial.RETRANSFER_LIABILITY, rules=MILITARY_BAN)
    found = crossings.paths(_data(measure), side=side, use=crossings.use_for(EndUse.MILITARY, side))

    assert sigma(found, "B") == pytest.approx(0.7 * factor, abs=EXACT)


def test_liability_for_handing_on_says_nothing_of_civil_goods() -> None:
    measure = _abroad(Extraterritorial.RETRANSFER_LIABILITY, rules=MILITARY_BAN)

    assert sigma(crossings.paths(_data(measure)), "B") == 0.0


def test_liability_for_handing_on_says_nothing_of_licence_duties() -> None:
    licence = (Rule(when="always", outcome=Outcome.LICENCE, applies=RuleApplies()),)
    measure = _abroad(Extraterritorial.RETRANSFER_LIABILITY, rules=licence)
    military = crossings.use_for(EndUse.MILITARY)

    assert sigma(crossings.paths(_data(measure), use=military), "B") == 0.0


def test_liability_comes_on_top_of_the_ban_at_home() -> None:
    measure = _abroad(Extraterritorial.RETRANSFER_LIABILITY, rules=MILITARY_BAN)
    found = crossings.paths(_data(measure), use=crossings.use_for(EndUse.MILITARY))

    assert sigma(found, "A") == pytest.approx(1.0, abs=EXACT)


FOREIGN = Extraterritorial.FOREIGN_MADE_DE_MINIMIS


def test_goods_made_abroad_count_only_above_the_threshold() -> None:
    data = _data(_abroad(FOREIGN))

    assert sigma(crossings.paths(data), "B") == 0.0
    assert sigma(crossings.paths(data, reached=["A-9"]), "B") == pytest.approx(0.7, abs=EXACT)


def test_the_threshold_of_one_measure_is_not_that_of_another() -> None:
    data = _data(_abroad(FOREIGN))

    assert sigma(crossings.paths(data, reached=["A-8"]), "B") == 0.0


def _limited(measure_id: str, threshold: str) -> ControlMeasure:
    measure = _abroad(FOREIGN, measure_id=measure_id)
    limit = DeMinimis(basis="value", threshold=Decimal(threshold))
    return replace(measure, scope=replace(measure.scope, de_minimis=limit))


def _supply_with_price() -> SupplyReference:
    price = Price(
        element="Dy",
        usd_per_kg=Triple(100.0, 200.0, 400.0),
        product="oxide",
        market="FOB",
        reference="2025",
        known_from=make.LONG_AGO,
        provenance=make.SURE,
    )
    return replace(make.supply(), prices={"Dy": price})


def _priced_line(unit_price: int) -> BomLine:
    line = make.line(suppliers={"B": 1.0})
    return replace(line, unit_price=Decimal(unit_price), currency="USD")


def test_each_measure_tests_its_own_threshold() -> None:
    # 1 kg at 100 to 400 USD in goods of 10,000 USD: 1 to 4 per cent.
    data = make.reference(
        _limited("A-1", "0.001"),
        _limited("A-2", "0.02"),
        _limited("A-3", "0.5"),
        _abroad(Extraterritorial.FOREIGN_MADE_TECHNOLOGY, measure_id="A-4"),
        _abroad(REEXPORT, measure_id="A-5"),
        make.measure("A-6"),
        supply_side=_supply_with_price(),
    )

    line = _priced_line(10_000)
    found = dict(thresholds_of(data, line, make.found("1", make.content("Dy")), make.bom(line)))

    assert found["A-1"] == (1.0, 1.0, 1.0)
    assert found["A-2"] == (0.0, 0.0, 1.0)
    assert found["A-3"] == (0.0, 0.0, 0.0)
    # No bill of materials shows with whose technology a part was made.
    assert found["A-4"] == (0.0, 0.0, 1.0)
    assert "A-6" not in found


def test_default_goods_of_a_sector_may_or_may_not_reach_a_threshold() -> None:
    data = make.reference(_limited("A-1", "0.001"))

    assert thresholds_of(data) == (("A-1", (0.0, 0.0, 1.0)),)


def test_a_threshold_known_only_later_opens_no_other_measure() -> None:
    """P15: the value test of tomorrow's measure must not count for today's."""
    strict = replace(_limited("A-2", "0.001"), announced=make.TODAY)
    later = replace(
        strict,
        timeline=tuple(
            replace(one, known_from=make.TODAY + timedelta(days=1)) for one in strict.timeline
        ),
    )
    lines = (make.found("1", make.content("Dy")),)
    risks = []
    for measures in ([_limited("A-1", "0.5")], [_limited("A-1", "0.5"), later]):
        data = make.reference(*measures, supply_side=_supply_with_price())
        (line,) = scored_lines(make.bom(_priced_line(10_000)), lines, data, make.context())
        risks.append([one.risks for one in Evaluation(data, make.context()).line(line)])

    assert risks[0] == risks[1]
