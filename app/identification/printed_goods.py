"""Finds goods that a text writes with symbols (`Yb metal`, `Dy/Tb alloy`) or by kinds of glass."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from app.identification.printed_chemistry import PrintedDoping

_TWO_LETTERS = "Sc|La|Ce|Pr|Nd|Pm|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu"
_SYMBOL = re.compile(rf"{_TWO_LETTERS}|Y")

#: Words that are matter and nothing else, so that a symbol before them is no abbreviation.
_MATTER = (
    r"[Mm]etall?s?|[Oo]xid[e]?s?|[Nn]itrate?|[Cc]hloride?|[Ff]luoride?|[Cc]arbonate?|[Oo]xalate?"
    r"|[Aa]cetate?|[Ss]ulph?ate?|[Hh]ydroxide?|[Hh]ydride?|[Pp]hosphate?|[Tt]itanate?|[Zz]irconate?"
    r"|[Ss]ilicate?|[Gg]arnet|[Gg]ranat|[Tt]riflate|[Ff]oil|[Ii]ngots?|[Ss]putter(?:ing)?"
    r"|[Mm]aster alloy|[Mm]ischmetall?"
)
#: The same, where a symbol of one letter would be an abbreviation.
_GOODS = r"|[Tt]argets?|[Aa]lloys?|[Ll]egierung|[Pp]owder|[Pp]ulver|[Dd]iffusion|[Ss]hot"
_EAST_ASIAN = (
    "\u91d1\u5c5e|\u91d1\u5c6c|\u9776|\u5408\u91d1|\u30e1\u30bf\u30eb|\u30bf\u30fc\u30b2\u30c3\u30c8"
    "|\u6c27\u5316|\u9178\u5316|\u6dfb\u52a0|\u30c9\u30fc\u30d7|\u63ba\u6742"
)
_BY_SYMBOL = re.compile(
    rf"(?<![\w.&/+-])((?:{_TWO_LETTERS})(?:[ ]?[/,+&-][ ]?(?:{_TWO_LETTERS}|Y)){{0,3}})"
    rf"(?:[ -](?:{_MATTER}{_GOODS})(?!\w)|[ ]?(?:{_EAST_ASIAN}))"
    rf"|(?<![\w.&/+-])(Y)(?:[ -](?:{_MATTER})(?!\w)|[ ]?(?:{_EAST_ASIAN}))"
)

#: Makers write a letter before the kind of glass; without it the case must be that of lanthanum.
_GLASS = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z]{1,2}-(Z?L[aA](?:SF|F|K|L|H|M)[A-Za-z]{0,2})"
    r"|(La(?:K|SF|FN|KN|SK)[nN]?))\d{1,3}[A-Z]{0,2}(?![A-Za-z0-9])"
)
_MAX_FOUND = 8


class PrintedGlass(NamedTuple):
    """A kind of optical glass with lanthanum; `heavy` for the dense flints."""

    heavy: bool
    start: int
    end: int


def find_symbol_goods(text: str) -> tuple[PrintedDoping, ...]:
    """Return the rare earths whose symbols stand before a word for matter.

    Examples:
        >>> [g.dopants for g in find_symbol_goods("Yb metal, Dy/Tb alloy, Y oxide, Ho gauge")]
        [('Yb',), ('Dy', 'Tb'), ('Y',)]
    """
    return tuple(
        PrintedDoping(
            "", (), tuple(dict.fromkeys(_SYMBOL.findall(match[1] or match[2]))), *match.span()
        )
        for match in islice(_BY_SYMBOL.finditer(text), _MAX_FOUND)
    )


def find_lanthanum_glass(text: str) -> PrintedGlass | None:
    """Return the first kind of optical glass with lanthanum in a text, or None.

    Examples:
        >>> find_lanthanum_glass("H-ZLaF52 gob").heavy, find_lanthanum_glass("LaK9").heavy
        (True, False)
        >>> find_lanthanum_glass("LaF3, LAK9, S-LAM cover") is None
        True
    """
    match = _GLASS.search(text)
    if match is None:
        return None
    kind = (match[1] or match[2]).upper()
    return PrintedGlass(kind.startswith(("LASF", "LAH", "ZLAF")), *match.span())
