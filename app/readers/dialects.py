"""Tables that a known program writes, told by their headers; one entry each."""

from __future__ import annotations

from collections.abc import Sequence

from app.readers.dialect import Dialect


def dialect_of(headers: Sequence[str]) -> Dialect | None:
    """Return the dialect whose signature the headers hold, or None."""
    folded = {" ".join(header.split()).casefold() for header in headers}
    for dialect in DIALECTS:
        if dialect.signature <= folded:
            return dialect
    return None


#: The first whose signature fits is taken.
DIALECTS: tuple[Dialect, ...] = ()
