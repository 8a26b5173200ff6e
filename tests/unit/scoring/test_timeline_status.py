"""Status of a measure on both clocks, and what its knowledge rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.controls import (
    ControlMeasure,
    EventBasis,
    LegalForce,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.methodology import Evidence
from app.scoring.timeline import (
    announced_on,
    events_known,
    evidence_of,
    status_on,
)
from tests import factories as make
from tests.factories import TODAY, event

NOT_PUBLISHED = TimelineStatus.NOT_PUBLISHED
ANNOUNCED = TimelineStatus.ANNOUNCED
IN_FORCE = TimelineStatus.IN_FORCE
SUSPENDED = TimelineStatus.SUSPENDED
ENDED = TimelineStatus.ENDED
SCHEDULED, STATED, REPORTED = EventBasis.SCHEDULED, EventBasis.STATED, EventBasis.REPORTED


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def test_events_known_leaves_out_what_is_unknown_or_overtaken() -> None:
    start = event(day(10), IN_FORCE, known_from=day(-20), known_to=day(-5))
    halt = event(day(-5), SUSPENDED)
    measure = make.measure(timeline=(start, halt))

    assert events_known(measure, day(-21)) == ()
    assert events_known(measure, day(-6)) == (start,)
    assert events_known(measure, day(-5)) == (halt,)


def test_status_before_the_first_event() -> None:
    resolved = status_on(
        make.measure(timeline=(event(day(1), IN_FORCE, known_from=day(-9)),)), TODAY, TODAY
    )

    assert resolved.status is NOT_PUBLISHED
    assert resolved.event is None
    assert [coming.on_date for coming in resolved.upcoming] == [day(1)]


def test_since_counts_from_the_first_event_of_an_unbroken_run() -> None:
    measure = make.measure(
        timeline=(
            event(day(-90), ANNOUNCED),
            event(day(-60), IN_FORCE),
            event(day(-30), IN_FORCE),
        )
    )

    assert status_on(measure, TODAY, TODAY).since == day(-60)
    assert not status_on(measure, TODAY, TODAY).revived


def test_since_reaches_back_to_the_first_event_of_all() -> None:
    # Vietnam's ban of ore was enacted anew after it had stood for years.
    measure = make.measure(timeline=(event(day(-900), IN_FORCE), event(day(-30), IN_FORCE)))

    assert status_on(measure, TODAY, TODAY).since == day(-900)


def test_a_scheduled_return_after_a_suspension_is_called_revived() -> None:
    timeline = (
        event(day(-60), SUSPENDED),
        event(day(-10), IN_FORCE, basis=SCHEDULED, known_from=day(-60)),
    )

    assert status_on(make.measure(timeline=timeline), TODAY, TODAY).revived


def test_a_scheduled_first_start_is_not_called_revived() -> None:
    timeline = (
        event(day(-60), ANNOUNCED),
        event(day(-10), IN_FORCE, basis=SCHEDULED, known_from=day(-60)),
    )

    assert not status_on(make.measure(timeline=timeline), TODAY, TODAY).revived


def measure_of(*timeline: TimelineEvent, force: LegalForce = LegalForce.BINDING) -> ControlMeasure:
    return make.measure(timeline=timeline, legal_force=force)


@pytest.mark.parametrize(
    ("force", "basis", "expected"),
    [
        (LegalForce.BINDING, EventBasis.ENACTED, Evidence.LEGAL_TEXT),
        (LegalForce.BINDING, REPORTED, Evidence.PRESS_REPORT),
        (LegalForce.BINDING, SCHEDULED, Evidence.LEGAL_TEXT),
        (LegalForce.BINDING, STATED, Evidence.LEGAL_TEXT),
        (LegalForce.ANNOUNCED_ONLY, EventBasis.ENACTED, Evidence.OFFICIAL_STATEMENT),
        (LegalForce.ANNOUNCED_ONLY, REPORTED, Evidence.PRESS_REPORT),
        (LegalForce.UNACKNOWLEDGED, EventBasis.ENACTED, Evidence.PRESS_REPORT),
        (LegalForce.NOT_APPLICABLE, EventBasis.ENACTED, Evidence.PRESS_REPORT),
    ],
)
def test_evidence_is_the_weaker_of_force_and_event(
    force: LegalForce, basis: EventBasis, expected: Evidence
) -> None:
    measure = measure_of(event(day(-10), IN_FORCE, basis=basis), force=force)

    assert evidence_of(measure, TODAY) is expected


def test_evidence_follows_the_newest_event_that_was_enacted_or_reported() -> None:
    timeline = (
        event(day(-90), IN_FORCE, basis=REPORTED),
        event(day(-30), SUSPENDED),
        event(day(20), IN_FORCE, basis=STATED, known_from=day(-2)),
    )

    assert evidence_of(measure_of(*timeline), day(-31)) is Evidence.PRESS_REPORT
    assert evidence_of(measure_of(*timeline), TODAY) is Evidence.LEGAL_TEXT


def test_announced_on_falls_back_to_the_first_day_of_knowledge() -> None:
    measure = make.measure(
        timeline=(
            event(day(-9), IN_FORCE, known_from=day(-3)),
            event(day(5), ENDED, known_from=day(-7)),
        )
    )

    assert announced_on(replace(measure, announced=day(-8))) == day(-8)
    assert announced_on(replace(measure, announced=None)) == day(-7)
