"""Products out of whatever holds many of them: NDJSON, CSV, Parquet, a folder of files."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from app.errors import InvalidInputError, UnsupportedFormatError

#: Names of the column that tells the products of a table apart, the first that is there counts.
PRODUCT_COLUMNS = ("product_id", "bom_id", "product", "catalogue_id")
#: Column of a Parquet file that holds whole products as JSON.
JSON_COLUMN = "bom"
_NDJSON = (".ndjson", ".jsonl", ".ndjsonl")
_ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Item:
    """One product, not yet read.

    Attributes:
        content: A JSON object, or a file.
        name: Name of the file; empty for a JSON object.
        end: How far the source is read with this product, in the unit of its size.
    """

    content: bytes
    name: str
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where products come from.

    Attributes:
        path: File or folder.
        size: Bytes or files, for the progress; 0 where nobody knows.
    """

    path: Path
    size: int

    def items(self) -> Iterator[Item]:
        """Yield the products in an order that is the same each time."""
        return _READERS[kind_of(self.path)](self.path)


def source_of(path: Path) -> Source:
    """Return the products of a path.

    Raises:
        InvalidInputError: There is nothing.
        UnsupportedFormatError: Its kind is not read.
    """
    if not path.exists():
        raise InvalidInputError(f"there is no file or folder {path}")
    kind = kind_of(path)
    if kind == "folder":
        return Source(path, sum(1 for _ in _files_of(path)))
    if kind == "parquet":
        return Source(path, 0)
    return Source(path, 0 if path.suffix == ".gz" else path.stat().st_size)


def kind_of(path: Path) -> str:
    """Return folder, ndjson, csv or parquet."""
    if path.is_dir():
        return "folder"
    suffixes = [one.lower() for one in path.suffixes if one.lower() != ".gz"]
    last = suffixes[-1] if suffixes else ""
    if last in _NDJSON:
        return "ndjson"
    if last in {".csv", ".parquet"}:
        return last[1:]
    raise UnsupportedFormatError(
        f"{path.name} is no catalogue: give a folder, or a file that ends in .ndjson, .jsonl "
        "(also with .gz), .csv or .parquet"
    )


def _ndjson(path: Path) -> Iterator[Item]:
    end = 0
    with _opened(path) as file:
        for line in file:
            end += len(line)
            text = line.rstrip(b"\r\n")
            if text.strip():
                yield Item(text, "", end)


def _opened(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _folder(path: Path) -> Iterator[Item]:
    for place, file in enumerate(_files_of(path), start=1):
        yield Item(file.read_bytes(), file.relative_to(path).as_posix(), place)


def _files_of(path: Path) -> Iterator[Path]:
    for file in sorted(path.rglob("*")):
        if file.is_file() and not any(
            part.startswith(".") for part in file.relative_to(path).parts
        ):
            yield file


def _csv(path: Path) -> Iterator[Item]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        place = _product_column(header, path)
        yield from _grouped(header, place, reader)


def _grouped(header: Sequence[str], place: int, rows: Iterator[Sequence[str]]) -> Iterator[Item]:
    """Yield rows that follow one another and name the same product, as a table of their own."""
    current, kept, size = "", [header], 0
    for row in rows:
        size += sum(len(cell.encode()) + 1 for cell in row) + 1
        name = row[place] if place < len(row) else ""
        if name != current and len(kept) > 1:
            yield Item(_table(kept, place), f"{current}.csv", size)
            kept = [header]
        current = name
        kept.append(row)
    if len(kept) > 1:
        yield Item(_table(kept, place), f"{current}.csv", size)


def _table(rows: Sequence[Sequence[str]], place: int) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*row[:place], *row[place + 1 :]] for row in rows)
    return text.getvalue().encode()


def _product_column(header: Sequence[str], path: Path) -> int:
    names = [name.strip().casefold() for name in header]
    for wanted in PRODUCT_COLUMNS:
        if wanted in names:
            return names.index(wanted)
    raise InvalidInputError(
        f"{path.name} has no column that tells the products apart; name one "
        f"{', '.join(PRODUCT_COLUMNS)}"
    )


def _parquet(path: Path) -> Iterator[Item]:
    parquet = parquet_library()
    with parquet.ParquetFile(path) as file:
        names: list[str] = file.schema_arrow.names
        if JSON_COLUMN in names:
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=[JSON_COLUMN]):
                for cell in batch.column(0):
                    value = cell.as_py()
                    yield Item(value if isinstance(value, bytes) else str(value).encode(), "", 0)
            return
        place = _product_column(names, path)
        rows = (
            ["" if cell is None else str(cell) for cell in row.values()]
            for batch in file.iter_batches(_ROWS_AT_ONCE)
            for row in batch.to_pylist()
        )
        yield from _grouped(names, place, rows)


def parquet_library() -> Any:  # noqa: ANN401 - an extra without types
    """Return the module that reads and writes Parquet.

    Raises:
        UnsupportedFormatError: It is not installed.
    """
    try:
        import pyarrow.parquet as library
    except ImportError as error:
        raise UnsupportedFormatError(
            "Parquet needs the extra `parquet`: pip install 'lodestone-risk[parquet]'"
        ) from error
    return library


_READERS = {"ndjson": _ndjson, "folder": _folder, "csv": _csv, "parquet": _parquet}
