"""Our own JSON: `{"bom": {...}}`, `{"id": ..., "lines": [...]}`, or lines one by one (NDJSON)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.bom import Bom, Bridge, DeclaredMaterial, FileFacts, SourcingShare, Supplier
from app.errors import Fault, UnreadableFileError
from app.readers.assemble import Product, assemble
from app.readers.countries import country_code
from app.readers.draft import Draft, LineWarning
from app.readers.fields import Field
from app.readers.json_values import JsonValue, Record, inside, objects_in, text_of
from app.readers.records import (
    cells_of,
    decimal_of,
    fraction_of,
    is_true,
    layout_of,
    number_of,
    used_columns,
)
from app.readers.source import Source

#: Plain keys of a line; those that hold objects are read below.
LINE_KEYS = {
    held.value: held
    for held in (
        Field.LINE_ID,
        Field.PART_NUMBER,
        Field.DESCRIPTION,
        Field.QUANTITY,
        Field.UNIT,
        Field.UNIT_MASS_KG,
        Field.UNIT_PRICE,
        Field.CURRENCY,
        Field.HS_CODE,
        Field.CATEGORY,
        Field.SECTOR,
        Field.RECYCLED_SHARE,
        Field.REVENUE_AT_RISK,
        Field.STOCK_DAYS,
        Field.LEAD_TIME_DAYS,
        Field.PARENT,
        Field.MANUFACTURER,
    )
}
_OBJECT_KEYS = frozenset(
    {"materials", "supplier", "suppliers", "sourcing", "bridges", "product_type"}
)
_BOM_KEYS = frozenset(
    {"id", "name", "sector", "annual_units", "daily_revenue", "currency", "lines"}
)
_LAYOUT = layout_of(LINE_KEYS, is_total=True)


def is_own_json(value: JsonValue) -> bool:
    """Return whether a JSON document is a BOM in our own form."""
    body = value.get("bom", value) if isinstance(value, dict) else None
    return isinstance(body, dict) and isinstance(body.get("lines"), list)


def read_json_bom(source: Source, value: JsonValue) -> Bom:
    """Return the BOM of a document in our own form."""
    body = inside(value, "bom") or value
    if not isinstance(body, dict):
        raise UnreadableFileError("a BOM is an object with `lines`")
    lines = body.get("lines")
    records = objects_in(lines)
    return bom_of_lines(source, records, rows=[None] * len(records), body=body, file_format="json")


def bom_of_lines(
    source: Source,
    records: Sequence[Record],
    *,
    rows: Sequence[int | None],
    body: Record,
    file_format: str,
) -> Bom:
    """Return the BOM of line objects in our own form.

    Args:
        source: The file.
        records: The line objects.
        rows: Physical line of each, or None.
        body: The object that holds id, name and so on.
        file_format: "json" or "ndjson".
    """
    drafts = []
    for record, row in zip(records, rows, strict=True):
        source.guard.add_row(len(record), row=row)
        drafts.append(_draft(record, row))
    used, ignored = used_columns(records, LINE_KEYS)
    unknown = tuple(key for key in ignored if key not in _OBJECT_KEYS)
    unknown += tuple(key[:100] for key in body if key not in _BOM_KEYS)
    product = Product(
        id=text_of(body.get("id")),
        name=text_of(body.get("name")),
        sector=text_of(body.get("sector")),
        annual_units=number_of(body.get("annual_units")),
        daily_revenue=decimal_of(body.get("daily_revenue")),
        currency=text_of(body.get("currency")),
    )
    facts = FileFacts(
        format=file_format, encoding=source.encoding, columns=used, ignored_columns=unknown
    )
    return assemble(drafts, facts=facts, product=product, fallback_id=source.bom_id(product.id))


@dataclass(slots=True)
class _Faulty:
    """Collects what of a line's objects could not be used."""

    warnings: list[LineWarning] = field(default_factory=list)
    raw: list[tuple[str, str]] = field(default_factory=list)

    def number(self, record: Record, key: str, *, share: bool) -> float | None:
        value = record.get(key)
        if value is None:
            return None
        number = fraction_of(value) if share else number_of(value)
        if number is None or number < 0:
            wanted = "a share from 0 to 1" if share else "a number from 0"
            self.warnings.append((f"{key}_unread", f"'{str(value)[:40]}' is not {wanted}", key))
            self.raw.append((key, str(value)[:200]))
            return None
        return number


def _draft(record: Record, row: int | None) -> Draft:
    faulty = _Faulty()
    supplier = record.get("supplier")
    suppliers = objects_in(record.get("suppliers"))
    if isinstance(supplier, dict):
        suppliers = [supplier, *suppliers]
    draft = Draft(
        cells_of(record, LINE_KEYS),
        _LAYOUT,
        row=row,
        materials=tuple(_material(entry, faulty) for entry in objects_in(record.get("materials"))),
        suppliers=tuple(_supplier(entry, faulty) for entry in suppliers),
        sourcing=tuple(_sourcing(entry, faulty) for entry in objects_in(record.get("sourcing"))),
        bridges=tuple(_bridge(entry, faulty) for entry in objects_in(record.get("bridges"))),
        product_type=_product_type(record.get("product_type")),
    )
    draft.warnings = tuple(faulty.warnings)
    draft.raw = tuple(faulty.raw)
    return draft


def _material(entry: Record, faulty: _Faulty) -> DeclaredMaterial:
    elements = entry.get("elements")
    pairs = elements.items() if isinstance(elements, dict) else ()
    shares = ((symbol, fraction_of(value)) for symbol, value in pairs)
    return DeclaredMaterial(
        name=text_of(entry.get("name")),
        cas=text_of(entry.get("cas")),
        ec=text_of(entry.get("ec")),
        formula=text_of(entry.get("formula")),
        mass_fraction=faulty.number(entry, "mass_fraction", share=True),
        mass_kg=faulty.number(entry, "mass_kg", share=False),
        elements=tuple((symbol, part) for symbol, part in shares if part is not None),
    )


def _supplier(entry: Record, faulty: _Faulty) -> Supplier:
    share = faulty.number(entry, "share", share=True)
    return Supplier(
        name=text_of(entry.get("name")),
        country=_country(entry, faulty),
        share=1.0 if share is None else share,
        general_licence_valid_to=_date(entry.get("general_licence_valid_to")),
        new_relation=is_true(entry.get("new_relation")),
    )


def _country(entry: Record, faulty: _Faulty) -> str | None:
    text = text_of(entry.get("country"))
    if text is None:
        return None
    code = country_code(text)
    if code is None:
        faulty.warnings.append(("unknown_country", f"'{text[:60]}' is no country", "country"))
        faulty.raw.append(("country", text[:200]))
    return code


def _sourcing(entry: Record, faulty: _Faulty) -> SourcingShare:
    share = faulty.number(entry, "share", share=True)
    return SourcingShare(
        stage=text_of(entry.get("stage")) or "",
        country=_country(entry, faulty) or "ZZ",
        share=share or 0.0,
    )


def _bridge(entry: Record, faulty: _Faulty) -> Bridge:
    return Bridge(
        from_day=faulty.number(entry, "from_day", share=False) or 0.0,
        share=faulty.number(entry, "share", share=True) or 0.0,
    )


def _product_type(value: JsonValue) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        return ()
    pairs = ((key, text_of(entry)) for key, entry in value.items())
    return tuple((key, text) for key, text in pairs if text is not None)


def _date(value: JsonValue) -> date | None:
    text = text_of(value)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def read_ndjson_bom(source: Source, lines: Sequence[tuple[int, JsonValue]]) -> Bom:
    """Return the BOM of newline-delimited JSON: one line object a line, or one BOM.

    Args:
        source: The file.
        lines: (physical line, value) of each line that is not blank.

    Raises:
        UnreadableFileError: The lines are several BOMs, or no objects.
    """
    if len(lines) == 1 and is_own_json(lines[0][1]):
        return read_json_bom(source, lines[0][1])
    faults = []
    records: list[Record] = []
    for row, value in lines:
        if not isinstance(value, dict) or is_own_json(value):
            what = "is a BOM of its own" if isinstance(value, dict) else "is no object"
            faults.append(
                Fault(
                    code="not_a_line",
                    detail=f"this line {what}; one line object was expected",
                    row=row,
                )
            )
        else:
            records.append(value)
    if faults:
        raise UnreadableFileError(
            "newline-delimited JSON must hold the lines of one BOM; several BOMs are a catalogue",
            tuple(faults[:100]),
        )
    rows = [row for row, _ in lines]
    return bom_of_lines(source, records, rows=rows, body={}, file_format="ndjson")
