"""What a caller may ask of a reader, and the limits that hold before memory is spent."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.errors import Fault, LimitExceededError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimits:
    """Upper bounds on one file. Each has a name that the refusal repeats.

    Attributes:
        max_bytes: Size of the file [byte].
        max_rows: Rows of all sheets, or records.
        max_columns: Columns of a table.
        max_cells: Cells of all sheets, or values of a JSON or XML document.
        max_expanded_bytes: Bytes after decompression of all members read [byte].
        max_expansion_ratio: Decompressed over compressed size of a member over 8 MiB.
        max_zip_members: Files inside a zip container.
        max_json_depth: Nesting of a JSON document.
        max_xml_depth: Nesting of an XML document.
        max_cell_chars: Characters of one cell or text node.
        max_text_chars: Characters of all cells of a workbook.
        max_child_bytes: Address space of the process that reads XLS and XLSB [byte].
        max_seconds: Time for one file [s].
    """

    max_bytes: int = 25 * 1024 * 1024
    max_rows: int = 200_000
    max_columns: int = 200
    max_cells: int = 2_000_000
    max_expanded_bytes: int = 512 * 1024 * 1024
    max_expansion_ratio: int = 200
    max_zip_members: int = 200
    max_json_depth: int = 64
    max_xml_depth: int = 100
    max_cell_chars: int = 32_767
    max_text_chars: int = 50_000_000
    max_child_bytes: int = 512 * 1024 * 1024
    max_seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the caller knows about an odd file.

    Attributes:
        columns: Field name by header text, column letter or number from 1; "ignore" drops it.
        encoding: Python name of the encoding of a text file; None finds it.
        delimiter: Delimiter of a text table; None finds it.
        sheet: Name of the only sheet to read; None reads every sheet with a table.
        header_row: Row of the header [1 = first]; 0 says that there is none; None finds it.
        bom_id: Id of the product; None takes the file's own, else the file name's stem.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    bom_id: str | None = None
    limits: ReadLimits = field(default_factory=ReadLimits)


class Guard:
    """Counts what a file costs while it is read, and stops it at the first limit passed."""

    __slots__ = ("_cells", "_chars", "_deadline", "_expanded", "_rows", "limits")

    def __init__(self, limits: ReadLimits) -> None:
        self.limits = limits
        self._cells = 0
        self._rows = 0
        self._expanded = 0
        self._chars = 0
        self._deadline = time.monotonic() + limits.max_seconds

    def check_time(self) -> None:
        """Raise when the file has taken longer than `max_seconds`."""
        if time.monotonic() > self._deadline:
            raise limit_error("max_seconds", f"{self.limits.max_seconds:g} s", "time to read it")

    @property
    def seconds_left(self) -> float:
        """Time until the deadline [s], at least a tenth of a second."""
        return max(0.1, self._deadline - time.monotonic())

    def add_row(self, cells: int, *, row: int | None = None) -> None:
        """Count one row of `cells` cells; look at the clock every thousand rows."""
        self._rows += 1
        self._cells += cells
        limits = self.limits
        if self._rows > limits.max_rows:
            raise limit_error("max_rows", f"{limits.max_rows:,} rows", "number of rows", row)
        if cells > limits.max_columns:
            raise limit_error("max_columns", f"{limits.max_columns} columns", "row's width", row)
        if self._cells > limits.max_cells:
            raise limit_error("max_cells", f"{limits.max_cells:,} cells", "number of cells", row)
        if self._rows % 1000 == 0:
            self.check_time()

    def check_cell(self, text: str, *, row: int | None = None) -> str:
        """Return `text`, or raise when it is longer than a cell may be."""
        if len(text) > self.limits.max_cell_chars:
            raise limit_error(
                "max_cell_chars",
                f"{self.limits.max_cell_chars:,} characters",
                "length of a cell",
                row,
            )
        return text

    def add_text(self, count: int) -> None:
        """Count characters that are kept."""
        self._chars += count
        if self._chars > self.limits.max_text_chars:
            raise limit_error(
                "max_text_chars", f"{self.limits.max_text_chars:,} characters", "text of all cells"
            )

    def add_expanded(self, count: int) -> None:
        """Count decompressed bytes."""
        self._expanded += count
        if self._expanded > self.limits.max_expanded_bytes:
            raise limit_error(
                "max_expanded_bytes",
                f"{self.limits.max_expanded_bytes:,} bytes",
                "size after decompression",
            )


def limit_error(name: str, bound: str, what: str, row: int | None = None) -> LimitExceededError:
    """Return the refusal of a file that passes the limit called `name`."""
    message = (
        f"the file passes the limit {name}: the {what} may be at most {bound}; "
        "split the file or remove what is not part of the bill of materials"
    )
    fault = Fault(code=f"limit_{name.removeprefix('max_')}", detail=message, row=row)
    return LimitExceededError(message, (fault,))
