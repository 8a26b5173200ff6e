"""XLSX workbooks to a BOM, through our own bounded reader."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.bom import Bom
from app.errors import Fault, UnfitFileOptionError
from app.readers.amrt_bom import is_amrt, read_amrt_bom
from app.readers.source import Source
from app.readers.table import Sheet
from app.readers.table_bom import read_table_bom
from app.readers.xlsx_parts import read_workbook
from app.readers.xlsx_sheet import read_sheet
from app.readers.zip_container import ZipContainer


def read_xlsx_bom(source: Source, container: ZipContainer) -> Bom:
    """Return the BOM of an XLSX workbook: all visible sheets that hold a table."""
    sheets = read_xlsx_sheets(source, container)
    if source.options.sheet is None and is_amrt(sheets):
        return read_amrt_bom(source, sheets)
    return read_table_bom(source, sheets, file_format="xlsx")


def read_xlsx_sheets(source: Source, container: ZipContainer) -> list[Sheet]:
    """Return the sheets that the caller wants; hidden ones only by name."""
    guard = source.guard
    workbook = read_workbook(container, guard)
    wanted = source.options.sheet
    names = [part.name for part in workbook.sheets]
    check_sheet_name(wanted, names)
    sheets: list[Sheet] = []
    for part in workbook.sheets:
        if wanted is not None and part.name != wanted:
            continue
        if part.is_hidden and wanted is None:
            note = ("hidden_sheet", f"the hidden sheet '{part.name}' was left out")
            sheets.append(Sheet(part.name, [], [note]))
            continue
        sheets.append(
            read_sheet(container, part.path, name=part.name, workbook=workbook, guard=guard)
        )
    return sheets


def check_sheet_name(wanted: str | None, names: Sequence[str]) -> None:
    """Raise where the caller names a sheet that the workbook lacks."""
    if wanted is not None and wanted not in names:
        listed = ", ".join(names)[:300]
        detail = f"there is no sheet '{wanted[:60]}'; the workbook has: {listed}"
        fault = Fault(code="no_such_sheet", detail=detail, pointer="/sheet")
        raise UnfitFileOptionError(detail, (fault,))
