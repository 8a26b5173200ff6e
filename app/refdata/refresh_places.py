"""Countries as foreign data sets write them, in ISO 3166-1 alpha-2."""

from __future__ import annotations

from babel.core import get_global

from app.domain.places import UNSPECIFIED
from app.refdata.countries import country_codes

#: Codes of data sets that are no ISO 3166-1, and what they stand for.
_OWN_CODES = {
    "W00": None, "WLD": None, "0": None,  # the world
    "_X": UNSPECIFIED, "899": UNSPECIFIED, "XX": UNSPECIFIED,
    "S19": "TW", "490": "TW",  # "Other Asia, not elsewhere specified"
    "842": "US", "699": "IN", "251": "FR", "757": "CH", "579": "NO", "XKX": "XK",
    "ADO": "AD", "ZAR": "CD", "ROM": "RO", "TMP": "TL", "WBG": "PS", "KSV": "XK",
}  # fmt: skip

#: Countries as the US Geological Survey names them.
_NAMES = {
    "united states": "US", "australia": "AU", "brazil": "BR", "burma": "MM", "myanmar": "MM",
    "burundi": "BI", "canada": "CA", "china": "CN", "greenland": "GL", "india": "IN", "laos": "LA",
    "madagascar": "MG", "malaysia": "MY", "nigeria": "NG", "russia": "RU", "south africa": "ZA",
    "tanzania": "TZ", "thailand": "TH", "vietnam": "VN", "kazakhstan": "KZ", "uganda": "UG",
    "other countries": UNSPECIFIED, "other": UNSPECIFIED,
}  # fmt: skip


def alpha_2(code: str) -> str | None:
    """Return the alpha-2 code of an alpha-2, alpha-3 or numeric one; None for what is no country.

    Examples:
        >>> alpha_2("CHN"), alpha_2("392"), alpha_2("JP"), alpha_2("W00"), alpha_2("1W")
        ('CN', 'JP', 'JP', None, None)
    """
    if code in _OWN_CODES:
        return _OWN_CODES[code]
    if code in country_codes():
        return code
    aliases = get_global("territory_aliases")
    found = aliases.get(code.zfill(3) if code.isdigit() else code, [])
    return found[0] if len(found) == 1 and found[0] in country_codes() else None


def named_country(name: str) -> str | None:
    """Return the code of a country by its name in the tables of the US Geological Survey."""
    return _NAMES.get(" ".join(name.casefold().split()))
