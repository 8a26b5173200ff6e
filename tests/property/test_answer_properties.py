"""P3, P5-P10, P30, P31, P33, P34: from lines to elements, sectors and the product."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine
from app.domain.results import Assessment, Contribution, Score
from app.domain.rounding import largest_remainder, rounded
from app.scoring.assess import assess
from app.scoring.evaluation import Evaluation
from tests import factories as make
from tests.property.strategies import more_rows, worlds
from tests.property.worlds import World, answer

CLOSE = 1e-9

#: A whole answer costs more than one evaluation: half as many examples do.
fewer = settings(max_examples=max(1, settings().max_examples // 2))

Row = tuple[BomLine, IdentifiedLine]


def _numbers(score: Score | None) -> tuple[float, ...]:
    return (score.low, score.nominal, score.high) if score is not None else ()


def scores_of(found: Assessment) -> dict[str, tuple[float, ...]]:
    """Return every score of product, elements and sectors."""
    return {
        "product": (*_numbers(found.bom.score), found.bom.maximum, found.bom.mean),
        **{element.symbol: _numbers(element.score) for element in found.elements},
        **{sector.id: _numbers(sector.score) for sector in found.sectors},
    }


def points_of(found: Assessment) -> dict[tuple[str, str], float]:
    """Return every contribution of product, elements and sectors."""
    points = {("product", row.factor): row.points for row in found.bom.contributions}
    for element in found.elements:
        points |= {(element.symbol, row.factor): row.points for row in element.contributions}
    for sector in found.sectors:
        points |= {(sector.id, row.element): row.points for row in sector.contributions}
    return points


def assert_same(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> None:
    assert one.keys() == other.keys()
    for key, value in one.items():
        assert other[key] == pytest.approx(value, abs=CLOSE), key


def assert_same_answer(one: Assessment, other: Assessment) -> None:
    """Assert that product, elements and sectors have the same scores and contributions."""
    assert_same(scores_of(one), scores_of(other))
    assert_same(points_of(one), points_of(other))


def explained(found: Assessment) -> Iterable[tuple[float, Sequence[float]]]:
    """Yield every score with its points."""

    def points(rows: Sequence[Contribution]) -> list[float]:
        return [row.points for row in rows]

    yield found.bom.score.nominal, points(found.bom.contributions)
    yield found.bom.score.nominal, list(found.bom.line_points.values())
    for element in found.elements:
        yield (element.score.nominal if element.score else 0.0), points(element.contributions)
    for sector in found.sectors:
        yield sector.score.nominal, [row.points for row in sector.contributions]
    for line in found.lines:
        yield line.score.nominal, points(line.contributions)


@fewer
@given(worlds(lines=2))
def test_p03_contributions_sum_to_their_score_and_rounded_ones_to_the_rounded(
    world: World,
) -> None:
    for score, points in explained(answer(world)):
        assert math.fsum(points) == pytest.approx(score, abs=CLOSE)
        shown = rounded(score)
        assert rounded(math.fsum(largest_remainder(points, shown))) == shown


@fewer
@given(worlds(lines=2))
def test_p01_p02_every_score_lies_in_order_between_0_and_100(world: World) -> None:
    found = answer(world)
    scores = [found.bom.score, *(line.score for line in found.lines)]
    scores += [element.score for element in found.elements if element.score is not None]
    scores += [sector.score for sector in found.sectors]

    assert all(0.0 <= one.low <= one.nominal <= one.high <= 100.0 for one in scores)


Key = TypeVar("Key")
Value = TypeVar("Value")


def _turned(mapping: Mapping[Key, Value]) -> dict[Key, Value]:
    """Return a mapping with its keys in the opposite order."""
    return dict(reversed(list(mapping.items())))


def _reordered(world: World) -> World:
    """Return the world with everything in the opposite order."""
    supply = world.data.supply
    turned = world.with_rows(
        [
            (
                replace(line, suppliers=line.suppliers[::-1], bridges=line.bridges[::-1]),
                # Forms keep their order: the best comes first, and says which declared share
                # is that of the last stage.
                replace(found, elements=found.elements[::-1]),
            )
            for line, found in reversed(world.rows)
        ]
    )
    turned = turned.with_measures(*_turned(world.measures).values())
    turned = turned.with_observations(*reversed(world.data.register.observations))
    return turned.with_supply(
        world=tuple(replace(r, shares=_turned(r.shares)) for r in supply.world),
        feed=tuple(reversed(supply.feed)),
        destination_mixes=tuple(reversed(supply.destination_mixes)),
        governance=_turned(supply.governance),
        importers=_turned(supply.importers),
    )


@fewer
@given(worlds(lines=2))
def test_p05_the_order_of_everything_is_irrelevant(world: World) -> None:
    one, other = answer(world), answer(_reordered(world))

    assert_same_answer(one, other)
    assert {line.line_id: line.flags for line in one.lines} == {
        line.line_id: line.flags for line in other.lines
    }
    assert one.flags == other.flags


def _weighed(world: World) -> World:
    """Return the world with a price and a quantity on each line, so that spend weighs."""
    return world.with_lines(lambda line: replace(line, unit_price=line.unit_price or Decimal(7)))


def _part_of(row: Row, name: str, share: float) -> Row:
    """Return a line with a part of another one's need."""
    line, found = row
    part = replace(
        line,
        line_id=name,
        quantity=(line.quantity or 0.0) * share,
        revenue_at_risk=None
        if line.revenue_at_risk is None
        else line.revenue_at_risk * Decimal(share),
    )
    contents = tuple(
        replace(one, mass_kg=one.mass_kg.scaled(share) if one.mass_kg else None)
        for one in found.elements
    )
    return part, replace(found, line_id=name, elements=contents)


@fewer
@given(worlds(lines=2), st.sampled_from((0.5, 0.25)))
def test_p06_splitting_a_line_changes_no_score_and_no_summed_contribution(
    world: World, share: float
) -> None:
    world = _weighed(world)
    first, *others = world.rows
    parts = [_part_of(first, "1a", share), _part_of(first, "1b", 1.0 - share)]
    one, other = answer(world), answer(world.with_rows([*parts, *others]))

    assert_same_answer(one, other)
    halves = other.bom.line_points.get("1a", 0.0) + other.bom.line_points.get("1b", 0.0)
    assert halves == pytest.approx(one.bom.line_points.get("1", 0.0), abs=CLOSE)


def _scaled(world: World, *, masses: float = 1.0, weights: Decimal = Decimal(1)) -> World:
    """Return the world with other units of mass or money."""
    return world.with_rows(
        [
            (
                replace(
                    line,
                    revenue_at_risk=None
                    if line.revenue_at_risk is None
                    else line.revenue_at_risk * weights,
                    unit_price=None if line.unit_price is None else line.unit_price * weights,
                ),
                replace(
                    found,
                    elements=tuple(
                        replace(one, mass_kg=one.mass_kg.scaled(masses) if one.mass_kg else None)
                        for one in found.elements
                    ),
                ),
            )
            for line, found in world.rows
        ]
    )


def _without_value_tests(world: World) -> World:
    """Return the world without content thresholds: these compare money with public prices."""
    return world.with_measures(
        *(
            replace(one, scope=replace(one.scope, de_minimis=None))
            for one in world.measures.values()
        )
    )


@fewer
@given(worlds(lines=2), st.sampled_from((1e-3, 1e3)))
def test_p07_units_of_mass_and_scales_of_weight_change_nothing(world: World, factor: float) -> None:
    world = _without_value_tests(world)
    scale = Decimal(str(factor))

    assert_same_answer(answer(world), answer(_scaled(world, masses=factor)))
    assert_same_answer(answer(world), answer(_scaled(world, weights=scale)))


@fewer
@given(worlds(lines=2), st.sampled_from((Decimal("0.13"), Decimal(150))))
def test_p08_a_currency_factor_changes_only_money(world: World, rate: Decimal) -> None:
    world = _without_value_tests(world)
    world = replace(world, product=replace(world.product, daily_revenue=Decimal(1000)))
    other = _scaled(world, weights=rate)
    other = replace(other, product=replace(other.product, daily_revenue=Decimal(1000) * rate))
    before, after = answer(world), answer(other)

    assert_same_answer(before, after)
    lost = before.bom.expected_lost_revenue
    assert lost is not None
    assert after.bom.expected_lost_revenue == pytest.approx(lost * float(rate), rel=CLOSE)


@fewer
@given(worlds(lines=2))
def test_p09_a_line_without_rare_earths_changes_nothing(world: World) -> None:
    steel = (make.line("steel", suppliers={"CN": 1.0}), make.found("steel"))
    one, other = answer(world), answer(world.with_rows([steel, *world.rows]))

    assert scores_of(one) == scores_of(other)
    assert points_of(one) == points_of(other)
    assert one.flags == other.flags
    assert one.quality == other.quality


@fewer
@given(worlds())
def test_p10_a_product_without_rare_earths_scores_0(world: World) -> None:
    steel = (make.line("steel", suppliers={"CN": 1.0}), make.found("steel"))
    found = answer(world.with_rows([steel]))

    assert found.bom.score.high == 0.0
    assert all(element.score is None or element.score.high == 0.0 for element in found.elements)
    assert not any(element.exposed for element in found.elements)
    assert found.lines[0].score.high == 0.0


@fewer
@given(worlds(lines=2), more_rows)
def test_p30_the_product_lies_between_mean_and_maximum(world: World, more: Row) -> None:
    found = answer(world).bom
    risk = found.score.risk.nominal

    assert found.mean - CLOSE <= risk <= found.maximum + CLOSE
    assert answer(world.with_rows([*world.rows, more])).bom.maximum >= found.maximum - CLOSE


@fewer
@given(worlds(lines=2))
def test_p31_an_element_is_unchanged_by_lines_without_it(world: World) -> None:
    # The basis of the weights stays: it is the first that all lines state (spend, here).
    world = _weighed(world)
    holding = [row for row in world.rows if any(e.symbol == "Dy" for e in row[1].elements)]
    assume(0 < len(holding) < len(world.rows))
    whole, alone = answer(world), answer(world.with_rows(holding))
    assume(whole.weight_basis == alone.weight_basis)
    dy, same = (
        next(one for one in found.elements if one.symbol == "Dy") for found in (whole, alone)
    )

    assert _numbers(dy.score) == pytest.approx(_numbers(same.score), abs=CLOSE)
    assert dy.flags == same.flags
    assert dy.time_to_recover_days == same.time_to_recover_days


@fewer
@given(worlds(lines=2))
def test_p33_the_same_input_gives_the_same_output_to_the_last_bit(world: World) -> None:
    assert answer(world) == answer(world)


@fewer
@given(worlds(lines=2), worlds(lines=2))
def test_p33_a_reused_evaluation_answers_like_a_fresh_one(world: World, before: World) -> None:
    # The earlier product comes from another world, but is asked about in this one.
    used = Evaluation(world.data, world.context)
    assess(before.product, before.found, world.data, context=world.context, evaluation=used)
    again = assess(world.product, world.found, world.data, context=world.context, evaluation=used)

    assert again == answer(world)


@fewer
@given(worlds(lines=2))
def test_p34_the_waterfall_telescopes_to_the_score(world: World) -> None:
    for line in answer(world).lines:
        steps = line.waterfall
        assert [step.step for step in steps] == ["gross", "recycled", "inventory", "bridges"]
        assert math.fsum(step.change for step in steps) == pytest.approx(
            line.score.nominal, abs=CLOSE
        )
        assert steps[-1].score == pytest.approx(line.score.nominal, abs=CLOSE)
        assert all(step.change <= CLOSE for step in steps[2:])
