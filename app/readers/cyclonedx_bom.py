"""CycloneDX hardware BOMs in JSON: the quantity of a device stands among its properties."""

from __future__ import annotations

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.draft import Draft
from app.readers.fields import Field
from app.readers.json_values import JsonValue, Record, inside, objects_in, text_of
from app.readers.records import layout_of
from app.readers.source import Source

_QUANTITY = "cdx:device:quantity"
_LAYOUT = layout_of(
    {
        "bom-ref": Field.LINE_ID,
        "name": Field.PART_NUMBER,
        "description": Field.DESCRIPTION,
        _QUANTITY: Field.QUANTITY,
        "type": Field.CATEGORY,
        "supplier.name": Field.SUPPLIER,
        "manufacturer.name": Field.MANUFACTURER,
    }
)
_FUNCTION = "cdx:device:function"


def is_cyclonedx(value: JsonValue) -> bool:
    """Return whether a JSON document is a CycloneDX BOM."""
    return isinstance(value, dict) and value.get("bomFormat") == "CycloneDX"


def read_cyclonedx_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of a CycloneDX document; nested components are rolled up."""
    top = inside(value, "metadata", "component")
    drafts: list[Draft] = []
    waiting: list[tuple[Record, str | None]] = [
        (entry, None) for entry in reversed(objects_in(inside(value, "components")))
    ]
    while waiting:
        component, parent = waiting.pop()
        source.guard.add_row(len(component))
        key = f"component,{len(drafts)}"
        drafts.append(_draft(component, key=key, parent=parent))
        below = reversed(objects_in(component.get("components")))
        waiting.extend((entry, key) for entry in below)
    product = Product(
        id=text_of(inside(top, "bom-ref")) or text_of(inside(top, "name")),
        name=text_of(inside(top, "name")),
    )
    facts = FileFacts(
        format="cyclonedx_json",
        encoding=source.encoding,
        columns=tuple((key, held.value) for held, key in _LAYOUT.columns.items()),
        notes=(("no_materials", "CycloneDX states no mass, material or substance"),),
    )
    return assemble(drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id))


def _draft(component: Record, *, key: str, parent: str | None) -> Draft:
    properties = {
        text_of(entry.get("name")): text_of(entry.get("value"))
        for entry in objects_in(component.get("properties"))
    }
    found = {
        Field.LINE_ID: text_of(component.get("bom-ref")),
        Field.PART_NUMBER: text_of(component.get("name")),
        Field.DESCRIPTION: text_of(component.get("description")),
        Field.QUANTITY: properties.get(_QUANTITY),
        Field.CATEGORY: properties.get(_FUNCTION),
        Field.SUPPLIER: text_of(inside(component.get("supplier"), "name")),
        Field.MANUFACTURER: text_of(inside(component.get("manufacturer"), "name"))
        or text_of(component.get("publisher")),
    }
    cells = {held: text for held, text in found.items() if text is not None}
    return Draft(cells, _LAYOUT, key=key, parent_key=parent)
