"""What any program may write is read back equal, in every format that is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from app.domain.bom import BomLine
from app.readers import READERS, read_bom
from tests.property.declaration_writers import (
    DECLARATIONS,
    Substance,
    compositions,
    total,
)
from tests.property.program_writers import WRITERS, Writer
from tests.property.reader_strategies import Row, products

#: XLS and XLSB start a process for each file.
FEW, SOME = 3, 12
#: Formats with a property of their own: test_reader_properties.py, and test-office for XLS, which
#: no kept library writes.
ELSEWHERE = frozenset({"csv", "tsv", "xlsx", "ods", "json", "xls"})


def test_every_format_has_a_property() -> None:
    here = {writer.name for writer in WRITERS} | {name for name, _ in DECLARATIONS}

    assert here | ELSEWHERE == set(READERS)


def without_tags(product: list[Row]) -> list[Row]:
    """Return the product with names that no program takes for markup."""
    return [
        Row(
            number=row.number,
            name=row.name.replace("<", "(").replace(">", ")"),
            quantity=row.quantity,
            unit=row.unit,
            mass_kg=row.mass_kg,
            country=row.country,
        )
        for row in product
    ]


def read_values(line: BomLine, carries: frozenset[str]) -> dict[str, object]:
    values = {
        "part_number": line.part_number,
        "description": line.description,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_mass_kg": line.unit_mass_kg,
    }
    return {key: values[key] for key in carries}


def written_values(row: Row, carries: frozenset[str]) -> dict[str, object]:
    values = {
        "part_number": row.number,
        "description": row.name,
        "quantity": float(row.quantity),
        "unit": row.unit,
        "unit_mass_kg": float(row.mass_kg),
    }
    return {key: values[key] for key in carries}


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_a_product_reads_back_equal(writer: Writer) -> None:
    @settings(max_examples=FEW if writer.name == "xlsb" else SOME)
    @given(products.map(without_tags))
    def check(product: list[Row]) -> None:
        bom = read_bom(writer.write(product))

        assert bom.file is not None
        assert bom.file.format == writer.name
        lines = [line for line in bom.lines if line.part_number != "PRODUCT"]
        assert len(lines) == len(product)
        for line, row in zip(lines, product, strict=True):
            found = read_values(line, writer.carries)
            expected = written_values(row, writer.carries)
            if "ambiguous_number" in [code for code, _, _ in line.warnings]:
                found, expected = ({**one, "unit_mass_kg": 0.0} for one in (found, expected))
            assert found == expected or found == pytest.approx(expected, rel=1e-12)

    check()


@pytest.mark.parametrize(("name", "write"), DECLARATIONS, ids=[name for name, _ in DECLARATIONS])
def test_a_composition_reads_back_equal(
    name: str, write: Callable[[list[Substance]], bytes]
) -> None:
    @settings(max_examples=SOME)
    @given(compositions)
    def check(composition: list[Substance]) -> None:
        bom = read_bom(write(composition))

        (line,) = bom.lines
        assert bom.file is not None
        assert bom.file.format == name
        whole = float(total(composition)) / 1000
        found = {
            (one.name, one.cas): one.mass_kg
            if one.mass_kg is not None
            else (one.mass_fraction or 0.0) * whole
            for one in line.materials
        }
        expected = {(one.name, one.cas): float(one.grams) / 1000 for one in composition}
        assert found == pytest.approx(expected, rel=1e-9)

    check()
