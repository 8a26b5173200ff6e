"""What is due: the days within the horizon on which the law, or a licence in hand, changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from app.domain.bom import Bom
from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import (
    ControlMeasure,
    ControlRegister,
    MeasureType,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.exposure import IdentifiedLine
from app.domain.reference import ReferenceData
from app.domain.results import Assessment
from app.domain.triple import Side
from app.scoring.assess import AssessOptions, assess
from app.scoring.control_codes import LAWFUL_TYPES
from app.scoring.control_grid import GRID_FORMS, ControlGrid, register_grid
from app.scoring.control_match import follows_list, listing_measures
from app.scoring.difference import Answered, Difference, difference
from app.scoring.evaluation import Evaluation
from app.scoring.law_changes import reading_of
from app.scoring.listed_goods import contained_at
from app.scoring.timeline import events_known, status_on

#: Types whose days matter to a buyer: what the law of an exporter says, and the buyer's own.
_DATED_TYPES = LAWFUL_TYPES | {MeasureType.PROCUREMENT_RESTRICTION, MeasureType.DE_FACTO_EMBARGO}

#: Only scores are compared on both sides of a day.
_SCORES = AssessOptions(
    lines=False, waterfall=False, profile=False, sectors=False, gather_small=False, abroad=False
)

EntryKind = Literal["measure", "scheduled", "licence"]

#: Days for which scores on both sides are computed; each costs two assessments.
MOST_DAYS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is due on a day.

    Attributes:
        kind: measure, scheduled, or licence.
        subject: Id of the measure, source of the calendar entry, or id of the line.
        text: One sentence.
        status_before, status_after: Of a measure, by what is known.
        best_estimate, worst_case: Of the status after, where it is unconfirmed.
        basis: enacted, scheduled, stated or reported.
        elements: Elements that it speaks of.
        line_ids: Lines of the product that it concerns; empty without a product.
    """

    kind: EntryKind
    subject: str
    text: str
    status_before: str | None = None
    status_after: str | None = None
    best_estimate: str | None = None
    worst_case: str | None = None
    basis: str | None = None
    sources: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    line_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellFlip:
    """An element in a form for which the law reads differently from this day on."""

    element: str
    form: str
    before: str
    after: str
    best_estimate: str | None
    worst_case: str | None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with what is due on it.

    Attributes:
        cells: Elements and forms for which the law reads differently from this day on.
        change: What differs for the product between the day before and the day, or None.
    """

    on_date: date
    entries: tuple[Entry, ...]
    cells: tuple[CellFlip, ...] = ()
    change: Difference | None = None


def register_calendar(
    reference: ReferenceData, *, context: AssessmentContext
) -> tuple[CalendarDay, ...]:
    """Return the days of the register within the horizon, for a question without goods.

    Args:
        reference: Register and method.
        context: Destination, end use, end user, both clocks and horizon.
    """
    register = reference.register
    entries = _entries(register, context, lines={}, elements=None)
    days: list[CalendarDay] = []
    grids: dict[date, ControlGrid] = {}

    def grid(day: date) -> ControlGrid:
        if day not in grids:
            grids[day] = register_grid(
                register,
                reference.methodology,
                context=replace(context, as_of=day),
                forms=GRID_FORMS,
            )
        return grids[day]

    for day in sorted(entries):
        flips = tuple(_cell_flips(grid(day - timedelta(days=1)), grid(day)))
        days.append(CalendarDay(day, tuple(entries[day]), flips))
    return tuple(days)


def product_calendar(
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    reference: ReferenceData,
    *,
    context: AssessmentContext,
) -> tuple[CalendarDay, ...]:
    """Return the days that matter to a product within the horizon, with scores on both sides.

    The scores of both sides rest on what is known on the day of the question: nothing that is
    published later is guessed.

    Args:
        bom: The lines as the caller gave them.
        identified: What each line holds, in the same order.
        reference: Reference data.
        context: The question.
    """
    held = {
        found.line_id: contained_at(found.elements, Side.HIGH)
        for found in identified
        if found.elements
    }
    elements = frozenset[str]().union(*held.values())
    entries = _entries(reference.register, context, lines=held, elements=elements)
    for line_id, day, text in _licence_ends(bom, context):
        entries.setdefault(day, []).append(
            Entry(kind="licence", subject=line_id, text=text, line_ids=(line_id,))
        )
    answers: dict[date, Answered] = {}

    def answer(day: date) -> Answered:
        if day not in answers:
            asked = replace(context, as_of=day)
            evaluation = Evaluation(reference, asked)
            assessment: Assessment = assess(
                bom, identified, reference, context=asked, options=_SCORES, evaluation=evaluation
            )
            answers[day] = Answered(bom, identified, assessment, evaluation)
        return answers[day]

    days: list[CalendarDay] = []
    for place, day in enumerate(sorted(entries)):
        change = None
        if place < MOST_DAYS:
            found = difference(answer(day - timedelta(days=1)), answer(day))
            held_flips = tuple(flip for flip in found.flips if flip.element in elements)
            change = replace(found, flips=held_flips)
        days.append(CalendarDay(day, tuple(entries[day]), change=change))
    return tuple(days)


def _entries(
    register: ControlRegister,
    context: AssessmentContext,
    *,
    lines: dict[str, frozenset[str]],
    elements: frozenset[str] | None,
) -> dict[date, list[Entry]]:
    """Return what is due after the day of the question, by day."""
    until = context.as_of + timedelta(days=context.horizon_days)
    found: dict[date, list[Entry]] = {}
    for _, measure in sorted(register.measures.items()):
        if not _matters(measure, context):
            continue
        concerned = _elements_of(measure, register)
        if not concerned or (elements is not None and not concerned & elements):
            continue
        for event in events_known(measure, context.known_on):
            if context.as_of < event.on_date <= until:
                found.setdefault(event.on_date, []).append(
                    _measure_entry(measure, event, context, concerned, lines)
                )
    for scheduled in register.scheduled_events:
        if context.as_of < scheduled.on_date <= until:
            found.setdefault(scheduled.on_date, []).append(
                Entry(
                    kind="scheduled",
                    subject=scheduled.source or "calendar",
                    text=f"{scheduled.what}.",
                    sources=() if scheduled.source is None else (scheduled.source,),
                )
            )
    return found


def _matters(measure: ControlMeasure, context: AssessmentContext) -> bool:
    """Return whether a measure may touch goods for this destination and end use."""
    if measure.type not in _DATED_TYPES:
        return False
    if not measure.scope.destinations.includes(context.destination):
        return False
    if context.end_use is not EndUse.CIVIL:
        return True
    uses = [rule.applies.end_uses for rule in measure.rules if rule.applies is not None]
    return not uses or any("any" in use for use in uses)


def _elements_of(measure: ControlMeasure, register: ControlRegister) -> frozenset[str]:
    """Return the elements that a measure speaks of, itself or through the dual-use list."""
    measures: Iterable[ControlMeasure] = (measure,)
    if follows_list(measure):
        measures = listing_measures(register.measures.values(), measure.exporter)
    return frozenset(
        element for one in measures for item in one.scope.items for element in item.elements
    )


def _measure_entry(
    measure: ControlMeasure,
    event: TimelineEvent,
    context: AssessmentContext,
    concerned: frozenset[str],
    lines: dict[str, frozenset[str]],
) -> Entry:
    day_before = status_on(measure, event.on_date - timedelta(days=1), context.known_on)
    before = day_before.status
    best, worst = event.best_estimate, event.worst_case
    was = _told(before, day_before.best_estimate, day_before.worst_case)
    comes = _told(event.status, best, worst)
    return Entry(
        kind="measure",
        subject=measure.id,
        text=f"{measure.id}, {measure.title}: {was}; from this day {comes} ({event.basis.value}).",
        status_before=before.value,
        status_after=event.status.value,
        best_estimate=None if best is None else best.value,
        worst_case=None if worst is None else worst.value,
        basis=event.basis.value,
        sources=(event.source,),
        elements=tuple(sorted(concerned)),
        line_ids=tuple(line_id for line_id, held in lines.items() if held & concerned),
    )


def _told(status: TimelineStatus, best: TimelineStatus | None, worst: TimelineStatus | None) -> str:
    """Return a status in words, with both readings where nobody knows which of them holds."""
    words = status.value.replace("_", " ")
    readings = [one.value.replace("_", " ") for one in (best, worst) if one is not None]
    if not readings:
        return words
    if best is worst:
        return f"{words}, {readings[0]} by both readings"
    return f"{words}, {readings[0]} by the best estimate, {readings[1]} at worst"


def _licence_ends(bom: Bom, context: AssessmentContext) -> Iterator[tuple[str, date, str]]:
    """Yield the first days without a general licence that a supplier declared."""
    until = context.as_of + timedelta(days=context.horizon_days)
    for line in bom.lines:
        for supplier in line.suppliers:
            last = supplier.general_licence_valid_to
            # The score counts a licence up to its last day; nothing is renewed by itself.
            if last is not None and context.as_of < last <= until:
                yield (
                    line.line_id,
                    last,
                    f"A general licence of line {line.line_id} runs out; a renewal is not assumed.",
                )


def _cell_flips(before: ControlGrid, after: ControlGrid) -> Iterator[CellFlip]:
    for one, two in zip(before.cells, after.cells, strict=True):
        if reading_of(one.view) != reading_of(two.view):
            yield CellFlip(
                one.element,
                one.form,
                one.view.status,
                two.view.status,
                two.view.best_estimate,
                two.view.worst_case,
            )
