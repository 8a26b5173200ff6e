"""Finds goods that a text writes with symbols (`Yb metal`, `Dy/Tb alloy`, `Eu(fod)3`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from app.identification.printed_chemistry import PrintedDoping

_TWO_LETTERS = "Sc|La|Ce|Pr|Nd|Pm|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu"
_SYMBOL = re.compile(rf"{_TWO_LETTERS}|Y")

#: Words that are matter and nothing else, so that a symbol before them is no abbreviation.
_MATTER = (
    r"[Mm]etall?s?|[Oo]xid[e]?s?|[Nn]itrate?|[Cc]hloride?|[Ff]luoride?|[Cc]arbonate?|[Oo]xalate?"
    r"|[Aa]cetate?|[Ss]ulph?ate?|[Hh]ydroxide?|[Hh]ydride?|[Pp]hosphate?|[Tt]itanate?|[Zz]irconate?"
    r"|[Ss]ilicate?|[Gg]arnet|[Gg]ranat|[Tt]riflate|[Ff]oil|[Ii]ngots?|[Ss]putter(?:ing)?"
    r"|[Mm]aster alloy|[Mm]ischmetall?|[Nn]eodecanoate|[Vv]ersatate|[Oo]ctoate|[Nn]aphthenate"
    r"|[Ii]sopropoxide|[Aa]cetylacetonate|[Bb]romide?|[Ii]odide?|[Hh]exaboride?|[Ss]tearate"
)
#: The same, where a symbol of one letter would be an abbreviation.
_GOODS = (
    r"|[Tt]argets?|[Aa]lloys?|[Ll]egierung|[Pp]owder|[Pp]ulver|[Dd]iffusion|[Ss]hot"
    r"|[Ff]ib(?:re|er)|[Ll]aser|[Gg]lass"
)
_EAST_ASIAN = (
    "\u91d1\u5c5e|\u91d1\u5c6c|\u9776|\u5408\u91d1|\u30e1\u30bf\u30eb|\u30bf\u30fc\u30b2\u30c3\u30c8"
    "|\u6c27\u5316|\u9178\u5316|\u30d5\u30a1\u30a4\u30d0|\u5149\u7ea4|\u6fc0\u5149|\u6dfb\u52a0|\u30c9\u30fc\u30d7|\u63ba\u6742"
)
_BY_SYMBOL = re.compile(
    rf"(?<![\w.&/+-])((?:{_TWO_LETTERS})(?:[ ]?[/,+&-][ ]?(?:{_TWO_LETTERS}|Y)){{0,3}})"
    rf"(?:[ -](?:{_MATTER}{_GOODS})(?!\w)|[ ]?(?:{_EAST_ASIAN}))"
    r"|(?<![\w.&/+-])(Gd|Dy|Tb|Yb|Lu|Eu|Nd)[ -](?:[Ss]pheres?|[Bb]eads|[Pp]lates?|[Rr]ods?|[Ww]ire)"
    r"(?!\w)"
    r"|(?:[Ff]ib(?:re|er)|[Ff]aser|[Ll]aser|[Gg]lass|[Cc]rystal)[ -](Yb|Er|Tm|Ho|Nd)(?![\w-])"
    rf"|(?<![\w.&/+-])(Y)(?:[ -](?:{_MATTER})(?!\w)|[ ]?(?:{_EAST_ASIAN}))"
)

#: Complexes and salts whose partners are written as abbreviations.
_COMPLEX = re.compile(
    rf"(?<![A-Za-z0-9])({_TWO_LETTERS}|Y)\((?:acac|hfac|hfa|tfac|fod|FOD|tmhd|TMHD|thd|THD|dpm|DPM"
    r"|TTA|tta|dbm|DBM|bta|OTf|OTF|NTf2|OAc|OiPr|O-?i-?Pr|OtBu|OEt|OMe|Cp|i?PrCp|MeCp|EtCp"
    r"|CF3SO3|CH3COO|CH3CO2|C5H7O2|HMDS|N\(SiMe3\)2|phen|DOTA|DTPA)\)?\d?"
)
#: `GAGG(Ce)`.
_BRACKETED = re.compile(rf"(?<![A-Za-z0-9])([A-Za-z0-9]{{2,9}})\(({_TWO_LETTERS})\)")

#: What each match of `_BY_SYMBOL` has, a symbol that stands alone; a cheap test before it.
_LONE_SYMBOL = re.compile(rf"(?<![A-Za-z0-9])(?:{_TWO_LETTERS}|Y)(?![A-Za-z0-9])")

_MAX_FOUND = 8


def find_symbol_goods(text: str) -> tuple[PrintedDoping, ...]:
    """Return the rare earths whose symbols stand before a word for matter.

    Examples:
        >>> [g.dopants for g in find_symbol_goods("Yb metal, Dy/Tb alloy, Y oxide, Ho gauge")]
        [('Yb',), ('Dy', 'Tb'), ('Y',)]
    """
    if not _LONE_SYMBOL.search(text):
        return ()
    return tuple(
        PrintedDoping(
            "",
            (),
            tuple(dict.fromkeys(_SYMBOL.findall(next(filter(None, match.groups()))))),
            *match.span(),
        )
        for match in islice(_BY_SYMBOL.finditer(text), _MAX_FOUND)
    )


def find_complexes(text: str) -> tuple[PrintedDoping, ...]:
    """Return the rare earths of complexes and salts with abbreviated partners.

    Examples:
        >>> [c.dopants for c in find_complexes("Eu(fod)3, Sc(OTf)3, Er(note 3)")]
        [('Eu',), ('Sc',)]
    """
    return tuple(
        PrintedDoping("", (), (match[1],), *match.span())
        for match in islice(_COMPLEX.finditer(text), _MAX_FOUND)
    )


def find_bracketed(text: str, hosts: Mapping[str, tuple[str, ...]]) -> tuple[PrintedDoping, ...]:
    """Return the host crystals with a dopant in brackets.

    Examples:
        >>> [d.dopants for d in find_bracketed("GAGG(Ce) 10x10, EURO(Eu)", {"GAGG": ("Gd",)})]
        [('Ce',)]
    """
    return tuple(
        PrintedDoping(match[1], hosts[match[1]], (match[2],), *match.span())
        for match in islice(_BRACKETED.finditer(text), _MAX_FOUND)
        if match[1] in hosts
    )
