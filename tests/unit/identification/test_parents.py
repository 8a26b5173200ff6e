"""Assemblies and the lines below them are counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.bom import BomLine, DeclaredMaterial
from app.domain.exposure import LineOutcome
from app.identification import compile_identifier
from tests.unit.identification.small_reference import small_reference

IDENTIFIER = compile_identifier(small_reference())
PARENT = BomLine(line_id="1", description="servo motor 1 kW", quantity=1.0, unit="pc")
CHILD = BomLine(
    line_id="2", description="NdFeB magnet", quantity=8.0, unit="pc", parent_line_id="1"
)


@pytest.mark.parametrize("text", ["NdFeB magnet", "magnet 10 mm", "motor"])
def test_an_assembly_gives_up_what_is_below_it(text: str) -> None:
    parent, child = IDENTIFIER.identify_lines([PARENT, replace(CHILD, description=text)])

    assert parent.outcome is LineOutcome.NO_RARE_EARTHS
    assert parent.elements == ()
    assert "counted_below" in [warning[0] for warning in parent.warnings]
    assert child.elements


def test_deeper_lines_count_too() -> None:
    middle = replace(CHILD, line_id="2", description="rotor")
    deep = replace(CHILD, line_id="3", parent_line_id="2")

    parent, _, magnet = IDENTIFIER.identify_lines([PARENT, middle, deep])

    assert parent.elements == ()
    assert magnet.elements


def test_lines_without_rare_earths_take_nothing_away() -> None:
    parent, _ = IDENTIFIER.identify_lines([PARENT, replace(CHILD, description="steel shaft")])

    assert parent.elements


def test_a_declared_composition_stays_with_a_warning() -> None:
    declared = replace(PARENT, materials=(DeclaredMaterial(elements=(("Nd", 0.01),)),))

    parent, _ = IDENTIFIER.identify_lines([declared, CHILD])

    assert parent.outcome is LineOutcome.RARE_EARTHS_FOUND
    assert "possible_double_count" in [warning[0] for warning in parent.warnings]


def test_a_circle_of_parents_ends() -> None:
    one = replace(PARENT, parent_line_id="2")

    answers = IDENTIFIER.identify_lines([one, CHILD])

    assert len(answers) == 2


def test_a_parent_that_is_not_there_does_no_harm() -> None:
    (answer,) = IDENTIFIER.identify_lines([replace(CHILD, parent_line_id="99")])

    assert answer.outcome is LineOutcome.RARE_EARTHS_FOUND
