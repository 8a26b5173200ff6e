"""Sheets of text to a BOM: find the header, map the columns, sort the rows, draft the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.errors import Fault, UnreadableFileError
from app.readers.column_override import header_index, prescribed_fields, refuse_unmatched
from app.readers.dialect import Carrier
from app.readers.dialects import dialect_of
from app.readers.draft import Draft, Layout
from app.readers.fields import IDENTITY_FIELDS, NUMBER_FIELDS, Field
from app.readers.found_table import Table, is_table
from app.readers.headerless import infer_columns
from app.readers.headers import (
    HeaderCell,
    assign_fields,
    find_header,
    header_cells,
    header_key,
    header_score,
)
from app.readers.masses import mass_unit_in
from app.readers.money import currency_in
from app.readers.number_text import DecimalMark, decimal_mark
from app.readers.options import Guard, ReadOptions
from app.readers.row_kinds import RowKind, RowSorter
from app.readers.table import Row, Sheet, column_letter

_SAMPLE = 200
#: Units that a quantity's header may name in brackets, beside those of mass.
_UNITS = frozenset("pc pcs ea st stk stück m mm cm l ml m2 m^2 个 個 枚 件 台 本 米 片".split())
_SHOWN_ROWS = 20
#: Signs that only one of the two languages writes; tells what "¥" means.
_JAPANESE = re.compile(r"[\u3041-\u30fe単価個図発円様駆検対]")
_CHINESE = re.compile(r"[单价号称规应商图发这线电编码类备购货额]")


@dataclass(slots=True)
class TableReading:
    """The drafted lines of all tables and what the caller must be told."""

    drafts: list[Draft] = field(default_factory=list)
    tables: list[tuple[Sheet, Table]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    product: dict[Field, str] = field(default_factory=dict)


def read_sheets(sheets: Sequence[Sheet], *, options: ReadOptions, guard: Guard) -> TableReading:
    """Return the drafted lines of all sheets that hold a table.

    Raises:
        UnfitFileOptionError: A prescribed row or column does not exist.
        UnreadableFileError: No sheet holds a table.
    """
    reading = TableReading()
    several = len(sheets) > 1
    unmatched = set(options.columns)
    for sheet in sheets:
        reading.notes.extend(sheet.notes)
        tables = list(_tables(sheet, options=options, several=several, unmatched=unmatched))
        if not tables and sheet.rows and several:
            reading.notes.append(("sheet_without_table", f"sheet '{sheet.name}' holds no table"))
        _note_titles(sheet, tables, reading)
        before = len(reading.drafts)
        for table in tables:
            guard.check_time()
            reading.tables.append((sheet, table))
            _draft_rows(sheet, table, reading=reading, guard=guard)
        _drop_repeated_sheet(sheet, reading, before)
    headers = [cell for _, table in reading.tables for cell in table.cells]
    refuse_unmatched(unmatched, headers, sheets)
    if not reading.tables:
        raise _nothing_found(sheets)
    return reading


def _nothing_found(sheets: Sequence[Sheet]) -> UnreadableFileError:
    """Return the refusal of a file without a table, or with an empty one."""
    for sheet in sheets:
        at = find_header(sheet.rows)
        if at is not None and at == len(sheet.rows) - 1:
            row = sheet.rows[at].number
            detail = f"the table with its header in row {row} has no rows; fill one for each part"
            return UnreadableFileError(detail, (Fault(code="no_lines", detail=detail, row=row),))
    detail = (
        "no table was found: no row holds column headers that we know; "
        "name the columns with `columns`, or use the template"
    )
    return UnreadableFileError(detail, (Fault(code="no_table", detail=detail),))


def _note_titles(sheet: Sheet, tables: Sequence[Table], reading: TableReading) -> None:
    """Report what stands above the first header; lines that begin with # are help texts."""
    if not tables or tables[0].header is None:
        return
    above = [
        row for row in sheet.rows if row.number < tables[0].header.number and not _is_help(row)
    ]
    if above:
        reading.notes.append(("title_row", _sentence(sheet, above)))


def _is_help(row: Row) -> bool:
    return row.cells[0].startswith("#")


def _tables(
    sheet: Sheet, *, options: ReadOptions, several: bool, unmatched: set[str]
) -> Iterator[Table]:
    """Yield the tables of a sheet; a further header row begins a further table."""
    rows = sheet.rows
    start = header_index(rows, options)
    if start is None:
        table = None if several else _headerless(rows, options=options, unmatched=unmatched)
        if table is not None:
            yield table
        return
    first, header = start, rows[start]
    if start + 1 < len(rows) and _is_second_header_row(header, rows[start + 1]):
        header = _joined(header, rows[start + 1])
        first = start + 1
    for index in range(first + 1, len(rows) + 1):
        at_end = index == len(rows)
        if not at_end and not _is_further_header(rows[index]):
            continue
        table = _table(header, rows[first + 1 : index], options=options, unmatched=unmatched)
        is_asked_for = options.header_row is not None or bool(options.columns)
        at_top = all(_is_help(row) for row in rows[:first])
        if table.rows and (is_asked_for or is_table(table, at_top=at_top)):
            yield table
        if not at_end:
            first, header = index, rows[index]


def _is_second_header_row(header: Row, row: Row) -> bool:
    """Return whether a row continues the header: cells merged over both rows are the same."""
    shared = [text for text, below in zip(header.cells, row.cells, strict=False) if text == below]
    return (
        row.number == header.number + 1
        and any(shared)
        and not any(sign.isdigit() for text in row.cells for sign in text)
        and row.cells != header.cells
    )


def _joined(header: Row, row: Row) -> Row:
    """Return one header row from two."""
    width = max(len(header.cells), len(row.cells))
    pairs = (
        tuple(cells[index] if index < len(cells) else "" for cells in (header.cells, row.cells))
        for index in range(width)
    )
    cells = [upper if upper == lower else f"{upper} {lower}".strip() for upper, lower in pairs]
    return Row(header.number, cells, header.after_gap, header.width)


def _is_further_header(row: Row) -> bool:
    filled = [text for text in row.cells if text]
    if len(filled) < 2 or any(sign.isdigit() for sign in filled[0]):
        return False
    return header_score(row) >= max(1.6, 0.5 * len(filled))


def _table(header: Row, rows: list[Row], *, options: ReadOptions, unmatched: set[str]) -> Table:
    cells = header_cells(header)
    samples = _samples(rows)
    overrides = prescribed_fields(cells, options, unmatched)
    dialect = dialect_of([cell.text for cell in cells])
    if dialect is not None:
        for cell in cells:
            held = dialect.fields.get(header_key(cell.text))
            if held is not None:
                overrides.setdefault(cell.index, held)
    fields = assign_fields(cells, samples, overrides)
    return Table(header, cells, fields, rows, dialect)


def _headerless(rows: list[Row], *, options: ReadOptions, unmatched: set[str]) -> Table | None:
    width = max((len(row.cells) for row in rows), default=0)
    cells = tuple(HeaderCell(index, column_letter(index), ()) for index in range(width))
    overrides = prescribed_fields(cells, options, unmatched)
    fields = overrides or infer_columns(_samples(rows))
    return Table(None, cells, dict(fields), rows) if fields else None


def _samples(rows: Sequence[Row]) -> dict[int, list[str]]:
    samples: dict[int, list[str]] = {}
    for row in rows[:_SAMPLE]:
        for index, text in enumerate(row.cells):
            if text:
                samples.setdefault(index, []).append(text)
    return samples


def _draft_rows(sheet: Sheet, table: Table, *, reading: TableReading, guard: Guard) -> None:
    layout = _layout(table)
    sorter = RowSorter(table.fields, table.rows)
    dropped: dict[RowKind, list[Row]] = {}
    fields = sorted(table.fields.items())
    carrier = Carrier(table.dialect)
    for count, row in enumerate(table.rows):
        if count % 2000 == 0:
            guard.check_time()
        kind = sorter.kind(row)
        cells = carrier.complete(_cells(row, fields))
        if carrier.states_product:
            reading.product = reading.product or dict(carrier.carried)
        if carrier.states_product and IDENTITY_FIELDS.isdisjoint(cells):
            reading.notes.append(("product_row", f"row {row.number} states the product"))
        elif kind is RowKind.LINE:
            reading.drafts.append(Draft(cells, layout, row=row.number, sheet=sheet.name))
        elif kind is RowKind.CONTINUATION and _continue(reading.drafts, cells):
            dropped.setdefault(kind, []).append(row)
        else:
            dropped.setdefault(kind, []).append(row)
    for kind, rows in dropped.items():
        reading.notes.append((kind.value, _sentence(sheet, rows)))


def _cells(row: Row, fields: Sequence[tuple[int, Field]]) -> dict[Field, str]:
    cells, width = row.cells, len(row.cells)
    return {held: cells[index] for index, held in fields if index < width and cells[index]}


def _continue(drafts: list[Draft], cells: Mapping[Field, str]) -> bool:
    """Append designators that overflowed into a row of their own."""
    if not drafts or Field.DESIGNATOR not in drafts[-1].cells:
        return False
    last = drafts[-1].cells
    last[Field.DESIGNATOR] = f"{last[Field.DESIGNATOR]}, {cells[Field.DESIGNATOR]}"
    return True


def _sentence(sheet: Sheet, rows: Sequence[Row]) -> str:
    where = f"sheet '{sheet.name}', " if sheet.name else ""
    shown = [
        f"{row.number} ('{' '.join(' '.join(row.cells).split())[:60]}')"
        for row in rows[:_SHOWN_ROWS]
    ]
    more = f" and {len(rows) - _SHOWN_ROWS} more" if len(rows) > _SHOWN_ROWS else ""
    return f"{where}row {', '.join(shown)}{more}"


def _layout(table: Table) -> Layout:
    texts = {cell.index: cell.text for cell in table.cells}
    hints = {cell.index: cell.hint for cell in table.cells if cell.hint}
    columns = {held: texts.get(index, column_letter(index)) for index, held in table.fields.items()}
    marks = _marks(table)
    by_field = {held: hints[index] for index, held in table.fields.items() if index in hints}
    unit = by_field.get(Field.QUANTITY, "").casefold()
    if unit in _UNITS or mass_unit_in(unit):
        by_field[Field.UNIT] = by_field[Field.QUANTITY]
    else:
        by_field.pop(Field.UNIT, None)
    header = " ".join(texts.values())
    price = columns.get(Field.UNIT_PRICE, "")
    japanese, chinese = _JAPANESE.search(header), _CHINESE.search(header)
    yen_or_yuan = "JPY" if japanese else "CNY" if chinese else None
    return Layout(
        columns=columns,
        marks=marks,
        hints=by_field,
        currency=currency_in(price, yen_or_yuan=yen_or_yuan),
        yen_or_yuan=yen_or_yuan,
        quantity_is_total=Field.QUANTITY not in columns and Field.TOTAL_QUANTITY in columns,
    )


def _marks(table: Table) -> dict[Field, DecimalMark]:
    """Return the decimal mark of each number column; one that is open takes its neighbours'."""
    texts: dict[int, list[str]] = {
        index: [] for index, held in table.fields.items() if held in NUMBER_FIELDS
    }
    for row in table.rows:
        for index, column in texts.items():
            text = row.cells[index] if index < len(row.cells) else ""
            # A column's first plain numbers are enough; every number with a mark counts.
            if text and (len(column) < _SAMPLE or "." in text or "," in text):
                column.append(text)
    marks = {table.fields[index]: decimal_mark(column) for index, column in texts.items()}
    settled = {mark for mark in marks.values() if mark is not DecimalMark.UNKNOWN}
    if len(settled) == 1:
        neighbours = settled.pop()
        return dict.fromkeys(marks, neighbours)
    return marks


def _drop_repeated_sheet(sheet: Sheet, reading: TableReading, before: int) -> None:
    """Leave out a sheet that repeats an earlier one, such as an older costed revision."""
    new = reading.drafts[before:]
    if before == 0 or len(new) < 3:
        return
    earlier = {_fingerprint(draft) for draft in reading.drafts[:before]}
    same = sum(1 for draft in new if _fingerprint(draft) in earlier)
    if same >= 0.9 * len(new):
        del reading.drafts[before:]
        reading.notes.append(
            ("repeated_sheet", f"sheet '{sheet.name}' repeats lines read before and was left out")
        )


def _fingerprint(draft: Draft) -> tuple[str, ...]:
    fields = (Field.PART_NUMBER, Field.NAME, Field.DESCRIPTION, Field.VALUE, Field.DESIGNATOR)
    return tuple(draft.cells.get(held, "") for held in fields)
