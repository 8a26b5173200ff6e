"""One product from its lines to its assessment: identify, score, say what limits the answer."""

from __future__ import annotations

from dataclasses import dataclass

from app.batch.evaluations import Evaluations
from app.batch.ready_made import ReadyMade
from app.batch.vocabulary import Vocabulary, vocabulary_of
from app.batch.warnings import answer_warnings
from app.domain.abroad import NOTHING_ABROAD
from app.domain.answer import AssessedBom
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.exposure import IdentifiedLine
from app.domain.reference import ReferenceData
from app.domain.results import Assessment
from app.identification import Identifier, Memory, compile_identifier
from app.scoring.assess import EVERYTHING, AssessOptions, assess
from app.scoring.reexport import abroad_report
from app.scoring.scored_lines import scored_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What every product needs; built once, shared by all threads."""

    reference: ReferenceData
    identifier: Identifier
    vocabulary: Vocabulary
    evaluations: Evaluations
    ready_made: ReadyMade

    def identify(self, bom: Bom, memory: Memory | None = None) -> tuple[IdentifiedLine, ...]:
        """Return what each line holds, in the order of the lines."""
        return self.identifier.identify_bom(bom, memory=memory)

    def assess(
        self,
        bom: Bom,
        identified: tuple[IdentifiedLine, ...],
        *,
        context: AssessmentContext,
        options: AssessOptions,
    ) -> Assessment:
        """Return the scores of a product whose lines are identified."""
        with self.evaluations.of(context) as evaluation:
            return assess(
                bom,
                identified,
                self.reference,
                context=context,
                options=options,
                evaluation=evaluation,
            )


def build_engine(reference: ReferenceData) -> Engine:
    """Return the engine over loaded reference data."""
    return Engine(
        reference=reference,
        identifier=compile_identifier(reference.identification),
        vocabulary=vocabulary_of(reference),
        evaluations=Evaluations(reference),
        ready_made=ReadyMade(),
    )


def assess_bom(
    bom: Bom,
    engine: Engine,
    context: AssessmentContext,
    options: AssessOptions = EVERYTHING,
    *,
    memory: Memory | None = None,
    evaluations: Evaluations | None = None,
) -> AssessedBom:
    """Return the assessment of one product with its warnings.

    Args:
        bom: The lines as they came in.
        engine: Reference data and identifier.
        context: The question.
        options: How much of the explanation to compute.
        memory: Findings of lines of the same customer; None for one of this product.
        evaluations: Evaluations of the same customer; None for those of the engine.
    """
    identified = engine.identify(bom, memory)
    with (evaluations or engine.evaluations).of(context) as evaluation:
        scored = scored_lines(bom, identified, engine.reference, context, evaluation.goods)
        assessment = assess(
            bom,
            identified,
            engine.reference,
            context=context,
            options=options,
            evaluation=evaluation,
            scored=scored,
        )
        abroad = (
            abroad_report(bom, identified, evaluation, scored) if options.abroad else NOTHING_ABROAD
        )
    return AssessedBom(
        bom=bom,
        context=context,
        identified=identified,
        assessment=assessment,
        warnings=answer_warnings(bom, identified, assessment, engine.reference, context=context),
        abroad=abroad,
    )


def assess_nothing(engine: Engine, context: AssessmentContext) -> Assessment:
    """Return the assessment of a product without lines: the supply side and the sectors alone."""
    options = AssessOptions(lines=False, waterfall=False, profile=False)
    return engine.assess(Bom(id="reference", lines=()), (), context=context, options=options)
