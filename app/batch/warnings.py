"""What a reader of an answer must know before relying on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from app.batch.name_warnings import end_user_warnings, licence_warnings, supplier_warnings
from app.domain.answer import AnswerWarning
from app.domain.bom import Bom, BomLine
from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import ControlRegister, EventBasis
from app.domain.exposure import IdentifiedLine, LineOutcome
from app.domain.freshness import freshness
from app.domain.reference import ReferenceData
from app.domain.results import Assessment
from app.scoring.timeline import status_on

_UNCONFIRMED = frozenset({EventBasis.SCHEDULED, EventBasis.STATED})

#: One sentence for each flag of the core.
_FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "status_uncertain": "The legal status behind a score is not confirmed: the score takes "
        "the best estimate, its upper bound the worst case.",
        "press_only": "A measure that decides a score is known from press reports only.",
        "default_composition": "Some compositions are typical ones of the part's class, not "
        "declared; ask the suppliers.",
        "unknown_origin": "The origin of some goods is not declared; the world's mix and the "
        "destination's imports stand in for it.",
        "no_market_data": "For some elements a stage of the chain has no figures and was left out.",
        "low_confidence": "Less than half of the weight rests on declared origins, declared "
        "compositions and measured stocks.",
        "observation_stale": "An observation of licensing practice is old; its weight fades.",
        "vintage_after_date": "Some supply figures were published only after the date of the "
        "question; the oldest ones serve.",
        "transit_assumed": "A declared supplier country does not make the goods; they were "
        "traced to the world's producers.",
        "weights_assumed": "No line states price, mass or quantity on which lines could be "
        "weighed; all count the same.",
    }
)


def answer_warnings(
    bom: Bom,
    identified: Sequence[IdentifiedLine],
    assessment: Assessment,
    reference: ReferenceData,
    *,
    context: AssessmentContext,
) -> tuple[AnswerWarning, ...]:
    """Return the warnings of an assessment, the whole answer first, then line by line."""
    return (
        *context_warnings(reference.register, context),
        *unconfirmed_warnings(reference.register, context, _measures_behind(assessment)),
        *overdue_warnings(reference.register, context, _measures_behind(assessment)),
        *end_user_warnings(reference.register, context),
        *_flag_warnings(assessment.flags),
        *_bom_warnings(bom, identified),
        *supplier_warnings(bom, reference.register, context),
        *licence_warnings(bom, context),
        *line_warnings(bom.lines, identified, pointer="/bom/lines"),
    )


def _measures_behind(assessment: Assessment) -> Iterator[str]:
    for element in assessment.elements:
        if element.control is not None:
            yield from element.control.measures


def context_warnings(
    register: ControlRegister, context: AssessmentContext
) -> Iterator[AnswerWarning]:
    """Yield what the dates and the end use of a question leave open."""
    asked = min(context.as_of, context.known_on)
    overdue = (asked - register.knowledge_cutoff).days
    if overdue > register.warn_after_days:
        yield AnswerWarning(
            code="register_stale",
            text=f"The register of controls ends on {register.knowledge_cutoff.isoformat()}, "
            f"{overdue} days before the date of the question; later acts are not in it.",
        )
    for scheduled in register.scheduled_events:
        if register.knowledge_cutoff < scheduled.on_date <= context.as_of:
            yield AnswerWarning(
                code="scheduled_date_passed",
                text=f"{scheduled.what} was due on {scheduled.on_date.isoformat()}, after the "
                "register's last day; whether it came is not known.",
            )
    if context.end_use is EndUse.UNKNOWN:
        yield AnswerWarning(
            code="end_use_assumed",
            text="The end use is not known: the bounds run from civil to military use, the "
            "score weighs them by the sector's share of military use.",
        )


def unconfirmed_warnings(
    register: ControlRegister, context: AssessmentContext, measure_ids: Iterable[str]
) -> Iterator[AnswerWarning]:
    """Yield one warning for each date that decides a status and that no legal act confirms.

    Args:
        register: All measures.
        context: The dates of the question.
        measure_ids: Measures that the answer rests on.
    """
    events: dict[tuple[date, str, str], list[str]] = {}
    for measure_id in sorted(set(measure_ids)):
        resolved = status_on(register.measures[measure_id], context.as_of, context.known_on)
        event = resolved.event
        if event is not None and event.basis in _UNCONFIRMED:
            key = (event.on_date, event.status.value, event.basis.value)
            events.setdefault(key, []).append(measure_id)
    for (on_date, status, basis), ids in sorted(events.items()):
        yield AnswerWarning(
            code="date_unconfirmed",
            text=f"{', '.join(ids)}: the status '{status}' from {on_date.isoformat()} is only "
            f"{basis}; no legal act that confirms it was found.",
        )


def overdue_warnings(
    register: ControlRegister, context: AssessmentContext, measure_ids: Iterable[str]
) -> Iterator[AnswerWarning]:
    """Yield the measures that nobody has looked at for longer than they should be.

    Args:
        register: All measures.
        context: The dates of the question.
        measure_ids: Measures that the answer rests on.
    """
    overdue = freshness(register, context.as_of, measure_ids).checks_overdue
    if overdue:
        yield AnswerWarning(
            code="measure_check_overdue",
            text=f"By the day of the question nobody had looked again, as is due, whether "
            f"{', '.join(overdue)} still stands as described.",
        )


def _flag_warnings(flags: Sequence[str]) -> Iterator[AnswerWarning]:
    for flag in sorted(flags):
        yield AnswerWarning(code=flag, text=_FLAGS.get(flag, flag.replace("_", " ").capitalize()))


def _bom_warnings(bom: Bom, identified: Sequence[IdentifiedLine]) -> Iterator[AnswerWarning]:
    if bom.file is not None:
        for code, text in bom.file.notes:
            yield AnswerWarning(code=code, text=text)
        if bom.file.ignored_columns:
            names = ", ".join(bom.file.ignored_columns)
            yield AnswerWarning(
                code="ignored_columns", text=f"These columns were not used: {names}."
            )
    currencies = {line.currency for line in bom.lines if line.unit_price is not None}
    if len(currencies) > 1:
        yield AnswerWarning(
            code="mixed_currencies",
            text="Prices come in several currencies; no exchange rate is guessed, so lines are "
            "not weighed by spend.",
        )
    undetermined = sum(1 for line in identified if line.outcome is LineOutcome.UNDETERMINED)
    if undetermined:
        yield AnswerWarning(
            code="lines_undetermined",
            text=f"{undetermined} of {len(identified)} lines could not be told; what "
            "they hold may be missing from the scores. Each of them says what to ask.",
        )


def line_warnings(
    lines: Sequence[BomLine], identified: Sequence[IdentifiedLine], *, pointer: str
) -> Iterator[AnswerWarning]:
    """Yield what readers and identification had to say about single lines.

    Args:
        lines: The lines as they came in.
        identified: What each holds, in the same order.
        pointer: JSON pointer of the list of lines.
    """
    for place, (line, found) in enumerate(zip(lines, identified, strict=True)):
        where = f"{pointer}/{place}"
        for code, text, column in line.warnings:
            yield AnswerWarning(code=code, text=text, pointer=where, row=line.row, column=column)
        for code, text in found.warnings:
            yield AnswerWarning(code=code, text=text, pointer=where, row=line.row)
