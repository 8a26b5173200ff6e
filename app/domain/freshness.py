"""How far the register can be trusted on a day: its newest source, days that passed, checks due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.controls import (
    ControlMeasure,
    ControlRegister,
    ScheduledEvent,
    TimelineStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """What an answer about a day must say of its own age.

    Attributes:
        knowledge_cutoff: Day of the newest source.
        days_past_cutoff: Days from there to the day of the question, 0 or more.
        scheduled_passed: Days of the calendar that came after the newest source; nobody has
            said what they brought.
        checks_overdue: Ids of measures that nobody has looked at for longer than they should be.
    """

    knowledge_cutoff: date
    days_past_cutoff: int
    scheduled_passed: tuple[ScheduledEvent, ...]
    checks_overdue: tuple[str, ...]


def freshness(
    register: ControlRegister, as_of: date, measure_ids: Iterable[str] | None = None
) -> Freshness:
    """Return how fresh the register is on a day.

    Args:
        register: All measures and the calendar.
        as_of: Day of the question.
        measure_ids: Measures that the answer rests on; None for all.
    """
    ids = sorted(register.measures if measure_ids is None else set(measure_ids))
    return Freshness(
        knowledge_cutoff=register.knowledge_cutoff,
        days_past_cutoff=max(0, (as_of - register.knowledge_cutoff).days),
        scheduled_passed=tuple(
            event
            for event in register.scheduled_events
            if register.knowledge_cutoff < event.on_date <= as_of
        ),
        checks_overdue=tuple(
            measure_id for measure_id in ids if check_is_due(register.measures[measure_id], as_of)
        ),
    )


def check_is_due(measure: ControlMeasure, today: date) -> bool:
    """Return whether somebody should look at a measure again; one that has ended is history."""
    return check_due_on(measure) < today and not _has_ended(measure, today)


def _has_ended(measure: ControlMeasure, today: date) -> bool:
    known = [
        event
        for event in measure.timeline
        if max(event.on_date, event.known_from) <= today
        and (event.known_to is None or today < event.known_to)
    ]
    last = max(known, key=lambda event: (event.on_date, event.known_from), default=None)
    return last is not None and last.status is TimelineStatus.ENDED


def check_due_on(measure: ControlMeasure) -> date:
    """Return the last day until which a measure need not be looked at again."""
    return first_day(measure.last_verified_on) + timedelta(days=measure.check_every_days)


def first_day(text: str) -> date:
    """Return the day of a date that may be given as a month or year only: its first.

    Examples:
        >>> first_day("2026-08"), first_day("2024"), first_day("2026-10-08")
        (datetime.date(2026, 8, 1), datetime.date(2024, 1, 1), datetime.date(2026, 10, 8))
    """
    year, month, day = (*text.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))
