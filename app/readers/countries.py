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
_EXTRA: Mapping[str, str] = MappingProxyType(
    {
        "uk": "GB", "great britain": "GB", "england": "GB", "u.k.": "GB", "britain": "GB",
        "usa": "US", "u.s.": "US", "u.s.a.": "US", "america": "US", "united states of america": "US",
        "vereinigte staaten von amerika": "US", "米国": "US", "アメリカ": "US", "美国": "US", "美國": "US",
        "prc": "CN", "p.r.c.": "CN", "p.r. china": "CN", "pr china": "CN", "p.r.china": "CN",
        "china (prc)": "CN", "china, people's republic of": "CN", "mainland china": "CN",
        "people's republic of china": "CN", "peoples republic of china": "CN", "vr china": "CN",
        "volksrepublik china": "CN", "中国大陆": "CN", "中華人民共和国": "CN", "中华人民共和国": "CN",
        "中國": "CN", "roc": "TW", "taiwan, province of china": "TW", "taiwan (roc)": "TW",
        "chinese taipei": "TW", "taiwan r.o.c.": "TW", "臺灣": "TW", "台灣": "TW", "中国台湾": "TW",
        "台湾地区": "TW", "korea": "KR", "south korea": "KR", "republic of korea": "KR",
        "korea, republic of": "KR", "rok": "KR", "südkorea": "KR", "republik korea": "KR",
        "韓国": "KR", "韩国": "KR", "大韓民国": "KR", "north korea": "KP", "dprk": "KP",
        "russia": "RU", "russian federation": "RU", "russische föderation": "RU",
        "vietnam": "VN", "viet nam": "VN", "ベトナム": "VN", "czech republic": "CZ",
        "tschechische republik": "CZ", "tschechei": "CZ", "holland": "NL", "the netherlands": "NL",
        "brd": "DE", "bundesrepublik deutschland": "DE", "federal republic of germany": "DE",
        "独逸": "DE", "burma": "MM", "birma": "MM", "缅甸": "MM", "hong kong": "HK", "hongkong": "HK",
        "hong kong sar": "HK", "hong kong, china": "HK", "中国香港": "HK", "macau": "MO", "macao": "MO",
        "uae": "AE", "u.a.e.": "AE", "ivory coast": "CI", "turkey": "TR", "türkiye": "TR",
        "drc": "CD", "dr congo": "CD", "congo, democratic republic of the": "CD",
        "democratic republic of congo": "CD", "laos": "LA", "lao pdr": "LA", "iran": "IR",
        "tanzania": "TZ", "tanzania, united republic of": "TZ", "bolivia": "BO",
        "bolivia (plurinational state of)": "BO", "moldova": "MD", "swaziland": "SZ", "澳洲": "AU",
        "濠州": "AU", "豪州": "AU", "英国": "GB", "德国": "DE", "法国": "FR", "日本国": "JP",
    }
)  # fmt: skip
_CODE_IN_BRACKETS = re.compile(r"[(\[]([A-Za-z]{2,3})[)\]]\s*$|^([A-Za-z]{2,3})\s*[-–:,/]\s+\S")
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
    name = _PREFIX.sub("", _key(text))
    found = _names().get(name) or _names().get(name.removesuffix("制").removesuffix("製").strip())
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
    names.update({_key(name): code for name, code in _EXTRA.items()})
    return MappingProxyType(names)
