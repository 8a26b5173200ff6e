"""Laws of a single timeline: what it says may change with the dates in one direction only."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.controls import (
    ControlMeasure,
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
    events_known,
    evidence_of,
    legal_states,
    status_on,
)
from tests import factories as make
from tests.factories import TODAY, event

ANNOUNCED = TimelineStatus.ANNOUNCED
IN_FORCE = TimelineStatus.IN_FORCE
SUSPENDED = TimelineStatus.SUSPENDED
UNCONFIRMED = TimelineStatus.UNCONFIRMED
ENDED = TimelineStatus.ENDED
SCHEDULED, STATED = EventBasis.SCHEDULED, EventBasis.STATED

Timeline = tuple[TimelineEvent, ...]

horizons = st.integers(min_value=1, max_value=1095)
ahead = st.integers(min_value=1, max_value=1200)
back = st.integers(min_value=0, max_value=1200)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Return a life as instruments have it: published, in force, suspended, back, ended."""
    first = draw(st.integers(min_value=-900, max_value=0))
    steps = draw(st.lists(st.integers(min_value=1, max_value=500), min_size=5, max_size=5))
    days = [day(first + sum(steps[:count])) for count in range(6)]
    known = min(days[0], TODAY)
    worst = draw(st.sampled_from([SUSPENDED, IN_FORCE]))
    life = [
        event(days[0], draw(st.sampled_from([ANNOUNCED, IN_FORCE])), known_from=known),
        event(days[1], IN_FORCE, known_from=known),
        event(days[2], SUSPENDED, known_from=known),
        event(days[3], UNCONFIRMED, basis=STATED, known_from=known, best=SUSPENDED, worst=worst),
        event(
            days[4], IN_FORCE, basis=draw(st.sampled_from([SCHEDULED, STATED])), known_from=known
        ),
        event(days[5], ENDED, known_from=known),
    ]
    kept = draw(st.lists(st.booleans(), min_size=5, max_size=5))
    return (life[0], *(one for one, keep in zip(life[1:], kept, strict=True) if keep))


def states_of(timeline: Timeline, *, as_of: date = TODAY, horizon: int = 180) -> LegalStates:
    return legal_states(
        made_of(timeline),
        as_of=as_of,
        known_on=as_of,
        horizon_days=horizon,
        methodology=make.shipped_methodology(),
    )


def made_of(timeline: Timeline, force: LegalForce = LegalForce.BINDING) -> ControlMeasure:
    return make.measure(timeline=timeline, legal_force=force)


def blocked(items: tuple[StateItem, ...], horizon: int) -> float:
    """Return the expected share of the horizon that a ban in these states blocks.

    The strictest active state binds, each being active by its own chance.
    """
    shares = []
    for item in items:
        end = min(float(horizon), item.ends_in_days)
        shares.append((max(0.0, end - item.start_offset_days) / horizon, item.probability))
    total, free = 0.0, 1.0
    for share, probability in sorted(shares, reverse=True):
        total += share * probability * free
        free *= 1.0 - probability
    return total


def at_ends(timeline: Timeline, horizon: int, *, as_of: date = TODAY) -> list[float]:
    found = states_of(timeline, as_of=as_of, horizon=horizon)
    return [blocked(found.at(side), horizon) for side in Side]


def never_above(milder: list[float], harder: list[float]) -> bool:
    return all(low <= high + 1e-12 for low, high in zip(milder, harder, strict=True))


@given(timelines(), horizons)
def test_p2_the_ends_of_a_timeline_stand_in_order(timeline: Timeline, horizon: int) -> None:
    low, nominal, high = at_ends(timeline, horizon)

    assert low <= nominal + 1e-12
    assert nominal <= high + 1e-12


@given(timelines(), horizons)
def test_states_are_chances_with_days_that_make_sense(timeline: Timeline, horizon: int) -> None:
    found = states_of(timeline, horizon=horizon)

    for side in Side:
        for item in found.at(side):
            assert 0.0 <= item.probability <= 1.0
            assert item.start_offset_days >= 0.0
            assert item.age_days >= 0.0
            assert item.ends_in_days > item.start_offset_days
            assert item.age_days == 0.0 or item.start_offset_days == 0.0


@given(back, ahead, horizons)
def test_p13_a_start_to_come_never_hits_harder_than_force_from_today(
    published: int, start: int, horizon: int
) -> None:
    to_come = (
        event(day(-published), ANNOUNCED),
        event(day(start), IN_FORCE, known_from=day(-published)),
    )

    assert never_above(at_ends(to_come, horizon), at_ends((event(TODAY, IN_FORCE),), horizon))


@given(back, ahead, horizons)
def test_p14_a_suspension_never_hits_harder_than_force_from_today(
    since: int, until: int, horizon: int
) -> None:
    suspended = (
        event(day(-since), SUSPENDED),
        event(day(until), IN_FORCE, basis=SCHEDULED, known_from=day(-since)),
    )

    assert never_above(at_ends(suspended, horizon), at_ends((event(TODAY, IN_FORCE),), horizon))


@given(timelines(), timelines(), ahead)
def test_p15_what_is_known_only_later_has_no_effect(
    timeline: Timeline, more: Timeline, later: int
) -> None:
    unknown = tuple(
        event(
            one.on_date,
            one.status,
            basis=one.basis,
            known_from=day(later),
            best=one.best_estimate,
            worst=one.worst_case,
        )
        for one in more
    )
    with_more = (*timeline, *unknown)

    assert states_of(with_more) == states_of(timeline)
    assert events_known(made_of(with_more), TODAY) == events_known(made_of(timeline), TODAY)
    assert evidence_of(made_of(with_more), TODAY) is evidence_of(made_of(timeline), TODAY)
    assert states_of(unknown) == LegalStates((), (), ())


@given(timelines(), ahead)
def test_p15_what_was_overtaken_has_no_effect(timeline: Timeline, offset: int) -> None:
    overtaken = event(
        day(offset), IN_FORCE, basis=SCHEDULED, known_from=day(-900), known_to=day(-1)
    )

    assert states_of((*timeline, overtaken)) == states_of(timeline)


@given(back, ahead, ahead, horizons, st.sampled_from([ANNOUNCED, SUSPENDED]))
def test_p16_a_later_start_or_return_never_raises_anything(
    since: int, start: int, more: int, horizon: int, today: TimelineStatus
) -> None:
    def waiting(until: int) -> Timeline:
        return (
            event(day(-since), today),
            event(day(until), IN_FORCE, basis=SCHEDULED, known_from=day(-since)),
        )

    assert never_above(at_ends(waiting(start + more), horizon), at_ends(waiting(start), horizon))


@given(ahead, st.integers(min_value=0, max_value=1200), horizons)
def test_p17_risk_never_falls_as_the_end_of_a_suspension_comes_closer(
    until: int, passed: int, horizon: int
) -> None:
    suspended = (
        event(day(-1), SUSPENDED),
        event(day(until), IN_FORCE, basis=SCHEDULED, known_from=day(-1)),
    )
    closer = min(passed, until - 1)

    assert never_above(at_ends(suspended, horizon), at_ends(suspended, horizon, as_of=day(closer)))


@given(back, ahead, ahead, horizons)
def test_p18_an_earlier_end_never_raises_anything(
    since: int, end: int, more: int, horizon: int
) -> None:
    def ending(offset: int) -> Timeline:
        return (
            event(day(-since), IN_FORCE),
            event(day(offset), ENDED, basis=SCHEDULED, known_from=day(-since)),
        )

    assert never_above(at_ends(ending(end), horizon), at_ends(ending(end + more), horizon))


@given(timelines())
def test_a_status_in_doubt_is_always_flagged(timeline: Timeline) -> None:
    measure, found = made_of(timeline), states_of(timeline)
    resolved = status_on(measure, TODAY, TODAY)

    flagged = {STATUS_UNCERTAIN in item.flags for side in Side for item in found.at(side)}

    if resolved.status is UNCONFIRMED:
        assert flagged <= {True}
    if resolved.status is IN_FORCE and not resolved.revived and resolved.event is not None:
        assert flagged == ({True} if _is_stated_return(timeline, resolved.event) else {False})


def _is_stated_return(timeline: Timeline, today: TimelineEvent) -> bool:
    before = [one for one in timeline if one.on_date < today.on_date]
    doubtful = today.basis in (SCHEDULED, STATED)
    return doubtful and bool(before) and before[-1].status in (SUSPENDED, UNCONFIRMED)
