"""Patches of the method: known parameters, within their interval."""

from __future__ import annotations

import math

import pytest

from app.domain.methodology import Evidence
from app.domain.triple import Triple
from app.errors import InvalidNumberError, UnknownKeyError
from app.scoring.patches_method import MultiplyDelays, SetParameter, span_of, with_parameter
from tests import factories as make
from tests import plain_world as plain

PARAMETERS = make.shipped_methodology().parameters
INPUTS = plain.inputs_of(plain.plain_reference(methodology=make.shipped_methodology()))


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("p_reactivated", (0.10, 0.80)),
        ("adaptation_worked", (0.0, 1.0)),
        ("credence.press_report", (0.3, 0.9)),
    ],
)
def test_a_parameter_may_lie_within_its_interval(name: str, span: tuple[float, float]) -> None:
    assert span_of(PARAMETERS, name) == span


@pytest.mark.parametrize("name", ["nonsense", "gamma", "credence", "credence.rumour", "__class__"])
def test_what_has_no_interval_is_no_parameter(name: str) -> None:
    with pytest.raises(UnknownKeyError, match="no parameter"):
        span_of(PARAMETERS, name)


def test_a_known_parameter_is_the_same_at_every_end() -> None:
    by_triple = with_parameter(PARAMETERS, "kappa", 0.3)
    by_side = with_parameter(PARAMETERS, "adaptation_raw", 0.5)
    by_class = with_parameter(PARAMETERS, "credence.press_report", 0.4)

    assert by_triple.kappa == Triple(0.3, 0.3, 0.3)
    assert by_side.adaptation_raw == (0.5, 0.5, 0.5)
    assert by_class.credence[Evidence.PRESS_REPORT] == Triple(0.4, 0.4, 0.4)
    assert by_class.credence[Evidence.LEGAL_TEXT] == PARAMETERS.credence[Evidence.LEGAL_TEXT]


def test_setting_a_parameter_changes_the_method_alone() -> None:
    changed = SetParameter(name="kappa", value=0.5)(INPUTS)

    assert changed.reference.methodology.parameters.kappa == Triple.exactly(0.5)
    assert changed.reference.register is INPUTS.reference.register
    assert changed.bom is INPUTS.bom


@pytest.mark.parametrize("value", [0.51, 0.09, math.nan, math.inf])
def test_a_value_outside_the_interval_is_refused(value: float) -> None:
    with pytest.raises(InvalidNumberError, match=r"between 0\.1 and 0\.5"):
        SetParameter(name="kappa", value=value)(INPUTS)


@pytest.mark.parametrize("factor", [-1.0, math.nan, math.inf])
def test_a_factor_on_delays_is_0_or_more(factor: float) -> None:
    with pytest.raises(InvalidNumberError, match="0 or more"):
        MultiplyDelays(factor=factor)(INPUTS)
