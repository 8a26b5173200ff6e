"""One measure on both clocks: its status on a day, and the states that the score reckons with."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.controls import (
    ControlMeasure,
    EventBasis,
    LegalForce,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.methodology import Evidence, Methodology
from app.domain.triple import Side

STATUS_UNCERTAIN = "status_uncertain"

#: From least to most severe, for the ends of an unconfirmed status.
_SEVERITY_ORDER = (
    TimelineStatus.ENDED,
    TimelineStatus.SUSPENDED,
    TimelineStatus.ANNOUNCED,
    TimelineStatus.IN_FORCE,
)

#: Bases of an event that no legal act has brought about on its day.
_UNSAID = frozenset({EventBasis.SCHEDULED, EventBasis.STATED})

_EVIDENCE_OF_FORCE = {
    LegalForce.BINDING: Evidence.LEGAL_TEXT,
    LegalForce.ANNOUNCED_ONLY: Evidence.OFFICIAL_STATEMENT,
    LegalForce.UNACKNOWLEDGED: Evidence.PRESS_REPORT,
    LegalForce.NOT_APPLICABLE: Evidence.PRESS_REPORT,
}
_EVIDENCE_OF_BASIS = {
    EventBasis.ENACTED: Evidence.LEGAL_TEXT,
    EventBasis.REPORTED: Evidence.PRESS_REPORT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedStatus:
    """Status of a measure on a day.

    Attributes:
        event: Event that made it, None where nothing was published.
        since: First day of the unbroken run of this status.
        upcoming: Known events still to come, in order.
        revived: True where a scheduled day ended a suspension and nobody has said so since.
    """

    status: TimelineStatus
    event: TimelineEvent | None
    best_estimate: TimelineStatus | None
    worst_case: TimelineStatus | None
    since: date | None
    upcoming: tuple[TimelineEvent, ...]
    revived: bool = False


@dataclass(frozen=True, slots=True)
class StateItem:
    """One way in which a measure may bind, before credence.

    Attributes:
        probability: That it binds [1].
        start_offset_days: Days until it starts (a).
        age_days: Days for which it has been in force (A).
        ends_in_days: Days until it ends (E); infinite when open.
        flags: What the answer must say about it.
    """

    probability: float
    start_offset_days: float
    age_days: float
    ends_in_days: float
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalStates:
    """The states of a measure at the three ends; empty where it takes no part."""

    low: tuple[StateItem, ...]
    nominal: tuple[StateItem, ...]
    high: tuple[StateItem, ...]

    def at(self, side: Side) -> tuple[StateItem, ...]:
        """Return the states at one end."""
        return {Side.LOW: self.low, Side.NOMINAL: self.nominal, Side.HIGH: self.high}[side]


def events_known(measure: ControlMeasure, known_on: date) -> tuple[TimelineEvent, ...]:
    """Return the events that one could know and had to believe on a day, in order."""
    known = [
        event
        for event in measure.timeline
        if event.known_from <= known_on and (event.known_to is None or known_on < event.known_to)
    ]
    return tuple(sorted(known, key=lambda event: (event.on_date, event.known_from)))


def status_on(measure: ControlMeasure, as_of: date, known_on: date) -> ResolvedStatus:
    """Return the status of a measure at the end of a day, with the knowledge of another.

    References:
        docs/methodology.md, "Two clocks".
    """
    events = events_known(measure, known_on)
    past = [event for event in events if event.on_date <= as_of]
    upcoming = tuple(event for event in events if event.on_date > as_of)
    if not past:
        return ResolvedStatus(
            status=TimelineStatus.NOT_PUBLISHED, event=None, best_estimate=None,
            worst_case=None, since=None, upcoming=upcoming,
        )  # fmt: skip
    last = past[-1]
    run = [last]
    for event in reversed(past[:-1]):
        if event.status is not last.status:
            break
        run.append(event)
    before = past[-len(run) - 1] if len(run) < len(past) else None
    return ResolvedStatus(
        status=last.status,
        event=last,
        best_estimate=last.best_estimate,
        worst_case=last.worst_case,
        since=run[-1].on_date,
        upcoming=upcoming,
        revived=last.status is TimelineStatus.IN_FORCE
        and last.basis is EventBasis.SCHEDULED
        and before is not None
        and before.status is TimelineStatus.SUSPENDED,
    )


def evidence_of(measure: ControlMeasure, known_on: date) -> Evidence:
    """Return what the knowledge of a measure rests on.

    The weaker of its legal force and of its newest enacted or reported event; events that are
    only stated or scheduled do not lower it.
    """
    order = list(Evidence)
    found = _EVIDENCE_OF_FORCE[measure.legal_force]
    told = [event for event in events_known(measure, known_on) if event.basis in _EVIDENCE_OF_BASIS]
    if told:
        newest = max(told, key=lambda event: (event.known_from, event.on_date))
        found = max(found, _EVIDENCE_OF_BASIS[newest.basis], key=order.index)
    return found


def announced_on(measure: ControlMeasure) -> date:
    """Return the day of publication, or the first day on which anybody could know."""
    return measure.announced or min(event.known_from for event in measure.timeline)


def legal_states(
    measure: ControlMeasure,
    *,
    as_of: date,
    known_on: date,
    horizon_days: int,
    methodology: Methodology,
) -> LegalStates:
    """Return the states of a measure that the score reckons with, at the three ends.

    Each end reads the timeline as one path without doubt. An unconfirmed status counts as its
    best estimate in the nominal path, and as the more severe of best estimate and worst case in
    the high one; the low path takes the milder of both for today and the best estimate for days
    to come.

    Args:
        measure: The measure with its timeline.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
        horizon_days: T [days]; undated drafts and suspensions start half-way.
        methodology: Probabilities, and after how long a draft lapses.

    References:
        docs/methodology.md, "Measures", table of states.
    """
    events = events_known(measure, known_on)
    past = [event for event in events if event.on_date <= as_of]
    if not events or (not past and announced_on(measure) > as_of):
        return LegalStates((), (), ())
    flags = (STATUS_UNCERTAIN,) if _is_doubtful(past) else ()
    current = past[-1] if past else None
    reader = _StateReader(measure, events, current, flags, as_of, horizon_days, methodology)
    return LegalStates(*(tuple(reader.items(side)) for side in Side))


@dataclass(frozen=True, slots=True)
class _Run:
    """An unbroken run of one status in a path.

    Attributes:
        start, latest: Days of its first and last event.
        basis: Basis of its newest event so far.
    """

    start: date
    latest: date
    status: TimelineStatus
    basis: EventBasis


@dataclass(frozen=True, slots=True)
class _StateReader:
    """Turns the known events of a measure into states at one end.

    Attributes:
        current: The event that decides today, None before the first one.
        flags: What the answer must say about today's status.
    """

    measure: ControlMeasure
    events: tuple[TimelineEvent, ...]
    current: TimelineEvent | None
    flags: tuple[str, ...]
    as_of: date
    horizon_days: int
    methodology: Methodology

    def items(self, side: Side) -> Iterator[StateItem]:
        """Yield the states at one end, that of today first."""
        runs = self._runs(side)
        past = [run for run in runs if run.start <= self.as_of]
        coming = runs[len(past) :]
        if self._is_draft(past) and self._lapsed():
            return
        if past and past[-1].status is TimelineStatus.IN_FORCE:
            yield self._today(past, coming, side)
        yield from self._returns(past, coming, side)
        yield from self._undated(past, coming, side)

    def _runs(self, side: Side) -> list[_Run]:
        runs: list[_Run] = []
        for event in self.events:
            status = self._read(event, side)
            if not runs or runs[-1].status is not status:
                runs.append(_Run(event.on_date, event.on_date, status, event.basis))
                continue
            run = runs[-1]
            basis = event.basis if event.on_date <= self.as_of else run.basis
            runs[-1] = _Run(run.start, event.on_date, status, basis)
        return runs

    def _read(self, event: TimelineEvent, side: Side) -> TimelineStatus:
        """Return the status that an event gives in the path of one end."""
        if event.best_estimate is None or event.worst_case is None:
            return event.status
        ends = (event.best_estimate, event.worst_case)
        if side is Side.HIGH:
            return max(ends, key=_SEVERITY_ORDER.index)
        if side is Side.LOW and event is self.current:
            return min(ends, key=_SEVERITY_ORDER.index)
        return event.best_estimate

    def _today(self, past: list[_Run], coming: list[_Run], side: Side) -> StateItem:
        """Return the state of a measure in force; it ends when the next status begins."""
        parameters = self.methodology.parameters
        probability = 1.0
        if _is_revived(past):
            probability = parameters.p_expired.at(side)
        if self._is_draft(past):
            probability = parameters.p_draft.at(side)
        age = float((self.as_of - past[-1].start).days)
        return StateItem(probability, 0.0, age, self._end(coming), self.flags)

    def _returns(self, past: list[_Run], coming: list[_Run], side: Side) -> Iterator[StateItem]:
        """Yield the states in which a measure comes into force on a day that is named."""
        parameters = self.methodology.parameters
        first = parameters.p_draft if self._is_draft(past) else parameters.p_announced
        suspended = bool(past) and past[-1].status is TimelineStatus.SUSPENDED
        for place, run in enumerate(coming):
            if run.status is TimelineStatus.SUSPENDED:
                suspended = True
            if run.status is TimelineStatus.IN_FORCE:
                probability = parameters.p_reactivated if suspended else first
                end = self._end(coming[place + 1 :])
                start = self._days(run.start)
                yield StateItem(probability.at(side), start, 0.0, end, self.flags)

    def _undated(self, past: list[_Run], coming: list[_Run], side: Side) -> Iterator[StateItem]:
        """Yield the state of what is announced or suspended without any day of a start.

        It starts half-way, but not before the last day of which we know that it has not.
        """
        parameters = self.methodology.parameters
        last = (past + coming)[-1]
        start = max(self.horizon_days / 2.0, self._days(last.latest))
        if last.status is TimelineStatus.SUSPENDED:
            probability = parameters.p_reactivated.at(side)
            yield StateItem(probability, start, 0.0, math.inf, self.flags)
        if last.status is TimelineStatus.ANNOUNCED and not self._lapsed():
            probability = parameters.p_draft.at(side)
            yield StateItem(probability, start, 0.0, math.inf, self.flags)

    def _days(self, day: date) -> float:
        return float((day - self.as_of).days)

    def _end(self, coming: list[_Run]) -> float:
        return self._days(coming[0].start) if coming else math.inf

    def _is_draft(self, past: list[_Run]) -> bool:
        """Return whether all there is is a plan, though its own day may have come."""
        if self.measure.legal_force is not LegalForce.ANNOUNCED_ONLY:
            return False
        return not past or (
            past[-1].status is TimelineStatus.ANNOUNCED or past[-1].basis is EventBasis.SCHEDULED
        )

    def _lapsed(self) -> bool:
        """Return whether nothing has been heard of the measure for too long."""
        newest = max(event.known_from for event in self.events)
        return (self.as_of - newest).days > self.methodology.timing.draft_lapses_after_days


def _is_doubtful(past: list[TimelineEvent]) -> bool:
    """Return whether nobody has said by a legal act what holds today."""
    if not past:
        return False
    today = past[-1]
    if today.status is TimelineStatus.UNCONFIRMED:
        return True
    if today.status is not TimelineStatus.IN_FORCE or today.basis not in _UNSAID:
        return False
    before = [event.status for event in past if event.status is not TimelineStatus.IN_FORCE]
    return bool(before) and before[-1] in (TimelineStatus.SUSPENDED, TimelineStatus.UNCONFIRMED)


def _is_revived(past: list[_Run]) -> bool:
    """Return whether a suspension is over by its own day, and nobody has said so since."""
    if len(past) < 2:
        return False
    before, today = past[-2:]
    return (
        today.status is TimelineStatus.IN_FORCE
        and before.status is TimelineStatus.SUSPENDED
        and today.basis in _UNSAID
    )
