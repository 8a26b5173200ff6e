"""Units of quantities: UN/ECE Recommendation 20 codes and common words.

A unit that is not in the table is not guessed: the callers then give no mass and say so.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class Dimension(enum.StrEnum):
    """What a unit counts or measures."""

    COUNT = "count"
    PACKAGE = "package"
    MASS = "mass"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Attributes:
        factor: Pieces, kg, m, m2 or m3 in one unit; 1 for a package, whose content is not known.
    """

    dimension: Dimension
    factor: float


_INCH = 0.0254
_POUND = 0.45359237

#: Words by unit; codes of Recommendation 20 in capitals. Compared in lower case.
_WORDS: tuple[tuple[Dimension, float, str], ...] = (
    (Dimension.COUNT, 1, "c62 h87 ea each pc pcs pce piece pieces pz pza pzas st stk stck stück"),
    (Dimension.COUNT, 1, "stueck stuck unit units un u ud uds no nos nr num szt шт pièce pièces"),
    (
        Dimension.COUNT,
        1,
        "pç pçs peça pezzo pezzi stuks cái chiếc con 개 대 个 個 只 隻 件 台 枚 本",
    ),
    (
        Dimension.COUNT,
        1,
        "片 块 塊 颗 顆 粒 根 条 條 支 张 張 把 辆 座 ケ ヶ コ 套 式 組 组 세트 bộ",
    ),
    (Dimension.COUNT, 1, "set sets kit kt satz komplet kpl jeu juego"),
    (Dimension.COUNT, 2, "pr pair pairs paar paa paire para par 对 對 双 雙 副 対 켤레"),
    (Dimension.COUNT, 12, "dzn dozen dz dutzend 打 ダース"),
    (Dimension.COUNT, 100, "cen hundred"),
    (Dimension.COUNT, 1000, "mil thousand tpcs kpcs tsd"),
    (Dimension.PACKAGE, 1, "lot lots lo ls pack packs package pk pkg pac pa vpe box boxes bx bag"),
    (Dimension.PACKAGE, 1, "bg roll rolls ro reel rl rolle tube tu carton ct case cs spool coil"),
    (Dimension.PACKAGE, 1, "bundle be bottle bo drum dr can ca pail assortment batch gebinde"),
    (
        Dimension.PACKAGE,
        1,
        "opakowanie karton packung 卷 卷盘 巻 盒 箱 包 袋 袋子 桶 瓶 罐 批 箱入",
    ),
    (Dimension.MASS, 1, "kgm kg kgs kilogram kilograms kilogramm kilo kilos 公斤 千克 кг"),
    (Dimension.MASS, 1, "キログラム 킬로그램"),
    (Dimension.MASS, 1e-3, "grm g gr gram grams gramm grammes gms 克 グラム 그램 г"),
    (Dimension.MASS, 1e-6, "mgm mg milligram milligrams milligramm 毫克 ミリグラム мг"),
    (Dimension.MASS, 1e-9, "mc µg μg ug microgram micrograms"),
    (Dimension.MASS, 1e3, "tne t to tonne tonnes tons metric-ton mt 吨 噸 トン 톤 т"),
    (Dimension.MASS, 1e2, "dtn quintal"),
    (Dimension.MASS, _POUND, "lbr lb lbs pound pounds"),
    (Dimension.MASS, _POUND / 16, "onz oz ounce ounces"),
    (Dimension.MASS, 2000 * _POUND, "stn short-ton"),
    (Dimension.MASS, 2240 * _POUND, "ltn long-ton"),
    (
        Dimension.LENGTH,
        1,
        "mtr m meter meters metre metres mtrs lfm mb mét м 米 公尺 メートル 미터",
    ),
    (Dimension.LENGTH, 1e-2, "cmt cm centimeter centimetre 厘米 センチ"),
    (Dimension.LENGTH, 1e-3, "mmt mm millimeter millimetre 毫米 ミリ"),
    (Dimension.LENGTH, 1e3, "kmt km"),
    (Dimension.LENGTH, _INCH, "inh in inch inches zoll 英寸"),
    (Dimension.LENGTH, 12 * _INCH, "fot ft feet foot 英尺"),
    (Dimension.LENGTH, 36 * _INCH, "yrd yd yard yards"),
    (Dimension.AREA, 1, "mtk m2 m^2 sqm qm 平方米 平米"),
    (Dimension.AREA, 1e-4, "cmk cm2 cm^2"),
    (Dimension.AREA, 1e-6, "mmk mm2 mm^2"),
    (Dimension.AREA, (12 * _INCH) ** 2, "ftk sqft ft2"),
    (Dimension.VOLUME, 1e-3, "ltr l liter liters litre litres 升 リットル 리터 л"),
    (Dimension.VOLUME, 1e-6, "mlt ml milliliter millilitre cmq cm3 cc 毫升"),
    (Dimension.VOLUME, 1, "mtq m3 m^3 cbm 立方米"),
    (Dimension.VOLUME, 1e-5, "clt cl"),
    (Dimension.VOLUME, 231 * _INCH**3, "gll gal gallon gallons"),
)

UNITS: Mapping[str, Unit] = MappingProxyType(
    {word: Unit(dimension, factor) for dimension, factor, words in _WORDS for word in words.split()}
)


def find_unit(text: str | None) -> Unit | None:
    """Return the unit that a word or code names, or None where it is not known.

    Examples:
        >>> find_unit("KGM").factor, find_unit("Stk.").dimension.value, find_unit("furlong")
        (1, 'count', None)
    """
    if text is None:
        return None
    unit = UNITS.get(text)
    if unit is not None:
        return unit
    word = unicodedata.normalize("NFKC", text).strip().lower().strip(".[]() ")
    return UNITS.get(word) or UNITS.get(word.replace("²", "2").replace("³", "3").replace(" ", "-"))


def count(quantity: float, unit: str | None) -> float | None:
    """Return a quantity as number of pieces, or None where the unit does not count pieces.

    A line without a unit counts pieces, as bills of materials do.

    Examples:
        >>> count(4, "pair"), count(3, None), count(2, "kg")
        (8, 3, None)
    """
    if unit is None or not unit.strip():
        return quantity
    found = find_unit(unit)
    if found is None or found.dimension is not Dimension.COUNT:
        return None
    return quantity * found.factor
