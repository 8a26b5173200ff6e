"""Actions, the best few together, and single changes that are enough, as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from app.api.answers.figures import certain_interval, days, optional
from app.api.schemas.answers import Band
from app.api.schemas.what_if_answers import (
    Action,
    BestSet,
    Counterfactual,
    Law,
)
from app.domain.mitigation import SourcingLaw
from app.domain.rounding import rounded
from app.scoring.counterfactual import Counterfactual as FoundChange
from app.scoring.counterfactual import Target, TargetKind, in_words, none_alone_can
from app.scoring.mitigation import Action as RankedAction
from app.scoring.mitigation import BestSet as FoundSet


def action_answer(action: RankedAction) -> Action:
    """Return one action; its published difference is that of the published scores."""
    candidate = action.candidate
    lead = candidate.lead_time_months
    before, after = rounded(action.before), rounded(action.after)
    return {
        "id": candidate.id,
        "kind": candidate.kind.value,
        "text": candidate.text,
        "line_ids": sorted(candidate.line_ids),
        "before": before,
        "after": after,
        "risk_removed": signed(before - after),
        "upper_bound_removed": signed(action.upper_bound_removed),
        "stockout_days_removed": signed(action.stockout_days_removed),
        "lost_revenue_removed": optional(action.lost_revenue_removed),
        "lead_time_months": None if lead is None else days(lead.nominal),
        "lead_time_range_months": None if lead is None else certain_interval(lead),
        "maturity": candidate.readiness.value,
        "outlasts_horizon": action.outlasts,
        "trade_off": candidate.trade_off,
        "sources": list(candidate.sources),
    }


def signed(value: float) -> float:
    """Return a figure that may be negative with one decimal; nothing is plain 0.

    Examples:
        >>> signed(-0.01), signed(-0.26)
        (0.0, -0.3)
    """
    return rounded(value) + 0.0


def best_set_answer(found: FoundSet | None) -> BestSet | None:
    """Return the best few actions together, or None where none helps in time."""
    if found is None:
        return None
    before, after = rounded(found.before), rounded(found.after)
    return {
        "actions": [action.candidate.id for action in found.actions],
        "steps": [rounded(step) for step in found.steps],
        "before": before,
        "after": after,
        "risk_removed": signed(before - after),
        "upper_bound_removed": signed(found.upper_bound_removed),
        "stockout_days_removed": signed(found.stockout_days_removed),
        "lost_revenue_removed": optional(found.lost_revenue_removed),
        "within_months": found.within_months,
        "note": found.note,
    }


def counterfactual_answers(target: Target, found: Sequence[FoundChange]) -> list[Counterfactual]:
    """Return the changes of one target; a last row says so where none alone is enough."""
    rows = [
        _row(
            target,
            change=in_words(one),
            lever=one.lever,
            stage=None if one.stage is None else one.stage.value,
            country=one.country,
            value=optional(one.value),
            reaches=one.reaches,
            score=rounded(one.score),
        )
        for one in found
    ]
    if none_alone_can(found):
        rows.append(
            _row(
                target, change="none alone can", lever=None, stage=None, country=None,
                value=None, reaches=False, score=None,
            )
        )  # fmt: skip
    return rows


def _row(target: Target, **fields: object) -> Counterfactual:
    return cast(
        "Counterfactual",
        {
            "target": target.key or TargetKind.BOM.value,
            "target_kind": target.kind.value,
            "band": cast("Band", target.band),
            **fields,
        },
    )


def law_answers(laws: Sequence[SourcingLaw]) -> list[Law]:
    """Return laws of the buyer's own country that bar origins."""
    return [
        {"id": law.id, "text": law.text, "sources": list(law.provenance.sources)} for law in laws
    ]
