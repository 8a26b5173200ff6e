"""XLSX, ODS, XLS and XLSB: what a container adds to a table."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.bom import Bom
from app.errors import LimitExceededError, UnreadableFileError
from app.readers import ReadLimits, ReadOptions, calamine_child, read_bom
from app.readers.xlsx_parts import CellFormat
from app.readers.xlsx_sheet import number_text
from tests.unit.readers.reference_product import (
    binary_workbook,
    old_workbook,
    open_document,
    workbook,
)


def new_sheet(title: str = "BOM") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def notes(bom: Bom) -> dict[str, str]:
    assert bom.file is not None
    return dict(bom.file.notes)


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    book, sheet = new_sheet()
    sheet["C4"], sheet["D4"], sheet["C6"], sheet["D6"] = "Name", "Qty", "Magnet", 3

    bom = read_bom(saved(book))

    assert bom.file is not None
    assert (bom.file.header_row, bom.file.sheet) == (4, "BOM")
    assert [(line.row, line.sheet, line.quantity) for line in bom.lines] == [(6, "BOM", 3.0)]


def test_numbers_dates_and_percentages_are_read_as_they_are_shown() -> None:
    book, sheet = new_sheet()
    sheet.append(["Part Number", "Description", "Qty", "Scrap", "Material", "Unit price"])
    sheet.append([9043.0, dt.date(2026, 3, 1), 2.5, 0.05, True, 4.997999999999999])
    sheet["D2"].number_format = "0.0%"

    (line,) = read_bom(saved(book)).lines

    assert (line.part_number, line.description) == ("9043", "2026-03-01")
    assert line.quantity == pytest.approx(2.625)
    assert str(line.unit_price) == "4.998"
    assert line.materials[0].name == "true"


@pytest.mark.parametrize(
    ("value", "shown", "uses_1904", "text"),
    [
        ("12.0", CellFormat.PLAIN, False, "12"),
        ("1E-05", CellFormat.PLAIN, False, "1e-05"),
        ("60", CellFormat.DATE, False, "1900-02-28"),
        ("0", CellFormat.DATE, True, "0"),
        ("1", CellFormat.DATE, True, "1904-01-02"),
        ("99999999", CellFormat.DATE, False, "99999999"),
        ("2958465", CellFormat.DATE, True, "2958465"),
        ("x", CellFormat.PLAIN, False, "x"),
    ],
)
def test_a_stored_number_becomes_text(
    value: str, shown: CellFormat, uses_1904: bool, text: str
) -> None:
    assert number_text(value, shown, uses_1904=uses_1904) == text


def test_a_text_merged_over_rows_stands_in_each_of_them_and_a_number_does_not() -> None:
    book, sheet = new_sheet()
    for row in (
        ["Module", "Name", "Qty"],
        ["Drive", "Magnet", 4],
        [None, "Shaft", None],
        [None, "Bolt", 9],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("C2:C3")

    bom = read_bom(saved(book))

    assert [line.category for line in bom.lines] == ["Drive", "Drive", "Drive"]
    assert [line.quantity for line in bom.lines] == [4.0, None, 9.0]


def test_a_header_over_two_merged_rows_is_one_header() -> None:
    book, sheet = new_sheet()
    sheet.append(["名称", "规格", "数量"])
    sheet.append([None, None, "(个)"])
    sheet.append(["磁铁", "N42", 3])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")

    bom = read_bom(saved(book))

    assert [(line.description, line.quantity) for line in bom.lines] == [("磁铁; N42", 3.0)]


def test_hidden_sheets_are_left_out_and_hidden_rows_are_read() -> None:
    book, sheet = new_sheet()
    sheet.append(["Name", "Qty"])
    sheet.append(["Magnet", 1])
    sheet.row_dimensions[2].hidden = True
    other = book.create_sheet("Lists")
    other.append(["Name", "Qty"])
    other.append(["Ghost", 1])
    other.sheet_state = "hidden"

    data = saved(book)

    assert [line.description for line in read_bom(data).lines] == ["Magnet"]
    assert {"hidden_sheet", "hidden_rows"} <= notes(read_bom(data)).keys()
    asked = read_bom(data, options=ReadOptions(sheet="Lists"))
    assert [line.description for line in asked.lines] == ["Ghost"]


def test_every_sheet_with_a_table_is_read_and_a_repeated_one_is_not() -> None:
    book, sheet = new_sheet("A")
    for name in ("A", "B", "Copy", "Notes"):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        if name == "Notes":
            sheet.append(["see the other sheets"])
            continue
        sheet.append(["Name", "Qty"])
        for number in range(4):
            sheet.append([f"{'A' if name == 'Copy' else name}{number}", 1])

    bom = read_bom(saved(book))

    assert [line.description for line in bom.lines] == [f"{n}{i}" for n in "AB" for i in range(4)]
    assert [line.line_id for line in bom.lines[:2]] == ["A!2", "A!3"]
    assert {"repeated_sheet", "sheet_without_table", "further_table"} <= notes(bom).keys()


def test_a_named_sheet_must_exist() -> None:
    for data in (workbook(), open_document(), old_workbook()):
        with pytest.raises(UnreadableFileError, match="no sheet 'X'"):
            read_bom(data, options=ReadOptions(sheet="X"))


def test_a_formula_without_a_stored_value_is_reported() -> None:
    book, sheet = new_sheet()
    sheet.append(["Name", "Qty"])
    sheet.append(["Magnet", "=1+1"])

    bom = read_bom(saved(book))

    assert bom.lines[0].quantity is None
    assert "row 2" in notes(bom)["formula_without_value"]


def rebuilt(change: dict[str, str], data: bytes | None = None) -> bytes:
    """Return the reference workbook with some members replaced."""
    source = zipfile.ZipFile(io.BytesIO(data or workbook()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, change.get(name, source.read(name)))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_prefixes_inline_texts_and_missing_references_are_read() -> None:
    body = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row>'
        '<x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c>'
        '<x:c t="inlineStr"><x:is><x:r><x:t>Q</x:t></x:r><x:r><x:t>ty</x:t></x:r></x:is></x:c>'
        '</x:row><x:row><x:c t="inlineStr"><x:is><x:t>磁石</x:t><x:rPh><x:t>ジシャク</x:t></x:rPh>'
        '</x:is></x:c><x:c><x:v>3</x:v></x:c><x:c t="s"><x:v>99999</x:v></x:c>'
        '<x:c r="1A"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )

    bom = read_bom(rebuilt({SHEET: body}))

    assert [(line.description, line.quantity) for line in bom.lines] == [("磁石", 3.0)]


def test_a_broken_container_is_refused_by_name() -> None:
    whole = workbook()
    at = whole.index(SHEET.encode()) + len(SHEET) + 20
    cases = {
        "cut": whole[: len(whole) // 2],
        "no parts": rebuilt({"xl/workbook.xml": "<workbook/>"}),
        "bad xml": rebuilt({SHEET: "<worksheet><sheetData>"}),
        "flipped": whole[:at] + b"\xff" * 40 + whole[at + 40 :],
    }
    for data in cases.values():
        with pytest.raises(UnreadableFileError):
            read_bom(data)


def test_a_zip_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(UnreadableFileError, match="readme"):
        read_bom(out.getvalue())


def test_repeated_cells_and_annotations_of_open_document_are_read_once() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" '
        f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0">'
        "<office:body><office:spreadsheet><table:table "
        'table:name="T"><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell>'
        "<table:table-cell><text:p>Qty</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell><office:annotation>'
        '<text:p>psst</text:p></office:annotation><text:p>Mag<text:s text:c="2"/>net'
        "<text:line-break/><text:tab/>x</text:p><text:p>second</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="2.0"><text:p>2,00</text:p>'
        "</table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)

    bom = read_bom(out.getvalue())

    assert [(line.row, line.description, line.quantity) for line in bom.lines] == [
        (2, "Mag net x second", 2.0),
        (3, "Mag net x second", 2.0),
    ]


def test_an_old_workbook_that_is_broken_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="broken"):
        read_bom(old_workbook()[:700])


def test_the_child_stops_at_its_limits() -> None:
    data = old_workbook()

    for limits in (ReadLimits(max_rows=2), ReadLimits(max_columns=3), ReadLimits(max_cells=5)):
        with pytest.raises(LimitExceededError):
            read_bom(data, options=ReadOptions(limits=limits))


def test_without_the_library_the_answer_names_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    monkeypatch.setattr("app.readers.calamine_bom._command", lambda _: command)

    with pytest.raises(UnreadableFileError, match="save the file as XLSX"):
        read_bom(binary_workbook())


@pytest.mark.parametrize(
    ("sign", "row"),
    [
        ("<sheetData>", '<sheetData><!-- <row r="9"><c r="A9"><v>9</v></c></row> -->'),
        ("<sheetData>", '<sheetData><?note <row r="9"><c r="A9"><v>9</v></c></row> ?>'),
        ("</sheetData>", '<row r="7" hidden="1"><c r="A7" t="n"><v>7</v></c></row></sheetData>'),
    ],
)
def test_plain_rows_are_read_as_the_parser_reads_them(sign: str, row: str) -> None:
    """The first two leave every row to the parser, which must read the same."""
    plain = workbook()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            body = source.read(name)
            if name.endswith("sheet1.xml"):
                assert body.count(sign.encode()) == 1
                body = body.replace(sign.encode(), row.encode())
            archive.writestr(name, body)

    fast, parsed = read_bom(plain), read_bom(out.getvalue())

    assert fast.lines == parsed.lines
    notes = dict(parsed.file.notes) if parsed.file is not None else {}
    assert ("hidden_rows" in notes) == ("hidden" in row)


def test_a_plain_row_keeps_to_the_limits() -> None:
    with pytest.raises(LimitExceededError, match="max_columns"):
        read_bom(workbook(), options=ReadOptions(limits=ReadLimits(max_columns=5)))
    with pytest.raises(LimitExceededError, match="max_rows"):
        read_bom(workbook(), options=ReadOptions(limits=ReadLimits(max_rows=3)))


def test_the_child_writes_rows_as_json_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = calamine_child._read(old_workbook(), [10, 10, 100, 10_000])

    first, second, *_ = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert code == 0
    assert first == {"sheet": "BOM", "visible": True}
    assert second["row"] == 1
    assert second["cells"][:2] == ["Item No.", "Part Number"]
    for counts in (
        [2, 10, 100, 10_000],
        [10, 3, 100, 10_000],
        [10, 10, 9, 10_000],
        [10, 10, 99, 9],
    ):
        assert calamine_child._read(old_workbook(), counts) == calamine_child.TOO_MUCH
    monkeypatch.setattr(calamine_child, "_limit", lambda *_: False)
    assert calamine_child.main(["1"] * 6) == calamine_child.NO_LIMITS


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), (False, "false"), (2.0, "2"), (" x ", "x"), (None, "")]
)
def test_the_child_writes_values_as_they_are_shown(value: object, text: str) -> None:
    assert calamine_child._text(value) == text
