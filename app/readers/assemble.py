"""Items to a `Bom`: keys of the lines, parents by key, facts about the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.bom import Bom, BomLine, FileFacts
from app.errors import Fault, UnreadableFileError
from app.readers.draft import Draft, Item
from app.readers.fields import Field
from app.readers.lines import read_item
from app.readers.rollup import roll_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a file says about the product as a whole."""

    id: str | None = None
    name: str | None = None
    sector: str | None = None
    annual_units: float | None = None
    daily_revenue: Decimal | None = None
    currency: str | None = None


def assemble(
    drafts: Sequence[Draft], *, facts: FileFacts, product: Product, fallback_id: str
) -> Bom:
    """Return the BOM that the drafted rows make.

    Args:
        drafts: All rows of the product, in file order.
        facts: How the file was read.
        product: What the file says about the product.
        fallback_id: Id where the file has none.

    Raises:
        UnreadableFileError: There is no line, or parents form a circle.
    """
    if not drafts:
        detail = "the file holds no line of a BOM; a line needs a part, description or material"
        raise UnreadableFileError(detail, (Fault(code="no_lines", detail=detail),))
    items = [read_item(draft) for draft in drafts]
    is_tree = roll_up(items)
    notes = facts.notes
    if is_tree:
        notes += (("rolled_up", "quantities were multiplied down the hierarchy to one product"),)
    keys = _line_ids(items)
    lines = tuple(_line(item, key, keys) for item, key in zip(items, keys, strict=True))
    return Bom(
        id=product.id or fallback_id,
        lines=lines,
        name=product.name,
        sector=product.sector,
        annual_units=product.annual_units,
        daily_revenue=product.daily_revenue,
        currency=product.currency,
        file=FileFacts(
            format=facts.format,
            encoding=facts.encoding,
            delimiter=facts.delimiter,
            sheet=facts.sheet,
            header_row=facts.header_row,
            columns=facts.columns,
            ignored_columns=facts.ignored_columns,
            notes=notes,
        ),
    )


def _line(item: Item, key: str, keys: Sequence[str]) -> BomLine:
    cells = item.draft.cells
    return BomLine(
        line_id=key,
        part_number=item.part_number,
        description=item.description,
        quantity=item.quantity,
        unit=item.unit,
        unit_mass_kg=item.unit_mass_kg,
        unit_price=item.unit_price,
        currency=item.currency,
        hs_code=cells.get(Field.HS_CODE),
        category=cells.get(Field.CATEGORY),
        sector=cells.get(Field.SECTOR),
        materials=item.materials,
        suppliers=item.suppliers,
        sourcing=item.sourcing,
        recycled_share=item.recycled_share,
        stock_days=item.stock_days,
        lead_time_days=item.lead_time_days,
        bridges=item.draft.bridges,
        revenue_at_risk=item.revenue_at_risk,
        parent_line_id=keys[item.parent_index] if item.parent_index is not None else None,
        manufacturer=cells.get(Field.MANUFACTURER),
        product_type=item.product_type,
        row=item.draft.row,
        sheet=item.draft.sheet,
        raw=tuple(item.raw),
        warnings=tuple(item.warnings),
    )


def _line_ids(items: Sequence[Item]) -> list[str]:
    """Return a key for each line: its own, else its position, else where it stood."""
    proposed = [item.line_id for item in items]
    if not any(proposed):
        proposed = _positions(items) or [None] * len(items)
    several = len({item.draft.sheet for item in items}) > 1
    given = {key for key in proposed if key}
    used: set[str] = set()
    keys: list[str] = []
    for index, (item, wanted) in enumerate(zip(items, proposed, strict=True)):
        key = wanted or _place(item, index, several=several)
        if key in used or (not wanted and key in given):
            base, count = key, 2
            while f"{base}-{count}" in used or f"{base}-{count}" in given:
                count += 1
            key = f"{base}-{count}"
            if wanted:
                item.warn(
                    "duplicate_line_id",
                    f"'{base[:60]}' occurs again; this line is '{key[:70]}'",
                    None,
                )
        used.add(key)
        keys.append(key)
    return keys


def _positions(items: Sequence[Item]) -> list[str | None] | None:
    positions = [item.draft.cells.get(Field.POSITION) for item in items]
    filled = [position for position in positions if position]
    return positions if len(set(filled)) == len(items) else None


def _place(item: Item, index: int, *, several: bool) -> str:
    row = item.draft.row if item.draft.row is not None else index + 1
    return f"{item.draft.sheet}!{row}" if several and item.draft.sheet else str(row)
