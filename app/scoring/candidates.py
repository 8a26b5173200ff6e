"""What a buyer could do about a product: candidates, taken from the cited facts alone."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.exposure import IdentifiedLine
from app.domain.materials import Material
from app.domain.mitigation import ProcurementMeasure
from app.domain.reference import ReferenceData
from app.domain.triple import Triple
from app.scoring.patches import Patch

WEEKS_PER_MONTH = 365.0 / 12.0 / 7.0
DAYS_PER_MONTH = 365.0 / 12.0

#: Fact on how much should come from one country and from recycling at most or least.
BENCHMARK_FACT = "crma_benchmark"


class ActionKind(enum.StrEnum):
    """What an action acts on."""

    SECOND_SOURCE = "second_source"
    DESIGN = "design"
    RECYCLING = "recycling"
    STOCK = "stock"
    LICENCE = "licence"
    OTHER = "other"


class Readiness(enum.StrEnum):
    """How far an action is from anybody's daily business."""

    SERIES = "series"
    NICHE = "niche"
    PILOT = "pilot"
    OPERATING = "operating"
    PRACTICE = "practice"


#: Makes the change for some of a candidate's lines.
PatchMaker = Callable[[frozenset[str]], tuple[Patch, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that a buyer could do.

    Attributes:
        line_ids: Lines on which it could act.
        make: Makes the change for some of these lines.
        lead_time_months: From decision to effect [months]; None where no figure is known.
        readiness: series, niche or pilot for designs, operating for plants, practice for what a
            purchasing department does anyway.
        needs_effect: Whether it is not worth a word where it lowers no risk of any line.
    """

    id: str
    kind: ActionKind
    text: str
    line_ids: frozenset[str]
    make: PatchMaker
    lead_time_months: Triple | None
    readiness: Readiness
    trade_off: str
    sources: tuple[str, ...]
    needs_effect: bool = True


def purchasing_measure(reference: ReferenceData, measure_id: str) -> ProcurementMeasure | None:
    """Return a measure of the purchasing department, None where the facts do not hold it."""
    for measure in reference.mitigation.procurement_measures:
        if measure.id == measure_id:
            return measure
    return None


def months(weeks: Triple) -> Triple:
    """Return a time in months that is given in weeks."""
    return weeks.scaled(1.0 / WEEKS_PER_MONTH)


def benchmark(reference: ReferenceData, name: str) -> tuple[float, tuple[str, ...]] | None:
    """Return a figure of the benchmark on diversity with its sources, None where unknown."""
    for fact in reference.mitigation.recycling:
        if fact.id == BENCHMARK_FACT and name in fact.values:
            return fact.values[name][0], fact.provenance.sources
    return None


def material_of(found: IdentifiedLine, reference: ReferenceData) -> Material | None:
    """Return the material that a line is made of, that of its component if it is one."""
    known = reference.identification
    key = found.material
    if key is not None and key in known.components:
        key = known.components[key].material
    return known.materials.get(key) if key is not None else None


def unique_sources(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return source keys in their order, each once."""
    return tuple(dict.fromkeys(key for group in groups for key in group))


def per_cent(share: float) -> str:
    """Return a share as text in per cent.

    Examples:
        >>> per_cent(0.35), per_cent(0.0116)
        ('35 %', '1.2 %')
    """
    value = 100.0 * share
    return f"{value:.0f} %" if value >= 10.0 else f"{value:.2g} %"
