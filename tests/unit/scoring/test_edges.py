"""Corners of the core that no ordinary product reaches, each by its own small case."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.controls import RuleApplies
from app.domain.exposure import IdentifiedLine
from app.domain.rounding import largest_remainder
from app.domain.supply import ImportRelianceRow, Price, Stage
from app.domain.triple import Side, Triple
from app.errors import InvalidInputError, InvalidNumberError, InvalidSharesError, UnknownKeyError
from app.scoring import evaluation as module
from app.scoring.assess import assess
from app.scoring.concentration import company_mixes, herfindahl_hirschman_index
from app.scoring.end_use import CIVIL_MARKET, rule_match
from app.scoring.engine import supply_snapshot
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.item_behind import item_behind
from app.scoring.line_class import line_flags
from app.scoring.path import PLAIN
from app.scoring.scored_lines import scored_lines
from app.scoring.weights import COUNT, ELEMENT_VALUE, REVENUE, line_weights
from tests import factories as make


def scored(found: IdentifiedLine, **changes: object) -> ScoredLine:
    """Return one line ready to evaluate, in the default invented world."""
    product = make.bom(make.line("1", suppliers={"A": 1.0}))
    (line,) = scored_lines(product, (found,), make.reference(), make.context())
    return replace(line, **changes)  # type: ignore[arg-type]  # each case names real fields


def test_a_rounded_total_below_the_floors_takes_from_the_smallest_remainder() -> None:
    assert largest_remainder([1.0, 2.0], 2.9, 1) == [1.0, 1.9]


def test_a_figure_must_be_finite() -> None:
    with pytest.raises(InvalidNumberError, match="finite"):
        Triple(0.0, math.inf, math.inf)


def test_lines_and_identifications_must_pair_up() -> None:
    with pytest.raises(InvalidInputError, match="1 lines but 0 identifications"):
        assess(make.bom(make.line()), (), make.reference(), context=make.context())


def test_lines_that_state_nothing_weigh_the_same_and_the_answer_says_so() -> None:
    product = make.bom(make.line("1", quantity=None))
    found = (make.found("1", make.content(mass_kg=None)),)

    result = assess(product, found, make.reference(), context=make.context())

    assert result.weight_basis == COUNT
    assert "weights_assumed" in result.flags
    assert next(e for e in result.elements if e.symbol == "Dy").mass_kg is None


def test_shares_that_do_not_sum_to_one_have_no_index() -> None:
    with pytest.raises(InvalidSharesError, match=r"sum to 0\.5"):
        herfindahl_hirschman_index({"A": 0.5})


def test_an_element_without_any_stage_of_the_form_has_no_mix() -> None:
    line = scored(make.found("1", make.content()))
    bare = make.reference(supply_side=make.supply(world=(make.mix_row(Stage.MINING, {"A": 1.0}),)))
    snapshot = supply_snapshot(bare, make.context())

    assert company_mixes(line, "Dy", supply=snapshot, destination="C") == {}
    with pytest.raises(UnknownKeyError, match="has no stage magnet"):
        snapshot.producers(Stage.MAGNET, "Dy")


def test_an_element_without_any_stage_of_the_form_has_no_risk_and_no_cause() -> None:
    bare = make.reference(supply_side=make.supply(world=(make.mix_row(Stage.MINING, {"A": 1.0}),)))
    evaluation = Evaluation(bare, make.context())
    line = scored(make.found("1", make.content()))

    (outcome,) = evaluation.line(line)

    assert outcome.risks == (0.0, 0.0, 0.0)
    with pytest.raises(UnknownKeyError, match="has no causes"):
        evaluation.item_behind(line, outcome, ("A-1", "magnet", "A", "C"))


def test_goods_that_are_all_recycled_have_no_company_mix() -> None:
    product = make.bom(make.line("1", recycled_share=1.0))
    found = (make.found("1", make.content()),)

    result = assess(product, found, make.reference(), context=make.context())

    dy = next(element for element in result.elements if element.symbol == "Dy")
    assert [row.china_company for row in dy.concentration] == [None, None]


def test_a_content_that_is_nowhere_present_or_weighs_nothing_is_no_exposure() -> None:
    product = make.bom(make.line("1"), make.line("2"))
    nowhere = make.content("Dy", presence=Triple.exactly(0.0))
    found = (
        make.found("1", nowhere, make.content("Nd")),
        make.found("2", make.content("Tb", mass_kg=0.0), make.content("Nd")),
    )
    data = make.reference(sectors=[make.sector()])
    product = replace(product, sector="machines")
    product = replace(product, lines=tuple(replace(line, quantity=None) for line in product.lines))

    result = assess(product, found, data, context=make.context())

    exposed = {element.symbol for element in result.elements if element.exposed}
    assert exposed == {"Nd"}


def test_an_end_user_class_that_nobody_defined_matches_nobody() -> None:
    match = rule_match(
        RuleApplies(end_users=frozenset({"somebody_else"})),
        measure=make.measure(),
        military=False,
        use=CIVIL_MARKET,
        listed_share=1.0,
        methodology=make.shipped_methodology(),
        side=Side.HIGH,
    )

    assert match == 0.0


def test_a_full_memory_is_emptied_and_answers_stay_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MEMORY_LINES", 1)
    evaluation = Evaluation(make.reference(make.measure()), make.context())
    first = scored(make.found("1", make.content("Dy")))
    second = scored(make.found("1", make.content("Nd")))

    before = evaluation.line(first)[0].risks
    evaluation.line(second)

    assert evaluation.line(first)[0].risks == before


def test_a_default_composition_is_told() -> None:
    line = scored(make.found("1", make.content()), default_composition=True)

    assert line_flags(line) == {"default_composition"}


def test_a_cause_must_be_one_of_the_path() -> None:
    evaluation = Evaluation(make.reference(make.measure("A-1")), make.context())
    line = scored(make.found("1", make.content()))
    paths = evaluation.evaluator(Side.NOMINAL).paths(line, line.chains[0])

    with pytest.raises(UnknownKeyError, match="A-2 does not bind"):
        item_behind(paths, "Dy", ("A-2", "magnet", "A", "C"), PLAIN)


def test_import_reliance_is_one_where_nothing_is_known_of_the_form_or_element() -> None:
    row = ImportRelianceRow(
        destination="C",
        stage=Stage.MAGNET,
        elements=frozenset({"Nd"}),
        value=Triple.exactly(0.4),
        provenance=make.SURE,
    )
    side = replace(make.supply(), import_reliance=(row,))
    snapshot = supply_snapshot(make.reference(supply_side=side), make.context())

    assert snapshot.import_reliance("magnet", "C", "Nd") == Triple.exactly(0.4)
    assert snapshot.import_reliance("magnet", "C", "Dy") == Triple.exactly(1.0)
    assert snapshot.import_reliance("device", "C", "Nd") == Triple.exactly(1.0)


def test_weights_follow_the_first_basis_that_every_line_states() -> None:
    line = make.line("1")
    one = scored(make.found("1", make.content("Dy", mass_kg=2.0)))
    bare = scored(make.found("1", make.content("Dy", mass_kg=None)))
    price = Price(
        element="Dy",
        usd_per_kg=Triple.exactly(10.0),
        product="oxide",
        market="world",
        reference="2025",
        known_from=date(2026, 1, 1),
        provenance=make.SURE,
    )

    by_value = line_weights([line], [one], {"Dy": price})
    by_revenue = line_weights([replace(line, revenue_at_risk=Decimal(7))], [one], {})

    assert (by_value.basis, by_value.lines[0].whole) == (ELEMENT_VALUE, 20.0)
    assert (by_revenue.basis, by_revenue.lines[0].whole) == (REVENUE, 7.0)
    with pytest.raises(InvalidNumberError, match="a weight must be 0 or more"):
        line_weights([replace(line, quantity=-1.0)], [bare], {})
