"""The chance of a new restriction: how many count, whose share, what governance."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    LegalForce,
    MeasureType,
    RegisterStage,
    TimelineStatus,
)
from app.domain.supply import Stage
from app.domain.triple import Side, Triple
from app.scoring.active_measures import RegisterSnapshot, register_snapshot
from app.scoring.engine import STRUCTURAL
from app.scoring.path import GOVERNANCE_ASSUMED
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, SEPARATION, days_ago, sigma, timeline


def _snapshot(*measures: ControlMeasure, side: Side = Side.NOMINAL) -> RegisterSnapshot:
    return register_snapshot(
        make.register(*measures),
        methodology=make.shipped_methodology(),
        as_of=make.TODAY,
        known_on=make.TODAY,
        horizon_days=180,
        side=side,
    )


def _count(*measures: ControlMeasure, element: str = "Dy", side: Side = Side.NOMINAL) -> float:
    return _snapshot(*measures, side=side).restriction_count("A", element)


def test_a_licence_duty_on_the_element_counts_once() -> None:
    assert _count(make.measure(elements=["Dy"])) == 1.0
    assert _count(make.measure(elements=["Dy"]), element="Nd") == 0.0


def test_measures_of_one_announcement_count_once() -> None:
    parts = [make.measure(f"A-{part}", announcement="A") for part in range(3)]

    assert _count(*parts) == 1.0
    assert _count(*parts, make.measure("A-9", announcement="other")) == 2.0


def test_of_one_announcement_the_part_that_counts_most_counts() -> None:
    suspended = timeline((300, crossings.IN_FORCE), (100, crossings.SUSPENDED))
    parts = [
        make.measure("A-1", announcement="A", timeline=suspended),
        make.measure("A-2", announcement="A"),
    ]

    assert _count(*parts) == 1.0


def test_a_suspended_measure_counts_half() -> None:
    suspended = timeline((300, crossings.IN_FORCE), (100, crossings.SUSPENDED))

    assert _count(make.measure(timeline=suspended)) == 0.5


@pytest.mark.parametrize(
    ("side", "expected"), [(Side.LOW, 0.5), (Side.NOMINAL, 0.5), (Side.HIGH, 1.0)]
)
def test_an_unconfirmed_suspension_counts_by_the_end_of_the_interval(
    side: Side, expected: float
) -> None:
    doubt = make.event(
        days_ago(5),
        TimelineStatus.UNCONFIRMED,
        best=crossings.SUSPENDED,
        worst=crossings.IN_FORCE,
    )
    events = (*timeline((300, crossings.IN_FORCE), (100, crossings.SUSPENDED)), doubt)

    assert _count(make.measure(timeline=events), side=side) == expected


@pytest.mark.parametrize(
    ("force", "expected"),
    [(LegalForce.BINDING, 1.0), (LegalForce.ANNOUNCED_ONLY, 0.9), (LegalForce.UNACKNOWLEDGED, 0.6)],
)
def test_a_measure_counts_with_its_credence(force: LegalForce, expected: float) -> None:
    assert _count(make.measure(legal_force=force)) == expected


@pytest.mark.parametrize(("age", "expected"), [(0, 1.0), (730, 1.0), (731, 0.0)])
def test_only_the_last_two_years_count(age: int, expected: float) -> None:
    assert _count(make.measure(timeline=make.in_force_for(age))) == expected


def test_a_measure_counts_from_the_day_on_which_it_was_announced() -> None:
    coming = make.measure(timeline=timeline((-30, crossings.IN_FORCE)), announced=days_ago(3))

    assert _count(coming) == 1.0


def test_a_measure_without_a_day_of_publication_counts_from_when_it_was_known() -> None:
    measure = replace(make.measure(timeline=make.in_force_for(100)), announced=None)

    assert _count(measure) == 1.0


def test_a_measure_announced_later_than_it_applies_counts_from_then() -> None:
    """P15: what is announced tomorrow was no restriction today."""
    backdated = replace(make.measure(timeline=make.in_force_for(10)), announced=days_ago(-1))

    assert _count(backdated) == 0.0


def test_an_ended_measure_does_not_count() -> None:
    ended = timeline((300, crossings.IN_FORCE), (5, crossings.ENDED))

    assert _count(make.measure(timeline=ended)) == 0.0


def test_a_technology_ban_counts_for_every_element() -> None:
    ban = make.measure(
        type=MeasureType.TECHNOLOGY_BAN,
        control_basis=ControlBasis.TECHNOLOGY_CATALOGUE,
        elements_mode=ElementsMode.ALL,
        elements=[],
        stages=[RegisterStage.TECHNOLOGY],
    )

    assert _count(ban, element="Nd") == 1.0


@pytest.mark.parametrize(
    "measure",
    [
        make.measure(type=MeasureType.ENTITY_PROHIBITION, control_basis=ControlBasis.ENTITY_LIST),
        make.measure(type=MeasureType.REPORTING, control_basis=ControlBasis.ORDINARY_TRADE),
        make.measure(control_basis=ControlBasis.ORDINARY_TRADE),
        make.measure(type=MeasureType.PROHIBITION, elements_mode=ElementsMode.ANY_DUAL_USE_LISTED),
    ],
)
def test_lists_reports_ordinary_licences_and_bans_by_reference_do_not_count(
    measure: ControlMeasure,
) -> None:
    assert _count(measure) == 0.0


def test_a_measure_of_the_union_counts_for_its_members() -> None:
    snapshot = _snapshot(make.measure(exporter="EU"), make.measure("DE-1", exporter="DE"))

    assert snapshot.restriction_count("DE", "Dy") == 2.0
    assert snapshot.restriction_count("FR", "Dy") == 1.0
    assert snapshot.restriction_count("EU", "Dy") == 1.0


def test_only_four_restrictions_raise_the_rate() -> None:
    # Announced, coming long after the horizon: they act through the count alone.
    far = timeline((-600, crossings.IN_FORCE))
    only_b = DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"B"}))
    many = [
        make.measure(f"A-{place}", timeline=far, announced=days_ago(9), destinations=only_b)
        for place in range(6)
    ]

    four, six = (
        sigma(crossings.paths(make.reference(*chosen)), "A", index=SEPARATION)
        for chosen in (many[:4], many)
    )

    rate = 0.30 * (1.0 + 0.5 * 4.0) * 0.5 * 0.9
    severity = (0.2 * 90.0 + 0.8 * (0.3 * 60.0 + 0.4 * 75.0 + 0.3 * 90.0)) / 180.0
    assert four == pytest.approx((1.0 - math.exp(-rate * 180.0 / 365.0)) * severity, abs=EXACT)
    assert six == four


@pytest.mark.parametrize(
    ("side", "rate"),
    [
        (Side.LOW, 0.13 * 0.5 * 0.45),
        (Side.NOMINAL, 0.30 * 0.5 * 0.9),
        (Side.HIGH, 0.70 * 0.5 * 1.0),
    ],
)
def test_the_share_of_the_rate_is_taken_at_its_own_bound(side: Side, rate: float) -> None:
    world = (make.mix_row(Stage.SEPARATION, {"A": 0.9, "B": 0.1}, bounds={}),)
    data = make.reference(supply_side=make.supply(world=world))
    found = crossings.paths(data, form="oxide", side=side)

    cause = (STRUCTURAL, "separation", "A", "C")
    refused, late = {
        Side.LOW: (0.1, (36.0, 45.0, 90.0)),
        Side.NOMINAL: (0.2, (60.0, 75.0, 90.0)),
        Side.HIGH: (0.6, (90.0, 90.0, 90.0)),
    }[side]
    waits = 0.3 * late[0] + 0.4 * late[1] + 0.3 * late[2]
    severity = (refused * 90.0 + (1.0 - refused) * waits) / 180.0
    assert found.crossing("Dy", 0, "A", "C", None).addends[cause] == pytest.approx(
        (1.0 - math.exp(-rate * 180.0 / 365.0)) * severity, abs=EXACT
    )


@pytest.mark.parametrize(
    ("side", "governance"), [(Side.LOW, 0.3), (Side.NOMINAL, 0.6), (Side.HIGH, 1.0)]
)
def test_unknown_governance_spans_and_is_flagged(side: Side, governance: float) -> None:
    known, unknown = (
        crossings.paths(
            make.reference(supply_side=make.supply(governance=values)), form="oxide", side=side
        ).crossing("Dy", 0, "A", "C", None)
        for values in ({"A": governance}, {})
    )

    assert unknown.value == pytest.approx(known.value, abs=EXACT)
    assert unknown.flags == {GOVERNANCE_ASSUMED}
    assert known.flags == frozenset()


def test_unspecified_countries_cannot_have_an_estimate_and_raise_no_flag() -> None:
    world = (make.mix_row(Stage.SEPARATION, {"ZZ": 1.0}),)
    found = crossings.paths(make.reference(supply_side=make.supply(world=world)), form="oxide")

    assert found.crossing("Dy", 0, "ZZ", "C", None).flags == frozenset()
    assert found.crossing("Dy", 0, "ZZ", "C", None).value > 0.0


def test_without_clustering_the_count_does_not_matter() -> None:
    method = make.with_parameters(make.shipped_methodology(), mu=Triple.exactly(0.0))
    only_b = DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"B"}))
    counted = make.measure(destinations=only_b)
    none, one = (
        sigma(crossings.paths(make.reference(*chosen, methodology=method)), "A")
        for chosen in ((), (counted,))
    )

    assert one == none
