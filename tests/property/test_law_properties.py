"""P11-P18, P36-P38: what the law and the knowledge of it may do to a risk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.controls import (
    ControlledItems,
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    LegalForce,
    MeasureType,
    TimelineStatus,
)
from app.domain.methodology import Evidence, Kind, KindRule, Methodology, Severity
from app.domain.observations import Observation
from app.domain.triple import ZERO, Side, Triple
from tests import factories as make
from tests.factories import TODAY, event
from tests.property import control_strategies as controls
from tests.property.control_strategies import day, measures, observations
from tests.property.strategies import worlds
from tests.property.worlds import (
    NOMINAL_ONLY,
    World,
    assert_never_lower,
    assert_unchanged,
    raw_risks,
)


@given(worlds(), measures)
def test_p11_adding_a_measure_never_lowers_any_risk(world: World, more: ControlMeasure) -> None:
    assert_never_lower(world, world.with_one_more(more))


def _with_kind(methodology: Methodology, kind: Kind) -> Methodology:
    """Return the method with one kind for every licence requirement."""
    rules = tuple(
        replace(rule, kind=kind, counts_as_restriction=True, refusal=None)
        if rule.type.value == "licence_requirement"
        else rule
        for rule in methodology.kind_rules
    )
    return replace(methodology, kind_rules=rules)


ASCENDING = (
    Kind.NONE,
    Kind.REGISTRATION,
    Kind.GENERAL_LICENCE,
    Kind.INDIVIDUAL_LICENCE,
    Kind.STRICT_LICENCE,
    Kind.PRESUMPTION_OF_DENIAL,
    Kind.PROHIBITED,
)


@given(worlds(), st.integers(min_value=0, max_value=len(ASCENDING) - 2))
def test_p12_a_stricter_kind_never_lowers_any_risk(world: World, place: int) -> None:
    if ASCENDING[place + 1] is Kind.PROHIBITED:
        # What was observed of licences says nothing of a prohibition.
        world = world.with_observations()
    milder, stricter = (
        world.with_method(_with_kind(world.data.methodology, kind))
        for kind in ASCENDING[place : place + 2]
    )

    assert_never_lower(milder, stricter)


def _with_timeline(world: World, measure: ControlMeasure, timeline: controls.Timeline) -> World:
    """Return the world with one more measure of that timeline, published 300 days ago."""
    return world.with_one_more(replace(measure, timeline=timeline, announced=day(-300)))


@given(worlds(), measures, st.integers(min_value=1, max_value=400))
def test_p13_a_future_effective_date_never_hits_harder_than_today(
    world: World, measure: ControlMeasure, wait: int
) -> None:
    known = event(day(-300), TimelineStatus.ANNOUNCED)
    later = (known, controls.scheduled(wait, TimelineStatus.IN_FORCE, -300))
    today = (known, controls.scheduled(0, TimelineStatus.IN_FORCE, -300))
    # A draft stays a draft, however soon; this is about adopted measures.
    adopted = replace(measure, legal_force=LegalForce.BINDING)

    assert_never_lower(_with_timeline(world, adopted, later), _with_timeline(world, adopted, today))


@given(worlds(), measures, st.integers(min_value=1, max_value=400))
def test_p14_a_suspension_never_hits_harder_than_force_from_today(
    world: World, measure: ControlMeasure, until: int
) -> None:
    suspended = controls.suspended(until)
    today = (event(day(-300), TimelineStatus.ANNOUNCED), event(TODAY, TimelineStatus.IN_FORCE))

    assert_never_lower(
        _with_timeline(world, measure, suspended), _with_timeline(world, measure, today)
    )


@given(worlds(), measures, observations)
def test_p15_what_is_known_only_later_has_no_effect(
    world: World, measure: ControlMeasure, observation: Observation
) -> None:
    known_later = replace(
        measure,
        announced=day(1),
        timeline=tuple(
            replace(one, known_from=max(one.known_from, day(1))) for one in measure.timeline
        ),
    )
    seen_later = replace(observation, measure="M-0", known_from=day(1))
    later = world.with_one_more(known_later).with_observations(
        *world.data.register.observations, seen_later
    )

    assert_unchanged(world, later)


@given(worlds(), measures, st.integers(1, 300), st.integers(1, 200))
def test_p15_a_suspension_known_only_later_has_no_effect(
    world: World, measure: ControlMeasure, age: int, length: int
) -> None:
    plain = controls.in_force(age)
    suspended = (
        *plain,
        event(day(-1), TimelineStatus.SUSPENDED, known_from=day(1)),
        event(day(length), TimelineStatus.IN_FORCE, known_from=day(1)),
    )

    assert_unchanged(
        _with_timeline(world, measure, plain), _with_timeline(world, measure, suspended)
    )


COMING: tuple[Callable[[int], controls.Timeline], ...] = (controls.announced, controls.suspended)


@given(worlds(), measures, st.sampled_from(COMING), st.integers(1, 300), st.integers(1, 300))
def test_p16_a_later_start_or_end_of_suspension_never_raises_a_risk(
    world: World,
    measure: ControlMeasure,
    coming: Callable[[int], controls.Timeline],
    wait: int,
    longer: int,
) -> None:
    sooner, later = (_with_timeline(world, measure, coming(days)) for days in (wait, wait + longer))

    assert_never_lower(later, sooner)


@given(
    worlds(controls=st.just(()), observed=False),
    measures,
    st.integers(1, 250),
    st.integers(1, 50),
)
def test_p17_risk_never_falls_as_the_end_of_a_suspension_comes_closer(
    world: World, measure: ControlMeasure, wait: int, step: int
) -> None:
    # Rows of world output may have a newer vintage in between: W is to stay as it is.
    rows = [row for row in world.data.supply.world if row.valid_from == make.LONG_AGO]
    world = world.with_supply(world=tuple(rows))
    # A licence that the supplier holds runs out on its own day.
    world = world.with_lines(
        lambda line: replace(
            line,
            suppliers=tuple(replace(s, general_licence_valid_to=None) for s in line.suppliers),
        )
    )
    suspended = _with_timeline(world, measure, controls.suspended(wait + step))
    later = suspended.with_context(as_of=day(step), known_on=day(step))

    assert_never_lower(suspended, later, NOMINAL_ONLY)


@given(worlds(), measures, st.integers(1, 300), st.integers(1, 100))
def test_p18_an_earlier_end_never_raises_a_risk(
    world: World, measure: ControlMeasure, end: int, longer: int
) -> None:
    shorter, whole = (
        _with_timeline(world, measure, controls.ending(days)) for days in (end, end + longer)
    )

    assert_never_lower(shorter, whole)


def _narrower(measure: ControlMeasure, choice: int) -> ControlMeasure:
    """Return a measure with an element, a form or a destination less."""
    scope = measure.scope
    if choice == 0:
        items = tuple(
            ControlledItems(elements=item.elements - {"Dy"}, stages=item.stages)
            for item in scope.items
        )
        return replace(measure, scope=replace(scope, items=items))
    if choice == 1:
        gone = frozenset({min(scope.stages)})
        items = tuple(
            ControlledItems(elements=item.elements, stages=item.stages - gone)
            for item in scope.items
        )
        return replace(measure, scope=replace(scope, items=items, stages=scope.stages - gone))
    only = DestinationScope(
        mode=DestinationMode.ONLY,
        countries=frozenset(
            place
            for place in (*controls.COUNTRIES, "KR", "MY")
            if place != "JP" and scope.destinations.includes(place)
        ),
    )
    return replace(measure, scope=replace(scope, destinations=only))


@given(worlds(observed=False), measures, st.integers(0, 2))
def test_p36_a_narrower_scope_never_raises_a_risk(
    world: World, measure: ControlMeasure, choice: int
) -> None:
    # Without observations: one that speaks of a removed element no longer softens the measure
    # for the others of a magnet, so that with observations the law cannot hold.
    wide, narrow = (world.with_one_more(one) for one in (measure, _narrower(measure, choice)))

    assert_never_lower(narrow, wide)


@given(worlds(), measures)
def test_p37_a_record_without_credence_is_no_record(world: World, measure: ControlMeasure) -> None:
    credence = dict(world.data.methodology.parameters.credence)
    credence[Evidence.PRESS_REPORT] = ZERO
    world = world.with_parameters(credence=credence)
    rumour = replace(measure, legal_force=LegalForce.UNACKNOWLEDGED)

    assert_unchanged(world, world.with_one_more(rumour))


def _harmless(kind: Kind) -> Callable[[KindRule], KindRule]:
    """Return a change to one kind, of all but licence duties: bans by reference build on these."""
    return lambda rule: (
        rule
        if rule.type is MeasureType.LICENCE_REQUIREMENT
        else replace(rule, kind=kind, refusal=None)
    )


@given(worlds(observed=False))
def test_p38_no_refusal_and_no_delay_is_no_measure_apart_from_the_count(world: World) -> None:
    method = world.data.methodology
    severities = dict(method.severities)
    severities[Kind.QUOTA] = Severity(
        refusal=ZERO, established=(0.0, 0.0, 0.0), initial=(0.0, 0.0, 0.0)
    )
    method = replace(method, severities=severities)
    nothing, harmless = (
        world.with_method(
            replace(method, kind_rules=tuple(map(_harmless(kind), method.kind_rules)))
        )
        for kind in (Kind.NONE, Kind.QUOTA)
    )

    assert_unchanged(nothing, harmless)


@given(worlds(), measures)
def test_p38_a_measure_without_effect_acts_only_through_the_count(
    world: World, measure: ControlMeasure
) -> None:
    world = world.with_parameters(mu=Triple(0.0, 0.0, 0.0))
    rules = tuple(controls.rule(one.outcome.EXEMPT) for one in measure.rules)
    # A licence duty without rules of its own would still be a listing for bans by reference.
    assume(measure.type.value != "licence_requirement")

    assert_unchanged(world, world.with_one_more(replace(measure, rules=rules)))


def test_the_laws_are_not_tested_on_worlds_where_nothing_binds() -> None:
    """Count, so that the strategies cannot drift into worlds without any risk."""
    severe: list[float] = []

    @given(worlds())
    def count(world: World) -> None:
        severe.append(max(risk.path for risk in raw_risks(world, Side.NOMINAL).values()))

    count()

    assert sum(1 for path in severe if path > 0.05) > len(severe) / 4
