"""ERPNext: BOM documents as JSON, the import file of the data tool, the item master."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.dialect import Dialect
from app.readers.draft import Draft
from app.readers.fields import Field
from app.readers.json_values import JsonValue, Record, inside, objects_in, text_of
from app.readers.records import cells_of, layout_of, number_of, used_columns
from app.readers.source import Source

ERPNEXT_CSV = Dialect(
    name="erpnext_csv",
    signature=frozenset({"item code (items)", "qty (items)"}),
    fields={
        "id": Field.PRODUCT,
        "item": Field.PARENT,
        "item name": Field.PRODUCT_NAME,
        "quantity": Field.BASE_QUANTITY,
        "currency": Field.CURRENCY,
        "item description": Field.IGNORE,
        "id (items)": Field.IGNORE,
        "item code (items)": Field.PART_NUMBER,
        "item name (items)": Field.NAME,
        "description (items)": Field.DESCRIPTION,
        "item description (items)": Field.DESCRIPTION,
        "qty (items)": Field.QUANTITY,
        "uom (items)": Field.UNIT,
        "stock uom (items)": Field.IGNORE,
        "rate (items)": Field.UNIT_PRICE,
        "amount (items)": Field.IGNORE,
    },
    carried=frozenset(
        {Field.PRODUCT, Field.PARENT, Field.PRODUCT_NAME, Field.BASE_QUANTITY, Field.CURRENCY}
    ),
)
ERPNEXT_ITEMS = Dialect(
    name="erpnext_items_csv",
    signature=frozenset({"item code", "item name", "item group", "default unit of measure"}),
    fields={
        "item code": Field.PART_NUMBER,
        "item name": Field.NAME,
        "description": Field.DESCRIPTION,
        "valuation rate": Field.UNIT_PRICE,
        "weight per unit": Field.UNIT_MASS,
        "weight uom": Field.MASS_UNIT,
        "country of origin": Field.ORIGIN,
        "customs tariff number": Field.HS_CODE,
        "lead time in days": Field.LEAD_TIME_DAYS,
    },
)

_KEYS: Mapping[str, Field] = {
    "idx": Field.POSITION,
    "item_code": Field.PART_NUMBER,
    "item_name": Field.NAME,
    "description": Field.DESCRIPTION,
    "qty": Field.QUANTITY,
    "uom": Field.UNIT,
    "stock_uom": Field.UNIT,
    "rate": Field.UNIT_PRICE,
}
_TAG = re.compile(r"<[^<>]{0,200}>")


def is_erpnext_json(value: JsonValue) -> bool:
    """Return whether a JSON document holds ERPNext BOM documents."""
    return bool(_documents(value))


def read_erpnext_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of ERPNext documents; a sub-BOM that is in the file is rolled up."""
    documents = _documents(value)
    used_inside = {
        name
        for document in documents
        for item in _items(document)
        if (name := _text(item, "bom_no"))
    }
    # The product is the document that no other uses.
    tops = [document for document in documents if _text(document, "name") not in used_inside]
    top = tops[0] if tops else documents[0]
    drafts = []
    for document in [top, *(entry for entry in documents if entry is not top)]:
        drafts += _drafts(source, document, is_top=document is top)
    records = [item for document in documents for item in _items(document)]
    columns, ignored = used_columns(records, _KEYS)
    facts = FileFacts(
        format="erpnext_json", encoding=source.encoding, columns=columns, ignored_columns=ignored
    )
    product = Product(
        id=_text(top, "name") or _text(top, "item"),
        name=_text(top, "item_name") or _text(top, "item"),
        currency=_text(top, "currency"),
    )
    return assemble(drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id))


def _documents(value: JsonValue) -> Sequence[Record]:
    for key in ("data", "message", "docs"):
        found = inside(value, key)
        if isinstance(found, (dict, list)):
            value = found
            break
    candidates = [value] if isinstance(value, dict) else objects_in(value)
    return [
        document
        for document in candidates
        if any("item_code" in item and "qty" in item for item in _items(document))
    ]


def _items(document: Record) -> Sequence[Record]:
    return objects_in(document.get("items"))


def _text(record: Record, key: str) -> str | None:
    return text_of(record.get(key))


def _drafts(source: Source, document: Record, *, is_top: bool) -> list[Draft]:
    layout = layout_of(_KEYS, currency=_text(document, "currency"))
    base = number_of(document.get("quantity")) or 1.0
    parent = None if is_top else _text(document, "name")
    drafts = []
    for item in _items(document):
        source.guard.add_row(len(item))
        cells = cells_of(item, _KEYS)
        description = cells.get(Field.DESCRIPTION)
        if description is not None and "<" in description:
            cells[Field.DESCRIPTION] = " ".join(_TAG.sub(" ", description).split())
        drafts.append(
            Draft(
                cells,
                layout,
                key=_text(item, "bom_no"),
                parent_key=parent,
                factor=1 / base if base > 0 else 1.0,
            )
        )
    return drafts
