"""Patches of the register: what they refuse, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.controls import (
    EventBasis,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    TimelineStatus,
)
from app.errors import InvalidInputError, InvalidNumberError, UnknownKeyError
from app.scoring.patches import apply_patches
from app.scoring.patches_law import AddMeasure, MoveDates, SetFlow, SetOutcome, SetStatus
from tests import factories as make
from tests import plain_world as plain

BAN = AddMeasure(
    id="NEW",
    exporter="CN",
    elements=frozenset({"Dy"}),
    stages=frozenset({RegisterStage.OXIDE}),
    destinations=frozenset(),
    outcome=Outcome.PROHIBITED,
)
INPUTS = plain.inputs_of(plain.plain_reference(plain.duty()))


def test_no_patch_gives_the_very_same_inputs() -> None:
    assert apply_patches(INPUTS, ()) is INPUTS


def test_a_patch_leaves_its_argument_alone() -> None:
    changed = BAN(INPUTS)

    assert set(INPUTS.reference.register.measures) == {"CN-1"}
    assert set(changed.reference.register.measures) == {"CN-1", "NEW"}


def test_a_new_measure_needs_a_new_id() -> None:
    with pytest.raises(InvalidInputError, match="'CN-1' exists"):
        replace(BAN, id="CN-1")(INPUTS)


def test_a_rule_that_restricts_nothing_is_no_measure() -> None:
    with pytest.raises(InvalidInputError, match="restricts nothing"):
        replace(BAN, outcome=Outcome.EXEMPT)(INPUTS)


def test_a_new_measure_is_known_on_the_earlier_of_the_two_clocks() -> None:
    early = replace(INPUTS.context, known_on=date(2025, 1, 1))

    changed = BAN(replace(INPUTS, context=early))

    measure = changed.reference.register.measures["NEW"]
    assert measure.announced == date(2025, 1, 1)
    assert measure.timeline[0].known_from == date(2025, 1, 1)
    assert measure.timeline[0].on_date == make.TODAY


@pytest.mark.parametrize(
    "patch",
    [
        SetStatus(measure="X", status=TimelineStatus.ENDED),
        MoveDates(measure="X", days=1),
        SetOutcome(measure="X", outcome=Outcome.LICENCE),
        SetFlow(id="F", measure="X", elements=frozenset({"Dy"})),
    ],
)
def test_an_unknown_measure_is_refused(patch: SetStatus) -> None:
    with pytest.raises(UnknownKeyError, match="'X'"):
        patch(INPUTS)


def test_a_suspension_must_end_after_it_begins() -> None:
    patch = SetStatus(measure="CN-1", status=TimelineStatus.SUSPENDED, back_on=make.TODAY)

    with pytest.raises(InvalidInputError, match="end after it begins"):
        patch(INPUTS)


def test_only_coming_into_force_attests_a_measure_anew() -> None:
    suspended = SetStatus(measure="CN-1", status=TimelineStatus.SUSPENDED)(INPUTS)
    revived = SetStatus(measure="CN-1", status=TimelineStatus.IN_FORCE)(INPUTS)

    one = suspended.reference.register.measures["CN-1"].timeline[-1]
    other = revived.reference.register.measures["CN-1"].timeline[-1]
    assert (one.basis, other.basis) == (EventBasis.SCHEDULED, EventBasis.ENACTED)


def test_dates_that_have_passed_do_not_move() -> None:
    past, coming = make.TODAY - timedelta(days=9), make.TODAY + timedelta(days=9)
    timeline = (
        make.event(past, TimelineStatus.ANNOUNCED),
        make.event(coming, TimelineStatus.IN_FORCE, known_from=past),
    )
    inputs = plain.inputs_of(plain.plain_reference(plain.duty(timeline=timeline)))

    moved = MoveDates(measure="CN-1", days=5)(inputs)

    days = [event.on_date for event in moved.reference.register.measures["CN-1"].timeline]
    assert days == [past, coming + timedelta(days=5)]


def test_an_exemption_stays_when_the_outcome_changes() -> None:
    rules = (
        Rule(when="always", outcome=Outcome.LICENCE, applies=RuleApplies()),
        Rule(when="relief", outcome=Outcome.EXEMPT, applies=RuleApplies()),
        Rule(when="conduct", outcome=Outcome.LICENCE, applies=None),
    )
    inputs = plain.inputs_of(plain.plain_reference(plain.duty(rules=rules)))

    changed = SetOutcome(measure="CN-1", outcome=Outcome.PROHIBITED)(inputs)

    outcomes = [rule.outcome for rule in changed.reference.register.measures["CN-1"].rules]
    assert outcomes == [Outcome.PROHIBITED, Outcome.EXEMPT, Outcome.LICENCE]


def test_a_flow_is_not_negative() -> None:
    with pytest.raises(InvalidNumberError, match="0 or more"):
        SetFlow(id="F", measure="CN-1", elements=frozenset({"Dy"}), flow=-0.1)(INPUTS)


def test_a_supposed_flow_counts_although_nobody_knew_it_for_a_year() -> None:
    early = replace(INPUTS.context, known_on=date(2024, 1, 1))

    changed = SetFlow(id="F", measure="CN-1", elements=frozenset({"Dy"}))(
        replace(INPUTS, context=early)
    )

    (supposed,) = changed.reference.register.observations
    last = supposed.known_from + timedelta(days=supposed.valid_days)
    assert last >= make.TODAY + timedelta(days=180)
    assert supposed.observed_to == make.TODAY + timedelta(days=180)
