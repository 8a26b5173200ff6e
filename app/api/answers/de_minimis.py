"""The value test for goods made abroad, for each line with rare earths."""

from __future__ import annotations

from app.api.answers.figures import significant
from app.api.schemas.answers import DeMinimis
from app.domain.answer import AssessedBom
from app.domain.reference import ReferenceData
from app.scoring.de_minimis import de_minimis_test


def de_minimis(assessed: AssessedBom, reference: ReferenceData) -> list[DeMinimis]:
    """Return one test for each measure with a threshold and each line that holds rare earths.

    Measures that were not yet public on the day of knowledge are left out.
    """
    known_on = assessed.context.known_on
    measures = [
        measure
        for _, measure in sorted(reference.register.measures.items())
        if measure.scope.de_minimis is not None
        and any(event.known_from <= known_on for event in measure.timeline)
    ]
    lines = [
        (line, found)
        for line, found in zip(assessed.bom.lines, assessed.identified, strict=True)
        if found.elements
    ]
    tests = (
        de_minimis_test(measure, line, found.elements, reference.supply.prices)
        for measure in measures
        for line, found in lines
    )
    return [
        {
            "measure": test.measure,
            "line_id": test.line_id,
            "outcome": test.outcome.value,
            "ratio": {
                "low": None if test.low is None else significant(float(test.low)),
                "value": None if test.value is None else significant(float(test.value)),
                "high": None if test.high is None else significant(float(test.high)),
            },
            "text": test.why,
        }
        for test in tests
        if test is not None
    ]
