"""Formulas: fractions by hand, and words that are none."""

from __future__ import annotations

import pytest

from app.identification.formula import find_formulas, parse_formula


@pytest.mark.parametrize(
    ("formula", "symbol", "fraction"),
    [
        ("Nd2O3", "Nd", 2 * 144.242 / (2 * 144.242 + 3 * 15.999)),
        ("La2O3", "La", 2 * 138.905 / (2 * 138.905 + 3 * 15.999)),
        ("Nd2Fe14B", "Nd", 2 * 144.242 / (2 * 144.242 + 14 * 55.845 + 10.81)),
        ("Sm2Co17", "Sm", 2 * 150.36 / (2 * 150.36 + 17 * 58.933)),
        ("Y3Al5O12", "Y", 3 * 88.906 / (3 * 88.906 + 5 * 26.982 + 12 * 15.999)),
        ("La0.8Sr0.2MnO3", "La", 0.8 * 138.905 / (0.8 * 138.905 + 0.2 * 87.62 + 54.938 + 47.997)),
        ("Gd(NO3)3*6H2O", "Gd", 157.25 / (157.25 + 3 * 62.004 + 6 * 18.015)),
    ],
)
def test_fractions_follow_from_atomic_weights(formula: str, symbol: str, fraction: float) -> None:
    fractions = parse_formula(formula)

    assert fractions is not None
    assert fractions[symbol] == pytest.approx(fraction, rel=2e-4)


@pytest.mark.parametrize(
    "text",
    [
        "Nd2Fe14B", "Y3Al5O12:Ce", "Sm2Co17", "CeO2-ZrO2", "TbDyFe", "YVO4", "YBa2Cu3O7",
        "LaB6", "Er3Ni", "ErCl3 powder", "[La2O3]",
    ],
)  # fmt: skip
def test_formulas_are_certain(text: str) -> None:
    assert any(formula.certain for formula in find_formulas(text))


@pytest.mark.parametrize(
    "text",
    [
        "ER32", "Dyn11", "SM1D12C", "Y5V", "QS20Y-AG", "N0403.12N.2", "TB6612FNG", "PrOTeCt",
        "GD32F103", "Yes", "LuK600", "BYV26C", "YB1210", "SC70-5", "HO-25", "Y30BH", "DY-SV17F",
        "YT15", "YG8", "Er", "Nd", "CeraMic", "Nd(", "Nd2)O3", "Nd" * 40,
    ],
)  # fmt: skip
def test_words_and_part_numbers_are_no_certain_formulas(text: str) -> None:
    assert not any(formula.certain for formula in find_formulas(text))


def test_a_short_formula_of_yttrium_is_not_certain() -> None:
    (formula,) = find_formulas("YF3")

    assert not formula.certain
    assert formula.fractions["Y"] == pytest.approx(0.6094, abs=1e-4)


def test_the_kind_of_compound_is_told() -> None:
    oxide, alloy, salt = (find_formulas(text)[0] for text in ("Nd2O3", "SmCo5", "NdCl3"))

    assert (oxide.oxide, oxide.metallic) == (True, False)
    assert (alloy.oxide, alloy.metallic) == (False, True)
    assert (salt.oxide, salt.metallic) == (False, False)


def test_a_field_for_formulas_may_hold_a_bare_symbol() -> None:
    assert parse_formula("Dy") == {"Dy": 1.0}
    assert parse_formula("Fe") == {}
    assert parse_formula("steel") is None
    assert parse_formula("((((((Nd))))))") is None
