"""InvenTree: BOM items of the API or of a fixture as JSON, and the CSV export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.dialect import Dialect
from app.readers.draft import Draft, LineWarning
from app.readers.fields import Field
from app.readers.json_values import JsonValue, Record, inside, objects_in, text_of
from app.readers.records import is_true, layout_of, used_columns
from app.readers.source import Source

INVENTREE_CSV = Dialect(
    name="inventree_csv",
    signature=frozenset({"part ipn", "part name", "quantity"}),
    fields={
        "level": Field.LEVEL,
        "bom level": Field.LEVEL,
        "bom id": Field.IGNORE,
        "parent part id": Field.IGNORE,
        "parent part ipn": Field.PARENT,
        "parent part name": Field.IGNORE,
        "parent ipn": Field.PARENT,
        "parent name": Field.IGNORE,
        "part id": Field.IGNORE,
        "part ipn": Field.PART_NUMBER,
        "part name": Field.NAME,
        "part description": Field.DESCRIPTION,
        "part units": Field.UNIT,
        "sub assembly": Field.IGNORE,
        "quantity": Field.QUANTITY,
        "reference": Field.DESIGNATOR,
        "overage": Field.SCRAP,
        "note": Field.REMARK,
    },
)

_KEYS: Mapping[str, Field] = {
    "quantity": Field.QUANTITY,
    "reference": Field.DESIGNATOR,
    "overage": Field.SCRAP,
    "note": Field.REMARK,
    "sub_part_detail": Field.PART_NUMBER,
}
_LAYOUT = layout_of(
    {
        **_KEYS,
        "sub_part_detail.name": Field.NAME,
        "sub_part_detail.description": Field.DESCRIPTION,
        "sub_part_detail.units": Field.UNIT,
    }
)


def is_inventree_json(value: JsonValue) -> bool:
    """Return whether a JSON document holds InvenTree BOM items."""
    return bool(_items(value))


def read_inventree_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of InvenTree items; sub-assemblies in the list are rolled up."""
    items, parts = _items(value), _parts(value)
    drafts = []
    for item in items:
        source.guard.add_row(len(item))
        drafts.append(_draft(item, parts))
    used, ignored = used_columns(items, _KEYS)
    made = {text_of(item.get("sub_part")) for item in items}
    top = next((item for item in items if text_of(item.get("part")) not in made), items[0])
    detail = _detail(top, "part", parts)
    product = Product(
        id=text_of(detail.get("IPN")) or text_of(detail.get("name")) or text_of(top.get("part")),
        name=text_of(detail.get("name")),
    )
    facts = FileFacts(
        format="inventree_json", encoding=source.encoding, columns=used, ignored_columns=ignored
    )
    return assemble(drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id))


def _records(value: JsonValue) -> Sequence[Record]:
    results = inside(value, "results")
    return objects_in(results if isinstance(results, list) else value)


def _items(value: JsonValue) -> Sequence[Record]:
    items = []
    for record in _records(value):
        fields = inside(record, "fields") if record.get("model") == "part.bomitem" else record
        if isinstance(fields, dict) and "sub_part" in fields and "quantity" in fields:
            items.append(fields)
    return items


def _parts(value: JsonValue) -> Mapping[str, Record]:
    """Return the parts of a fixture by key."""
    parts: dict[str, Record] = {}
    for record in _records(value):
        fields, key = inside(record, "fields"), text_of(record.get("pk"))
        if record.get("model") == "part.part" and isinstance(fields, dict) and key:
            parts[key] = fields
    return parts


def _detail(item: Record, key: str, parts: Mapping[str, Record]) -> Record:
    detail = item.get(f"{key}_detail")
    if isinstance(detail, dict):
        return detail
    return parts.get(text_of(item.get(key)) or "", {})


def _draft(item: Record, parts: Mapping[str, Record]) -> Draft:
    detail = _detail(item, "sub_part", parts)
    number, parent = text_of(item.get("sub_part")), text_of(item.get("part"))
    found = {
        Field.PART_NUMBER: text_of(detail.get("IPN")),
        Field.NAME: text_of(detail.get("name")),
        Field.DESCRIPTION: text_of(detail.get("description")),
        Field.UNIT: text_of(detail.get("units")),
        Field.QUANTITY: text_of(item.get("quantity")),
        Field.DESIGNATOR: text_of(item.get("reference")),
        Field.SCRAP: text_of(item.get("overage")),
        Field.REMARK: text_of(item.get("note")),
    }
    warnings: list[LineWarning] = []
    if not detail:
        found[Field.PART_NUMBER] = number
        warnings.append(("no_part_detail", "the file gives only the key of the part", "sub_part"))
    if is_true(item.get("optional")):
        warnings.append(("optional", "the part is optional; it was counted", "optional"))
    if objects_in(item.get("substitutes")):
        warnings.append(("alternate", "substitutes are allowed for this part", "substitutes"))
    return Draft(
        {held: text for held, text in found.items() if text is not None},
        _LAYOUT,
        key=f"part,{number}" if number else None,
        parent_key=f"part,{parent}" if parent else None,
        warnings=tuple(warnings),
    )
