"""Rounding of figures for an answer: the only place where a score loses digits."""

from __future__ import annotations

from collections.abc import Sequence

from app.api.schemas.answers import Contribution, Interval
from app.domain.results import Contribution as DomainContribution
from app.domain.rounding import largest_remainder, rounded, significant
from app.domain.triple import Triple

__all__ = [
    "certain_interval",
    "contributions",
    "days",
    "interval",
    "optional",
    "optional_days",
    "significant",
]


def optional(value: float | None) -> float | None:
    """Return a figure with six significant digits, or None."""
    return None if value is None else significant(value)


def days(value: float) -> float:
    """Return a number of days with one decimal."""
    return rounded(value)


def optional_days(value: float | None) -> float | None:
    """Return a number of days with one decimal, or None."""
    return None if value is None else rounded(value)


def interval(triple: Triple | None) -> Interval | None:
    """Return a triple as (low, value, high), or None."""
    return None if triple is None else certain_interval(triple)


def certain_interval(triple: Triple) -> Interval:
    """Return a triple as (low, value, high)."""
    return {
        "low": significant(triple.low),
        "value": significant(triple.nominal),
        "high": significant(triple.high),
    }


def contributions(addends: Sequence[DomainContribution], *, score: float) -> list[Contribution]:
    """Return addends whose points sum to the rounded score; those of 0.0 points are left out.

    Args:
        addends: Unrounded addends.
        score: The score that they explain, rounded.
    """
    points = largest_remainder([addend.points for addend in addends], score)
    kept = [(share, addend) for share, addend in zip(points, addends, strict=True) if share != 0.0]
    kept.sort(key=lambda pair: (-pair[0], pair[1].factor))
    return [_contribution(addend, share) for share, addend in kept]


def _contribution(addend: DomainContribution, points: float) -> Contribution:
    answer: Contribution = {
        "factor": addend.factor,
        "points": points,
        "text": addend.text,
        "sources": list(addend.sources),
    }
    if addend.measure is not None:
        answer["measure"] = addend.measure
    if addend.stage is not None:
        answer["stage"] = addend.stage
    if addend.exporter is not None:
        answer["exporter"] = addend.exporter
    if addend.importer is not None:
        answer["importer"] = addend.importer
    return answer
