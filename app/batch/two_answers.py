"""Two answers about the same lines, on two dates or from two editions of the data."""

from __future__ import annotations

from app.batch.pipeline import Engine
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.scoring.assess import AssessOptions, assess
from app.scoring.difference import Answered

#: Only scores and the law are compared.
_COMPARED = AssessOptions(
    lines=False, waterfall=False, profile=False, sectors=False, gather_small=False, abroad=False
)


def answered(bom: Bom, engine: Engine, context: AssessmentContext) -> Answered:
    """Return an answer with everything that it was computed from."""
    identified = engine.identify(bom)
    with engine.evaluations.of(context) as evaluation:
        assessment = assess(
            bom,
            identified,
            engine.reference,
            context=context,
            options=_COMPARED,
            evaluation=evaluation,
        )
    return Answered(bom, identified, assessment, evaluation)
