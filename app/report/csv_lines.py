"""An assessment as one CSV table: a row for each line that came in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from app.domain.answer import AssessedBom
from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine
from app.domain.results import LineResult
from app.report.figures import one_decimal

COLUMNS = (
    "line_id", "row", "sheet", "part_number", "description", "outcome", "confidence",
    "score", "low", "high", "band", "elements", "mass_kg", "main_cause", "measure", "sources",
    "reason", "question", "warnings",
)  # fmt: skip

#: A spreadsheet program runs a cell that begins with one of these as a formula.
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"


def lines_as_csv(assessed: AssessedBom) -> bytes:
    """Return the lines as UTF-8 CSV that spreadsheet programs open; rows in are rows out.

    Text from the bill of materials that a spreadsheet program would run as a formula gets an
    apostrophe in front.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line, found, result in zip(
        assessed.bom.lines, assessed.identified, assessed.assessment.lines, strict=True
    ):
        writer.writerow(_row(line, found, result))
    return (_BYTE_ORDER_MARK + table.getvalue()).encode()


def _row(line: BomLine, found: IdentifiedLine, result: LineResult) -> Sequence[str]:
    main = max(result.contributions, key=lambda part: part.points, default=None)
    score = result.score
    warnings = [text for _, text, _ in line.warnings] + [text for _, text in found.warnings]
    return (
        _safe(line.line_id),
        "" if line.row is None else str(line.row),
        _safe(line.sheet),
        _safe(line.part_number),
        _safe(line.description),
        found.outcome.value,
        f"{found.confidence:.2f}",
        one_decimal(score.nominal),
        one_decimal(score.low),
        one_decimal(score.high),
        score.band,
        " ".join(content.symbol for content in found.elements),
        _masses(found),
        main.text if main else "",
        (main.measure or "") if main else "",
        " ".join(main.sources) if main else "",
        _safe(found.reason),
        _safe(found.question),
        _safe("; ".join(warnings)),
    )


def _masses(found: IdentifiedLine) -> str:
    return " ".join(
        f"{content.symbol}:{content.mass_kg.nominal:.6g}"
        for content in found.elements
        if content.mass_kg is not None
    )


def _safe(text: str | None) -> str:
    if not text:
        return ""
    return f"'{text}" if text.startswith(_FORMULA_MARKS) else text
