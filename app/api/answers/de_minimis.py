"""What rules on goods made abroad, or sent on from there, say of a product."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.api.answers.figures import significant
from app.api.schemas.abroad import (
    AbroadQuestionAnswer,
    DeMinimis,
    LiveStatus,
    ReexportAnswer,
)
from app.domain.answer import AssessedBom
from app.domain.reference import ReferenceData
from app.scoring.timeline import status_on


def de_minimis(assessed: AssessedBom, reference: ReferenceData) -> list[DeMinimis]:
    """Return one test for each measure with a threshold and each line that holds rare earths.

    Measures that were not yet public on the day of knowledge are left out. A line of null is
    the product as a whole.
    """
    live = _live_of((test.measure for test in assessed.abroad.de_minimis), assessed, reference)
    return [
        {
            "measure": test.measure,
            "line_id": test.line_id,
            "outcome": test.outcome.value,
            "ratio": {
                "low": _ratio(test.low),
                "value": _ratio(test.value),
                "high": _ratio(test.high),
            },
            "elements": list(test.elements),
            **live[test.measure],
            "text": _sentence(test.why),
        }
        for test in assessed.abroad.de_minimis
    ]


def reexport(assessed: AssessedBom, reference: ReferenceData) -> list[ReexportAnswer]:
    """Return the lines that a rule on sending goods on from abroad names."""
    live = _live_of((entry.measure for entry in assessed.abroad.reexport), assessed, reference)
    return [
        {
            "measure": entry.measure,
            "line_id": entry.line_id,
            "reached": entry.reached.value,
            "elements": list(entry.elements),
            "origin_share": significant(entry.origin.share),
            "origin_basis": entry.origin.basis.value,
            **live[entry.measure],
            "text": _sentence(entry.why),
        }
        for entry in assessed.abroad.reexport
    ]


def questions(assessed: AssessedBom) -> list[AbroadQuestionAnswer]:
    """Return what a maker abroad has to ask, each question with its lines."""
    return [
        {"code": one.code, "text": one.text, "line_ids": list(one.line_ids)}
        for one in assessed.abroad.questions
    ]


def _live_of(
    measure_ids: Iterable[str], assessed: AssessedBom, reference: ReferenceData
) -> dict[str, LiveStatus]:
    """Return the status of each measure, told once however many lines name it."""
    return {one: _live(one, assessed, reference) for one in set(measure_ids)}


def _live(measure_id: str, assessed: AssessedBom, reference: ReferenceData) -> LiveStatus:
    context = assessed.context
    measure = reference.register.measures[measure_id]
    resolved = status_on(measure, context.as_of, context.known_on)
    best, worst = resolved.best_estimate, resolved.worst_case
    return {
        "status": resolved.status.value,
        "best_estimate": None if best is None else best.value,
        "worst_case": None if worst is None else worst.value,
    }


def _ratio(value: Decimal | None) -> float | None:
    return None if value is None else significant(float(value))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
