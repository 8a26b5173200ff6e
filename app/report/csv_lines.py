"""An assessment as one CSV table: a row for each line and each rare earth that it holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Literal

from app.domain.answer import AssessedBom
from app.domain.bom import BomLine
from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.results import LineResult, Score
from app.domain.rounding import rounded, significant
from app.report.inert import inert

COLUMNS = (
    "line_id", "row", "sheet", "part_number", "description", "outcome", "confidence",
    "score", "low", "high", "band",
    "element", "element_score", "element_low", "element_high", "element_band",
    "mass_kg_low", "mass_kg", "mass_kg_high", "basis",
    "main_cause", "measure", "sources", "evidence", "reason", "question", "warnings",
)  # fmt: skip

#: How numbers are written; with a comma the cells are separated by semicolons.
DecimalSign = Literal["point", "comma"]

_BYTE_ORDER_MARK = "\ufeff"
_NUMBERS = frozenset(
    place
    for place, name in enumerate(COLUMNS)
    if name in {"confidence", "score", "low", "high"}
    or (name.startswith(("mass_kg", "element_")) and name != "element_band")
)


def lines_as_csv(assessed: AssessedBom, *, decimal: DecimalSign = "point") -> bytes:
    """Return the lines as UTF-8 CSV that spreadsheet programs open.

    A line without rare earths has one row, another a row for each of its elements. Text from the
    bill of materials that a spreadsheet program would run as a formula gets an apostrophe in
    front.

    Args:
        assessed: The assessment with its lines.
        decimal: Sign of the numbers, that of the reader's spreadsheet program.
    """
    table = io.StringIO()
    comma = decimal == "comma"
    writer = csv.writer(table, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line, found, result in zip(
        assessed.bom.lines, assessed.identified, assessed.assessment.lines, strict=True
    ):
        rows = _rows(line, found, result)
        writer.writerows(map(_with_comma, rows) if comma else rows)
    return (_BYTE_ORDER_MARK + table.getvalue()).encode()


def _with_comma(row: Sequence[str]) -> Sequence[str]:
    return [cell.replace(".", ",") if place in _NUMBERS else cell for place, cell in enumerate(row)]


def _rows(line: BomLine, found: IdentifiedLine, result: LineResult) -> Iterator[Sequence[str]]:
    scores = {one.symbol: one.score for one in result.elements}
    before, after = _of_line(line, found, result), _told(line, found, result)
    for content in found.elements or (None,):
        score = scores.get(content.symbol) if content else None
        yield (*before, *_of_element(content, score), *after)


def _of_line(line: BomLine, found: IdentifiedLine, result: LineResult) -> Sequence[str]:
    return (
        inert(line.line_id),
        "" if line.row is None else str(line.row),
        inert(line.sheet),
        inert(line.part_number),
        inert(line.description),
        found.outcome.value,
        f"{found.confidence:.2f}",
        *_ends(result.score),
    )


def _ends(score: Score | None) -> Sequence[str]:
    if score is None:
        return ("", "", "", "")
    figures = (score.nominal, score.low, score.high)
    return (*(f"{rounded(figure):.1f}" for figure in figures), score.band)


def _of_element(content: ElementContent | None, score: Score | None) -> Sequence[str]:
    if content is None:
        return ("",) * 9
    mass = content.mass_kg
    masses = ("", "", "") if mass is None else (mass.low, mass.nominal, mass.high)
    figures = (one if isinstance(one, str) else f"{significant(one)!r}" for one in masses)
    return (content.symbol, *_ends(score), *figures, content.basis.value)


def _told(line: BomLine, found: IdentifiedLine, result: LineResult) -> Sequence[str]:
    main = max(result.contributions, key=lambda part: part.points, default=None)
    warnings = [text for _, text, _ in line.warnings] + [text for _, text in found.warnings]
    seen = "; ".join(f"{item.kind} '{item.text}' in {item.field}" for item in found.evidence)
    return (
        main.text if main else "",
        (main.measure or "") if main else "",
        " ".join(main.sources) if main else "",
        inert(seen),
        inert(found.reason),
        inert(found.question),
        inert("; ".join(warnings)),
    )
