"""The method and the reference data as they are answered."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.answers import Band, Context, Interval, SectorPoints, Sources
from app.api.schemas.freshness import FreshnessAnswer
from app.api.versions import Versions


class Factor(TypedDict):
    """One factor or step of the score."""

    factor: str
    formula: Annotated[str, Field(description="The formula in plain letters.")]
    text: Annotated[str, Field(description="What it stands for.")]


class Parameter(TypedDict):
    """One parameter with its ends and what it rests on."""

    name: str
    low: float
    value: float
    high: float
    text: str
    basis: str


class BandAnswer(TypedDict):
    """One band of the score."""

    name: str
    from_score: float


class Delays(TypedDict):
    """Delay of a delivery at three quantiles [calendar days]."""

    d10: float
    d50: float
    d90: float


class SeverityAnswer(TypedDict):
    """Refusal and delay of one kind of measure."""

    kind: str
    refusal: Interval
    established: Delays
    initial: Delays | None


class KindAnswer(TypedDict):
    """Which kind a measure of this type has."""

    type: str
    control_basis: str | None
    kind: str
    counts_as_restriction: bool


class EndUseAnswer(TypedDict):
    """Probability that a line's end use falls under a measure's; null is the sector's prior."""

    measure_end_use: str
    line_end_use: str
    sectors: list[str]
    low: float | None
    value: float | None
    high: float | None


class MethodologyAnswer(Versions):
    """Everything numerical that the score rests on besides the reference data."""

    bands: list[BandAnswer]
    factors: list[Factor]
    parameters: list[Parameter]
    severities: list[SeverityAnswer]
    kinds: list[KindAnswer]
    outcomes: Annotated[
        dict[str, str | None],
        Field(description="Kind by outcome of a rule; null leaves it to type and basis."),
    ]
    end_uses: list[EndUseAnswer]
    timing: Annotated[dict[str, int], Field(description="Day counts [calendar days].")]
    horizons: list[int]


class SourceAnswer(TypedDict):
    """One source."""

    key: str
    publisher: str
    title: str
    year: str | None
    published_on: str | None
    url: str | None
    verified: Annotated[bool, Field(description="False where nobody of the compilers read it.")]
    read: str
    licence: str | None


class StaleAnswer(TypedDict):
    """One record that a person should look at again."""

    kind: str
    subject: str
    due_on: str
    text: str
    urls: Annotated[list[str], Field(description="Where to look.")]


class TableAnswer(TypedDict):
    """What one table holds."""

    name: str
    rows: int
    figures: int
    unverified: int


class ReferenceAnswer(Versions):
    """What the service knows, from where, of when, and what is due."""

    knowledge_cutoff: Annotated[str, Field(description="Last day that the register covers.")]
    warn_after_days: int
    figures: int
    unverified_figures: int
    unread_sources: int
    tables: list[TableAnswer]
    stale: list[StaleAnswer]
    sources: list[SourceAnswer]


class DependenceAnswer(TypedDict):
    """How far a sector depends on an element."""

    element: str
    level: Annotated[int, Field(description="1 to 3; at 3 products stop.", ge=1, le=3)]
    use: str


class SectorRecord(TypedDict):
    """A sector, what it depends on, and its reference score for the question."""

    id: str
    name: str
    names: dict[str, str]
    description: str
    kind: str
    aliases: list[str]
    groups: list[str]
    codes: Annotated[dict[str, list[str]], Field(description="Codes by classification.")]
    scrutiny: str
    dependence: list[DependenceAnswer]
    sources: Sources
    score: Annotated[
        float | None, Field(description="Score of the sector's typical goods, 0 to 100.")
    ]
    low: float | None
    high: float | None
    band: Band | None
    basis: Literal["reference"]
    contributions: list[SectorPoints]
    worst_element: str | None
    reason: NotRequired[
        Annotated[str, Field(description="`no_destination` where no score could be given.")]
    ]


class SectorList(Versions):
    """Every sector of the taxonomy."""

    context: Context | None
    freshness: Annotated[
        FreshnessAnswer | None, Field(description="Null where no question was asked.")
    ]
    sectors: list[SectorRecord]


class OneSector(Versions):
    """One sector."""

    context: Context | None
    freshness: Annotated[
        FreshnessAnswer | None, Field(description="Null where no question was asked.")
    ]
    sector: SectorRecord
