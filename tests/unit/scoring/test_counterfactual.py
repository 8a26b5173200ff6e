"""The smallest single change: targets, words, and what is refused."""

from __future__ import annotations

import math

import pytest

from app.domain.controls import ControlMeasure, Outcome, Rule, RuleApplies
from app.domain.supply import Stage
from app.errors import InvalidInputError, UnknownKeyError
from app.scoring.counterfactual import (
    Target,
    TargetKind,
    counterfactuals,
    in_words,
    milder_band,
    most_stock_days,
    none_alone_can,
    rounded_up,
    upper_edge,
    usual_targets,
)
from app.scoring.evaluation import Evaluation
from app.scoring.levers import capable_countries
from app.scoring.workbench import Workbench
from tests import factories as make
from tests import plain_world as plain

BANDS = make.shipped_methodology().bands


def bench(*measures: ControlMeasure) -> Workbench:
    reference = plain.plain_reference(*(measures or (plain.duty(),)))
    return plain.bench_of(plain.inputs_of(reference))


def test_a_band_has_an_upper_edge_and_a_milder_neighbour() -> None:
    assert [upper_edge(name, BANDS) for name in ("low", "moderate", "high", "severe")] == [
        20.0, 45.0, 70.0, math.inf,
    ]  # fmt: skip
    assert [milder_band(name, BANDS) for name in ("low", "severe")] == [None, "high"]
    with pytest.raises(InvalidInputError, match="no band 'red'"):
        upper_edge("red", BANDS)


def test_the_usual_targets_are_the_product_its_worst_line_and_its_elements() -> None:
    found = usual_targets(bench())

    assert found == (
        Target(TargetKind.BOM, "", "high"),
        Target(TargetKind.LINE, "1", "high"),
        Target(TargetKind.ELEMENT, "Dy", "high"),
    )
    assert {target.band for target in usual_targets(bench(), "low")} == {"low"}


def test_a_target_that_is_in_the_band_takes_no_change() -> None:
    assert counterfactuals(bench(), Target(TargetKind.ELEMENT, "Dy", "severe")) == ()


def test_what_is_in_the_mildest_band_is_no_target() -> None:
    free = plain.bench_of(plain.inputs_of(plain.plain_reference()))

    assert usual_targets(free) == ()


@pytest.mark.parametrize("kind", [TargetKind.LINE, TargetKind.ELEMENT])
def test_an_unknown_target_is_refused(kind: TargetKind) -> None:
    with pytest.raises(UnknownKeyError, match="'X'"):
        counterfactuals(bench(), Target(kind, "X", "low"))


def test_a_change_is_told_in_words_and_rounded_up() -> None:
    reference = plain.plain_reference(plain.duty())
    found = make.found("1", make.content("Dy"), make.content("Nd"), forms=("magnet",))
    inputs = plain.inputs_of(reference, [(plain.oxide_line(country="CN"), found)])

    words = {
        (one.lever, one.stage): in_words(one)
        for one in counterfactuals(plain.bench_of(inputs), Target(TargetKind.BOM, "", "high"))
    }

    # 0.552 less of it than 0.49: 11.3 days of stock, or 11.2 % from elsewhere.
    assert words["stock", None] == "12 days of stock"
    assert words["recycled", None] == "12 % closed-loop recycled material"
    assert words["second_source", Stage.MAGNET].startswith("29 % of magnet making from JP")
    assert words["grade", None] == "a grade without Dy and Tb"
    assert words["licence", None] == "a general licence of the suppliers"


def test_words_for_what_is_never_enough() -> None:
    banned = bench(plain.duty(rules=plain_ban()))

    found = counterfactuals(banned, Target(TargetKind.BOM, "", "low"))

    words = {one.lever: in_words(one) for one in found if not one.reaches}
    assert words["stock"] == "more stock"
    assert words["licence"] == "a general licence of the suppliers"
    assert not none_alone_can(found)
    assert none_alone_can([one for one in found if not one.reaches])
    assert not none_alone_can(())


def plain_ban() -> tuple[Rule, ...]:
    return (Rule(when="all", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)


def test_stock_is_searched_up_to_what_the_facts_name_or_the_horizon() -> None:
    assert most_stock_days(bench()) == 150.0

    silent = plain.plain_reference(plain.duty(), mitigation=plain.facts(stocks=()))
    assert most_stock_days(plain.bench_of(plain.inputs_of(silent))) == 180.0


def test_without_a_supplier_there_is_nobody_to_license() -> None:
    line = plain.oxide_line(country=None)
    inputs = plain.inputs_of(plain.plain_reference(plain.duty()), [(line, plain.dysprosium())])

    found = counterfactuals(plain.bench_of(inputs), Target(TargetKind.BOM, "", "moderate"))

    assert {one.lever for one in found} == {"stock", "second_source", "recycled"}


def test_amounts_are_rounded_up_to_four_digits() -> None:
    assert rounded_up(0.123412) == 0.1235
    assert rounded_up(0.000123412) == pytest.approx(0.0001235)
    assert rounded_up(91.8) == 91.8
    assert rounded_up(150.0) == 150.0


def test_an_almost_enough_state_takes_almost_nothing() -> None:
    # r = 0.49 x (1 + 1e-9): just above the edge of severe.
    lines = [(plain.oxide_line(recycled_share=1.0 - 0.49 * (1 + 1e-9)), plain.dysprosium())]
    banned = plain.plain_reference(plain.duty(rules=plain_ban()))

    found = counterfactuals(
        plain.bench_of(plain.inputs_of(banned, lines)), Target(TargetKind.BOM, "", "high")
    )

    (stock,) = (one for one in found if one.lever == "stock")
    assert stock.reaches
    assert stock.value is not None
    assert 0.0 < stock.value < 0.001


def test_countries_that_make_any_are_capable_but_not_china_or_nobody() -> None:
    world = (make.mix_row(Stage.SEPARATION, {"CN": 0.8, "MY": 0.1, "ZZ": 0.1, "US": 0.0}),)
    reference = plain.plain_reference(world=world, feed=())
    supply = Evaluation(reference, plain.question()).supply

    assert capable_countries(Stage.SEPARATION, frozenset({"Dy"}), supply) == ("MY",)
    assert capable_countries(Stage.METAL, frozenset({"Dy"}), supply) == ()


def test_the_grade_of_an_oxide_or_of_pure_dysprosium_cannot_be_lowered() -> None:
    found = counterfactuals(bench(), Target(TargetKind.BOM, "", "high"))

    assert "grade" not in {one.lever for one in found}


def test_a_line_comes_into_the_band_by_itself() -> None:
    rows = [
        (plain.oxide_line("1"), plain.dysprosium("1")),
        (plain.oxide_line("2"), plain.dysprosium("2")),
    ]
    bench_of_two = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    found = counterfactuals(bench_of_two, Target(TargetKind.LINE, "2", "high"))

    (stock,) = (one for one in found if one.lever == "stock")
    changed = stock.patch(bench_of_two.inputs)
    assert [line.stock_days for line in changed.bom.lines] == [None, stock.value]


def test_of_several_countries_the_one_that_takes_the_smaller_share_is_named() -> None:
    world = (make.mix_row(Stage.SEPARATION, {"AU": 0.1, "CN": 0.7, "MY": 0.1, "US": 0.1}),)
    rule = RuleApplies()
    american = make.measure(
        "US-1",
        exporter="US",
        rules=(Rule(when="all", outcome=Outcome.LICENCE, applies=rule),),
    )
    reference = plain.plain_reference(plain.duty(rules=plain_ban()), american, world=world, feed=())

    found = counterfactuals(
        plain.bench_of(plain.inputs_of(reference)), Target(TargetKind.BOM, "", "high")
    )

    # Both Australia and Malaysia are free; the first by name stands for both.
    (source,) = (one for one in found if one.lever == "second_source")
    assert source.country == "AU"


def test_an_element_comes_into_the_band_on_the_lines_that_hold_it() -> None:
    neodymium = make.found("2", make.content("Nd"), forms=("oxide",))
    rows = [(plain.oxide_line("1"), plain.dysprosium("1")), (plain.oxide_line("2"), neodymium)]
    mixed = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    found = counterfactuals(mixed, Target(TargetKind.ELEMENT, "Nd", "high"))

    (stock,) = (one for one in found if one.lever == "stock")
    changed = stock.patch(mixed.inputs)
    assert [line.stock_days for line in changed.bom.lines] == [None, stock.value]
