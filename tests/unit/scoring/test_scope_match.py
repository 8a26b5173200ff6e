"""How the scope of a measure meets goods: exact items, co-containment, spill-over, listings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from app.domain.context import EndUse
from app.domain.controls import (
    ControlBasis,
    ControlledItems,
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    ItemCondition,
    LegalForce,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
)
from app.domain.reference import ReferenceData
from app.domain.supply import Chain, Stage
from app.domain.triple import Side
from app.scoring.path import Leg
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, MAGNET, SEPARATION, sigma

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
OF_MAGNETS = (RegisterStage.MAGNET,)


def _ban(*elements: str, stages: Iterable[RegisterStage] = OF_MAGNETS) -> ControlMeasure:
    return make.measure("A-1", elements=elements, stages=stages, rules=BAN)


def _data(*measures: ControlMeasure) -> ReferenceData:
    return make.reference(*measures, methodology=crossings.no_structural_risk())


def _sigma(
    *measures: ControlMeasure,
    element: str = "Nd",
    contained: Iterable[str] = ("Nd",),
    side: Side = Side.NOMINAL,
    index: int = MAGNET,
    form: str = "magnet",
) -> float:
    found = crossings.paths(_data(*measures), contained=contained, side=side, form=form)
    return sigma(found, "A", index=index, element=element)


def test_one_listed_element_controls_the_whole_magnet() -> None:
    assert _sigma(_ban("Dy"), contained=("Nd", "Dy")) == pytest.approx(1.0, abs=EXACT)


def test_the_oxide_of_an_unlisted_element_stays_free_whatever_the_magnet_holds() -> None:
    ban = _ban("Dy", stages=(RegisterStage.OXIDE, RegisterStage.MAGNET))

    assert _sigma(ban, contained=("Nd", "Dy"), index=SEPARATION) == 0.0


def test_elements_of_a_salt_do_not_control_each_other() -> None:
    ban = _ban("Dy", stages=(RegisterStage.OXIDE,))

    assert _sigma(ban, contained=("Nd", "Dy"), index=SEPARATION, form="oxide") == 0.0


@pytest.mark.parametrize(
    ("side", "spilled"), [(Side.LOW, 0.0), (Side.NOMINAL, 0.3), (Side.HIGH, 0.6)]
)
def test_a_magnet_without_a_listed_element_gets_the_spill_over(side: Side, spilled: float) -> None:
    assert _sigma(_ban("Dy"), side=side) == pytest.approx(spilled, abs=EXACT)


def test_nothing_spills_over_to_oxides() -> None:
    ban = _ban("Dy", stages=(RegisterStage.OXIDE,))

    assert _sigma(ban, index=SEPARATION) == 0.0


def test_nothing_spills_over_from_a_measure_that_lists_no_magnets() -> None:
    assert _sigma(_ban("Dy", stages=(RegisterStage.OXIDE,))) == 0.0


def test_spilled_goods_count_as_civil_even_for_a_military_use() -> None:
    licence = make.measure("A-1", elements=["Dy"], stages=OF_MAGNETS)
    data = _data(licence)
    use = crossings.use_for(EndUse.MILITARY)
    spilled, listed = (
        sigma(crossings.paths(data, contained=held, use=use), "A", element="Nd")
        for held in (["Nd"], ["Nd", "Dy"])
    )

    # Of a licence duty that has settled: 0.2 refused, delays worked off. Military: 0.9 refused.
    assert spilled == pytest.approx(0.3 * 0.2, abs=EXACT)
    assert listed == pytest.approx(0.9 + 0.1 * (0.3 * 90 + 0.4 * 180 + 0.3 * 180) / 180, abs=EXACT)


FINE = ItemCondition(property="particle_size_um")


@pytest.mark.parametrize(
    ("side", "match"), [(Side.LOW, 0.0), (Side.NOMINAL, 0.0), (Side.HIGH, 1.0)]
)
def test_a_property_that_no_line_states_matches_at_the_unfavourable_end_only(
    side: Side, match: float
) -> None:
    item = ControlledItems(
        elements=frozenset({"Nd"}), stages=frozenset({RegisterStage.OXIDE}), condition=FINE
    )
    ban = _ban("Nd")
    ban = replace(ban, scope=replace(ban.scope, items=(item,)))

    assert _sigma(ban, side=side, index=SEPARATION) == pytest.approx(match, abs=EXACT)


def test_a_second_item_without_a_property_decides() -> None:
    items = tuple(
        ControlledItems(
            elements=frozenset({element}), stages=frozenset(OF_MAGNETS), condition=condition
        )
        for element, condition in (("Nd", FINE), ("Dy", None))
    )
    ban = _ban("Nd")
    ban = replace(ban, scope=replace(ban.scope, items=items))
    finder = crossings.paths(_data(ban), contained=("Nd", "Dy")).engine

    (meeting,) = finder._finder._scope.meetings(
        "A", OF_MAGNETS, frozenset({"Nd", "Dy"}), liable=False
    )

    # Observations of neodymium would not speak of these goods: only dysprosium triggered.
    assert meeting.listings[0].hit.triggers == frozenset({"Dy"})


def _by_reference(**changes: object) -> ControlMeasure:
    """Return a ban on military use of whatever the exporter's dual-use list holds."""
    rules = (
        Rule(
            when="military use",
            outcome=Outcome.PROHIBITED,
            applies=RuleApplies(end_uses=frozenset({"military"})),
        ),
    )
    return make.measure(
        "A-2",
        type=MeasureType.PROHIBITION,
        elements_mode=ElementsMode.ANY_DUAL_USE_LISTED,
        rules=rules,
        **changes,  # type: ignore[arg-type]  # named as in the factory
    )


def _military(*measures: ControlMeasure, element: str = "Dy", importer: str = "C") -> float:
    use = crossings.use_for(EndUse.MILITARY)
    found = crossings.paths(_data(*measures), use=use)
    return found._crossing(
        element, SEPARATION, Leg("A", importer, final=True, declared=True)
    ).addends.get(("A-2", "separation", "A", importer), 0.0)


def test_a_ban_by_reference_needs_a_listing() -> None:
    assert _military(_by_reference()) == 0.0


def test_a_ban_by_reference_binds_what_is_listed() -> None:
    licence = make.measure("A-1", elements=["Dy"])

    assert _military(_by_reference(), licence) == pytest.approx(1.0, abs=EXACT)
    assert _military(_by_reference(), licence, element="Nd") == 0.0


def test_a_ban_by_reference_builds_on_dual_use_licences_only() -> None:
    ordinary = make.measure("A-1", control_basis=ControlBasis.ORDINARY_TRADE)

    assert _military(_by_reference(), ordinary) == 0.0


def test_a_ban_by_reference_binds_where_the_listing_reaches() -> None:
    only_b = DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"B"}))
    licence = make.measure("A-1", destinations=only_b)

    assert _military(_by_reference(), licence, importer="C") == 0.0
    assert _military(_by_reference(), licence, importer="B") == pytest.approx(1.0, abs=EXACT)


def test_a_ban_by_reference_speaks_of_its_own_forms() -> None:
    licence = make.measure("A-1")

    assert _military(_by_reference(stages=[RegisterStage.MAGNET]), licence) == 0.0


def test_a_rumoured_ban_on_a_suspended_listing_binds_by_both() -> None:
    suspended = make.measure(
        "A-1",
        timeline=crossings.timeline((300, crossings.IN_FORCE), (100, crossings.SUSPENDED)),
    )
    rumour = _by_reference(legal_force=LegalForce.UNACKNOWLEDGED)

    # Credence 0.6 times the chance 0.35 that the listing comes back, half-way through 180 days;
    # beside it the listing alone, towards the military as hard for so long, goes first by name.
    expected = (1.0 - 0.35) * 0.6 * 0.35 * 0.5
    assert _military(rumour, suspended) == pytest.approx(expected, abs=EXACT)


def test_a_device_itself_falls_under_no_measure() -> None:
    device = Chain(
        form="device_magnet",
        stages=(Stage.SEPARATION, Stage.MAGNET),
        register_stages=((RegisterStage.OXIDE,), ()),
    )
    supply = make.supply(chains={"device_magnet": device})
    data = make.reference(
        _ban("Dy", stages=RegisterStage),
        supply_side=supply,
        methodology=crossings.no_structural_risk(),
    )

    assert sigma(crossings.paths(data, form="device_magnet"), "A") == 0.0
