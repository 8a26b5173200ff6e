"""One XLSX sheet as a stream: rows of text, in little memory, with every limit on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.readers.options import Guard, limit_error
from app.readers.table import Row, Sheet
from app.readers.xlsx_parts import CellFormat, Workbook
from app.readers.xml_parser import parse_xml
from app.readers.zip_container import ZipContainer

_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_MAX_MERGES = 20_000
_SHOWN = 20
#: A sheet above these sizes is counted before it is parsed [byte].
_LARGE, _LONG = 32 * 1024 * 1024, 4 * 1024 * 1024
#: A row without cells before another row, both numbered; programs write them by the million.
_EMPTY_ROW = re.compile(rb'<row(?=[^<>]*\sr=")[^<>]*/>(?=\s*<row\s[^<>]*\br=")')
#: A row of nothing but numbers and shared strings, which is how programs write tables.
_PLAIN_ROW = re.compile(
    rb'<row r="(\d{1,7})"((?: [A-Za-z0-9:]{1,40}="[^"<>&]{0,80}"){0,12})>('
    rb'(?:<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,5}")?(?: t="[sn]")?><v>[0-9.eE+-]{1,30}</v></c>)+)'
    rb"</row>"
)
_PLAIN_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,5})")?(?: t="([sn])")?><v>([^<]*)</v></c>'
)


def read_sheet(
    container: ZipContainer, path: str, *, name: str, workbook: Workbook, guard: Guard
) -> Sheet:
    """Return the rows of a worksheet that hold anything.

    Args:
        container: The workbook's container.
        path: Path of the sheet inside it.
        name: Name of the sheet.
        workbook: Shared strings and formats.
        guard: Counts rows, cells and characters.
    """
    _refuse_too_many(container, path, guard)
    reader = _SheetHandler(workbook, guard)
    chunks = reader.without_plain_rows(_without_empty_rows(container.chunks(path)))
    parse_xml(chunks, reader, guard=guard)
    sheet = Sheet(name, reader.rows)
    _fill_merged(reader.rows, reader.merges)
    if reader.without_value:
        shown = ", ".join(reader.without_value[:_SHOWN])
        what = f"sheet '{name}': formulas without a stored value in {shown}"
        sheet.notes.append(
            ("formula_without_value", f"{what}; save the file in a spreadsheet program")
        )
    if reader.hidden_rows:
        sheet.notes.append(
            ("hidden_rows", f"sheet '{name}': {reader.hidden_rows} hidden rows were read as well")
        )
    return sheet


def _refuse_too_many(container: ZipContainer, path: str, guard: Guard) -> None:
    """Count values and rows of a large sheet as bytes, which is far faster than to parse them."""
    most, rows = guard.limits.max_cells, guard.limits.max_rows
    if container.size(path) > _LARGE and container.count(path, b"<v>", most=most) > most:
        raise limit_error("max_cells", f"{most:,} cells", "number of cells")
    if container.size(path) > _LONG and container.count(path, b"</v></c></row>", most=rows) > rows:
        raise limit_error("max_rows", f"{rows:,} rows", "number of rows")


def _without_empty_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a sheet without most of its empty rows; text never holds a bare `<`."""
    for chunk in chunks:
        marked = b"/>" in chunk and b"<![CDATA[" not in chunk
        yield _EMPTY_ROW.sub(b"", chunk) if marked else chunk


def column_index(letters: str) -> int:
    """Return the column of spreadsheet letters, counted from 0.

    Examples:
        >>> column_index("A"), column_index("AB")
        (0, 27)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class _SheetHandler:
    """Hears the elements of a sheet. Names are looked up once, prefix and all."""

    def __init__(self, workbook: Workbook, guard: Guard) -> None:
        self.rows: list[Row] = []
        self.merges: list[tuple[int, int, int]] = []
        self.without_value: list[str] = []
        self.hidden_rows = 0
        self._workbook = workbook
        self._guard = guard
        self._locals: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._cells: dict[int, str] = {}
        self._row = 0
        self._column = -1
        self._kind = "n"
        self._style = 0
        self._pieces: list[str] | None = None
        self._length = 0
        self._value = ""
        self._has_formula = False
        self._phonetic = False

    def _local(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self._locals) < 200:
            self._locals[name] = local
        return local

    def without_plain_rows(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the bytes of a sheet but for plain rows, which are read here, far faster.

        What stands before a plain row is parsed before the row is read, as the parser takes each
        piece at once. A comment, a CDATA section or an instruction may hold what looks like a row,
        so that the parser reads everything from the first of them on.
        """
        plain, last = True, b""
        for number, chunk in enumerate(chunks):
            joint = last + chunk
            plain = plain and b"<!" not in joint and joint.find(b"<?", 0 if number else 1) < 0
            last = chunk[-1:]
            at = 0
            for match in _PLAIN_ROW.finditer(chunk) if plain else ():
                if b" hidden=" in match[2]:
                    continue
                if match.start() > at:
                    yield chunk[at : match.start()]
                at = match.end()
                self._read_plain_row(int(match[1]), match[3].decode("ascii"))
            if at < len(chunk):
                yield chunk[at:]

    def _read_plain_row(self, number: int, text: str) -> None:
        """Read a row of numbers and shared strings: most of the time of a large workbook."""
        self._row, self._cells = number, {}
        columns, strings, limits = self._columns, self._workbook.strings, self._guard.limits
        row: list[str] = []
        index = -1
        for letters, style, kind, value in _PLAIN_CELL.findall(text):
            if letters not in columns:
                columns[letters] = column_index(letters)
            index = columns[letters]
            if kind == "s":
                at = int(value) if value.isdecimal() and len(value) < 9 else len(strings)
                shown = strings[at].strip() if at < len(strings) else ""
            else:
                shown = self._number(value, int(style) if style else 0).strip()
            if not shown:
                continue
            if index >= limits.max_columns or number > limits.max_rows:
                self._refuse_place(index)
            if index < len(row):
                row[index] = shown
                continue
            if index > len(row):
                row.extend([""] * (index - len(row)))
            row.append(shown)
        self._column = index
        if row:
            self._add_row(row, len(row) - row.count(""))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._locals.get(name) or self._local(name)
        if local == "c":
            self._start_cell(attributes)
        elif local in {"v", "t"}:
            if not self._phonetic:
                self._pieces, self._length = [], 0
        elif local == "row":
            self._start_row(attributes)
        elif local == "f":
            self._has_formula = True
        elif local == "rPh":
            self._phonetic = True
        elif local == "mergeCell":
            self._add_merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        local = self._locals.get(name) or self._local(name)
        if local in {"v", "t"}:
            if self._pieces is not None:
                self._value += "".join(self._pieces)
                self._pieces = None
        elif local == "c":
            self._end_cell()
        elif local == "row":
            self._end_row()
        elif local == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        if self._pieces is not None:
            self._length += len(data)
            if self._length > self._guard.limits.max_cell_chars:
                self._guard.check_cell("x" * self._length, row=self._row)
            self._pieces.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
        self._column = -1
        self._cells = {}
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows += 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            index = self._columns.get(letters)
            if index is None:
                valid = letters.isascii() and letters.isalpha() and len(letters) < 4
                index = column_index(letters.upper()) if valid else self._column + 1
                if len(self._columns) < 20_000:
                    self._columns[letters] = index
            self._column = index
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdecimal() and len(style) < 6 else 0
        self._value = ""
        self._has_formula = False

    def _end_cell(self) -> None:
        value = self._value
        if not value:
            if self._has_formula and len(self.without_value) < 10_000:
                self.without_value.append(f"row {self._row}")
            return
        text = self._text(value).strip()
        if not text:
            return
        self._refuse_place(self._column)
        self._cells[self._column] = text

    def _refuse_place(self, column: int) -> None:
        """Raise where a cell stands outside what a sheet may have."""
        limits = self._guard.limits
        if column >= limits.max_columns:
            raise limit_error(
                "max_columns", f"{limits.max_columns} columns", "width of a sheet", self._row
            )
        if self._row > limits.max_rows:
            raise limit_error(
                "max_rows", f"{limits.max_rows:,} rows", "height of a sheet", self._row
            )

    def _end_row(self) -> None:
        cells = self._cells
        if not cells:
            return
        width = max(cells) + 1
        self._add_row([cells.get(index, "") for index in range(width)], len(cells))

    def _add_row(self, row: list[str], filled: int) -> None:
        self._guard.add_row(filled, row=self._row)
        self._guard.add_text(sum(map(len, row)))
        gap = bool(self.rows) and self.rows[-1].number != self._row - 1
        self.rows.append(Row(self._row, row, gap))

    def _text(self, value: str) -> str:
        kind = self._kind
        if kind == "s":
            strings = self._workbook.strings
            index = int(value) if value.isdecimal() and len(value) < 9 else len(strings)
            return strings[index] if index < len(strings) else ""
        if kind == "n":
            return self._number(value, self._style)
        if kind == "b":
            return "true" if value.strip() == "1" else "false"
        return value

    def _number(self, value: str, style: int) -> str:
        formats = self._workbook.formats
        shown = formats[style] if style < len(formats) else CellFormat.PLAIN
        if shown is CellFormat.PLAIN and len(value) < 15 and not value.endswith(".0"):
            return value
        return number_text(value, shown, uses_1904=self._workbook.uses_1904)

    def _add_merge(self, reference: str) -> None:
        match = _RANGE.fullmatch(reference)
        if match is not None and len(self.merges) < _MAX_MERGES:
            first, last = int(match[2]), int(match[4])
            if last > first:
                self.merges.append((column_index(match[1]), first, last))


def number_text(value: str, shown: CellFormat, *, uses_1904: bool) -> str:
    """Return a stored number as a person sees it: 15 digits, per cent, ISO date.

    Examples:
        >>> number_text("4.997999999999999", CellFormat.PLAIN, uses_1904=False)
        '4.998'
        >>> number_text("0.3", CellFormat.PERCENT, uses_1904=False)
        '30%'
        >>> number_text("46000", CellFormat.DATE, uses_1904=False)
        '2025-12-09'
    """
    try:
        number = float(value)
    except ValueError:
        return value
    if shown is CellFormat.DATE and 0 < number < 2_958_466:
        epoch = date(1904, 1, 1) if uses_1904 else date(1899, 12, 30)
        try:
            return (epoch + timedelta(days=int(number))).isoformat()
        except OverflowError:
            return value
    if shown is CellFormat.PERCENT:
        return f"{number * 100:.15g}%"
    return f"{number:.15g}"


def _fill_merged(rows: list[Row], merges: list[tuple[int, int, int]]) -> None:
    """Repeat a text that is merged over several rows; a number is stated once and stays so."""
    if not merges:
        return
    by_number = {row.number: row for row in rows}
    for column, first, last in merges:
        top = by_number.get(first)
        text = top.cells[column] if top is not None and column < len(top.cells) else ""
        if not text or not any(sign.isalpha() for sign in text):
            continue
        for number in range(first + 1, min(last, first + 2000) + 1):
            row = by_number.get(number)
            if row is None:
                continue
            row.cells.extend([""] * (column + 1 - len(row.cells)))
            if not row.cells[column]:
                row.cells[column] = text
