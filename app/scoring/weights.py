"""What each line weighs when lines are put together."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.bom import BomLine
from app.domain.exposure import ElementContent
from app.domain.supply import Price
from app.domain.triple import ONE, Side, Triple
from app.errors import InvalidNumberError
from app.scoring.goods import ScoredLine, presence_at, unit_spend

REVENUE = "revenue_at_risk"
SPEND = "spend"
ELEMENT_VALUE = "element_value"
MASS = "mass"
COUNT = "count"


@dataclass(frozen=True, slots=True)
class LineWeight:
    """Weight of a line as a whole and of each of its elements; one scale for all lines."""

    whole: float
    by_element: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of all rare-earth lines and what they measure.

    `assumed` is True where no line states anything and all weigh the same.
    """

    basis: str
    lines: tuple[LineWeight, ...]
    assumed: bool


def line_weights(
    lines: Sequence[BomLine], scored: Sequence[ScoredLine], prices: Mapping[str, Price]
) -> Weights:
    """Return weights on the first basis that every rare-earth line states.

    The order is revenue at risk, spend, element value, mass, count.

    Args:
        lines: The BOM lines behind `scored`, in the same order.
        scored: Lines that may hold rare earths.
        prices: Public price of contained element [USD/kg].

    Raises:
        InvalidNumberError: Revenue, price or quantity are negative or not finite.

    References:
        docs/methodology.md, "Putting lines together".
    """
    same_currency = len({line.currency for line in lines}) <= 1
    attempts: tuple[tuple[str, Callable[[BomLine, ScoredLine], LineWeight | None]], ...] = (
        (REVENUE, lambda line, one: _whole(one, _revenue(line) if same_currency else None)),
        (SPEND, lambda line, one: _whole(one, _spend(line) if same_currency else None)),
        (ELEMENT_VALUE, lambda _, one: _by_content(one, prices)),
        (MASS, lambda _, one: _by_content(one, None)),
        (COUNT, lambda line, one: _whole(one, line.quantity)),
    )
    for basis, weigh in attempts:
        found = [weigh(line, one) for line, one in zip(lines, scored, strict=True)]
        if all(weight is not None for weight in found):
            return Weights(basis, tuple(w for w in found if w is not None), assumed=False)
    equal = tuple(LineWeight(1.0, dict.fromkeys(one.elements, 1.0)) for one in scored)
    return Weights(COUNT, equal, assumed=True)


def _whole(scored: ScoredLine, value: float | None) -> LineWeight | None:
    if value is None:
        return None
    if not math.isfinite(value) or value < 0.0:
        raise InvalidNumberError(f"line {scored.line_id}: a weight must be 0 or more, got {value}")
    return LineWeight(value, dict.fromkeys(scored.elements, value))


def _revenue(line: BomLine) -> float | None:
    return None if line.revenue_at_risk is None else float(line.revenue_at_risk)


def _spend(line: BomLine) -> float | None:
    spend = unit_spend(line)
    return None if spend is None else float(spend)


def _by_content(scored: ScoredLine, prices: Mapping[str, Price] | None) -> LineWeight | None:
    """Return weights by mass [kg], or by value where prices are given [USD]."""
    by_element: dict[str, float] = {}
    for content in scored.contents:
        mass = _representative(content)
        if mass is None:
            return None
        if prices is not None:
            price = prices.get(content.symbol)
            if price is None:
                return None
            mass *= price.usd_per_kg.nominal
        by_element[content.symbol] = mass
    return LineWeight(math.fsum(by_element.values()), by_element)


def _representative(content: ElementContent) -> float | None:
    """Return the mass that stands for a content [kg]: nominal, or high if only possible."""
    mass: Triple | None = content.mass_kg
    if mass is None:
        return None
    fraction = content.fraction
    if content.presence is ONE and (fraction is None or fraction.nominal > 0.0):
        return mass.nominal  # nearly every one
    return mass.nominal if presence_at(content, Side.NOMINAL) > 0.0 else mass.high
