"""SAP S/4HANA: `MaterialBOMItem` result sets and the rows of the function `explodeBom`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.bom import Bom, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.draft import Draft, LineWarning
from app.readers.fields import Field
from app.readers.json_values import JsonValue, Record, objects_in, text_of
from app.readers.records import is_true, layout_of, number_of, used_columns
from app.readers.source import Source

_COMPONENT = "billofmaterialcomponent"

#: Fields by key without underscores and capitals: the service and the function spell differently.
_KEYS: Mapping[str, Field] = {
    "billofmaterialitemnumber": Field.POSITION,
    _COMPONENT: Field.PART_NUMBER,
    "componentdescription": Field.NAME,
    "bomitemdescription": Field.DESCRIPTION,
    "bomitemtext2": Field.SPECIFICATION,
    "billofmaterialitemquantity": Field.QUANTITY,
    "billofmaterialcompquant": Field.QUANTITY,
    "billofmaterialitemunit": Field.UNIT,
    "baseuom": Field.UNIT,
    "billofmaterialitemcategory": Field.ITEM_TYPE,
    "componentscrapinpercent": Field.SCRAP,
    "compscrapitm": Field.SCRAP,
    "alternativeitemgroup": Field.ALTERNATE,
    "usageprobabilitypercent": Field.USAGE_PROBABILITY,
    "materialgroup": Field.CATEGORY,
    "commoditycode": Field.HS_CODE,
    "supplier": Field.SUPPLIER,
    "isphantomitem": Field.PHANTOM,
    "bomexplosionlevel": Field.LEVEL,
    "explosionlevel": Field.LEVEL,
}
_PERCENTS = (Field.SCRAP, Field.USAGE_PROBABILITY)
_BASE = "bomheaderquantityinbaseunit"


def is_sap_json(value: JsonValue) -> bool:
    """Return whether a JSON document holds SAP BOM items."""
    return any(_COMPONENT in _plain(item) for _, item in _items(value))


def read_sap_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of SAP items; an explosion is rolled up by its levels."""
    pairs = _items(value)
    drafts: list[Draft] = []
    originals: dict[str, str] = {}
    layouts: dict[tuple[str, ...], Mapping[str, Field]] = {}
    knows_base = False
    for header, item in pairs:
        plain = _plain(item)
        for key in item:
            originals.setdefault(_folded(key), key)
        source.guard.add_row(len(item))
        base = number_of(header.get(_BASE)) or number_of(plain.get(_BASE))
        knows_base = knows_base or base is not None
        drafts.append(_draft(plain, base=base, layouts=layouts))
    exploded = any(Field.LEVEL in draft.cells for draft in drafts)
    used, ignored = used_columns(
        [{_folded(key): text for key, text in item.items()} for _, item in pairs], _KEYS
    )
    notes = [("quantity_per_parent", "quantities were read as per parent item")] if exploded else []
    if not exploded and not knows_base:
        notes.append(
            ("base_quantity_unknown", "the header's base quantity is not in the file; 1 assumed")
        )
    facts = FileFacts(
        format="sap_explode_bom" if exploded else "sap_material_bom",
        encoding=source.encoding,
        columns=tuple((originals.get(key, key), held) for key, held in used),
        ignored_columns=tuple(originals.get(key, key) for key in ignored),
        notes=tuple(notes),
    )
    first = pairs[0][0] or _plain(pairs[0][1])
    product = Product(
        id=text_of(first.get("material")) or text_of(first.get("billofmaterial")),
        name=text_of(first.get("productdescription")),
    )
    return assemble(drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id))


def _folded(key: str) -> str:
    return key.replace("_", "").casefold()


def _plain(record: Record) -> dict[str, JsonValue]:
    return {_folded(key): value for key, value in record.items()}


def _rows(value: JsonValue) -> Sequence[Record]:
    """Return the records inside the wrappers of OData 2 and 4 and of a function."""
    for _ in range(4):
        if not isinstance(value, dict):
            break
        inner = next(
            (
                value[key]
                for key in ("d", "results", "value", "explodeBom", "ExplodeBOM")
                if key in value
            ),
            None,
        )
        if inner is None:
            return [value]
        value = inner
    return objects_in(value)


def _items(value: JsonValue) -> list[tuple[dict[str, JsonValue], Record]]:
    """Return (folded header, item) of every item; the header is empty where items stand alone."""
    pairs: list[tuple[dict[str, JsonValue], Record]] = []
    for record in _rows(value):
        plain = _plain(record)
        nested = plain.get("tobillofmaterialitem")
        if nested is not None:
            pairs += [(plain, item) for item in _rows(nested) if item]
        elif _COMPONENT in plain:
            pairs.append(({}, record))
    return pairs


def _draft(
    plain: Record,
    *,
    base: float | None,
    layouts: dict[tuple[str, ...], Mapping[str, Field]],
) -> Draft:
    keys = layouts.setdefault(
        tuple(plain), {key: held for key, held in _KEYS.items() if key in plain}
    )
    cells: dict[Field, str] = {}
    for key, held in keys.items():
        text = text_of(plain.get(key))
        if text is not None and held not in cells:
            cells[held] = f"{text} %" if held in _PERCENTS else text
    if cells.get(Field.PHANTOM) == "false":
        del cells[Field.PHANTOM]
    warnings: list[LineWarning] = []
    if is_true(plain.get("fixedquantity")):
        warnings.append(
            ("fixed_quantity", "the quantity is per order, not per product", "FixedQuantity")
        )
    for key, code in (("isdeleted", "deleted_item"), ("materialiscoproduct", "co_product")):
        if is_true(plain.get(key)) or (
            key == "materialiscoproduct" and is_true(plain.get("coproduct"))
        ):
            cells[Field.QUANTITY] = "0"
            warnings.append((code, "the item does not go into the product", None))
    return Draft(
        cells,
        layout_of(keys),
        factor=1 / base if base and base > 0 else 1.0,
        warnings=tuple(warnings),
    )
