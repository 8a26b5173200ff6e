"""From an expected stock-out share to the published score and its band."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.methodology import Band
from app.domain.results import Score
from app.domain.triple import Triple

FULL_SCORE = 100.0


def score_of(risk: float, *, gamma: float) -> float:
    """Return the published score of a risk.

    Args:
        risk: Expected share of the horizon without the material [1], 0-1.
        gamma: Exponent of the scale [1], 0-1; below 1 keeps rare but grave risks visible.

    Returns:
        Score [1], 0-100, unrounded.

    References:
        docs/methodology.md, "What is measured".

    Examples:
        >>> score_of(0.25, gamma=0.5)
        50.0
    """
    return FULL_SCORE * risk**gamma if risk > 0.0 else 0.0


def band_of(score: float, bands: Sequence[Band]) -> str:
    """Return the name of the band of an unrounded score; `bands` ascend from score 0."""
    name = bands[0].name
    for band in bands:
        if score >= band.from_score:
            name = band.name
    return name


def interval_score(
    low: float, nominal: float, high: float, *, gamma: float, bands: Sequence[Band]
) -> Score:
    """Return the score of three evaluations, with the ends ordered around the nominal one.

    Args:
        low: Risk at the favourable end [1], 0-1.
        nominal: Risk at the nominal end [1].
        high: Risk at the unfavourable end [1].
        gamma: Exponent of the scale [1].
        bands: Bands, ascending.

    References:
        docs/methodology.md, "How sure": low = min(low, nominal), high = max(high, nominal).
    """
    risk = Triple(min(low, nominal), nominal, max(high, nominal))
    value = score_of(risk.nominal, gamma=gamma)
    return Score(
        low=score_of(risk.low, gamma=gamma),
        nominal=value,
        high=score_of(risk.high, gamma=gamma),
        band=band_of(value, bands),
        risk=risk,
    )
