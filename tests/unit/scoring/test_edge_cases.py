"""The edge cases that the methodology lists, each by its number and name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.domain.bom import BomLine
from app.domain.controls import ControlMeasure, Outcome, RegisterStage, Rule, RuleApplies
from app.domain.exposure import IdentifiedLine
from app.domain.reference import ReferenceData
from app.domain.results import Assessment, ElementResult
from app.domain.supply import Stage
from app.domain.triple import ZERO, Triple
from app.errors import InvalidNumberError, InvalidSharesError
from app.scoring.assess import assess
from app.scoring.path import GOVERNANCE_ASSUMED
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
OXIDE_BAN = make.measure("A-1", stages=[RegisterStage.OXIDE], rules=BAN)
QUIET = make.with_parameters(crossings.no_structural_risk(), kappa=ZERO, o_max=ZERO)
#: Separation in A and C, magnets in A, B and C.
WORLD = (
    make.mix_row(Stage.SEPARATION, {"A": 0.7, "C": 0.3}),
    make.mix_row(Stage.MAGNET, {"A": 0.5, "B": 0.3, "C": 0.2}),
)


def _data(*measures: ControlMeasure, **supply: object) -> ReferenceData:
    return make.reference(
        *(measures or (OXIDE_BAN,)),
        supply_side=make.supply(**supply),  # type: ignore[arg-type]  # named as in the factory
        methodology=QUIET,
    )


def _answer(
    found: IdentifiedLine,
    line: BomLine | None = None,
    data: ReferenceData | None = None,
    *,
    destination: str = "C",
    horizon_days: int = 180,
) -> Assessment:
    return assess(
        make.bom(line or make.line()),
        (found,),
        data or _data(),
        context=make.context(destination=destination, horizon_days=horizon_days),
    )


def _element(answer: Assessment, symbol: str = "Dy") -> ElementResult:
    return next(one for one in answer.elements if one.symbol == symbol)


def _risk(answer: Assessment, symbol: str = "Dy") -> Triple:
    score = _element(answer, symbol).score
    assert score is not None
    return score.risk


def test_01_promethium_has_no_score_and_never_the_score_0() -> None:
    answer = _answer(make.found("1", make.content("Pm"), make.content("Dy"), forms=("oxide",)))

    promethium = _element(answer, "Pm")
    assert (promethium.score, promethium.reason) == (None, "no_market_data")
    assert promethium.exposed
    assert promethium.profile == ()
    assert [one.symbol for one in answer.lines[0].elements] == ["Dy"]
    assert "no_market_data" in answer.flags


def test_02_an_element_may_lack_a_stage_which_is_left_out_and_flagged() -> None:
    world = (
        make.mix_row(Stage.SEPARATION, {"A": 0.9, "B": 0.1}),
        make.mix_row(Stage.MAGNET, {"A": 0.8, "B": 0.2}, elements=["Nd"]),
    )
    answer = _answer(make.found("1", make.content("Dy")), data=_data(world=world))

    assert _risk(answer).nominal == pytest.approx(0.9, abs=EXACT)
    assert "no_market_data" in _element(answer).flags


def test_03_an_unknown_form_takes_the_maximum_and_spans_every_form() -> None:
    found = make.found("1", make.content("Dy"), forms=("oxide", "magnet"))
    answer = _answer(found, make.line(suppliers={"B": 1.0}))

    risk = _risk(answer)
    assert (risk.low, risk.nominal, risk.high) == pytest.approx((0.0, 0.7, 0.7), abs=EXACT)


def test_04_a_default_composition_spans_from_nothing_and_is_flagged() -> None:
    dysprosium = make.content("Dy", fraction=Triple(0.0, 0.02, 0.05))
    found = replace(make.found("1", dysprosium, forms=("oxide",)), default_composition=True)
    answer = _answer(found)

    risk = _risk(answer)
    assert (risk.low, risk.nominal, risk.high) == pytest.approx((0.0, 0.9, 0.9), abs=EXACT)
    assert "default_composition" in answer.flags


def test_05_a_supplier_in_the_bloc_of_the_destination_leaves_what_lies_upstream() -> None:
    world = (
        make.mix_row(Stage.SEPARATION, {"A": 0.9, "DE": 0.1}),
        make.mix_row(Stage.MAGNET, {"A": 0.8, "DE": 0.2}),
    )
    feed = [make.mix_row(Stage.MAGNET, {"A": 0.6, "DE": 0.4}, place="DE")]
    data = _data(make.measure("A-1", rules=BAN), world=world, feed=feed)
    line = make.line(suppliers={"DE": 1.0})

    answer = _answer(make.found("1", make.content("Dy")), line, data, destination="FR")

    assert _risk(answer).nominal == pytest.approx(0.6, abs=EXACT)


def test_06_goods_for_the_controlling_country_meet_only_the_controls_of_others() -> None:
    others = make.measure("B-1", exporter="B", stages=[RegisterStage.OXIDE], rules=BAN)
    data = _data(make.measure("A-1", rules=BAN), others)

    answer = _answer(
        make.found("1", make.content("Dy"), forms=("oxide",)), None, data, destination="A"
    )

    # 0.9 of the world's oxide never leaves A; the oxide of B may not come in.
    assert _risk(answer).nominal == pytest.approx(0.1, abs=EXACT)


def test_07_stock_for_the_whole_horizon_leaves_no_risk_but_longer_horizons_show_it() -> None:
    line = make.line(suppliers={"A": 1.0}, stock_days=180.0)
    answer = _answer(make.found("1", make.content("Dy"), forms=("oxide",)), line)

    assert _risk(answer).high == 0.0
    profile = {row.horizon_days: row.score for row in _element(answer).profile}
    assert (profile[90], profile[180]) == (0.0, 0.0)
    # 185 of 365 days without material.
    assert profile[365] == pytest.approx(100.0 * math.sqrt(185.0 / 365.0), abs=1e-9)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (make.line(stock_days=-1.0), InvalidNumberError),
        (make.line(stock_days=math.nan), InvalidNumberError),
        (make.line(suppliers={"A": 1.2}), InvalidSharesError),
        (make.line(recycled_share=-0.1), InvalidSharesError),
        (make.line(quantity=-1.0), InvalidNumberError),
    ],
)
def test_08_impossible_input_is_an_error_and_never_clamped(
    line: BomLine, error: type[Exception]
) -> None:
    massless = make.content("Dy", mass_kg=None)

    with pytest.raises(error):
        _answer(make.found("1", massless, forms=("oxide",)), line)


def test_09_missing_figures_take_the_assumption_that_the_method_names() -> None:
    method = make.with_parameters(make.shipped_methodology(), kappa=ZERO, o_max=ZERO)
    data = make.reference(supply_side=make.supply(governance={"A": 0.5}), methodology=method)
    found = make.found("1", make.content("Dy"), forms=("oxide",))
    sure, assumed = (
        _element(_answer(found, make.line(suppliers={place: 1.0}), data)) for place in ("A", "B")
    )

    assert GOVERNANCE_ASSUMED not in sure.flags
    assert GOVERNANCE_ASSUMED in assumed.flags


@pytest.mark.parametrize("place", ["A", "B", "C", "D"])
def test_10_paths_end_though_traders_buy_the_worlds_goods_from_each_other(place: str) -> None:
    data = _data(world=WORLD, feed=[])
    line = make.line(suppliers={place: 1.0})

    risk = _risk(_answer(make.found("1", make.content("Dy")), line, data))

    assert 0.0 <= risk.nominal <= 1.0


@pytest.mark.parametrize(
    "found",
    [make.found("1"), make.found("1", make.content("Dy", mass_kg=0.0), forms=("oxide",))],
)
def test_11_without_rare_earths_or_weight_nothing_is_exposed(found: IdentifiedLine) -> None:
    answer = _answer(found, make.line(quantity=0.0))

    assert not any(element.exposed for element in answer.elements)
    assert answer.bom.score.nominal == 0.0
    assert answer.bom.worst_line_id is None
    assert answer.quality == 1.0


def test_12_a_form_in_doubt_keeps_the_larger_severity() -> None:
    # As after a customs code that contradicts the words: both forms stand in the line.
    line = make.line(suppliers={"A": 1.0})
    one, other, both = (
        _risk(_answer(make.found("1", make.content("Dy"), forms=forms), line)).nominal
        for forms in (("oxide",), ("magnet",), ("magnet", "oxide"))
    )

    assert both == max(one, other)


def test_13_the_register_holds_each_measure_once() -> None:
    twice: Mapping[str, ControlMeasure] = make.register(OXIDE_BAN, OXIDE_BAN).measures

    assert list(twice) == ["A-1"]
