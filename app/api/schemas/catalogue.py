"""A catalogue: one product a line in, one answer a line out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.answers import Band
from app.api.schemas.bom import BomBody
from app.api.schemas.context import ContextBody, ContextText
from app.api.schemas.queries import Detail


class CatalogueProduct(BomBody):
    """One line of a catalogue: a product, and what is asked about it."""

    id: str = Field(
        "", max_length=200, description="Your key; comes back unchanged. Default: its place."
    )
    context: ContextBody | None = Field(
        None, description="Fields of the context that differ for this product."
    )


class CatalogueQuery(ContextText):
    """The question about all products that have none of their own, and how much to answer."""

    detail: Detail = Field(
        "summary",
        description="How much of each assessment to answer: `summary`, `elements` or `full`.",
    )


class ProductFault(TypedDict):
    """One thing that does not fit in a product."""

    pointer: str | None
    row: int | None
    column: str | None
    code: str
    detail: str


class ProductProblem(TypedDict):
    """Why a product has no assessment, as a problem document of its own."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProductFault]


class CatalogueProblem(TypedDict):
    """The answer to a product that could not be assessed."""

    id: str | None
    place: int
    problem: ProductProblem


class CatalogueWorst(TypedDict):
    """One of the products with the highest scores."""

    id: str | None
    place: int
    score: float
    band: Band


class CatalogueTotals(TypedDict):
    """What a catalogue comes to; scores are null where no product was answered."""

    api_version: str
    methodology_version: str
    reference_data_version: str
    complete: bool
    products: int
    answered: int
    failed: int
    lines: int
    problems: dict[str, int]
    bands: dict[str, int]
    weight_basis: Literal["daily_revenue", "count"]
    score: float | None
    low: float | None
    high: float | None
    band: Band | None
    worst: list[CatalogueWorst]


class CatalogueSummaryLine(TypedDict):
    """The last line of a catalogue's answer."""

    summary: CatalogueTotals
