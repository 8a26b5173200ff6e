"""What the caller declares in full comes before what a name suggests; a code names no part."""

from __future__ import annotations

import pytest

from app.domain.bom import BomLine, DeclaredMaterial
from app.domain.exposure import IdentifiedLine, LineOutcome
from tests.acceptance.identification_lines import identifier, identify, reported


def line(description: str, *materials: DeclaredMaterial) -> IdentifiedLine:
    return identifier().identify(
        BomLine(
            line_id="1",
            description=description,
            quantity=1.0,
            unit="pc",
            unit_mass_kg=1.0,
            materials=materials,
        )
    )


HALF = 0.5
CERIA_ZIRCONIA = (
    (
        DeclaredMaterial(cas="1306-38-3", mass_fraction=HALF),
        DeclaredMaterial(cas="1314-23-4", mass_fraction=HALF),
    ),
    (
        DeclaredMaterial(name="cerium oxide", mass_fraction=HALF),
        DeclaredMaterial(name="zirconium dioxide", mass_fraction=HALF),
    ),
    (
        DeclaredMaterial(formula="CeO2", mass_fraction=HALF),
        DeclaredMaterial(formula="ZrO2", mass_fraction=HALF),
    ),
    (
        DeclaredMaterial(name="CeO2", mass_kg=HALF),
        DeclaredMaterial(name="ZrO2", mass_kg=HALF),
    ),
    (
        DeclaredMaterial(
            name="ceria-zirconia", elements=(("Ce", 0.407), ("Zr", 0.370), ("O", 0.223))
        ),
    ),
)


@pytest.mark.parametrize("materials", CERIA_ZIRCONIA)
@pytest.mark.parametrize(
    "description", ["Ceria-zirconia powder", "Three-way catalyst, ceria-zirconia washcoat"]
)
def test_a_full_composition_gets_no_element_from_a_typical_one(
    description: str, materials: tuple[DeclaredMaterial, ...]
) -> None:
    found = line(description, *materials)

    # 0.5 kg of CeO2 hold 0.5 * 140.116 / 172.115 kg of cerium.
    assert [content.symbol for content in found.elements] == ["Ce"]
    mass = found.elements[0].mass_kg
    assert mass is not None
    assert mass.nominal == pytest.approx(0.407, abs=1e-3)


def test_half_a_composition_leaves_room_for_the_rest() -> None:
    found = line("Ceria-zirconia powder", DeclaredMaterial(name="CeO2", mass_fraction=HALF))

    assert {"Ce", "La", "Nd"} <= reported(found)


def test_elements_declared_for_a_magnet_are_a_magnet_and_no_metal() -> None:
    found = line(
        "NdFeB magnet N42SH",
        DeclaredMaterial(cas="7440-00-8", mass_fraction=0.3),
        DeclaredMaterial(name="Fe", mass_fraction=0.69),
        DeclaredMaterial(name="B", mass_fraction=0.01),
    )

    assert reported(found) == {"Nd"}
    assert found.forms == ("magnet",)


def test_a_symbol_with_a_share_is_that_share() -> None:
    found = line("NdFeB magnet", DeclaredMaterial(name="Nd", mass_fraction=0.3))

    mass = {content.symbol: content.mass_kg for content in found.elements}["Nd"]
    assert mass is not None
    assert mass.nominal == pytest.approx(0.3)


def test_a_magnet_material_leaves_its_grade_to_the_text() -> None:
    found = line("Magnet N42SH", DeclaredMaterial(name="NdFeB", mass_fraction=1.0))

    assert {"Nd", "Pr", "Dy"} <= reported(found)


@pytest.mark.parametrize("text", ["TWT-0100", "TWT-200 hinge", "bracket TWT-0012"])
def test_a_short_name_that_begins_a_code_names_no_part(text: str) -> None:
    assert reported(identify(text)) == frozenset()


@pytest.mark.parametrize("text", ["TWT amplifier, Ku band", "Travelling wave tube TWT-0100"])
def test_the_same_name_alone_may_be_the_part(text: str) -> None:
    assert identify(text).outcome is LineOutcome.UNDETERMINED
    assert "Sm" in reported(identify(text))
