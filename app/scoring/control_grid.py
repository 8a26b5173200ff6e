"""The register as a list and as a grid of elements and forms, for one context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import ControlMeasure, ControlRegister, RegisterStage
from app.domain.elements import RARE_EARTHS
from app.domain.methodology import Methodology
from app.domain.places import CHINA
from app.domain.results import ControlChange, ControlView
from app.errors import UnknownKeyError
from app.scoring.control_codes import REGISTER_STAGES_OF_FORM
from app.scoring.control_match import (
    CIVIL_CLASSES,
    MILITARY_CLASSES,
    follows_list,
    listing_measures,
)
from app.scoring.control_status import ControlQuestion, control_view
from app.scoring.end_users import end_user_lists
from app.scoring.timeline import ResolvedStatus, events_known, status_on

#: Forms that the grid shows, in the order of processing.
GRID_FORMS: tuple[str, ...] = (
    "ore", "oxide", "salt", "metal", "alloy", "target", "magnet", "compound",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFilter:
    """Which measures to list; what is None does not limit.

    Attributes:
        form: Product form of the chains, or a product form as the legal texts name it.
        exporter: Country whose exports the measure governs.
    """

    element: str | None = None
    destination: str | None = None
    end_use: EndUse | None = None
    form: str | None = None
    exporter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """One measure with its status on the day of the question."""

    measure: ControlMeasure
    resolved: ResolvedStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """The law for one element in one form."""

    element: str
    form: str
    view: ControlView


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlGrid:
    """All cells, element by element, and what is known to change within the horizon."""

    cells: tuple[GridCell, ...]
    changes: tuple[ControlChange, ...]


def list_measures(
    register: ControlRegister, *, context: AssessmentContext, wanted: MeasureFilter
) -> tuple[MeasureEntry, ...]:
    """Return the measures that anybody could know of, by id, with their status on a day.

    Args:
        register: All measures.
        context: Only its two clocks are read.
        wanted: Limits. A measure that follows the dual-use list meets an element or form where
            a dual-use measure of the same country does.

    Raises:
        UnknownKeyError: There is no such product form.
    """
    return tuple(
        MeasureEntry(measure=measure, resolved=status_on(measure, context.as_of, context.known_on))
        for _, measure in sorted(register.measures.items())
        if events_known(measure, context.known_on) and _meets(measure, wanted, register)
    )


def _meets(measure: ControlMeasure, wanted: MeasureFilter, register: ControlRegister) -> bool:
    scope = measure.scope
    if wanted.exporter is not None and measure.exporter != wanted.exporter:
        return False
    if wanted.destination is not None and not scope.destinations.includes(wanted.destination):
        return False
    if wanted.end_use is not None and not _speaks_of(measure, wanted.end_use):
        return False
    if wanted.element is None and wanted.form is None:
        return True
    stages = None if wanted.form is None else stages_of(wanted.form)
    if not follows_list(measure):
        return _has_item(measure, wanted.element, stages)
    return (stages is None or bool(scope.stages & stages)) and any(
        _has_item(listing, wanted.element, stages)
        for listing in listing_measures(register.measures.values(), measure.exporter)
    )


def stages_of(form: str) -> frozenset[RegisterStage]:
    """Return the words of the legal texts for a product form, or for such a word itself.

    Raises:
        UnknownKeyError: It is neither.
    """
    if form in REGISTER_STAGES_OF_FORM:
        return REGISTER_STAGES_OF_FORM[form]
    if form in RegisterStage.__members__.values():
        return frozenset({RegisterStage(form)})
    raise UnknownKeyError(
        f"no product form {form!r}; known are {', '.join(REGISTER_STAGES_OF_FORM)}"
    )


def _has_item(
    measure: ControlMeasure, element: str | None, stages: frozenset[RegisterStage] | None
) -> bool:
    return any(
        (element is None or element in item.elements) and (stages is None or item.stages & stages)
        for item in measure.scope.items
    )


def _speaks_of(measure: ControlMeasure, end_use: EndUse) -> bool:
    """Return whether a rule may apply to an end use; an unknown one may be either."""
    classes = CIVIL_CLASSES if end_use is EndUse.CIVIL else MILITARY_CLASSES
    uses = [rule.applies.end_uses for rule in measure.rules if rule.applies is not None]
    return not uses or any(use & classes for use in uses)


def register_grid(
    register: ControlRegister,
    methodology: Methodology,
    *,
    context: AssessmentContext,
    forms: tuple[str, ...] = GRID_FORMS,
    exporter: str = CHINA,
) -> ControlGrid:
    """Return the law for each element, alone in each form, and what changes within the horizon.

    Args:
        register: All measures.
        methodology: Delays by kind.
        context: Destination, end use, end user, clocks and horizon.
        forms: Product forms to show.
        exporter: Country that the goods leave.

    Raises:
        UnknownKeyError: There is no such product form.
    """
    lists = end_user_lists(
        register,
        context.end_user,
        context.end_user_owners,
        as_of=context.as_of,
        known_on=context.known_on,
    )
    cells = tuple(
        GridCell(
            element=element,
            form=form,
            view=control_view(
                register,
                methodology,
                question=ControlQuestion(
                    element=element,
                    elements=frozenset({element}),
                    form=form,
                    destination=context.destination,
                    end_use=context.end_use,
                    as_of=context.as_of,
                    known_on=context.known_on,
                    end_user=context.end_user,
                    lists=lists,
                    exporter=exporter,
                ),
            ),
        )
        for element in RARE_EARTHS
        for form in forms
    )
    return ControlGrid(
        cells=cells, changes=_changes(register, context=context, forms=forms, exporter=exporter)
    )


def _changes(
    register: ControlRegister, *, context: AssessmentContext, forms: tuple[str, ...], exporter: str
) -> tuple[ControlChange, ...]:
    """Return the events to come of every measure that speaks of one of the cells."""
    until = context.as_of + timedelta(days=context.horizon_days)
    entries = {
        entry.measure.id: entry
        for form in forms
        for entry in list_measures(
            register,
            context=context,
            wanted=MeasureFilter(
                destination=context.destination,
                end_use=context.end_use,
                form=form,
                exporter=exporter,
            ),
        )
    }
    changes = [
        (event.on_date, measure_id, event.status.value, event.basis.value)
        for measure_id, entry in entries.items()
        for event in entry.resolved.upcoming
        if event.on_date <= until
    ]
    return tuple(
        ControlChange(on_date=on_date, measure=measure, status=status, basis=basis)
        for on_date, measure, status, basis in sorted(changes)
    )
