"""A bill of materials as a reader or the API hands it over, before identification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredMaterial:
    """A material or substance that the caller declares for a line.

    Attributes:
        mass_fraction: Share of the unit mass [1], 0-1, or None.
        mass_kg: Mass per unit [kg], or None.
        elements: Declared mass fraction of elements within this material [1] by symbol.
    """

    name: str | None = None
    cas: str | None = None
    ec: str | None = None
    formula: str | None = None
    mass_fraction: float | None = None
    mass_kg: float | None = None
    elements: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who delivers a line.

    Attributes:
        country: ISO 3166-1 alpha-2, or None where not known.
        share: Share of the line that this supplier delivers [1].
        general_licence_valid_to: Last day of a general licence that covers this customer.
        new_relation: True where the supply relation has only begun.
    """

    name: str | None = None
    country: str | None = None
    share: float = 1.0
    general_licence_valid_to: date | None = None
    new_relation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingShare:
    """A declared share of one country at one stage (mining, separation, metal, magnet, ...)."""

    stage: str
    country: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A qualified substitute that covers `share` of the need [1] from day `from_day` on."""

    from_day: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BomLine:
    """One line of a bill of materials, one level, quantities per product.

    Attributes:
        line_id: The caller's key; comes back unchanged.
        quantity: Number of `unit` per product, or None where it could not be read.
        unit: Code of `app.identification.units`, UN/ECE Rec 20 or common word, or None.
        unit_mass_kg: Mass of one unit [kg].
        unit_price: Price of one unit, in `currency`.
        sector: Id or alias of a sector.
        suppliers: Zero or more; shares sum to at most 1.
        revenue_at_risk: Revenue that stops with this line, in `currency`; any common scale.
        recycled_share: Closed-loop material that crosses no control [1].
        product_type: Free words of a product declaration (`permanentMagnetType: Ferrite`).
        row, sheet: Where the line stood in a file.
        raw: Cells that could not be used, as (column, text).
        warnings: What the reader had to say about this line, as (code, text, column).
    """

    line_id: str
    part_number: str | None = None
    description: str | None = None
    quantity: float | None = None
    unit: str | None = None
    unit_mass_kg: float | None = None
    unit_price: Decimal | None = None
    currency: str | None = None
    hs_code: str | None = None
    category: str | None = None
    sector: str | None = None
    materials: tuple[DeclaredMaterial, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    sourcing: tuple[SourcingShare, ...] = ()
    recycled_share: float = 0.0
    stock_days: float | None = None
    lead_time_days: float | None = None
    bridges: tuple[Bridge, ...] = ()
    revenue_at_risk: Decimal | None = None
    parent_line_id: str | None = None
    manufacturer: str | None = None
    product_type: tuple[tuple[str, str], ...] = ()
    row: int | None = None
    sheet: str | None = None
    raw: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str, str | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """How an uploaded file was read, so that the caller can check it."""

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    ignored_columns: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bom:
    """A product and its lines.

    Attributes:
        annual_units: Products per year, or None.
        daily_revenue: Revenue per day in `currency`, or None.
        unit_price: Price of one product in `currency`, or None.
        usd_per_currency: US dollars for one unit of a currency, by ISO 4217 code, as the caller
            gave them; no rate is guessed.
    """

    id: str
    lines: tuple[BomLine, ...]
    name: str | None = None
    sector: str | None = None
    annual_units: float | None = None
    daily_revenue: Decimal | None = None
    currency: str | None = None
    file: FileFacts | None = None
    unit_price: Decimal | None = None
    usd_per_currency: tuple[tuple[str, Decimal], ...] = ()
