"""Exact attribution of a maximum to the players that reach it."""

from __future__ import annotations

from collections.abc import Sequence


def serial_attribution(risks: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the share of each player in the maximum of their risks.

    Players are sorted by risk; each layer between two risks is divided among all players that
    reach it, in proportion to weight. Equal players therefore share by weight, and splitting a
    player in two changes nothing.

    Args:
        risks: Risk of each player [1], 0-1.
        weights: Weight of each player, above 0, same unit.

    Returns:
        Parts in the order given; they sum to max(risks).

    References:
        docs/methodology.md, "Explanation".

    Examples:
        >>> [round(part, 6) for part in serial_attribution([0.1, 0.4, 0.4], [1, 2, 1])]
        [0.025, 0.25, 0.125]
    """
    order = sorted(range(len(risks)), key=lambda index: risks[index])
    reaching = [0.0] * (len(order) + 1)
    for position in range(len(order) - 1, -1, -1):
        reaching[position] = reaching[position + 1] + weights[order[position]]
    parts = [0.0] * len(order)
    below, per_weight = 0.0, 0.0
    for position, index in enumerate(order):
        per_weight += (risks[index] - below) / reaching[position]
        below = risks[index]
        parts[index] = weights[index] * per_weight
    return parts
