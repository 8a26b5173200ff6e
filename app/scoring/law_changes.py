"""Which measures stand differently at two points of the clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.controls import ControlMeasure, ControlRegister
from app.domain.results import ControlView
from app.scoring.timeline import ResolvedStatus, status_on


@dataclass(frozen=True, slots=True)
class Clocks:
    """A day, and the last day of publication that counts."""

    as_of: date
    known_on: date


@dataclass(frozen=True, slots=True)
class LawChange:
    """A measure that stands differently after than before.

    Attributes:
        on_date: First day of the new status; None where the measure is gone from the data.
        before, after: Status; "absent" where the data do not hold the measure.
        best_estimate, worst_case: Of the new status, where it is unconfirmed.
        basis: What the new status rests on.
        sources: Source keys of the event that made it.
    """

    measure: str
    title: str
    on_date: date | None
    before: str
    after: str
    best_estimate: str | None
    worst_case: str | None
    basis: str | None
    sources: tuple[str, ...]


ABSENT = "absent"

#: What of the law is compared: status, best estimate, worst case, expectation.
Reading = tuple[str, str | None, str | None, str | None]


def reading_of(view: ControlView) -> Reading:
    """Return what of the law decides whether it flips."""
    return (view.status, view.best_estimate, view.worst_case, view.expectation)


def law_changes(
    before: tuple[ControlRegister, Clocks],
    after: tuple[ControlRegister, Clocks],
    measure_ids: Iterable[str] | None = None,
) -> tuple[LawChange, ...]:
    """Return the measures that stand differently, by id.

    Args:
        before: Register and clocks of the first answer.
        after: The same of the second.
        measure_ids: Measures to look at; None for all.
    """
    ids = set(before[0].measures) | set(after[0].measures)
    if measure_ids is not None:
        ids &= set(measure_ids)
    found = (_change(measure_id, before, after) for measure_id in sorted(ids))
    return tuple(change for change in found if change is not None)


def _change(
    measure_id: str,
    before: tuple[ControlRegister, Clocks],
    after: tuple[ControlRegister, Clocks],
) -> LawChange | None:
    first, second = before[0].measures.get(measure_id), after[0].measures.get(measure_id)
    old, new = _resolved(first, before[1]), _resolved(second, after[1])
    if _standing(old) == _standing(new):
        return None
    titled = second or first
    event = None if new is None else new.event
    return LawChange(
        measure=measure_id,
        title="" if titled is None else titled.title,
        on_date=None if event is None else event.on_date,
        before=_standing(old)[0],
        after=_standing(new)[0],
        best_estimate=_standing(new)[1],
        worst_case=_standing(new)[2],
        basis=None if event is None else event.basis.value,
        sources=() if event is None else (event.source,),
    )


def _resolved(measure: ControlMeasure | None, clocks: Clocks) -> ResolvedStatus | None:
    return None if measure is None else status_on(measure, clocks.as_of, clocks.known_on)


def _standing(resolved: ResolvedStatus | None) -> tuple[str, str | None, str | None]:
    if resolved is None:
        return (ABSENT, None, None)
    best, worst = resolved.best_estimate, resolved.worst_case
    return (
        resolved.status.value,
        None if best is None else best.value,
        None if worst is None else worst.value,
    )
