"""How sure a score is when every input moves at once: P10 to P90, and how firm the ranks are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.methodology import Methodology
from app.domain.triple import Side
from app.scoring.engine import Ends
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.halton import halton_points
from app.scoring.line_risk import LineEvaluator
from app.scoring.patches_method import with_parameter
from app.scoring.scale import score_of
from app.scoring.variants import GROUPS, PointRisk, point_risk, uncertain_parameters
from app.scoring.weights import LineWeight

#: Points of the sequence that are evaluated.
POINTS = 128

P10, P50, P90 = 0.1, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Spread:
    """Scores that 10, 50 and 90 per cent of the points stay below."""

    key: str
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class RankPair:
    """Two neighbours in the nominal order, and how often the upper one stays above [1]."""

    upper: str
    lower: str
    stays: float


@dataclass(frozen=True, slots=True)
class Certainty:
    """What the points say.

    Attributes:
        elements: One spread for each element of the product, worst nominal score first.
        ranks: One pair for each two neighbours among these.
    """

    points: int
    bom: Spread
    elements: tuple[Spread, ...]
    ranks: tuple[RankPair, ...]


def certainty(
    lines: Sequence[ScoredLine],
    weights: Sequence[LineWeight],
    evaluation: Evaluation,
    *,
    points: int = POINTS,
) -> Certainty:
    """Return spreads and the firmness of ranks over the first points of a Halton sequence.

    A parameter takes the value at its quantile, the nominal one in the middle. A group of table
    inputs is at its favourable, nominal or unfavourable end with the weights of the method's
    three-point distributions.

    Args:
        lines: Rare-earth lines of a product.
        weights: Their weights, in the same order.
        evaluation: Evaluation of the context.
        points: Number of points.

    References:
        docs/what-if.md, "How sure".
    """
    gamma = evaluation.methodology.parameters.gamma
    nominal = point_risk(lines, weights, evaluation.evaluator(Side.NOMINAL))
    found = [point_risk(lines, weights, evaluator) for evaluator in _evaluators(evaluation, points)]
    order = sorted(nominal.elements, key=lambda symbol: (-nominal.elements[symbol], symbol))
    return Certainty(
        points,
        _spread("bom", [one.bom for one in found], gamma),
        tuple(
            _spread(symbol, [one.elements.get(symbol, 0.0) for one in found], gamma)
            for symbol in order
        ),
        tuple(
            RankPair(upper, lower, _stays_above(upper, lower, found))
            for upper, lower in pairwise(order)
        ),
    )


def _evaluators(evaluation: Evaluation, points: int) -> Iterator[LineEvaluator]:
    method: Methodology = evaluation.methodology
    moved = uncertain_parameters(method.parameters)
    for point in halton_points(points, len(GROUPS) + len(moved)):
        sides = [_side(part, method.quantile_weights) for part in point[: len(GROUPS)]]
        ends = Ends.all_at(Side.NOMINAL)
        for group, side in zip(GROUPS, sides, strict=True):
            ends = ends.with_group(group, side)
        parameters = method.parameters
        for one, part in zip(moved, point[len(GROUPS) :], strict=True):
            parameters = with_parameter(parameters, one.name, one.quantile(part))
        yield evaluation.variant(ends, methodology=replace(method, parameters=parameters))


def _side(part: float, weights: tuple[float, float, float]) -> Side:
    if part < weights[0]:
        return Side.LOW
    return Side.NOMINAL if part < weights[0] + weights[1] else Side.HIGH


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value below which a part of some values lie, between neighbours in proportion.

    Args:
        values: At least one.
        part: From 0 (the least) to 1 (the greatest).

    Examples:
        >>> quantile([4.0, 1.0, 2.0, 3.0], 0.5)
        2.5
    """
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _spread(key: str, risks: Sequence[float], gamma: float) -> Spread:
    # The scale ascends, so a quantile of the scores is the score of that quantile or nearly so.
    scores = [score_of(risk, gamma=gamma) for risk in risks]
    return Spread(key, *(quantile(scores, part) for part in (P10, P50, P90)))


def _stays_above(upper: str, lower: str, found: Sequence[PointRisk]) -> float:
    """Return in which share of the points one element is above another; equal counts half."""
    wins = 0.0
    for one in found:
        first, second = one.elements.get(upper, 0.0), one.elements.get(lower, 0.0)
        wins += 1.0 if first > second else 0.5 if first == second else 0.0
    return wins / len(found)
