"""Shares, dopings, registry numbers and customs codes in a text."""

from __future__ import annotations

import pytest

from app.identification.printed_chemistry import (
    find_alloys,
    find_cas_numbers,
    find_customs_codes,
    find_doped,
    find_dopings,
    find_ec_numbers,
    find_shares,
)

HOSTS = {"YAG": ("Y",), "GOS": ("Gd",), "glass": ()}


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("Nd 29.5%, Dy 3.2 wt%", {"Nd": 0.295, "Dy": 0.032}),
        ("Nd: 22,5 Gew.-%", {"Nd": 0.225}),
        ("24% Nd, 6% Pr", {"Nd": 0.24, "Pr": 0.06}),
        ("Er 500 ppm", {"Er": 0.0005}),
        ("R 5%, tolerance 10%", {}),
        ("Nd 70%, Pr 60%", {}),
        ("Nd 1.1 at", {}),
    ],
)
def test_shares_are_read_with_their_unit(text: str, shares: dict[str, float]) -> None:
    found = {share.symbol: share.fraction for share in find_shares(text)}

    assert found == pytest.approx(shares)


def test_a_bare_per_cent_sign_is_told_apart() -> None:
    assert [share.by_mass for share in find_shares("Nd 30%")] == [False]
    assert [share.by_mass for share in find_shares("Nd 30 wt%")] == [True]


@pytest.mark.parametrize(
    ("text", "dopants", "host"),
    [
        ("Nd:YAG rod", ("Nd",), ("Y",)),
        ("Cr,Tm,Ho:YAG", ("Tm", "Ho"), ("Y",)),
        ("GOS:Tb", ("Tb",), ("Gd",)),
        ("LaBr3:Ce", ("Ce",), ("La",)),
        ("SrAl2O4:Eu,Dy", ("Eu", "Dy"), ()),
        ("Er:glass", ("Er",), ()),
        ("BaMgAl10O17:Eu2+", ("Eu",), ()),
    ],
)
def test_dopings_name_host_and_dopants(
    text: str, dopants: tuple[str, ...], host: tuple[str, ...]
) -> None:
    (doping,) = find_dopings(text, HOSTS)

    assert (doping.dopants, doping.host_elements) == (dopants, host)


@pytest.mark.parametrize("text", ["Type:Er", "Ho:me", "size:Sm", "Tb: 5", "note: Nd", "Nd YAG"])
def test_other_colons_are_no_dopings(text: str) -> None:
    assert find_dopings(text, HOSTS) == ()


def test_a_cas_number_needs_its_check_digit() -> None:
    assert [number.digits for number in find_cas_numbers("CAS 1313-97-9 x")] == ["1313-97-9"]
    assert find_cas_numbers("CAS 1313-97-8") == ()
    assert find_cas_numbers("tel 12-345-67") == ()
    assert find_cas_numbers("1-1313-97-9") == ()


def test_an_ec_number_needs_a_word_that_announces_it() -> None:
    assert [number.digits for number in find_ec_numbers("EC 215-214-1")] == ["215-214-1"]
    assert find_ec_numbers("215-214-1") == ()
    assert find_ec_numbers("EC 215-214-2") == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("8505111000 blocks", ["8505111000"]),
        ("HS 8505.11.10", ["85051110"]),
        ("85051110", []),
        ("HS 2846 90 15 00", ["2846901500"]),
        ("part 1234567", []),
        ("12345678901234567890", []),
    ],
)
def test_customs_codes_have_ten_digits_or_a_word(text: str, codes: list[str]) -> None:
    assert [code.digits for code in find_customs_codes(text)] == codes


@pytest.mark.parametrize(
    ("text", "dopants"),
    [
        ("Er/Yb co-doped fibre", ("Er", "Yb")),
        ("Nd-doped glass rod", ("Nd",)),
        ("silicon, B-doped", ()),
        ("doped by hand", ()),
    ],
)
def test_what_is_doped_by_symbol(text: str, dopants: tuple[str, ...]) -> None:
    assert tuple(symbol for doping in find_doped(text) for symbol in doping.dopants) == dopants


@pytest.mark.parametrize(
    ("text", "rare"),
    [
        ("Mg-Gd-Y casting", ("Gd", "Y")),
        ("Mg-Nd", ("Nd",)),
        ("Y-B cable", ()),
        ("SC-LC patch cord", ()),
        ("Al-Cu-Mg plate", ()),
    ],
)
def test_alloys_are_symbols_with_dashes(text: str, rare: tuple[str, ...]) -> None:
    assert tuple(symbol for alloy in find_alloys(text) for symbol in alloy.dopants) == rare
