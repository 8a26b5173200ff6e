"""A table that was found in a sheet, and whether it is one: prose with commas also splits."""

from __future__ import annotations

from dataclasses import dataclass

from app.readers.dialect import Dialect
from app.readers.fields import Field
from app.readers.headers import HeaderCell
from app.readers.table import Row

#: Shares of header words, of filled rows and of rows of the same width below which text is prose.
_LEAST_KNOWN = 0.5
_LEAST_FILLED = 0.3
_LEAST_EVEN = 0.3


@dataclass(slots=True)
class Table:
    """One table of a sheet.

    Attributes:
        header: The header row, or None where there is none.
        cells: Header cells.
        fields: Field by column.
        rows: The rows below.
        dialect: The program that wrote it, where its header says so.
    """

    header: Row | None
    cells: tuple[HeaderCell, ...]
    fields: dict[int, Field]
    rows: list[Row]
    dialect: Dialect | None = None


def is_table(table: Table, *, at_top: bool) -> bool:
    """Return whether what was split is a table and not prose.

    Args:
        table: The table as found.
        at_top: True where its header is the first row of the file.
    """
    header, rows = table.header, table.rows
    if header is None or table.dialect is not None:
        return True
    if header.width and not at_top:
        known = sum(1 for cell in table.cells if cell.fields)
        even = sum(1 for row in rows if abs(row.width - header.width) <= 1)
        if known < _LEAST_KNOWN * len(table.cells) or even < _LEAST_EVEN * len(rows):
            return False
    if len(table.fields) > 1:
        filled = sum(1 for row in rows if _filled(row, table.fields) > 1)
        if filled < _LEAST_FILLED * len(rows) and header.width:
            return False
    return _has_numbers(table)


def _filled(row: Row, fields: dict[int, Field]) -> int:
    width = len(row.cells)
    return sum(1 for index in fields if index < width and row.cells[index])


def _has_numbers(table: Table) -> bool:
    """Return whether a quantity column holds at least one digit, where it holds much at all."""
    for index, held in table.fields.items():
        if held is Field.QUANTITY and table.header is not None and table.header.width:
            texts = [row.cells[index] for row in table.rows if index < len(row.cells)]
            filled = [text for text in texts if text]
            return len(filled) < 5 or any(sign.isdigit() for text in filled for sign in text[:8])
    return True
