"""Reads grades of sintered magnets (`N42SH`) and the size of a bare magnet."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from app.domain.materials import GradeRule
from app.domain.triple import Triple
from app.identification.folding import fold

_NDFEB = re.compile(
    r"(?<![A-Za-z0-9.])(N|NMX-[A-Z]?|NEOREC ?|BMN-?)?(\d\d)[ -]?(SH|UH|EH|AH|VH|TH|M|H)?"
    r"(?![A-Za-z0-9])(?!\.\d)"
)
_SMCO = re.compile(
    r"(?<![A-Za-z0-9])(?:YXG?S?-?\d\d[A-Z]*|XGS?[ -]?\d\d[A-Z/0-9]*|SmCo ?\d\d|RECOMA ?\d\d\w*)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)

#: What one of them has; a cheap test before the search.
_SMCO_SIGN = re.compile("[Xx]|[Cc][Oo]")
#: Words that may stand beside a grade without making the line anything but a bare magnet.
_SIZE_WORDS = frozenset(
    "x mm cm in inch inches dia diameter d od id t thk thick l w h by of pcs pc um deg c lg "
    "long r".split()
)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_TIMES = r"[ ]?(?:mm|cm)?[ ]?[x\u00d7*X][ ]?(?:[\u00d8\u03c6\u2300]|ID|OD)?[ ]?"
_SIZE = re.compile(rf"(?<![\d.,/]){_NUMBER}{_TIMES}{_NUMBER}(?:{_TIMES}{_NUMBER})?(?![\d/])")
_TIMES_SIGN = re.compile("[x\u00d7*X]")
_INCHES = re.compile(r"\d ?/ ?\d|\d ?(?:in\b|inch|\")")

_MM3 = 1e-9


class Grade(NamedTuple):
    """A magnet grade in a text.

    Attributes:
        suffix: Letters of the temperature class; "" for none.
        material: Id of the material.
    """

    text: str
    suffix: str
    material: str
    start: int
    end: int


def find_grade(text: str, rule: GradeRule) -> Grade | None:
    """Return the first grade of a sintered NdFeB magnet in a text, or None.

    A number of two digits alone is no grade: it needs the N before it or the letters behind it.
    """
    low, high = rule.energy_products
    for match in _NDFEB.finditer(text):
        prefix, figures, suffix = match.groups("")
        if not prefix and not suffix:
            continue
        if low <= int(figures) <= high and suffix in rule.materials:
            if not prefix and len(suffix) == 1 and " " in match.group():
                continue
            start, end = match.span()
            return Grade(match.group().strip(), suffix, rule.materials[suffix], start, end)
    return None


def find_smco_grade(text: str) -> re.Match[str] | None:
    """Return the first grade of a SmCo magnet in a text, or None."""
    if text.isascii() and not _SMCO_SIGN.search(text):
        return None
    return _SMCO.search(text)


def ferrite_grade_pattern(rule: GradeRule) -> re.Pattern[str]:
    """Return the pattern of grades of ferrite and AlNiCo magnets.

    Such grades are a prefix of the rule with letters behind its figures (`Y30BH`), or figures
    behind its letters (`LNG40`, `HF 26/18`); next to a magnet they say that it holds no rare
    earth. Grades of ferrite with lanthanum end in N (`FB9N`) and are none of these.
    """
    never = "(?!)"
    with_figures = "|".join(re.escape(p) for p in rule.ferrite_prefixes if not p.isalpha()) or never
    letters = "|".join(re.escape(p) for p in rule.ferrite_prefixes if p.isalpha()) or never
    return re.compile(
        rf"(?<![A-Za-z0-9])(?:(?:{with_figures})[A-MO-Z]{{0,3}}(?:-\d)?"
        rf"|(?:{letters})[ ]?\d\d(?:/\d{{1,3}})?)(?![A-Za-z0-9])"
    )


def is_bare_grade(text: str, grade: Grade, other_words: frozenset[str]) -> bool:
    """Return whether a text holds nothing but a grade, a size, and words for shape or coating.

    Args:
        text: As the caller wrote it.
        grade: The grade in it.
        other_words: Words for shapes and coatings.
    """
    if not re.search(r"\d ?(?:mm)?[x\u00d7*X]", text[: grade.start] + " " + text[grade.end :]):
        return False
    rest = fold(text[: grade.start] + " " + text[grade.end :]).folded
    words = re.sub(r"\d+", " ", rest).replace("|", " ").split()
    return all(word in _SIZE_WORDS or word in other_words for word in words)


def volume_of(text: str, *, ring: bool) -> Triple | None:
    """Return the volume of a bare magnet by the size that a text prints [m3], or None.

    Two figures are a disc, diameter by height. Three are a block, or a ring where the text says
    so; a block of which the text does not say that it is one may be a cylinder with a flat, so
    that the low end is the cylinder that fits in.

    Args:
        text: As the caller wrote it, sizes in millimetres.
        ring: The text says that the magnet is a ring.
    """
    if not _TIMES_SIGN.search(text):
        return None
    match = _SIZE.search(text)
    if match is None or _INCHES.search(text):
        return None
    figures = [float(part.replace(",", ".")) for part in match.groups() if part]
    if min(figures) <= 0 or max(figures) > 1000:
        return None
    if len(figures) == 2:
        diameter, height = figures
        volume = math.pi / 4 * diameter**2 * height * _MM3
        return Triple.exactly(volume)
    first, second, third = figures
    if ring:
        outer, inner = max(first, second), min(first, second)
        return Triple.exactly(math.pi / 4 * (outer**2 - inner**2) * third * _MM3)
    block = first * second * third * _MM3
    return Triple(block * math.pi / 4, block, block)
