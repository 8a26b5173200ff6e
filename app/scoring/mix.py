"""Shifting the shares of a mix inside their bounds, towards less or more risk."""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.domain.supply import MixRow
from app.domain.triple import Side


def shifted_shares(row: MixRow, values: Mapping[str, float], side: Side) -> Mapping[str, float]:
    """Return the shares of a row at one end of their bounds.

    Every country starts at its lower bound; what is left of 1 goes to the countries with the
    smallest (favourable) or largest (unfavourable) downstream value first, each up to its
    upper bound. A bound that the others cannot make room for is therefore not reached.

    Args:
        row: Shares with bounds.
        values: Downstream risk by country [1], for every country of the row.
        side: NOMINAL returns the shares as they are.

    Returns:
        Shares by country [1], summing to 1.

    References:
        docs/methodology.md, "How sure".
    """
    if side is Side.NOMINAL or len(row.shares) == 1:
        return row.shares
    bounds = {country: row.bound_of(country) for country in row.shares}
    sign = 1.0 if side is Side.LOW else -1.0
    order = sorted(row.shares, key=lambda country: (sign * values[country], country))
    shares = {country: bounds[country][0] for country in row.shares}
    rest = 1.0 - math.fsum(shares.values())
    for country in order:
        low, high = bounds[country]
        step = min(rest, high - low)
        if step <= 0.0:
            continue
        shares[country] = low + step
        rest -= step
    return shares
