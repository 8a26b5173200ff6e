"""Reference designators of electronics (`C1-C20, R7`): how many parts a cell names."""

from __future__ import annotations

import re

_RANGE = re.compile(
    r"([A-Za-z_]{1,12})(\d{1,5})\s*(?:-|–|~|\.\.+|to)\s*(?:([A-Za-z_]{1,12}))?(\d{1,5})"
)
_ONE = re.compile(r"[A-Za-z_]{1,12}\d{1,5}[A-Za-z]?(?:[._-]\d{1,4})?")
_MOST = 100_000


def count_designators(text: str) -> int | None:
    """Return how many parts a designator cell names, or None where it is not a list of them.

    Examples:
        >>> count_designators("C1-C20"), count_designators("R1, R2 R5")
        (20, 3)
        >>> count_designators("top side") is None
        True
    """
    total = 0
    rest = text
    for match in _RANGE.finditer(text):
        prefix, first, other, last = match.groups()
        if (other is not None and other != prefix) or int(last) < int(first):
            return None
        total += int(last) - int(first) + 1
    rest = _RANGE.sub(" ", rest)
    for token in re.split(r"[\s,;、，/]+", rest.strip()):
        if not token:
            continue
        if not _ONE.fullmatch(token):
            return None
        total += 1
    return total if 0 < total <= _MOST else None
