"""How sure: points, quantiles, the inputs that are moved, and how firm the ranks are."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from statistics import correlation

import pytest

from app.domain.triple import Side, Triple
from app.scoring.certainty import Spread, certainty, quantile
from app.scoring.halton import halton_points, multiplier, radical_inverse
from app.scoring.uncertainty import tornado
from app.scoring.variants import GROUPS, Uncertain, point_risk, uncertain_parameters
from app.scoring.weights import LineWeight
from app.scoring.workbench import Workbench
from tests import factories as make
from tests import plain_world as plain


def weights(bench: Workbench) -> list[LineWeight]:
    return [bench.weight_of(line.line_id) for line in bench.lines]


def test_points_fill_each_side_evenly() -> None:
    points = list(halton_points(128, 26))

    assert len(set(points)) == 128
    for place in range(26):
        side = sorted(point[place] for point in points)
        assert side[0] >= 0.0
        assert side[-1] < 1.0
        # Below each point lies about the part of the points that its place says.
        assert all(abs((rank + 0.5) / 128 - one) < 0.05 for rank, one in enumerate(side))


def test_the_digits_have_another_order_in_each_base() -> None:
    # 7 to the power of 0.74 is 4.2203, so the digits of base 7 are multiplied by 1; 5 to it is
    # 3.2905, by 1, and 11 to it 5.8967, by 9: 13 is 12 in base 11, mirrored 2, 1, ordered 18 mod
    # 11 = 7 and 9.
    assert [multiplier(base) for base in (5, 7, 11)] == [1, 1, 9]
    assert radical_inverse(13, 11) == pytest.approx(7.0 / 11.0 + 9.0 / 121.0)


def test_no_two_sides_move_in_step() -> None:
    sides = list(zip(*halton_points(128, 26), strict=True))

    worst = max(abs(correlation(one, other)) for one, other in combinations(sides, 2))

    assert worst < 0.4


def test_there_is_a_side_for_every_input_that_is_moved() -> None:
    moved = uncertain_parameters(make.shipped_methodology().parameters)

    assert len(GROUPS) + len(moved) <= 26


def test_a_parameter_has_its_nominal_value_in_the_middle() -> None:
    one = Uncertain("p", (0.1, 0.35, 0.8))

    assert [one.quantile(part) for part in (0.0, 0.25, 0.5, 0.75, 1.0)] == pytest.approx(
        [0.1, 0.225, 0.35, 0.575, 0.8]
    )
    assert [one.at(side) for side in Side] == [0.1, 0.35, 0.8]


def test_a_parameter_whose_low_risk_is_the_large_value_turns_round() -> None:
    assert Uncertain("chi", (1.0, 0.5, 0.0)).quantile(1.0) == 0.0


def test_every_parameter_with_an_interval_is_moved() -> None:
    names = {one.name for one in uncertain_parameters(make.shipped_methodology().parameters)}

    assert {"lambda0", "adaptation_raw", "p_reactivated", "credence.press_report"} <= names
    assert not {"gamma", "beta", "psi", "restriction_cap", "credence"} & names


def test_values_between_two_points_are_in_proportion() -> None:
    assert quantile([3.0, 1.0, 2.0], 0.25) == 1.5
    assert quantile([7.0], 0.9) == 7.0
    assert quantile([1.0, 2.0], 1.0) == 2.0


def test_a_product_that_is_known_without_doubt_has_no_spread() -> None:
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference()))

    found = certainty(bench.lines, weights(bench), bench.evaluation, points=8)

    assert found.bom == Spread("bom", 0.0, 0.0, 0.0)
    assert found.elements == (Spread("Dy", 0.0, 0.0, 0.0),)
    assert found.ranks == ()


def test_an_element_that_is_always_worse_stays_above() -> None:
    found = make.found("1", make.content("Dy"), make.content("Nd"), forms=("oxide",))
    reference = plain.plain_reference(plain.duty(elements=["Dy"]))
    bench = plain.bench_of(plain.inputs_of(reference, [(plain.oxide_line(), found)]))

    sure = certainty(bench.lines, weights(bench), bench.evaluation)

    assert sure.points == 128
    (pair,) = sure.ranks
    assert (pair.upper, pair.lower, pair.stays) == ("Dy", "Nd", 1.0)
    assert 0.0 < sure.bom.p10 < sure.bom.p90


def test_equal_elements_stay_above_half_of_the_time() -> None:
    found = make.found("1", make.content("Dy"), make.content("Tb"), forms=("oxide",))
    bench = plain.bench_of(
        plain.inputs_of(plain.plain_reference(plain.duty()), [(plain.oxide_line(), found)])
    )

    sure = certainty(bench.lines, weights(bench), bench.evaluation, points=4)

    assert [pair.stays for pair in sure.ranks] == [0.5]


def test_what_is_only_possible_counts_at_the_unfavourable_end_alone() -> None:
    possible = replace(make.content("Tb"), presence=Triple(0.0, 0.0, 1.0))
    rows = [(plain.oxide_line(), make.found("1", possible, forms=("oxide",)))]
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    risks = [
        point_risk(bench.lines, weights(bench), bench.evaluation.evaluator(side)).bom
        for side in Side
    ]

    assert risks[0] == risks[1] == 0.0
    assert risks[2] > 0.5


def test_stock_that_lasts_counts_as_no_risk_and_not_as_no_line() -> None:
    rows = [
        (plain.oxide_line("1"), plain.dysprosium("1")),
        (plain.oxide_line("2", stock_days=200.0), plain.dysprosium("2")),
    ]
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    risk = point_risk(bench.lines, weights(bench), bench.evaluation.evaluator(Side.NOMINAL))

    assert risk.bom == bench.base.bom[1]
    assert risk.elements["Dy"] == pytest.approx(0.276)


def test_a_line_without_weight_and_an_element_without_weight_count_nowhere() -> None:
    found = make.found("1", make.content("Dy"), make.content("Nd", mass_kg=0.0), forms=("oxide",))
    none = make.found("2", make.content("Tb", mass_kg=0.0), forms=("oxide",))
    rows = [(plain.oxide_line("1"), found), (plain.oxide_line("2"), none)]
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    risk = point_risk(bench.lines, weights(bench), bench.evaluation.evaluator(Side.NOMINAL))

    assert set(risk.elements) == {"Dy"}
    assert risk.bom == pytest.approx(0.552)


def test_the_tornado_has_the_widest_bar_first_and_leaves_out_what_has_no_interval() -> None:
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty())))

    bars = tornado(bench.lines, weights(bench), bench.evaluation)

    assert bars[0].name == "law"
    assert [bar.span for bar in bars] == sorted((bar.span for bar in bars), reverse=True)
    # The plain world knows these without doubt.
    assert not {"kappa", "alpha", "delay_multiplier"} & {bar.name for bar in bars}
    base = bench.score(bench.base.bom[1])
    assert all(bar.low <= base <= bar.high for bar in bars)
