"""Quantities per parent to quantities per product, by parent key or by level.

Several rows of one part number may all be parents of the same rows; then their totals add up.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Fault, UnreadableFileError
from app.readers.draft import Item
from app.readers.fields import Field

_MASS_UNIT = "kg"


def roll_up(items: Sequence[Item]) -> bool:
    """Turn each item's quantity into a quantity per product, in place.

    Args:
        items: All items of one product, in file order.

    Returns:
        Whether the file has a hierarchy at all.

    Raises:
        UnreadableFileError: Parents form a circle; names the rows.
    """
    groups, parent_of = _parents(items)
    if not parent_of:
        return False
    for index, group in parent_of.items():
        items[index].parent_index = groups[group][0]
    order = _top_down(items, groups, parent_of)
    _refuse_circles(items, order)
    made: dict[int, _Made] = {}
    for index in order:
        if index in parent_of:
            group = parent_of[index]
            if group not in made:  # every member of the group is rolled up by now
                made[group] = _made([items[member] for member in groups[group]])
            _multiply(items[index], made[group])
    return True


@dataclass(frozen=True, slots=True)
class _Made:
    """How much of a parent goes into one product.

    Attributes:
        quantity: Units of all rows of the parent, or None where one is not known.
        mass_kg: Their mass [kg], or None.
    """

    quantity: float | None
    mass_kg: float | None


def _made(parents: Sequence[Item]) -> _Made:
    quantities = [item.quantity for item in parents if item.quantity is not None]
    masses = [
        item.quantity * item.unit_mass_kg
        for item in parents
        if item.quantity is not None and item.unit_mass_kg is not None
    ]
    return _Made(
        math.fsum(quantities) if len(quantities) == len(parents) else None,
        math.fsum(masses) if len(masses) == len(parents) else None,
    )


def _parents(items: Sequence[Item]) -> tuple[list[list[int]], dict[int, int]]:
    """Return groups of parent items, and the group of each item that has a parent."""
    by_ref = _by_reference(items)
    if by_ref[1]:
        return by_ref
    return _by_level(items)


def _by_reference(items: Sequence[Item]) -> tuple[list[list[int]], dict[int, int]]:
    if not any(item.parent_ref for item in items):
        return [], {}
    by_name = _by_name(items)
    groups: list[list[int]] = []
    number: dict[str, int] = {}
    parent_of: dict[int, int] = {}
    missing: dict[str, list[Item]] = defaultdict(list)
    for index, item in enumerate(items):
        name = item.parent_ref
        if not name:
            continue
        if name not in by_name:
            missing[name].append(item)
            continue
        if name not in number:
            number[name] = len(groups)
            groups.append(by_name[name])
        parent_of[index] = number[name]
    _treat_missing(missing, is_tree=bool(parent_of))
    return groups, parent_of


def _treat_missing(missing: dict[str, list[Item]], *, is_tree: bool) -> None:
    """Explain names of parents that no row bears.

    One such name is the product itself. Several, beside parents that were found, leave their lines
    without one. Where none was found at all, the column names groups, not parents.
    """
    for name, orphans in missing.items() if len(missing) > 1 else ():
        for item in orphans:
            if is_tree:
                item.warn("parent_not_found", f"no row is called '{name[:60]}'", None)
            else:
                item.draft.cells.setdefault(Field.CATEGORY, name)


def _by_name(items: Sequence[Item]) -> dict[str, list[int]]:
    """Return the items by key, else by line id, part number or description."""
    by_name: dict[str, list[int]] = {}
    for attribute in ("key", "line_id", "part_number", "description"):
        found: dict[str, list[int]] = defaultdict(list)
        for index, item in enumerate(items):
            name = getattr(item, attribute)
            if name is not None:
                found[name].append(index)
        by_name = {**found, **by_name}
    return by_name


def _by_level(items: Sequence[Item]) -> tuple[list[list[int]], dict[int, int]]:
    groups: list[list[int]] = []
    parent_of: dict[int, int] = {}
    number: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    sheet: str | None = None
    for index, item in enumerate(items):
        if item.draft.sheet != sheet:
            sheet, stack = item.draft.sheet, []
        if item.level is None:
            continue
        while stack and stack[-1][0] >= item.level:
            stack.pop()
        if stack:
            parent = stack[-1][1]
            if parent not in number:
                number[parent] = len(groups)
                groups.append([parent])
            parent_of[index] = number[parent]
        stack.append((item.level, index))
    return groups, parent_of


def _top_down(
    items: Sequence[Item], groups: Sequence[Sequence[int]], parent_of: dict[int, int]
) -> list[int]:
    """Return the items that can be reached from the top, parents before children."""
    waiting = [len(members) for members in groups]
    groups_of: dict[int, list[int]] = defaultdict(list)
    children: dict[int, list[int]] = defaultdict(list)
    for number, members in enumerate(groups):
        for member in members:
            groups_of[member].append(number)
    for index, number in parent_of.items():
        children[number].append(index)
    ready = deque(index for index in range(len(items)) if index not in parent_of)
    order: list[int] = []
    while ready:
        index = ready.popleft()
        order.append(index)
        for number in groups_of.get(index, ()):
            waiting[number] -= 1
            if waiting[number] == 0:
                ready.extend(children[number])
    return order


def _refuse_circles(items: Sequence[Item], order: Sequence[int]) -> None:
    """Raise where some items hang on themselves, so that no order reaches them."""
    reached = set(order)
    stuck = [index for index in range(len(items)) if index not in reached]
    if not stuck:
        return
    faults = tuple(
        Fault(
            code="parent_circle",
            detail="the line is its own ancestor; correct the parent of one line of the circle",
            row=items[index].draft.row,
        )
        for index in stuck[:100]
    )
    raise UnreadableFileError(
        f"the parents of {len(stuck)} lines form a circle; a part cannot contain itself", faults
    )


def _multiply(item: Item, parent: _Made) -> None:
    if item.draft.layout.quantity_is_total:
        return
    if item.is_material and (item.unit or "").strip() == "%":
        _material_mass(item, parent)
        return
    if item.quantity is None:
        return
    if parent.quantity is None:
        item.warn("parent_quantity_unknown", "the quantity of the parent could not be read", None)
        item.quantity = None
        return
    product = item.quantity * parent.quantity
    if not math.isfinite(product):
        item.warn("quantity_overflow", "the quantity per product is beyond any number", None)
        item.quantity = None
        return
    item.quantity = product


def _material_mass(item: Item, parent: _Made) -> None:
    """Turn a share of the parent into kilograms per product."""
    item.unit = _MASS_UNIT
    if item.quantity is None or parent.mass_kg is None:
        item.warn(
            "mass_unknown", "the mass of the parent is not given, so the share has no mass", None
        )
        item.quantity = None
        return
    item.quantity = parent.mass_kg * item.quantity / 100
