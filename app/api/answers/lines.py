"""One line: what it holds, how we know, and what it contributes."""

from __future__ import annotations

from typing import cast

from app.api.answers.figures import certain_interval, contributions, days, interval, significant
from app.api.schemas.answers import (
    Band,
    IdentifiedLine,
    LineAnswer,
    LineElement,
    Origin,
)
from app.domain.bom import BomLine
from app.domain.exposure import ElementContent
from app.domain.exposure import IdentifiedLine as DomainLine
from app.domain.results import LineResult
from app.domain.rounding import rounded


def identified_line(line: DomainLine) -> IdentifiedLine:
    """Return the outcome of identification of one line."""
    return {
        "line_id": line.line_id,
        "outcome": line.outcome.value,
        "confidence": significant(line.confidence),
        "evidence": [
            {
                "kind": item.kind,
                "text": item.text,
                "field": item.field,
                "start": item.start,
                "end": item.end,
                "reference": item.reference,
                "sources": list(item.sources),
            }
            for item in line.evidence
        ],
        "elements": [_content(content) for content in line.elements],
        "forms": list(line.forms),
        "material": line.material,
        "reason": line.reason,
        "question": line.question,
        "warnings": [{"code": code, "text": text} for code, text in line.warnings],
    }


def line_answer(
    line: BomLine, found: DomainLine, result: LineResult, *, points: float
) -> LineAnswer:
    """Return one line of an assessment.

    Args:
        line: The line as it came in.
        found: What it holds.
        result: Its scores.
        points: Its points in the product's score, rounded.
    """
    head = identified_line(found)
    scores = {entry.symbol: rounded(entry.score.nominal) for entry in result.elements}
    for element in head["elements"]:
        if element["symbol"] in scores:
            element["score"] = scores[element["symbol"]]
    for code, text, _ in line.warnings:
        head["warnings"].append({"code": code, "text": text})
    score = rounded(result.score.nominal)
    return {
        **head,
        "score": score,
        "low": rounded(result.score.low),
        "high": rounded(result.score.high),
        "band": cast("Band", result.score.band),
        "points": points,
        "expected_stockout_days": days(result.expected_stockout_days),
        "contributions": contributions(result.contributions, score=score),
        "waterfall": [
            {"step": step.step, "score": rounded(step.score), "change": rounded(step.change)}
            for step in result.waterfall
        ],
        "best_origin": _origin(result.best_origin),
        "worst_origin": _origin(result.worst_origin),
        "flags": list(result.flags),
        "row": line.row,
        "sheet": line.sheet,
    }


def _content(content: ElementContent) -> LineElement:
    return {
        "symbol": content.symbol,
        "mass_kg": interval(content.mass_kg),
        "presence": certain_interval(content.presence),
        "basis": content.basis.value,
        "sources": list(content.sources),
    }


def _origin(origin: tuple[str, float] | None) -> Origin | None:
    return None if origin is None else {"country": origin[0], "score": rounded(origin[1])}
