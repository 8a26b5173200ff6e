"""The table of states: probability, start, age and end of a measure, at the three ends."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from app.domain.controls import (
    EventBasis,
    LegalForce,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.triple import Side
from app.scoring.timeline import (
    STATUS_UNCERTAIN,
    LegalStates,
    StateItem,
    legal_states,
)
from tests import factories as make
from tests.factories import TODAY, event

ANNOUNCED = TimelineStatus.ANNOUNCED
IN_FORCE = TimelineStatus.IN_FORCE
SUSPENDED = TimelineStatus.SUSPENDED
UNCONFIRMED = TimelineStatus.UNCONFIRMED
ENDED = TimelineStatus.ENDED
SCHEDULED, STATED = EventBasis.SCHEDULED, EventBasis.STATED
FLAGS = (STATUS_UNCERTAIN,)
HORIZON = 180


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def states(
    *timeline: TimelineEvent,
    legal_force: LegalForce = LegalForce.BINDING,
    announced: date | None = None,
    known_on: date = TODAY,
) -> LegalStates:
    measure = make.measure(timeline=timeline, legal_force=legal_force, announced=announced)
    return legal_states(
        measure,
        as_of=TODAY,
        known_on=known_on,
        horizon_days=HORIZON,
        methodology=make.shipped_methodology(),
    )


def same(low: float, nominal: float, high: float, *rest: float) -> LegalStates:
    """Return one item at each end that differs in its probability only."""
    start, age, end = rest
    return LegalStates(
        (StateItem(low, start, age, end),),
        (StateItem(nominal, start, age, end),),
        (StateItem(high, start, age, end),),
    )


NOTHING = LegalStates((), (), ())


# ------------------------------------------------------------------------------ certain statuses


def test_in_force() -> None:
    assert states(event(day(-100), IN_FORCE)) == same(1, 1, 1, 0, 100, math.inf)


def test_in_force_since_the_first_enactment() -> None:
    timeline = (event(day(-900), IN_FORCE), event(day(-30), IN_FORCE))

    assert states(*timeline) == same(1, 1, 1, 0, 900, math.inf)


def test_in_force_until_a_scheduled_end() -> None:
    end = event(day(40), ENDED, basis=SCHEDULED, known_from=day(-100))

    assert states(event(day(-100), IN_FORCE), end) == same(1, 1, 1, 0, 100, 40)


def test_ended_takes_no_part() -> None:
    assert states(event(day(-100), IN_FORCE), event(TODAY, ENDED)) == NOTHING


def test_unknown_takes_no_part() -> None:
    assert states(event(day(-5), IN_FORCE, known_from=day(1))) == NOTHING


def test_announced_only_later_takes_no_part_even_in_hindsight() -> None:
    assert states(event(day(5), IN_FORCE), known_on=day(10)) == NOTHING


def test_adopted_with_a_day_to_come() -> None:
    start = event(day(30), IN_FORCE, known_from=day(-10))

    expected = same(0.60, 0.85, 1.00, 30, 0, math.inf)
    assert states(event(day(-10), ANNOUNCED), start) == expected
    assert states(start) == expected


def test_adopted_and_already_to_end() -> None:
    timeline = (
        event(day(-10), ANNOUNCED),
        event(day(30), IN_FORCE, known_from=day(-10)),
        event(day(90), ENDED, known_from=day(-10)),
    )

    assert states(*timeline) == same(0.60, 0.85, 1.00, 30, 0, 90)


def test_suspended_until_a_day() -> None:
    back = event(day(75), IN_FORCE, basis=SCHEDULED, known_from=day(-10))

    timeline = (event(day(-100), IN_FORCE), event(day(-10), SUSPENDED), back)
    assert states(*timeline) == same(0.10, 0.35, 0.80, 75, 0, math.inf)


def test_suspended_without_end_starts_half_way() -> None:
    timeline = (event(day(-100), IN_FORCE), event(day(-10), SUSPENDED))

    assert states(*timeline) == same(0.10, 0.35, 0.80, HORIZON / 2, 0, math.inf)


def test_suspended_and_known_never_to_return() -> None:
    assert states(event(day(-10), SUSPENDED), event(day(30), ENDED, known_from=day(-10))) == NOTHING


def test_a_suspension_to_come_ends_the_force_and_may_end_itself() -> None:
    timeline = (
        event(day(-100), IN_FORCE),
        event(day(10), SUSPENDED, known_from=day(-1)),
        event(day(100), IN_FORCE, basis=SCHEDULED, known_from=day(-1)),
    )

    assert states(*timeline).nominal == (
        StateItem(1.0, 0.0, 100.0, 10.0),
        StateItem(0.35, 100.0, 0.0, math.inf),
    )


def test_an_open_suspension_beyond_half_the_horizon_starts_with_itself() -> None:
    timeline = (event(day(-100), IN_FORCE), event(day(120), SUSPENDED, known_from=day(-1)))

    assert states(*timeline).nominal[1] == StateItem(0.35, 120.0, 0.0, math.inf)


def test_suspended_before_it_ever_started() -> None:
    timeline = (
        event(day(-10), ANNOUNCED),
        event(day(-2), SUSPENDED),
        event(day(200), IN_FORCE, basis=SCHEDULED, known_from=day(-2)),
    )

    assert states(*timeline) == same(0.10, 0.35, 0.80, 200, 0, math.inf)


# ------------------------------------------------------------------------------------- drafts


def test_a_draft_without_a_day_starts_half_way() -> None:
    expected = same(0.10, 0.35, 0.60, HORIZON / 2, 0, math.inf)

    assert states(event(day(-10), ANNOUNCED), legal_force=LegalForce.ANNOUNCED_ONLY) == expected
    assert states(event(day(-10), ANNOUNCED)) == expected


def test_a_draft_with_a_day_keeps_its_probability_when_the_day_has_come() -> None:
    draft = LegalForce.ANNOUNCED_ONLY
    to_come = event(day(25), IN_FORCE, basis=SCHEDULED, known_from=day(-30))
    came = event(day(-5), IN_FORCE, basis=SCHEDULED, known_from=day(-30))

    assert states(event(day(-30), ANNOUNCED), to_come, legal_force=draft) == same(
        0.10, 0.35, 0.60, 25, 0, math.inf
    )
    assert states(event(day(-30), ANNOUNCED), came, legal_force=draft) == same(
        0.10, 0.35, 0.60, 0, 5, math.inf
    )


def test_a_draft_that_somebody_enacted_is_in_force() -> None:
    assert states(event(day(-5), IN_FORCE), legal_force=LegalForce.ANNOUNCED_ONLY) == same(
        1, 1, 1, 0, 5, math.inf
    )


@pytest.mark.parametrize("legal_force", [LegalForce.ANNOUNCED_ONLY, LegalForce.BINDING])
def test_a_draft_lapses_after_a_year_of_silence(legal_force: LegalForce) -> None:
    assert states(event(day(-365), ANNOUNCED), legal_force=legal_force) != NOTHING
    assert states(event(day(-366), ANNOUNCED), legal_force=legal_force) == NOTHING


def test_an_adopted_measure_does_not_lapse() -> None:
    start = event(day(30), IN_FORCE, known_from=day(-700))

    assert states(event(day(-700), ANNOUNCED), start).nominal[0].probability == 0.85


# ----------------------------------------------------------------------------------- in doubt


def doubt(offset: int, best: TimelineStatus, worst: TimelineStatus) -> TimelineEvent:
    return event(
        day(offset), UNCONFIRMED, basis=STATED, known_from=day(-40), best=best, worst=worst
    )


def test_a_suspension_that_ran_out_in_silence() -> None:
    back = event(day(-12), IN_FORCE, basis=SCHEDULED, known_from=day(-300))

    found = states(event(day(-300), SUSPENDED), back)

    assert found == LegalStates(
        (StateItem(0.0, 0.0, 12.0, math.inf, FLAGS),),
        (StateItem(1.0, 0.0, 12.0, math.inf, FLAGS),),
        (StateItem(1.0, 0.0, 12.0, math.inf, FLAGS),),
    )


def test_a_return_that_somebody_enacted_is_certain() -> None:
    timeline = (
        event(day(-300), SUSPENDED),
        event(day(-12), IN_FORCE, basis=SCHEDULED, known_from=day(-300)),
        event(day(-3), IN_FORCE),
    )

    assert states(*timeline) == same(1, 1, 1, 0, 12, math.inf)


def test_an_extension_by_word_only() -> None:
    # As the package of October 2025 stood on 23 November 2026.
    timeline = (
        event(day(-380), SUSPENDED),
        doubt(-12, best=SUSPENDED, worst=IN_FORCE),
        doubt(49, best=IN_FORCE, worst=IN_FORCE),
    )

    assert states(*timeline) == LegalStates(
        (StateItem(0.10, 49.0, 0.0, math.inf, FLAGS),),
        (StateItem(0.35, 49.0, 0.0, math.inf, FLAGS),),
        (StateItem(1.0, 0.0, 12.0, math.inf, FLAGS),),
    )


def test_before_the_day_in_doubt_each_end_waits_for_its_own_return() -> None:
    timeline = (
        event(day(-380), SUSPENDED),
        doubt(32, best=SUSPENDED, worst=IN_FORCE),
        doubt(93, best=IN_FORCE, worst=IN_FORCE),
    )

    assert states(*timeline) == LegalStates(
        (StateItem(0.10, 93.0, 0.0, math.inf),),
        (StateItem(0.35, 93.0, 0.0, math.inf),),
        (StateItem(0.80, 32.0, 0.0, math.inf),),
    )


def test_a_suspension_that_should_outlast_the_horizon_does() -> None:
    # As the list of 16 US firms stood in May 2026, had the word been given by then.
    timeline = (event(day(-300), SUSPENDED), doubt(194, best=SUSPENDED, worst=IN_FORCE))

    assert [states(*timeline).at(side)[0].start_offset_days for side in Side] == [194.0] * 3


def test_after_the_stated_extension_nobody_has_said_so_again() -> None:
    timeline = (
        event(day(-380), SUSPENDED),
        doubt(-66, best=SUSPENDED, worst=IN_FORCE),
        doubt(-5, best=IN_FORCE, worst=IN_FORCE),
    )

    assert states(*timeline) == LegalStates(
        (StateItem(0.0, 0.0, 5.0, math.inf, FLAGS),),
        (StateItem(1.0, 0.0, 5.0, math.inf, FLAGS),),
        (StateItem(1.0, 0.0, 66.0, math.inf, FLAGS),),
    )


def test_the_low_end_takes_the_milder_reading_of_today() -> None:
    timeline = (event(day(-50), IN_FORCE), doubt(-10, best=IN_FORCE, worst=ENDED))

    found = states(*timeline)

    assert found.low == ()
    assert found.nominal == found.high == (StateItem(1.0, 0.0, 50.0, math.inf, FLAGS),)


def test_at_picks_the_end() -> None:
    found = states(event(day(-10), ANNOUNCED))

    assert [found.at(side)[0].probability for side in Side] == [0.10, 0.35, 0.60]
