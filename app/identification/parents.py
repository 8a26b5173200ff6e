"""Keeps an assembly and the lines below it from being counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine, LineOutcome

#: A tree of parts is not deeper; a longer chain is a circle.
_MAX_DEPTH = 64

_WARNING = (
    "counted_below",
    "the rare earths of this assembly are counted in the lines below it, not here",
)


def without_double_counting(
    lines: Sequence[BomLine], identified: Sequence[IdentifiedLine]
) -> tuple[IdentifiedLine, ...]:
    """Return the identified lines; an assembly gives up what lines below it account for.

    A declared composition of the assembly stays, because the caller gave it; then both are
    counted and the warning says so.
    """
    parents = {line.line_id: line.parent_line_id for line in lines if line.parent_line_id}
    if not parents:
        return tuple(identified)
    below = _elements_below(parents, identified)
    return tuple(_reduced(item, below.get(item.line_id, frozenset())) for item in identified)


def _elements_below(
    parents: Mapping[str, str], identified: Sequence[IdentifiedLine]
) -> Mapping[str, frozenset[str]]:
    """Return for each assembly the elements that lines below it may hold."""
    below: dict[str, frozenset[str]] = {}
    for item in identified:
        elements = frozenset(element.symbol for element in item.elements)
        if not elements:
            continue
        ancestor = parents.get(item.line_id)
        for _ in range(_MAX_DEPTH):
            if ancestor is None or ancestor == item.line_id:
                break
            below[ancestor] = below.get(ancestor, frozenset()) | elements
            ancestor = parents.get(ancestor)
    return below


def _reduced(item: IdentifiedLine, below: frozenset[str]) -> IdentifiedLine:
    """Return an assembly without what is counted below it."""
    if not below or below.isdisjoint(element.symbol for element in item.elements):
        return item
    if any(evidence.kind == "declaration" for evidence in item.evidence):
        warning = ("possible_double_count", "declared here and named again in lines below")
        return replace(item, warnings=(*item.warnings, warning))
    return replace(
        item,
        outcome=LineOutcome.NO_RARE_EARTHS,
        elements=(),
        forms=(),
        question=None,
        default_composition=False,
        reason=_WARNING[1],
        warnings=(*item.warnings, _WARNING),
    )
