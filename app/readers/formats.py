"""Which reader reads a file: told by magic bytes, then by keys, root elements or header words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.bom import Bom
from app.errors import Fault, UnreadableFileError
from app.readers.calamine_bom import OLE_MAGIC, is_xlsb, read_xls_bom, read_xlsb_bom
from app.readers.csv_bom import read_csv_bom
from app.readers.encoding import DecodedText, decode
from app.readers.headers import is_header_word
from app.readers.json_bom import is_own_json, read_json_bom, read_ndjson_bom
from app.readers.json_values import JsonValue, load_json
from app.readers.ods_bom import is_ods, read_ods_bom
from app.readers.source import Source
from app.readers.xlsx_bom import read_xlsx_bom
from app.readers.xlsx_parts import is_xlsx
from app.readers.zip_container import ZipContainer

#: Files that people send by mistake, by their first bytes.
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "a database"),
)


@dataclass(frozen=True, slots=True)
class JsonReader:
    """A reader of one kind of JSON document."""

    name: str
    recognises: Callable[[JsonValue], bool]
    read: Callable[[Source, JsonValue], Bom]


@dataclass(frozen=True, slots=True)
class ZipReader:
    """A reader of one kind of zip container."""

    name: str
    recognises: Callable[[ZipContainer], bool]
    read: Callable[[Source, ZipContainer], Bom]


ZIP_READERS: tuple[ZipReader, ...] = (
    ZipReader("xlsx", is_xlsx, read_xlsx_bom),
    ZipReader("xlsb", is_xlsb, read_xlsb_bom),
    ZipReader("ods", is_ods, read_ods_bom),
)

#: In the order in which they are asked.
JSON_READERS: tuple[JsonReader, ...] = (JsonReader("json", is_own_json, read_json_bom),)

#: Every format that is read, and what it is.
READERS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "delimited text",
        "tsv": "tab-separated text",
        "xlsx": "Excel workbook",
        "xlsb": "Excel binary workbook",
        "xls": "Excel workbook of 1997-2003",
        "ods": "OpenDocument spreadsheet",
        "json": "JSON of this service",
        "ndjson": "line objects of this service, one a line",
    }
)


def read_source(source: Source) -> Bom:
    """Return the BOM of a file whose format is told by its content."""
    data = source.data
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise _unreadable("empty_file", "the file is empty")
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise _unreadable(
                "unknown_format", f"the file is {kind}, which holds no readable table"
            )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_zip(source)
    if data.startswith(OLE_MAGIC):
        return read_xls_bom(source)
    decoded = decode(data, encoding=source.options.encoding, known=is_header_word)
    return _read_text(source, decoded)


def _read_zip(source: Source) -> Bom:
    container = ZipContainer(source.data, source.guard)
    for reader in ZIP_READERS:
        if reader.recognises(container):
            return reader.read(source, container)
    listed = ", ".join(container.names[:8])
    raise _unreadable(
        "unknown_format", f"the zip container is of no known format; it holds: {listed[:200]}"
    )


def _read_text(source: Source, decoded: DecodedText) -> Bom:
    start = decoded.text[:200].lstrip()
    if start.startswith("{") or (start.startswith("[") and not _is_bracketed_cell(decoded.text)):
        return _read_json(source, decoded.text)
    return read_csv_bom(source, decoded)


def _is_bracketed_cell(text: str) -> bool:
    """Return whether a text that begins with "[" is a table whose first cell does."""
    return text.lstrip()[1:40].lstrip()[:1] not in {"{", "[", "]", '"', "-", *"0123456789"}


def _read_json(source: Source, text: str) -> Bom:
    lines = text.strip().splitlines()
    if len(lines) > 1 and lines[0].strip().startswith("{") and lines[0].strip().endswith("}"):
        return read_ndjson_bom(source, _ndjson_values(source, text))
    value = load_json(text, source.guard)
    for reader in JSON_READERS:
        if reader.recognises(value):
            return reader.read(source, value)
    keys = ", ".join(list(value)[:12]) if isinstance(value, dict) else "a list"
    raise _unreadable(
        "unknown_format", f"the JSON document is of no known format; it holds: {keys[:200]}"
    )


def _ndjson_values(source: Source, text: str) -> list[tuple[int, JsonValue]]:
    values: list[tuple[int, JsonValue]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            values.append((number, load_json(line, source.guard)))
        except UnreadableFileError as error:
            faults += [
                Fault(code=f.code, detail=f.detail, row=number, column=f.column)
                for f in error.faults
            ]
        if len(values) > source.guard.limits.max_rows:
            break  # the count of rows refuses the file below
    if faults:
        raise UnreadableFileError("some lines are no valid JSON", tuple(faults[:100]))
    return values


def _unreadable(code: str, detail: str) -> UnreadableFileError:
    return UnreadableFileError(detail, (Fault(code=code, detail=detail),))
