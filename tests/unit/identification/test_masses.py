"""Masses of elements from quantity, unit, unit mass and size."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from app.domain.bom import BomLine, DeclaredMaterial
from app.domain.exposure import IdentifiedLine
from app.domain.triple import Triple
from app.identification import compile_identifier
from tests.unit.identification.small_reference import small_reference

IDENTIFIER = compile_identifier(small_reference())
LINE = BomLine(line_id="1", description="neodymium magnet", quantity=10.0, unit="pc")


def identify(**fields: object) -> IdentifiedLine:
    """Return what a line holds."""
    return IDENTIFIER.identify(replace(LINE, **fields))  # type: ignore[arg-type] # test data


def mass_of(line: IdentifiedLine, symbol: str) -> Triple | None:
    """Return the mass of an element."""
    return next(item.mass_kg for item in line.elements if item.symbol == symbol)


def triple(low: float, nominal: float, high: float) -> object:
    """Return what a triple must be close to."""
    return pytest.approx((low, nominal, high), rel=1e-9)


def figures(mass: Triple | None) -> tuple[float, float, float]:
    """Return the three figures of a mass that is known."""
    assert mass is not None
    return mass.low, mass.nominal, mass.high


def test_pieces_weigh_their_unit_mass() -> None:
    answer = identify(unit_mass_kg=0.008)

    assert figures(mass_of(answer, "Nd")) == triple(0.08 * 0.2, 0.08 * 0.25, 0.08 * 0.3)
    assert figures(mass_of(answer, "Dy")) == triple(0.0, 0.08 * 0.01, 0.08 * 0.08)


@pytest.mark.parametrize(
    ("quantity", "unit"), [(80.0, "g"), (0.08, "kg"), (80000.0, "mg"), (0.08, "KGM")]
)
def test_units_of_mass_agree(quantity: float, unit: str) -> None:
    answer = identify(quantity=quantity, unit=unit)

    assert figures(mass_of(answer, "Nd")) == triple(0.08 * 0.2, 0.08 * 0.25, 0.08 * 0.3)


def test_oxide_is_converted_to_element() -> None:
    answer = identify(description="neodymium oxide", quantity=2.0, unit="kg")

    assert figures(mass_of(answer, "Nd")) == triple(2 * 0.857, 2 * 0.857, 2 * 0.857)


def test_a_bare_magnet_weighs_what_its_size_says() -> None:
    answer = identify(description="neodymium magnet disc 10x2", quantity=100.0)
    kilograms = math.pi / 4 * 0.01**2 * 0.002 * 7500 * 100

    assert figures(mass_of(answer, "Nd")) == triple(
        kilograms * 0.2, kilograms * 0.25, kilograms * 0.3
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit": "furlong", "unit_mass_kg": 0.1}, "unknown_unit"),
        ({"quantity": None, "unit_mass_kg": 0.1}, "no_quantity"),
        ({"quantity": -1.0}, "unusable_quantity"),
        ({"quantity": math.nan}, "unusable_quantity"),
        ({"unit": "roll"}, "package_unit"),
        ({}, "mass_not_known"),
        ({"unit": "m"}, "mass_not_known"),
        ({"unit_mass_kg": 0.0}, "mass_not_known"),
    ],
)
def test_no_mass_is_guessed(fields: dict[str, object], code: str) -> None:
    answer = identify(**fields)

    assert mass_of(answer, "Nd") is None
    assert code in [warning[0] for warning in answer.warnings]


def test_a_mass_beyond_reason_is_no_mass() -> None:
    assert mass_of(identify(quantity=1e308, unit_mass_kg=1e30), "Nd") is None


def test_a_rated_machine_weighs_by_its_rating() -> None:
    answer = identify(description="servo motor 400 W", quantity=2.0)

    assert figures(mass_of(answer, "Nd")) == triple(0.0, 0.06 * 0.4 * 2, 0.2 * 0.4 * 2)
    assert mass_of(identify(description="servo motor"), "Nd") is None


def test_headphones_are_counted_one_by_one_or_in_pairs() -> None:
    pieces = identify(description="headphones", quantity=3.0, unit="pc")
    pairs = identify(description="headphones", quantity=3.0, unit="pair")

    assert mass_of(pieces, "Nd") == mass_of(pairs, "Nd")


def test_a_tape_is_measured() -> None:
    answer = identify(description="HTS tape", quantity=50.0, unit="m")

    assert figures(mass_of(answer, "Gd")) == triple(0.0005, 0.001, 0.002)
    assert mass_of(identify(description="HTS tape", quantity=50.0, unit="pc"), "Gd") is None


def test_a_part_holds_no_more_than_it_weighs() -> None:
    answer = identify(description="holmium laser", quantity=1.0, unit_mass_kg=0.002)

    assert figures(mass_of(answer, "Ho")) == triple(0.001, 0.002, 0.002)


def test_a_declared_share_or_mass_counts() -> None:
    share = DeclaredMaterial(name="NdFeB", mass_fraction=0.25)
    mass = DeclaredMaterial(name="NdFeB", mass_kg=0.002)
    by_share = identify(description="assembly", unit_mass_kg=0.008, materials=(share,))
    by_mass = identify(description="assembly", materials=(mass,))

    assert figures(mass_of(by_share, "Nd")) == triple(0.02 * 0.2, 0.02 * 0.25, 0.02 * 0.3)
    assert mass_of(by_share, "Nd") == mass_of(by_mass, "Nd")


def test_one_of_several_declared_materials_without_a_share_begins_at_zero() -> None:
    steel, magnet = DeclaredMaterial(name="steel"), DeclaredMaterial(name="NdFeB")
    answer = identify(description="assembly", unit_mass_kg=0.008, materials=(steel, magnet))

    assert figures(mass_of(answer, "Nd")) == triple(0.0, 0.08 * 0.25, 0.08 * 0.3)


def test_a_mixture_has_unknown_shares() -> None:
    answer = identify(description="neodymium oxide and dysprosium oxide", quantity=1.0, unit="kg")

    assert figures(mass_of(answer, "Nd")) == triple(0.0, 0.857 / 2, 0.857)
    assert figures(mass_of(answer, "Dy")) == triple(0.0, 0.871 / 2, 0.871)


def test_elements_come_in_order_of_atomic_number() -> None:
    assert [item.symbol for item in identify().elements] == ["Pr", "Nd", "Dy"]


@pytest.mark.parametrize(
    ("text", "nominal"),
    [
        ("catalyst support with 4 % Nd2O3", 2 * 0.857 * 0.04),
        ("glass, Nd2O3: 10 wt%", 2 * 0.857 * 0.1),
        ("neodymium oxide 99.5 %", 2 * 0.857 * 0.995),
        ("neodymium oxide", 2 * 0.857),
    ],
)
def test_a_printed_share_multiplies(text: str, nominal: float) -> None:
    mass = mass_of(identify(description=text, quantity=2.0, unit="kg"), "Nd")

    assert mass is not None
    assert mass.nominal == pytest.approx(nominal)


@pytest.mark.parametrize(
    "text",
    [
        "tungsten with neodymium oxide",
        "tungsten with neodymium oxide, Nd2O3",
        "neodymium oxide coated steel",
        "glass, 5 mol% Nd2O3",
    ],
)
def test_an_ingredient_of_unknown_share_has_no_mass(text: str) -> None:
    answer = identify(description=text, quantity=2.0, unit="kg")

    assert [item.symbol for item in answer.elements] == ["Nd"]
    assert answer.elements[0].mass_kg is None
    assert answer.elements[0].presence.low == 1
