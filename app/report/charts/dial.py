"""The score as a dial from 0 to 100 with its bands, its value and its interval."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from app.report.markup import Markup
from app.report.palette import BAND, INK, MUTED, PAPER
from app.report.svg import drawing, line, path, words

_WIDTH, _HEIGHT = 380.0, 200.0
_CENTRE = (190.0, 162.0)
_RADIUS = 104.0
_THICKNESS = 24.0
#: The interval runs inside the bands, their names stand outside.
_INNER = _RADIUS - _THICKNESS / 2 - 8.0
_NAMES = _RADIUS + _THICKNESS / 2 + 8.0
_FULL = 100.0


def dial(
    ends: tuple[float, float, float],
    *,
    bands: Sequence[tuple[str, float]],
    names: Mapping[str, str],
    texts: tuple[str, str, str],
) -> Markup:
    """Return the dial.

    Args:
        ends: Low end, score and high end, 0 to 100.
        bands: Name and first score of each band, ascending.
        names: Name of each band as it is shown.
        texts: What stands in the middle, what below it, and the text alternative.
    """
    low, score, high = ends
    value, interval, label = texts
    return drawing(
        _WIDTH,
        _HEIGHT,
        _bands(bands, names),
        _interval(low, high),
        _needle(score),
        words(_CENTRE[0], 166, value, size=36, anchor="middle", bold=True),
        words(_CENTRE[0], 188, interval, size=13, anchor="middle", colour=MUTED),
        label=label,
        class_="dial",
    )


def _bands(bands: Sequence[tuple[str, float]], names: Mapping[str, str]) -> Iterator[Markup]:
    ends = [start for _, start in bands[1:]] + [_FULL]
    for (name, start), end in zip(bands, ends, strict=True):
        yield path(
            _arc(start + 0.4, end - 0.4, _RADIUS),
            fill="none",
            stroke=BAND[name],
            stroke_width=_THICKNESS,
        )
        middle = (start + end) / 2
        x, y = _place(middle, _NAMES)
        anchor = "end" if middle < _FULL / 2 else "start"
        yield words(x, y + 2, names[name], size=12, anchor=anchor)
        if start > 0.0:
            x, y = _place(start, _NAMES)
            anchor = "end" if start < _FULL / 2 else "start"
            yield words(x, y + 2, f"{start:.0f}", size=10, anchor=anchor, colour=MUTED)


def _interval(low: float, high: float) -> Iterator[Markup]:
    if high - low > 0.05:
        yield path(_arc(low, high, _INNER), fill="none", stroke=INK, stroke_width=3)
    for end in sorted({low, high}):
        inner, outer = _place(end, _INNER - 5), _place(end, _INNER + 5)
        yield line(*inner, *outer, INK, stroke_width=3)


def _needle(score: float) -> Iterator[Markup]:
    """Yield a bar across the bands with a light rim."""
    inner, outer = _RADIUS - _THICKNESS / 2 - 3, _RADIUS + _THICKNESS / 2 + 3
    for colour, width in ((PAPER, 9.0), (INK, 5.0)):
        yield line(*_place(score, inner), *_place(score, outer), colour, stroke_width=width)


def _place(score: float, radius: float) -> tuple[float, float]:
    angle = math.pi * (1.0 - score / _FULL)
    return _CENTRE[0] + radius * math.cos(angle), _CENTRE[1] - radius * math.sin(angle)


def _arc(start: float, end: float, radius: float) -> str:
    """Return the path of an arc between two scores; it never passes half a circle."""
    (x1, y1), (x2, y2) = _place(start, radius), _place(end, radius)
    return f"M{x1:.1f} {y1:.1f} A{radius:.1f} {radius:.1f} 0 0 1 {x2:.1f} {y2:.1f}"
