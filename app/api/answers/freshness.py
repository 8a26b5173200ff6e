"""How old the knowledge behind an answer is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.api.schemas.freshness import FreshnessAnswer
from app.domain.controls import ControlRegister
from app.domain.freshness import freshness
from app.domain.results import Assessment


def freshness_answer(
    register: ControlRegister, as_of: date, measure_ids: Iterable[str] | None = None
) -> FreshnessAnswer:
    """Return how far the register can be trusted on a day.

    Args:
        register: All measures and the calendar.
        as_of: Day of the question.
        measure_ids: Measures that the answer rests on; None for all.
    """
    found = freshness(register, as_of, measure_ids)
    return {
        "knowledge_cutoff": found.knowledge_cutoff.isoformat(),
        "days_past_cutoff": found.days_past_cutoff,
        "scheduled_passed": [
            {"on_date": event.on_date.isoformat(), "what": event.what}
            for event in found.scheduled_passed
        ],
        "checks_overdue": list(found.checks_overdue),
    }


def measures_behind(assessment: Assessment) -> set[str]:
    """Return the measures that the law of some element in an answer rests on."""
    return {
        measure
        for element in assessment.elements
        if element.control is not None
        for measure in element.control.measures
    }
