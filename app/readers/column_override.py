"""What the caller says about a table: which row is the header, which column is which field."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import Fault, UnfitFileOptionError
from app.readers.fields import Field
from app.readers.headers import HeaderCell, find_header
from app.readers.options import ReadOptions
from app.readers.table import Row, Sheet, column_letter

_SCANNED_ROWS = 200
#: Columns that a refusal lists.
_LISTED = 40


def header_index(rows: Sequence[Row], options: ReadOptions) -> int | None:
    """Return the index of the header row, or None where there is none.

    A row that holds more of the prescribed headers than the likeliest one is the header.

    Raises:
        UnfitFileOptionError: The prescribed row is empty or does not exist.
    """
    if options.header_row == 0:
        return None
    if options.header_row is not None:
        for index, row in enumerate(rows):
            if row.number == options.header_row:
                return index
        detail = f"row {options.header_row} is empty or does not exist, so it cannot be the header"
        fault = Fault(
            code="no_such_row", detail=detail, pointer="/header_row", row=options.header_row
        )
        raise UnfitFileOptionError(detail, (fault,))
    found = find_header(rows)
    if not options.columns:
        return found
    wanted = {_folded(name) for name in options.columns}
    best = len(wanted & _texts(rows[found])) if found is not None else 0
    for index, row in enumerate(rows[:_SCANNED_ROWS]):
        matched = len(wanted & _texts(row))
        if matched > best:
            found, best = index, matched
    return found


def prescribed_fields(
    cells: Sequence[HeaderCell], options: ReadOptions, unmatched: set[str]
) -> dict[int, Field]:
    """Return the fields that the caller prescribes, by column; take their names off `unmatched`.

    Raises:
        UnfitFileOptionError: The caller names a field that there is not.
    """
    chosen: dict[int, Field] = {}
    for name, field_name in options.columns.items():
        try:
            wanted = Field(field_name)
        except ValueError as error:
            detail = f"'{field_name[:40]}' is no field; choose one of: {', '.join(Field)}"
            fault = Fault(code="no_such_field", detail=detail, pointer="/columns", column=name[:60])
            raise UnfitFileOptionError(detail, (fault,)) from error
        cell = _column(cells, _folded(name))
        if cell is not None:
            chosen[cell.index] = wanted
            unmatched.discard(name)
    return chosen


def _column(cells: Sequence[HeaderCell], name: str) -> HeaderCell | None:
    """Return the column of a name: by its header, else by its letter or number."""
    by_text = next((cell for cell in cells if _folded(cell.text) == name), None)
    if by_text is not None:
        return by_text
    places = ((cell, column_letter(cell.index).casefold(), str(cell.index + 1)) for cell in cells)
    return next((cell for cell, letter, number in places if name in (letter, number)), None)


def refuse_unmatched(
    unmatched: set[str], headers: Sequence[HeaderCell], sheets: Sequence[Sheet]
) -> None:
    """Raise where the caller names columns that no table has; the refusal lists those there are."""
    if not unmatched:
        return
    texts = list(dict.fromkeys(cell.text for cell in headers))
    if not texts:  # no table at all: the first wide row is the likeliest header
        rows = [row for sheet in sheets for row in sheet.rows[:_SCANNED_ROWS]]
        filled = ([text for text in row.cells if text] for row in rows)
        texts = next((one for one in filled if len(one) > 1), rows[0].cells if rows else [])
    listed = ", ".join(f"'{text[:60]}'" for text in texts[:_LISTED])
    more = f" and {len(texts) - _LISTED} more" if len(texts) > _LISTED else ""
    faults = tuple(
        Fault(
            code="no_such_column",
            detail=f"there is no column '{name[:60]}'; the file has: {listed}{more}",
            pointer="/columns",
            column=name[:60],
        )
        for name in sorted(unmatched)
    )
    raise UnfitFileOptionError(faults[0].detail, faults)


def _texts(row: Row) -> set[str]:
    return {_folded(text) for text in row.cells}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
