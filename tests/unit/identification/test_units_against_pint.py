"""The unit table against pint, an independent library: a word that both know means the same."""

from __future__ import annotations

import pint
import pytest

from app.identification.units import UNITS, Dimension, Unit

REGISTRY: pint.UnitRegistry[float] = pint.UnitRegistry()
BASE = {
    Dimension.MASS: "kilogram",
    Dimension.LENGTH: "meter",
    Dimension.AREA: "meter ** 2",
    Dimension.VOLUME: "meter ** 3",
}
#: Words of trade that mean another unit in physics: codes of Recommendation 20, abbreviations.
OTHERWISE = frozenset(
    {
        "t",
        "to",
        "mc",
        "mb",
        "mt",
        "gr",
        "c62",
        "dtn",
        "stn",
        "ltn",
        "ton",
        "tons",
        "cc",
        "cbm",
        "yrd",
    }
)
#: The common words that pint must know, so that the comparison cannot run empty.
COMMON = (
    "kg", "g", "mg", "µg", "tonne", "lb", "oz", "pound", "ounce", "m", "cm", "mm", "km", "inch",
    "ft", "yard", "meter", "l", "ml", "liter", "gallon", "kilogram", "gram", "milligram",
)  # fmt: skip


def factor_of(word: str, dimension: Dimension) -> float | None:
    """Return base units in one of these by pint, or None where pint does not know such a unit."""
    try:
        return float(REGISTRY.Quantity(1.0, word).to(BASE[dimension]).magnitude)
    except (pint.PintError, AttributeError, TypeError, ValueError, SyntaxError):
        return None


MEASURES = {word: unit for word, unit in UNITS.items() if unit.dimension in BASE}


@pytest.mark.parametrize("word", COMMON)
def test_a_common_unit_is_known_to_both_and_the_same(word: str) -> None:
    unit = UNITS[word]

    assert factor_of(word, unit.dimension) == pytest.approx(unit.factor, rel=1e-9)


def test_no_word_that_pint_knows_as_such_a_unit_has_another_factor() -> None:
    def differs(word: str, unit: Unit) -> bool:
        factor = factor_of(word, unit.dimension)
        return factor is not None and factor != pytest.approx(unit.factor, rel=1e-9)

    strange = {word for word, unit in MEASURES.items() if word.isascii() and differs(word, unit)}
    compared = {word for word, unit in MEASURES.items() if factor_of(word, unit.dimension)}

    assert strange - OTHERWISE == set()
    assert len(compared) >= 40
