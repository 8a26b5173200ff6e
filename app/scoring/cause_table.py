"""Causes of one risk, gathered by crossing, and their sums over many risks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.scoring.attribution import Cause


class Crossings(NamedTuple):
    """The causes of a risk that share measure, stage and exporter.

    Attributes:
        measure: Id of the measure, or the name of a cause that is none.
        stage, exporter: Where it binds; empty for a cause without a crossing.
        total: Their part of the risk [1].
        importers: Part of the risk [1] of each country that they lead to.
    """

    measure: str
    stage: str
    exporter: str
    total: float
    importers: tuple[tuple[str, float], ...]


#: Causes of a risk by crossing. The key is one text, whose hash Python computes only once:
#: a product sums some ten thousand of these.
CauseTable = Mapping[str, Crossings]

#: Causes of one part of a whole, and the factor with which they enter it.
Part = tuple[float, CauseTable]


def cause_table(causes: Mapping[Cause, float]) -> CauseTable:
    """Return causes by crossing; their totals sum to what the causes sum to."""
    gathered: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for (measure, stage, exporter, importer), part in causes.items():
        gathered.setdefault((measure, stage, exporter), []).append((importer, part))
    return {
        "\t".join(key): Crossings(*key, math.fsum(part for _, part in rows), tuple(rows))
        for key, rows in gathered.items()
    }


def summed(parts: Iterable[Part]) -> dict[str, float]:
    """Return the weighted total of each crossing, whatever the order of the parts [1]."""
    addends: defaultdict[str, list[float]] = defaultdict(list)
    for weight, table in parts:
        if weight != 0.0:
            for key, crossings in table.items():
                addends[key].append(weight * crossings.total)
    return {key: math.fsum(rows) for key, rows in addends.items()}


def by_importer(parts: Sequence[Part], key: str) -> dict[str, float]:
    """Return the part of each importer in a crossing, whatever the order of the parts [1]."""
    addends: defaultdict[str, list[float]] = defaultdict(list)
    for weight, table in parts:
        crossings = table.get(key)
        if crossings is not None and weight != 0.0:
            for importer, part in crossings.importers:
                addends[importer].append(weight * part)
    return {importer: math.fsum(rows) for importer, rows in addends.items()}


def crossings_of(parts: Iterable[Part], key: str) -> Crossings:
    """Return a crossing as any of the parts knows it; they differ in their figures only."""
    return next(table[key] for weight, table in parts if weight != 0.0 and key in table)


def part_of(table: CauseTable, cause: Cause) -> float:
    """Return the part of one cause in a risk [1]; 0 where it is none."""
    crossings = table.get("\t".join(cause[:3]))
    if crossings is None:
        return 0.0
    return next((part for importer, part in crossings.importers if importer == cause[3]), 0.0)
