"""Mass, share and duration texts to kg, to 0-1 and to days. Other units are not decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from app.readers.number_text import DecimalMark, clean, find_number

#: Kilograms in one unit of mass.
KILOGRAMS: Mapping[str, Decimal] = MappingProxyType(
    {
        word: Decimal(factor)
        for words, factor in (
            ("kg kgm kgs kilogram kilograms kilogramm kilo 千克 公斤 キログラム ｋｇ", "1"),
            ("g grm gr gram grams gramm grammes gms 克 グラム", "0.001"),
            ("mg mgm milligram milligrams milligramm 毫克 ミリグラム", "0.000001"),
            ("µg μg ug mc microgram micrograms mikrogramm", "0.000000001"),
            ("t to tne ton tons tonne tonnes 吨 トン", "1000"),
            ("lb lbs lbr pound pounds 磅", "0.45359237"),
            ("oz onz ounce ounces 盎司", "0.028349523125"),
        )
        for word in words.split()
    }
)
_ABOUT = re.compile(r"[<>~≈約约\s]*(?:ca\.?|circa)?\s*")
_WORD = re.compile(r"[^\W\d_]+")
_DAYS: Mapping[str, float] = MappingProxyType(
    {
        word: days
        for words, days in (
            ("d day days tag tage tagen 日 天 日間 dni día días jour jours", 1.0),
            ("w wk wks week weeks woche wochen kw 週 週間 周 星期 tygodni semanas", 7.0),
            ("month months monat monate monaten mth 月 ヶ月 か月 个月 個月 カ月", 30.0),
        )
        for word in words.split()
    }
)


def kilograms(value: Decimal, unit: str) -> float | None:
    """Return a mass in kg, or None where `unit` is no unit of mass.

    What follows a slash ("kg/m^2", "g/Part") names the piece and is left to the line's own unit.

    Examples:
        >>> kilograms(Decimal("146"), "g/Part")
        0.146
    """
    factor = KILOGRAMS.get(clean(unit).casefold().split("/")[0].strip(" .[]()"))
    return float(value * factor) if factor is not None else None


def mass_unit_in(text: str) -> str | None:
    """Return the mass unit that a header names, such as "g" in "Mass - g (each)", or None."""
    for word in _WORD.findall(clean(text).casefold()):
        if word in KILOGRAMS:
            return str(word)
    return None


def share(text: str, *, header: str, mark: DecimalMark) -> float | None:
    """Return a share on the scale 0-1, or None where it is no number from 0 to 100 %.

    Examples:
        >>> share("5 %", header="", mark=DecimalMark.POINT)
        0.05
        >>> share("0.3", header="wt%", mark=DecimalMark.POINT)
        0.003
    """
    cleaned = clean(text).lstrip("<>≤≥~ ")
    found = find_number(cleaned, mark)
    if found is None or found.start != 0 or found.value < 0:
        return None
    rest = cleaned[found.end :].strip()
    if rest.startswith("ppm"):
        fraction = found.value / 1_000_000
    elif rest.startswith("%") or _is_percent(header) or found.value > 1:
        fraction = found.value / 100
    else:
        fraction = found.value
    return float(fraction) if fraction <= 1 else None


def _is_percent(header: str) -> bool:
    folded = header.casefold()
    return "%" in folded or "percent" in folded or "prozent" in folded or "百分" in folded


def days(text: str, *, header: str, mark: DecimalMark) -> float | None:
    """Return a duration in days; of a range, its upper end. None where it is none.

    Examples:
        >>> days("4-6 weeks", header="Lead time", mark=DecimalMark.POINT)
        42.0
    """
    cleaned = clean(text).casefold()
    found = find_number(cleaned, mark)
    if found is None or not _ABOUT.fullmatch(cleaned[: found.start]):
        return None
    rest = cleaned[found.end :].strip()
    value = found.value
    further = find_number(rest, mark)
    if further is not None:
        value = max(value, abs(further.value))
        rest = rest[further.end :].strip()
    factor = _day_factor(rest) or _day_factor(clean(header).casefold()) or (None if rest else 1.0)
    return float(value) * factor if factor is not None and 0 <= value <= 100_000 else None


def _day_factor(text: str) -> float | None:
    for word in _WORD.findall(text):
        if word in _DAYS:
            return _DAYS[word]
    return None
