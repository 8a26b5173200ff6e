"""Tryton: `production.bom` rows of JSON-RPC, and the table of its export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.dialect import Dialect, display_name, split_display_name
from app.readers.draft import Draft
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


TRYTON_CSV = Dialect(
    name="tryton_csv",
    signature=frozenset({"inputs/product", "inputs/quantity"}),
    fields={
        "name": Field.PRODUCT,
        "code": Field.IGNORE,
        "inputs/product": Field.NAME,
        "inputs/quantity": Field.QUANTITY,
        "inputs/unit": Field.UNIT,
        "inputs/uom": Field.UNIT,
        "outputs/product": Field.PARENT,
        "outputs/quantity": Field.BASE_QUANTITY,
        "outputs/unit": Field.IGNORE,
        "outputs/uom": Field.IGNORE,
    },
    carried=frozenset({Field.PRODUCT, Field.PARENT, Field.BASE_QUANTITY}),
    tidy=_tidy,
)

_KEYS: Mapping[str, Field] = {
    "product.": Field.NAME,
    "quantity": Field.QUANTITY,
    "unit.": Field.UNIT,
    "uom.": Field.UNIT,
}
_LAYOUT = layout_of(_KEYS)


def is_tryton_json(value: JsonValue) -> bool:
    """Return whether a JSON document holds Tryton BOMs or BOM inputs."""
    boms, inputs = _records(value)
    return bool(boms or inputs)


def read_tryton_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of Tryton rows; quantities are per output quantity."""
    boms, inputs = _records(value)
    drafts: list[Draft] = []
    rows: list[Record] = []
    for bom in boms:
        outputs = _held(bom, "outputs")
        base = number_of(outputs[0].get("quantity")) if outputs else None
        made = _label(outputs[0], "product") if outputs else None
        parent = next((part for part in display_name(made) if part), None) if made else None
        for row in _held(bom, "inputs"):
            rows.append(row)
            drafts.append(_draft(source, row, base=base, parent=parent))
    for entry in inputs:
        rows.append(entry)
        drafts.append(_draft(source, entry, base=None, parent=None))
    used, ignored = used_columns(rows, _KEYS)
    top: Record = boms[0] if boms else {}
    product = Product(
        id=text_of(top.get("code")) or text_of(top.get("name")), name=text_of(top.get("name"))
    )
    facts = FileFacts(
        format="tryton_json", encoding=source.encoding, columns=used, ignored_columns=ignored
    )
    return assemble(drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id))


def _records(value: JsonValue) -> tuple[Sequence[Record], Sequence[Record]]:
    result = inside(value, "result")
    records = objects_in(result if isinstance(result, list) else value)
    if isinstance(value, dict) and _held(value, "inputs"):
        records = [value]
    boms = [record for record in records if any(map(_is_input, _held(record, "inputs")))]
    return boms, [record for record in records if _is_input(record)]


def _held(record: Record, key: str) -> Sequence[Record]:
    """Return the rows below a BOM; JSON-RPC names those that it read with a dot at the end."""
    return objects_in(record.get(f"{key}.")) or objects_in(record.get(key))


def _is_input(record: Record) -> bool:
    return "quantity" in record and isinstance(record.get("product."), dict)


def _label(record: Record, key: str) -> str | None:
    detail = record.get(f"{key}.")
    if not isinstance(detail, dict):
        return None
    return text_of(detail.get("rec_name")) or text_of(detail.get("name"))


def _draft(source: Source, row: Record, *, base: float | None, parent: str | None) -> Draft:
    source.guard.add_row(len(row))
    cells: dict[Field, str] = {}
    found = {
        Field.NAME: _label(row, "product"),
        Field.QUANTITY: text_of(row.get("quantity")),
        Field.UNIT: _symbol(row),
    }
    cells.update({held: text for held, text in found.items() if text is not None})
    split_display_name(cells, Field.NAME)
    return Draft(cells, _LAYOUT, parent_key=parent, factor=1 / base if base and base > 0 else 1.0)


def _symbol(row: Record) -> str | None:
    for key in ("unit.", "uom."):
        detail = row.get(key)
        if isinstance(detail, dict):
            return text_of(detail.get("symbol")) or text_of(detail.get("rec_name"))
    return None
