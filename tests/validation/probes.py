"""Single-element lines over the real data, scored on any day for any destination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.domain.bom import Bom, BomLine, SourcingShare
from app.domain.context import AssessmentContext, EndUse
from app.domain.elements import RARE_EARTHS, WITHOUT_MARKET
from app.domain.exposure import ElementContent, IdentifiedLine, LineOutcome
from app.domain.places import UNKNOWN
from app.domain.reference import ReferenceData
from app.domain.triple import ONE, Side
from app.refdata.load import load_reference_data
from app.scoring.attribution import Cause
from app.scoring.engine import Ends
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.scale import score_of
from app.scoring.scored_lines import scored_lines

ELEMENTS: tuple[str, ...] = tuple(e for e in RARE_EARTHS if e not in WITHOUT_MARKET)
DESTINATIONS: tuple[str, ...] = ("JP", "DE", "US", "KR", "IN")
FORMS: tuple[str, ...] = ("oxide", "magnet")


@dataclass(frozen=True, slots=True)
class Probe:
    """One line: some elements in one form, of unknown origin unless a country is named."""

    form: str
    elements: tuple[str, ...]
    stock_days: float = 0.0
    separation: str = UNKNOWN

    @property
    def name(self) -> str:
        """Return a short name that is unique among the probes of a run."""
        return f"{self.form}:{'+'.join(self.elements)}:{self.stock_days:g}:{self.separation}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Score and causes of the worst element of a probe."""

    score: float
    causes: Mapping[Cause, float]


@cache
def shipped_reference() -> ReferenceData:
    """Return the data that ship, loaded once for a test run."""
    return load_reference_data()


def question(
    destination: str,
    as_of: date,
    *,
    end_use: EndUse = EndUse.CIVIL,
    known_on: date | None = None,
) -> AssessmentContext:
    """Return a question asked with the knowledge of its own day unless said otherwise."""
    return AssessmentContext(
        destination=destination,
        as_of=as_of,
        known_on=known_on or as_of,
        end_use=end_use,
    )


def readings(
    probes: Sequence[Probe],
    context: AssessmentContext,
    side: Side = Side.NOMINAL,
    reference: ReferenceData | None = None,
    *,
    explain: bool = True,
) -> dict[Probe, Reading]:
    """Return the score of each probe at one end of the interval.

    Only the nominal end has causes, and only where they are asked for.
    """
    reference = reference or shipped_reference()
    evaluation = Evaluation(reference, context)
    evaluator = evaluation.variant(Ends.all_at(side), explains=explain and side is Side.NOMINAL)
    gamma = reference.methodology.parameters.gamma
    found: dict[Probe, Reading] = {}
    for probe, line in zip(probes, _lines(probes, reference, context), strict=True):
        risks = [evaluator.risk(line, content) for content in line.contents]
        worst = max(risks, key=lambda risk: risk.risk)
        found[probe] = Reading(score_of(worst.risk, gamma=gamma), worst.causes)
    return found


def single_element_probes(
    forms: Iterable[str] = FORMS, stocks: Iterable[float] = (0.0,)
) -> tuple[Probe, ...]:
    """Return one probe for each element, form and stock."""
    return tuple(
        Probe(form, (element,), stock) for form in forms for stock in stocks for element in ELEMENTS
    )


def _lines(
    probes: Sequence[Probe], reference: ReferenceData, context: AssessmentContext
) -> tuple[ScoredLine, ...]:
    lines: list[BomLine] = []
    identified: list[IdentifiedLine] = []
    for probe in probes:
        sourcing: tuple[SourcingShare, ...] = ()
        if probe.separation != UNKNOWN:
            sourcing = (SourcingShare(stage="separation", country=probe.separation, share=1.0),)
        lines.append(
            BomLine(
                line_id=probe.name,
                description="probe",
                quantity=1.0,
                stock_days=probe.stock_days,
                sourcing=sourcing,
            )
        )
        identified.append(
            IdentifiedLine(
                line_id=probe.name,
                outcome=LineOutcome.RARE_EARTHS_FOUND,
                confidence=1.0,
                elements=tuple(
                    ElementContent(symbol=element, mass_kg=ONE, fraction=ONE)
                    for element in probe.elements
                ),
                forms=(probe.form,),
                evidence=(),
                reason="",
            )
        )
    bom = Bom(id="probes", lines=tuple(lines))
    return scored_lines(bom, tuple(identified), reference, context)
