"""Odoo: `mrp.bom` and `mrp.bom.line` records as JSON, and the import/export table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.dialect import Dialect, display_name, split_display_name
from app.readers.draft import Draft, LineWarning
from app.readers.fields import Field
from app.readers.json_values import JsonValue, Record, inside, objects_in, text_of
from app.readers.records import layout_of, number_of, used_columns
from app.readers.source import Source


def _tidy(cells: dict[Field, str]) -> None:
    split_display_name(cells, Field.NAME)
    parent = cells.get(Field.PARENT)
    if parent is not None:
        code, name = display_name(parent)
        cells[Field.PARENT] = code or name or parent
        cells[Field.PRODUCT_NAME] = name or parent


_CARRIED = frozenset({Field.PARENT, Field.PRODUCT, Field.PRODUCT_NAME, Field.BASE_QUANTITY})

ODOO_CSV = Dialect(
    name="odoo_csv",
    signature=frozenset({"bom line ids/product qty"}),
    fields={
        "id": Field.IGNORE,
        "product tmpl id": Field.PARENT,
        "product tmpl id/id": Field.PARENT,
        "product tmpl id/default code": Field.PARENT,
        "product id": Field.IGNORE,
        "product qty": Field.BASE_QUANTITY,
        "product uom id": Field.IGNORE,
        "code": Field.PRODUCT,
        "type": Field.IGNORE,
        "bom line ids/product id": Field.NAME,
        "bom line ids/product id/id": Field.PART_NUMBER,
        "bom line ids/product id/default code": Field.PART_NUMBER,
        "bom line ids/product id/name": Field.NAME,
        "bom line ids/product qty": Field.QUANTITY,
        "bom line ids/product uom id": Field.UNIT,
        "bom line ids/sequence": Field.IGNORE,
    },
    carried=_CARRIED,
    tidy=_tidy,
)
ODOO_LABELLED_CSV = Dialect(
    name="odoo_csv",
    signature=frozenset({"bom lines/component", "bom lines/quantity"}),
    fields={
        "external id": Field.IGNORE,
        "product": Field.PARENT,
        "quantity": Field.BASE_QUANTITY,
        "reference": Field.PRODUCT,
        "bom type": Field.IGNORE,
        "product unit of measure": Field.IGNORE,
        "unit of measure": Field.IGNORE,
        "bom lines/component": Field.NAME,
        "bom lines/quantity": Field.QUANTITY,
        "bom lines/product unit of measure": Field.UNIT,
        "bom lines/unit of measure": Field.UNIT,
        "bom lines/unit": Field.UNIT,
    },
    carried=_CARRIED,
    tidy=_tidy,
)

_KEYS: Mapping[str, Field] = {
    "product_id": Field.NAME,
    "product_qty": Field.QUANTITY,
    "product_uom_id": Field.UNIT,
    "bom_product_template_attribute_value_ids": Field.REMARK,
}
_LAYOUT = layout_of(_KEYS)


def is_odoo_json(value: JsonValue) -> bool:
    """Return whether a JSON document holds Odoo BOMs or BOM lines."""
    boms, lines = _records(value)
    return bool(boms or lines)


def read_odoo_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of Odoo records; lines whose child BOM is in the file are rolled up."""
    boms, lines = _records(value)
    drafts: list[Draft] = []
    for bom in boms:
        nested = objects_in(bom.get("bom_line_ids"))
        drafts += [_draft(source, line, bom=bom) for line in nested]
    by_id = {_id(bom.get("id")): bom for bom in boms}
    drafts += [_draft(source, line, bom=by_id.get(_id(line.get("bom_id")))) for line in lines]
    used, ignored = used_columns(lines or objects_in(boms[0].get("bom_line_ids")), _KEYS)
    top = boms[0] if boms else {}
    label = _label(top.get("product_id")) or _label(top.get("product_tmpl_id"))
    code, name = display_name(label) if label else (None, None)
    product = Product(id=text_of(top.get("code")) or code, name=name)
    facts = FileFacts(
        format="odoo_json", encoding=source.encoding, columns=used, ignored_columns=ignored
    )
    return assemble(drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id))


def _records(value: JsonValue) -> tuple[Sequence[Record], Sequence[Record]]:
    for key in ("result", "records", "data"):
        found = inside(value, key)
        if isinstance(found, (dict, list)):
            value = found
    records = [value] if isinstance(value, dict) else objects_in(value)
    boms = [
        record for record in records if "bom_line_ids" in record and "product_tmpl_id" in record
    ]
    lines = [
        record
        for record in records
        if "product_id" in record and "product_qty" in record and "bom_id" in record
    ]
    nested = any(objects_in(bom.get("bom_line_ids")) for bom in boms)
    return (boms, lines) if nested or lines else ((), ())


def _id(value: JsonValue) -> str | None:
    """Return the id of a many-to-one value: `[3, "Label"]`, `{"id": 3}` or `3`."""
    if isinstance(value, list) and value:
        return text_of(value[0])
    if isinstance(value, dict):
        return text_of(value.get("id"))
    return text_of(value) if isinstance(value, str) else None


def _label(value: JsonValue) -> str | None:
    if isinstance(value, list) and len(value) > 1:
        return text_of(value[1])
    if isinstance(value, dict):
        return text_of(value.get("display_name")) or text_of(value.get("name"))
    return text_of(value) if isinstance(value, str) else None


def _draft(source: Source, line: Record, *, bom: Record | None) -> Draft:
    source.guard.add_row(len(line))
    cells: dict[Field, str] = {}
    label = _label(line.get("product_id"))
    if label is not None:
        cells[Field.NAME] = label
        split_display_name(cells, Field.NAME)
    quantity, unit = text_of(line.get("product_qty")), _label(line.get("product_uom_id"))
    if quantity is not None:
        cells[Field.QUANTITY] = quantity
    if unit is not None:
        cells[Field.UNIT] = unit
    warnings: tuple[LineWarning, ...] = ()
    if line.get("bom_product_template_attribute_value_ids"):
        warnings = (
            ("variant_only", "the line belongs to some variants of the product only", None),
        )
    base = (number_of(bom.get("product_qty")) if bom is not None else None) or 1.0
    child, own = _id(line.get("child_bom_id")), _id(line.get("bom_id"))
    if own is None and bom is not None:
        own = _id(bom.get("id"))
    return Draft(
        cells,
        _LAYOUT,
        key=f"mrp.bom,{child}" if child else None,
        parent_key=f"mrp.bom,{own}" if own else None,
        factor=1 / base if base > 0 else 1.0,
        warnings=warnings,
    )
