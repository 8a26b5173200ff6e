"""Declared materials of a row: name, CAS or EC number, formula and share."""

from __future__ import annotations

import re

from app.domain.bom import DeclaredMaterial
from app.readers.draft import Item, LineWarning
from app.readers.fields import Field
from app.readers.masses import share
from app.readers.number_text import DecimalMark
from app.readers.substance_ids import is_cas, is_ec

_VAGUE = frozenset(
    "various misc mixed div diverse verschiedene - – — n/a na none tbd ?"
    " 各种 多种 其他 各種 その他".split()
)
_IDENTIFIERS = re.compile(r"\d{2,7}-\d{2,3}-\d")


def declared_materials(item: Item) -> tuple[DeclaredMaterial, ...]:
    """Return the materials that the cells of a row declare; refused numbers are kept raw."""
    cells = item.draft.cells
    name: str | None = cells.get(Field.MATERIAL)
    if name is not None and name.casefold() in _VAGUE:
        item.keep_raw(_column(item, Field.MATERIAL), name)
        name = None
    formula = cells.get(Field.FORMULA)
    identifiers = [
        *_identifiers(item, Field.CAS),
        *_identifiers(item, Field.EC),
    ]
    fraction = _fraction(item)
    if not identifiers and (name or formula):
        return (DeclaredMaterial(name=name, formula=formula, mass_fraction=fraction),)
    if len(identifiers) == 1:
        kind, number = identifiers[0]
        return (_material(name, formula=formula, kind=kind, number=number, fraction=fraction),)
    # Several substances in one cell: the share of each is not stated.
    return tuple(
        _material(name, formula=None, kind=kind, number=number, fraction=None)
        for kind, number in identifiers
    )


def _material(
    name: str | None, *, formula: str | None, kind: str, number: str, fraction: float | None
) -> DeclaredMaterial:
    return DeclaredMaterial(
        name=name,
        cas=number if kind == "cas" else None,
        ec=number if kind == "ec" else None,
        formula=formula,
        mass_fraction=fraction,
    )


def substance_number(text: str) -> tuple[str, str] | None:
    """Return ("cas" | "ec", number) for a text with a right check digit, or None."""
    stripped = text.strip()
    if is_cas(stripped):
        return "cas", stripped
    if is_ec(stripped):
        return "ec", stripped
    return None


class Composition:
    """Collects the declared materials of one part and what of them could not be used."""

    def __init__(self) -> None:
        self.materials: list[DeclaredMaterial] = []
        self.warnings: list[LineWarning] = []
        self.raw: list[tuple[str, str]] = []

    def add(
        self,
        name: str | None,
        *,
        number: str | None = None,
        fraction: float | None = None,
        mass_kg: float | None = None,
        column: str = "material",
    ) -> None:
        """Add a material or substance.

        Args:
            name: Its name.
            number: What stands in the field for a CAS or EC number, right or wrong.
            fraction: Its share of the part's mass [1].
            mass_kg: Its mass in one part [kg].
            column: Where it stands in the file.
        """
        found = substance_number(number) if number else None
        if number and found is None:
            self.warnings.append(
                ("cas_invalid", f"'{number[:40]}' is neither a CAS nor an EC number", column)
            )
            self.raw.append((column, number[:200]))
        elif found is not None and found[0] == "ec":
            self.warnings.append(("cas_is_ec", f"'{number}' is an EC number", column))
        material = DeclaredMaterial(
            name=name,
            cas=found[1] if found is not None and found[0] == "cas" else None,
            ec=found[1] if found is not None and found[0] == "ec" else None,
            mass_fraction=fraction,
            mass_kg=mass_kg,
        )
        if (name or found) and material not in self.materials:
            self.materials.append(material)


def _identifiers(item: Item, field: Field) -> list[tuple[str, str]]:
    text = item.draft.cells.get(field)
    if text is None or text.casefold() in _VAGUE:
        return []
    found: list[tuple[str, str]] = []
    for candidate in _IDENTIFIERS.findall(text) or [text]:
        number = substance_number(candidate)
        column = _column(item, field)
        if number is None:
            item.warn(
                f"{field.value}_invalid",
                f"'{candidate[:40]}' is no {field.value.upper()} number: wrong form or check digit",
                column,
            )
            item.keep_raw(column, candidate)
            continue
        if number[0] != field.value:
            item.warn(
                f"{field.value}_is_{number[0]}",
                f"'{candidate}' is under {field.value.upper()} but is an {number[0].upper()} one",
                column,
            )
        found.append(number)
    return found


def _fraction(item: Item) -> float | None:
    text = item.draft.cells.get(Field.MASS_FRACTION)
    if text is None or text.casefold() in _VAGUE:
        return None
    column = _column(item, Field.MASS_FRACTION)
    mark = item.draft.layout.marks.get(Field.MASS_FRACTION, DecimalMark.POINT)
    value = share(text, header=column, mark=mark)
    if value is None:
        item.warn("mass_fraction_unread", f"'{text[:40]}' is no share from 0 to 100 %", column)
        item.keep_raw(column, text)
    return value


def _column(item: Item, field: Field) -> str:
    return item.draft.layout.columns.get(field, field.value)
