"""What identification found, as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine
from app.report.columns import printable, row

COLUMNS = 100

_WIDTHS = (10, 18, 18, 5)


def identified_table(lines: Sequence[BomLine], found: Sequence[IdentifiedLine]) -> str:
    """Return a row for each line: outcome, confidence, elements and evidence."""
    return "\n".join(_rows(lines, found)) + "\n"


def _rows(lines: Sequence[BomLine], found: Sequence[IdentifiedLine]) -> Iterator[str]:
    yield from row(
        ("line", "part", "outcome", "conf."),
        _WIDTHS,
        tail="elements; evidence or reason",
        columns=COLUMNS,
    )
    for line, one in zip(lines, found, strict=True):
        yield from row(
            (
                printable(line.line_id),
                printable(line.part_number or line.description or "-"),
                one.outcome.value,
                f"{one.confidence:.2f}",
            ),
            _WIDTHS,
            tail=_evidence(one),
            columns=COLUMNS,
        )
    yield f"{len(lines)} lines in, {len(found)} lines out"


def _evidence(found: IdentifiedLine) -> str:
    symbols = " ".join(content.symbol for content in found.elements)
    seen = ", ".join(
        f"{item.kind} '{printable(item.text)}' in {item.field}" for item in found.evidence[:3]
    )
    return "; ".join(part for part in (symbols, seen or printable(found.reason)) if part) or "-"
