"""From risks of elements in lines to risks of elements, lines and products."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    low = _blend([(p.risk[0], p.weight) for p in certain], beta)
    nominal = _blend([(p.risk[1], p.weight) for p in certain], beta)
    high = max(
        _blend([(p.risk[2], p.weight) for p in certain], beta),
        _blend([(p.risk[2], p.weight) for p in players], beta),
    )
    mean = _mean((p.risk[1], p.weight) for p in certain)
    maximum = max((p.risk[1] for p in certain), default=0.0)
    own = iter(_parts(certain, beta))
    parts = tuple(0.0 if player.possible_only else next(own) for player in players)
    return Pooled(low, nominal, high, mean, maximum, parts)


def _mean(pairs: Iterable[tuple[float, float]]) -> float:
    rows = list(pairs)
    total = math.fsum(weight for _, weight in rows)
    if total == 0.0:
        return 0.0
    return math.fsum(risk * weight for risk, weight in rows) / total


def _blend(pairs: Sequence[tuple[float, float]], beta: float) -> float:
    if not pairs:
        return 0.0
    return beta * max(risk for risk, _ in pairs) + (1.0 - beta) * _mean(pairs)


def _parts(players: Sequence[Player], beta: float) -> list[float]:
    """Return the part of each player in the nominal blend."""
    if not players:
        return []
    weights = [player.weight for player in players]
    risks = [player.risk[1] for player in players]
    total = math.fsum(weights)
    serial = serial_attribution(risks, weights)
    return [
        beta * layer + (1.0 - beta) * risk * weight / total
        for layer, risk, weight in zip(serial, risks, weights, strict=True)
    ]
