"""Finds chemistry that a text prints: shares, dopings, CAS and EC numbers, customs codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from app.domain.elements import RARE_EARTH_SET
from app.domain.registry_numbers import is_cas_number, is_ec_number
from app.identification.formula import KNOWN_SYMBOLS, parse_formula

_SYMBOLS = "Sc|La|Ce|Pr|Nd|Pm|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Y"
#: Without such letters a text prints none of the chemistry that symbols tell.
_ANY_SYMBOL = re.compile(_SYMBOLS)
_UNIT = r"(wt\.?[ ]?-?%|mass[ ]?%|m%|Gew\.?-?[ ]?%|%[ ]?\(?wt\)?|%|ppm)"
_SHARE_AFTER = re.compile(
    rf"(?<![A-Za-z0-9])({_SYMBOLS})[ ]?[:=]?[ ]?(\d{{1,3}}(?:[.,]\d{{1,4}})?)[ ]?{_UNIT}"
)
_SHARE_BEFORE = re.compile(
    rf"(?<![\d.,])(\d{{1,3}}(?:[.,]\d{{1,4}})?)[ ]?{_UNIT}[ ]?({_SYMBOLS})(?![A-Za-z0-9])"
)

_DOPING = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z0-9(),]{1,30})(?:\([A-Za-z0-9.]{1,10}\))?[ ]?:[ ]?"
    r"([A-Za-z0-9()+,]{1,30})"
)
#: `Er/Yb co-doped`, `Y-stabilised`, `Nd掺杂`, `掺Yb`.
_DOPED = re.compile(
    rf"(?<![A-Za-z0-9])((?:{_SYMBOLS})(?:[ ]?[/,+&\u00b7-][ ]?(?:{_SYMBOLS})){{0,3}})[ -]{{0,2}}"
    r"(?:(?:[Cc]o-?)?[Dd]o(?:p(?:ed|ant|iert)|tiert)|[Ss]tabili[sz]ed|[Ss]ubstituted|stabilisiert"
    r"|TZP|\u6dfb\u52a0|\u30c9\u30fc\u30d7|\u63ba\u6742|\u5b89\u5b9a\u5316|\ub3c4\ud551)"
)
_DOPED_BEFORE = re.compile(rf"(?:\u63ba|dop\u00e9e? (?:au |\u00e0 l')?)({_SYMBOLS})(?![A-Za-z0-9])")
#: `YBCO`, `GdBCO`: the barium copper oxides.
_CUPRATE = re.compile(r"(?<![A-Za-z0-9])(Y|Nd|Sm|Eu|Gd|Dy|Ho|Er|Yb)BCO(?![A-Za-z0-9])")
#: What one of them has in every ASCII text; a cheap test before the searches.
_DOPED_SIGN = re.compile("[Dd]op|[Dd]oti|tabili|ubstituted|TZP|BCO")
#: `La,Y`, `Nd/Pr/Dy`: a list of symbols, at least one of them of two letters.
_LISTED = re.compile(
    rf"(?<![A-Za-z0-9,/+&])((?:{_SYMBOLS})(?:[ ]?[,/+&][ ]?(?:{_SYMBOLS})){{1,6}})(?![A-Za-z0-9])"
)
#: `1.2 % RE`, `TREO: 60 %`.
_TOTAL = re.compile(
    r"\d[ ]?(?:wt\.?[ ]?-?%|mass[ ]?%|Gew\.?-?[ ]?%|%)[ ]?(?:T?RE[EO]?)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])(?:T?RE[EO]?)[ ]?[:=]?[ ]?\d{1,3}(?:[.,]\d{1,4})?[ ]?(?:wt|mass)?[ ]?%"
)
#: `Mg-Nd`, `Al-2Sc`, `Nd-Fe-B`.
_DASHED = re.compile(
    r"(?<![A-Za-z0-9-])[A-Z][a-z]?(?:-\d{0,2}(?:\.\d{1,2})?[A-Z][a-z]?\d{0,2}){1,5}"
    r"(?![A-Za-z0-9]|-[A-Za-z0-9])"
)
_SYMBOL = re.compile(r"[A-Z][a-z]?")
#: `Mg-4Y-3RE`: rare earths of which nothing more is said.
_ANY_RARE_EARTH = ("R", "E")
#: What yttrium is alloyed with, so that two symbols tell: `Y-Mg master alloy`.
_METALS = frozenset(("Mg", "Al", "Ni", "Zr", "Cu", "Ti"))
_DOPANTS = re.compile(rf"(?:{_SYMBOLS})(?:[23]\+)?(?:,(?:{_SYMBOLS})(?:[23]\+)?)*")
_ONE_DOPANT = re.compile(rf"{_SYMBOLS}")

#: Dopants beside rare earths, as in `Cr,Tm,Ho:YAG`.
_OTHER_DOPANTS = frozenset(("Cr", "Mg", "Ca", "Ti", "Mn", "Co", "V"))

_CAS = re.compile(r"(?<![\d-])[1-9]\d{1,6}-\d\d-\d(?![\d-])")
_EC = re.compile(r"(?<![\d-])[1-9]\d\d-\d{3}-\d(?![\d-])")
_EC_WORD = re.compile(r"\b(?:EC|EINECS|ELINCS|EG)\b")
_CUSTOMS = re.compile(r"(?<![\d.-])\d{4}[. ]?\d\d[. ]?\d\d(?:[. ]?\d\d)?(?![\d.-]*\d)")
_EIGHT_DIGITS = re.compile(r"\d[\d. ]{6}[\d. ]*\d")
_CUSTOMS_WORD = re.compile(
    r"\b(?:HS|HTS|HTSUS|CN|KN|TARIC|tariff|customs|commodity|Zolltarif\w{0,12}|Warennummer)\b"
    r"|海关|税号|税則|税番|HSコード|编码",
    re.IGNORECASE,
)

#: Numbers or dopings that are read in one field.
_MAX_FOUND = 32

_PERCENT = 0.01
_PPM = 1e-6


class PrintedShare(NamedTuple):
    """A mass share of an element as the text prints it.

    `by_mass` tells that the text says so; a bare per cent sign may mean something else.
    """

    symbol: str
    fraction: float
    by_mass: bool
    start: int
    end: int


class PrintedDoping(NamedTuple):
    """A host and the rare earths that it is doped with (`Nd:YAG`, `LaBr3:Ce`)."""

    host: str
    host_elements: tuple[str, ...]
    dopants: tuple[str, ...]
    start: int
    end: int


class PrintedNumber(NamedTuple):
    """A registry number or customs code; `digits` without dots and blanks."""

    digits: str
    start: int
    end: int


def may_hold_symbols(text: str) -> bool:
    """Return whether a text has the letters of a symbol of a rare earth, be it inside a word.

    Shares, dopings, lists, alloys, nuclides, formulas and complexes are searched in no other
    text; the test takes a small part of the time of each of these searches.

    Examples:
        >>> may_hold_symbols("LaF3"), may_hold_symbols("Cover"), may_hold_symbols("MAG-42")
        (True, False, False)
    """
    return _ANY_SYMBOL.search(text) is not None


def find_shares(text: str) -> tuple[PrintedShare, ...]:
    """Return the mass shares of rare earths that a text prints.

    Examples:
        >>> [(s.symbol, s.fraction) for s in find_shares("Nd 22.5 wt%, Dy: 2 %; R 5 %")]
        [('Nd', 0.225), ('Dy', 0.02)]
    """
    if "%" not in text and "ppm" not in text:
        return ()
    found = {}
    for match in _SHARE_AFTER.finditer(text):
        symbol, figure, unit = match.groups()
        found[symbol] = _share(symbol, figure, unit, match.span())
    for match in _SHARE_BEFORE.finditer(text):
        figure, unit, symbol = match.groups()
        found.setdefault(symbol, _share(symbol, figure, unit, match.span()))
    shares = tuple(share for share in found.values() if 0 < share.fraction <= 1)
    return shares if sum(share.fraction for share in shares) <= 1 else ()


def _share(symbol: str, figure: str, unit: str, span: tuple[int, int]) -> PrintedShare:
    """Return one printed share."""
    factor = _PPM if unit == "ppm" else _PERCENT
    value = float(figure.replace(",", ".")) * factor
    return PrintedShare(symbol, value, unit != "%", *span)


def find_dopings(text: str, hosts: Mapping[str, tuple[str, ...]]) -> tuple[PrintedDoping, ...]:
    """Return the dopings with rare earths that a text prints.

    Args:
        text: As the caller wrote it.
        hosts: Rare earths in host crystals by short name.
    """
    if ":" not in text:
        return ()
    found = []
    for match in _DOPING.finditer(text):
        left, right = match.groups()
        left, right = left.lstrip(","), right.rstrip(",")
        left = ",".join(part for part in left.split(",") if part not in _OTHER_DOPANTS)
        if _DOPANTS.fullmatch(left):
            host, dopants = right, left
        elif _DOPANTS.fullmatch(right):
            host, dopants = left, right
        else:
            continue
        elements = _host_elements(host, hosts)
        if elements is None and _DOPANTS.fullmatch(host):
            elements = tuple(_ONE_DOPANT.findall(host))
        if elements is not None:
            symbols = tuple(dict.fromkeys(_ONE_DOPANT.findall(dopants)))
            found.append(PrintedDoping(host, elements, symbols, *match.span()))
            if len(found) == _MAX_FOUND:
                break
    return tuple(found)


def find_doped(text: str) -> tuple[PrintedDoping, ...]:
    """Return what a text calls doped or stabilised with rare earths by symbol.

    Examples:
        >>> [d.dopants for d in find_doped("Er/Yb co-doped fibre, Nd-doped glass")]
        [('Er', 'Yb'), ('Nd',)]
    """
    if text.isascii() and not _DOPED_SIGN.search(text):
        return ()
    found = []
    for pattern in (_DOPED, _DOPED_BEFORE, _CUPRATE):
        for match in islice(pattern.finditer(text), _MAX_FOUND):
            symbols = tuple(dict.fromkeys(_ONE_DOPANT.findall(match.group(1))))
            found.append(PrintedDoping("", (), symbols, *match.span()))
    return tuple(found)


def find_listed(text: str) -> tuple[PrintedDoping, ...]:
    """Return the lists of symbols of rare earths in a text.

    Examples:
        >>> [listed.dopants for listed in find_listed("washcoat w/ La,Y; 3,Y, U/Y/Y, Pr + Nd")]
        [('La', 'Y'), ('Pr', 'Nd')]
    """
    if "," not in text and "/" not in text and "+" not in text and "&" not in text:
        return ()
    found = []
    for match in islice(_LISTED.finditer(text), _MAX_FOUND):
        symbols = tuple(dict.fromkeys(_ONE_DOPANT.findall(match.group(1))))
        if len(symbols) > 1:
            found.append(PrintedDoping("", (), symbols, *match.span()))
    return tuple(found)


def prints_total(text: str) -> bool:
    """Return whether a text prints a share of rare earths as a whole.

    Examples:
        >>> prints_total("FeSiMg with 1.2 % RE"), prints_total("RE 5 %"), prints_total("RE: 5 pcs")
        (True, True, False)
    """
    return "%" in text and _TOTAL.search(text) is not None


def find_alloys(text: str) -> tuple[PrintedDoping, ...]:
    """Return alloys that a text writes as symbols with dashes (`Mg-Nd`).

    Two symbols need one of a rare earth with two letters; more of them are never a code.

    Examples:
        >>> [a.dopants for a in find_alloys("Mg-Nd alloy, Y-B cable, SC-LC, Mg-Gd-Y")]
        [('Nd',), ('Gd', 'Y')]
    """
    found = []
    for match in islice(_DASHED.finditer(text), _MAX_FOUND):
        symbols = tuple(dict.fromkeys(_SYMBOL.findall(match.group())))
        rare = tuple(symbol for symbol in symbols if symbol in RARE_EARTH_SET)
        known = all(symbol in KNOWN_SYMBOLS or symbol in _ANY_RARE_EARTH for symbol in symbols)
        telling = any(len(symbol) == 2 for symbol in rare) or len(symbols) > 2
        telling = telling or (len(symbols) == 2 and not _METALS.isdisjoint(symbols))
        if rare and known and telling and len(symbols) > 1:
            found.append(PrintedDoping("", (), rare, *match.span()))
    return tuple(found)


def _host_elements(host: str, hosts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the rare earths of a host, or None where it is none."""
    if host in hosts:
        return hosts[host]
    if not any(sign.isdigit() for sign in host) and not _is_salt(host):
        return None
    fractions = parse_formula(host.replace(",", ""))
    return None if fractions is None else tuple(fractions)


def _is_salt(host: str) -> bool:
    """Return whether letters alone are the formula of a host (`SrS`, `BaFBr`), not a code."""
    symbols = _SYMBOL.findall(host)
    return (
        len(symbols) > 1
        and "".join(symbols) == host
        and all(symbol in KNOWN_SYMBOLS for symbol in symbols)
        and any(len(symbol) == 2 for symbol in symbols)
    )


def find_cas_numbers(text: str) -> tuple[PrintedNumber, ...]:
    """Return the CAS numbers with a right check digit in a text."""
    if text.count("-") < 2:
        return ()
    numbers = (
        PrintedNumber(match.group(), *match.span())
        for match in _CAS.finditer(text)
        if is_cas_number(match.group())
    )
    return tuple(islice(numbers, _MAX_FOUND))


def find_ec_numbers(text: str) -> tuple[PrintedNumber, ...]:
    """Return the EC numbers with a right check digit in a text that says that they are some."""
    if text.count("-") < 2 or not _EC_WORD.search(text):
        return ()
    numbers = (
        PrintedNumber(match.group(), *match.span())
        for match in _EC.finditer(text)
        if is_ec_number(match.group())
    )
    return tuple(islice(numbers, _MAX_FOUND))


def find_customs_codes(text: str) -> tuple[PrintedNumber, ...]:
    """Return customs codes of 8 or 10 digits in a text.

    Eight digits may be anything, so that they need a word that announces a customs code.
    """
    if not _EIGHT_DIGITS.search(text):
        return ()
    found = []
    announced = bool(_CUSTOMS_WORD.search(text))
    for match in _CUSTOMS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) == 10 or announced:
            found.append(PrintedNumber(digits, *match.span()))
    return tuple(found[:_MAX_FOUND])
