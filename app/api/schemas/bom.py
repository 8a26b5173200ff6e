"""A bill of materials as a client sends it in JSON."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.context import ContextBody
from app.api.schemas.fields import (
    MOST_MATERIALS,
    Amount,
    CountryCode,
    CurrencyCode,
    Days,
    Description,
    Fraction,
    HsCode,
    Identifier,
    IsoDate,
    Money,
    Name,
    Rate,
    StageName,
    StrictModel,
    Unit,
)

ChemicalSymbol = Annotated[str, Field(pattern="^[A-Z][a-z]?$")]


class MaterialBody(StrictModel):
    """A material or substance that you declare for a line."""

    name: Name | None = Field(None, description="Name or grade.", examples=["NdFeB 42SH"])
    cas: Annotated[str, Field(max_length=20)] | None = Field(
        None, description="CAS number; its check digit decides whether it counts."
    )
    ec: Annotated[str, Field(max_length=20)] | None = Field(None, description="EC number.")
    formula: Name | None = Field(None, description="Chemical formula.", examples=["Nd2Fe14B"])
    mass_fraction: Fraction | None = Field(
        None, description="Share of the mass of one unit [1], 0 to 1."
    )
    mass_kg: Amount | None = Field(
        None, description="Mass of the material in one unit [kg], 0 to 1e15."
    )
    elements: dict[ChemicalSymbol, Fraction] | None = Field(
        None,
        description="Mass fraction of elements within this material by symbol [1], each 0 to 1, "
        "together at most 1.",
        examples=[{"Nd": 0.29, "Dy": 0.03}],
    )


class SupplierBody(StrictModel):
    """Who delivers a line."""

    name: Name | None = Field(None, description="Name of the supplier.")
    country: CountryCode | None = Field(
        None, description="Country that delivers, ISO 3166-1 alpha-2.", examples=["JP"]
    )
    share: Fraction = Field(
        1.0, description="Share of the line that this supplier delivers [1], 0 to 1."
    )
    general_licence_valid_to: IsoDate | None = Field(
        None, description="Last day of a general export licence that covers you as a customer."
    )
    new_relation: bool = Field(False, description="True where the supply relation has only begun.")


class SourcingBody(StrictModel):
    """A share of one country at one stage, where you know it."""

    stage: StageName = Field(description="Stage of the supply chain.", examples=["separation"])
    country: CountryCode = Field(description="ISO 3166-1 alpha-2.", examples=["CN"])
    share: Fraction = Field(
        description="Share [1], 0 to 1; the shares of a stage sum to at most 1."
    )


class BridgeBody(StrictModel):
    """A qualified substitute, second source or redesign."""

    from_day: Days = Field(description="Day from which it delivers, counted from `as_of` [days].")
    share: Fraction = Field(description="Share of the need that it covers [1], 0 to 1.")


class LineBody(StrictModel):
    """One line. It needs a description, a part number or materials; the rest sharpens."""

    line_id: Identifier | None = Field(
        None, description="Your key; comes back unchanged. Unique in the bill of materials."
    )
    part_number: Name | None = Field(None, description="Part number.")
    description: Description | None = Field(
        None, description="What the part is, in English, German, Japanese or Chinese."
    )
    quantity: Amount | None = Field(
        None, description="Number of `unit` in one product, whatever the parent; 0 to 1e15."
    )
    unit: Unit | None = Field(
        None,
        description="UN/ECE Recommendation 20 code or a common unit; default pieces.",
        examples=["pc", "KGM"],
    )
    unit_mass_kg: Amount | None = Field(None, description="Mass of one unit [kg].")
    unit_price: Money | None = Field(
        None, description="Price of one unit in `currency`; a number or a decimal as text."
    )
    currency: CurrencyCode | None = Field(
        None, description="ISO 4217 code of `unit_price`.", examples=["EUR"]
    )
    hs_code: HsCode | None = Field(
        None, description="Customs code: digits, dots and blanks.", examples=["8505.11"]
    )
    category: Name | None = Field(None, description="Your own class of the part, in words.")
    sector: Name | None = Field(
        None, description="Sector of the goods: an id of `/v1/sectors` or one of its aliases."
    )
    materials: Annotated[list[MaterialBody], Field(max_length=MOST_MATERIALS)] | None = Field(
        None, description="Declared materials; declared goes before guessed."
    )
    supplier: SupplierBody | None = Field(None, description="The only supplier of the line.")
    suppliers: Annotated[list[SupplierBody], Field(max_length=MOST_MATERIALS)] | None = Field(
        None, description="Several suppliers instead of `supplier`; shares sum to at most 1."
    )
    sourcing: Annotated[list[SourcingBody], Field(max_length=MOST_MATERIALS)] | None = Field(
        None, description="Where the stages upstream take place, as far as you know."
    )
    recycled_share: Fraction = Field(
        0.0, description="Closed-loop material that crosses no control [1], 0 to 1."
    )
    stock_days: Days | None = Field(
        None, description="Stock of this line [days of consumption], 0 to 36500."
    )
    lead_time_days: Days | None = Field(None, description="Usual lead time [days], 0 to 36500.")
    bridges: Annotated[list[BridgeBody], Field(max_length=MOST_MATERIALS)] | None = Field(
        None, description="Qualified substitutes and when they deliver."
    )
    revenue_at_risk: Money | None = Field(
        None, description="Revenue that stops with this line; a number or text, any common scale."
    )
    parent_line_id: Identifier | None = Field(
        None, description="`line_id` of the assembly that holds this line."
    )
    manufacturer: Name | None = Field(None, description="Maker of the part.")
    product_type: dict[Name, Name] | None = Field(
        None,
        description="Free words of a product declaration.",
        examples=[{"permanentMagnetType": "Ferrite"}],
    )


class BomBody(StrictModel):
    """A product and its lines."""

    id: Identifier = Field("bom", description="Your key of the product; comes back unchanged.")
    name: Name | None = Field(None, description="Name of the product.")
    sector: Name | None = Field(
        None, description="Sector of the product: an id of `/v1/sectors` or one of its aliases."
    )
    annual_units: Amount | None = Field(None, description="Products per year, 0 to 1e15.")
    daily_revenue: Money | None = Field(
        None, description="Revenue of the product per day in `currency`; a number or text."
    )
    currency: CurrencyCode | None = Field(None, description="ISO 4217 code of the prices.")
    unit_price: Money | None = Field(
        None, description="Price of one product in `currency`; a number or text."
    )
    usd_per_currency: dict[CurrencyCode, Rate] | None = Field(
        None,
        description="US dollars for one unit of a currency, by ISO 4217 code. Public prices are in "
        "USD and no rate is guessed: without one, value tests of other currencies stay open.",
        examples=[{"EUR": "1.08"}],
    )
    lines: Annotated[list[LineBody], Field(min_length=1)] = Field(
        description="The lines, at least one."
    )


class AssessmentRequest(ContextBody):
    """A bill of materials and the question about it."""

    bom: BomBody = Field(description="The bill of materials.")


class IdentifyRequest(StrictModel):
    """Lines whose rare earths are asked for, without any scoring."""

    lines: Annotated[list[LineBody], Field(min_length=1)] = Field(
        description="Lines as in an assessment, at least one."
    )
