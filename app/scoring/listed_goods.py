"""Which items of a measure the goods of a line are, may be, or hold inside."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

from app.domain.controls import ControlledItems
from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.supply import Chain
from app.domain.triple import Side


class Fit(enum.Enum):
    """How goods of a form meet an item: they are one, they hold one inside, or neither."""

    SELF = "self"
    INSIDE = "inside"
    NONE = "none"


def contained_at(contents: Iterable[ElementContent], side: Side) -> frozenset[str]:
    """Return the elements that goods hold at one end.

    A composition whose fraction may be zero is without the element at that end.
    """
    return frozenset(
        content.symbol
        for content in contents
        if content.presence.at(side) > 0.0
        and (content.fraction is None or content.fraction.at(side) > 0.0)
    )


def fit_of(items: Iterable[ControlledItems], chain: Chain, elements: frozenset[str]) -> Fit:
    """Return how goods of a form with some elements meet the items of a measure.

    Assemblies are no items themselves; what was built into them may be.

    Args:
        items: Controlled goods.
        chain: Stages of the form, with the names that the legal texts use.
        elements: Elements that the goods hold.
    """
    listed = [item for item in items if item.elements & elements]
    own = frozenset(chain.register_stages[-1])
    if any(item.stages & own for item in listed):
        return Fit.SELF
    if own:
        return Fit.NONE
    before = {stage for names in chain.register_stages[-2:-1] for stage in names}
    if any(item.stages & before for item in listed):
        return Fit.INSIDE
    return Fit.NONE


def fits(
    items: tuple[ControlledItems, ...],
    found: IdentifiedLine,
    chains: Mapping[str, Chain],
    *,
    side: Side,
) -> tuple[Fit, ...]:
    """Return the fit of a line for each form that it may have, at one end."""
    elements = contained_at(found.elements, side)
    return tuple(fit_of(items, chains[form], elements) for form in found.forms)


def listed_elements(
    items: Iterable[ControlledItems], contents: Iterable[ElementContent]
) -> tuple[str, ...]:
    """Return the elements of the goods that some item names, in alphabetical order."""
    named = frozenset[str]().union(*(item.elements for item in items))
    return tuple(sorted(contained_at(contents, Side.HIGH) & named))
