"""Text that goes out in a cell must never be run as a formula by the spreadsheet that opens it."""

from __future__ import annotations

import re

#: What spreadsheets take for the start of a formula or of a command, half and full width.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d+)?\s*%?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def neutralise_cell(text: str) -> str:
    """Return `text` so that no spreadsheet program runs it.

    A text that begins like a formula gets an apostrophe in front; numbers stay as they are; control
    characters, which no cell may hold, are taken out.

    Examples:
        >>> neutralise_cell("=HYPERLINK(A1)"), neutralise_cell("-3.5"), neutralise_cell("N42SH")
        ("'=HYPERLINK(A1)", '-3.5', 'N42SH')
    """
    clean = _CONTROLS.sub("", text)
    stripped = clean.lstrip(" \u00a0\u3000\ufeff")
    if stripped.startswith(_STARTS) and not _NUMBER.fullmatch(stripped.strip()):
        return f"'{clean}"
    return clean
