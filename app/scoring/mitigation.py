"""Actions ranked by the risk that they remove, and the best few together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.mitigation import SourcingLaw
from app.scoring.candidates import Candidate, Readiness
from app.scoring.design_alternatives import design_alternatives
from app.scoring.patches import Patch, apply_patches
from app.scoring.purchasing import purchasing_candidates
from app.scoring.second_sources import second_sources
from app.scoring.workbench import ProductRisk, Workbench

#: Changes of risk below this are rounding.
TINY = 1e-12
#: Actions that are tried together, and how many of the best are looked at [1].
SET_SIZE = 3
SET_POOL = 20
#: A step that the published score would not show is none [points].
SET_LEAST_POINTS = 0.1
#: Actions of a set take effect within this time [months], unless asked otherwise.
SET_WITHIN_MONTHS = 12.0

NOT_ADDITIVE = (
    "The effects of actions do not add up: each is measured against the product as it is, and "
    "what one action removes another cannot remove again"
)


@dataclass(frozen=True, slots=True)
class Action:
    """A candidate and what it does to the product.

    All scores are of the product. Lines weigh what they weigh before the action.

    Attributes:
        risk_removed: Points of the nominal score that go; negative where the action adds risk.
        upper_bound_removed: Points of the upper bound that go.
        stockout_days_removed: Expected stock-out days of the product's worst line that go.
        lost_revenue_removed: The same in money, None where no revenue is given.
        outlasts: Whether stock alone lasts for the whole horizon on every line that it is for;
            such an action answers this question by its wording, and no longer one.
        patches: The change itself.
    """

    candidate: Candidate
    before: float
    after: float
    risk_removed: float
    upper_bound_removed: float
    stockout_days_removed: float
    lost_revenue_removed: float | None
    outlasts: bool
    patches: tuple[Patch, ...]


@dataclass(frozen=True, slots=True)
class BestSet:
    """Up to three actions that together remove most, found one after the other.

    Attributes:
        steps: Score of the product after each action in turn.
    """

    actions: tuple[Action, ...]
    steps: tuple[float, ...]
    before: float
    after: float
    risk_removed: float
    upper_bound_removed: float
    stockout_days_removed: float
    lost_revenue_removed: float | None
    within_months: float
    note: str = NOT_ADDITIVE


def all_candidates(bench: Workbench) -> tuple[Candidate, ...]:
    """Return everything that the cited facts offer for a product.

    References:
        docs/what-if.md, "Actions".
    """
    return (
        *second_sources(bench),
        *design_alternatives(bench),
        *purchasing_candidates(bench),
    )


def ranked_actions(bench: Workbench, candidates: Sequence[Candidate]) -> tuple[Action, ...]:
    """Return candidates with their effect, the one that removes most risk first.

    Ties go by the upper bound, then by id. What changes nothing on any line is left out unless
    its candidate says that this is worth knowing.

    Args:
        bench: The product in its context.
        candidates: What could be done.

    References:
        docs/what-if.md, "Actions".
    """
    actions = [
        action for candidate in candidates if (action := _action(candidate, bench)) is not None
    ]
    return tuple(
        sorted(
            actions,
            key=lambda one: (-one.risk_removed, -one.upper_bound_removed, one.candidate.id),
        )
    )


def _action(candidate: Candidate, bench: Workbench) -> Action | None:
    line_ids = candidate.line_ids
    patches = candidate.make(line_ids)
    risk = _risk_after(patches, bench)
    helped = helped_lines(line_ids, bench.base, risk)
    if candidate.needs_effect:
        if not helped:
            return None
        if helped != line_ids:
            # Nobody would do it where it does not help.
            candidate = replace(candidate, line_ids=helped)
            patches = candidate.make(helped)
            risk = _risk_after(patches, bench)
    return Action(candidate, *_effects(risk, bench), _outlasts(candidate, patches, bench), patches)


def _outlasts(candidate: Candidate, patches: Sequence[Patch], bench: Workbench) -> bool:
    changed = apply_patches(bench.inputs, patches)
    stocks = [
        (before.stock_days or 0.0, after.stock_days or 0.0)
        for before, after in zip(bench.inputs.bom.lines, changed.bom.lines, strict=True)
        if after.line_id in candidate.line_ids
    ]
    horizon = bench.inputs.context.horizon_days
    return all(before < after and after >= horizon for before, after in stocks)


def _risk_after(patches: Sequence[Patch], bench: Workbench) -> ProductRisk:
    return bench.risk_of(apply_patches(bench.inputs, patches), hold_weights=True)


def helped_lines(
    line_ids: frozenset[str], before: ProductRisk, after: ProductRisk
) -> frozenset[str]:
    """Return the lines whose nominal or upper risk falls; one without rare earths has none."""
    nothing = (0.0, 0.0, 0.0)
    return frozenset(
        line_id
        for line_id in line_ids
        if any(
            before.lines[line_id][end] - after.lines.get(line_id, nothing)[end] > TINY
            for end in (1, 2)
        )
    )


def _effects(
    risk: ProductRisk, bench: Workbench
) -> tuple[float, float, float, float, float, float | None]:
    base = bench.base
    before, after = bench.score(base.bom[1]), bench.score(risk.bom[1])
    upper = bench.score(base.bom[2]) - bench.score(risk.bom[2])
    days = (base.maximum - risk.maximum) * bench.inputs.context.horizon_days
    revenue = bench.inputs.bom.daily_revenue
    lost = None if revenue is None else days * float(revenue)
    return before, after, before - after, upper, days, lost


def best_set(
    bench: Workbench,
    actions: Sequence[Action],
    *,
    within_months: float = SET_WITHIN_MONTHS,
) -> BestSet | None:
    """Return the best few actions together, chosen greedily; None where none helps in time.

    Each step adds the action that lowers the product's risk most on top of those chosen.
    Designs that are still tried out, actions that usually take longer than allowed or for which
    nobody gives a time, and stock that outlasts the horizon take no part.

    Args:
        bench: The product in its context.
        actions: Ranked actions.
        within_months: Longest usual lead time [months].
    """
    pool = [one for one in actions if not one.outlasts and _in_time(one.candidate, within_months)][
        :SET_POOL
    ]
    chosen: list[Action] = []
    steps: list[float] = []
    risk = bench.base
    while len(chosen) < SET_SIZE:
        patches = tuple(patch for one in chosen for patch in one.patches)
        tried = [
            (_risk_after((*patches, *one.patches), bench), one) for one in pool if one not in chosen
        ]
        reached = bench.score(risk.bom[1])
        better = [
            pair for pair in tried if reached - bench.score(pair[0].bom[1]) >= SET_LEAST_POINTS
        ]
        if not better:
            break
        risk, best = min(
            better, key=lambda pair: (pair[0].bom[1], pair[0].bom[2], pair[1].candidate.id)
        )
        chosen.append(best)
        steps.append(bench.score(risk.bom[1]))
    if not chosen:
        return None
    return BestSet(tuple(chosen), tuple(steps), *_effects(risk, bench), within_months)


def _in_time(candidate: Candidate, within_months: float) -> bool:
    lead = candidate.lead_time_months
    return (
        candidate.readiness is not Readiness.PILOT
        and lead is not None
        and lead.nominal <= within_months
    )


def sourcing_laws(bench: Workbench) -> tuple[SourcingLaw, ...]:
    """Return the laws of the buyer's own country that bar origins; a warning, no stop."""
    destination = bench.inputs.context.destination
    laws = bench.inputs.reference.mitigation.sourcing_law
    return tuple(law for law in laws if law.region == destination)
