"""Points of a score as they are published: rounded so that they add up to the rounded score."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.results import Contribution
from app.domain.rounding import largest_remainder, rounded


def published(parts: Sequence[Contribution], score: float) -> list[tuple[float, Contribution]]:
    """Return the contributions with their rounded points, largest first; 0.0 is left out.

    Args:
        parts: Unrounded contributions.
        score: The score that they explain, unrounded.
    """
    points = largest_remainder([part.points for part in parts], rounded(score))
    kept = [(share, part) for share, part in zip(points, parts, strict=True) if share != 0.0]
    return sorted(kept, key=lambda pair: (-pair[0], pair[1].factor))
