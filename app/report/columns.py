"""Text in columns on a terminal: widths of wide characters, wrapping, colours by band."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

_WIDE = frozenset({"W", "F"})
_RESET = "\x1b[0m"

#: Terminal codes: bold, and a colour for each band.
STYLES: Mapping[str, str] = MappingProxyType(
    {
        "title": "\x1b[1m",
        "low": "\x1b[32m",
        "moderate": "\x1b[33m",
        "high": "\x1b[35m",
        "severe": "\x1b[31m",
    }
)


def width(text: str) -> int:
    """Return how many columns a text takes; Japanese and Chinese letters take two.

    Examples:
        >>> width("magnet"), width("磁石")
        (6, 4)
    """
    return sum(
        0 if unicodedata.combining(letter) else 2 if _is_wide(letter) else 1 for letter in text
    )


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in _WIDE


def printable(text: str) -> str:
    """Return a text on one line without control characters, which could drive the terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def clipped(text: str, columns: int) -> str:
    """Return a text cut to a width and filled up with blanks.

    Examples:
        >>> clipped("magnet", 8), clipped("magnetic", 6)
        ('magnet  ', 'mag...')
    """
    if width(text) > columns:
        kept = ""
        for letter in text:
            if width(kept + letter) > columns - 3:
                break
            kept += letter
        text = kept + "..."
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Return a text broken into lines of a width, at blanks where there are any."""
    lines: list[str] = []
    for line in textwrap.wrap(text, columns, break_on_hyphens=False) or [""]:
        while width(line) > columns:
            cut = next(place for place in range(len(line), 0, -1) if width(line[:place]) <= columns)
            lines.append(line[:cut])
            line = line[cut:]  # noqa: PLW2901 - what is left of the same line
        lines.append(line)
    return lines


def row(cells: Sequence[str], widths: Sequence[int], *, tail: str, columns: int) -> Iterator[str]:
    """Yield a row: fixed cells, then a text that is wrapped below itself.

    Args:
        cells: Texts of the fixed cells.
        widths: Their widths.
        tail: Text of the last column.
        columns: Width of the whole row.
    """
    head = " ".join(clipped(cell, size) for cell, size in zip(cells, widths, strict=True))
    indent = width(head) + 1
    for place, piece in enumerate(wrapped(tail, columns - indent)):
        yield (head + " " + piece if place == 0 else " " * indent + piece).rstrip()


def styled(text: str, style: str, *, colours: bool) -> str:
    """Return a text in the style of a band or a title, or as it is."""
    code = STYLES.get(style)
    return f"{code}{text}{_RESET}" if colours and code else text
