"""Where the answers of a catalogue go: NDJSON or CSV while they come, Parquet at the end."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.cli.catalogue_sources import parquet_library
from app.domain.elements import RARE_EARTHS
from app.errors import UnsupportedFormatError

FORMATS = ("ndjson", "csv", "parquet")

#: Columns of a table, and whether they hold text, a whole number or a number.
_TEXT, _WHOLE, _NUMBER = "text", "whole", "number"
COLUMNS: Mapping[str, str] = {
    "id": _TEXT,
    "place": _WHOLE,
    "score": _NUMBER,
    "low": _NUMBER,
    "high": _NUMBER,
    "band": _TEXT,
    "lines_in": _WHOLE,
    "lines_with_rare_earths": _WHOLE,
    "lines_without": _WHOLE,
    "lines_undetermined": _WHOLE,
    "destination": _TEXT,
    "end_use": _TEXT,
    "as_of": _TEXT,
    "problem": _TEXT,
    "problem_detail": _TEXT,
    **{f"score_{symbol}": _NUMBER for symbol in RARE_EARTHS},
}
_OF_BOM = ("score", "low", "high", "band", "lines_in", "lines_with_rare_earths",
           "lines_without", "lines_undetermined")  # fmt: skip
_OF_CONTEXT = ("destination", "end_use", "as_of")
_ROWS_AT_ONCE = 10_000


def format_of(output: Path) -> str:
    """Return the format that the name of an output asks for.

    Raises:
        UnsupportedFormatError: It is none.
    """
    ending = output.suffix.lower().removeprefix(".").replace("jsonl", "ndjson")
    if ending not in FORMATS:
        raise UnsupportedFormatError(
            f"{output.name} names no format: let it end in .ndjson, .jsonl, .csv or .parquet"
        )
    if ending == "parquet":
        parquet_library()
    return ending


class Sink:
    """A file that grows by whole products and can be cut back to any of them.

    Args:
        output: The file that the caller wants.
        form: ndjson, csv or parquet.
        kept: Bytes that are there already and stay [bytes].
    """

    def __init__(self, output: Path, form: str, kept: int) -> None:
        self._output = output
        self._form = form
        self.growing = growing_file(output)
        self._file = self.growing.open("r+b" if kept else "wb")
        self._file.truncate(kept)
        self._file.seek(kept)
        if form != "ndjson" and kept == 0:
            self._file.write(_csv_line(dict(zip(COLUMNS, COLUMNS, strict=True))))

    def write(self, answer: bytes, place: int) -> None:
        """Add the answer to a product."""
        if self._form == "ndjson":
            self._file.write(answer)
            self._file.write(b"\n")
        else:
            self._file.write(_csv_line(_row(answer, place)))

    def saved(self) -> int:
        """Make sure that everything so far stays, and return its size [bytes]."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def finish(self, summary: bytes) -> None:
        """End the file and give it its name."""
        if self._form == "ndjson":
            self._file.write(summary + b"\n")
        self.saved()
        self._file.close()
        if self._form == "parquet":
            _to_parquet(self.growing, self._output)
            self.growing.unlink()
        else:
            self.growing.replace(self._output)

    def close(self) -> None:
        """Leave what is there for a later run."""
        self._file.close()


def growing_file(output: Path) -> Path:
    """Return the file in which an output grows until it is whole."""
    return output.with_name(f"{output.name}.part")


def _row(answer: bytes, place: int) -> dict[str, Any]:
    import orjson

    document = orjson.loads(answer)
    row: dict[str, Any] = {"id": document["id"], "place": place}
    problem = document.get("problem")
    if problem is not None:
        return {**row, "problem": problem["type"], "problem_detail": problem["detail"]}
    row |= {name: document["bom"][name] for name in _OF_BOM}
    row |= {name: document["context"][name] for name in _OF_CONTEXT}
    row |= {f"score_{one['symbol']}": one["score"] for one in document["elements"]}
    return row


def _csv_line(row: Mapping[str, Any]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([_cell(row.get(name)) for name in COLUMNS])
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """Return a cell; text that a spreadsheet would compute is kept from it."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return "" if value is None else value


def _to_parquet(table: Path, output: Path) -> None:
    """Turn the finished table into a Parquet file, some rows at a time."""
    parquet = parquet_library()
    import pyarrow as pa

    kinds = {_TEXT: pa.string(), _WHOLE: pa.int64(), _NUMBER: pa.float64()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    unfinished = output.with_name(f"{output.name}.made")
    with parquet.ParquetWriter(unfinished, schema) as writer:
        for rows in _rows_of(table):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    unfinished.replace(output)


def _rows_of(table: Path) -> Iterator[list[dict[str, Any]]]:
    read = {_TEXT: str, _WHOLE: int, _NUMBER: float}
    with table.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = []
        for cells in csv.DictReader(file):
            rows.append(
                {
                    name: read[kind](cells[name]) if cells[name] else None
                    for name, kind in COLUMNS.items()
                }
            )
            if len(rows) == _ROWS_AT_ONCE:
                yield rows
                rows = []
        yield rows
