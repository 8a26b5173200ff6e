"""What each what-if does, as it is answered."""

from __future__ import annotations

from typing import Literal, cast

from app.api.answers.figures import contributions
from app.api.schemas.answers import Band
from app.api.schemas.what_if_answers import (
    ElementChange,
    Flip,
    ScenarioAnswer,
    ScoreChange,
)
from app.domain.elements import RARE_EARTHS
from app.domain.reference import ReferenceData
from app.domain.rounding import rounded
from app.scoring.scenarios import Change, ScenarioResult, flipped

_Kind = Literal["bom", "element", "sector", "line"]


def scenario_answer(
    result: ScenarioResult,
    reference: ReferenceData,
    *,
    builtin: str | None,
    changes: int,
    language: str,
) -> ScenarioAnswer:
    """Return the answer to one what-if.

    Args:
        result: Scores before and after.
        reference: Names of sectors.
        builtin: Name of the built-in what-if it began with, or None.
        changes: Number of patches that were applied.
        language: Language of names.
    """
    bom = score_change(result.bom)
    by_symbol = {change.key: change for change in result.elements}
    rows = contributions(result.contributions, score=bom["delta"])
    rows.sort(key=lambda row: (-abs(row["points"]), row["factor"]))
    return {
        "id": result.id,
        "builtin": builtin,
        "changes": changes,
        "bom": bom,
        "elements": [_element(symbol, by_symbol.get(symbol)) for symbol in RARE_EARTHS],
        "sectors": [
            {
                **score_change(change),
                "id": change.key,
                "name": reference.sectors[change.key].names[language],
            }
            for change in result.sectors
        ],
        "lines": [{**score_change(change), "line_id": change.key} for change in result.lines],
        "flips": [_flip(kind, change) for kind, change in flipped(result)],
        "contributions": rows,
    }


def score_change(change: Change) -> ScoreChange:
    """Return a score before and after; the published difference is that of the published two."""
    before, after = rounded(change.before.nominal), rounded(change.after.nominal)
    return {
        "before": before,
        "after": after,
        "delta": rounded(after - before) + 0.0,
        "low_after": rounded(change.after.low),
        "high_after": rounded(change.after.high),
        "band_before": cast("Band", change.before.band),
        "band_after": cast("Band", change.after.band),
    }


def _element(symbol: str, change: Change | None) -> ElementChange:
    if change is None:
        return {
            "symbol": symbol, "before": None, "after": None, "delta": None, "low_after": None,
            "high_after": None, "band_before": None, "band_after": None,
        }  # fmt: skip
    return {**score_change(change), "symbol": symbol}


def _flip(kind: str, change: Change) -> Flip:
    return {
        "kind": cast("_Kind", kind),
        "key": change.key,
        "band_before": cast("Band", change.before.band),
        "band_after": cast("Band", change.after.band),
    }
