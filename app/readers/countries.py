"""Countries by name or code in English, German, Japanese and Chinese, as ISO 3166-1 alpha-2.

Names come from CLDR (babel); the words that purchasers write and CLDR lacks are listed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

_LANGUAGES = ("en", "de", "ja", "zh", "fr", "es", "pl", "it")

#: Everyday names beside those of CLDR.
_EVERYDAY = """
AE: uae | u.a.e.
AU: 澳洲 | 濠州 | 豪州
BO: bolivia | bolivia (plurinational state of)
CD: drc | dr congo | congo, democratic republic of the | democratic republic of congo
CI: ivory coast
CN: prc | p.r.c. | p.r. china | pr china | p.r.china | china (prc) | china, people's republic of |
  mainland china | people's republic of china | peoples republic of china | vr china |
  volksrepublik china | 中国大陆 | 中華人民共和国 | 中华人民共和国 | 中國
CZ: czech republic | tschechische republik | tschechei
DE: brd | bundesrepublik deutschland | federal republic of germany | 独逸 | 德国
FR: 法国
GB: uk | great britain | england | u.k. | britain | 英国
HK: hong kong | hongkong | hong kong sar | hong kong, china | 中国香港
IR: iran
JP: 日本国
KP: north korea | dprk
KR: korea | south korea | republic of korea | korea, republic of | rok | südkorea |
  republik korea | 韓国 | 韩国 | 大韓民国
LA: laos | lao pdr
MD: moldova
MM: burma | birma | 缅甸
MO: macau | macao
NL: holland | the netherlands
RU: russia | russian federation | russische föderation
SZ: swaziland
TR: turkey | türkiye
TW: roc | taiwan, province of china | taiwan (roc) | chinese taipei | taiwan r.o.c. | 臺灣 |
  台灣 | 中国台湾 | 台湾地区
TZ: tanzania | tanzania, united republic of
US: usa | u.s. | u.s.a. | america | united states of america | vereinigte staaten von amerika |
  米国 | アメリカ | 美国 | 美國
VN: vietnam | viet nam | ベトナム
"""
_CODE_IN_BRACKETS = re.compile(r"[(\[]([A-Za-z]{2,3})[)\]]\s*$|^([A-Za-z]{2,3})\s*[-–:,/]\s+\S")
_IDEOGRAPHS = re.compile(r"[\u3041-\u30fe\u4e00-\u9fff]{3,20}$")
_PREFIX = re.compile(
    r"^(?:made in|product of|origin:?|hergestellt in|产地:?|原产国:?|原産国:?)\s*", re.IGNORECASE
)


def country_code(text: str) -> str | None:
    """Return the alpha-2 code of the country that `text` names, or None.

    Examples:
        >>> country_code("Volksrepublik China"), country_code("日本"), country_code("DEU")
        ('CN', 'JP', 'DE')
        >>> country_code("Atlantis") is None
        True
    """
    if len(text) == 2 and text.isascii() and (code := _names().get(text.lower())) is not None:
        return code
    name = _PREFIX.sub("", _key(text))
    found = _names().get(name) or _names().get(name.removesuffix("制").removesuffix("製").strip())
    if found is not None:
        return found
    if _IDEOGRAPHS.match(name):  # a region behind the country, such as 中国浙江
        for length in range(len(name) - 1, 1, -1):
            found = _names().get(name[:length])
            if found is not None:
                return found
    inside = _CODE_IN_BRACKETS.search(text.strip())
    if inside is not None:
        return _names().get(_key(inside[1] or inside[2]))
    parts = {_names().get(_key(part)) for part in re.split(r"[(\[)\],;/&+]|\band\b|\bund\b", name)}
    codes = parts - {None}
    return codes.pop() if len(codes) == 1 else None


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" .;")


@cache
def _names() -> Mapping[str, str]:
    """Return codes by name; built at the first use, a few thousand entries."""
    names: dict[str, str] = {}
    known: set[str] = set()
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if re.fullmatch(r"[A-Z]{2}", code) and code not in {
                "EU",
                "EZ",
                "UN",
                "ZZ",
                "QO",
                "XA",
                "XB",
            }:
                known.add(code)
                names.setdefault(_key(name), code)
    for code in known:
        names[code.casefold()] = code
    for alias, codes in get_global("territory_aliases").items():
        if re.fullmatch(r"[A-Z]{3}", alias) and len(codes) == 1 and codes[0] in known:
            names.setdefault(alias.casefold(), codes[0])
    names.update(_everyday_names())
    return MappingProxyType(names)


def _everyday_names() -> dict[str, str]:
    names: dict[str, str] = {}
    code = ""
    for line in _EVERYDAY.strip().splitlines():
        if line[2:3] == ":":
            code = line[:2]
        listed = line[3:] if line[2:3] == ":" else line
        names.update({_key(name): code for name in listed.split("|") if name.strip()})
    return names
