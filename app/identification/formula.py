"""Reads chemical formulas and the mass fractions of rare earths in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from molmass.elements import ELEMENTS

from app.domain.elements import RARE_EARTH_SET

#: Elements that goods are made of; radioactive ones would turn words into formulas.
_COMMON = frozenset(
    "H Li Be B C N O F Na Mg Al Si P S Cl K Ca Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Rb Sr Zr "
    "Nb Mo Ru Rh Pd Ag Cd In Sn Sb Te I Cs Ba Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Th U".split()
)
KNOWN_SYMBOLS = _COMMON | RARE_EARTH_SET

#: What a rare earth forms binary compounds and alloys with.
_PARTNERS = frozenset(
    "H B C N O F Al Si P S Cl Mn Fe Co Ni Cu Zn Ga Ge As Se Br In Sn Sb Te I Bi Mg".split()
)

_SYMBOLS = "Sc|La|Ce|Pr|Nd|Pm|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Y"

#: Cheap test that a text may hold a formula: a symbol of a rare earth before a digit, a
#: bracket or another symbol.
#: Each way of writing one begins with its letters, so that the search leaps from one capital
#: letter of a symbol to the next.
_MAYBE = re.compile(
    "|".join(
        f"{symbol}(?:[0-9()A-Z]|(?<=[a-z0-9]{symbol})(?![a-z]))" for symbol in _SYMBOLS.split("|")
    )
)

#: A comma stands inside a bracket only, between what shares one place (`(La,Sr)MnO3`).
#: What a run has taken it keeps: a run that may be cut anywhere takes for ever where it ends badly.
_TOKEN = re.compile(
    r"(?:[A-Za-z0-9\[\].*\u00b7]++|\([A-Za-z0-9.]{1,20}(?:,[A-Za-z0-9.]{1,20}){1,6}\)|[()])+"
)
_PART = re.compile(r"([A-Z][a-z]?)(\d+(?:\.\d+)?)?|([(\[])|([)\]])(\d+(?:\.\d+)?)?|,")
_WATER = re.compile(r"[*.\u00b7](\d+)?H2O\Z")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")

#: `6Y2O3-2Al2O3`: how much of an oxide, before it.
_SHARE = re.compile(r"\d{1,2}(?:\.\d)?(?=[A-Z][a-z]?\d?O\d)")

_MAX_LENGTH = 60
_MAX_DEPTH = 4
_MAX_FORMULAS = 32
_MAX_COUNT = 120.0

#: What alloys without figures have (`GdFeCo`); `HoReCa` is none.
_WITHOUT_FIGURES = frozenset("B O Mg Al Si Cr Mn Fe Co Ni Cu Zn Ga Zr".split())

#: Signs of a formula: the more of them, the less it can be a word or a part number.
_CERTAIN = 2


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that holds a rare earth.

    Attributes:
        fractions: Mass fraction of each rare earth [1].
        certain: It cannot well be a word or a part number.
        start, end: Place in the text.
        oxide: The only partner of the rare earths is oxygen.
        metallic: No partner is a non-metal.
        shares_known: False where elements share a place and the text does not say how.
    """

    text: str
    fractions: Mapping[str, float]
    certain: bool
    start: int
    end: int
    oxide: bool
    metallic: bool
    shares_known: bool = True


def find_formulas(text: str, named: Iterable[tuple[int, int]] = ()) -> tuple[Formula, ...]:
    """Return the formulas with rare earths in a text.

    Args:
        text: As the caller wrote it.
        named: Spans of names; a formula inside one is left out, as the name says more. They are
            looked at where a word may be a formula, so that the caller need not work them out.

    Examples:
        >>> [(f.text, round(f.fractions["Nd"], 3)) for f in find_formulas("Nd2Fe14B ER32 Dyn11")]
        [('Nd2Fe14B', 0.267)]
    """
    first_sign = _MAYBE.search(text)
    if first_sign is None:
        return ()
    # No formula goes over a blank, so that the words before the first sign need no look.
    begin = text.rfind(" ", 0, first_sign.start()) + 1
    spans: list[tuple[int, int]] | None = None
    found = []
    for match in _TOKEN.finditer(text, begin):
        word = match.group().rstrip(".*")
        if len(word) <= _MAX_LENGTH and _MAYBE.search(word):
            start = match.start()
            share = _SHARE.match(word)
            if share is not None:
                word, start = word[share.end() :], start + share.end()
            spans = list(named) if spans is None else spans
            if any(first <= start and start + len(word) <= last for first, last in spans):
                continue
            formula = _formula(word, start)
            if formula is not None:
                found.append(formula)
                if len(found) == _MAX_FORMULAS:
                    break
    return tuple(found)


def parse_formula(text: str) -> Mapping[str, float] | None:
    """Return the mass fraction of each rare earth [1] of a formula, or None where it is none.

    Unlike `find_formulas` this takes a field that is declared to be a formula, so that a bare
    symbol counts.
    """
    counts = _counts(text.strip().replace(" ", ""))
    return None if counts is None else _fractions(counts)


def _formula(word: str, start: int) -> Formula | None:
    """Return the formula that a word is, or None."""
    counts = _counts(word)
    if counts is None:
        return None
    rare = [symbol for symbol in counts if symbol in RARE_EARTH_SET]
    others = [symbol for symbol in counts if symbol not in RARE_EARTH_SET]
    if not rare or len(counts) < 2:
        return None
    if len(others) == 1 and others[0] not in _PARTNERS:
        return None
    return Formula(
        text=word,
        fractions=_fractions(counts),
        certain=_is_certain(word, rare, counts),
        start=start,
        end=start + len(word),
        oxide=others == ["O"],
        metallic=not set(others) & set("H B C N O F P S Cl Se Br Te I".split()),
        shares_known="," not in word,
    )


def _is_certain(word: str, rare: list[str], counts: Mapping[str, float]) -> bool:
    """Return whether a word that parses as a formula is one on its own.

    Yttrium has one letter, so that its formulas look like part numbers; they need oxygen or a
    symbol of two letters.
    """
    digits = len(_DIGITS.findall(word))
    if any(len(symbol) == 2 for symbol in rare):
        return digits >= 1 or (len(counts) > 2 and not _WITHOUT_FIGURES.isdisjoint(counts))
    two_letters = any(len(symbol) == 2 for symbol in counts)
    if two_letters:
        return digits >= 1
    return "O" in counts and (digits >= _CERTAIN or (digits >= 1 and len(counts) > 2))


@cache
def _mass(symbol: str) -> float:
    """Return the standard atomic weight of an element [g/mol]."""
    return float(ELEMENTS[symbol].mass)


def _fractions(counts: Mapping[str, float]) -> Mapping[str, float]:
    """Return the mass fraction of each rare earth [1]."""
    total = sum(_mass(symbol) * count for symbol, count in counts.items())
    return {
        symbol: _mass(symbol) * count / total
        for symbol, count in counts.items()
        if symbol in RARE_EARTH_SET
    }


def _counts(word: str) -> dict[str, float] | None:
    """Return how many atoms of each element a formula has, or None where it is none."""
    if len(word) > _MAX_LENGTH:
        return None
    water = _WATER.search(word)
    if water:
        anhydrous = _plain_counts(word[: water.start()])
        if anhydrous is None:
            return None
        molecules = float(water.group(1) or 1)
        anhydrous["H"] = anhydrous.get("H", 0.0) + 2 * molecules
        anhydrous["O"] = anhydrous.get("O", 0.0) + molecules
        return anhydrous
    return _plain_counts(word)


def _plain_counts(word: str) -> dict[str, float] | None:
    """Return the atoms of a formula without water of crystallisation, or None."""
    stack: list[dict[str, float]] = [{}]
    position = 0
    while position < len(word):
        part = _PART.match(word, position)
        if part is None or not _add_part(stack, part):
            return None
        position = part.end()
    counts = stack[0]
    if len(stack) != 1 or not counts or not 0 < sum(counts.values()) <= _MAX_COUNT:
        return None
    return counts


def _add_part(stack: list[dict[str, float]], part: re.Match[str]) -> bool:
    """Count one symbol or bracket; return False where it cannot be part of a formula."""
    symbol, number, opening, closing, group_number = part.groups()
    if opening:
        stack.append({})
        return len(stack) <= _MAX_DEPTH + 1
    if symbol:
        if symbol not in KNOWN_SYMBOLS:
            return False
        stack[-1][symbol] = stack[-1].get(symbol, 0.0) + float(number or 1)
        return True
    if closing:
        if len(stack) == 1:
            return False
        for inner, count in stack.pop().items():
            stack[-1][inner] = stack[-1].get(inner, 0.0) + count * float(group_number or 1)
    return True  # a comma between what shares one place
