"""A severity that remembers what it is made of, told apart by cause only when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

#: (measure or "structural", stage, exporter, importer)
Cause = tuple[str, str, str, str]
Addends = Mapping[Cause, float]

NO_FLAGS: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Severity:
    """A severity and the weighted severities that it is the sum of.

    Paths share most of their sub-paths. Each node keeps its parts instead of a list of causes,
    so that an answer pays for an explanation once, where it is read.

    Attributes:
        value: Expected stock-out share [1], 0-1.
        own: Addends of this node itself by cause (empty when not explained).
        parts: (weight, severity) pairs of which the rest is made.
        flags: What the answer must say about it.
    """

    value: float
    own: tuple[tuple[Cause, float], ...] = ()
    parts: tuple[tuple[float, Severity], ...] = ()
    flags: frozenset[str] = NO_FLAGS

    @cached_property
    def addends(self) -> Addends:
        """Return the parts by cause, which sum to the value (empty when not explained)."""
        weights = {id(self): 1.0}
        total: dict[Cause, float] = {}
        for node in self._from_the_top():
            weight = weights[id(node)]
            for cause, addend in node.own:
                total[cause] = total.get(cause, 0.0) + weight * addend
            for share, part in node.parts:
                weights[id(part)] = weights.get(id(part), 0.0) + weight * share
        return total

    def _from_the_top(self) -> list[Severity]:
        """Return every node below this one once, each before the parts that it is made of."""
        finished: list[Severity] = []
        seen: set[int] = set()
        open_nodes: list[tuple[Severity, bool]] = [(self, False)]
        while open_nodes:
            node, entered = open_nodes.pop()
            if entered:
                finished.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                open_nodes.append((node, True))
                open_nodes.extend((part, False) for _, part in node.parts)
        finished.reverse()
        return finished
