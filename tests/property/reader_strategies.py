"""Products, and files that are nearly right, for the properties of the readers."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st
from openpyxl import Workbook


@dataclass(frozen=True)
class Row:
    """One line as a purchaser would write it; every value can be read back exactly."""

    number: str
    name: str
    quantity: Decimal
    unit: str
    mass_kg: Decimal
    country: str


HEADERS = ("Part Number", "Description", "Quantity", "Unit", "Unit mass (kg)", "Country of origin")

#: Letters of many scripts, without what a spreadsheet or our reader takes for something else.
_LETTERS = st.characters(
    codec="utf-8",
    categories=("Lu", "Ll", "Lo", "Nd"),
    include_characters=" -/().,;\"'°µ%&<>",
    max_codepoint=0xFFFF,
)
names = (
    st.text(_LETTERS, min_size=1, max_size=40)
    .map(lambda text: "part " + " ".join(text.split()))
    .map(str.strip)
)
numbers = st.from_regex(r"[A-Z]{2,4}-[0-9]{2,6}", fullmatch=True)
quantities = st.decimals(min_value=0, max_value=99_999, places=2).map(lambda q: abs(q.normalize()))
masses = st.decimals(min_value=0, max_value=900, places=4).map(lambda m: abs(m.normalize()))
units = st.sampled_from(["pc", "m", "kg", "set", "m^2", "个"])
countries = st.sampled_from(["JP", "CN", "DE", "MY", "US", "NO"])

rows = st.builds(
    Row,
    number=numbers,
    name=names,
    quantity=quantities,
    unit=units,
    mass_kg=masses,
    country=countries,
)
products = st.lists(rows, min_size=2, max_size=12)


def plain(number: Decimal) -> str:
    return f"{number:f}"


def cells(row: Row, *, comma: bool = False) -> list[str]:
    values = [plain(row.quantity), plain(row.mass_kg)]
    quantity, mass = (value.replace(".", ",") if comma else value for value in values)
    return [row.number, row.name, quantity, row.unit, mass, row.country]


def as_delimited(product: list[Row], *, delimiter: str, encoding: str, comma: bool) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADERS)
    writer.writerows(cells(row, comma=comma) for row in product)
    return out.getvalue().encode(encoding)


def as_workbook(product: list[Row], *, first_row: int, first_column: int) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for offset, header in enumerate(HEADERS):
        sheet.cell(first_row, first_column + offset, header)
    for line, row in enumerate(product, start=first_row + 1):
        values = (row.number, row.name, float(row.quantity), row.unit, float(row.mass_kg))
        for offset, value in enumerate((*values, row.country)):
            cell = sheet.cell(line, first_column + offset)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with = is a name
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_own_json(product: list[Row]) -> bytes:
    lines = [
        {
            "line_id": str(position),
            "part_number": row.number,
            "description": row.name,
            "quantity": float(row.quantity),
            "unit": row.unit,
            "unit_mass_kg": float(row.mass_kg),
            "supplier": {"country": row.country},
        }
        for position, row in enumerate(product, start=1)
    ]
    return json.dumps({"id": "P", "lines": lines}, ensure_ascii=False).encode()
