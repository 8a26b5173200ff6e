"""How hard a kind hits by age, phase, stage and end of the interval."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.context import EndUse
from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
)
from app.domain.methodology import Kind
from app.domain.supply import Stage
from app.domain.triple import Side
from app.scoring.path import Leg, Relation
from app.scoring.severity import hardness_of_kind, phased_delays
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, MAGNET, SEPARATION, sigma


def _delays(age: float, *, start: float = 0.0, kind: Kind = Kind.INDIVIDUAL_LICENCE) -> list[float]:
    found = phased_delays(
        kind, start_days=start, age_days=age, methodology=make.shipped_methodology()
    )
    return list(found)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0.0, [60.0, 75.0, 150.0]),
        (60.0, [60.0, 75.0, 150.0]),
        (90.0, [45.0, 69.0, 150.0]),
        (120.0, [30.0, 63.0, 150.0]),
        (900.0, [30.0, 63.0, 150.0]),
    ],
)
def test_delays_of_a_licence_settle_between_two_and_four_months(
    age: float, expected: list[float]
) -> None:
    assert _delays(age) == pytest.approx(expected, abs=EXACT)


def test_a_coming_licence_has_the_delays_of_its_first_weeks() -> None:
    assert _delays(900.0, start=10.0) == [60.0, 75.0, 150.0]


def test_a_kind_without_first_weeks_has_one_set_of_delays() -> None:
    assert _delays(0.0, kind=Kind.STALLED) == [90.0, 180.0, 365.0]


def _hardness(
    side: Side, *, stage: Stage = Stage.SEPARATION, new: bool = False, adapted: bool = True
) -> tuple[float, list[float]]:
    found = hardness_of_kind(
        Kind.INDIVIDUAL_LICENCE,
        stage=stage,
        start_days=0.0,
        age_days=40.0,
        new_relation=new,
        methodology=make.shipped_methodology(),
        side=side,
        adapted=adapted,
    )
    return found.refusal, list(found.delays)


@pytest.mark.parametrize(
    ("side", "stage", "refusal", "delays"),
    [
        # Delay multiplier 0.6, 1, 1.6; then chi x 40 days: raw 1, 0, 0; worked 1, 0.5, 0.
        (Side.LOW, Stage.SEPARATION, 0.1, [0.0, 5.0, 50.0]),
        (Side.NOMINAL, Stage.SEPARATION, 0.2, [60.0, 75.0, 150.0]),
        (Side.HIGH, Stage.SEPARATION, 0.6, [96.0, 120.0, 240.0]),
        (Side.LOW, Stage.MAGNET, 0.1, [0.0, 5.0, 50.0]),
        (Side.NOMINAL, Stage.MAGNET, 0.2, [40.0, 55.0, 130.0]),
        (Side.HIGH, Stage.DEVICE, 0.6, [96.0, 120.0, 240.0]),
    ],
)
def test_hardness_at_each_end(
    side: Side, stage: Stage, refusal: float, delays: list[float]
) -> None:
    found = _hardness(side, stage=stage)

    assert found[0] == refusal
    assert found[1] == pytest.approx(delays, abs=EXACT)


def test_a_new_relation_has_learned_nothing() -> None:
    assert _hardness(Side.NOMINAL, stage=Stage.MAGNET, new=True)[1] == [60.0, 75.0, 150.0]


def test_observations_build_on_what_nobody_has_learned() -> None:
    assert _hardness(Side.NOMINAL, stage=Stage.MAGNET, adapted=False)[1] == [60.0, 75.0, 150.0]


def _rule(outcome: Outcome = Outcome.LICENCE, **applies: object) -> tuple[Rule, ...]:
    return (Rule(when="x", outcome=outcome, applies=RuleApplies(**applies)),)  # type: ignore[arg-type]  # named as in the rule


def _sigma(
    *measures: ControlMeasure,
    side: Side = Side.NOMINAL,
    end_use: EndUse = EndUse.CIVIL,
    index: int = SEPARATION,
) -> float:
    data = make.reference(*measures, methodology=crossings.no_structural_risk())
    return sigma(
        crossings.paths(data, side=side, use=crossings.use_for(end_use, side)), "A", index=index
    )


def test_a_new_supplier_waits_longer() -> None:
    data = make.reference(
        make.measure(timeline=make.in_force_for(40)), methodology=crossings.no_structural_risk()
    )
    found = crossings.paths(data)
    known, new = (
        found._crossing("Dy", MAGNET, Leg("A", "C", final=True, relation=Relation(new=new))).value
        for new in (False, True)
    )

    assert new == pytest.approx(0.2 + 0.8 * (0.3 * 60 + 0.4 * 75 + 0.3 * 150) / 180, abs=EXACT)
    assert known == pytest.approx(0.2 + 0.8 * (0.3 * 40 + 0.4 * 55 + 0.3 * 130) / 180, abs=EXACT)


TYPES = MeasureType

#: D90 of three days, times the delay multiplier; buyers have worked it off at the low end.
REGISTRATION = (0.0, 0.3 * 3.0 / 180.0, 0.02 + 0.98 * 0.3 * 4.8 / 180.0)


@pytest.mark.parametrize(
    ("type_", "basis", "expected"),
    [
        (
            TYPES.LICENCE_REQUIREMENT,
            ControlBasis.ORDINARY_TRADE,
            REGISTRATION,
        ),
        (TYPES.DUTY, ControlBasis.ORDINARY_TRADE, (0.06, 0.08, 0.10)),
        (TYPES.QUOTA, ControlBasis.ORDINARY_TRADE, (0.0, 0.0, 0.0)),
        (TYPES.QUOTA, ControlBasis.INDUSTRY, (0.0, 0.0, 0.0)),
        (TYPES.REPORTING, ControlBasis.ORDINARY_TRADE, REGISTRATION),
        (TYPES.TECHNOLOGY_BAN, ControlBasis.TECHNOLOGY_CATALOGUE, (0.0, 0.0, 0.0)),
        (TYPES.FRAMEWORK, ControlBasis.DUAL_USE, (0.0, 0.0, 0.0)),
        (TYPES.FACILITATION, ControlBasis.DUAL_USE, (0.0, 0.0, 0.0)),
        (TYPES.SUSPENSION_INSTRUMENT, ControlBasis.DUAL_USE, (0.0, 0.0, 0.0)),
        (TYPES.PROCUREMENT_RESTRICTION, ControlBasis.FOREIGN, (0.0, 0.0, 0.0)),
    ],
)
def test_kinds_by_type_of_instrument(
    type_: MeasureType, basis: ControlBasis, expected: tuple[float, float, float]
) -> None:
    measure = make.measure(type=type_, control_basis=basis)

    assert [_sigma(measure, side=side) for side in Side] == pytest.approx(expected, abs=EXACT)


def test_a_disruption_without_a_legal_act_counts_as_registration() -> None:
    measure = make.measure(type=MeasureType.SUPPLY_DISRUPTION, control_basis=ControlBasis.FOREIGN)

    assert [_sigma(measure, side=side) for side in Side] == pytest.approx(REGISTRATION, abs=EXACT)


def test_a_halt_in_practice_is_stalled_and_never_a_prohibition() -> None:
    measure = make.measure(
        type=MeasureType.DE_FACTO_EMBARGO, control_basis=ControlBasis.CUSTOMS_PRACTICE
    )

    assert _sigma(measure) == pytest.approx(0.97, abs=EXACT)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.PROHIBITED, 1.0),
        (Outcome.PRESUMPTION_OF_DENIAL, 0.9 + 0.1 * (0.3 * 90 + 0.4 * 180 + 0.3 * 180) / 180),
        (Outcome.CASE_BY_CASE, 0.45 + 0.55 * (0.3 * 63 + 0.4 * 120 + 0.3 * 180) / 180),
        (Outcome.ENHANCED_LICENCE, 0.45 + 0.55 * (0.3 * 63 + 0.4 * 120 + 0.3 * 180) / 180),
        (Outcome.EXEMPT, 0.0),
        (Outcome.NOT_CONTROLLED, 0.0),
    ],
)
def test_kinds_by_outcome_of_the_rule(outcome: Outcome, expected: float) -> None:
    measure = make.measure(rules=_rule(outcome), timeline=make.in_force_for(130))

    assert _sigma(measure) == pytest.approx(expected, abs=EXACT)


def test_the_licence_of_a_prohibition_leaves_the_goods_to_their_own_licence() -> None:
    assert _sigma(make.measure(type=MeasureType.PROHIBITION, rules=_rule())) == 0.0


def test_a_rule_without_goods_or_use_hits_nothing() -> None:
    about_conduct = (Rule(when="help from abroad", outcome=Outcome.PROHIBITED, applies=None),)

    assert _sigma(make.measure(rules=(*about_conduct, *_rule()))) == pytest.approx(0.552)


def test_a_rule_on_devices_hits_no_material() -> None:
    assert _sigma(make.measure(rules=_rule(Outcome.PROHIBITED, devices=True))) == 0.0


def test_a_rule_hits_only_the_forms_that_it_names() -> None:
    rules = _rule(Outcome.PROHIBITED, stages=frozenset({RegisterStage.MAGNET}))
    measure = make.measure(rules=rules)

    assert _sigma(measure, index=SEPARATION) == 0.0
    assert _sigma(measure, index=MAGNET) == 1.0


@pytest.mark.parametrize("outcome", [Outcome.LICENCE, Outcome.CASE_BY_CASE])
def test_a_licence_duty_towards_the_military_amounts_to_refusal(outcome: Outcome) -> None:
    measure = make.measure(rules=_rule(outcome))
    presumption = 0.9 + 0.1 * (0.3 * 90 + 0.4 * 180 + 0.3 * 180) / 180

    assert _sigma(measure, end_use=EndUse.MILITARY) == pytest.approx(presumption, abs=EXACT)


def test_an_ordinary_licence_does_not_ask_for_the_military() -> None:
    measure = make.measure(control_basis=ControlBasis.ORDINARY_TRADE)

    assert _sigma(measure, end_use=EndUse.MILITARY) == pytest.approx(REGISTRATION[1], abs=EXACT)


def test_a_missing_row_of_the_kind_table_cannot_pass_for_harmless() -> None:
    method = replace(make.shipped_methodology(), kind_rules=())
    data = make.reference(make.measure(), methodology=method)

    with pytest.raises(StopIteration):
        crossings.paths(data)
