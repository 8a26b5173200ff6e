"""One product in every format that is read. Nothing here comes from a real file."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from tests.ods_writer import ods_workbook

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers"


@dataclass(frozen=True)
class Part:
    number: str
    name: str
    quantity: float
    unit: str
    mass_kg: float
    supplier: str
    origin: str


#: Quantities are per product.
PARTS = (
    Part("MAG-42", "Sintered NdFeB magnet N42SH", 48.0, "pc", 0.0075, "Example Magnets", "JP"),
    Part("ROT-1", "Rotor with shaft", 2.0, "pc", 0.4, "Example Metals", "DE"),
    Part("WIR-9", "Enamelled copper wire", 2.5, "m", 0.02, "Example Metals", "DE"),
    Part("SCR-3", "Screw M3x8", 12.0, "pc", 0.001, "Example Metals", "DE"),
)
PRODUCT_ID = "AX-1"
PRODUCT_NAME = "Actuator"

IDENTITY = frozenset({"part_number", "description", "quantity"})
WITH_UNIT = IDENTITY | {"unit"}
WITH_MASS = WITH_UNIT | {"unit_mass_kg"}
WITH_SUPPLIER = WITH_UNIT | {"supplier"}
EVERYTHING = WITH_MASS | {"supplier", "origin"}


@dataclass(frozen=True)
class Fixture:
    """The product in one format, with the fields that the format can carry."""

    name: str
    build: Callable[[], bytes]
    carries: frozenset[str]


HEADERS = (
    "Item No.",
    "Part Number",
    "Description",
    "Qty",
    "Unit",
    "Unit mass (kg)",
    "Supplier",
    "Country of origin",
)


def plain(number: float) -> str:
    return f"{number:g}"


def table(headers: Sequence[str] = HEADERS) -> list[list[str]]:
    rows = [
        [
            str(position),
            part.number,
            part.name,
            plain(part.quantity),
            part.unit,
            plain(part.mass_kg),
            part.supplier,
            part.origin,
        ]
        for position, part in enumerate(PARTS, start=1)
    ]
    return [list(headers), *rows]


def delimited(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


# ------------------------------------------------------------------------------- tables


def comma() -> bytes:
    return delimited(table()).encode()


def german() -> bytes:
    headers = ("Pos.", "Teilenummer", "Bezeichnung", "Menge", "Einheit", "Stückmasse (kg)")
    rows = table((*headers, "Lieferant", "Ursprungsland"))
    countries = {"JP": "Japan", "DE": "Deutschland"}
    body = [
        [
            *row[:3],
            row[3].replace(".", ","),
            row[4],
            row[5].replace(".", ","),
            row[6],
            countries[row[7]],
        ]
        for row in rows[1:]
    ]
    return delimited([rows[0], *body], ";").encode("cp1252")


def japanese() -> bytes:
    headers = ("項番", "品番", "品名", "数量", "単位", "単位質量 (kg)", "仕入先", "原産国")
    countries = {"JP": "日本", "DE": "ドイツ"}
    rows = table(headers)
    return delimited([rows[0], *([*row[:7], countries[row[7]]] for row in rows[1:])]).encode(
        "cp932"
    )


def chinese() -> bytes:
    headers = ("序号", "料号", "名称", "数量", "单位", "单重 (kg)", "供应商", "原产国")
    countries = {"JP": "日本", "DE": "德国"}
    rows = table(headers)
    return delimited([rows[0], *([*row[:7], countries[row[7]]] for row in rows[1:])]).encode(
        "gb18030"
    )


def tabs() -> bytes:
    return delimited(table(), "\t").encode("utf-16")


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Bill of materials of an actuator"])
    rows = table()
    sheet.append(rows[0])
    for row in rows[1:]:
        sheet.append([int(row[0]), *row[1:3], float(row[3]), row[4], float(row[5]), *row[6:]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_workbook() -> bytes:
    return (FIXTURES / "reference_product.xls").read_bytes()


def binary_workbook() -> bytes:
    return binary_workbook_of(table())


def binary_workbook_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Return an XLSB workbook of text cells, record by record (MS-XLSB 2.1.4)."""

    def record(kind: int, payload: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = len(payload)
        length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
        return head + length + payload

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("BOM")
    book = record(131) + record(143) + record(156, bundle) + record(144) + record(132)
    last = (len(rows) - 1, len(rows[0]) - 1)
    cells = record(129) + record(148, struct.pack("<IIII", 0, last[0], 0, last[1])) + record(145)
    for number, row in enumerate(rows):
        cells += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, text in enumerate(row):
            cells += record(6, struct.pack("<II", column, 0) + wide(text))
    cells += record(146) + record(130)
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006'
        '/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/>'
        "</Relationships>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", cells)
    return out.getvalue()


def open_document() -> bytes:
    return ods_workbook(table())


# --------------------------------------------------------------------------- our own JSON


def own_lines() -> list[dict[str, object]]:
    return [
        {
            "line_id": str(position),
            "part_number": part.number,
            "description": part.name,
            "quantity": part.quantity,
            "unit": part.unit,
            "unit_mass_kg": part.mass_kg,
            "supplier": {"name": part.supplier, "country": part.origin},
        }
        for position, part in enumerate(PARTS, start=1)
    ]


def own_json() -> bytes:
    return as_json({"bom": {"id": PRODUCT_ID, "name": PRODUCT_NAME, "lines": own_lines()}})


def lines_one_by_one() -> bytes:
    return b"\n".join(as_json(line) for line in own_lines())


def flat_objects() -> bytes:
    keys = ("Part Number", "Description", "Quantity", "Unit", "Supplier", "Country of origin")
    return as_json(
        [
            dict(
                zip(keys, (p.number, p.name, p.quantity, p.unit, p.supplier, p.origin), strict=True)
            )
            for p in PARTS
        ]
    )
