"""What single formats add: wrappers, flags, nesting, thresholds; the template; our own JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.bom import Bom, BomLine, Bridge, DeclaredMaterial, SourcingShare, Supplier
from app.errors import UnknownAnswerFormatError, UnreadableFileError
from app.readers import read_bom
from app.readers.headers import candidate_fields
from app.readers.template import template_columns, template_file
from app.readers.template_words import LANGUAGES
from tests.unit.readers import reference_declarations as declared
from tests.unit.readers.reference_product import as_json, delimited


def read(value: object) -> Bom:
    return read_bom(as_json(value))


def codes(line: BomLine) -> list[str]:
    return [code for code, _, _ in line.warnings]


# ------------------------------------------------------------------------------- own JSON


def test_every_field_of_our_own_json_is_read() -> None:
    line = {
        "line_id": "10",
        "part_number": "MAG-42",
        "description": "Magnet",
        "quantity": "48",
        "unit": "pc",
        "unit_mass_kg": 0.0075,
        "unit_price": "1.90",
        "currency": "EUR",
        "hs_code": "8505.11",
        "category": "magnet",
        "sector": "automotive",
        "materials": [
            {"name": "NdFeB", "cas": "7440-00-8", "ec": "231-109-3", "formula": "Nd2Fe14B"}
            | {"mass_fraction": 0.98, "mass_kg": 0.007, "elements": {"Dy": 0.04}}
        ],
        "supplier": {"name": "A", "country": "JP", "share": 0.6, "new_relation": True}
        | {"general_licence_valid_to": "2026-12-31"},
        "suppliers": [{"name": "B", "country": "Germany", "share": 0.4}],
        "sourcing": [{"stage": "separation", "country": "CN", "share": 0.8}],
        "recycled_share": 0.1,
        "stock_days": 45,
        "lead_time_days": 60,
        "bridges": [{"from_day": 30, "share": 0.5}],
        "revenue_at_risk": "1000.50",
        "parent_line_id": "1",
        "manufacturer": "M",
        "product_type": {"permanentMagnetType": "NdFeB"},
        "colour": "red",
    }
    bom = read(
        {
            "bom": {
                "id": "TM-1",
                "name": "Motor",
                "sector": "automotive",
                "annual_units": 10000,
                "daily_revenue": "5000.00",
                "currency": "EUR",
                "lines": [{"line_id": "1", "description": "Rotor", "quantity": 2}, line],
                "mood": "good",
            }
        }
    )

    assert bom.lines[1] == BomLine(
        line_id="10",
        part_number="MAG-42",
        description="Magnet",
        quantity=48.0,
        unit="pc",
        unit_mass_kg=0.0075,
        unit_price=Decimal("1.90"),
        currency="EUR",
        hs_code="8505.11",
        category="magnet",
        sector="automotive",
        materials=(
            DeclaredMaterial(
                name="NdFeB",
                cas="7440-00-8",
                ec="231-109-3",
                formula="Nd2Fe14B",
                mass_fraction=0.98,
                mass_kg=0.007,
                elements=(("Dy", 0.04),),
            ),
        ),
        suppliers=(
            Supplier(
                name="A",
                country="JP",
                share=0.6,
                general_licence_valid_to=date(2026, 12, 31),
                new_relation=True,
            ),
            Supplier(name="B", country="DE", share=0.4),
        ),
        sourcing=(SourcingShare(stage="separation", country="CN", share=0.8),),
        recycled_share=0.1,
        stock_days=45.0,
        lead_time_days=60.0,
        bridges=(Bridge(from_day=30.0, share=0.5),),
        revenue_at_risk=Decimal("1000.50"),
        parent_line_id="1",
        manufacturer="M",
        product_type=(("permanentMagnetType", "NdFeB"),),
    )
    assert (bom.id, bom.name, bom.sector, bom.annual_units) == ("TM-1", "Motor", "automotive", 1e4)
    assert (bom.daily_revenue, bom.currency) == (Decimal("5000.00"), "EUR")
    assert bom.file is not None
    assert set(bom.file.ignored_columns) == {"colour", "mood"}


def test_values_of_our_own_json_that_make_no_sense_are_kept_raw() -> None:
    bom = read(
        {
            "id": "x",
            "lines": [
                {
                    "description": "Magnet",
                    "quantity": None,
                    "materials": [{"name": "NdFeB", "mass_fraction": 1.5}, "N42"],
                    "supplier": {"name": "A", "country": "Atlantis", "share": "much"},
                    "sourcing": [{"stage": "mining", "country": "CN", "share": -1}],
                    "product_type": "magnet",
                }
            ],
        }
    )

    (line,) = bom.lines
    assert codes(line) == [
        "mass_fraction_unread",
        "share_unread",
        "unknown_country",
        "share_unread",
        "quantity_missing",
    ]
    assert {column for column, _ in line.raw} == {"mass_fraction", "share", "country"}


def test_ndjson_of_lines_keeps_physical_rows() -> None:
    data = b'\n{"description": "A", "quantity": 1}\n\n{"description": "B", "quantity": 2}\n'

    bom = read_bom(data)

    assert [(line.row, line.description, line.quantity) for line in bom.lines] == [
        (2, "A", 1.0),
        (4, "B", 2.0),
    ]


def test_several_boms_in_one_ndjson_are_a_catalogue() -> None:
    one = json.dumps({"id": "a", "lines": [{"description": "x"}]}).encode()

    with pytest.raises(UnreadableFileError, match="catalogue"):
        read_bom(one + b"\n" + one + b"\n")
    assert read_bom(b"\n" + one + b"\n").id == "a"


# ----------------------------------------------------------------------------------- SAP


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


# --------------------------------------------------------------------------- other systems


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


# ------------------------------------------------------------------------------ declarations


def test_a_declaration_whose_masses_differ_says_so() -> None:
    text = declared.ipc_class_d().replace(b'value="20" UOM="g"/></ProductID>', b'value="40" UOM="g"/></ProductID>')

    (line,) = read_bom(text).lines

    assert codes(line) == ["one_item", "mass_sum_differs"]


def test_a_homogeneous_material_without_substances_stands_for_itself() -> None:
    text = (
        "<MainDeclaration><Product><ProductID itemNumber='M'/><MaterialInfo>"
        "<HomogeneousMaterialList><HomogeneousMaterial name='N42SH magnet'><Amount value='5' "
        "UOM='g'/></HomogeneousMaterial><HomogeneousMaterial name='Nickel'><Amount value='10' "
        "UOM='massPercent'/><Substance name='Ni'><Concentration value='50'/></Substance>"
        "</HomogeneousMaterial></HomogeneousMaterialList></MaterialInfo></Product></MainDeclaration>"
    )

    (line,) = read_bom(text.encode()).lines

    assert line.materials == (
        DeclaredMaterial(name="N42SH magnet", mass_kg=0.005),
        DeclaredMaterial(name="Ni", mass_fraction=0.05),
    )


def test_a_substance_below_its_threshold_is_not_declared() -> None:
    (line,) = read_bom(declared.ipc_class_c()).lines
    (other,) = read_bom(declared.iec_xml()).lines

    assert "Lead" not in [material.name for material in line.materials]
    assert "Lead" not in [material.name for material in other.materials]


def test_an_iec_declaration_says_that_absence_proves_nothing() -> None:
    bom = read_bom(declared.chemsherpa())

    assert bom.file is not None
    assert "declarable_substances_only" in dict(bom.file.notes)
    assert bom.lines[0].suppliers == (Supplier(name="Example Magnets"),)


def test_an_iec_material_or_substance_may_stand_alone() -> None:
    text = (
        "<Main xmlns='http://std.iec.ch/iec62474'><Product><ProductID identifier='M'/><Composition>"
        "<Material name='NdFeB'><Mass mass='5' unitOfMeasure='g'/></Material><Substance name='Dy' "
        "massPercent='4'/></Composition><Compliance><Substance name='Cobalt' "
        "aboveThreshold='true'/></Compliance></Product></Main>"
    )

    (line,) = read_bom(text.encode()).lines

    assert [material.name for material in line.materials] == ["NdFeB", "Dy", "Cobalt"]
    assert line.materials[0].mass_kg == 0.005


def test_a_drive_passport_keeps_what_it_says_about_its_magnets() -> None:
    (line,) = read_bom(declared.drive_passport()).lines

    assert line.product_type == (("technology", "PSM"), ("permanentMagnetType", "NdFeB"))
    assert line.hs_code == "8505 11 00 00"
    assert codes(line) == ["one_item"]


def test_a_passport_that_calls_an_ec_number_cas_is_corrected() -> None:
    data = declared.material_passport().replace(b"7440-00-8", b"231-109-3")

    (line,) = read_bom(data).lines

    assert (line.materials[0].cas, line.materials[0].ec) == (None, "231-109-3")
    assert "cas_is_ec" in codes(line)


def test_a_battery_passport_says_which_unit_was_assumed() -> None:
    (line,) = read_bom(declared.battery_pass()).lines

    assert line.description == "battery; Nickel metal hydride; NiMH"
    assert "mass_unit_assumed" in codes(line)


def test_a_reporting_template_gives_its_products_and_minerals() -> None:
    bom = read_bom(declared.reporting_template())

    (line,) = bom.lines
    assert bom.file is not None
    assert (bom.file.format, bom.name) == ("rmi_amrt", "Example Magnets")
    assert (line.part_number, line.description, line.row) == ("MAG-42", "Sintered magnet", 3)
    assert [material.name for material in line.materials] == ["Neodymium", "Dysprosium"]
    assert line.product_type[-1] == ("Silver intentionally added", "no")
    assert line.raw == (("Smelter List row 3", "Neodymium; Example Separation; MY"),)
    assert line.quantity is None


def test_a_reporting_template_without_products_covers_the_company() -> None:
    book = load_workbook(BytesIO(declared.reporting_template()))
    book["Product List"].delete_rows(3)
    del book["Smelter List"]
    book.create_sheet("Mine List")
    out = BytesIO()
    book.save(out)

    (line,) = read_bom(out.getvalue()).lines

    assert line.description == "Example Magnets"
    assert len(line.materials) == 2


# --------------------------------------------------------------------------------- template


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_filled_template_reads_back_in_every_language_and_form(language: str) -> None:
    examples = [column.example for column in template_columns()]
    text = template_file("csv", language).decode("utf-8-sig")
    book = load_workbook(BytesIO(template_file("xlsx", language)))
    book.worksheets[0].append(examples)
    out = BytesIO()
    book.save(out)

    from_text = read_bom((text + delimited([examples])).encode("utf-8-sig"))
    from_book = read_bom(out.getvalue())

    (line,) = from_text.lines
    (other,) = from_book.lines
    assert replace(line, row=None) == replace(other, row=None, sheet=None)
    assert line.warnings == ()
    assert (line.quantity, line.unit_mass_kg, line.lead_time_days) == (48.0, 0.0075, 60.0)
    assert from_text.file is not None
    assert from_text.file.ignored_columns == ()


def test_every_header_of_the_template_is_known() -> None:
    for column in template_columns():
        for header in column.headers:
            assert candidate_fields(header)[0] is column.field


def test_the_template_is_the_same_every_day_and_refuses_other_forms() -> None:
    assert template_file("xlsx") == template_file("xlsx", "en")
    with pytest.raises(UnknownAnswerFormatError, match="pdf"):
        template_file("pdf")
    with pytest.raises(UnknownAnswerFormatError, match="fr"):
        template_file("csv", "fr")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_empty_template_says_that_it_has_no_rows(file_format: str) -> None:
    with pytest.raises(UnreadableFileError, match="no rows"):
        read_bom(template_file(file_format, "de"))
