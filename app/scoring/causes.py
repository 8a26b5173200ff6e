"""From addends by cause to contributions that a reader can follow."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from app.domain.results import CauseParts, Contribution
from app.scoring.attribution import Cause
from app.scoring.cause_table import Crossings, Part, by_importer, crossings_of, part_of, summed
from app.scoring.crossing_items import CrossingItem
from app.scoring.engine import STRUCTURAL, Engine
from app.scoring.line_risk import MARKET, SINGLE_SUPPLIER
from app.scoring.wording import (
    MARKET_SENTENCE,
    OTHER_SENTENCE,
    SUPPLIER_SENTENCE,
    measure_sentence,
    strictest_kind,
    structural_sentence,
)

#: Causes below this share of the whole are put together, so that the list stays readable.
SMALL_SHARE = 0.005

#: Key of the causes that were put together.
OTHER = "other"


#: Finds the state of a measure that stands behind a cause.
Behind = Callable[[Cause], CrossingItem]


def leading(parts: Sequence[Part], cause: Cause) -> int:
    """Return the place of the part that adds most to a cause, the first of equals."""
    return max(
        range(len(parts)),
        key=lambda place: (parts[place][0] * part_of(parts[place][1], cause), -place),
    )


def contributions(
    parts: Sequence[Part],
    *,
    risk: float,
    score: float,
    engine: Engine,
    behind: Behind,
    gather_small: bool = True,
) -> tuple[Contribution, ...]:
    """Return contributions in points that sum to a score, the largest first.

    Args:
        parts: What the risk is made of, by cause; together they sum to `risk`.
        risk: r [1].
        score: Published score of r.
        engine: Evaluation that computed them; knows measures and observations.
        behind: Finds the state of a measure behind a cause.
        gather_small: Whether causes below half a per cent are put together.
    """
    if risk <= 0.0:
        return ()
    small: dict[str, list[float]] = {}
    rows: list[Contribution] = []
    for key, part in summed(parts).items():
        points = part * score / risk
        crossings = crossings_of(parts, key)
        if gather_small and crossings.stage and points < SMALL_SHARE * score:
            small.setdefault(_family(crossings.measure), []).append(points)
        else:
            rows.append(_contribution(crossings, points, by_importer(parts, key), engine, behind))
    rows.extend(
        Contribution(
            factor=f"{family}@{OTHER}",
            points=math.fsum(small[family]),
            text=f"{OTHER_SENTENCE} ({family}, {len(small[family])} crossings)",
            sources=(),
        )
        for family in sorted(small)
    )
    return tuple(sorted(rows, key=lambda row: (-row.points, row.factor)))


def _family(measure: str) -> str:
    return STRUCTURAL if measure == STRUCTURAL else "measures"


def _contribution(
    crossings: Crossings,
    points: float,
    parts: Mapping[str, float],
    engine: Engine,
    behind: Behind,
) -> Contribution:
    name, stage, exporter = crossings.measure, crossings.stage, crossings.exporter
    if name == MARKET[0]:
        return Contribution(
            factor=name,
            points=points,
            text=MARKET_SENTENCE,
            sources=engine.reference.supply.importers_provenance.sources,
        )
    if name == SINGLE_SUPPLIER[0]:
        return Contribution(factor=name, points=points, text=SUPPLIER_SENTENCE, sources=())
    importers = sorted(parts, key=lambda place: (-parts[place], place))
    single = importers[0] if len(importers) == 1 else None
    if name == STRUCTURAL:
        return Contribution(
            factor=f"{STRUCTURAL}@{stage}:{exporter}",
            points=points,
            text=structural_sentence(stage, exporter, engine.reference),
            sources=engine.reference.supply.governance_provenance.sources,
            stage=stage,
            exporter=exporter,
            importer=single,
        )
    register = engine.reference.register
    measure = register.measures[name]
    item = behind((name, stage, exporter, importers[0]))
    observations = engine.observations
    sources = (
        *measure.sources,
        *(source for one in item.observed for source in observations[one].provenance.sources),
    )
    return Contribution(
        factor=f"measure:{name}@{stage}:{exporter}",
        points=points,
        text=measure_sentence(
            measure,
            item,
            stage=stage,
            exporter=exporter,
            importers=importers,
            observations=observations,
        ),
        sources=tuple(dict.fromkeys(sources)),
        measure=name,
        stage=stage,
        exporter=exporter,
        importer=single,
        cause=CauseParts(
            kind=strictest_kind(item).value,
            importers=tuple(importers),
            observed=item.observed,
            starts_in_days=max(item.start_days, 0.0),
            uncertain=item.uncertain,
        ),
    )


def binding_cause(causes: Mapping[Cause, float]) -> Cause | None:
    """Return the crossing of the measure that adds most over the path.

    Ties go by id. The structural item binds only where no measure adds anything.
    """
    by_measure: dict[str, float] = {}
    for cause in sorted(causes):
        if cause[1]:
            by_measure[cause[0]] = by_measure.get(cause[0], 0.0) + causes[cause]
    measures = {name: part for name, part in by_measure.items() if name != STRUCTURAL}
    pool = measures or by_measure
    if not pool:
        return None
    binding = min(pool, key=lambda name: (-pool[name], name))
    crossings = [cause for cause in causes if cause[0] == binding]
    return min(crossings, key=lambda cause: (-causes[cause], cause))
