"""A table as any container gives it: rows of text with their physical row numbers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """One row that holds anything.

    Attributes:
        number: Physical line of a text file, row number of a sheet.
        cells: Text of each cell; trailing empty cells are cut.
        after_gap: True where the row before it was empty.
        width: Cells before the cut, in delimited text; 0 in a sheet.
    """

    number: int
    cells: list[str]
    after_gap: bool = False
    width: int = 0


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet, or of a text file.

    Attributes:
        name: Name of the sheet, or None for a text file.
        notes: What the container's reader had to say, as (code, text).
    """

    name: str | None
    rows: list[Row]
    notes: list[tuple[str, str]] = field(default_factory=list)


def column_letter(index: int) -> str:
    """Return the spreadsheet letter of a column counted from 0.

    Examples:
        >>> column_letter(0), column_letter(27)
        ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
