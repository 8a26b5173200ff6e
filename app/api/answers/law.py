"""What changes of the law, as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from app.api.answers.assessment import DISCLAIMER, context_answer, warning_answer
from app.api.answers.freshness import freshness_answer, measures_behind
from app.api.schemas.answers import Band, StatusName
from app.api.schemas.law import (
    BandFlip,
    CalendarEntry,
    CellFlip,
    DiffAnswer,
    ElementMove,
    LawCalendar,
    LawChangeAnswer,
    LawFlipAnswer,
    LawReading,
    ProductCalendar,
    ProductDay,
    ScoreMove,
    WhenAnswer,
)
from app.api.versions import versions_from
from app.batch.warnings import context_warnings
from app.domain.context import AssessmentContext
from app.domain.reference import ReferenceData
from app.domain.results import ControlView
from app.domain.rounding import rounded
from app.scoring.difference import Answered, Difference, LawFlip
from app.scoring.law_calendar import CalendarDay, Entry
from app.scoring.law_calendar import CellFlip as DomainCellFlip
from app.scoring.law_changes import LawChange
from app.scoring.scenarios import Change


def diff_answer(before: Answered, after: Answered, found: Difference) -> DiffAnswer:
    """Return what differs between two answers; the versions are those of the second."""
    reference, context = after.evaluation.reference, after.evaluation.context
    held = {line.symbol for line in after.assessment.elements if line.exposed}
    return {
        **versions_from(reference),
        "context": context_answer(context),
        "from": _when(before),
        "to": _when(after),
        "id": after.bom.id,
        "bom": score_move(found.bom),
        "elements": [_element_move(change) for change in found.elements],
        "flipped_elements": list(found.flipped_elements),
        "flips": [_flip(flip, exposed=flip.element in held) for flip in found.flips],
        "bands": list(_bands(found)),
        "freshness": freshness_answer(
            reference.register, context.as_of, measures_behind(after.assessment)
        ),
        "measures": [law_change(change) for change in found.measures],
        "warnings": [warning_answer(one) for one in context_warnings(reference.register, context)],
        "disclaimer": DISCLAIMER,
    }


def _when(answered: Answered) -> WhenAnswer:
    return {
        "as_of": answered.clocks.as_of.isoformat(),
        "known_on": answered.clocks.known_on.isoformat(),
        "reference_data_version": answered.evaluation.reference.version,
    }


def score_move(change: Change) -> ScoreMove:
    """Return a score on both sides, as published."""
    first, second = change.before, change.after
    before, after = rounded(first.nominal), rounded(second.nominal)
    return {
        "before": before,
        "after": after,
        "delta": rounded(after - before),
        "low_before": rounded(first.low),
        "high_before": rounded(first.high),
        "low_after": rounded(second.low),
        "high_after": rounded(second.high),
        "band_before": cast("Band", first.band),
        "band_after": cast("Band", second.band),
    }


def _element_move(change: Change) -> ElementMove:
    return {**score_move(change), "symbol": change.key}


def _flip(flip: LawFlip, *, exposed: bool) -> LawFlipAnswer:
    return {
        "element": flip.element,
        "line_id": flip.line_id,
        "exposed": exposed,
        "form": flip.form,
        "inside": flip.inside,
        "before": _reading(flip.before),
        "after": _reading(flip.after),
        "measures": [law_change(change) for change in flip.causes],
    }


def _reading(view: ControlView) -> LawReading:
    return {
        "status": _status(view.status),
        "best_estimate": None if view.best_estimate is None else _status(view.best_estimate),
        "worst_case": None if view.worst_case is None else _status(view.worst_case),
        "expectation": view.expectation,
    }


def _status(code: str) -> StatusName:
    return cast("StatusName", code)


def law_change(change: LawChange) -> LawChangeAnswer:
    """Return a measure that stands differently."""
    return {
        "measure": change.measure,
        "title": change.title,
        "on_date": None if change.on_date is None else change.on_date.isoformat(),
        "before": change.before,
        "after": change.after,
        "best_estimate": change.best_estimate,
        "worst_case": change.worst_case,
        "basis": change.basis,
        "sources": list(change.sources),
    }


def _bands(found: Difference) -> Iterator[BandFlip]:
    for kind, changes in (
        ("bom", (found.bom,)), ("element", found.elements), ("line", found.lines),
    ):  # fmt: skip
        for change in changes:
            if change.flips:
                yield cast(
                    "BandFlip",
                    {
                        "kind": kind,
                        "key": change.key,
                        "before": rounded(change.before.nominal),
                        "after": rounded(change.after.nominal),
                        "band_before": change.before.band,
                        "band_after": change.after.band,
                    },
                )


def law_calendar(
    days: tuple[CalendarDay, ...], reference: ReferenceData, context: AssessmentContext
) -> LawCalendar:
    """Return the days of the register within the horizon."""
    return {
        **versions_from(reference),
        "context": context_answer(context),
        "freshness": freshness_answer(reference.register, context.as_of),
        "days": [
            {
                "on_date": day.on_date.isoformat(),
                "entries": [_entry(entry) for entry in day.entries],
                "flips": [_cell(cell) for cell in day.cells],
            }
            for day in days
        ],
    }


def product_calendar(
    days: tuple[CalendarDay, ...],
    bom_id: str,
    reference: ReferenceData,
    context: AssessmentContext,
) -> ProductCalendar:
    """Return the days that matter to a product."""
    return {
        **versions_from(reference),
        "context": context_answer(context),
        "freshness": freshness_answer(reference.register, context.as_of),
        "id": bom_id,
        "days": [_product_day(day) for day in days],
        "warnings": [warning_answer(one) for one in context_warnings(reference.register, context)],
        "disclaimer": DISCLAIMER,
    }


def _product_day(day: CalendarDay) -> ProductDay:
    change = day.change
    moves = [] if change is None else [_element_move(one) for one in change.elements]
    return {
        "on_date": day.on_date.isoformat(),
        "entries": [_entry(entry) for entry in day.entries],
        "bom": None if change is None else score_move(change.bom),
        "elements": [move for move in moves if move["before"] != move["after"]],
        "flipped_elements": [] if change is None else list(change.flipped_elements),
    }


def _entry(entry: Entry) -> CalendarEntry:
    return {
        "kind": entry.kind,
        "subject": entry.subject,
        "text": entry.text,
        "status_before": entry.status_before,
        "status_after": entry.status_after,
        "best_estimate": entry.best_estimate,
        "worst_case": entry.worst_case,
        "basis": entry.basis,
        "elements": list(entry.elements),
        "line_ids": list(entry.line_ids),
        "sources": list(entry.sources),
    }


def _cell(cell: DomainCellFlip) -> CellFlip:
    return {
        "element": cell.element,
        "form": cell.form,
        "before": _status(cell.before),
        "after": _status(cell.after),
        "best_estimate": None if cell.best_estimate is None else _status(cell.best_estimate),
        "worst_case": None if cell.worst_case is None else _status(cell.worst_case),
    }
