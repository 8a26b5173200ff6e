"""Files that mean harm: each is refused or read in time, and in a bounded part of memory."""

from __future__ import annotations

import io
import json
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import InvalidInputError, LimitExceededError, UnreadableFileError
from app.readers import ReadLimits, ReadOptions, read_bom
from tests.unit.readers.reference_product import FIXTURES, binary_workbook, workbook

#: What one hostile file may take: CPU time [s], generous towards a slow machine and more so while
#: coverage looks on, and memory [MB]. The benchmark holds the readers to a second.
MAX_SECONDS = 5.0 if sys.gettrace() is None else 20.0
MAX_MEGABYTES = 200

STATUS = Path("/proc/self/status")


def _megabytes(name: str) -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) // 1024


def _begin_peak() -> bool:
    """Let the peak of memory begin here; return whether this system can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


@contextmanager
def bounded() -> Iterator[None]:
    """Fail where the block takes too long, or (where the system tells) too much memory."""
    is_told = _begin_peak()
    before = _megabytes("VmRSS") if is_told else 0
    begin = time.process_time()  # a busy machine is no failure
    yield
    assert time.process_time() - begin < MAX_SECONDS
    if is_told:
        assert _megabytes("VmHWM") - before < MAX_MEGABYTES


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADER = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Qty</v></c></row>'


def book(rows: str, members: dict[str, bytes] | None = None) -> bytes:
    """Return a workbook with a sheet of the given rows, and members replaced or added."""
    members = members or {}
    source = zipfile.ZipFile(io.BytesIO(workbook()))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = sheet.encode() if name == SHEET else source.read(name)
            if name not in members:
                archive.writestr(name, data)
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def far_cell() -> bytes:
    return book(HEADER + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def wide_row() -> bytes:
    cells = "".join(f'<c t="str"><v>c{number}</v></c>' for number in range(16_384))
    return book(f'<row r="1">{cells}</row>')


def deep_column() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 200_010))
    return book(HEADER + rows)


def million_full_rows() -> bytes:
    cells = '<c t="n"><v>1</v></c>' * 20
    return book(HEADER + f"<row>{cells}</row>" * 150_000)


def blanks() -> bytes:
    return book(HEADER + " " * (30 * 1024 * 1024))


def declared_gigabyte() -> bytes:
    """A container whose directory says that the sheet expands to a gigabyte."""
    data = bytearray(book(HEADER))
    at = data.rindex(SHEET.encode()) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 1024**3)
    return bytes(data)


def giant_cell() -> bytes:
    return book(HEADER + f'<row r="2"><c r="A2" t="str"><v>{"x" * 30_000_000}</v></c></row>')


def giant_attribute() -> bytes:
    return book(HEADER + f'<row r="2" spans="{"9" * 30_000_000}"/>')


def giant_comment() -> bytes:
    return book(HEADER + f"<!--{'y' * 30_000_000}-->")


def repeated_string() -> bytes:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"z" * 30_000}</t></si></sst>'.encode()
    cell = '<c t="s"><v>0</v></c>'
    rows = "".join(f'<row r="{n}">{cell * 100}</row>' for n in range(2, 2000))
    return book(HEADER + rows, {STRINGS: strings})


def laughs() -> bytes:
    texts = ["ha", *(f"&l{number};" * 10 for number in range(9))]
    entities = "".join(f'<!ENTITY l{n} "{text}">' for n, text in enumerate(texts))
    return f'<?xml version="1.0"?><!DOCTYPE a [{entities}]><PartsEco>&l9;</PartsEco>'.encode()


def laughing_book() -> bytes:
    body = f'<!DOCTYPE a [<!ENTITY x "y">]><worksheet xmlns="{MAIN}">&x;</worksheet>'
    return book("", {SHEET: body.encode()})


def outside_entity() -> bytes:
    return b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><MainDeclaration>&x;</MainDeclaration>'


def deep_xml() -> bytes:
    return b"<a>" * 100_000 + b"</a>" * 100_000


def wide_xml() -> bytes:
    return b"<MainDeclaration>" + b"<b/>" * 5_000_000 + b"</MainDeclaration>"


def many_members() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/{number}.xml", b"")
    return out.getvalue()


def twins() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/workbook.xml", b"<workbook/>")
    return out.getvalue()


def lying_size() -> bytes:
    data = bytearray(book(HEADER))
    at = data.rindex(SHEET.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def odd_compression() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return out.getvalue()


def swollen_binary_book() -> bytes:
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(binary_workbook()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
        archive.writestr("xl/media/zeros.bin", bytes(30 * 1024 * 1024))
    return out.getvalue()


def far_cells_of_old_workbook() -> bytes:
    return (FIXTURES / "far_cells.xls").read_bytes()


def repeated_rows() -> bytes:
    name = "urn:oasis:names:tc:opendocument:xmlns"
    cell = (
        '<table:table-cell table:number-columns-repeated="{}"><text:p>x</text:p></table:table-cell>'
    )
    rows = (
        f'<table:table-row table:number-rows-repeated="9999999">{cell.format(1)}</table:table-row>'
    )
    wide = f"<table:table-row>{cell.format(9999999)}</table:table-row>"
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
        f'xmlns:text="{name}:text:1.0"><table:table>{rows}{wide}</table:table>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "x")
        archive.writestr("content.xml", content)
    return out.getvalue()


def deep_json() -> bytes:
    return b"[" * 1_000_000 + b"]" * 1_000_000


def rather_deep_json() -> bytes:
    return b'{"bom":' * 70 + b"1" + b"}" * 70


def wide_json() -> bytes:
    return b"[" + b"{}," * 8_000_000 + b"{}]"


def long_number() -> bytes:
    line = {"line_id": "1", "description": "x", "quantity": 1}
    text = json.dumps({"id": "x", "lines": [line]})
    return text.replace('"quantity": 1', f'"quantity": {"9" * 1_000_000}').encode()


def commas() -> bytes:
    return b"Name,Qty\n" + b"," * 20_000_000


def many_lines() -> bytes:
    return b"Name,Qty\n" + b"a,1\n" * 300_000


def wide_table() -> bytes:
    return (",".join(f"c{number}" for number in range(500)) + "\n").encode() * 3


def one_long_line() -> bytes:
    return b"Name,Qty\n" + b"x" * 20_000_000


def open_quote() -> bytes:
    return b'Name,Qty\n"' + b"a,1\n" * 20_000


def nul_bytes() -> bytes:
    return b"Name,Qty\nMag\0net,1\n" * 1000


def too_large() -> bytes:
    return b"a" * (25 * 1024 * 1024 + 1)


REFUSED: list[tuple[Callable[[], bytes], str]] = [
    (far_cell, "max_columns"),
    (wide_row, "max_columns"),
    (deep_column, "max_rows"),
    (million_full_rows, "max_cells|max_expansion_ratio"),
    (blanks, "max_expanded_bytes|max_expansion_ratio"),
    (declared_gigabyte, "max_expanded_bytes"),
    (giant_cell, "max_cell_chars|max_expansion_ratio"),
    (giant_attribute, "max_cell_chars|max_expansion_ratio"),
    (giant_comment, "max_cell_chars|max_expansion_ratio"),
    (repeated_string, "max_text_chars|max_cells"),
    (deep_xml, "max_xml_depth"),
    (wide_xml, "max_cells"),
    (many_members, "max_zip_members"),
    (swollen_binary_book, "max_expanded_bytes|max_expansion_ratio"),
    (far_cells_of_old_workbook, "max_child_bytes"),
    (repeated_rows, "max_rows"),
    (deep_json, "max_json_depth|max_cells"),
    (rather_deep_json, "max_json_depth"),
    (wide_json, "max_cells"),
    (commas, "max_columns"),
    (many_lines, "max_rows"),
    (wide_table, "max_columns"),
    (one_long_line, "max_cell_chars"),
    (too_large, "max_bytes"),
]


@pytest.mark.parametrize(("build", "limit"), REFUSED, ids=[build.__name__ for build, _ in REFUSED])
def test_a_limit_is_named(build: Callable[[], bytes], limit: str) -> None:
    data = build()

    with bounded(), pytest.raises(LimitExceededError, match=limit) as caught:
        read_bom(data)

    assert caught.value.faults[0].code.startswith("limit_")


UNREADABLE: list[tuple[Callable[[], bytes], str]] = [
    (laughs, "dtd_refused"),
    (laughing_book, "dtd_refused"),
    (outside_entity, "dtd_refused"),
    (twins, "broken_container"),
    (lying_size, "broken_container"),
    (odd_compression, "broken_container"),
    (nul_bytes, "nul_bytes"),
    (lambda: b"", "empty_file"),
    (lambda: b"\xef\xbb\xbf \n", "empty_file"),
    (lambda: b"%PDF-1.7 ...", "unknown_format"),
    (lambda: b"PK\x03\x04" + bytes(100), "broken_container"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "broken_workbook"),
    (lambda: b"<html><table></table></html>", "html_table"),
    (lambda: b"<a/>", "unknown_format"),
    (lambda: b"<a>", "invalid_xml"),
    (lambda: b'<?xml version="1.0" encoding="klingon"?><a/>', "unknown_format"),
    (lambda: b'{"a": NaN}', "invalid_json"),
    (lambda: b'{"a": }', "invalid_json"),
    (lambda: b'{"a": 1}', "unknown_format"),
    (lambda: b"[]", "unknown_format"),
    (lambda: b'{"id": "x", "lines": []}', "no_lines"),
    (lambda: b'{"a": 1}\n{"b": }\n', "invalid_json"),
    (lambda: b'{"id": "a", "lines": []}\n{"id": "b", "lines": []}\n', "not_a_line"),
]


@pytest.mark.parametrize(("build", "code"), UNREADABLE)
def test_what_cannot_be_read_says_why(build: Callable[[], bytes], code: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_bom(build())

    assert caught.value.faults[0].code == code


def test_a_million_empty_rows_are_read_in_little_memory() -> None:
    rows = "".join(f'<row r="{n}" ht="15"/>' for n in range(3, 1_048_577))
    data = book(HEADER + '<row r="2"><c t="str"><v>Magnet</v></c><c><v>3</v></c></row>' + rows)

    with bounded():
        bom = read_bom(data)

    assert [line.quantity for line in bom.lines] == [3.0]


def test_empty_lines_by_the_hundred_thousand_are_no_rows() -> None:
    bom = read_bom(b"Name,Qty\nMagnet,3\n" + b",\n" * 400_000)

    assert len(bom.lines) == 1


def test_an_open_quotation_mark_is_read_in_time() -> None:
    with bounded():
        bom = read_bom(open_quote())

    assert len(bom.lines) == 20_000


def test_a_number_of_a_million_digits_is_no_quantity() -> None:
    bom = read_bom(long_number())

    assert bom.lines[0].quantity is None
    assert bom.lines[0].warnings


@pytest.mark.parametrize("count", ['uniqueCount="99999999"', ""])
def test_too_many_shared_strings_are_refused(count: str) -> None:
    items = "".join(f"<si><t>{number}</t></si>" for number in range(12_000))
    strings = f'<sst xmlns="{MAIN}" {count}>{items}</sst>'.encode()
    limits = ReadLimits(max_cells=10_000)

    with pytest.raises(LimitExceededError, match="max_cells"):
        read_bom(book(HEADER, {STRINGS: strings}), options=ReadOptions(limits=limits))


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (ReadLimits(max_rows=1), "max_rows"),
        (ReadLimits(max_columns=1), "max_columns"),
        (ReadLimits(max_cells=3), "max_cells"),
        (ReadLimits(max_bytes=10), "max_bytes"),
        (ReadLimits(max_seconds=0.0), "max_seconds"),
        (ReadLimits(max_cell_chars=3), "max_cell_chars"),
    ],
)
def test_a_caller_may_lower_every_limit(limits: ReadLimits, limit: str) -> None:
    with pytest.raises(LimitExceededError, match=limit):
        read_bom(b"Name,Qty\nMagnet,1\nBolt,2\n", options=ReadOptions(limits=limits))


def test_every_refusal_is_one_of_ours() -> None:
    for build, _ in UNREADABLE:
        with pytest.raises(InvalidInputError):
            read_bom(build())
