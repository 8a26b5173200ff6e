"""Reads one CSV table with a fixed header; a row becomes a `TextRecord` of text.

UTF-8, comma, the first line is the header and must match exactly. Lines that start with "#"
before the header are remarks. A cell is None where it is empty.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path

from app.errors import ReferenceDataError
from app.refdata.text_record import TextRecord


def read_csv_table(
    path: Path,
    columns: Sequence[str],
    *,
    optional: Collection[str] = (),
    name: str | None = None,
) -> tuple[TextRecord, ...]:
    """Return the rows of a table in the order of the file.

    Args:
        path: File in UTF-8.
        columns: The header, exactly, in this order.
        optional: Columns whose cells may be empty.
        name: How messages call the file; the path itself by default.

    Raises:
        ReferenceDataError: The file is missing, its header differs, a row has more or fewer
            cells than the header, or a required cell is empty; the message lists all of them.
    """
    label = name or str(path)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            lines = [(reader.line_num, cells) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReferenceDataError(f"{label}: cannot be read: {error}") from error
    while lines and lines[0][1] and lines[0][1][0].startswith("#"):
        del lines[0]
    if not lines or lines[0][1] != list(columns):
        found = lines[0][1] if lines else []
        raise ReferenceDataError(f"{label}: header must be {list(columns)}, not {found}")
    return _records(label, lines[1:], columns, optional)


def _records(
    label: str,
    lines: Sequence[tuple[int, list[str]]],
    columns: Sequence[str],
    optional: Collection[str],
) -> tuple[TextRecord, ...]:
    """Return one record for each line below the header."""
    required = [column for column in columns if column not in optional]
    records: list[TextRecord] = []
    messages: list[str] = []
    for number, cells in lines:
        place = f"{label}: row {number}"
        if len(cells) != len(columns):
            messages.append(f"{place}: has {len(cells)} cells instead of {len(columns)}")
            continue
        values = {column: cell or None for column, cell in zip(columns, cells, strict=True)}
        try:
            records.append(TextRecord(place, values, required=required, optional=optional))
        except ReferenceDataError as error:
            messages.append(str(error))
    if messages:
        raise ReferenceDataError("\n".join(messages))
    return tuple(records)
