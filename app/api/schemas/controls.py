"""The register of export controls as it is answered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.answers import Context, Control, NextChange, Sources
from app.api.schemas.freshness import FreshnessAnswer
from app.api.schemas.reference import SourceAnswer
from app.api.versions import Versions

TimelineStatusName = Annotated[
    str,
    Field(description="not_published, announced, in_force, suspended, unconfirmed or ended."),
]


class EventAnswer(TypedDict):
    """One change of status."""

    on_date: Annotated[str, Field(description="First day on which the status applies.")]
    status: TimelineStatusName
    basis: Annotated[
        str,
        Field(
            description="enacted: the act did it; scheduled: named in advance and not confirmed; "
            "stated: said by the issuer without an act that was found; reported: press only."
        ),
    ]
    known_from: Annotated[str, Field(description="First day on which the public could know.")]
    known_to: Annotated[
        str | None, Field(description="Day from which a later act overtook it, or null.")
    ]
    counts: Annotated[
        bool, Field(description="Whether it was known, and not overtaken, on `known_on`.")
    ]
    best_estimate: str | None
    worst_case: str | None
    precision: str
    source: str


class ItemAnswer(TypedDict):
    """One group of controlled goods: any of the elements in any of the forms."""

    label: str
    elements: list[str]
    stages: list[str]
    complete: Annotated[bool, Field(description="False where the list is longer than was read.")]
    condition: str | None


class RuleAnswer(TypedDict):
    """What happens when."""

    when: str
    outcome: str
    end_uses: list[str] | None
    end_users: list[str] | None


class EntityListAnswer(TypedDict):
    """The end users that a measure names."""

    count: int
    names_complete: bool
    names: Annotated[list[list[str]], Field(description="Every spelling of each name read.")]


class DestinationsAnswer(TypedDict):
    """The destinations that a measure reaches."""

    mode: Annotated[str, Field(description="all, only or all_except.")]
    countries: list[str]


class ThresholdAnswer(TypedDict):
    """Content threshold for goods made abroad."""

    basis: str
    threshold: Annotated[str, Field(description="Decimal fraction as text; equal is reached.")]


class MeasureRecord(TypedDict):
    """One legal instrument with its status on the day of the question."""

    id: str
    title: str
    exporter: Annotated[str, Field(description="Country whose exports it governs.")]
    issuing_authority: str
    official_number: str | None
    type: str
    control_basis: str
    legal_force: str
    announced: str | None
    effective_from: str | None
    status: TimelineStatusName
    since: Annotated[str | None, Field(description="First day of the unbroken status.")]
    certainty: str | None
    best_estimate: str | None
    worst_case: str | None
    next_change: NextChange | None
    timeline: list[EventAnswer]
    elements: list[str]
    stages: list[str]
    items: list[ItemAnswer]
    destinations: DestinationsAnswer
    extraterritorial: list[str]
    de_minimis: ThresholdAnswer | None
    rules: list[RuleAnswer]
    entity_list: EntityListAnswer | None
    hs6: list[str]
    cn_codes: list[str]
    control_codes: list[str]
    suspends: list[str]
    notes: str
    confidence: str
    last_verified_on: str
    sources: Sources


class ControlList(Versions):
    """The register, as far as it was known."""

    as_of: str
    known_on: str
    freshness: FreshnessAnswer
    controls: list[MeasureRecord]


class ObservationAnswer(TypedDict):
    """What was observed of licensing or trade under a measure."""

    id: str
    basis: str
    known_from: str
    observed_to: str
    elements: list[str]
    forms: list[str]
    destinations: list[str]
    end_use: str
    text: str
    sources: Sources


class OneControl(Versions):
    """One measure, what was observed under it, and its sources."""

    as_of: str
    known_on: str
    freshness: FreshnessAnswer
    control: MeasureRecord
    observations: list[ObservationAnswer]
    sources: list[SourceAnswer]


class CellAnswer(TypedDict):
    """The law for one element in one form."""

    element: str
    form: str
    control: Control


class ControlTable(Versions):
    """The grid of elements and forms for one question."""

    context: Context
    freshness: FreshnessAnswer
    cells: list[CellAnswer]
    changes: Annotated[
        list[NextChange], Field(description="What is known to change within the horizon.")
    ]
