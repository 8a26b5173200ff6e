"""Rounding at the edge, so that rounded parts still add up to the rounded whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

_SIGNIFICANT_DIGITS = 6
#: Only near a tie does it matter that a figure is rounded as it is written, not as it is stored.
_NEAR_A_TIE = 1e-6
#: Figures below this have a fraction that can be told from a tie.
_PLAIN = 1e9


def rounded(value: float, decimals: int = 1) -> float:
    """Return a figure rounded half to even at `decimals` places.

    Examples:
        >>> rounded(0.25), rounded(0.35)
        (0.2, 0.4)
    """
    scaled = value * 10.0**decimals
    if abs(scaled) < _PLAIN and abs(scaled - math.floor(scaled) - 0.5) > _NEAR_A_TIE:
        return round(value, decimals)  # the same, and five times cheaper
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_EVEN))


def significant(value: float) -> float:
    """Return a figure with six significant digits; noise below that means nothing.

    Examples:
        >>> significant(0.123456789), significant(0.0)
        (0.123457, 0.0)
    """
    return float(f"{value:.{_SIGNIFICANT_DIGITS}g}") if math.isfinite(value) else value


def largest_remainder(values: Sequence[float], total: float, decimals: int = 1) -> list[float]:
    """Return values rounded so that they sum to a rounded total.

    Args:
        values: Addends, in any order.
        total: Their sum as published, already rounded to `decimals` places.
        decimals: Places to keep.

    Returns:
        Rounded addends in the order given. What floors leave over goes to the largest
        remainders, ties to the earlier value; empty stays empty.

    References:
        docs/methodology.md, "Conventions".

    Examples:
        >>> largest_remainder([33.33, 33.33, 33.34], 100.0, 0)
        [33.0, 33.0, 34.0]
    """
    if not values:
        return []
    step = Decimal(1).scaleb(-decimals)
    exact = [Decimal(repr(value)) for value in values]
    floors = [value.quantize(step, rounding=ROUND_FLOOR) for value in exact]
    missing = int((Decimal(repr(total)).quantize(step) - sum(floors, Decimal(0))) / step)
    order = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    sign = 1 if missing >= 0 else -1
    if sign < 0:
        order.reverse()
    for turn in range(abs(missing)):
        floors[order[turn % len(order)]] += sign * step
    return [float(value) for value in floors]
