"""Checks the data files and counts what they hold, for `lodestone check-data`."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from app.domain.provenance import Provenance, Status
from app.domain.reference import ReferenceData
from app.domain.triple import Triple
from app.refdata.load import load_reference_data

#: Fields that hold an end of a figure counted elsewhere, or a number that is no figure.
_NOT_COUNTED = frozenset(
    "provenance bounds ranges high atomic_number dimensions check_every_days entity_count".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSummary:
    """What one table holds.

    Attributes:
        rows: Number of rows.
        figures: Number of figures; one with its low and high end counts once.
        by_status: Figures by status; those of a table without statuses are `None`.
    """

    name: str
    rows: int
    figures: int
    by_status: Mapping[Status | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the data files hold.

    Attributes:
        unread_sources: Sources that nobody of the compilers has read.
        unused_sources: Sources that no row names.
    """

    version: str
    tables: tuple[TableSummary, ...]
    sources: int
    unread_sources: tuple[str, ...]
    unused_sources: tuple[str, ...]

    @property
    def figures(self) -> int:
        """Return the number of figures in all tables."""
        return sum(table.figures for table in self.tables)

    def figures_of(self, status: Status | None) -> int:
        """Return the number of figures of one status in all tables."""
        return sum(table.by_status.get(status, 0) for table in self.tables)


def check_data(root: Path | None = None) -> Summary:
    """Load and check the data files and return what they hold.

    Args:
        root: Folder of the data files; that of the package by default.

    Raises:
        ReferenceDataError: The files are broken; the message names all of them.
    """
    return summarise(load_reference_data(root))


def summarise(reference: ReferenceData) -> Summary:
    """Return counts of figures, rows and sources by table."""
    sources = reference.sources
    return Summary(
        version=reference.version,
        tables=tuple(
            _summary(name, tuple(rows), status) for name, rows, status in _tables(reference)
        ),
        sources=len(sources),
        unread_sources=tuple(key for key, source in sources.items() if not source.verified),
        unused_sources=tuple(key for key in sources if key not in reference.cited_sources),
    )


def _tables(reference: ReferenceData) -> Iterator[tuple[str, Iterable[object], Status | None]]:
    """Yield name, rows and status of each table; rows with a provenance have their own."""
    supply, background = reference.supply, reference.background
    yield "elements", reference.elements.values(), Status.DERIVED
    yield "supply.world", supply.world, None
    yield "supply.feed", supply.feed, None
    yield "supply.destination_mixes", supply.destination_mixes, None
    yield "supply.import_reliance", supply.import_reliance, None
    yield "supply.governance", supply.governance.values(), supply.governance_provenance.status
    yield "supply.largest_mines", supply.largest_mines.values(), None
    yield "supply.importers", supply.importers.values(), supply.importers_provenance.status
    yield "supply.prices", supply.prices.values(), None
    yield "controls.measures", reference.register.measures.values(), None
    yield "controls.observations", reference.register.observations, None
    yield "controls.practice", reference.register.practice, None
    yield "sectors", reference.sectors.values(), None
    yield "mitigation.alternatives", reference.mitigation.alternatives.values(), None
    yield "mitigation.suppliers", reference.mitigation.suppliers.values(), None
    yield "mitigation.measures", reference.mitigation.procurement_measures, None
    yield "mitigation.facts", _mitigation_facts(reference), None
    identification = reference.identification
    for field in dataclasses.fields(identification):
        value = getattr(identification, field.name)
        rows = value.values() if isinstance(value, Mapping) else _as_rows(value)
        if any(dataclasses.is_dataclass(row) for row in rows):
            yield f"identification.{field.name}", rows, None
    yield "methodology", (reference.methodology,), Status.JUDGEMENT
    for name, figures in background.figures.items():
        yield f"background.{name.replace('/', '.')}", figures, None
    for field in dataclasses.fields(background):
        value = getattr(background, field.name)
        if field.name != "figures":
            rows = value.values() if isinstance(value, Mapping) else value
            yield f"background.{field.name}", rows, None


def _as_rows(value: object) -> tuple[object, ...]:
    """Return the items of a tuple, or the value as the only row."""
    return value if isinstance(value, tuple) else (value,)


def _mitigation_facts(reference: ReferenceData) -> tuple[object, ...]:
    """Return the facts beside alternatives and suppliers."""
    facts = reference.mitigation
    return (*facts.recycling, *facts.stocks, *facts.sourcing_law, facts.capacity, facts.shortage)


def _summary(name: str, rows: tuple[object, ...], status: Status | None) -> TableSummary:
    """Return the counts of one table."""
    by_status: Counter[Status | None] = Counter()
    for row in rows:
        provenance = getattr(row, "provenance", None)
        own = provenance.status if isinstance(provenance, Provenance) else status
        by_status[own] += _count_figures(row)
    return TableSummary(
        name=name, rows=len(rows), figures=sum(by_status.values()), by_status=dict(by_status)
    )


def _count_figures(value: object) -> int:
    """Return how many figures a value holds, however deep."""
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, int | float | Decimal | Triple):
        return 1
    if isinstance(value, Mapping):
        return sum(_count_figures(item) for item in value.values())
    if isinstance(value, tuple | AbstractSet):
        return sum(_count_figures(item) for item in value)
    if dataclasses.is_dataclass(value):
        return sum(
            _count_figures(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in _NOT_COUNTED
        )
    return 0


def summary_lines(summary: Summary) -> tuple[str, ...]:
    """Return the counts as lines of text for a terminal."""
    columns = (Status.VERIFIED, Status.DERIVED, Status.MIXED, Status.JUDGEMENT, Status.UNVERIFIED)
    head = f"{'table':40}{'rows':>7}{'figures':>9}" + "".join(f"{c.value:>12}" for c in columns)
    lines = [f"data version {summary.version}", head]
    lines += [
        f"{table.name:40}{table.rows:>7}{table.figures:>9}"
        + "".join(f"{table.by_status.get(status, 0):>12}" for status in columns)
        for table in summary.tables
    ]
    total = "".join(f"{summary.figures_of(status):>12}" for status in columns)
    lines.append(f"{'total':40}{'':>7}{summary.figures:>9}{total}")
    lines.append(
        f"{summary.sources} sources, {len(summary.unread_sources)} of them not read by anybody, "
        f"{len(summary.unused_sources)} not named by any row"
    )
    return tuple(lines)
