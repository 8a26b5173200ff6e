"""Products as ERP, PLM and CAD programs write them, with `json`, `csv`, ElementTree and openpyxl.

All parts hang on the product itself; what a hierarchy does is claimed by the tests of the readers.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from openpyxl import Workbook

from tests.property.reader_strategies import Row, plain
from tests.unit.readers.reference_product import WITH_UNIT, binary_workbook_of

_PRODUCT = "PRODUCT"
_NAMED = frozenset({"part_number", "description"})
_COUNTED = _NAMED | {"quantity"}
_WITH_MASS = WITH_UNIT | {"unit_mass_kg"}


@dataclass(frozen=True)
class Writer:
    """One format, and the fields that it can carry."""

    name: str
    write: Callable[[list[Row]], bytes]
    carries: frozenset[str]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _table(
    headers: str, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(headers.split("|"))
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def _numbered(product: list[Row]) -> list[tuple[str, Row]]:
    return [(str(position), row) for position, row in enumerate(product, start=1)]


# ------------------------------------------------------------------------------------ JSON


def own_lines(product: list[Row]) -> bytes:
    lines = [
        {
            "line_id": position,
            "part_number": row.number,
            "description": row.name,
            "quantity": float(row.quantity),
            "unit": row.unit,
            "unit_mass_kg": float(row.mass_kg),
        }
        for position, row in _numbered(product)
    ]
    return b"\n".join(_json(line) for line in lines)


def flat_objects(product: list[Row]) -> bytes:
    keys = ("Part Number", "Description", "Quantity", "Unit")
    rows = [(row.number, row.name, float(row.quantity), row.unit) for row in product]
    return _json([dict(zip(keys, values, strict=True)) for values in rows])


def sap_items(product: list[Row]) -> bytes:
    items = [
        {
            "BillOfMaterialItemNumber": f"{10 * int(position):04d}",
            "BillOfMaterialComponent": row.number,
            "ComponentDescription": row.name,
            "BillOfMaterialItemQuantity": f"{row.quantity:.3f}",
            "BillOfMaterialItemUnit": row.unit,
        }
        for position, row in _numbered(product)
    ]
    return _json({"d": {"results": items}})


def sap_explosion(product: list[Row]) -> bytes:
    rows = [
        {
            "b_o_m_explosion_level": "1",
            "bill_of_material_component": row.number,
            "component_description": row.name,
            "bill_of_material_comp_quant": f"{row.quantity:.3f}",
            "base_uom": row.unit,
        }
        for row in product
    ]
    return _json({"d": {"results": rows}})


def erpnext_document(product: list[Row]) -> bytes:
    items = [
        {
            "item_code": row.number,
            "description": row.name,
            "qty": float(row.quantity),
            "uom": row.unit,
        }
        for row in product
    ]
    return _json({"data": {"doctype": "BOM", "name": _PRODUCT, "quantity": 1, "items": items}})


def odoo_records(product: list[Row]) -> bytes:
    lines = [
        {
            "id": int(position),
            "product_id": [int(position), f"[{row.number}] {row.name}"],
            "product_qty": float(row.quantity),
            "product_uom_id": [1, row.unit],
            "bom_id": [1, _PRODUCT],
            "child_bom_id": False,
        }
        for position, row in _numbered(product)
    ]
    return _json({"jsonrpc": "2.0", "id": 1, "result": lines})


def inventree_items(product: list[Row]) -> bytes:
    items = [
        {
            "part": 1,
            "sub_part": 10 + int(position),
            "quantity": float(row.quantity),
            "sub_part_detail": {"IPN": row.number, "description": row.name, "units": row.unit},
        }
        for position, row in _numbered(product)
    ]
    return _json({"count": len(items), "results": items})


def tryton_rows(product: list[Row]) -> bytes:
    inputs = [
        {
            "id": int(position),
            "product.": {"rec_name": f"[{row.number}] {row.name}"},
            "quantity": float(row.quantity),
            "unit.": {"symbol": row.unit},
        }
        for position, row in _numbered(product)
    ]
    outputs = [{"product.": {"rec_name": f"[{_PRODUCT}] Product"}, "quantity": 1.0}]
    bom = {"id": 1, "name": "Product", "inputs": inputs, "outputs": outputs}
    return _json({"id": 5, "result": [bom]})


def cyclonedx(product: list[Row]) -> bytes:
    components = [
        {
            "type": "device",
            "bom-ref": position,
            "name": row.number,
            "description": row.name,
            "properties": [{"name": "cdx:device:quantity", "value": plain(row.quantity)}],
        }
        for position, row in _numbered(product)
    ]
    return _json({"bomFormat": "CycloneDX", "specVersion": "1.7", "components": components})


# ---------------------------------------------------------------------------------- tables


def erpnext_table(product: list[Row]) -> bytes:
    headers = "ID|Item|Quantity|Item Code (Items)|Description (Items)|Qty (Items)|UOM (Items)"
    rows = [
        [*(["BOM-1", _PRODUCT, "1"] if at == "1" else ["", "", ""]), *_plain_cells(row)]
        for at, row in _numbered(product)
    ]
    return _table(headers, rows)


def erpnext_items(product: list[Row]) -> bytes:
    headers = "Item Code|Item Name|Item Group|Default Unit of Measure|Weight Per Unit|Weight UOM"
    rows = [[row.number, row.name, "Parts", row.unit, plain(row.mass_kg), "kg"] for row in product]
    return _table(headers, rows)


def odoo_table(product: list[Row]) -> bytes:
    headers = (
        "product_tmpl_id|product_qty|bom_line_ids/product_id|bom_line_ids/product_qty"
        "|bom_line_ids/product_uom_id"
    )
    rows = [
        [
            *([f"[{_PRODUCT}] Product", "1"] if at == "1" else ["", ""]),
            f"[{row.number}] {row.name}",
            plain(row.quantity),
            row.unit,
        ]
        for at, row in _numbered(product)
    ]
    return _table(headers, rows, encoding="utf-8-sig")


def inventree_table(product: list[Row]) -> bytes:
    rows = [["1", *_plain_cells(row)] for row in product]
    return _table("Level|Part IPN|Part Name|Quantity|Part Units", rows)


def tryton_table(product: list[Row]) -> bytes:
    headers = "Name|Outputs/Product|Outputs/Quantity|Inputs/Product|Inputs/Quantity|Inputs/Unit"
    first = ["Product", f"[{_PRODUCT}] Product", "1"]
    rows = [
        [
            *(first if at == "1" else ["", "", ""]),
            f"[{row.number}] {row.name}",
            plain(row.quantity),
            row.unit,
        ]
        for at, row in _numbered(product)
    ]
    return _table(headers, rows, ";")


def django_bom(product: list[Row]) -> bytes:
    rows = [
        ["0", row.number, plain(row.quantity), "", "", row.name, "Example Metals"]
        for row in product
    ]
    return _table("level|part_number|quantity|do_not_load|references|synopsis|seller", rows)


def business_central(product: list[Row]) -> bytes:
    headers = (
        "Production BOM No.|Line No.|Type|No.|Description|Unit of Measure Code|Quantity per|Scrap %"
    )
    rows = [
        [
            _PRODUCT,
            f"{int(at)}0000",
            "Item",
            row.number,
            row.name,
            row.unit,
            plain(row.quantity),
            "0",
        ]
        for at, row in _numbered(product)
    ]
    return _table(headers, rows)


def granta_table(product: list[Row]) -> bytes:
    headers = (
        "BoM Level|ID|Name|Item Type|Quantity|Unit of measure|Measured mass (per UoM)"
        "|Measured mass unit"
    )
    rows = [
        [
            "1",
            row.number,
            row.name,
            "Part",
            plain(row.quantity),
            row.unit,
            plain(row.mass_kg),
            "kg/Part",
        ]
        for row in product
    ]
    return _table(headers, rows, encoding="utf-8-sig")


def kicad(product: list[Row]) -> bytes:
    headers = "Id|Designator|Package|Quantity|Designation|Supplier and ref|MPN"
    rows = [
        [at, "", "", plain(row.quantity), row.name, "", row.number]
        for at, row in _numbered(product)
    ]
    return _table(headers, rows, ";")


def altium(product: list[Row]) -> bytes:
    rows = [["", row.name, "", "", row.number, plain(row.quantity)] for row in product]
    return _table("Comment|Description|Designator|Footprint|LibRef|Quantity", rows)


def easyeda(product: list[Row]) -> bytes:
    headers = "ID|Name|Designator|Footprint|Quantity|Manufacturer Part"
    rows = [
        [at, row.name, "", "", plain(row.quantity), row.number] for at, row in _numbered(product)
    ]
    return _table(headers, rows, "\t", "utf-16")


def orcad(product: list[Row]) -> bytes:
    rows = [["_" * 40]]
    rows += [[at, plain(row.quantity), "", row.name, row.number] for at, row in _numbered(product)]
    table = _table("Item|Quantity|Reference|Part|Part Number", rows, "\t")
    return b"Product  Revised: Monday, March 02, 2026\r\n\r\n" + table


def _plain_cells(row: Row) -> list[str]:
    return [row.number, row.name, plain(row.quantity), row.unit]


def binary_workbook(product: list[Row]) -> bytes:
    headers = ["Part Number", "Description", "Quantity", "Unit"]
    return binary_workbook_of([headers, *(_plain_cells(row) for row in product)])


def reporting_template(product: list[Row]) -> bytes:
    book = Workbook()
    declaration = book.active
    assert declaration is not None
    declaration.title = "Declaration"
    declaration.append(["Company Name (*):", None, "Example Magnets"])
    declaration.append(["Neodymium (*)", None, "Yes"])
    book.create_sheet("Smelter List").append(["Metal (*)", "Smelter Country (*)"])
    products = book.create_sheet("Product List")
    products.append(["Manufacturer's Product Number (*)", "Manufacturer's Product Name"])
    for row in product:
        products.append([row.number, row.name])
        products.cell(products.max_row, 2).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ------------------------------------------------------------------------------------- XML


def granta_document(product: list[Row]) -> bytes:
    root = ET.Element("PartsEco", xmlns="http://www.grantadesign.com/23/01/BillOfMaterialsEco")
    components = ET.SubElement(root, "Components")
    for row in product:
        part = ET.SubElement(components, "Part")
        ET.SubElement(part, "Quantity", Unit=row.unit).text = plain(row.quantity)
        ET.SubElement(part, "MassPerUom", Unit="kg/Part").text = plain(row.mass_kg)
        ET.SubElement(part, "PartNumber").text = row.number
        ET.SubElement(part, "Name").text = row.name
    return _xml(root)


def ipc_products(product: list[Row]) -> bytes:
    root = ET.Element("MainDeclaration", xmlns="http://webstds.ipc.org/175x/2.0", version="2.0")
    whole = ET.SubElement(root, "Product", unitType="Each", quantity="1")
    ET.SubElement(whole, "ProductID", itemName="Product", itemNumber=_PRODUCT)
    for row in product:
        part = ET.SubElement(whole, "SubProduct", unitType=row.unit, quantity=plain(row.quantity))
        identity = ET.SubElement(part, "ProductID", itemName=row.name, itemNumber=row.number)
        ET.SubElement(identity, "Amount", value=plain(row.mass_kg * 1000), UOM="g")
    return _xml(root)


def _xml(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


WRITERS = (
    Writer("xlsb", binary_workbook, WITH_UNIT),
    Writer("ndjson", own_lines, _WITH_MASS),
    Writer("json_rows", flat_objects, WITH_UNIT),
    Writer("sap_material_bom", sap_items, WITH_UNIT),
    Writer("sap_explode_bom", sap_explosion, WITH_UNIT),
    Writer("erpnext_json", erpnext_document, WITH_UNIT),
    Writer("erpnext_csv", erpnext_table, WITH_UNIT),
    Writer("erpnext_items_csv", erpnext_items, _NAMED | {"unit", "unit_mass_kg"}),
    Writer("odoo_json", odoo_records, WITH_UNIT),
    Writer("odoo_csv", odoo_table, WITH_UNIT),
    Writer("inventree_json", inventree_items, WITH_UNIT),
    Writer("inventree_csv", inventree_table, WITH_UNIT),
    Writer("tryton_json", tryton_rows, WITH_UNIT),
    Writer("tryton_csv", tryton_table, WITH_UNIT),
    Writer("django_bom_csv", django_bom, _COUNTED),
    Writer("business_central_csv", business_central, WITH_UNIT),
    Writer("kicad_csv", kicad, _COUNTED),
    Writer("altium_csv", altium, _COUNTED),
    Writer("easyeda_csv", easyeda, _COUNTED),
    Writer("orcad_bom", orcad, _COUNTED),
    Writer("granta_csv", granta_table, _WITH_MASS),
    Writer("granta_xml", granta_document, _WITH_MASS),
    Writer("cyclonedx_json", cyclonedx, _COUNTED),
    Writer("ipc1752_xml", ipc_products, _WITH_MASS),
    Writer("rmi_amrt", reporting_template, _NAMED),
)
