"""Finds radioactive nuclides of rare earths that goods are sold as (`Lu-177`, `Yttrium-90`)."""

from __future__ import annotations

import re
from itertools import islice

from app.identification.printed_chemistry import PrintedDoping

#: Those in medicine, gauges and power sources; other numbers behind a symbol are part numbers.
_MASSES = {
    "Sc": "44|46|47", "Y": "86|88|90", "La": "140", "Ce": "139|141|144", "Pr": "14[23]",
    "Nd": "147", "Pm": "14[79]", "Sm": "145|153", "Eu": "15[245]", "Gd": "148|153",
    "Tb": "149|152|155|161", "Dy": "165", "Ho": "166m?", "Er": "165|169", "Tm": "17[01]",
    "Yb": "169|175", "Lu": "17[67]",
}  # fmt: skip
_EITHER_WAY = "|".join(f"({one})-?(?:{mass})|(?:{mass})-?({one})" for one, mass in _MASSES.items())
_BY_SYMBOL = re.compile(rf"(?<![A-Za-z0-9-])(?:{_EITHER_WAY})(?![A-Za-z0-9])")
#: Bound by a dash, or behind its number as chemists write it.
_CERTAIN = re.compile(r"[A-Z][a-z]-\d|\d[A-Z][a-z]\Z")
#: What one of them has; a cheap test before the search.
_DIGITS = re.compile("90|1[3-7]|4[467]|8[68]")
_SYMBOLS = {
    "yttrium": "Y", "cerium": "Ce", "promethium": "Pm", "samarium": "Sm", "europium": "Eu",
    "gadolinium": "Gd", "terbium": "Tb", "dysprosium": "Dy", "holmium": "Ho", "erbium": "Er",
    "thulium": "Tm", "ytterbium": "Yb", "lutetium": "Lu",
}  # fmt: skip
_BY_NAME = re.compile(
    rf"(?<![A-Za-z])({'|'.join(_SYMBOLS)})[ -]?\d{{2,3}}(?![A-Za-z0-9])", re.IGNORECASE
)
_MAX_FOUND = 8


def find_named_nuclides(text: str) -> tuple[PrintedDoping, ...]:
    """Return the nuclides that a text writes with the name of their element.

    Examples:
        >>> [nuclide.dopants for nuclide in find_named_nuclides("Yttrium-90 spheres, Samarium 5")]
        [('Y',)]
    """
    return tuple(
        PrintedDoping("", (), (_SYMBOLS[match[1].lower()],), *match.span())
        for match in islice(_BY_NAME.finditer(text), _MAX_FOUND)
    )


def find_nuclides(text: str) -> tuple[PrintedDoping, ...]:
    """Return the nuclides that a text writes with a symbol; alone they may be part numbers.

    Examples:
        >>> [nuclide.dopants for nuclide in find_nuclides("Lu-177 vial, 161Tb, N-90, Lu-1770")]
        [('Lu',), ('Tb',)]
    """
    if not _DIGITS.search(text):
        return ()
    return tuple(
        PrintedDoping("", (), (next(group for group in match.groups() if group),), *match.span())
        for match in islice(_BY_SYMBOL.finditer(text), _MAX_FOUND)
    )


def find_certain_nuclides(text: str) -> tuple[PrintedDoping, ...]:
    """Return the nuclides that no part number looks like: a symbol of two letters in its case.

    Examples:
        >>> [nuclide.dopants for nuclide in find_certain_nuclides("[177Lu], Sm-153, Y-90, LU-177")]
        [('Lu',), ('Sm',)]
    """
    return tuple(
        nuclide
        for nuclide in find_nuclides(text)
        if _CERTAIN.search(text[nuclide.start : nuclide.end])
    )
