"""Every reader turns the same product into the same BOM, as far as the format can carry it."""

from __future__ import annotations

import pytest

from app.domain.bom import Bom, BomLine
from app.readers import READERS, read_bom
from tests.unit.readers import reference_declarations as declared
from tests.unit.readers.reference_formats import PROGRAM_FIXTURES, TABLE_FIXTURES
from tests.unit.readers.reference_product import PARTS, PRODUCT_ID, Fixture

FIXTURES = TABLE_FIXTURES + PROGRAM_FIXTURES
#: It states products of a company with their minerals, and no parts of one.
REPORTED = "rmi_amrt"


def name_of(fixture: Fixture) -> str:
    return f"{fixture.name}-{fixture.build.__name__}"


def projection(line: BomLine, carries: frozenset[str]) -> dict[str, object]:
    supplier = line.suppliers[0] if line.suppliers else None
    description = line.description.removesuffix("; electric drive") if line.description else None
    values: dict[str, object] = {
        "part_number": line.part_number,
        "description": description,
        "quantity": round(line.quantity, 9) if line.quantity is not None else None,
        "unit": line.unit,
        "unit_mass_kg": round(line.unit_mass_kg, 9) if line.unit_mass_kg is not None else None,
        "supplier": supplier.name if supplier else None,
        "origin": supplier.country if supplier else None,
    }
    return {key: value for key, value in values.items() if key in carries}


def expected_parts(carries: frozenset[str]) -> list[dict[str, object]]:
    rows = [
        {
            "part_number": part.number,
            "description": part.name,
            "quantity": part.quantity,
            "unit": part.unit,
            "unit_mass_kg": part.mass_kg,
            "supplier": part.supplier,
            "origin": part.origin,
        }
        for part in PARTS
    ]
    return [{key: value for key, value in row.items() if key in carries} for row in rows]


def lines_of_product(bom: Bom) -> list[BomLine]:
    """A declaration of sub-products states the product itself as well."""
    lines = [line for line in bom.lines if line.part_number != PRODUCT_ID]
    order = [part.number for part in PARTS]
    return sorted(lines, key=lambda line: order.index(line.part_number or ""))


@pytest.mark.parametrize("fixture", FIXTURES, ids=name_of)
def test_the_reference_product_is_the_same_in_every_format(fixture: Fixture) -> None:
    bom = read_bom(fixture.build())

    found = [projection(line, fixture.carries) for line in lines_of_product(bom)]
    assert bom.file is not None
    assert bom.file.format == fixture.name
    assert found == expected_parts(fixture.carries)


@pytest.mark.parametrize("fixture", declared.DECLARATION_FIXTURES, ids=name_of)
def test_the_declared_magnet_is_the_same_in_every_declaration(fixture: Fixture) -> None:
    bom = read_bom(fixture.build())

    (line,) = bom.lines
    assert bom.file is not None
    assert bom.file.format == fixture.name
    assert line.quantity == 1.0
    masses = [
        material.mass_kg
        if material.mass_kg is not None
        else (material.mass_fraction or 0.0) * declared.MASS_KG
        for material in line.materials
    ]
    found = [
        (material.name, material.cas, round(mass, 9))
        for material, mass in zip(line.materials, masses, strict=True)
    ]
    assert found == list(declared.SUBSTANCES)
    if "unit_mass_kg" in fixture.carries:
        assert projection(line, fixture.carries) == {
            "part_number": declared.NUMBER,
            "description": declared.NAME,
            "unit_mass_kg": declared.MASS_KG,
        }


def test_the_declared_magnet_is_one_product_of_a_reporting_template() -> None:
    bom = read_bom(declared.reporting_template())

    (line,) = bom.lines
    assert bom.file is not None
    assert bom.file.format == REPORTED
    assert (line.part_number, line.description) == (declared.NUMBER, declared.NAME)
    # It says which minerals are there and never how much; iron is none of its questions.
    asked = [name for name, _, _ in declared.SUBSTANCES if name != "Iron"]
    assert [material.name for material in line.materials] == asked


def test_every_format_of_the_table_has_a_fixture() -> None:
    covered = {fixture.name for fixture in FIXTURES + declared.DECLARATION_FIXTURES}

    assert covered | {REPORTED} == set(READERS)


@pytest.mark.parametrize("fixture", FIXTURES + declared.DECLARATION_FIXTURES, ids=name_of)
def test_the_name_of_the_file_does_not_matter(fixture: Fixture) -> None:
    data = fixture.build()

    plain, misnamed = read_bom(data), read_bom(data, filename="picture.png")

    assert plain.lines == misnamed.lines
    assert plain.file == misnamed.file
