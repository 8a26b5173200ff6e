"""Material declarations and passports: thresholds, shares, units, minerals."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from app.domain.bom import BomLine, DeclaredMaterial, Supplier
from app.readers import read_bom
from tests.unit.readers import reference_declarations as declared


def codes(line: BomLine) -> list[str]:
    return [code for code, _, _ in line.warnings]


def test_a_declaration_whose_masses_differ_says_so() -> None:
    text = declared.ipc_class_d().replace(
        b'value="20" UOM="g"/></ProductID>', b'value="40" UOM="g"/></ProductID>'
    )

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
    assert dict(bom.file.notes)["smelter"] == (
        "Smelter List, row 3: Neodymium; Example Separation; MY"
    )
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
