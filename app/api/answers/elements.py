"""One element: its score, why, how concentrated its supply is, and what the law says."""

from __future__ import annotations

from typing import cast

from app.api.answers.figures import (
    contributions,
    days,
    interval,
    optional,
    optional_days,
    significant,
)
from app.api.schemas.answers import (
    Band,
    BasisName,
    Concentration,
    Control,
    ElementAnswer,
    ElementScore,
    StatusName,
)
from app.domain.elements import Element
from app.domain.results import ControlView, ElementResult, StageConcentration
from app.domain.rounding import rounded


def element_score(result: ElementResult, element: Element, *, language: str) -> ElementScore:
    """Return the score of an element alone."""
    score = result.score
    answer: ElementScore = {
        "symbol": result.symbol,
        "name": element.names[language],
        "score": rounded(score.nominal) if score else None,
        "low": rounded(score.low) if score else None,
        "high": rounded(score.high) if score else None,
        "band": cast("Band", score.band) if score else None,
        "exposed": result.exposed,
    }
    if result.reason is not None:
        answer["reason"] = result.reason
    return answer


def element_answer(result: ElementResult, element: Element, *, language: str) -> ElementAnswer:
    """Return an element with its explanation and its supply side."""
    head = element_score(result, element, language=language)
    return {
        **head,
        "expected_stockout_days": days(result.expected_stockout_days),
        "time_to_survive_days": optional_days(result.time_to_survive_days),
        "time_to_recover_days": optional_days(result.time_to_recover_days),
        "gap_days": optional_days(result.gap_days),
        "profile": [
            {
                "horizon_days": point.horizon_days,
                "score": rounded(point.score),
                "expected_stockout_days": days(point.expected_stockout_days),
            }
            for point in result.profile
        ],
        "mass_kg": interval(result.mass_kg),
        "line_ids": list(result.line_ids),
        "concentration": [concentration(stage) for stage in result.concentration],
        "control": control(result.control) if result.control is not None else None,
        "contributions": contributions(result.contributions, score=head["score"] or 0.0),
        "flags": list(result.flags),
    }


def concentration(stage: StageConcentration) -> Concentration:
    """Return one stage, seen for the world, the destination and the company."""
    mine = stage.largest_mine
    return {
        "stage": stage.stage,
        "china_share": {
            "world": significant(stage.china_world),
            "destination": optional(stage.china_destination),
            "company": optional(stage.china_company),
        },
        "hhi": {
            "world": significant(stage.hhi_world),
            "destination": optional(stage.hhi_destination),
            "company": optional(stage.hhi_company),
        },
        "low": significant(stage.china_low),
        "high": significant(stage.china_high),
        "largest_mine": None if mine is None else {"name": mine[0], "share": significant(mine[1])},
        "basis": cast("BasisName", stage.basis),
        "sources": list(stage.sources),
    }


def control(view: ControlView) -> Control:
    """Return the law for one element."""
    change = view.next_change
    return {
        "status": cast("StatusName", view.status),
        "certainty": view.certainty,
        "best_estimate": cast("StatusName | None", view.best_estimate),
        "worst_case": cast("StatusName | None", view.worst_case),
        "expectation": view.expectation,
        "reexport": view.reexport,
        "if_military": view.if_military,
        "measures": list(view.measures),
        "next_change": None
        if change is None
        else {
            "on_date": change.on_date.isoformat(),
            "measure": change.measure,
            "status": change.status,
            "basis": change.basis,
        },
        "practice": view.practice,
        "licence_days": interval(view.licence_days),
        "notes": list(view.notes),
    }
