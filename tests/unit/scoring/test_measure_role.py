"""What a measure can do to a score, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    ElementsMode,
    Extraterritorial,
    MeasureType,
    Outcome,
)
from app.scoring.measure_role import role_of
from tests import factories as make
from tests.law_factories import entity_list, rule

COUNTS = "counts among the restrictions"


def of_type(kind: MeasureType, basis: ControlBasis = ControlBasis.DUAL_USE) -> ControlMeasure:
    return make.measure(type=kind, control_basis=basis, rules=(rule(Outcome.LICENCE),))


def abroad() -> ControlMeasure:
    measure = of_type(MeasureType.LICENCE_REQUIREMENT)
    ways = frozenset({Extraterritorial.FOREIGN_MADE_DE_MINIMIS})
    return replace(measure, scope=replace(measure.scope, extraterritorial=ways))


def by_the_list() -> ControlMeasure:
    measure = of_type(MeasureType.TECHNOLOGY_BAN)
    scope = replace(measure.scope, elements_mode=ElementsMode.ANY_DUAL_USE_LISTED)
    return replace(measure, scope=scope)


@pytest.mark.parametrize(
    ("measure", "words", "counts"),
    [
        (of_type(MeasureType.LICENCE_REQUIREMENT), "on the goods in its scope", True),
        (abroad(), "on goods that leave a third country", True),
        (entity_list("A-LIST", "Example Ltd."), "on the goods in its scope", False),
        (of_type(MeasureType.TECHNOLOGY_BAN), COUNTS, True),
        (by_the_list(), "moves no score", False),
        (of_type(MeasureType.FACILITATION), "where a supplier declares", False),
        (of_type(MeasureType.PROCUREMENT_RESTRICTION), "stops no supply", False),
        (of_type(MeasureType.FRAMEWORK), "moves no score", False),
    ],
)
def test_role_of_a_measure(measure: ControlMeasure, words: str, counts: bool) -> None:
    role = role_of(measure, make.shipped_methodology())

    assert words in role
    assert (COUNTS in role) == counts
