"""Which status results for some goods; an invented register of country A."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.controls import (
    ControlBasis,
    ItemCondition,
    MeasureType,
    Outcome,
    Rule,
    TimelineEvent,
)
from app.domain.triple import Triple
from app.errors import UnknownKeyError
from tests import factories as make
from tests.law_factories import (
    ANNOUNCED,
    ENDED,
    IN_FORCE,
    MAGNET,
    MILITARY,
    SUSPENDED,
    ask,
    ban,
    in_doubt,
    licence,
    ordinary,
    rule,
    running,
)


def test_without_any_measure_nothing_is_controlled() -> None:
    view = ask()

    assert (view.status, view.certainty, view.measures) == ("not_controlled", None, ())
    assert view.next_change is None
    assert view.licence_days is None


def test_the_ordinary_licence_is_the_mildest() -> None:
    view = ask(ordinary(), element="Nd")

    assert (view.status, view.certainty) == ("ordinary_licence", "enacted")
    assert view.licence_days == Triple(0.0, 0.0, 3.0)


def test_the_dual_use_licence_goes_before_the_ordinary_one() -> None:
    assert ask(ordinary(), licence()).measures == ("A-DUAL", "A-ORDINARY")
    assert ask(ordinary(), licence()).status == "licence_required"


@pytest.mark.parametrize(
    ("timeline", "status"),
    [
        (running(ANNOUNCED), "announced"),
        (running(SUSPENDED), "suspended"),
        (running(ENDED), "ordinary_licence"),
        (running(IN_FORCE, 1), "ordinary_licence"),
    ],
)
def test_a_status_of_the_dual_use_measure(timeline: tuple[TimelineEvent, ...], status: str) -> None:
    assert ask(ordinary(), licence(timeline=timeline)).status == status


def test_a_quota_of_ordinary_trade_is_an_ordinary_licence() -> None:
    quota = make.measure(type=MeasureType.QUOTA, control_basis=ControlBasis.ORDINARY_TRADE)

    assert ask(quota).status == "ordinary_licence"


@pytest.mark.parametrize(
    "kind",
    [
        MeasureType.DUTY,
        MeasureType.REPORTING,
        MeasureType.FRAMEWORK,
        MeasureType.DE_FACTO_EMBARGO,
        MeasureType.SUPPLY_DISRUPTION,
        MeasureType.PROCUREMENT_RESTRICTION,
    ],
)
def test_what_is_no_law_on_the_goods_gives_no_status(kind: MeasureType) -> None:
    banning = make.measure(type=kind, rules=(rule(Outcome.PROHIBITED),))

    assert ask(banning).status == "not_controlled"


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome.CASE_BY_CASE,
        Outcome.PRESUMPTION_OF_DENIAL,
        Outcome.PROHIBITED,
        Outcome.ENHANCED_LICENCE,
    ],
)
def test_the_strictest_rule_decides(outcome: Outcome) -> None:
    strict = make.measure(rules=(rule(Outcome.LICENCE), rule(outcome)))

    assert ask(strict).status == outcome.value


@pytest.mark.parametrize("outcome", [Outcome.EXEMPT, Outcome.NOT_CONTROLLED])
def test_an_exemption_asks_nothing(outcome: Outcome) -> None:
    assert ask(make.measure(rules=(rule(outcome),))).status == "not_controlled"


def test_rules_that_speak_of_no_goods_or_of_other_forms_are_left_out() -> None:
    none = Rule(when="whoever helps", outcome=Outcome.PROHIBITED, applies=None)
    devices = rule(Outcome.PROHIBITED, devices=True)
    magnets = rule(Outcome.PROHIBITED, stages=(MAGNET,))

    assert ask(make.measure(rules=(none, devices, magnets))).status == "not_controlled"
    assert ask(make.measure(rules=(none, devices, magnets)), form="magnet").status == "prohibited"


def test_one_listed_element_controls_a_whole_magnet() -> None:
    assert (
        ask(licence(), element="Nd", holds=("Nd", "Dy"), form="magnet").status == "licence_required"
    )
    assert ask(licence(), element="Nd", holds=("Nd",), form="magnet").status == "not_controlled"


def test_oxides_stand_alone() -> None:
    assert ask(licence(), element="Nd", holds=("Nd", "Dy"), form="oxide").status == "not_controlled"


def test_a_device_is_not_controlled_and_says_what_is() -> None:
    view = ask(licence(), ban(), form="device_magnet", end_use=MILITARY)

    assert view.status == "not_controlled"
    assert any("Assemblies" in note for note in view.notes)


def test_possible_elements_are_told_but_change_no_status() -> None:
    view = ask(licence(), element="Nd", may_hold=("Tb", "Dy"), form="magnet")

    assert (view.status, view.best_estimate, view.worst_case) == (
        "not_controlled", "not_controlled", "licence_required",
    )  # fmt: skip
    assert "If the goods hold Dy or Tb, the status is licence_required" in view.notes[-1]


def test_possible_elements_that_make_nothing_worse_are_not_mentioned() -> None:
    view = ask(licence(), holds=("Dy",), may_hold=("Tb",), form="magnet")

    assert (view.best_estimate, view.worst_case, view.notes) == (None, None, ())


def test_possible_elements_of_a_measure_in_doubt_give_its_worst_case() -> None:
    view = ask(licence(timeline=in_doubt()), element="Nd", may_hold=("Dy",), form="magnet")

    assert (view.status, view.worst_case) == ("not_controlled", "licence_required")


def test_possible_elements_add_to_a_status_in_doubt() -> None:
    doubtful = licence("A-DOUBT", elements=("Ho",), timeline=in_doubt())
    banned = make.measure("A-TB", elements=("Tb",), rules=(rule(Outcome.PROHIBITED),))

    view = ask(doubtful, banned, element="Ho", may_hold=("Tb",), form="magnet")

    assert (view.status, view.best_estimate, view.worst_case) == (
        "unconfirmed", "suspended", "prohibited",
    )  # fmt: skip


def test_a_property_that_nobody_stated_is_a_note() -> None:
    fine = ItemCondition(property="particle_size_um", below=Decimal(500))
    pure = ItemCondition(property="purity", at_least=Decimal("0.999"))
    measures = []
    for name, condition in (("A-FINE", fine), ("A-PURE", pure), ("A-SOON", fine)):
        base = licence(name, timeline=running(ANNOUNCED) if name == "A-SOON" else None)
        items = tuple(replace(item, condition=condition) for item in base.scope.items)
        measures.append(replace(base, scope=replace(base.scope, items=items)))

    view = ask(*measures)

    assert view.status == "not_controlled"
    assert view.notes == (
        "A-FINE controls the goods only if particle_size_um is below 500.",
        "A-PURE controls the goods only if purity is at least 0.999.",
    )
    assert ask(*measures, exporter="B").notes == ()


def test_an_unknown_form_is_an_error() -> None:
    with pytest.raises(UnknownKeyError, match="no product form 'sponge'"):
        ask(licence(), form="sponge")


def test_nothing_is_controlled_inside_a_bloc() -> None:
    view = ask(licence(), exporter="A", destination="A")

    assert view.status == "not_controlled"
    assert view.notes == ("The goods cross no customs border.",)
