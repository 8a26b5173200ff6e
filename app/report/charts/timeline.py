"""Legal instruments along time: in force, suspended, announced, unconfirmed, and what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.report.markup import Markup, tag
from app.report.palette import INK, MUTED, PAPER, RULE, STATUS
from app.report.svg import box, drawing, line, path, words

_WIDTH = 720.0
_LEFT = 138.0
_RIGHT = 8.0
_TOP = 30.0
_LANE = 30.0
_BAR = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time in which one status holds.

    Attributes:
        status: Value of the status; what is not drawn (ended, not published) has no span.
        due: The day on which it begins has not come, or nobody has confirmed it.
    """

    starts: date
    ends: date
    status: str
    due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One instrument."""

    name: str
    spans: tuple[Span, ...]


def timeline(
    lanes: Sequence[Lane],
    *,
    frame: tuple[date, date, date],
    names: Mapping[str, str],
    today: str,
    label: str,
    key: str,
) -> Markup:
    """Return the lanes below each other.

    Args:
        lanes: Instruments, top first.
        frame: First day, day of the question, last day.
        names: Name of each status.
        today: What stands at the day of the question.
        label: Text alternative.
        key: Tells the fills of this drawing from those of others on the page.
    """
    first, as_of, last = frame
    height = _TOP + _LANE * len(lanes) + 8.0
    across = _Scale(first, last)
    return drawing(
        _WIDTH,
        height,
        _patterns(key),
        _years(across, height),
        [
            _lane(lane, place, across, names, key, as_of=across.at(as_of))
            for place, lane in enumerate(lanes)
        ],
        line(across.at(as_of), 16, across.at(as_of), height - 4, INK, stroke_width=1.6),
        words(across.at(as_of), 11, today, size=11, anchor="middle", bold=True),
        label=label,
        class_="timeline",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        """Return the place of a day; one outside the frame stands at its edge."""
        inside = min(max(day, self.first), self.last)
        share = (inside - self.first).days / max((self.last - self.first).days, 1)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _patterns(key: str) -> Markup:
    """Return the fills by which a status differs from another without its colour."""
    stripes = tag(
        "pattern",
        box(0, 0, 7, 7, "#dfe3e9"),
        line(0, 0, 0, 7, STATUS["suspended"], stroke_width=4),
        id=f"{key}-suspended", width=7, height=7, patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )  # fmt: skip
    dots = tag(
        "pattern",
        box(0, 0, 6, 6, "#fdf6e0"),
        box(1.5, 1.5, 2.6, 2.6, STATUS["announced"]),
        id=f"{key}-announced", width=6, height=6, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    crosses = tag(
        "pattern",
        box(0, 0, 8, 8, "#ece5f5"),
        path("M0 0 L8 8 M8 0 L0 8", stroke=STATUS["unconfirmed"], stroke_width=1.3, fill="none"),
        id=f"{key}-unconfirmed", width=8, height=8, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    return tag("defs", stripes, dots, crosses)


def _years(across: _Scale, height: float) -> Iterator[Markup]:
    for year in range(across.first.year, across.last.year + 1):
        for month, text in ((1, str(year)), (4, ""), (7, f"{year}-07"), (10, "")):
            day = date(year, month, 1)
            if across.first <= day <= across.last:
                x = across.at(day)
                yield line(x, 22, x, height - 4, RULE, stroke_width=0.7)
                if text and x < _WIDTH - 40:
                    yield words(x + 3, 26, text, size=9.5, colour=MUTED)


def _lane(
    lane: Lane, place: int, across: _Scale, names: Mapping[str, str], key: str, *, as_of: float
) -> Iterator[Markup]:
    top = _TOP + _LANE * place + (_LANE - _BAR) / 2
    yield line(_LEFT, top + _BAR + 6, _WIDTH - _RIGHT, top + _BAR + 6, RULE, stroke_width=0.5)
    size = 11.0 if len(lane.name) < 16 else 9.5
    yield words(0, top + 12, lane.name, size=size, bold=True)
    for span in lane.spans:
        left, right = across.at(span.starts), across.at(span.ends)
        if right - left < 0.5:
            continue
        solid = span.status == "in_force"
        colour = STATUS[span.status]
        yield box(
            left,
            top,
            right - left,
            _BAR,
            colour if solid else f"url(#{key}-{span.status})",
            stroke=colour,
            stroke_width=1,
            stroke_dasharray="4 3" if span.due else "0",
            fill_opacity=0.45 if span.due and solid else 1,
        )
        text = names[span.status]
        if left < as_of < left + _needed(text):  # the line of the day would cross the name
            left = as_of
        yield from _name_in(text, left, right, top, solid=solid and not span.due)


def _needed(text: str) -> float:
    return 8.0 + sum(11.0 if ord(letter) > 0x2E80 else 6.0 for letter in text)


def _name_in(text: str, left: float, right: float, top: float, *, solid: bool) -> Iterator[Markup]:
    """Yield the name of a status inside its bar where it fits."""
    needed = _needed(text)
    if right - left < needed:
        return
    if not solid:
        yield box(left + 3, top + 2, needed - 3, _BAR - 4, PAPER, fill_opacity=0.85)
    yield words(left + 6, top + 12, text, size=10, colour=PAPER if solid else INK)
