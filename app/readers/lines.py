"""A drafted row to an item: texts to numbers, units, countries. What fails is reported."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from app.domain.bom import SourcingShare, Supplier
from app.readers.countries import country_code
from app.readers.declared import declared_materials
from app.readers.designators import count_designators
from app.readers.draft import Draft, Item
from app.readers.fields import Field
from app.readers.masses import days, kilograms, mass_unit_in, share
from app.readers.money import currency_in, parse_price
from app.readers.number_text import (
    DecimalMark,
    clean,
    find_number,
    is_ambiguous,
    parse_number,
)
from app.readers.quantities import parse_quantity

_NOTHING = frozenset({"-", "--", "–", "—", "n/a", "na", "none", "null", "/", "无", "なし", "?"})
_TRUE = frozenset({"x", "true", "1", "yes", "y", "ja", "j", "是", "○", "●", "✓", "wahr"})
_DESCRIBING = (Field.NAME, Field.DESCRIPTION, Field.VALUE, Field.SPECIFICATION)
_TEXT_ITEMS = frozenset({"t", "d", "text", "document", "textposition", "dokument"})
_MATERIAL_ITEMS = frozenset({"material", "werkstoff", "材料"})


def read_item(draft: Draft) -> Item:
    """Return the values of one row.

    Args:
        draft: The row's texts and what its table has in common.

    Returns:
        The item; its quantity is per parent, as the row says it.
    """
    cells = draft.cells
    item = Item(
        draft=draft,
        line_id=cells.get(Field.LINE_ID),
        quantity=None,
        unit=None,
        key=draft.key,
        parent_ref=draft.parent_key or cells.get(Field.PARENT),
        level=draft.level,
        warnings=list(draft.warnings),
        raw=list(draft.raw),
    )
    _read_texts(item)
    _read_quantity(item)
    _read_kind(item)
    _read_mass(item)
    _read_price(item)
    _read_suppliers(item)
    _read_shares_and_days(item)
    item.materials = draft.materials + declared_materials(item)
    if not item.part_number and not item.description and not item.materials:
        item.warn("no_identity", "the row names no part, description or material", None)
    return item


def _column(item: Item, field: Field) -> str:
    return item.draft.layout.columns.get(field, field.value)


def _mark(item: Item, field: Field) -> DecimalMark:
    return item.draft.layout.marks.get(field, DecimalMark.POINT)


def _read_texts(item: Item) -> None:
    cells = item.draft.cells
    number = cells.get(Field.PART_NUMBER)
    maker_number = cells.get(Field.MAKER_PART_NUMBER)
    parts = [cells[field] for field in _DESCRIBING if field in cells]
    if number is None or number.casefold() in _NOTHING:
        number, maker_number = maker_number, None
    if maker_number and maker_number != number:
        parts.append(maker_number)
    unique = list(dict.fromkeys(" ".join(part.split()) for part in parts))
    kept = [part for part in unique if part.casefold() not in _NOTHING]
    item.part_number = (
        " ".join(number.split()) if number and number.casefold() not in _NOTHING else None
    )
    item.description = "; ".join(kept) or None
    types = [("permanentMagnetType", Field.MAGNET_TYPE), ("technology", Field.TECHNOLOGY)]
    item.product_type = item.draft.product_type + tuple(
        (name, cells[field]) for name, field in types if field in cells
    )
    for field in (Field.REMARK,):
        if field in cells:
            item.keep_raw(_column(item, field), cells[field])


def _read_quantity(item: Item) -> None:
    cells, layout = item.draft.cells, item.draft.layout
    field = Field.QUANTITY if Field.QUANTITY in layout.columns else Field.TOTAL_QUANTITY
    named = count_designators(cells[Field.DESIGNATOR]) if Field.DESIGNATOR in cells else None
    text = cells.get(field, "")
    column = layout.columns.get(field)
    item.unit = cells.get(Field.UNIT) or layout.hints.get(Field.UNIT)
    if column is None:
        if named is not None:
            item.quantity = float(named)
            item.warn("quantity_from_designators", f"{named} designators were counted", None)
        return
    read = parse_quantity(text, _mark(item, field))
    for code, sentence in read.remarks:
        item.warn(code, sentence, column)
    if read.value is None and text:
        item.keep_raw(column, text)
    item.quantity = read.value
    if read.unit is not None:
        if item.unit is not None and item.unit.casefold() != read.unit.casefold():
            item.warn(
                "unit_differs",
                f"the quantity says '{read.unit}', the unit column '{item.unit}'",
                column,
            )
        item.unit = read.unit
    if named is not None and read.value is not None and read.value not in {float(named), 0.0}:
        item.warn(
            "designator_count_differs",
            f"the row names {named} designators but states the quantity {read.value:g}",
            column,
        )


def _read_kind(item: Item) -> None:
    """Read item type, phantom, scrap, alternates and level."""
    cells = item.draft.cells
    kind = cells.get(Field.ITEM_TYPE, "").casefold()
    if kind in _TEXT_ITEMS:
        item.quantity = 0.0
        item.warn("text_item", "a text or document item has no quantity of its own", None)
    if kind in _MATERIAL_ITEMS:
        item.is_material = True
    if cells.get(Field.PHANTOM, "").casefold() in _TRUE or kind in {"phantom", "kit"}:
        item.warn("phantom_assembly", "never stocked itself; its parts are counted instead", None)
    if cells.get(Field.NOT_FITTED, "").casefold() in _TRUE | {"dnp", "dnl", "dni", "dnf"}:
        item.quantity = 0.0
        item.warn("not_fitted", "the part is not fitted", _column(item, Field.NOT_FITTED))
    if Field.LEVEL in cells:
        item.level = _level(item, cells[Field.LEVEL])
    _apply_factors(item)
    if item.quantity == 0 and kind not in _TEXT_ITEMS:
        item.warn(
            "quantity_zero", "the quantity is 0: an alternative or a part that is not fitted", None
        )


def _apply_factors(item: Item) -> None:
    cells = item.draft.cells
    factor = item.draft.factor
    base = _number(item, Field.BASE_QUANTITY)
    if base is not None and base > 0:
        factor /= float(base)
    scrap = _share(item, Field.SCRAP)
    if scrap:
        factor *= 1 + scrap
        item.warn(
            "scrap_added",
            f"{scrap:.4g} of scrap was added to the quantity",
            _column(item, Field.SCRAP),
        )
    used = _share(item, Field.USAGE_PROBABILITY)
    if used is not None and cells.get(Field.ALTERNATE):
        factor *= used
        item.warn("alternate_weighted", f"an alternative used in {used:.4g} of all products", None)
    elif cells.get(Field.ALTERNATE, "").casefold() not in {"", "0", "no", "nein", "false"}:
        item.warn("alternate", "belongs to a group of alternatives", _column(item, Field.ALTERNATE))
    if item.quantity is not None and factor != 1.0:
        product = item.quantity * factor
        item.quantity = product if math.isfinite(product) else None


def _level(item: Item, text: str) -> int | None:
    """Return the depth that `2`, `..2`, `1.2.1` or `+++` states."""
    cleaned = clean(text)
    bare = cleaned.lstrip(".-+*> ·")
    if not bare and cleaned:
        return len(cleaned.replace(" ", ""))
    parts = bare.removesuffix(".0").strip(".").split(".")
    if all(part.isdecimal() and len(part) <= 4 for part in parts):
        return int(parts[0]) if len(parts) == 1 else len(parts)
    item.warn("level_unread", f"'{text[:40]}' is no level", _column(item, Field.LEVEL))
    item.keep_raw(_column(item, Field.LEVEL), text)
    return None


def _number(item: Item, field: Field) -> Decimal | None:
    text = item.draft.cells.get(field)
    if text is None or text.casefold() in _NOTHING:
        return None
    mark = _mark(item, field)
    value = parse_number(text, mark)
    if mark is DecimalMark.UNKNOWN and is_ambiguous(text):
        _warn_ambiguous(item, field)
    if value is None or not math.isfinite(float(value)):
        _unread(item, field, "is no number")
        return None
    return value


def _share(item: Item, field: Field) -> float | None:
    text = item.draft.cells.get(field)
    if text is None or text.casefold() in _NOTHING:
        return None
    value = share(text, header=_column(item, field), mark=_mark(item, field))
    if value is None:
        _unread(item, field, "is no share from 0 to 100 %")
    return value


def _unread(item: Item, field: Field, why: str) -> None:
    column, text = _column(item, field), item.draft.cells[field]
    item.warn(f"{field.value}_unread", f"'{' '.join(text.split())[:60]}' {why}", column)
    item.keep_raw(column, text)


def _warn_ambiguous(item: Item, field: Field) -> None:
    text = " ".join(item.draft.cells[field].split())[:60]
    item.warn(
        "ambiguous_number",
        f"the mark in '{text}' could separate thousands or decimals",
        _column(item, field),
    )


def _read_mass(item: Item) -> None:
    cells, layout = item.draft.cells, item.draft.layout
    if Field.UNIT_MASS_KG in cells:
        value = _number(item, Field.UNIT_MASS_KG)
        item.unit_mass_kg = float(value) if value is not None and value >= 0 else None
        return
    text = cells.get(Field.UNIT_MASS)
    if text is None or text.casefold() in _NOTHING:
        return
    cleaned = clean(text)
    found = find_number(cleaned, _mark(item, Field.UNIT_MASS))
    if found is None or found.start != 0 or found.value < 0:
        _unread(item, Field.UNIT_MASS, "is no mass")
        return
    unit = (
        cleaned[found.end :].strip()
        or cells.get(Field.MASS_UNIT)
        or layout.hints.get(Field.UNIT_MASS)
        or mass_unit_in(_column(item, Field.UNIT_MASS))
    )
    mass = kilograms(found.value, unit) if unit else None
    if mass is None or not math.isfinite(mass):
        _unread(item, Field.UNIT_MASS, "has no known unit of mass; write kg or g")
        return
    item.unit_mass_kg = mass
    if found.ambiguous:
        _warn_ambiguous(item, Field.UNIT_MASS)


def _read_price(item: Item) -> None:
    cells, layout = item.draft.cells, item.draft.layout
    text = cells.get(Field.UNIT_PRICE)
    if text is None or text.casefold() in _NOTHING:
        return
    price = parse_price(text, _mark(item, Field.UNIT_PRICE))
    if price is None:
        _unread(item, Field.UNIT_PRICE, "is no price")
        return
    item.unit_price = price
    if _mark(item, Field.UNIT_PRICE) is DecimalMark.UNKNOWN and is_ambiguous(text):
        _warn_ambiguous(item, Field.UNIT_PRICE)
    item.currency = (
        currency_in(text, yen_or_yuan=layout.yen_or_yuan)
        or currency_in(cells.get(Field.CURRENCY, ""), yen_or_yuan=layout.yen_or_yuan)
        or layout.currency
    )


def _read_suppliers(item: Item) -> None:
    """Read supplier and country; where a part comes from outweighs where its seller sits."""
    cells = item.draft.cells
    name = cells.get(Field.SUPPLIER)
    origin = _country(item, Field.ORIGIN)
    seat = _country(item, Field.SUPPLIER_COUNTRY)
    if origin and seat and origin != seat:
        item.warn(
            "origin_differs",
            f"the origin {origin} was used instead of the supplier's country {seat}",
            _column(item, Field.ORIGIN),
        )
    country = origin or seat
    if name is not None and name.casefold() in _NOTHING:
        name = None
    own = (Supplier(name=name, country=country),) if name or country else ()
    item.suppliers = item.draft.suppliers + own
    item.sourcing = item.draft.sourcing
    if Field.SOURCING in cells:
        item.sourcing += _sourcing(item, cells[Field.SOURCING])


def _country(item: Item, field: Field) -> str | None:
    text = item.draft.cells.get(field)
    if text is None or text.casefold() in _NOTHING:
        return None
    code = country_code(text)
    if code is None:
        item.warn(
            "unknown_country",
            f"'{' '.join(text.split())[:60]}' is no country",
            _column(item, field),
        )
        item.keep_raw(_column(item, field), text)
    return code


def _sourcing(item: Item, text: str) -> tuple[SourcingShare, ...]:
    """Return the shares that `separation: CN 80 %, MY 20 %; magnet: JP` states."""
    shares: list[SourcingShare] = []
    for group in clean(text).split(";"):
        stage, _, entries = group.partition(":")
        for entry in entries.split(","):
            found = find_number(entry, DecimalMark.POINT)
            name = entry[: found.start] if found else entry
            part = share(entry[found.start :], header="", mark=DecimalMark.POINT) if found else 1.0
            code = country_code(name)
            if code is None or part is None or not stage.strip():
                _unread(item, Field.SOURCING, "is not of the form 'separation: CN 80 %, MY 20 %'")
                return ()
            shares.append(SourcingShare(stage=stage.strip().casefold(), country=code, share=part))
    return tuple(shares)


def _read_shares_and_days(item: Item) -> None:
    recycled = _share(item, Field.RECYCLED_SHARE)
    item.recycled_share = recycled or 0.0
    revenue = _number(item, Field.REVENUE_AT_RISK)
    item.revenue_at_risk = revenue if revenue is not None and revenue >= 0 else None
    item.stock_days = _days(item, Field.STOCK_DAYS)
    item.lead_time_days = _days(item, Field.LEAD_TIME_DAYS)


def _days(item: Item, field: Field) -> float | None:
    text = item.draft.cells.get(field)
    if text is None or text.casefold() in _NOTHING:
        return None
    header = f"{_column(item, field)} {item.draft.layout.hints.get(field, '')}"
    value = days(text, header=header, mark=_mark(item, field))
    if value is None:
        _unread(item, field, "is no duration; write days")
    return value


#: How every reader turns a row into values.
ItemReader = Callable[[Draft], Item]
