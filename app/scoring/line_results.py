"""Results of single lines: score, causes, waterfall, best and worst origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.elements import WITHOUT_MARKET
from app.domain.results import LineElementScore, LineResult, Score, WaterfallStep
from app.domain.triple import Side
from app.scoring.aggregation import Player, Pooled, pooled
from app.scoring.attribution import Cause
from app.scoring.causes import Part, contributions, leading, merged
from app.scoring.crossing_items import CrossingItem
from app.scoring.evaluation import ElementOutcome, Evaluation, line_flags, without_protection
from app.scoring.goods import ScoredLine
from app.scoring.line_risk import single_origins
from app.scoring.scale import interval_score, score_of
from app.scoring.weights import LineWeight


@dataclass(frozen=True, slots=True)
class LineRisk:
    """One line with the risks of its elements, its own risk (the worst) and its causes."""

    line: ScoredLine
    weight: LineWeight
    outcomes: tuple[ElementOutcome, ...]
    pooled: Pooled
    causes: Mapping[Cause, float]

    @property
    def risks(self) -> tuple[float, float, float]:
        """Return r at the three ends [1]."""
        return self.pooled.low, self.pooled.nominal, self.pooled.high

    @property
    def possible_only(self) -> bool:
        """Return whether the nominal composition is without any rare earth."""
        return all(outcome.possible_only for outcome in self.outcomes)

    @property
    def flags(self) -> frozenset[str]:
        """Return what the answer must say about the line."""
        return line_flags(self.line).union(*(outcome.flags for outcome in self.outcomes))

    def item_behind(self, cause: Cause, evaluation: Evaluation) -> CrossingItem:
        """Return the state of the measure behind a cause, in the element that it hits most."""
        place = leading(_parts(self.pooled, self.outcomes), cause)
        return evaluation.item_behind(self.line, self.outcomes[place], cause)


def line_risk(line: ScoredLine, weight: LineWeight, evaluation: Evaluation) -> LineRisk:
    """Return the risk of a line: that of its worst element.

    References:
        docs/methodology.md, "Putting lines together" and "Explanation".
    """
    outcomes = evaluation.line(line)
    # Elements of one part share its risk by their weight; a missing mass counts as one.
    players = [
        Player(
            outcome.risks,
            weight.by_element.get(outcome.content.symbol, 0.0) or 1.0,
            outcome.possible_only,
        )
        for outcome in outcomes
    ]
    whole = pooled(players, beta=1.0)
    return LineRisk(line, weight, outcomes, whole, merged(_parts(whole, outcomes)))


def _parts(whole: Pooled, outcomes: Sequence[ElementOutcome]) -> list[Part]:
    """Return the causes of each element and the factor with which they enter the line."""
    return [
        (part / outcome.nominal.risk if outcome.nominal.risk > 0.0 else 0.0, outcome.nominal.causes)
        for part, outcome in zip(whole.parts, outcomes, strict=True)
    ]


def line_result(
    found: LineRisk, evaluation: Evaluation, *, explain: bool, waterfall: bool
) -> LineResult:
    """Return the published result of a line.

    Args:
        found: Risks of the line.
        evaluation: Evaluation that computed them.
        explain: Whether to add contributions and origins.
        waterfall: Whether to add the steps from gross to net.
    """
    methodology = evaluation.methodology
    score = _score(found.risks, evaluation)
    engine = evaluation.evaluator(Side.NOMINAL).engine
    best, worst = _origins(found, evaluation) if explain else (None, None)
    return LineResult(
        line_id=found.line.line_id,
        score=score,
        elements=tuple(
            LineElementScore(symbol=outcome.content.symbol, score=_score(outcome.risks, evaluation))
            for outcome in found.outcomes
            if outcome.content.symbol not in WITHOUT_MARKET
        ),
        contributions=contributions(
            found.causes,
            risk=score.risk.nominal,
            score=score.nominal,
            engine=engine,
            behind=lambda cause: found.item_behind(cause, evaluation),
        )
        if explain
        else (),
        waterfall=_waterfall(found, evaluation, methodology.parameters.gamma) if waterfall else (),
        best_origin=best,
        worst_origin=worst,
        expected_stockout_days=score.risk.nominal * evaluation.context.horizon_days,
        flags=tuple(sorted(found.flags)) if explain else (),
    )


def _score(risks: Sequence[float], evaluation: Evaluation) -> Score:
    low, nominal, high = risks
    return interval_score(
        low,
        nominal,
        high,
        gamma=evaluation.methodology.parameters.gamma,
        bands=evaluation.methodology.bands,
    )


def _nominal_risk(line: ScoredLine, evaluation: Evaluation) -> float:
    evaluator = evaluation.evaluator(Side.NOMINAL)
    return max((evaluator.risk(line, content).risk for content in line.contents), default=0.0)


def _waterfall(found: LineRisk, evaluation: Evaluation, gamma: float) -> tuple[WaterfallStep, ...]:
    """Return gross -> recycled -> inventory -> bridges; the changes sum to the net score."""
    order = ("recycled", "inventory", "bridges")
    steps: list[WaterfallStep] = []
    before = 0.0
    for place, step in enumerate(("gross", *order)):
        line = without_protection(found.line, order[place:])
        score = score_of(_nominal_risk(line, evaluation), gamma=gamma)
        steps.append(WaterfallStep(step=step, score=score, change=score - before))
        before = score
    return tuple(steps)


def _origins(
    found: LineRisk, evaluation: Evaluation
) -> tuple[tuple[str, float] | None, tuple[str, float] | None]:
    """Return the single origins with the least and the most severe path [1]."""
    worst_outcome = max(
        found.outcomes, key=lambda outcome: (outcome.nominal.risk, outcome.content.symbol)
    )
    chain = worst_outcome.nominal.chain
    if chain is None:
        return None, None
    paths = evaluation.evaluator(Side.NOMINAL).paths(found.line, chain)
    by_country = single_origins(paths, worst_outcome.content.symbol)
    best = min(by_country, key=lambda country: (by_country[country], country))
    worst = max(by_country, key=lambda country: (by_country[country], country))
    return (best, by_country[best]), (worst, by_country[worst])
