"""Catena-X product passports (electric drive, chemical material) and battery passports.

A passport describes one item: one line, with what it declares about magnets and composition.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.declared import Composition
from app.readers.draft import Draft
from app.readers.fields import Field
from app.readers.json_values import JsonValue, Record, inside, objects_in, text_of
from app.readers.masses import kilograms
from app.readers.records import layout_of, number_of
from app.readers.source import Source

_LAYOUT = layout_of(
    {
        "manufacturerPartId": Field.PART_NUMBER,
        "nameAtManufacturer": Field.NAME,
        "weight": Field.UNIT_MASS_KG,
        "TARIC": Field.HS_CODE,
        "quantity": Field.QUANTITY,
        "manufacturer": Field.MANUFACTURER,
        "unit": Field.UNIT,
    }
)
_UNIT_WORDS = {
    "gram": "g",
    "kilogram": "kg",
    "milligram": "mg",
    "tonneMetricTon": "t",
    "pound": "lb",
    "ounceAvoirdupois": "oz",
}
_FRACTIONS = {
    "partPerMillion": 1e-6,
    "percent": 0.01,
    "partPerBillionUs": 1e-9,
    "gramPerKilogram": 1e-3,
}
_TARIFFS = frozenset({"taric", "hs", "hs code", "cn", "hts", "customs tariff number"})
_ONE_ITEM = (("one_item", "the passport describes one item; its quantity is 1", None),)


def is_passport(value: JsonValue) -> bool:
    """Return whether a JSON document is a Catena-X product passport."""
    return isinstance(inside(value, "generic", "identification"), dict) and isinstance(
        inside(value, "specific"), dict
    )


def read_passport_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of a Catena-X passport: one line with its declarations."""
    generic = inside(value, "generic")
    machine = inside(value, "specific", "eMachine")
    composition = Composition()
    materials = inside(generic, "materials")
    for key in ("materialComposition", "substancesOfConcern"):
        for entry in objects_in(inside(materials, key, "content")):
            _add_substances(composition, entry, column=key)
    identity = inside(generic, "identification")
    found = {
        Field.PART_NUMBER: text_of(inside(identity, "type", "manufacturerPartId")),
        Field.NAME: text_of(inside(identity, "type", "nameAtManufacturer")),
        Field.UNIT_MASS_KG: _weight(
            inside(generic, "characteristics", "physicalDimension", "weight")
        ),
        Field.HS_CODE: _tariff(identity),
        Field.QUANTITY: "1",
    }
    file_format, types = "catenax_product_passport", []
    if isinstance(machine, dict):
        file_format = "catenax_electric_drive_passport"
        found[Field.DESCRIPTION] = "electric drive"
        for key in ("technology", "permanentMagnetType"):
            text = text_of(machine.get(key))
            if text is not None:
                types.append((key, text))
    elif inside(value, "specific", "productType") is not None:
        file_format = "catenax_chemical_material_passport"
    return _one_line(
        source,
        found,
        composition=composition,
        types=tuple(types),
        file_format=file_format,
    )


def is_battery_pass(value: JsonValue) -> bool:
    """Return whether a JSON document is a battery passport with a list of materials."""
    return next(_battery_parts(value), None) is not None


def read_battery_pass(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of a battery passport: one line with its declared materials."""
    body = next(_battery_parts(value))
    composition = Composition()
    for entry in objects_in(body.get("batteryMaterials")):
        mass = number_of(entry.get("batteryMaterialMass"))
        composition.add(
            text_of(entry.get("batteryMaterialName")),
            number=text_of(entry.get("batteryMaterialIdentifier")),
            mass_kg=mass if mass is not None and mass >= 0 else None,
            column="batteryMaterials",
        )
    composition.warnings.append(
        ("mass_unit_assumed", "battery material masses name no unit; kilograms were assumed", None)
    )
    chemistry = text_of(inside(body, "batteryChemistry", "clearName"))
    short = text_of(inside(body, "batteryChemistry", "shortName"))
    found = {
        Field.NAME: "battery",
        Field.DESCRIPTION: chemistry,
        Field.SPECIFICATION: short,
        Field.QUANTITY: "1",
    }
    return _one_line(source, found, composition=composition, types=(), file_format="battery_pass")


def _one_line(
    source: Source,
    found: dict[Field, str | None],
    *,
    composition: Composition,
    types: tuple[tuple[str, str], ...],
    file_format: str,
) -> Bom:
    cells = {held: text for held, text in found.items() if text is not None}
    draft = Draft(
        cells,
        _LAYOUT,
        materials=tuple(composition.materials),
        product_type=types,
        raw=tuple(composition.raw),
        warnings=_ONE_ITEM + tuple(composition.warnings),
    )
    facts = FileFacts(
        format=file_format,
        encoding=source.encoding,
        columns=tuple(
            (_LAYOUT.columns[held], held.value) for held in cells if held in _LAYOUT.columns
        ),
    )
    product = Product(id=cells.get(Field.PART_NUMBER), name=cells.get(Field.NAME))
    return assemble([draft], facts=facts, product=product, fallback_id=source.bom_id(product.id))


def _add_substances(composition: Composition, entry: Record, *, column: str) -> None:
    unit = (text_of(entry.get("unit")) or "").removeprefix("unit:")
    amount = number_of(entry.get("concentration"))
    fraction = mass = None
    if amount is not None and amount >= 0:
        factor = _FRACTIONS.get(unit)
        if factor is not None and amount * factor <= 1:
            fraction = amount * factor
        elif unit in _UNIT_WORDS:
            mass = kilograms(Decimal(str(amount)), _UNIT_WORDS[unit])
    for identity in objects_in(entry.get("id")):
        composition.add(
            text_of(identity.get("name")),
            number=text_of(identity.get("id")),
            fraction=fraction,
            mass_kg=mass,
            column=column,
        )


def _weight(value: JsonValue) -> str | None:
    unit = (text_of(inside(value, "unit")) or "").removeprefix("unit:")
    amount = number_of(inside(value, "value"))
    if amount is None or unit not in _UNIT_WORDS:
        return None
    mass = kilograms(Decimal(str(amount)), _UNIT_WORDS[unit])
    return f"{mass:.12g}" if mass is not None else None


def _tariff(identity: JsonValue) -> str | None:
    for code in objects_in(inside(identity, "codes")):
        if (text_of(code.get("key")) or "").casefold() in _TARIFFS:
            return text_of(code.get("value"))
    return None


def _battery_parts(value: JsonValue) -> Iterator[Record]:
    """Yield the objects, at most four levels down, that list battery materials."""
    level: list[JsonValue] = [value]
    for _ in range(4):
        below: list[JsonValue] = []
        for node in level:
            if isinstance(node, dict):
                if isinstance(node.get("batteryMaterials"), list):
                    yield node
                below.extend(node.values())
        level = below
