"""The value test for goods made abroad with listed material of a controlling country."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.bom import BomLine
from app.domain.controls import ControlMeasure
from app.domain.exposure import ElementContent
from app.domain.supply import Price


class DeMinimisOutcome(enum.StrEnum):
    """Whether the content of a line reaches the threshold."""

    CAUGHT = "caught"
    NOT_CAUGHT = "not_caught"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeMinimisTest:
    """Result of the value test of one measure on one line.

    Attributes:
        low, value, high: Value of the listed elements over the value of the goods [1]; None
            where it cannot be computed.
        why: One sentence.
    """

    measure: str
    line_id: str
    outcome: DeMinimisOutcome
    low: Decimal | None
    value: Decimal | None
    high: Decimal | None
    why: str


#: Currency of the public prices in the reference data; no exchange rate is guessed.
PRICE_CURRENCY = "USD"


def de_minimis_test(
    measure: ControlMeasure,
    line: BomLine,
    contents: tuple[ElementContent, ...],
    prices: Mapping[str, Price],
) -> DeMinimisTest | None:
    """Return the value test of a measure on a line, or None where it has no threshold.

    Equal to the threshold counts as reached. If the interval straddles the threshold, or a
    price or mass is missing, nobody can tell.

    Args:
        measure: Measure with a value threshold.
        line: Price, quantity and currency.
        contents: Elements of the line with their masses.
        prices: Public price of contained element by symbol [USD/kg].

    References:
        docs/methodology.md, "Goods made abroad"; MOFCOM Announcement 61 of 2025.
    """
    limit = measure.scope.de_minimis
    if limit is None or limit.basis != "value":
        return None
    listed = frozenset().union(*(item.elements for item in measure.scope.items))
    relevant = [content for content in contents if content.symbol in listed]
    if not relevant:
        return _told(measure, line, DeMinimisOutcome.NOT_CAUGHT, (Decimal(0),) * 3,
                     "the line holds none of the listed elements")  # fmt: skip
    spend = _spend(line)
    if spend is None:
        return _untold(measure, line, f"no price of the line in {PRICE_CURRENCY}")
    sums = [Decimal(0), Decimal(0), Decimal(0)]
    for content in relevant:
        price = prices.get(content.symbol)
        if price is None or content.mass_kg is None:
            return _untold(measure, line, f"no public price or no mass of {content.symbol}")
        mass, cost = content.mass_kg, price.usd_per_kg
        present = content.presence
        sums[0] += _product(mass.low, cost.low, present.low)
        sums[1] += _product(mass.nominal, cost.nominal, present.nominal)
        sums[2] += _product(mass.high, cost.high, 1.0 if present.high > 0.0 else 0.0)
    low, value, high = (total / spend for total in sums)
    if low >= limit.threshold:
        outcome, why = DeMinimisOutcome.CAUGHT, "even the lowest value reaches the threshold"
    elif high < limit.threshold:
        outcome, why = DeMinimisOutcome.NOT_CAUGHT, "even the highest value stays below it"
    else:
        outcome, why = DeMinimisOutcome.CANNOT_TELL, "the interval straddles the threshold"
    return _told(measure, line, outcome, (low, value, high), why)


def threshold_match(outcome: DeMinimisOutcome) -> tuple[float, float, float]:
    """Return the match of a content threshold at each end for an outcome [1]."""
    if outcome is DeMinimisOutcome.CAUGHT:
        return (1.0, 1.0, 1.0)
    if outcome is DeMinimisOutcome.NOT_CAUGHT:
        return (0.0, 0.0, 0.0)
    return (0.0, 0.0, 1.0)


def _spend(line: BomLine) -> Decimal | None:
    if line.unit_price is None or line.quantity is None or line.currency != PRICE_CURRENCY:
        return None
    spend = line.unit_price * Decimal(repr(line.quantity))
    return spend if spend > 0 else None


def _product(mass_kg: float, usd_per_kg: float, presence: float) -> Decimal:
    return Decimal(repr(mass_kg)) * Decimal(repr(usd_per_kg)) * Decimal(repr(presence))


def _told(
    measure: ControlMeasure,
    line: BomLine,
    outcome: DeMinimisOutcome,
    ratios: tuple[Decimal, ...],
    why: str,
) -> DeMinimisTest:
    low, value, high = ratios
    return DeMinimisTest(
        measure=measure.id, line_id=line.line_id, outcome=outcome,
        low=low, value=value, high=high, why=why,
    )  # fmt: skip


def _untold(measure: ControlMeasure, line: BomLine, why: str) -> DeMinimisTest:
    return DeMinimisTest(
        measure=measure.id, line_id=line.line_id, outcome=DeMinimisOutcome.CANNOT_TELL,
        low=None, value=None, high=None, why=why,
    )  # fmt: skip
