"""A line on its way: first the texts of its fields, then values that are not yet rolled up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.bom import Bridge, DeclaredMaterial, SourcingShare, Supplier
from app.readers.fields import Field
from app.readers.number_text import DecimalMark

#: (code, text, column) of something to say about a line.
LineWarning = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is common to the rows of one table.

    Attributes:
        columns: Header text (or key) by field, for warnings.
        marks: Decimal mark by field; a field that is missing uses the point.
        hints: Unit or currency named in the header, by field.
        currency: Currency of prices that name none, or None.
        yen_or_yuan: What the sign "¥" means in this table, or None.
        quantity_is_total: True where quantities are per product already.
    """

    columns: Mapping[Field, str]
    marks: Mapping[Field, DecimalMark] = field(default_factory=dict)
    hints: Mapping[Field, str] = field(default_factory=dict)
    currency: str | None = None
    yen_or_yuan: str | None = None
    quantity_is_total: bool = False


@dataclass(slots=True)
class Draft:
    """One row as text, before numbers, units and countries are read.

    Attributes:
        row: Physical line or row number.
        sheet: Name of the sheet.
        cells: Text by field; empty cells are left out.
        layout: What the rows of this table have in common.
        key, parent_key: Identity inside a structured file, for the hierarchy.
        factor: Multiplier that the format itself puts on the quantity (base quantity, probability).
    """

    cells: dict[Field, str]
    layout: Layout
    row: int | None = None
    sheet: str | None = None
    key: str | None = None
    parent_key: str | None = None
    level: int | None = None
    factor: float = 1.0
    materials: tuple[DeclaredMaterial, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    sourcing: tuple[SourcingShare, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    product_type: tuple[tuple[str, str], ...] = ()
    raw: tuple[tuple[str, str], ...] = ()
    warnings: tuple[LineWarning, ...] = ()


@dataclass(slots=True)
class Item:
    """A line with its values read; quantity is per parent until it is rolled up.

    Attributes:
        line_id: The caller's key, or None where the file has none.
        parent_ref: Key, line id or part number of the parent, or None.
        is_material: A row that states what its parent is made of (Granta).
        fraction: Share of the parent's mass that a material row states [1], or None.
    """

    draft: Draft
    line_id: str | None
    quantity: float | None
    unit: str | None
    unit_mass_kg: float | None = None
    unit_price: Decimal | None = None
    currency: str | None = None
    part_number: str | None = None
    description: str | None = None
    level: int | None = None
    parent_ref: str | None = None
    key: str | None = None
    is_material: bool = False
    fraction: float | None = None
    parent_index: int | None = None
    materials: tuple[DeclaredMaterial, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    sourcing: tuple[SourcingShare, ...] = ()
    product_type: tuple[tuple[str, str], ...] = ()
    recycled_share: float = 0.0
    revenue_at_risk: Decimal | None = None
    stock_days: float | None = None
    lead_time_days: float | None = None
    raw: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[LineWarning] = field(default_factory=list)

    def warn(self, code: str, text: str, column: str | None = None) -> None:
        """Add something to say about this line."""
        self.warnings.append((code, text, column))

    def keep_raw(self, column: str, text: str) -> None:
        """Keep the text of a cell that could not be used."""
        self.raw.append((column, text))
