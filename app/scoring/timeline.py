"""One measure on both clocks: its status on a day, and the states that the score reckons with."""

from __future__ import annotations

import math
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
from app.domain.triple import Side, Triple

STATUS_UNCERTAIN = "status_uncertain"

#: From least to most severe, for the ends of an unconfirmed status.
_SEVERITY_ORDER = (
    TimelineStatus.NOT_PUBLISHED,
    TimelineStatus.ENDED,
    TimelineStatus.SUSPENDED,
    TimelineStatus.ANNOUNCED,
    TimelineStatus.IN_FORCE,
)

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

    Args:
        measure: The measure with its timeline.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
        horizon_days: T [days]; undated drafts and suspensions start half-way.
        methodology: Probabilities, and after how long a draft lapses.

    References:
        docs/methodology.md, "Measures", table of states.
    """
    resolved = status_on(measure, as_of, known_on)
    reader = _StateReader(measure, resolved, as_of, horizon_days, methodology)
    if announced_on(measure) > known_on:
        return LegalStates((), (), ())
    return LegalStates(*(reader.items(side) for side in Side))


@dataclass(frozen=True, slots=True)
class _StateReader:
    """Turns a resolved status into states at one end."""

    measure: ControlMeasure
    resolved: ResolvedStatus
    as_of: date
    horizon_days: int
    methodology: Methodology

    def items(self, side: Side) -> tuple[StateItem, ...]:
        status = self.resolved.status
        if status is not TimelineStatus.UNCONFIRMED:
            return self._of_status(status, side, flags=())
        chosen = self._chosen(side)
        return self._of_status(chosen, side, flags=(STATUS_UNCERTAIN,))

    def _chosen(self, side: Side) -> TimelineStatus:
        """Return what to assume of an unconfirmed status at one end."""
        best = self.resolved.best_estimate or TimelineStatus.IN_FORCE
        worst = self.resolved.worst_case or TimelineStatus.IN_FORCE
        if side is Side.NOMINAL:
            return best
        pick = min if side is Side.LOW else max
        return pick(best, worst, key=_SEVERITY_ORDER.index)

    def _of_status(
        self, status: TimelineStatus, side: Side, *, flags: tuple[str, ...]
    ) -> tuple[StateItem, ...]:
        if status is TimelineStatus.IN_FORCE:
            return self._in_force(side, flags)
        if status is TimelineStatus.SUSPENDED:
            return (self._suspended(self.as_of, side, flags),)
        if status is TimelineStatus.ENDED:
            return ()
        return self._coming(side, flags)

    def _status_of(self, event: TimelineEvent, side: Side) -> TimelineStatus:
        """Return how a coming event counts: an unconfirmed one by the end of the interval."""
        if event.status is not TimelineStatus.UNCONFIRMED:
            return event.status
        chosen = event.worst_case if side is Side.HIGH else event.best_estimate
        return chosen or TimelineStatus.IN_FORCE

    def _next(self, wanted: TimelineStatus, after: date, side: Side) -> date | None:
        for event in self.resolved.upcoming:
            if event.on_date > after and self._status_of(event, side) is wanted:
                return event.on_date
        return None

    def _days(self, day: date) -> float:
        return float((day - self.as_of).days)

    def _in_force(self, side: Side, flags: tuple[str, ...]) -> tuple[StateItem, ...]:
        since = self.resolved.since or self.as_of
        probability = Triple.exactly(1.0)
        if self.resolved.revived:
            probability = self.methodology.parameters.p_expired
            flags = (STATUS_UNCERTAIN,)
        ends = math.inf
        suspended_from = self._next(TimelineStatus.SUSPENDED, self.as_of, side)
        ended_from = self._next(TimelineStatus.ENDED, self.as_of, side)
        for stop in (suspended_from, ended_from):
            if stop is not None:
                ends = min(ends, self._days(stop))
        items = (
            StateItem(probability.at(side), 0.0, float((self.as_of - since).days), ends, flags),
        )
        if suspended_from is None or ends < self._days(suspended_from):
            return items
        return (*items, self._suspended(suspended_from, side, flags))

    def _suspended(self, after: date, side: Side, flags: tuple[str, ...]) -> StateItem:
        back = self._next(TimelineStatus.IN_FORCE, after, side)
        start = self.horizon_days / 2.0 if back is None else self._days(back)
        probability = self.methodology.parameters.p_reactivated.at(side)
        return StateItem(probability, start, 0.0, self._end_after(back, side), flags)

    def _end_after(self, start: date | None, side: Side) -> float:
        ended = self._next(TimelineStatus.ENDED, start or self.as_of, side)
        return math.inf if ended is None else self._days(ended)

    def _coming(self, side: Side, flags: tuple[str, ...]) -> tuple[StateItem, ...]:
        """Return the state of what is announced, adopted, or a draft."""
        parameters = self.methodology.parameters
        start = self._next(TimelineStatus.IN_FORCE, self.as_of, side)
        draft = self.measure.legal_force is not LegalForce.BINDING
        if start is None and self.resolved.event is None:
            return ()
        if draft and self._lapsed():
            return ()
        offset = self.horizon_days / 2.0 if start is None else self._days(start)
        probability = (parameters.p_draft if draft else parameters.p_announced).at(side)
        return (StateItem(probability, offset, 0.0, self._end_after(start, side), flags),)

    def _lapsed(self) -> bool:
        """Return whether nothing has been heard of a draft for too long."""
        events = [self.resolved.event, *self.resolved.upcoming]
        heard = [event.known_from for event in events if event is not None]
        newest = max(heard, default=announced_on(self.measure))
        return (self.as_of - newest).days > self.methodology.timing.draft_lapses_after_days
