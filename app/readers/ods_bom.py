"""OpenDocument sheets to a BOM, through our own bounded reader."""

from __future__ import annotations

from app.domain.bom import Bom
from app.readers.options import Guard, limit_error
from app.readers.source import Source
from app.readers.table import Row, Sheet
from app.readers.table_bom import read_table_bom
from app.readers.xlsx_bom import check_sheet_name
from app.readers.xml_parser import parse_xml
from app.readers.zip_container import ZipContainer

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
#: A value stands for the text where the text was rounded for display.
_NUMERIC = frozenset({"float", "currency"})
_MAX_REPEATED_ROWS = 1000


def is_ods(container: ZipContainer) -> bool:
    """Return whether a container is an OpenDocument file with content."""
    return "content.xml" in container and (
        "mimetype" in container or "META-INF/manifest.xml" in container
    )


def read_ods_bom(source: Source, container: ZipContainer) -> Bom:
    """Return the BOM of an OpenDocument spreadsheet: all sheets that hold a table."""
    handler = _ContentHandler(source.guard)
    parse_xml(container.chunks("content.xml"), handler, guard=source.guard, separator=" ")
    wanted = source.options.sheet
    check_sheet_name(wanted, [sheet.name or "" for sheet in handler.sheets])
    sheets = [sheet for sheet in handler.sheets if wanted is None or sheet.name == wanted]
    return read_table_bom(source, sheets, file_format="ods")


class _ContentHandler:
    """Hears `content.xml`; repeated rows and cells are counted before they exist."""

    def __init__(self, guard: Guard) -> None:
        self.sheets: list[Sheet] = []
        self._guard = guard
        self._row = 0
        self._repeat_row = 1
        self._repeat_cell = 1
        self._column = 0
        self._cells: dict[int, str] = {}
        self._pieces: list[str] = []
        self._value: str | None = None
        self._in_cell = False
        self._paragraphs = 0
        self._silent = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._start_cell(attributes)
        elif name == f"{_TABLE}table-row":
            self._row += 1
            self._repeat_row = _count(attributes.get(f"{_TABLE}number-rows-repeated"))
            self._cells, self._column = {}, 0
        elif name == f"{_TABLE}table":
            self.sheets.append(Sheet(attributes.get(f"{_TABLE}name", ""), []))
            self._row = 0
        elif name == f"{_OFFICE}annotation":
            self._silent += 1
        elif self._in_cell and not self._silent:
            self._inline(name, attributes)

    def _inline(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TEXT}p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._pieces.append("\n")
        elif name == f"{_TEXT}s":
            self._pieces.append(" " * min(_count(attributes.get(f"{_TEXT}c")), 1000))
        elif name == f"{_TEXT}tab":
            self._pieces.append("\t")
        elif name == f"{_TEXT}line-break":
            self._pieces.append("\n")

    def end(self, name: str) -> None:
        if name in _CELLS:
            self._end_cell()
        elif name == f"{_TABLE}table-row":
            self._end_row()
        elif name == f"{_OFFICE}annotation":
            self._silent -= 1

    def text(self, data: str) -> None:
        if self._in_cell and self._paragraphs and not self._silent:
            self._pieces.append(data)
            if sum(map(len, self._pieces)) > self._guard.limits.max_cell_chars:
                self._guard.check_cell("".join(self._pieces), row=self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._in_cell = True
        self._pieces, self._paragraphs = [], 0
        self._repeat_cell = _count(attributes.get(f"{_TABLE}number-columns-repeated"))
        kind = attributes.get(f"{_OFFICE}value-type")
        self._value = attributes.get(f"{_OFFICE}value") if kind in _NUMERIC else None
        if kind == "date":
            self._value = attributes.get(f"{_OFFICE}date-value", "")[:10] or None

    def _end_cell(self) -> None:
        self._in_cell = False
        text = (self._value or "".join(self._pieces)).strip()
        if text:
            limits = self._guard.limits
            if self._column + self._repeat_cell > limits.max_columns:
                raise limit_error(
                    "max_columns", f"{limits.max_columns} columns", "width of a sheet", self._row
                )
            text = text.removesuffix(".0") if self._value else text
            for index in range(self._column, self._column + self._repeat_cell):
                self._cells[index] = text
        self._column += self._repeat_cell

    def _end_row(self) -> None:
        first = self._row
        self._row += self._repeat_row - 1
        if not self._cells or not self.sheets:
            return
        if self._repeat_row > _MAX_REPEATED_ROWS:
            raise limit_error(
                "max_rows", f"{_MAX_REPEATED_ROWS} times the same row", "repetition", first
            )
        width = max(self._cells) + 1
        rows = self.sheets[-1].rows
        for number in range(first, first + self._repeat_row):
            cells = [self._cells.get(index, "") for index in range(width)]
            self._guard.add_row(len(self._cells), row=number)
            self._guard.add_text(sum(map(len, cells)))
            rows.append(Row(number, cells, bool(rows) and rows[-1].number != number - 1))


def _count(text: str | None) -> int:
    """Return how often a row or cell is repeated."""
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 8 else 1
