"""Small SVG drawings by hand: a frame with its text alternative, lines, boxes, words."""

from __future__ import annotations

from app.report.markup import Child, Markup, tag
from app.report.palette import INK

_FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK JP', sans-serif"


def drawing(width: float, height: float, *children: Child, label: str, class_: str) -> Markup:
    """Return a drawing with a text that says the same.

    Args:
        width: Units across.
        height: Units down.
        children: What is drawn.
        label: Text alternative, one or more sentences.
        class_: Class by which the style sheet sizes it.
    """
    return tag(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        class_=class_,
        role="img",
        aria_label=label,
        font_family=_FONT,
    )


def box(x: float, y: float, width: float, height: float, fill: str, **more: str | float) -> Markup:
    """Return a rectangle; a width below zero counts as none."""
    return tag(
        "rect", x=_short(x), y=_short(y), width=_short(max(width, 0.0)), height=_short(height),
        fill=fill, **more,
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float, colour: str, **more: str | float) -> Markup:
    """Return a straight line."""
    return tag(
        "line", x1=_short(x1), y1=_short(y1), x2=_short(x2), y2=_short(y2), stroke=colour, **more
    )


def path(commands: str, **more: str | float) -> Markup:
    """Return a path."""
    return tag("path", d=commands, **more)


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 11.0,
    colour: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> Markup:
    """Return a text at a place of its baseline.

    Args:
        x: Place across.
        y: Place of the baseline down.
        text: What it says.
        size: Height of the letters.
        colour: Colour of the letters.
        anchor: start, middle or end.
        bold: Whether the letters are bold.
    """
    return tag(
        "text",
        text,
        x=_short(x),
        y=_short(y),
        fill=colour,
        font_size=_short(size),
        text_anchor=None if anchor == "start" else anchor,
        font_weight="bold" if bold else None,
    )


def _short(value: float) -> str:
    """Return a coordinate with two decimals at most.

    Examples:
        >>> _short(12.0), _short(3.14159)
        ('12', '3.14')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
