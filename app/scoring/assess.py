"""The one door of the scoring core."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.exposure import IdentifiedLine
from app.domain.reference import ReferenceData
from app.domain.results import Assessment, BomResult, LineResult, Score
from app.domain.triple import ZERO, Side
from app.errors import InvalidInputError
from app.scoring.aggregation import Player, pooled
from app.scoring.causes import contributions
from app.scoring.element_results import element_results
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.line_results import LineRisk, line_result, line_risk
from app.scoring.merged_lines import Group, grouped, item_behind, parts_of, product_shares
from app.scoring.scale import interval_score
from app.scoring.scored_lines import scored_lines
from app.scoring.sector_results import sector_results
from app.scoring.weights import LineWeight, Weights, line_weights

WEIGHTS_ASSUMED = "weights_assumed"
LOW_CONFIDENCE = "low_confidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessOptions:
    """How much to explain.

    Attributes:
        lines: Whether each line is explained (contributions, origins).
        waterfall: Whether each line shows the steps from gross to net.
        profile: Whether elements show the scores of other horizons.
        sectors: Whether the sectors are scored at all; their default goods cost most of a
            first assessment in a context.
        gather_small: Whether small causes of the product's score are put together.
        abroad: Whether rules on goods made abroad are looked at; no part of the score.
        each_line: Whether the lines have results of their own at all.
        causes: Whether scores come with what makes them up: causes and concentrations.
        amounts: Whether elements come with their mass and the ids of their lines.
    """

    lines: bool = True
    waterfall: bool = True
    profile: bool = True
    sectors: bool = True
    gather_small: bool = True
    abroad: bool = True
    each_line: bool = True
    causes: bool = True
    amounts: bool = True


EVERYTHING = AssessOptions()


def assess(
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    reference: ReferenceData,
    *,
    context: AssessmentContext,
    options: AssessOptions = EVERYTHING,
    evaluation: Evaluation | None = None,
    scored: tuple[ScoredLine, ...] | None = None,
) -> Assessment:
    """Score a bill of materials for each rare earth and each sector.

    Args:
        bom: The lines as the caller gave them.
        identified: What identification found, one for each line, in the same order.
        reference: Reference data.
        context: Destination, end use, end user, dates, horizon.
        options: How much to explain.
        evaluation: An evaluation of the same reference data and context to reuse; the answer
            is the same with a fresh one.
        scored: Lines of the product made ready for that evaluation, where the caller has them.

    Returns:
        All 17 elements, every sector, every line; nothing is dropped.

    Raises:
        InvalidInputError: Shares, stock or lines do not fit together.

    References:
        docs/methodology.md.
    """
    if len(identified) != len(bom.lines):
        raise InvalidInputError(
            f"{len(bom.lines)} lines but {len(identified)} identifications; give one each"
        )
    used = evaluation or Evaluation(reference, context)
    if scored is None:
        scored = scored_lines(bom, identified, reference, context, used.goods)
    by_id = {line.line_id: line for line in bom.lines}
    weights = line_weights(
        [by_id[line.line_id] for line in scored], scored, reference.supply.prices
    )
    risks = tuple(
        line_risk(line, weight, used) for line, weight in zip(scored, weights.lines, strict=True)
    )
    weighed = tuple(risk for risk in risks if risk.weight.whole > 0.0)
    groups = grouped(weighed)
    elements = element_results(
        weighed,
        groups,
        used,
        profile=options.profile,
        causes=options.causes,
        amounts=options.amounts,
    )
    quality = quality_index(groups)
    flags = {flag for element in elements for flag in element.flags if element.exposed}
    if weights.assumed and weighed:
        flags.add(WEIGHTS_ASSUMED)
    if quality < used.methodology.low_confidence_below:
        flags.add(LOW_CONFIDENCE)
    return Assessment(
        bom=_bom_result(bom, weighed, groups, used, options),
        elements=elements,
        sectors=sector_results(groups, used) if options.sectors else (),
        lines=_line_results(bom, risks, used, options) if options.each_line else (),
        weight_basis=weights.basis,
        quality=quality,
        flags=tuple(sorted(flags)),
        methodology_version=used.methodology.version,
        reference_data_version=reference.version,
    )


def _line_results(
    bom: Bom, risks: Sequence[LineRisk], evaluation: Evaluation, options: AssessOptions
) -> tuple[LineResult, ...]:
    by_id = {
        risk.line.line_id: line_result(
            risk, evaluation, explain=options.lines, waterfall=options.waterfall
        )
        for risk in risks
    }
    return tuple(
        by_id.get(line.line_id) or _without(line.line_id, evaluation) for line in bom.lines
    )


def _without(line_id: str, evaluation: Evaluation) -> LineResult:
    """Return the result of a line in which no rare earth was found."""
    return LineResult(
        line_id=line_id,
        score=_no_score(evaluation),
        elements=(),
        contributions=(),
        waterfall=(),
        best_origin=None,
        worst_origin=None,
        expected_stockout_days=0.0,
        flags=(),
    )


def _no_score(evaluation: Evaluation) -> Score:
    return Score(
        low=0.0, nominal=0.0, high=0.0, band=evaluation.methodology.bands[0].name, risk=ZERO
    )


def _bom_result(
    bom: Bom,
    risks: Sequence[LineRisk],
    groups: Sequence[Group],
    evaluation: Evaluation,
    options: AssessOptions,
) -> BomResult:
    methodology = evaluation.methodology
    parameters = methodology.parameters
    players = [Player(one.lines.risks, one.weight, one.lines.possible_only) for one in groups]
    whole = pooled(players, beta=parameters.beta)
    score = interval_score(
        whole.low, whole.nominal, whole.high, gamma=parameters.gamma, bands=methodology.bands
    )
    shares = product_shares(groups, whole.parts) if options.causes else []
    scale = score.nominal / whole.nominal if whole.nominal > 0.0 else 0.0
    per_weight = {
        group.lines: part * scale / player.weight
        for group, player, part in zip(groups, players, whole.parts, strict=True)
    }
    lost = None
    if bom.daily_revenue is not None:
        lost = whole.maximum * evaluation.context.horizon_days * float(bom.daily_revenue)
    return BomResult(
        score=score,
        maximum=whole.maximum,
        mean=whole.mean,
        contributions=contributions(
            parts_of(shares),
            risk=whole.nominal,
            score=score.nominal,
            engine=evaluation.evaluator(Side.NOMINAL).engine,
            behind=lambda cause: item_behind(shares, cause, evaluation),
            gather_small=options.gather_small,
        )
        if options.causes
        else (),
        line_points={
            risk.line.line_id: per_weight[risk.lines] * risk.weight.whole for risk in risks
        },
        expected_lost_revenue=lost,
        worst_line_id=max(groups, key=lambda one: one.rank).last_id if groups else None,
    )


def quality_index(groups: Sequence[Group]) -> float:
    """Return how much of the answer rests on what the caller knows [1], 0-1.

    The product of the weight shares of lines with declared countries, with declared
    composition, and with measured stock; 1 where nothing is at risk.

    References:
        docs/methodology.md, "How sure".
    """
    weights = [group.weight for group in groups]
    total = math.fsum(weights)
    if total == 0.0:
        return 1.0
    quality = 1.0
    for fact in range(3):
        known = (
            weight for group, weight in zip(groups, weights, strict=True) if group.lines.knows[fact]
        )
        quality *= math.fsum(known) / total
    return quality


__all__ = [
    "EVERYTHING",
    "AssessOptions",
    "LineWeight",
    "Weights",
    "assess",
    "quality_index",
]
