"""One assessment as a table for a terminal: elements, sectors, lines, what could not be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.answer import AssessedBom
from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine, LineOutcome
from app.domain.results import (
    Assessment,
    Contribution,
    ElementResult,
    LineResult,
    Score,
    SectorResult,
)
from app.report.columns import clipped, printable, row, styled, wrapped
from app.report.figures import mass, one_decimal
from app.report.file_facts import file_sentences

COLUMNS = 100

_ELEMENT = (2, 13, 6, 12, 9)
_SECTOR = (30, 6, 12, 9, 9)
_LINE = (10, 14, 6, 9, 14)
_OUTCOMES = {
    LineOutcome.RARE_EARTHS_FOUND: "rare earths",
    LineOutcome.NO_RARE_EARTHS: "none",
    LineOutcome.UNDETERMINED: "not told",
}
_DISCLAIMER = (
    "A model's estimate from public sources; no legal advice and no clearance of an end user."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How to print.

    Attributes:
        element_names, sector_names: Names in the language of the question, by symbol or id.
        columns: Width of the terminal.
        colours: Whether the terminal shows colours.
    """

    element_names: Mapping[str, str]
    sector_names: Mapping[str, str]
    columns: int = COLUMNS
    colours: bool = False


def assessment_table(assessed: AssessedBom, layout: Layout) -> str:
    """Return the whole assessment as text."""
    parts = (
        _head(assessed, layout),
        _elements(assessed.assessment, layout),
        _sectors(assessed.assessment, layout),
        _lines(assessed, layout),
        _undetermined(assessed, layout),
        _warnings(assessed, layout),
        _foot(assessed.assessment, layout),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(assessed: AssessedBom, layout: Layout) -> Iterator[str]:
    context, bom = assessed.context, assessed.bom
    title = printable(f"{bom.name} ({bom.id})" if bom.name else bom.id)
    yield styled(clipped(title, layout.columns).rstrip(), "title", colours=layout.colours)
    question = (
        f"to {context.destination}, end use {context.end_use.value}, as of "
        f"{context.as_of.isoformat()}, known on {context.known_on.isoformat()}, "
        f"{context.horizon_days} days ahead"
    )
    yield from wrapped(question, layout.columns)
    if bom.file is not None:
        for sentence in file_sentences(bom.file):
            yield from wrapped(sentence, layout.columns)
    score = assessed.assessment.bom.score
    yield ""
    yield styled(
        f"Product {one_decimal(score.nominal)}  ({_ends(score)})  {score.band}",
        score.band,
        colours=layout.colours,
    )
    outcomes = Counter(line.outcome for line in assessed.identified)
    yield (
        f"{len(assessed.bom.lines)} lines in, {len(assessed.assessment.lines)} lines out: "
        f"{outcomes[LineOutcome.RARE_EARTHS_FOUND]} with rare earths, "
        f"{outcomes[LineOutcome.NO_RARE_EARTHS]} without, "
        f"{outcomes[LineOutcome.UNDETERMINED]} not told"
    )


def _elements(assessment: Assessment, layout: Layout) -> Iterator[str]:
    yield from _title(f"The {len(assessment.elements)} rare earths", layout)
    yield from row(
        ("", "element", "score", "low-high", "band"),
        _ELEMENT,
        tail="main cause [measure; sources]",
        columns=layout.columns,
    )
    for element in assessment.elements:
        yield from _element(element, layout)


def _element(element: ElementResult, layout: Layout) -> Iterator[str]:
    score = element.score
    cells = (
        element.symbol,
        layout.element_names[element.symbol],
        _right(score, _ELEMENT[2]),
        _ends(score) if score else "-",
        score.band if score else "-",
    )
    lines = row(cells, _ELEMENT, tail=_cause_of(element), columns=layout.columns)
    style = score.band if score and element.exposed else ""
    yield from (styled(line, style, colours=layout.colours) for line in lines)


def _cause_of(element: ElementResult) -> str:
    if element.score is None:
        return f"no score: {(element.reason or '').replace('_', ' ')}"
    main = max(element.contributions, key=lambda part: part.points, default=None)
    if main is not None:
        return _with_sources(main)
    control = element.control
    law = f"; by law {control.status.replace('_', ' ')}" if control else ""
    measures = f" [{', '.join(control.measures[:2])}]" if control and control.measures else ""
    # Nothing of the nominal score, yet an end above 0: some line may hold the element.
    held = "perhaps in this product" if element.score.high > 0.0 else "not in this product"
    return f"{held}{law}{measures}"


def _with_sources(part: Contribution) -> str:
    keys = [part.measure] if part.measure else []
    sources = ", ".join(part.sources[:3])
    evidence = "; ".join([*keys, sources] if sources else keys)
    return f"{printable(part.text)} [{evidence}]" if evidence else printable(part.text)


def _sectors(assessment: Assessment, layout: Layout) -> Iterator[str]:
    yield from _title(f"The {len(assessment.sectors)} sectors", layout)
    yield from row(
        ("sector", "score", "low-high", "band", "basis"),
        _SECTOR,
        tail="elements that count most",
        columns=layout.columns,
    )
    for sector in assessment.sectors:
        yield from _sector(sector, layout)


def _sector(sector: SectorResult, layout: Layout) -> Iterator[str]:
    largest = sorted(sector.contributions, key=lambda part: (-part.points, part.element))[:4]
    named = [f"{part.element} {one_decimal(part.points)}" for part in largest if part.points > 0]
    score = sector.score
    cells = (
        layout.sector_names[sector.id],
        _right(score, _SECTOR[1]),
        _ends(score),
        score.band,
        sector.basis,
    )
    lines = row(cells, _SECTOR, tail=", ".join(named) or "-", columns=layout.columns)
    style = score.band if sector.basis == "bom" else ""
    yield from (styled(line, style, colours=layout.colours) for line in lines)


def _lines(assessed: AssessedBom, layout: Layout) -> Iterator[str]:
    yield from _title("The lines", layout)
    yield from row(
        ("line", "part", "score", "band", "outcome"),
        _LINE,
        tail="elements, or why none",
        columns=layout.columns,
    )
    for line, found, result in zip(
        assessed.bom.lines, assessed.identified, assessed.assessment.lines, strict=True
    ):
        yield from _line(line, found, result, layout)


def _line(
    line: BomLine, found: IdentifiedLine, result: LineResult, layout: Layout
) -> Iterator[str]:
    exposed = bool(found.elements)
    cells = (
        printable(line.line_id),
        printable(line.part_number or line.description or "-"),
        _right(result.score, _LINE[2]) if exposed else clipped("-", _LINE[2]),
        result.score.band if exposed else "-",
        _OUTCOMES[found.outcome],
    )
    tail = _contents(found) if exposed else printable(found.reason) or "-"
    lines = row(cells, _LINE, tail=tail, columns=layout.columns)
    style = result.score.band if exposed else ""
    yield from (styled(text, style, colours=layout.colours) for text in lines)


def _contents(found: IdentifiedLine) -> str:
    parts = []
    for content in found.elements:
        amount = f" {mass(content.mass_kg.nominal)}" if content.mass_kg is not None else ""
        only_possible = content.presence.nominal == 0.0 or (
            content.fraction is not None and content.fraction.nominal == 0.0
        )
        parts.append(f"{content.symbol}{' possible' if only_possible else amount}")
    return ", ".join(parts)


def _undetermined(assessed: AssessedBom, layout: Layout) -> Iterator[str]:
    open_lines = [line for line in assessed.identified if line.outcome is LineOutcome.UNDETERMINED]
    yield from _title("What could not be told", layout)
    if not open_lines:
        yield "Every line could be told."
    for line in open_lines:
        question = f" Ask: {printable(line.question)}" if line.question else ""
        yield from row(
            (printable(line.line_id),),
            _LINE[:1],
            tail=f"{printable(line.reason)}{question}",
            columns=layout.columns,
        )


def _warnings(assessed: AssessedBom, layout: Layout) -> Iterator[str]:
    if not assessed.warnings:
        return
    yield from _title("Before you rely on it", layout)
    for warning in assessed.warnings:
        where = f" (row {warning.row})" if warning.row is not None else ""
        if where == "" and warning.pointer is not None:
            where = f" ({warning.pointer})"
        yield from row(
            ("-",), (1,), tail=f"{printable(warning.text)}{where}", columns=layout.columns
        )


def _foot(assessment: Assessment, layout: Layout) -> Iterator[str]:
    yield ""
    yield from wrapped(_DISCLAIMER, layout.columns)
    yield (
        f"methodology {assessment.methodology_version}, "
        f"reference data {assessment.reference_data_version}; "
        "`--format json` has every figure and source"
    )


def _title(text: str, layout: Layout) -> Iterator[str]:
    yield ""
    yield styled(text, "title", colours=layout.colours)


def _ends(score: Score) -> str:
    return f"{one_decimal(score.low)}-{one_decimal(score.high)}"


def _right(score: Score | None, size: int) -> str:
    return (one_decimal(score.nominal) if score else "-").rjust(size - 1)
