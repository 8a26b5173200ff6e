"""A plain XLSX workbook of text cells, without a library: the same input, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from app.readers.table import column_letter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The earliest date of a zip entry, so that nothing depends on the day.
_DATE = (1980, 1, 1, 0, 0, 0)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill>'
    '<patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One sheet: its name, its rows of text, and how many of them stay in sight as header."""

    name: str
    rows: Sequence[Sequence[str]]
    header_rows: int = 0


def write_workbook(sheets: Sequence[SheetContent]) -> bytes:
    """Return the bytes of a workbook; every cell is text, so that nothing is recalculated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return out.getvalue()


def _parts(sheets: Sequence[SheetContent]) -> list[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>'
    )
    root = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    workbook = (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{listed}</sheets>'
        "</workbook>"
    )
    links = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}<Relationship '
        f'Id="rId{len(sheets) + 1}" Type="{_DOCUMENT}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
    parts = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/styles.xml", _STYLES),
    ]
    return parts + [
        (f"xl/worksheets/sheet{n}.xml", _sheet(sheet))
        for n, sheet in zip(numbers, sheets, strict=True)
    ]


def _sheet(sheet: SheetContent) -> str:
    widths: dict[int, int] = {}
    for row in sheet.rows:
        for index, text in enumerate(row):
            widths[index] = max(widths.get(index, 8), min(len(text) + 2, 60))
    columns = "".join(
        f'<col min="{index + 1}" max="{index + 1}" width="{width}" customWidth="1"/>'
        for index, width in sorted(widths.items())
    )
    frozen = (
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{sheet.header_rows}" '
        f'topLeftCell="A{sheet.header_rows + 1}" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews>"
        if sheet.header_rows
        else ""
    )
    rows = "".join(
        _row(number, row, bold=number <= sheet.header_rows)
        for number, row in enumerate(sheet.rows, start=1)
        if row
    )
    columns = f"<cols>{columns}</cols>" if columns else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{frozen}{columns}<sheetData>{rows}</sheetData>'
        "</worksheet>"
    )


def _row(number: int, row: Sequence[str], *, bold: bool) -> str:
    style = ' s="1"' if bold else ""
    cells = "".join(
        f'<c r="{column_letter(index)}{number}" t="inlineStr"{style}><is>'
        f'<t xml:space="preserve">{escape(text)}</t></is></c>'
        for index, text in enumerate(row)
        if text
    )
    return f'<row r="{number}">{cells}</row>'
