"""An assessment as it is answered. Written by hand, so that the core may change on its own."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.abroad import AbroadQuestionAnswer, DeMinimis, ReexportAnswer
from app.api.schemas.entities import EndUserMatch, SupplierMatch
from app.api.schemas.freshness import FreshnessAnswer
from app.api.versions import Versions

ScoreValue = Annotated[float, Field(description="Score, 0 to 100, 1 decimal.", ge=0, le=100)]
Points = Annotated[float, Field(description="Points of the score; all contributions add up to it.")]
Share = Annotated[float, Field(description="Fraction [1], 0 to 1.", ge=0, le=1)]
Band = Annotated[
    Literal["low", "moderate", "high", "severe"],
    Field(description="Band of the unrounded score: from 0, 20, 45 and 70."),
]
Sources = Annotated[list[str], Field(description="Source keys; `/v1/reference` resolves them.")]
DayText = Annotated[str, Field(description="ISO 8601 date.", examples=["2026-03-01"])]
StatusName = Literal[
    "not_controlled", "ordinary_licence", "announced", "suspended", "unconfirmed",
    "licence_required", "enhanced_licence", "case_by_case", "presumption_of_denial", "prohibited",
]  # fmt: skip
BasisName = Literal["declared", "reported", "derived", "assumed"]


class Interval(TypedDict):
    """A figure with its favourable and unfavourable end."""

    low: float
    value: float
    high: float


class WarningAnswer(TypedDict):
    """Something to know before relying on the answer."""

    code: Annotated[str, Field(description="Stable snake_case name.")]
    text: Annotated[str, Field(description="One sentence.")]
    pointer: Annotated[
        str | None, Field(description="JSON pointer into the request, null for the whole answer.")
    ]
    row: Annotated[int | None, Field(description="Physical row of an uploaded file, from 1.")]
    column: Annotated[str | None, Field(description="Column of an uploaded file.")]


class OwnerAnswer(TypedDict):
    """Who owns how much of the end user, as the caller said."""

    name: str
    share: Annotated[str, Field(description="What it holds [1], as decimal text.")]


class Context(TypedDict):
    """The question as it was answered, with its defaults."""

    destination: str
    end_use: Literal["civil", "military", "unknown"]
    end_user: str | None
    end_user_owners: list[OwnerAnswer]
    as_of: DayText
    known_on: DayText
    horizon_days: Annotated[int, Field(description="Days that the score looks ahead.")]
    language: str


class BomScore(TypedDict):
    """The product as a whole."""

    id: str
    score: ScoreValue
    low: ScoreValue
    high: ScoreValue
    band: Band
    lines_in: Annotated[int, Field(description="Lines received; each comes back.")]
    lines_with_rare_earths: int
    lines_without: int
    lines_undetermined: int


class Contribution(TypedDict):
    """One addend of a score."""

    factor: Annotated[str, Field(description="Stable key of the cause.")]
    points: Points
    text: Annotated[str, Field(description="One sentence that a purchaser understands.")]
    sources: Sources
    measure: NotRequired[str]
    stage: NotRequired[str]
    exporter: NotRequired[str]
    importer: NotRequired[str]


class BomDetail(BomScore):
    """The product with its explanation."""

    name: str | None
    contributions: list[Contribution]
    maximum: Annotated[float, Field(description="Largest line risk [1], 0 to 1.")]
    mean: Annotated[float, Field(description="Weighted mean of the line risks [1], 0 to 1.")]
    worst_line_id: str | None
    expected_lost_revenue: Annotated[
        float | None, Field(description="Over the horizon, in the currency of `daily_revenue`.")
    ]
    weight_basis: Annotated[
        str, Field(description="revenue_at_risk, spend, element_value, mass or count.")
    ]
    quality: Annotated[
        float, Field(description="Share of weight with declared, measured inputs [1], 0 to 1.")
    ]
    flags: list[str]


class ProfilePoint(TypedDict):
    """The score at another horizon; scores of different horizons do not compare."""

    horizon_days: int
    score: ScoreValue
    expected_stockout_days: float


class Views(TypedDict):
    """One figure seen three ways; null where it is not known."""

    world: float | None
    destination: float | None
    company: float | None


class LargestMine(TypedDict):
    """The largest single mine of an element."""

    name: str | None
    share: Share


class Concentration(TypedDict):
    """How concentrated one stage of the chain is."""

    stage: str
    china_share: Views
    hhi: Views
    low: Annotated[float, Field(description="Lower bound of China's world share [1].")]
    high: Annotated[float, Field(description="Upper bound of China's world share [1].")]
    largest_mine: LargestMine | None
    basis: BasisName
    sources: Sources


class NextChange(TypedDict):
    """The next dated change of the status."""

    on_date: DayText
    measure: str
    status: str
    basis: str


class Control(TypedDict):
    """The law for this element on the day, apart from practice."""

    status: StatusName
    certainty: str | None
    best_estimate: StatusName | None
    worst_case: StatusName | None
    expectation: str | None
    reexport: str | None
    if_military: str | None
    measures: list[str]
    next_change: NextChange | None
    practice: str | None
    licence_days: Interval | None
    notes: list[str]


class ElementScore(TypedDict):
    """The score of one element; null only where there is no market."""

    symbol: str
    name: str
    score: ScoreValue | None
    low: ScoreValue | None
    high: ScoreValue | None
    band: Band | None
    exposed: bool
    reason: NotRequired[str]


class ElementAnswer(ElementScore):
    """One element with its explanation and its supply side."""

    expected_stockout_days: float
    time_to_survive_days: float | None
    time_to_recover_days: float | None
    gap_days: float | None
    profile: list[ProfilePoint]
    mass_kg: Interval | None
    line_ids: list[str]
    concentration: list[Concentration]
    control: Control | None
    contributions: list[Contribution]
    flags: list[str]


class SectorScore(TypedDict):
    """The score of one sector: of the lines in it, or for reference."""

    id: str
    name: str
    score: ScoreValue
    low: ScoreValue
    high: ScoreValue
    band: Band
    basis: Literal["bom", "reference"]


class SectorPoints(TypedDict):
    """Points of one element in a sector's score."""

    element: str
    points: Points


class SectorAnswer(SectorScore):
    """One sector with its explanation."""

    contributions: list[SectorPoints]
    worst_element: str | None


class Evidence(TypedDict):
    """One reason for an outcome."""

    kind: str
    text: str
    field: str
    start: int | None
    end: int | None
    reference: str | None
    sources: Sources


class LineElement(TypedDict):
    """One element in a line."""

    symbol: str
    mass_kg: Interval | None
    presence: Annotated[
        Interval, Field(description="Probability that the line holds the element [1].")
    ]
    basis: BasisName
    sources: Sources
    score: NotRequired[ScoreValue]


class LineWarning(TypedDict):
    """Something to know about a line."""

    code: str
    text: str


class IdentifiedLine(TypedDict):
    """What a line holds."""

    line_id: str
    outcome: Literal["rare_earths_found", "no_rare_earths", "undetermined"]
    confidence: Annotated[float, Field(description="That the outcome is right [1], 0 to 1.")]
    evidence: list[Evidence]
    elements: list[LineElement]
    forms: list[str]
    material: str | None
    reason: str
    question: Annotated[str | None, Field(description="What to ask the supplier.")]
    warnings: list[LineWarning]


class WaterfallStep(TypedDict):
    """The score after one step from gross to net."""

    step: str
    score: float
    change: float


class Origin(TypedDict):
    """A single origin and the score that it would give."""

    country: str
    score: float


class LineAnswer(IdentifiedLine):
    """One line of the answer; every line that came in is there."""

    score: ScoreValue
    low: ScoreValue
    high: ScoreValue
    band: Band
    points: Annotated[float, Field(description="Points of this line in the product's score.")]
    expected_stockout_days: float
    contributions: list[Contribution]
    waterfall: list[WaterfallStep]
    best_origin: Origin | None
    worst_origin: Origin | None
    flags: list[str]
    row: Annotated[
        int | None,
        Field(description="Physical line of a text file or row of a sheet; null for JSON."),
    ]
    sheet: Annotated[str | None, Field(description="Sheet of an uploaded workbook.")]


class FileAnswer(TypedDict):
    """How an uploaded file was read."""

    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int | None
    columns: Annotated[dict[str, str], Field(description="Field by header of each column used.")]
    ignored_columns: list[str]
    notes: Annotated[list[LineWarning], Field(description="What else to know of the reading.")]


class Summary(Versions):
    """`detail=summary`: scores alone."""

    assessment_id: Annotated[
        str, Field(description="SHA-256 of the canonical input and the versions.")
    ]
    context: Context
    bom: BomScore
    elements: list[ElementScore]
    sectors: list[SectorScore]
    freshness: FreshnessAnswer
    warnings: list[WarningAnswer]
    disclaimer: str


class ElementsView(Versions):
    """`detail=elements`: everything but the lines."""

    assessment_id: str
    context: Context
    end_user_match: EndUserMatch | None
    supplier_matches: Annotated[
        list[SupplierMatch], Field(description="Suppliers and makers on or near an entity list.")
    ]
    bom: BomDetail
    elements: list[ElementAnswer]
    sectors: list[SectorAnswer]
    de_minimis: list[DeMinimis]
    reexport: Annotated[
        list[ReexportAnswer],
        Field(description="Lines that a rule on sending goods on from abroad names."),
    ]
    abroad_questions: Annotated[
        list[AbroadQuestionAnswer],
        Field(description="What a maker outside the issuer's country has to ask its suppliers."),
    ]
    file: Annotated[FileAnswer | None, Field(description="Null unless a file was uploaded.")]
    freshness: FreshnessAnswer
    warnings: list[WarningAnswer]
    disclaimer: str


class AssessmentAnswer(ElementsView):
    """`detail=full`: everything."""

    lines: list[LineAnswer]
