"""What-ifs and actions as they are answered. Written by hand, so that the core may change."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.answers import (
    AssessmentAnswer,
    Band,
    Contribution,
    DayText,
    ElementsView,
    ScoreValue,
    Sources,
    Summary,
)
from app.api.versions import Versions

Delta = Annotated[float, Field(description="After less before, as published [points].")]
Removed = Annotated[float, Field(description="Before less after [points]; negative is worse.")]
TargetKind = Literal["bom", "element", "line"]


class ScoreChange(TypedDict):
    """A score before and after a what-if."""

    before: ScoreValue
    after: ScoreValue
    delta: Delta
    low_after: ScoreValue
    high_after: ScoreValue
    band_before: Band
    band_after: Band


class ElementChange(TypedDict):
    """An element before and after; null where it has no market."""

    symbol: str
    before: ScoreValue | None
    after: ScoreValue | None
    delta: Delta | None
    low_after: ScoreValue | None
    high_after: ScoreValue | None
    band_before: Band | None
    band_after: Band | None


class SectorChange(ScoreChange):
    """A sector before and after."""

    id: str
    name: str


class LineChange(ScoreChange):
    """A line before and after."""

    line_id: str


class Flip(TypedDict):
    """Something that changes its band."""

    kind: Literal["bom", "element", "sector", "line"]
    key: str
    band_before: Band
    band_after: Band


class ScenarioAnswer(TypedDict):
    """What one what-if does."""

    id: str
    builtin: str | None
    changes: Annotated[int, Field(description="Patches applied; 0 where nothing fits it.")]
    bom: ScoreChange
    elements: list[ElementChange]
    sectors: list[SectorChange]
    lines: list[LineChange]
    flips: list[Flip]
    contributions: Annotated[
        list[Contribution],
        Field(description="Change by cause; the points add up to `bom.delta`."),
    ]


class ScenariosAnswer(Versions):
    """The assessment as asked, and what each what-if does to it."""

    base: AssessmentAnswer | ElementsView | Summary
    scenarios: list[ScenarioAnswer]
    disclaimer: str


class LeadTime(TypedDict):
    """Usual time with its ends [months]."""

    low: float
    value: float
    high: float


class Action(TypedDict):
    """Something that a buyer could do; all scores are of the product."""

    id: str
    kind: Literal["second_source", "design", "recycling", "stock", "licence", "other"]
    text: str
    line_ids: list[str]
    before: ScoreValue
    after: ScoreValue
    risk_removed: Removed
    upper_bound_removed: Removed
    stockout_days_removed: Annotated[
        float, Field(description="Expected stock-out days of the worst line that go [days].")
    ]
    lost_revenue_removed: Annotated[
        float | None, Field(description="The same in the currency of `daily_revenue`, or null.")
    ]
    lead_time_months: Annotated[
        float | None, Field(description="Usual time until it takes effect [months].")
    ]
    lead_time_range_months: LeadTime | None
    maturity: Annotated[
        Literal["series", "niche", "pilot", "operating", "practice"],
        Field(description="`operating`: a plant that works. `practice`: daily business."),
    ]
    outlasts_horizon: Annotated[
        bool, Field(description="Stock alone lasts as long as the score looks ahead.")
    ]
    trade_off: str
    sources: Sources


class BestSet(TypedDict):
    """Up to three actions that together remove most, found one after the other."""

    actions: list[str]
    steps: Annotated[list[ScoreValue], Field(description="Score after each action in turn.")]
    before: ScoreValue
    after: ScoreValue
    risk_removed: Removed
    upper_bound_removed: Removed
    stockout_days_removed: float
    lost_revenue_removed: float | None
    within_months: float
    note: str


class Counterfactual(TypedDict):
    """The smallest single change of one kind that brings a target into a band."""

    target: Annotated[str, Field(description="`bom`, a symbol or a line id.")]
    target_kind: TargetKind
    band: Annotated[Band, Field(description="The band to be reached, or a milder one.")]
    change: str
    lever: Literal["stock", "second_source", "recycled", "grade", "licence"] | None
    stage: str | None
    country: str | None
    value: Annotated[
        float | None, Field(description="Days of stock or a share [1]; null for all or nothing.")
    ]
    reaches: bool
    score: Annotated[
        ScoreValue | None, Field(description="Of the target after the change, or the most of it.")
    ]


class Law(TypedDict):
    """A law of the buyer's own country that bars origins."""

    id: str
    text: str
    sources: Sources


class MonthAnswer(TypedDict):
    """Expected stock-out days from one day up to another."""

    from_day: DayText
    to_day: DayText
    product_days: float
    element_days: dict[str, float]


class LineStopAnswer(TypedDict):
    """When a line runs out, if the measure that hits it most applies."""

    line_id: str
    element: str
    measure: str
    stops_on: DayText | None
    resumes_on: DayText | None
    stops_on_if_slow: DayText | None
    stock_days: float
    wait_days: float | None


class CalendarAnswer(TypedDict):
    """A year, as things are or under a what-if."""

    id: str
    months: list[MonthAnswer]
    line_stops: list[LineStopAnswer]


class Bar(TypedDict):
    """The product's score with one input at its favourable and its unfavourable end."""

    input: str
    low: ScoreValue
    high: ScoreValue


class SpreadAnswer(TypedDict):
    """Scores that 10, 50 and 90 per cent of the points stay below."""

    key: str
    p10: ScoreValue
    p50: ScoreValue
    p90: ScoreValue


class RankAnswer(TypedDict):
    """How often an element stays above its neighbour."""

    upper: str
    lower: str
    stays: Annotated[float, Field(description="Share of the points [1].", ge=0, le=1)]


class CertaintyAnswer(TypedDict):
    """How sure the scores are."""

    points: int
    bom: SpreadAnswer
    elements: list[SpreadAnswer]
    ranks: list[RankAnswer]
    tornado: list[Bar]


class MissingAnswer(TypedDict):
    """Something that is worth asking."""

    kind: Literal["composition", "origin", "sourcing", "form", "stock", "end_use"]
    line_id: str | None
    elements: list[str]
    stage: str | None
    suppliers: list[str]
    shrinks: Annotated[float, Field(description="By so much the interval shrinks [points].")]
    upper_before: ScoreValue
    upper_after: ScoreValue


class Letter(TypedDict):
    """Questions to one supplier, ready to send."""

    supplier: Annotated[str | None, Field(description="Null where nobody is named.")]
    text: str


class QuestionsAnswer(TypedDict):
    """What is worth asking, and whom."""

    missing: list[MissingAnswer]
    letters: list[Letter]


class MitigationParts(TypedDict):
    """What could be done about a product."""

    actions: list[Action]
    best_set: BestSet | None
    counterfactuals: list[Counterfactual]
    sourcing_laws: list[Law]
    note: str
    calendar: list[CalendarAnswer] | None
    certainty: CertaintyAnswer | None
    questions: QuestionsAnswer | None


class MitigationsAnswer(Versions, MitigationParts):
    """The assessment as asked, and what could be done."""

    base: AssessmentAnswer | ElementsView | Summary
    disclaimer: str


class SharedPointAnswer(TypedDict):
    """One maker, one stage in one country, or one mine that several products depend on."""

    kind: Literal["maker", "stage", "mine"]
    key: str
    products: list[str]
    weight: Annotated[float, Field(description="Points in all these products together.")]


class SharedActionAnswer(TypedDict):
    """An action that helps several products."""

    id: str
    text: str
    risk_removed: Annotated[dict[str, float], Field(description="Points by product.")]
    total: float


class PortfolioAnswer(TypedDict):
    """What several products share."""

    shared_points: list[SharedPointAnswer]
    shared_actions: list[SharedActionAnswer]
