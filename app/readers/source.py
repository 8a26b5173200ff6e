"""One uploaded file on its way through a reader: its bytes, what the caller asked, what it cost."""

from __future__ import annotations

from pathlib import PurePath

from app.domain.bom import FileFacts
from app.readers.options import Guard, ReadOptions, limit_error


class Source:
    """The bytes of one file with the caller's options and the guard that counts its cost."""

    __slots__ = ("data", "encoding", "guard", "has_columns", "options", "stem")

    def __init__(self, data: bytes, *, filename: str | None, options: ReadOptions) -> None:
        self.data = data
        self.options = options
        #: True once a table was read, so that a column override could be used.
        self.has_columns = False
        #: How a text file was decoded; set when it is.
        self.encoding: str | None = None
        self.guard = Guard(options.limits)
        # The name says nothing about the format; its stem is only an id where the file has none.
        self.stem = PurePath(filename.replace("\\", "/")).stem[:100] if filename else ""
        if len(data) > options.limits.max_bytes:
            raise limit_error(
                "max_bytes", f"{options.limits.max_bytes:,} bytes", "size of the file"
            )

    def bom_id(self, own: str | None) -> str:
        """Return the product's id: the caller's, else the file's own, else the file name's stem."""
        return self.options.bom_id or own or self.stem or "bom"


def unused_options(source: Source, facts: FileFacts) -> tuple[tuple[str, str], ...]:
    """Return a note for each option of the caller that this format has no use for."""
    options = source.options
    asked = (
        ("encoding", options.encoding, source.encoding is None),
        ("delimiter", options.delimiter, facts.delimiter is None),
        ("sheet", options.sheet, facts.sheet is None),
        ("header_row", options.header_row, not source.has_columns),
    )
    return tuple(
        ("unused_option", f"`{name}` was not used: the format {facts.format} has none")
        for name, value, is_unused in asked
        if value is not None and is_unused
    )
