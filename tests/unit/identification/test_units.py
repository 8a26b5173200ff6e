"""Units: codes, words, conversions; what is unknown is not guessed."""

from __future__ import annotations

import pytest

from app.identification.units import Dimension, count, find_unit


@pytest.mark.parametrize(
    ("word", "dimension", "factor"),
    [
        ("C62", Dimension.COUNT, 1),
        ("EA", Dimension.COUNT, 1),
        ("H87", Dimension.COUNT, 1),
        ("Stk.", Dimension.COUNT, 1),
        ("个", Dimension.COUNT, 1),
        ("本", Dimension.COUNT, 1),
        ("ｐｃｓ", Dimension.COUNT, 1),
        ("pair", Dimension.COUNT, 2),
        ("KGM", Dimension.MASS, 1),
        ("GRM", Dimension.MASS, 1e-3),
        ("mg", Dimension.MASS, 1e-6),
        ("TNE", Dimension.MASS, 1e3),
        ("公斤", Dimension.MASS, 1),
        ("lb", Dimension.MASS, 0.45359237),
        ("MTR", Dimension.LENGTH, 1),
        ("mm", Dimension.LENGTH, 1e-3),
        ("m²", Dimension.AREA, 1),
        ("LTR", Dimension.VOLUME, 1e-3),
        ("roll", Dimension.PACKAGE, 1),
    ],
)
def test_a_unit_is_known_by_code_and_by_word(
    word: str, dimension: Dimension, factor: float
) -> None:
    unit = find_unit(word)

    assert unit is not None
    assert unit.dimension is dimension
    assert unit.factor == pytest.approx(factor)


@pytest.mark.parametrize("word", ["furlong", "", "xyz", "kgs of", "5", "%"])
def test_an_unknown_unit_is_not_guessed(word: str) -> None:
    assert find_unit(word) is None


def test_mass_is_converted_to_kilograms() -> None:
    for word, factor in (("g", 0.001), ("t", 1000.0), ("oz", 0.0283495)):
        unit = find_unit(word)
        assert unit is not None
        assert unit.dimension is Dimension.MASS
        assert unit.factor == pytest.approx(factor, rel=1e-6)


def test_only_units_of_count_count_pieces() -> None:
    assert count(3.0, "pc") == 3.0
    assert count(2.0, "dozen") == 24.0
    assert count(4.0, "pair") == 8.0
    assert count(3.0, "m") is None
    assert count(3.0, "roll") is None


def test_a_line_without_a_unit_counts_pieces() -> None:
    assert count(7.0, None) == 7.0
    assert count(7.0, "  ") == 7.0
