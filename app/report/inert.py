"""Text that no spreadsheet program runs as a formula."""

from __future__ import annotations

import re

#: A spreadsheet program runs a cell that begins with one of these, blanks before it or not.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def runs(text: str) -> bool:
    r"""Return whether a spreadsheet program may take a text for a formula.

    Examples:
        >>> [runs(text) for text in ("=1+1", " @SUM(A1)", "-2", "\tx", "NdFeB = magnet")]
        [True, True, True, True, False]
    """
    return _FORMULA.match(text) is not None


def inert(text: str | None) -> str:
    """Return a text with an apostrophe in front where a spreadsheet program would run it."""
    if not text:
        return ""
    return f"'{text}" if runs(text) else text
