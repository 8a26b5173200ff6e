"""Scarcity on the world market, the largest mine, and few suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.controls import ControlMeasure, Outcome, RegisterStage, Rule, RuleApplies
from app.domain.reference import ReferenceData
from app.domain.supply import LargestMine, Stage
from app.domain.triple import ZERO, Side, Triple
from app.scoring.engine import Ends, Engine
from app.scoring.market import Market, importer_weights, single_supplier_risk
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, days_ago

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)


def _ban(*stages: RegisterStage, **changes: object) -> ControlMeasure:
    return make.measure("A-1", stages=stages, rules=BAN, **changes)  # type: ignore[arg-type]  # named as in the factory


def _market(data: ReferenceData, side: Side = Side.NOMINAL) -> Market:
    return Market(Engine(data, make.context(), ends=Ends.all_at(side)))


def _severity(
    *measures: ControlMeasure, form: str = "magnet", element: str = "Dy", **supply: object
) -> float:
    data = make.reference(
        *measures,
        supply_side=make.supply(**supply),  # type: ignore[arg-type]  # named as in the factory
        methodology=crossings.no_structural_risk(),
    )
    return _market(data).severity(data.supply.chains[form], element)


def test_the_worst_stage_of_the_chain_counts() -> None:
    # A makes 0.9 of the oxide and 0.8 of the magnets.
    assert _severity(_ban(RegisterStage.OXIDE)) == pytest.approx(0.9, abs=EXACT)
    assert _severity(_ban(RegisterStage.MAGNET)) == pytest.approx(0.8, abs=EXACT)
    assert _severity(_ban(RegisterStage.OXIDE, RegisterStage.MAGNET)) == pytest.approx(0.9)


def test_stages_after_the_product_do_not_count() -> None:
    assert _severity(_ban(RegisterStage.MAGNET), form="oxide") == 0.0


def test_an_element_stands_alone_in_the_magnets_of_the_world() -> None:
    ban = _ban(RegisterStage.MAGNET, elements=["Dy"])

    assert _severity(ban) == pytest.approx(0.8, abs=EXACT)
    # Neodymium magnets get what spills over to them, whatever else some of them hold.
    assert _severity(ban, element="Nd") == pytest.approx(0.3 * 0.8, abs=EXACT)


def test_importers_count_by_their_weight() -> None:
    importers = {"A": 0.25, "B": 0.35, "C": 0.4}

    # Nothing crosses a border on its way to A itself.
    assert _severity(_ban(RegisterStage.OXIDE), importers=importers) == pytest.approx(0.9 * 0.75)


MINES = (
    make.mix_row(Stage.MINING, {"A": 0.6, "B": 0.4}),
    make.mix_row(Stage.SEPARATION, {"B": 0.3, "C": 0.1, "D": 0.6}),
)


def test_only_those_who_separate_buy_ore() -> None:
    engine = Engine(
        make.reference(
            supply_side=make.supply(world=MINES, importers={"B": 0.2, "C": 0.4, "E": 0.4})
        ),
        make.context(),
        ends=Ends.all_at(Side.NOMINAL),
    )

    weights = importer_weights(engine, Stage.MINING, "Dy")

    assert weights == pytest.approx({"B": 0.6, "C": 0.4}, abs=EXACT)
    assert importer_weights(engine, Stage.SEPARATION, "Dy") == {"B": 0.2, "C": 0.4, "E": 0.4}


def test_a_ban_on_ore_hits_those_who_separate() -> None:
    ban = _ban(RegisterStage.ORE)
    importers = {"B": 0.2, "C": 0.4, "E": 0.4}

    found = _severity(ban, form="ore_oxide", world=MINES, importers=importers)

    assert found == pytest.approx(0.6, abs=EXACT)


def test_where_no_importer_separates_nobody_buys_ore() -> None:
    ban = _ban(RegisterStage.ORE)

    assert _severity(ban, form="ore_oxide", world=MINES, importers={"E": 1.0}) == 0.0


def test_an_element_without_the_stages_has_no_market() -> None:
    world = (make.mix_row(Stage.SEPARATION, {"A": 1.0}, elements=["Nd"]),)

    assert _severity(_ban(RegisterStage.OXIDE), form="oxide", world=world) == 0.0


def test_an_old_ban_is_reflected_in_the_worlds_output() -> None:
    old = _ban(RegisterStage.OXIDE, timeline=make.in_force_for(900))
    young_row = (make.mix_row(Stage.SEPARATION, {"A": 1.0}, valid_from=days_ago(10)),)
    old_row = (make.mix_row(Stage.SEPARATION, {"A": 1.0}),)

    assert _severity(old, form="oxide", world=young_row) == 0.0
    assert _severity(old, form="oxide", world=old_row) == 1.0


@pytest.mark.parametrize(
    ("side", "share"), [(Side.LOW, 0.45), (Side.NOMINAL, 0.9), (Side.HIGH, 1.0)]
)
def test_world_shares_are_shifted_inside_their_bounds(side: Side, share: float) -> None:
    world = (
        make.mix_row(
            Stage.SEPARATION, {"A": 0.9, "B": 0.1}, bounds={"A": (0.45, 1.0), "B": (0.0, 0.55)}
        ),
    )
    data = make.reference(
        _ban(RegisterStage.OXIDE),
        supply_side=make.supply(world=world),
        methodology=crossings.no_structural_risk(),
    )

    found = _market(data, side).severity(data.supply.chains["oxide"], "Dy")

    assert found == pytest.approx(share, abs=EXACT)


def _mines(mine: LargestMine | None) -> Mapping[str, LargestMine]:
    return {} if mine is None else {"Dy": mine}


def _scarcity(mine: LargestMine | None, side: Side = Side.NOMINAL) -> float:
    supply = replace(make.supply(), largest_mines=_mines(mine))
    data = make.reference(supply_side=supply, methodology=crossings.no_structural_risk())
    return _market(data, side).scarcity(data.supply.chains["magnet"], "Dy", 0.5)


MINE = LargestMine(
    element="Dy",
    mine="Example Mine",
    value=Triple(0.2, 0.4, 0.8),
    vintages=((make.LONG_AGO, 0.3), (days_ago(10), 0.4), (days_ago(-10), 0.9)),
    provenance=make.SURE,
)


@pytest.mark.parametrize(
    ("side", "kappa", "alpha", "mine"),
    [(Side.LOW, 0.10, 0.01, 0.2), (Side.NOMINAL, 0.25, 0.02, 0.4), (Side.HIGH, 0.50, 0.04, 0.8)],
)
def test_the_largest_mine_counts_as_known_on_the_day(
    side: Side, kappa: float, alpha: float, mine: float
) -> None:
    assert _scarcity(MINE, side) == pytest.approx(kappa * alpha * mine * 0.5, abs=EXACT)


def test_without_a_largest_mine_there_is_none_to_fail() -> None:
    assert _scarcity(None) == 0.0


def test_a_mine_known_only_later_serves_with_its_first_figure() -> None:
    late = replace(MINE, vintages=((make.TODAY + timedelta(days=5), 0.7),))

    assert _scarcity(late) == pytest.approx(0.25 * 0.02 * 0.7 * 0.5, abs=EXACT)


def _supplier(shares: tuple[float, ...] | None) -> list[float]:
    data = make.reference()
    return [
        single_supplier_risk(
            shares,
            uncovered=0.5,
            engine=Engine(data, make.context(), ends=Ends.all_at(side)),
        )
        for side in Side
    ]


def test_few_suppliers_count_by_the_sum_of_squared_shares() -> None:
    assert _supplier((1.0,)) == pytest.approx([0.005, 0.01, 0.02], abs=EXACT)
    assert _supplier((0.5, 0.5)) == pytest.approx([0.0025, 0.005, 0.01], abs=EXACT)


def test_without_declared_suppliers_only_the_unfavourable_end_counts_one() -> None:
    assert _supplier(None) == pytest.approx([0.0, 0.0, 0.02], abs=EXACT)


def test_scarcity_reaches_buyers_by_kappa() -> None:
    method = make.with_parameters(
        make.shipped_methodology(), lambda0=ZERO, kappa=Triple.exactly(0.4)
    )
    data = make.reference(_ban(RegisterStage.OXIDE), methodology=method)
    open_market = 1.0 - (1.0 - 0.9) * (1.0 - 0.02 * 0.4)

    found = _market(data).scarcity(data.supply.chains["magnet"], "Dy", 0.25)

    assert found == pytest.approx(0.4 * open_market * 0.25, abs=EXACT)
