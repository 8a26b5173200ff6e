"""What changes of the law: between two dates, and on the days to come."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.answers import (
    Band,
    Context,
    DayText,
    ScoreValue,
    Sources,
    StatusName,
    WarningAnswer,
)
from app.api.schemas.bom import AssessmentRequest
from app.api.schemas.fields import IsoDate, StrictModel
from app.api.schemas.freshness import FreshnessAnswer
from app.api.versions import Versions


class WhenBody(StrictModel):
    """A day, and what was known."""

    as_of: IsoDate = Field(description="The day that the question is about.")
    known_on: IsoDate | None = Field(
        None, description="Only what was published by this day counts. Default: `as_of`."
    )


class DiffRequest(AssessmentRequest):
    """A bill of materials and two days; `as_of` and `known_on` stand in these."""

    from_: WhenBody = Field(alias="from", description="The first day.")
    to: WhenBody = Field(description="The second day; may be the earlier one.")


class LawReading(TypedDict):
    """What the law says of an element in some goods."""

    status: StatusName
    best_estimate: StatusName | None
    worst_case: StatusName | None
    expectation: str | None


class LawChangeAnswer(TypedDict):
    """A measure that stands differently: the notice that did it."""

    measure: str
    title: str
    on_date: Annotated[DayText | None, Field(description="First day of the new status.")]
    before: Annotated[str, Field(description="Status; absent where the data lack the measure.")]
    after: str
    best_estimate: str | None
    worst_case: str | None
    basis: Annotated[
        str | None, Field(description="enacted, scheduled, stated or reported: how sure it is.")
    ]
    sources: Sources


class LawFlipAnswer(TypedDict):
    """An element for which the law reads differently."""

    element: str
    line_id: Annotated[
        str | None, Field(description="Line of the goods; null for the element as a whole.")
    ]
    exposed: Annotated[bool, Field(description="Whether the product holds it.")]
    form: str | None
    inside: Annotated[
        bool, Field(description="Whether the law speaks of what is inside an assembly.")
    ]
    before: LawReading
    after: LawReading
    measures: list[LawChangeAnswer]


class BandFlip(TypedDict):
    """A score that moved into another band."""

    kind: Literal["bom", "element", "line"]
    key: str
    before: ScoreValue
    after: ScoreValue
    band_before: Band
    band_after: Band


class ScoreMove(TypedDict):
    """A score on both sides."""

    before: ScoreValue
    after: ScoreValue
    delta: Annotated[float, Field(description="After less before, as published [points].")]
    low_before: ScoreValue
    high_before: ScoreValue
    low_after: ScoreValue
    high_after: ScoreValue
    band_before: Band
    band_after: Band


class ElementMove(ScoreMove):
    """The score of an element on both sides."""

    symbol: str


class WhenAnswer(TypedDict):
    """A side of a comparison."""

    as_of: DayText
    known_on: DayText
    reference_data_version: str


DiffAnswer = TypedDict(
    "DiffAnswer",
    {
        "api_version": str,
        "methodology_version": str,
        "reference_data_version": str,
        "context": Context,
        "from": WhenAnswer,
        "to": WhenAnswer,
        "id": str,
        "bom": ScoreMove,
        "elements": list[ElementMove],
        "flipped_elements": list[str],
        "flips": list[LawFlipAnswer],
        "bands": list[BandFlip],
        "measures": list[LawChangeAnswer],
        "freshness": FreshnessAnswer,
        "warnings": list[WarningAnswer],
        "disclaimer": str,
    },
)


class CalendarEntry(TypedDict):
    """One thing that is due on a day."""

    kind: Annotated[
        Literal["measure", "scheduled", "licence"],
        Field(description="licence: a general licence that a supplier declared runs out."),
    ]
    subject: Annotated[str, Field(description="Id of the measure, source, or line.")]
    text: str
    status_before: str | None
    status_after: str | None
    best_estimate: str | None
    worst_case: str | None
    basis: Annotated[
        str | None, Field(description="enacted, scheduled, stated or reported: how sure it is.")
    ]
    elements: list[str]
    line_ids: list[str]
    sources: Sources


class CellFlip(TypedDict):
    """An element in a form for which the law reads differently from a day on."""

    element: str
    form: str
    before: StatusName
    after: StatusName
    best_estimate: StatusName | None
    worst_case: StatusName | None


class LawDay(TypedDict):
    """A day on which something is due."""

    on_date: DayText
    entries: list[CalendarEntry]
    flips: list[CellFlip]


class LawCalendar(Versions):
    """The days within the horizon on which the law changes, as far as it is known."""

    context: Context
    freshness: FreshnessAnswer
    days: list[LawDay]


class ProductDay(TypedDict):
    """A day that matters to a product, with its score the day before and on the day."""

    on_date: DayText
    entries: list[CalendarEntry]
    bom: Annotated[ScoreMove | None, Field(description="Null for days beyond the first two dozen.")]
    elements: Annotated[list[ElementMove], Field(description="Elements whose score moves.")]
    flipped_elements: list[str]


class ProductCalendar(Versions):
    """The days within the horizon that matter to a product."""

    context: Context
    freshness: FreshnessAnswer
    id: str
    days: list[ProductDay]
    warnings: list[WarningAnswer]
    disclaimer: str
