"""What identification found, as a table for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.domain.bom import Bom, BomLine
from app.domain.exposure import IdentifiedLine, LineOutcome
from app.report.columns import printable, row, wrapped
from app.report.file_facts import file_sentences

COLUMNS = 100

_WIDTHS = (10, 18, 18, 5)


def identified_table(bom: Bom, found: Sequence[IdentifiedLine]) -> str:
    """Return how the file was read, and a row for each line with what it holds and how we know."""
    return "\n".join([*_head(bom), *_rows(bom.lines, found), *_foot(bom, found)]) + "\n"


def _head(bom: Bom) -> Iterator[str]:
    if bom.file is not None:
        for sentence in file_sentences(bom.file):
            yield from wrapped(sentence, COLUMNS)
        for _, text in bom.file.notes:
            yield from row(("-",), (1,), tail=printable(text), columns=COLUMNS)
        yield ""


def _foot(bom: Bom, found: Sequence[IdentifiedLine]) -> Iterator[str]:
    outcomes = Counter(one.outcome for one in found)
    yield ""
    yield (
        f"{len(bom.lines)} lines in, {len(found)} lines out: "
        f"{outcomes[LineOutcome.RARE_EARTHS_FOUND]} with rare earths, "
        f"{outcomes[LineOutcome.NO_RARE_EARTHS]} without, "
        f"{outcomes[LineOutcome.UNDETERMINED]} not told"
    )
    for line in bom.lines:
        for _, text, column in line.warnings:
            where = f"line {line.line_id}" if line.row is None else f"row {line.row}"
            at = f", column {column}" if column else ""
            tail = f"{where}{at}: {text}"
            yield from row(("-",), (1,), tail=printable(tail), columns=COLUMNS)


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


def _evidence(found: IdentifiedLine) -> str:
    symbols = " ".join(content.symbol for content in found.elements)
    seen = ", ".join(
        f"{item.kind} '{printable(item.text)}' in {item.field}" for item in found.evidence[:3]
    )
    return "; ".join(part for part in (symbols, seen or printable(found.reason)) if part) or "-"
