"""The register of export controls as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.domain.controls import ControlMeasure
from app.domain.elements import RARE_EARTHS
from app.domain.provenance import Source
from app.domain.results import ControlChange, ControlView
from app.report.columns import clipped, printable, row, wrapped

COLUMNS = 100

_LIST = (20, 15, 10)
_EVENT = (10, 12, 10, 10)
_CELL = 10
_SHORT = {
    "not_controlled": "-",
    "ordinary_licence": "ordinary",
    "announced": "announced",
    "suspended": "suspended",
    "unconfirmed": "UNCONFIRM.",
    "licence_required": "LICENCE",
    "enhanced_licence": "ENHANCED",
    "case_by_case": "CASE",
    "presumption_of_denial": "DENIAL",
    "prohibited": "PROHIBITED",
}


def measures_table(rows: Sequence[tuple[ControlMeasure, str, date | None]]) -> str:
    """Return a row for each measure.

    Args:
        rows: Measure, its status on the day, and since when.
    """
    lines = [*row(("measure", "status", "since"), _LIST, tail="what", columns=COLUMNS)]
    for measure, status, since in rows:
        cells = (measure.id, status, since.isoformat() if since else "-")
        lines += row(cells, _LIST, tail=printable(measure.title), columns=COLUMNS)
    lines.append(f"{len(rows)} measures")
    return "\n".join(lines) + "\n"


def measure_sheet(
    measure: ControlMeasure, status: str, sources: Mapping[str, Source], known_on: date
) -> str:
    """Return one measure with its timeline and sources in full.

    Args:
        measure: The measure.
        status: Its status on the day of the question.
        sources: Every source by key.
        known_on: Events that became known later, or were overtaken by then, are marked.
    """
    return "\n".join(_sheet(measure, status, sources, known_on)) + "\n"


def _sheet(
    measure: ControlMeasure, status: str, sources: Mapping[str, Source], known_on: date
) -> Iterator[str]:
    yield from wrapped(f"{measure.id}: {printable(measure.title)}", COLUMNS)
    yield f"status {status}; {measure.type.value}, {measure.legal_force.value}"
    elements = sorted({one for item in measure.scope.items for one in item.elements})
    if elements:
        yield f"elements {', '.join(elements)}"
    destinations = measure.scope.destinations
    named = f" {', '.join(sorted(destinations.countries))}" if destinations.countries else ""
    yield from wrapped(f"destinations {destinations.mode.value}{named}", COLUMNS)
    yield ""
    yield from row(("from", "status", "basis", "known"), _EVENT, tail="source", columns=COLUMNS)
    for event in measure.timeline:
        counts = event.known_from <= known_on and (
            event.known_to is None or known_on < event.known_to
        )
        cells = (
            event.on_date.isoformat(),
            event.status.value,
            event.basis.value,
            event.known_from.isoformat(),
        )
        tail = event.source if counts else f"{event.source} (not known on the day, or overtaken)"
        yield from row(cells, _EVENT, tail=tail, columns=COLUMNS)
    yield ""
    keys = {*measure.sources, *(event.source for event in measure.timeline)}
    for key in sorted(keys):
        source = sources[key]
        read = "" if source.verified else " (not read)"
        where = f", {source.url}" if source.url else ""
        text = f"{source.publisher}: {source.title}, {source.published_on or source.year}{where}"
        yield from row((key,), (22,), tail=printable(f"{text}{read}"), columns=COLUMNS)


def grid_table(
    views: Mapping[tuple[str, str], ControlView],
    forms: Sequence[str],
    changes: Sequence[ControlChange],
) -> str:
    """Return the law for each element and form, and what is known to change.

    Args:
        views: The law by (element, form).
        forms: Forms in the order of the columns.
        changes: What changes within the horizon.
    """
    lines = [" ".join([clipped("", 3), *(clipped(form, _CELL) for form in forms)]).rstrip()]
    for element in RARE_EARTHS:
        cells = [clipped(_SHORT[views[element, form].status], _CELL) for form in forms]
        lines.append(" ".join([clipped(element, 3), *cells]).rstrip())
    lines.append("")
    lines.append("known to change within the horizon:" if changes else "nothing is known to change")
    lines += [
        f"{change.on_date.isoformat()}  {change.measure}: {change.status} ({change.basis})"
        for change in changes
    ]
    return "\n".join(lines) + "\n"
