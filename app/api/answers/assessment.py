"""A whole assessment at three depths: summary, elements, full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar, cast

from app.api.answers.de_minimis import de_minimis, questions, reexport
from app.api.answers.elements import element_answer, element_score
from app.api.answers.entities import end_user_match, supplier_matches
from app.api.answers.figures import contributions, optional, significant
from app.api.answers.freshness import freshness_answer, measures_behind
from app.api.answers.identity import assessment_id
from app.api.answers.lines import line_answer
from app.api.schemas.answers import (
    AssessmentAnswer,
    Band,
    BomDetail,
    BomScore,
    Context,
    ElementAnswer,
    ElementsView,
    FileAnswer,
    LineAnswer,
    SectorAnswer,
    SectorScore,
    Summary,
    WarningAnswer,
)
from app.api.schemas.freshness import FreshnessAnswer
from app.api.schemas.queries import Detail
from app.api.versions import versions_from
from app.batch.ready_made import ReadyMade
from app.domain.answer import AnswerWarning, AssessedBom
from app.domain.bom import FileFacts
from app.domain.context import AssessmentContext
from app.domain.exposure import LineOutcome
from app.domain.reference import ReferenceData
from app.domain.results import ElementResult, SectorResult
from app.domain.rounding import largest_remainder, rounded
from app.domain.sectors import Sector

Result = TypeVar("Result", ElementResult, SectorResult)
Answer = TypeVar("Answer", bound=Mapping[str, object])

DISCLAIMER = (
    "This is a model's estimate from public sources, not legal advice and no clearance of an "
    "end user. Check each measure in its source before you act."
)


def assessment_answer(
    assessed: AssessedBom,
    reference: ReferenceData,
    *,
    detail: Detail,
    ready: ReadyMade | None = None,
) -> Summary | ElementsView | AssessmentAnswer:
    """Return the answer to an assessment request at one depth.

    Args:
        assessed: The assessment.
        reference: Reference data.
        detail: Depth.
        ready: Where parts that answers share are remembered. With it they are not plain values:
            orjson alone can write such an answer, and nobody should read it.
    """
    if detail == "summary":
        return _summary(assessed, reference)
    view = _elements_view(assessed, reference, ready)
    if detail == "elements":
        return view
    return {**view, "lines": _lines(assessed)}


def context_answer(context: AssessmentContext) -> Context:
    """Return the question as it was answered."""
    return {
        "destination": context.destination,
        "end_use": context.end_use.value,
        "end_user": context.end_user,
        "end_user_owners": [
            {"name": owner.name, "share": format(owner.share.normalize(), "f")}
            for owner in context.end_user_owners
        ],
        "as_of": context.as_of.isoformat(),
        "known_on": context.known_on.isoformat(),
        "horizon_days": context.horizon_days,
        "language": context.language,
    }


def warning_answer(warning: AnswerWarning) -> WarningAnswer:
    """Return one warning."""
    return {
        "code": warning.code,
        "text": warning.text,
        "pointer": warning.pointer,
        "row": warning.row,
        "column": warning.column,
    }


def sector_score(result: SectorResult, sector: Sector, *, language: str) -> SectorScore:
    """Return the score of a sector alone."""
    return {
        "id": result.id,
        "name": sector.names[language],
        "score": rounded(result.score.nominal),
        "low": rounded(result.score.low),
        "high": rounded(result.score.high),
        "band": cast("Band", result.score.band),
        "basis": "bom" if result.basis == "bom" else "reference",
    }


def sector_answer(result: SectorResult, sector: Sector, *, language: str) -> SectorAnswer:
    """Return a sector with the elements that make its score."""
    head = sector_score(result, sector, language=language)
    addends = result.contributions
    points = largest_remainder([addend.points for addend in addends], head["score"])
    parts = [
        (share, addend.element)
        for share, addend in zip(points, addends, strict=True)
        if share != 0.0
    ]
    parts.sort(key=lambda part: (-part[0], part[1]))
    return {
        **head,
        "contributions": [{"element": element, "points": share} for share, element in parts],
        "worst_element": result.worst_element,
    }


def _summary(assessed: AssessedBom, reference: ReferenceData) -> Summary:
    versions = versions_from(reference)
    language = assessed.context.language
    result = assessed.assessment
    return {
        **versions,
        "assessment_id": assessment_id(assessed.bom, assessed.context, versions),
        "context": context_answer(assessed.context),
        "bom": _bom_score(assessed),
        "elements": [
            element_score(one, reference.elements[one.symbol], language=language)
            for one in result.elements
        ],
        "sectors": [
            sector_score(one, reference.sectors[one.id], language=language)
            for one in result.sectors
        ],
        "freshness": _freshness(assessed, reference),
        "warnings": [warning_answer(warning) for warning in assessed.warnings],
        "disclaimer": DISCLAIMER,
    }


def _elements_view(
    assessed: AssessedBom, reference: ReferenceData, ready: ReadyMade | None
) -> ElementsView:
    versions = versions_from(reference)
    return {
        **versions,
        "assessment_id": assessment_id(assessed.bom, assessed.context, versions),
        "context": context_answer(assessed.context),
        "end_user_match": end_user_match(assessed.context, reference),
        "supplier_matches": supplier_matches(assessed.bom, assessed.context, reference),
        "bom": _bom_detail(assessed),
        "elements": _elements(assessed, reference, ready),
        "sectors": _sectors(assessed, reference, ready),
        "de_minimis": de_minimis(assessed, reference),
        "reexport": reexport(assessed, reference),
        "abroad_questions": questions(assessed),
        "file": None if assessed.bom.file is None else file_answer(assessed.bom.file),
        "freshness": _freshness(assessed, reference),
        "warnings": [warning_answer(warning) for warning in assessed.warnings],
        "disclaimer": DISCLAIMER,
    }


def _elements(
    assessed: AssessedBom, reference: ReferenceData, ready: ReadyMade | None
) -> list[ElementAnswer]:
    language = assessed.context.language

    def write(one: ElementResult) -> ElementAnswer:
        return element_answer(one, reference.elements[one.symbol], language=language)

    return _written(
        assessed.assessment.elements, write, lambda one: not one.exposed, assessed, ready
    )


def _sectors(
    assessed: AssessedBom, reference: ReferenceData, ready: ReadyMade | None
) -> list[SectorAnswer]:
    language = assessed.context.language

    def write(one: SectorResult) -> SectorAnswer:
        return sector_answer(one, reference.sectors[one.id], language=language)

    return _written(
        assessed.assessment.sectors, write, lambda one: one.basis != "bom", assessed, ready
    )


def _written(
    results: Sequence[Result],
    write: Callable[[Result], Answer],
    is_shared: Callable[[Result], bool],
    assessed: AssessedBom,
    ready: ReadyMade | None,
) -> list[Answer]:
    """Return results as they are answered; those that other answers hold, too, from memory.

    Args:
        results: Results of elements or sectors.
        write: Makes the plain answer of one.
        is_shared: Whether a result has nothing of the caller's goods in it.
        assessed: Whose results they are.
        ready: The memory, or None.
    """
    memory = _memory_for(assessed, ready)
    language = assessed.context.language
    return [
        write(one)
        if memory is None or not is_shared(one)
        else cast("Answer", memory.of(one, language, partial(write, one)))
        for one in results
    ]


def _memory_for(assessed: AssessedBom, ready: ReadyMade | None) -> ReadyMade | None:
    """Return the memory, unless the answer may name a customer's end user."""
    context = assessed.context
    return None if context.end_user or context.end_user_owners else ready


def _freshness(assessed: AssessedBom, reference: ReferenceData) -> FreshnessAnswer:
    return freshness_answer(
        reference.register, assessed.context.as_of, measures_behind(assessed.assessment)
    )


def _bom_score(assessed: AssessedBom) -> BomScore:
    score = assessed.assessment.bom.score
    outcomes = Counter(line.outcome for line in assessed.identified)
    return {
        "id": assessed.bom.id,
        "score": rounded(score.nominal),
        "low": rounded(score.low),
        "high": rounded(score.high),
        "band": cast("Band", score.band),
        "lines_in": len(assessed.bom.lines),
        "lines_with_rare_earths": outcomes[LineOutcome.RARE_EARTHS_FOUND],
        "lines_without": outcomes[LineOutcome.NO_RARE_EARTHS],
        "lines_undetermined": outcomes[LineOutcome.UNDETERMINED],
    }


def _bom_detail(assessed: AssessedBom) -> BomDetail:
    result = assessed.assessment
    head = _bom_score(assessed)
    return {
        **head,
        "name": assessed.bom.name,
        "contributions": contributions(result.bom.contributions, score=head["score"]),
        "maximum": significant(result.bom.maximum),
        "mean": significant(result.bom.mean),
        "worst_line_id": result.bom.worst_line_id,
        "expected_lost_revenue": optional(result.bom.expected_lost_revenue),
        "weight_basis": result.weight_basis,
        "quality": significant(result.quality),
        "flags": list(result.flags),
    }


def _lines(assessed: AssessedBom) -> list[LineAnswer]:
    result = assessed.assessment
    score = rounded(result.bom.score.nominal)
    points = largest_remainder(
        [result.bom.line_points.get(line.line_id, 0.0) for line in result.lines], score
    )
    return [
        line_answer(line, found, one, points=share)
        for line, found, one, share in zip(
            assessed.bom.lines, assessed.identified, result.lines, points, strict=True
        )
    ]


def file_answer(facts: FileFacts) -> FileAnswer:
    """Return how a file was read."""
    return {
        "format": facts.format,
        "encoding": facts.encoding,
        "delimiter": facts.delimiter,
        "sheet": facts.sheet,
        "header_row": facts.header_row,
        "columns": dict(facts.columns),
        "ignored_columns": list(facts.ignored_columns),
        "notes": [{"code": code, "text": text} for code, text in facts.notes],
    }
