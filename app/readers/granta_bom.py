"""Granta MI bills of materials in XML, versions 17/11 to 25/05: nested parts and materials."""

from __future__ import annotations

from decimal import Decimal

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.declared import Composition
from app.readers.draft import Draft
from app.readers.fields import Field
from app.readers.masses import kilograms
from app.readers.number_text import parse_number
from app.readers.records import layout_of
from app.readers.source import Source
from app.readers.xml_tree import Element

_LAYOUT = layout_of(
    {
        "id": Field.LINE_ID,
        "PartNumber": Field.PART_NUMBER,
        "Name": Field.NAME,
        "Quantity": Field.QUANTITY,
        "Quantity@Unit": Field.UNIT,
        "MassPerUom": Field.UNIT_MASS,
        "MassPerUom@Unit": Field.MASS_UNIT,
    }
)


def is_granta(root: Element) -> bool:
    """Return whether an XML document is a Granta MI bill of materials."""
    return "grantadesign.com" in root.namespace and "BillOfMaterials" in root.namespace


def read_granta_bom(source: Source, root: Element) -> Bom:
    """Return the BOM of a Granta MI document; parts are rolled up."""
    drafts: list[Draft] = []
    waiting: list[tuple[Element, str | None]] = [(part, None) for part in reversed(_parts(root))]
    while waiting:
        part, parent = waiting.pop()
        source.guard.add_row(8)
        key = f"part,{len(drafts)}"
        drafts.append(_draft(part, key=key, parent=parent))
        waiting.extend((child, key) for child in reversed(_parts(part)))
    name = root.text_at("Notes", "ProductName")
    facts = FileFacts(
        format="granta_xml",
        encoding=source.encoding,
        columns=tuple((column, held.value) for held, column in _LAYOUT.columns.items()),
    )
    return assemble(
        drafts, facts=facts, product=Product(id=name, name=name), fallback_id=source.bom_id(name)
    )


def _parts(node: Element) -> list[Element]:
    components = node.child("Components")
    return list(components.all("Part")) if components is not None else []


def _draft(part: Element, *, key: str, parent: str | None) -> Draft:
    quantity, mass = part.child("Quantity"), part.child("MassPerUom")
    found = {
        Field.LINE_ID: part.attribute("id"),
        Field.PART_NUMBER: part.text_at("PartNumber"),
        Field.NAME: part.text_at("Name"),
        Field.QUANTITY: part.text_at("Quantity"),
        Field.UNIT: quantity.attribute("Unit") if quantity is not None else None,
        Field.UNIT_MASS: part.text_at("MassPerUom"),
        Field.MASS_UNIT: mass.attribute("Unit") if mass is not None else None,
    }
    composition = Composition()
    for group, single in (("Materials", "Material"), ("Substances", "Substance")):
        listed = part.child(group)
        for entry in listed.all(single) if listed is not None else ():
            _add(composition, entry, share=1.0)
    return Draft(
        {held: text for held, text in found.items() if text is not None},
        _LAYOUT,
        key=key,
        parent_key=parent,
        materials=tuple(composition.materials),
        raw=tuple(composition.raw),
        warnings=tuple(composition.warnings),
    )


def _add(composition: Composition, entry: Element, *, share: float) -> None:
    """Add a material with its share of the part; its substances take shares of it."""
    percentage = _number(entry.text_at("Percentage"))
    fraction = share * percentage / 100 if percentage is not None and percentage <= 100 else None
    mass = entry.child("Mass")
    mass_kg = None
    if mass is not None:
        value = parse_number(mass.text)
        mass_kg = kilograms(value, mass.attribute("Unit") or "kg") if value is not None else None
    identity, name = entry.text_at("Identity"), entry.text_at("Name")
    substances = entry.child("Substances")
    inner = list(substances.all("Substance")) if substances is not None else []
    if inner and fraction is not None:
        for substance in inner:
            _add(composition, substance, share=fraction)
        return
    composition.add(
        name or identity,
        number=identity if entry.name == "Substance" else None,
        fraction=fraction,
        mass_kg=mass_kg,
        column=entry.name,
    )


def _number(text: str | None) -> float | None:
    value: Decimal | None = parse_number(text) if text is not None else None
    return float(value) if value is not None and value >= 0 else None
