"""Gathers what a report lays out: the assessment, the law on its day, the versions."""

from __future__ import annotations

from app.api.answers.identity import assessment_id
from app.api.versions import versions_from
from app.domain.answer import AssessedBom
from app.domain.reference import ReferenceData
from app.report.subject import HelpfulAction, MeasureOnDay, ReportSubject
from app.scoring.control_grid import MeasureFilter, list_measures
from app.scoring.timeline import events_known, status_on


def report_subject(
    assessed: AssessedBom, reference: ReferenceData, *, actions: tuple[HelpfulAction, ...] = ()
) -> ReportSubject:
    """Return everything that a report about an assessment needs.

    Args:
        assessed: The assessment with its lines explained.
        reference: The reference data behind it.
        actions: What would help, best first.
    """
    versions = versions_from(reference)
    return ReportSubject(
        assessed=assessed,
        reference=reference,
        measures=_measures(assessed, reference),
        api_version=versions["api_version"],
        assessment_id=assessment_id(assessed.bom, assessed.context, versions),
        actions=actions,
    )


def _measures(assessed: AssessedBom, reference: ReferenceData) -> dict[str, MeasureOnDay]:
    """Return the measures that the answer names, then those that may reach its elements."""
    register, context = reference.register, assessed.context
    cited = _cited(assessed)
    reaching: dict[str, set[str]] = {}
    for element in assessed.assessment.elements:
        if not element.exposed:
            continue
        wanted = MeasureFilter(
            element=element.symbol, destination=context.destination, end_use=context.end_use
        )
        for entry in list_measures(register, context=context, wanted=wanted):
            reaching.setdefault(entry.measure.id, set()).add(element.symbol)
    for key, symbols in cited.items():
        reaching.setdefault(key, set()).update(symbols)
    order = sorted(reaching, key=lambda key: (key not in cited, key))
    found = {}
    for key in order:
        measure = register.measures[key]
        resolved = status_on(measure, context.as_of, context.known_on)
        found[key] = MeasureOnDay(
            measure=measure,
            status=resolved.status,
            since=resolved.since,
            events=events_known(measure, context.known_on),
            elements=frozenset(reaching[key]),
            cited=key in cited,
        )
    return found


def _cited(assessed: AssessedBom) -> dict[str, set[str]]:
    """Return the measures that a score or a status rests on, with the elements concerned."""
    cited: dict[str, set[str]] = {}
    for element in assessed.assessment.elements:
        if not element.exposed:
            continue
        named = {part.measure for part in element.contributions if part.measure is not None}
        if element.control is not None:
            named.update(element.control.measures)
            if element.control.next_change is not None:
                named.add(element.control.next_change.measure)
        for key in named:
            cited.setdefault(key, set()).add(element.symbol)
    for part in assessed.assessment.bom.contributions:
        if part.measure is not None:
            cited.setdefault(part.measure, set())
    return cited
