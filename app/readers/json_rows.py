"""A JSON list of flat objects of no known program: its keys are read as a table's headers."""

from __future__ import annotations

from app.domain.bom import Bom
from app.readers.headers import header_score
from app.readers.json_values import JsonValue, Record, objects_in, text_of
from app.readers.source import Source
from app.readers.table import Row, Sheet
from app.readers.table_bom import read_table_bom

_WRAPPERS = ("lines", "items", "rows", "data", "value", "results", "records", "bom", "components")
_ENOUGH = 1.6


def is_json_rows(value: JsonValue) -> bool:
    """Return whether a document is a list of objects whose keys are header words."""
    records = _records(value)
    return bool(records) and header_score(Row(0, list(_keys(records[:50])))) >= _ENOUGH


def read_json_rows(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of a list of flat objects; a line's row is the number of its object."""
    records = _records(value)
    keys = _keys(records)
    rows = [Row(0, list(keys))]
    for number, record in enumerate(records, start=1):
        cells = [text_of(record.get(key)) or "" for key in keys]
        source.guard.add_row(len(cells), row=number)
        for text in cells:
            source.guard.check_cell(text, row=number)
        rows.append(Row(number, cells))
    return read_table_bom(
        source, [Sheet(None, rows)], file_format="json_rows", encoding=source.encoding
    )


def _records(value: JsonValue) -> list[Record]:
    if isinstance(value, dict):
        for key in _WRAPPERS:
            found = objects_in(value.get(key))
            if found:
                return list(found)
        return []
    return list(objects_in(value))


def _keys(records: list[Record]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for record in records:
        keys.update(dict.fromkeys(record))
    return tuple(keys)
