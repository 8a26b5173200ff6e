"""What a report is about: an assessment, the reference data, and the law on its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.answer import AssessedBom
from app.domain.context import AssessmentContext
from app.domain.controls import ControlMeasure, TimelineEvent, TimelineStatus
from app.domain.reference import ReferenceData
from app.domain.results import Assessment
from app.domain.triple import Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOnDay:
    """One measure as it stands on the day of the question.

    Attributes:
        since: First day of the unbroken run of this status, or None.
        events: Events that one could know, in order.
        elements: Exposed elements of the product that the measure speaks of.
        cited: Whether a score or a status of the answer rests on it.
    """

    measure: ControlMeasure
    status: TimelineStatus
    since: date | None
    events: tuple[TimelineEvent, ...]
    elements: frozenset[str] = frozenset()
    cited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpfulAction:
    """Something that would lower the score of the product.

    Attributes:
        kind: second_source, design, recycling, stock, licence or other.
        text, trade_off: Sentences in English.
        before, after: Score of the product.
        stockout_days_removed: Expected stock-out days of the worst line that go [days].
        lead_time_months: From decision to effect [months], or None.
        readiness: series, niche, pilot, operating or practice.
    """

    kind: str
    text: str
    trade_off: str
    line_ids: tuple[str, ...]
    before: float
    after: float
    stockout_days_removed: float
    lead_time_months: Triple | None
    readiness: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubject:
    """Everything that a report lays out.

    Attributes:
        measures: By id: what the answer rests on and what else may reach its elements.
        actions: What would help, best first; empty where nobody looked for it.
        assessment_id: Digest of question and versions, as in the JSON answer.
    """

    assessed: AssessedBom
    reference: ReferenceData
    measures: Mapping[str, MeasureOnDay]
    api_version: str
    assessment_id: str
    actions: tuple[HelpfulAction, ...] = ()

    @property
    def assessment(self) -> Assessment:
        """Return the scores."""
        return self.assessed.assessment

    @property
    def context(self) -> AssessmentContext:
        """Return the question."""
        return self.assessed.context

    def element_name(self, symbol: str) -> str:
        """Return the name of an element in the language of the question."""
        return self.reference.elements[symbol].names[self.context.language]

    def sector_name(self, sector_id: str) -> str:
        """Return the name of a sector in the language of the question."""
        return self.reference.sectors[sector_id].names[self.context.language]
