"""Readers: the bytes of a file to a `Bom`. The format is told by the content, never by the name.

One module for each format, one entry in the tables of `formats.py`.
"""

from __future__ import annotations

from app.domain.bom import Bom
from app.readers.formats import READERS, read_source
from app.readers.options import ReadLimits, ReadOptions
from app.readers.source import Source

__all__ = ["READERS", "ReadLimits", "ReadOptions", "read_bom"]


def read_bom(
    data: bytes, *, filename: str | None = None, options: ReadOptions | None = None
) -> Bom:
    """Return the bill of materials that a file holds.

    Args:
        data: The whole file.
        filename: Its name; only the stem is used, as the id of a product that states none.
        options: What the caller knows about the file, and limits; None takes the defaults.

    Returns:
        The BOM with one line for each row that states a part; `Bom.file` says how it was read.

    Raises:
        UnreadableFileError: The file is of no known format, or broken; lists where.
        LimitExceededError: The file passes a limit; the message names it.
    """
    return read_source(Source(data, filename=filename, options=options or ReadOptions()))
