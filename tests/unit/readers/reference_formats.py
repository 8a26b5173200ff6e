"""The reference product as ERP, PLM and CAD programs write it; the rotor holds the magnets."""

from __future__ import annotations

from tests.unit.readers.reference_cad import altium, easyeda, kicad, orcad
from tests.unit.readers.reference_product import (
    EVERYTHING,
    IDENTITY,
    PARTS,
    PRODUCT_ID,
    PRODUCT_NAME,
    WITH_MASS,
    WITH_SUPPLIER,
    WITH_UNIT,
    Fixture,
    Part,
    as_json,
    binary_workbook,
    chinese,
    comma,
    delimited,
    flat_objects,
    german,
    japanese,
    lines_one_by_one,
    old_workbook,
    open_document,
    own_json,
    plain,
    tabs,
    workbook,
)

MAGNET, ROTOR, WIRE, SCREW = PARTS
#: 24 magnets sit in each of the two rotors.
MAGNETS_PER_ROTOR = MAGNET.quantity / ROTOR.quantity
TOP = (ROTOR, WIRE, SCREW)
BASE = 10.0


def sap_items() -> bytes:
    """Items of a header whose base quantity is ten; decimals are texts."""
    items = [
        {
            "BillOfMaterialItemNumber": f"{10 * position:04d}",
            "BillOfMaterialComponent": part.number,
            "ComponentDescription": part.name,
            "BillOfMaterialItemCategory": "L",
            "BillOfMaterialItemQuantity": f"{part.quantity * BASE:.3f}",
            "BillOfMaterialItemUnit": part.unit,
            "ValidityStartDate": "/Date(1767225600000)/",
        }
        for position, part in enumerate(PARTS, start=1)
    ]
    header = {
        "Material": PRODUCT_ID,
        "BOMHeaderQuantityInBaseUnit": f"{BASE:.3f}",
        "to_BillOfMaterialItem": {"results": items},
    }
    return as_json({"d": {"results": [header]}})


def sap_explosion() -> bytes:
    def row(level: int, number: str, name: str, quantity: float, unit: str) -> dict[str, object]:
        return {
            "b_o_m_explosion_level": str(level),
            "bill_of_material_component": number,
            "component_description": name,
            "bill_of_material_comp_quant": f"{quantity:.3f}",
            "base_uom": unit,
            "is_phantom_item": False,
        }

    rows = [row(1, ROTOR.number, ROTOR.name, ROTOR.quantity, ROTOR.unit)]
    rows.append(row(2, MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.unit))
    rows += [row(1, part.number, part.name, part.quantity, part.unit) for part in TOP[1:]]
    return as_json({"d": {"results": rows}})


def erpnext_json() -> bytes:
    def item(
        number: str, name: str, quantity: float, unit: str, bom: str = ""
    ) -> dict[str, object]:
        return {
            "item_code": number,
            "description": name,
            "qty": quantity,
            "uom": unit,
            "bom_no": bom,
        }

    top = [item(ROTOR.number, ROTOR.name, ROTOR.quantity * BASE, ROTOR.unit, "BOM-ROT")]
    top += [item(part.number, part.name, part.quantity * BASE, part.unit) for part in TOP[1:]]
    inner = [item(MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.unit)]
    documents = [
        {"doctype": "BOM", "name": "BOM-ROT", "item": ROTOR.number, "quantity": 1, "items": inner},
        {"doctype": "BOM", "name": "BOM-AX", "item": PRODUCT_ID, "quantity": BASE, "items": top},
    ]
    return as_json({"data": documents})


def erpnext_table() -> bytes:
    header = ["ID", "Item", "Quantity", "Item Code (Items)", "Description (Items)"]
    rows = [[*header, "Qty (Items)", "UOM (Items)"]]
    parents = {0: ["BOM-AX", PRODUCT_ID, plain(BASE)]}
    for position, part in enumerate(TOP):
        parent = parents.get(position, ["", "", ""])
        rows.append([*parent, part.number, part.name, plain(part.quantity * BASE), part.unit])
    magnet = [MAGNET.number, MAGNET.name, plain(MAGNETS_PER_ROTOR), MAGNET.unit]
    rows.append(["BOM-ROT", ROTOR.number, "1", *magnet])
    padded = [[f"{cell} " for cell in row] for row in rows]
    return delimited(padded).encode()


def erpnext_items() -> bytes:
    header = ["Item Code", "Item Name", "Item Group", "Default Unit of Measure"]
    rows = [[*header, "Weight Per Unit", "Weight UOM", "Country of Origin"]]
    rows += [
        [part.number, part.name, "Parts", part.unit, plain(part.mass_kg * 1000), "g", part.origin]
        for part in PARTS
    ]
    return delimited(rows).encode()


def odoo_json() -> bytes:
    def line(
        number: str, name: str, quantity: float, unit: str, child: object
    ) -> dict[str, object]:
        return {
            "id": 90,
            "product_id": [7, f"[{number}] {name}"],
            "product_qty": quantity,
            "product_uom_id": [1, unit],
            "bom_id": [1, "AX"],
            "child_bom_id": child,
        }

    lines = [line(ROTOR.number, ROTOR.name, ROTOR.quantity, ROTOR.unit, [2, "ROT"])]
    lines += [line(part.number, part.name, part.quantity, part.unit, False) for part in TOP[1:]]
    inner = line(MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.unit, False)
    inner["bom_id"] = [2, "ROT"]
    return as_json({"jsonrpc": "2.0", "id": 1, "result": [*lines, inner]})


def odoo_table() -> bytes:
    rows = [
        [
            "product_tmpl_id",
            "product_qty",
            "bom_line_ids/product_id",
            "bom_line_ids/product_qty",
            "bom_line_ids/product_uom_id",
        ]
    ]
    parents = {0: [f"[{PRODUCT_ID}] {PRODUCT_NAME}", plain(BASE)]}
    for position, part in enumerate(TOP):
        label = f"[{part.number}] {part.name}"
        rows.append(
            [*parents.get(position, ["", ""]), label, plain(part.quantity * BASE), part.unit]
        )
    rows.append(
        [
            f"[{ROTOR.number}] {ROTOR.name}",
            "1",
            f"[{MAGNET.number}] {MAGNET.name}",
            plain(MAGNETS_PER_ROTOR),
            MAGNET.unit,
        ]
    )
    return delimited(rows).encode("utf-8-sig")


def inventree_json() -> bytes:
    keys = {part.number: 10 + position for position, part in enumerate(PARTS)}

    def item(parent: int, number: str, name: str, quantity: float, unit: str) -> dict[str, object]:
        return {
            "part": parent,
            "sub_part": keys[number],
            "quantity": quantity,
            "sub_part_detail": {"IPN": number, "name": "", "description": name, "units": unit},
            "optional": False,
            "substitutes": [],
        }

    items = [item(1, part.number, part.name, part.quantity, part.unit) for part in TOP]
    inner = item(keys[ROTOR.number], MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.unit)
    return as_json({"count": 4, "results": [*items, inner]})


def inventree_table() -> bytes:
    rows = [["Level", "Part IPN", "Part Name", "Quantity", "Part Units"]]
    rows.append(["1", ROTOR.number, ROTOR.name, plain(ROTOR.quantity), ROTOR.unit])
    rows.append(["2", MAGNET.number, MAGNET.name, plain(MAGNETS_PER_ROTOR), MAGNET.unit])
    rows += [["1", p.number, p.name, plain(p.quantity), p.unit] for p in TOP[1:]]
    return delimited(rows).encode()


def tryton_json() -> bytes:
    def row(number: str, name: str, quantity: float, unit: str) -> dict[str, object]:
        return {
            "id": 3,
            "product.": {"rec_name": f"[{number}] {name}"},
            "quantity": quantity,
            "unit.": {"symbol": unit},
        }

    def bom(
        name: str, made: str, amount: float, inputs: list[dict[str, object]]
    ) -> dict[str, object]:
        outputs = [{"product.": {"rec_name": made}, "quantity": amount}]
        return {"id": 1, "name": name, "inputs": inputs, "outputs": outputs}

    top = [row(p.number, p.name, p.quantity * BASE, p.unit) for p in TOP]
    inner = [row(MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.unit)]
    boms = [
        bom(PRODUCT_NAME, f"[{PRODUCT_ID}] {PRODUCT_NAME}", BASE, top),
        bom("Rotor", f"[{ROTOR.number}] {ROTOR.name}", 1.0, inner),
    ]
    return as_json({"id": 5, "result": boms})


def tryton_table() -> bytes:
    rows = [["Name", "Outputs/Product", "Outputs/Quantity", "Inputs/Product", "Inputs/Quantity"]]
    rows[0].append("Inputs/Unit")
    first = [PRODUCT_NAME, f"[{PRODUCT_ID}] {PRODUCT_NAME}", plain(BASE)]
    for position, part in enumerate(TOP):
        label = f"[{part.number}] {part.name}"
        quantity = plain(part.quantity * BASE)
        rows.append([*(first if position == 0 else ["", "", ""]), label, quantity, part.unit])
    magnet = [f"[{MAGNET.number}] {MAGNET.name}", plain(MAGNETS_PER_ROTOR), MAGNET.unit]
    rows.append(["Rotor", f"[{ROTOR.number}] {ROTOR.name}", "1", *magnet])
    return delimited(rows, ";").encode()


def django_bom() -> bytes:
    rows = [["level", "part_number", "quantity", "do_not_load", "references", "synopsis", "seller"]]
    rows.append(["0", ROTOR.number, plain(ROTOR.quantity), "", "", ROTOR.name, ROTOR.supplier])
    magnets = plain(MAGNETS_PER_ROTOR)
    rows.append(["1", MAGNET.number, magnets, "", "", MAGNET.name, MAGNET.supplier])
    rows += [["0", p.number, plain(p.quantity), "", "", p.name, p.supplier] for p in TOP[1:]]
    return delimited(rows).encode()


def business_central() -> bytes:
    header = ["Production BOM No.", "Line No.", "Type", "No.", "Description"]
    rows = [[*header, "Unit of Measure Code", "Quantity per", "Scrap %"]]

    def row(bom: str, kind: str, part: Part, quantity: float) -> list[str]:
        return [bom, "10000", kind, part.number, part.name, part.unit, plain(quantity), "0"]

    rows.append(row(PRODUCT_ID, "Production BOM", ROTOR, ROTOR.quantity))
    rows += [row(PRODUCT_ID, "Item", part, part.quantity) for part in TOP[1:]]
    rows.append(row(ROTOR.number, "Item", MAGNET, MAGNETS_PER_ROTOR))
    return delimited(rows).encode()


def granta_table() -> bytes:
    rows = [["BoM Level", "ID", "Name", "Item Type", "Quantity", "Unit of measure"]]
    rows[0] += ["Measured mass (per UoM)", "Measured mass unit"]

    def row(
        level: int, number: str, name: str, quantity: float, unit: str, mass: float
    ) -> list[str]:
        return [
            str(level),
            number,
            name,
            "Part",
            plain(quantity),
            unit,
            plain(mass * 1000),
            "g/Part",
        ]

    rows.append(row(1, ROTOR.number, ROTOR.name, ROTOR.quantity, ROTOR.unit, ROTOR.mass_kg))
    magnet = (MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.unit, MAGNET.mass_kg)
    rows.append(row(2, *magnet))
    rows += [row(1, p.number, p.name, p.quantity, p.unit, p.mass_kg) for p in TOP[1:]]
    return delimited(rows).encode("utf-8-sig")


def granta_xml() -> bytes:
    def part(
        number: str, name: str, quantity: float, unit: str, mass: float, inner: str = ""
    ) -> str:
        components = f"<Components>{inner}</Components>" if inner else ""
        return (
            f'<Part><Quantity Unit="{unit}">{quantity}</Quantity><MassPerUom Unit="kg/Part">{mass}'
            f"</MassPerUom><PartNumber>{number}</PartNumber><Name>{name}</Name>{components}</Part>"
        )

    magnet = part(MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.unit, MAGNET.mass_kg)
    parts = part(ROTOR.number, ROTOR.name, ROTOR.quantity, ROTOR.unit, ROTOR.mass_kg, magnet)
    parts += "".join(part(p.number, p.name, p.quantity, p.unit, p.mass_kg) for p in TOP[1:])
    notes = f"<Notes><ProductName>{PRODUCT_NAME}</ProductName></Notes>"
    body = f"<Components>{parts}</Components>{notes}".replace("<", "<eco:")
    return (
        '<?xml version="1.0" encoding="utf-8"?><eco:PartsEco '
        'xmlns:eco="http://www.grantadesign.com/23/01/BillOfMaterialsEco">'
        + body.replace("<eco:/", "</eco:")
        + "</eco:PartsEco>"
    ).encode()


def cyclonedx() -> bytes:
    def device(number: str, name: str, quantity: float, supplier: str) -> dict[str, object]:
        return {
            "type": "device",
            "bom-ref": number,
            "name": number,
            "description": name,
            "supplier": {"name": supplier},
            "properties": [{"name": "cdx:device:quantity", "value": plain(quantity)}],
        }

    rotor = device(ROTOR.number, ROTOR.name, ROTOR.quantity, ROTOR.supplier)
    rotor["components"] = [device(MAGNET.number, MAGNET.name, MAGNETS_PER_ROTOR, MAGNET.supplier)]
    rest = [device(p.number, p.name, p.quantity, p.supplier) for p in TOP[1:]]
    return as_json({"bomFormat": "CycloneDX", "specVersion": "1.7", "components": [rotor, *rest]})


def ipc_products() -> bytes:
    """A declaration whose sub-products are the parts."""
    parts = "".join(
        f'<SubProduct unitType="{p.unit}" quantity="{plain(p.quantity)}"><ProductID '
        f'itemName="{p.name}" itemNumber="{p.number}">'
        f'<Amount value="{plain(p.mass_kg * 1000)}" UOM="g"/></ProductID>'
        "</SubProduct>"
        for p in PARTS
    )
    return (
        '<MainDeclaration xmlns="http://webstds.ipc.org/175x/2.0" version="2.0">'
        f'<Product unitType="Each" quantity="1"><ProductID itemName="{PRODUCT_NAME}" '
        f'itemNumber="{PRODUCT_ID}"/>{parts}</Product></MainDeclaration>'
    ).encode()


TABLE_FIXTURES = (
    Fixture("csv", comma, EVERYTHING),
    Fixture("csv", german, EVERYTHING),
    Fixture("csv", japanese, EVERYTHING),
    Fixture("csv", chinese, EVERYTHING),
    Fixture("tsv", tabs, EVERYTHING),
    Fixture("xlsx", workbook, EVERYTHING),
    Fixture("xls", old_workbook, EVERYTHING),
    Fixture("xlsb", binary_workbook, EVERYTHING),
    Fixture("ods", open_document, EVERYTHING),
    Fixture("json", own_json, EVERYTHING),
    Fixture("ndjson", lines_one_by_one, EVERYTHING),
    Fixture("json_rows", flat_objects, WITH_SUPPLIER | {"origin"}),
)
PROGRAM_FIXTURES = (
    Fixture("sap_material_bom", sap_items, WITH_UNIT),
    Fixture("sap_explode_bom", sap_explosion, WITH_UNIT),
    Fixture("erpnext_json", erpnext_json, WITH_UNIT),
    Fixture("erpnext_csv", erpnext_table, WITH_UNIT),
    Fixture("erpnext_items_csv", erpnext_items, EVERYTHING - {"quantity", "supplier"}),
    Fixture("odoo_json", odoo_json, WITH_UNIT),
    Fixture("odoo_csv", odoo_table, WITH_UNIT),
    Fixture("inventree_json", inventree_json, WITH_UNIT),
    Fixture("inventree_csv", inventree_table, WITH_UNIT),
    Fixture("tryton_json", tryton_json, WITH_UNIT),
    Fixture("tryton_csv", tryton_table, WITH_UNIT),
    Fixture("django_bom_csv", django_bom, IDENTITY | {"supplier"}),
    Fixture("business_central_csv", business_central, WITH_UNIT),
    Fixture("kicad_csv", kicad, IDENTITY),
    Fixture("altium_csv", altium, IDENTITY),
    Fixture("easyeda_csv", easyeda, IDENTITY),
    Fixture("orcad_bom", orcad, IDENTITY),
    Fixture("granta_csv", granta_table, WITH_MASS),
    Fixture("granta_xml", granta_xml, WITH_MASS),
    Fixture("cyclonedx_json", cyclonedx, IDENTITY | {"supplier"}),
    Fixture("ipc1752_xml", ipc_products, WITH_MASS),
)
