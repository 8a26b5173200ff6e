"""From risks of elements in lines to risks of elements, lines and products."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from app.scoring.serial import serial_attribution


@dataclass(frozen=True, slots=True)
class Player:
    """One line (or element) in a mean or maximum.

    Attributes:
        risk: r at the three ends [1].
        weight: Above 0.
        possible_only: True where the nominal end says that there is nothing.
    """

    risk: tuple[float, float, float]
    weight: float
    possible_only: bool


@dataclass(frozen=True, slots=True)
class Pooled:
    """Mean, maximum and their blend at the three ends, with nominal parts by player."""

    low: float
    nominal: float
    high: float
    mean: float
    maximum: float
    parts: tuple[float, ...]


def pooled(players: Sequence[Player], *, beta: float) -> Pooled:
    """Return beta times the maximum plus the rest times the weighted mean.

    Players that are only possible take no part at the nominal and favourable end; at the
    unfavourable end they count if that makes it worse.

    Args:
        players: With weights above 0.
        beta: Weight of the maximum [1]; 0 gives the plain mean.

    Returns:
        The blend [1]; `parts` sum to `nominal`.

    References:
        docs/methodology.md, "Putting lines together" and "Explanation".
    """
    certain = [player for player in players if not player.possible_only]
    weights = [player.weight for player in certain]
    lows = [player.risk[0] for player in certain]
    risks = [player.risk[1] for player in certain]
    highs = [player.risk[2] for player in certain]
    mean = weighted_mean(risks, weights)
    maximum = max(risks, default=0.0)
    high = _blend(highs, weights, beta)
    if len(certain) < len(players):
        everyone = [player.weight for player in players]
        high = max(high, _blend([player.risk[2] for player in players], everyone, beta))
    own = iter(_parts(risks, weights, beta))
    parts = tuple(0.0 if player.possible_only else next(own) for player in players)
    return Pooled(
        low=_blend(lows, weights, beta),
        nominal=beta * maximum + (1.0 - beta) * mean,
        high=high,
        mean=mean,
        maximum=maximum,
        parts=parts,
    )


def weighted_mean(risks: Sequence[float], weights: Sequence[float]) -> float:
    """Return the mean of risks by their weights [1]; 0 where nothing weighs anything."""
    total = math.fsum(weights)
    if total == 0.0:
        return 0.0
    return math.fsum(map(mul, risks, weights)) / total


def _blend(risks: Sequence[float], weights: Sequence[float], beta: float) -> float:
    if not risks:
        return 0.0
    return beta * max(risks) + (1.0 - beta) * weighted_mean(risks, weights)


def _parts(risks: Sequence[float], weights: Sequence[float], beta: float) -> list[float]:
    """Return the part of each player in the nominal blend."""
    total = math.fsum(weights)
    if beta == 0.0:  # a plain mean, in which nobody's place counts
        return [risk * weight / total for risk, weight in zip(risks, weights, strict=True)]
    serial = serial_attribution(risks, weights)
    return [
        beta * layer + (1.0 - beta) * risk * weight / total
        for layer, risk, weight in zip(serial, risks, weights, strict=True)
    ]
