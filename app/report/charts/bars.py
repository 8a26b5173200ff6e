"""Bars that stand in rows of a table: scores with their interval, steps of a sum, days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.report.markup import Markup
from app.report.palette import ACCENT, BAND, INK, PAPER, RULE, TRACK
from app.report.svg import box, drawing, line

_HEIGHT = 18.0
_FULL = 100.0


def score_bar(
    ends: tuple[float, float, float], band: str, *, marks: Sequence[float], label: str
) -> Markup:
    """Return a bar from 0 to the score, with a line from the low to the high end.

    Args:
        ends: Low end, score and high end, 0 to 100.
        band: Band of the score.
        marks: Scores at which bands begin.
        label: Text alternative.
    """
    low, score, high = (2.0 * end for end in ends)
    return drawing(
        2.0 * _FULL,
        _HEIGHT,
        box(0, 3, 2.0 * _FULL, 12, TRACK),
        [line(2.0 * mark, 3, 2.0 * mark, 15, RULE) for mark in marks if mark > 0.0],
        box(0, 3, score, 12, BAND[band]),
        _whisker(low, high),
        label=label,
        class_="bar",
    )


def _whisker(low: float, high: float) -> Iterator[Markup]:
    """Yield the interval: a dark line with a light rim, so that it shows on every bar."""
    if high - low < 0.2:
        return
    for colour, width in ((PAPER, 4.0), (INK, 1.6)):
        yield line(low, 9, high, 9, colour, stroke_width=width)
        for end in (low, high):
            yield line(end, 4.5, end, 13.5, colour, stroke_width=width)


def step_bar(before: float, after: float, *, full: float, last: bool, label: str) -> Markup:
    """Return one step of a sum as a bar from what was there before to what is there after.

    Args:
        before: Sum so far.
        after: Sum with this step.
        full: Largest sum that is drawn.
        last: Whether this is the sum itself.
        label: Text alternative.
    """
    scale = 2.0 * _FULL / full if full > 0.0 else 0.0
    left, right = sorted((before * scale, after * scale))
    return drawing(
        2.0 * _FULL,
        _HEIGHT,
        box(0, 3, 2.0 * _FULL, 12, TRACK),
        box(left, 3, max(right - left, 1.0), 12, INK if last else ACCENT),
        [] if last else line(after * scale, 0, after * scale, _HEIGHT, INK, stroke_width=0.8),
        label=label,
        class_="bar",
    )


def days_bar(
    stock: float | None, licence: tuple[float, float, float] | None, *, full: float, label: str
) -> Markup:
    """Return days of stock as a bar, and below it the days that a licence takes.

    Args:
        stock: Days that the stock lasts, or None.
        licence: Fewest, usual and most days of a licence, or None.
        full: Most days that are drawn.
        label: Text alternative.
    """
    scale = 2.0 * _FULL / full if full > 0.0 else 0.0
    parts: list[Markup] = [box(0, 2, 2.0 * _FULL, 26, TRACK)]
    if stock is not None:
        parts.append(box(0, 4, min(stock, full) * scale, 9, ACCENT))
    if licence is not None:
        low, usual, high = (min(days, full) * scale for days in licence)
        parts.append(box(0, 17, usual, 9, BAND["high"]))
        parts += [
            line(low, 21.5, high, 21.5, INK, stroke_width=1.6),
            line(low, 17.5, low, 25.5, INK, stroke_width=1.6),
            line(high, 17.5, high, 25.5, INK, stroke_width=1.6),
        ]
    return drawing(2.0 * _FULL, 30.0, parts, label=label, class_="bar tall")
