"""The kernel: how much of the horizon a delayed or refused delivery leaves uncovered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.bom import Bridge


@dataclass(frozen=True, slots=True)
class Buffer:
    """What a line has in hand against a stop: stock and bridges.

    Attributes:
        stock_days: Days of need in stock [calendar days], 0 or more.
        bridges: Substitutes that cover part of the need from a day on, in order of that day.
    """

    stock_days: float = 0.0
    bridges: tuple[Bridge, ...] = ()


NO_BUFFER = Buffer()


@dataclass(frozen=True, slots=True)
class Disruption:
    """How one measure hits deliveries.

    Attributes:
        refusal: Share of deliveries not released inside the horizon [1], 0-1.
        delays: D10, D50, D90 of the rest [calendar days].
        start_days: Days from the as-of date until it bites (a), 0 or more.
        end_days: Days until it ends (E); infinite when open.
    """

    refusal: float
    delays: tuple[float, float, float]
    start_days: float
    end_days: float


def uncovered_days(until: float, bridges: Sequence[Bridge]) -> float:
    """Return the days of need that no bridge covers from day 0 until a day.

    Args:
        until: Last day [calendar days]; 0 or less gives 0.
        bridges: In ascending order of `from_day`; shares above 1 in sum count as 1.

    References:
        docs/methodology.md, "Kernel", G(x).

    Examples:
        >>> uncovered_days(180.0, (Bridge(from_day=120.0, share=0.5),))
        150.0
    """
    if until <= 0.0:
        return 0.0
    total, position, covered = 0.0, 0.0, 0.0
    for bridge in bridges:
        step = min(until, max(0.0, bridge.from_day)) - position
        if step > 0.0:
            total += step * (1.0 - min(1.0, covered))
            position += step
        covered += bridge.share
    return total + (until - position) * (1.0 - min(1.0, covered))


def stockout_share(
    disruption: Disruption,
    *,
    buffer: Buffer,
    horizon_days: float,
    weights: tuple[float, float, float],
) -> float:
    """Return the expected share of the horizon without material if the measure applies.

    Time to survive (stock) against time to recover (start plus delay).

    Args:
        disruption: Refusal share, delays, start and end of the measure.
        buffer: Stock and bridges of the line.
        horizon_days: T [calendar days], above 0.
        weights: Weights of D10, D50, D90 [1], summing to 1.

    Returns:
        z [1], 0-1.

    References:
        docs/methodology.md, "Kernel", z.
    """
    bridges = buffer.bridges
    end = min(horizon_days, disruption.end_days)
    if end <= 0.0:
        return 0.0
    start = disruption.start_days
    survived = uncovered_days(min(start + buffer.stock_days, end), bridges)
    refused = max(0.0, uncovered_days(end, bridges) - survived)
    delayed = math.fsum(
        weight * max(0.0, uncovered_days(min(start + delay, end), bridges) - survived)
        for weight, delay in zip(weights, disruption.delays, strict=True)
    )
    refusal = disruption.refusal
    return (refusal * refused + (1.0 - refusal) * delayed) / horizon_days


def uncovered_share(buffer: Buffer, horizon_days: float) -> float:
    """Return the share of the horizon that stock and bridges leave open (iota) [1], 0-1.

    References:
        docs/methodology.md, "Market, mine and supplier".
    """
    bridges = buffer.bridges
    whole = uncovered_days(horizon_days, bridges)
    return (whole - uncovered_days(min(buffer.stock_days, horizon_days), bridges)) / horizon_days


@dataclass(frozen=True, slots=True)
class Activation:
    """One measure that may bind on a crossing.

    Attributes:
        key: Name of the measure.
        probability: That it binds by its strictest rule (p) [1].
        severity: Stock-out share by that rule (z) [1].
        milder: (probability, severity) of its other rules, strictest first; each binds only
            where none of the stricter ones of the same measure does.
    """

    key: str
    probability: float
    severity: float
    milder: tuple[tuple[float, float], ...] = ()


def strictest_active(activations: Iterable[Activation]) -> list[tuple[str, float]]:
    """Return what each measure adds where the strictest active one binds.

    Activations are independent of each other; the rules of one exclude each other. The sum of
    the addends is the expected severity (Emax).

    Args:
        activations: In any order; ties in severity go by key.

    Returns:
        (key, addend) pairs [1], strictest first.

    References:
        docs/methodology.md, "Several measures at once".

    Examples:
        >>> strictest_active([Activation("A", 1.0, 0.4), Activation("B", 0.35, 0.9)])
        [('B', 0.315), ('A', 0.26)]
    """
    items = list(activations)
    layers = [
        (severity, item.key, place, probability)
        for place, item in enumerate(items)
        for probability, severity in ((item.probability, item.severity), *item.milder)
    ]
    layers.sort(key=lambda layer: (-layer[0], layer[1]))
    addends: list[tuple[str, float]] = []
    # Probability that no stricter rule of each measure binds.
    free = [1.0] * len(items)
    for severity, key, place, probability in layers:
        others = math.prod(free[:place] + free[place + 1 :])
        addends.append((key, severity * probability * others))
        free[place] = max(0.0, free[place] - probability)
    return addends
