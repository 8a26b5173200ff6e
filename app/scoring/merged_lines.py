"""The lines of one product, merged by class: what is alike is summed, not computed again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.scoring.attribution import Cause
from app.scoring.cause_table import CauseTable, Part, part_of
from app.scoring.crossing_items import CrossingItem
from app.scoring.evaluation import Evaluation
from app.scoring.line_class import LineClass
from app.scoring.line_results import LineRisk


class Holding:
    """One element in the lines of one class.

    Attributes:
        lines: The class, and place of the element in it.
        last_id: Id of the last of the lines.
        weights: Weight of the element in each line that has any.
        parts: Part of the element in the risk of each line, times the line's weight [1].
    """

    __slots__ = (
        "first", "last_id", "lines", "parts", "peak", "place", "top_first", "top_part", "weights",
    )  # fmt: skip

    def __init__(self, lines: LineClass, place: int) -> None:
        self.lines = lines
        self.place = place
        self.last_id = ""
        self.weights: list[float] = []
        self.peak, self.first = -1.0, 0
        self.parts: list[float] = []
        self.top_part, self.top_first = -1.0, 0

    def add(self, weight: float, part: float, at: int) -> None:
        """Add a line.

        Args:
            weight: Weight of the element in it; above 0 where it counts.
            part: Part of the element in the line's risk, times the line's weight.
            at: Place of the line in the product.
        """
        if weight > 0.0:
            self.weights.append(weight)
            if weight > self.peak:
                self.peak, self.first = weight, at
        self.parts.append(part)
        if part > self.top_part:
            self.top_part, self.top_first = part, at


class Group:
    """The lines of one class in one product."""

    __slots__ = ("holdings", "last_id", "lines", "whole")

    def __init__(self, lines: LineClass) -> None:
        self.lines = lines
        self.whole: list[float] = []
        self.last_id = ""
        self.holdings = [Holding(lines, place) for place in range(len(lines.symbols))]

    @property
    def weight(self) -> float:
        """Return the weight of all lines together."""
        return math.fsum(self.whole)

    @property
    def rank(self) -> tuple[float, float, str]:
        """Return by what one group's worst line goes before another's."""
        return self.lines.risks[1], self.lines.risks[2], self.last_id


def grouped(risks: Sequence[LineRisk]) -> tuple[Group, ...]:
    """Return the lines by class, in the order in which the classes come first."""
    groups: dict[LineClass, Group] = {}
    for at, risk in enumerate(risks):
        group = groups.get(risk.lines)
        if group is None:
            group = groups[risk.lines] = Group(risk.lines)
        whole, by_element = risk.weight.whole, risk.weight.by_element
        group.whole.append(whole)
        group.last_id = max(group.last_id, risk.line.line_id)
        for holding, symbol, part in zip(
            group.holdings, risk.lines.symbols, risk.parts, strict=True
        ):
            holding.add(by_element.get(symbol, 0.0), whole * part, at)
    for group in groups.values():
        for holding in group.holdings:
            holding.last_id = group.last_id
    return tuple(groups.values())


@dataclass(frozen=True, slots=True)
class Share:
    """What one element in the lines of one class adds to a whole.

    Attributes:
        holding: The element in the lines.
        factor: Factor with which its causes enter the whole, over all lines [1].
        peak: The largest factor of any single line [1].
        first: Place of that line in the product.
    """

    holding: Holding
    factor: float
    peak: float
    first: int

    @property
    def table(self) -> CauseTable:
        """Return the causes of the element's nominal risk."""
        return self.holding.lines.outcomes[self.holding.place].nominal.table


def parts_of(shares: Iterable[Share]) -> list[Part]:
    """Return what a whole is made of, by cause."""
    return [(share.factor, share.table) for share in shares]


def item_behind(shares: Sequence[Share], cause: Cause, evaluation: Evaluation) -> CrossingItem:
    """Return the state of the measure behind a cause, in the line that it hits most."""
    best = max(shares, key=lambda share: (share.peak * part_of(share.table, cause), -share.first))
    lines, place = best.holding.lines, best.holding.place
    known = lines.items.get((place, cause))
    if known is None:
        known = evaluation.item_behind(lines.line, lines.outcomes[place], cause)
        lines.items[place, cause] = known
    return known


def product_shares(groups: Sequence[Group], parts: Sequence[float]) -> list[Share]:
    """Return what each element of each class adds to the product's risk.

    Args:
        groups: Lines by class.
        parts: Part of each group in the product's risk [1].
    """
    shares: list[Share] = []
    for group, part in zip(groups, parts, strict=True):
        risk = group.lines.risks[1]
        if part == 0.0 or risk == 0.0:
            continue
        per_weight = part / group.weight / risk
        for holding in group.holdings:
            own = group.lines.outcomes[holding.place].nominal.risk
            if own > 0.0:
                shares.append(
                    Share(
                        holding,
                        per_weight * math.fsum(holding.parts) / own,
                        per_weight * holding.top_part / own,
                        holding.top_first,
                    )
                )
    return shares
