"""A general licence that a supplier holds for the customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.bom import Bridge
from app.domain.context import EndUse
from app.domain.controls import ControlBasis, ControlMeasure, Outcome, Rule, RuleApplies
from app.domain.triple import Side
from app.scoring.kernel import NO_BUFFER, Buffer
from app.scoring.path import Leg, Relation
from app.scoring.scored_lines import scored_lines
from app.scoring.sigma import GeneralLicence
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, SEPARATION

OLD = make.in_force_for(130)
#: A licence duty that has settled, on raw goods: 0.2 refused, the rest after 30, 63, 150 days.
UNCOVERED = 0.2 + 0.8 * (0.3 * 30.0 + 0.4 * 63.0 + 0.3 * 150.0) / 180.0


def _sigma(
    days_left: float | None,
    *measures: ControlMeasure,
    end_use: EndUse = EndUse.CIVIL,
    side: Side = Side.NOMINAL,
    buffer: Buffer = NO_BUFFER,
) -> float:
    data = make.reference(
        *(measures or (make.measure(timeline=OLD),)), methodology=crossings.no_structural_risk()
    )
    found = crossings.paths(data, use=crossings.use_for(end_use, side), side=side, buffer=buffer)
    licence = None if days_left is None else GeneralLicence(days_left)
    leg = Leg("A", "C", final=True, declared=True, relation=Relation(licence))
    return found._crossing("Dy", SEPARATION, leg).value


def test_without_a_licence_the_duty_hits_in_full() -> None:
    assert _sigma(None) == pytest.approx(UNCOVERED, abs=EXACT)


def test_a_licence_beyond_the_horizon_leaves_the_severity_of_a_general_licence() -> None:
    expected = 0.02 + 0.98 * (0.4 * 7.0 + 0.3 * 30.0) / 180.0

    assert _sigma(200.0) == pytest.approx(expected, abs=EXACT)


def test_a_licence_that_lapses_leaves_the_duty_from_then_on() -> None:
    # From day 60 on: 0.2 of 120 days refused, delays of 30, 63 and 120 days in what is left.
    later = (0.2 * 120.0 + 0.8 * (0.3 * 30.0 + 0.4 * 63.0 + 0.3 * 120.0)) / 180.0

    assert _sigma(60.0) == pytest.approx(later, abs=EXACT)


def test_until_it_lapses_the_licence_itself_may_be_the_harder_part() -> None:
    # Stock of 5 days and a full bridge from day 40: later nothing is open any more.
    buffer = Buffer(5.0, (Bridge(from_day=40.0, share=1.0),))
    covered = (0.02 * 35.0 + 0.98 * (0.4 * 2.0 + 0.3 * 25.0)) / 180.0

    assert _sigma(150.0, buffer=buffer) == pytest.approx(covered, abs=EXACT)


@pytest.mark.parametrize("side", Side)
def test_a_licence_helps_at_every_end(side: Side) -> None:
    assert _sigma(200.0, side=side) < _sigma(None, side=side)


def test_a_licence_never_helps_against_a_prohibition() -> None:
    ban = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
    measure = make.measure(rules=ban)

    assert _sigma(200.0, measure) == _sigma(None, measure) == 1.0


def test_a_licence_never_makes_an_ordinary_licence_worse() -> None:
    ordinary = make.measure(control_basis=ControlBasis.ORDINARY_TRADE)

    assert _sigma(200.0, ordinary) == _sigma(None, ordinary)


def test_a_licence_softens_the_presumption_of_denial() -> None:
    expected = 0.02 + 0.98 * (0.4 * 7.0 + 0.3 * 30.0) / 180.0

    assert _sigma(200.0, end_use=EndUse.MILITARY) == pytest.approx(expected, abs=EXACT)


def test_a_line_takes_the_licence_of_the_supplier_that_holds_it() -> None:
    held = make.TODAY + timedelta(days=90)
    two = make.line(suppliers={"A": 0.5, "B": 0.5})
    (first, second) = two.suppliers
    one = replace(two, suppliers=(replace(first, general_licence_valid_to=held), second))
    data = make.reference()

    (scored,) = scored_lines(
        make.bom(one), (make.found("1", make.content()),), data, make.context()
    )

    assert [origin.relation.licence for origin in scored.origins] == [GeneralLicence(90.0), None]


@pytest.mark.parametrize("days", [0, -1])
def test_a_licence_that_has_run_out_is_none(days: int) -> None:
    supplier = make.line(suppliers={"A": 1.0}).suppliers[0]
    lapsed = make.TODAY + timedelta(days=days)
    one = replace(make.line(), suppliers=(replace(supplier, general_licence_valid_to=lapsed),))
    identified = (make.found("1", make.content()),)

    (scored,) = scored_lines(make.bom(one), identified, make.reference(), make.context())

    assert scored.origins[0].relation.licence is None
