"""Objects with known keys to drafts: what the structured formats have in common."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from app.readers.draft import Layout
from app.readers.fields import Field
from app.readers.json_values import JsonNumber, JsonValue, Record, text_of
from app.readers.number_text import parse_number


def cells_of(record: Record, keys: Mapping[str, Field]) -> dict[Field, str]:
    """Return the texts of the fields that a record fills; the first key of a field wins."""
    cells: dict[Field, str] = {}
    for key, held in keys.items():
        text = text_of(record.get(key))
        if text is not None and held not in cells:
            cells[held] = text
    return cells


def layout_of(
    keys: Mapping[str, Field], *, currency: str | None = None, is_total: bool = False
) -> Layout:
    """Return the layout of records whose numbers have a decimal point."""
    columns: dict[Field, str] = {}
    for key, held in keys.items():
        columns.setdefault(held, key)
    return Layout(columns=columns, currency=currency, quantity_is_total=is_total)


def used_columns(
    records: Iterable[Record], keys: Mapping[str, Field]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return (key, field) of the keys that occur and are used, and the keys that are ignored."""
    seen: dict[str, None] = {}
    for record in records:
        seen.update(dict.fromkeys(record))
    used = tuple((key, keys[key].value) for key in seen if key in keys)
    return used, tuple(key[:100] for key in seen if key not in keys)


def number_of(value: JsonValue) -> float | None:
    """Return a finite number from a JSON number or a numeric text, or None."""
    if not isinstance(value, str):
        return None
    parsed = parse_number(value)
    if parsed is None:
        return None
    number = float(parsed)
    return number if math.isfinite(number) else None


def decimal_of(value: JsonValue) -> Decimal | None:
    """Return an exact finite number from a JSON number or a numeric text, or None."""
    return parse_number(value) if number_of(value) is not None and isinstance(value, str) else None


def fraction_of(value: JsonValue) -> float | None:
    """Return a number from 0 to 1, or None."""
    number = number_of(value)
    return number if number is not None and 0 <= number <= 1 else None


def is_true(value: JsonValue) -> bool:
    """Return whether a JSON value says yes: true, 1, "X" or "true"."""
    if isinstance(value, JsonNumber):
        return number_of(value) not in {None, 0.0}
    return value is True or (
        isinstance(value, str) and value.strip().casefold() in {"x", "true", "1", "yes"}
    )
