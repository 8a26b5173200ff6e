"""How old the knowledge of an answer is, on the day of its question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.domain.controls import ControlRegister, ScheduledEvent, TimelineStatus
from app.domain.freshness import freshness
from tests import factories as make

CUTOFF = date(2026, 3, 1)


def day(offset: int) -> date:
    return CUTOFF + timedelta(days=offset)


def register() -> ControlRegister:
    """Return two measures, one looked at lately and one long ago, and a calendar of three days."""
    lately = replace(make.measure("A-1"), last_verified_on="2026-02-20")
    long_ago = replace(make.measure("A-2"), last_verified_on="2025-02")
    ended = replace(
        make.measure("A-3", timeline=(make.event(day(-400), TimelineStatus.ENDED),)),
        last_verified_on="2025-02",
    )
    events = tuple(
        ScheduledEvent(on_date=day(offset), what=f"day {offset}", source="gk")
        for offset in (0, 10, 20)
    )
    return replace(
        make.register(lately, long_ago, ended), knowledge_cutoff=CUTOFF, scheduled_events=events
    )


def test_before_the_newest_source_nothing_has_passed() -> None:
    found = freshness(register(), day(-5))

    assert (found.knowledge_cutoff, found.days_past_cutoff) == (CUTOFF, 0)
    assert found.scheduled_passed == ()


def test_days_of_the_calendar_after_the_newest_source_have_passed_unconfirmed() -> None:
    found = freshness(register(), day(10))

    assert found.days_past_cutoff == 10
    assert [event.what for event in found.scheduled_passed] == ["day 10"]


def test_measures_past_their_check_are_named_those_that_ended_are_not() -> None:
    assert freshness(register(), day(0)).checks_overdue == ("A-2",)
    assert freshness(register(), day(60)).checks_overdue == ("A-1", "A-2")


def test_an_answer_names_only_the_measures_that_it_rests_on() -> None:
    assert freshness(register(), day(60), ["A-1", "A-3"]).checks_overdue == ("A-1",)
