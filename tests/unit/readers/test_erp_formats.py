"""What the formats of single programs add: wrappers, flags, nesting."""

from __future__ import annotations

import pytest

from app.domain.bom import Bom, BomLine, DeclaredMaterial, Supplier
from app.readers import read_bom
from tests.unit.readers.reference_product import as_json, delimited


def read(value: object) -> Bom:
    return read_bom(as_json(value))


def codes(line: BomLine) -> list[str]:
    return [code for code, _, _ in line.warnings]


def sap_item(**changes: object) -> dict[str, object]:
    item: dict[str, object] = {
        "BillOfMaterialItemNumber": "0010",
        "BillOfMaterialComponent": "MAG-42",
        "ComponentDescription": "Magnet",
        "BillOfMaterialItemQuantity": "1.000",
        "BillOfMaterialItemUnit": "PC",
    }
    return item | changes


@pytest.mark.parametrize(
    "wrap",
    [
        lambda items: {"d": {"results": items}},
        lambda items: {"value": items},
        lambda items: {"d": items},
        lambda items: items,
        lambda items: {"d": {"results": [{"Material": "AX", "to_BillOfMaterialItem": items}]}},
    ],
)
def test_sap_items_are_found_in_every_wrapper(wrap: object) -> None:
    assert callable(wrap)

    bom = read(wrap([sap_item(), sap_item(BillOfMaterialItemNumber="0020")]))

    assert [(line.line_id, line.quantity, line.unit) for line in bom.lines] == [
        ("0010", 1.0, "PC"),
        ("0020", 1.0, "PC"),
    ]
    assert bom.file is not None
    assert dict(bom.file.notes)["base_quantity_unknown"]


def test_sap_flags_change_what_counts() -> None:
    bom = read(
        [
            sap_item(BillOfMaterialItemNumber="10", ComponentScrapInPercent="10.00"),
            sap_item(BillOfMaterialItemNumber="20", BillOfMaterialItemCategory="T"),
            sap_item(BillOfMaterialItemNumber="30", IsDeleted=True),
            sap_item(BillOfMaterialItemNumber="40", MaterialIsCoProduct=True),
            sap_item(BillOfMaterialItemNumber="50", FixedQuantity=True),
            sap_item(
                BillOfMaterialItemNumber="60",
                AlternativeItemGroup="A1",
                UsageProbabilityPercent="25",
            ),
        ]
    )

    assert [line.quantity for line in bom.lines] == [1.1, 0.0, 0.0, 0.0, 1.0, 0.25]
    assert [codes(line)[0] for line in bom.lines] == [
        "scrap_added",
        "text_item",
        "deleted_item",
        "co_product",
        "fixed_quantity",
        "alternate_weighted",
    ]


def test_a_sap_explosion_knows_phantoms_customs_codes_and_suppliers() -> None:
    bom = read(
        [
            {
                "b_o_m_explosion_level": 1,
                "bill_of_material_component": "PH",
                "bill_of_material_comp_quant": "2",
                "is_phantom_item": "X",
            },
            {
                "b_o_m_explosion_level": 2,
                "bill_of_material_component": "MAG",
                "bill_of_material_comp_quant": "3",
                "commodity_code": "85051100",
                "supplier": "S-1",
                "material_group": "MAGNETS",
            },
        ]
    )

    phantom, magnet = bom.lines
    assert codes(phantom) == ["phantom_assembly"]
    assert (magnet.quantity, magnet.hs_code, magnet.category) == (6.0, "85051100", "MAGNETS")
    assert magnet.suppliers == (Supplier(name="S-1"),)


def test_an_erpnext_description_loses_its_markup() -> None:
    item = {"item_code": "M", "qty": 1, "description": "<div><p>NdFeB <b>magnet</b></p></div>"}

    bom = read({"doctype": "BOM", "name": "B-1", "item": "AX", "quantity": 1, "items": [item]})

    assert bom.lines[0].description == "NdFeB magnet"
    assert bom.id == "B-1"


def test_an_erpnext_file_without_item_names_does_not_pretend_to_know_them() -> None:
    rows = [["ID", "Item", "Quantity", "Item Code (Items)", "Qty (Items)"]]
    rows += [["BOM-1", "AX", "1", "", ""], ["", "", "", "STO-1", "2"]]

    bom = read_bom(delimited(rows).encode())

    assert [(line.part_number, line.description) for line in bom.lines] == [("STO-1", None)]
    assert bom.file is not None
    assert ("product_row", "row 2 states the product") in bom.file.notes


def test_odoo_boms_with_nested_lines_use_their_own_quantity() -> None:
    line = {"product_id": {"id": 1, "display_name": "[M] Magnet"}, "product_qty": 8}
    line |= {"bom_id": 5, "bom_product_template_attribute_value_ids": [3]}

    bom = read(
        {"id": 5, "product_tmpl_id": [1, "[AX] Motor"], "product_qty": 4, "bom_line_ids": [line]}
    )

    assert (bom.id, bom.name) == ("AX", "Motor")
    assert (bom.lines[0].quantity, codes(bom.lines[0])) == (2.0, ["variant_only"])


def test_an_inventree_fixture_joins_items_with_parts() -> None:
    bom = read(
        [
            {"model": "part.part", "pk": 1, "fields": {"name": "Motor", "IPN": "AX"}},
            {"model": "part.part", "pk": 2, "fields": {"name": "Magnet", "description": "N42"}},
            {
                "model": "part.bomitem",
                "pk": 1,
                "fields": {"part": 1, "sub_part": 2, "quantity": 4, "optional": True}
                | {"substitutes": [{"part": 3}], "overage": "5%"},
            },
            {"model": "part.bomitem", "pk": 2, "fields": {"part": 1, "sub_part": 9, "quantity": 1}},
        ]
    )

    assert (bom.id, bom.name) == ("AX", "Motor")
    assert [line.description for line in bom.lines] == ["Magnet; N42", None]
    assert codes(bom.lines[0]) == ["optional", "alternate", "scrap_added"]
    assert codes(bom.lines[1]) == ["no_part_detail"]


def test_tryton_inputs_alone_are_lines() -> None:
    rows = [
        {"id": 1, "product.": {"name": "Magnet"}, "quantity": 2, "uom.": {"rec_name": "Unit"}},
        {"id": 2, "product.": {"rec_name": "Bolt"}, "quantity": 4},
    ]

    bom = read({"id": 7, "result": rows})

    assert [(line.description, line.quantity, line.unit) for line in bom.lines] == [
        ("Magnet", 2.0, "Unit"),
        ("Bolt", 4.0, None),
    ]


def test_granta_materials_and_substances_take_their_shares() -> None:
    text = (
        '<PartsEco xmlns="http://www.grantadesign.com/17/11/BillOfMaterialsEco"><Components><Part '
        'id="A"><Quantity Unit="Each">1</Quantity><PartNumber>M</PartNumber><Materials><Material>'
        "<Percentage>80</Percentage><Identity>ndfeb</Identity><Name>NdFeB</Name><Substances>"
        "<Substance><Percentage>30</Percentage><Identity>7440-00-8</Identity><Name>Nd</Name>"
        "</Substance></Substances></Material><Material><Identity>coating</Identity></Material>"
        '</Materials><Substances><Substance><Mass Unit="g">2</Mass><Identity>abc</Identity>'
        "<Name>Thing</Name></Substance></Substances></Part></Components></PartsEco>"
    )

    (line,) = read_bom(text.encode()).lines

    assert line.materials == (
        DeclaredMaterial(name="Nd", cas="7440-00-8", mass_fraction=0.24),
        DeclaredMaterial(name="coating"),
        DeclaredMaterial(name="Thing", mass_kg=0.002),
    )
    assert codes(line) == ["cas_invalid"]
