"""Sheets to a BOM with the facts about the file; what CSV, XLSX, XLS and ODS have in common."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.fields import Field
from app.readers.source import Source
from app.readers.table import Sheet
from app.readers.tabular import TableReading, read_sheets


def read_table_bom(
    source: Source,
    sheets: Sequence[Sheet],
    *,
    file_format: str,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Bom:
    """Return the BOM of a file whose sheets are read.

    Args:
        source: The file.
        sheets: Its sheets as rows of text.
        file_format: Name of the format; a known program's export replaces it.
        encoding: Encoding of a text file.
        delimiter: Delimiter of a text file.
    """
    source.has_columns = True
    reading = read_sheets(sheets, options=source.options, guard=source.guard)
    first_sheet, first = reading.tables[0]
    notes = list(reading.notes)
    for sheet, table in reading.tables[1:]:
        if table.header is not None:
            where = f"sheet '{sheet.name}', " if sheet.name else ""
            notes.append(("further_table", f"{where}header in row {table.header.number}"))
    if first.header is None:
        notes.append(("no_header", "no header was found; the columns were told by their content"))
    if reading.drafts and not any(
        {Field.QUANTITY, Field.TOTAL_QUANTITY} & set(table.fields.values())
        for _, table in reading.tables
    ):
        notes.append(("no_quantity_column", "no column holds a quantity"))
    facts = FileFacts(
        format=first.dialect.name if first.dialect else file_format,
        encoding=encoding,
        delimiter=delimiter,
        sheet=first_sheet.name,
        header_row=first.header.number if first.header is not None else None,
        columns=_columns(reading),
        ignored_columns=_ignored(reading),
        notes=tuple(notes),
    )
    product = _product(reading)
    return assemble(
        reading.drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id)
    )


def _columns(reading: TableReading) -> tuple[tuple[str, str], ...]:
    """Return (header text, field) of every column that was used, in order, without repetition."""
    used: dict[tuple[str, str], None] = {}
    for _, table in reading.tables:
        for cell in table.cells:
            held = table.fields.get(cell.index)
            if held is not None:
                used[cell.text, held.value] = None
    return tuple(used)


def _ignored(reading: TableReading) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for _, table in reading.tables:
        for cell in table.cells:
            if cell.index not in table.fields:
                names[cell.text] = None
    return tuple(names)


def _product(reading: TableReading) -> Product:
    cells = reading.product
    return Product(
        id=cells.get(Field.PRODUCT) or cells.get(Field.LINE_ID) or cells.get(Field.PART_NUMBER),
        name=cells.get(Field.PRODUCT_NAME) or cells.get(Field.NAME),
    )
