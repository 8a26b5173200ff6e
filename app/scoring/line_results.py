"""Results of single lines: score, causes, waterfall, best and worst origin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from app.domain.elements import WITHOUT_MARKET
from app.domain.results import LineElementScore, LineResult, Score, WaterfallStep
from app.domain.triple import Side
from app.scoring.attribution import Cause
from app.scoring.cause_table import Part
from app.scoring.causes import contributions, leading
from app.scoring.crossing_items import CrossingItem
from app.scoring.evaluation import Evaluation, without_protection
from app.scoring.goods import ScoredLine
from app.scoring.line_class import ElementOutcome, LineClass
from app.scoring.line_risk import single_origins
from app.scoring.scale import interval_score, score_of
from app.scoring.weights import LineWeight


class LineRisk:
    """One line with the risks of its elements, its own risk (the worst) and its causes.

    Args:
        line: The line.
        weight: Its weight among the lines of the product.
        lines: Its class, with the risks.
    """

    def __init__(self, line: ScoredLine, weight: LineWeight, lines: LineClass) -> None:
        self.line = line
        self.weight = weight
        self.lines = lines
        self._parts: Sequence[float] | None = None

    @property
    def risks(self) -> tuple[float, float, float]:
        """Return r at the three ends [1]."""
        return self.lines.risks

    @property
    def possible_only(self) -> bool:
        """Return whether the nominal composition is without any rare earth."""
        return self.lines.possible_only

    @cached_property
    def outcomes(self) -> tuple[ElementOutcome, ...]:
        """Return the outcome of each element with this line's own contents."""
        return tuple(
            ElementOutcome(content, one.low, one.nominal, one.high, one.flags)
            for one, content in zip(self.lines.outcomes, self.line.contents, strict=True)
        )

    @property
    def parts(self) -> Sequence[float]:
        """Return the part of each element in the nominal risk of the line [1].

        Elements of one part share its risk by their weight; a missing mass counts as one.
        """
        # By hand, for a cached property takes a lock, and every line is asked.
        if self._parts is None:
            self._parts = self._split()
        return self._parts

    def _split(self) -> Sequence[float]:
        lines, by_element = self.lines, self.weight.by_element
        parts = [0.0] * len(lines.symbols)
        if len(lines.order) == 1:
            parts[lines.order[0]] = lines.risks[1]
            return parts
        # As `serial_attribution` does, with the order that all lines of a class have.
        weights = [by_element.get(symbol, 0.0) or 1.0 for symbol in lines.symbols]
        reaching, above = [], 0.0
        for at in reversed(lines.order):
            above += weights[at]
            reaching.append(above)
        below, per_weight = 0.0, 0.0
        for at in lines.order:
            risk = lines.element_risks[at][1]
            per_weight += (risk - below) / reaching.pop()
            below = risk
            parts[at] = weights[at] * per_weight
        return parts

    @cached_property
    def causes(self) -> Sequence[Part]:
        """Return the causes of each element and the factor with which they enter the line."""
        return [
            (part / one.nominal.risk if one.nominal.risk > 0.0 else 0.0, one.nominal.table)
            for part, one in zip(self.parts, self.lines.outcomes, strict=True)
        ]

    @property
    def flags(self) -> frozenset[str]:
        """Return what the answer must say about the line."""
        return self.lines.flags.union(*(outcome.flags for outcome in self.lines.outcomes))

    def item_behind(self, cause: Cause, evaluation: Evaluation) -> CrossingItem:
        """Return the state of the measure behind a cause, in the element that it hits most."""
        place = leading(self.causes, cause)
        return evaluation.item_behind(self.line, self.lines.outcomes[place], cause)


def line_risk(line: ScoredLine, weight: LineWeight, evaluation: Evaluation) -> LineRisk:
    """Return the risk of a line: that of its worst element.

    References:
        docs/methodology.md, "Putting lines together" and "Explanation".
    """
    return LineRisk(line, weight, evaluation.class_of(line))


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
    score, element_scores = _scores(found.lines, evaluation)
    engine = evaluation.evaluator(Side.NOMINAL).engine
    best, worst = _origins(found, evaluation) if explain else (None, None)
    return LineResult(
        line_id=found.line.line_id,
        score=score,
        elements=tuple(
            LineElementScore(symbol=symbol, score=own)
            for symbol, own in zip(found.lines.symbols, element_scores, strict=True)
            if symbol not in WITHOUT_MARKET
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


def _scores(lines: LineClass, evaluation: Evaluation) -> tuple[Score, tuple[Score, ...]]:
    """Return the score of the lines of a class and of each of their elements; remembered."""
    if lines.scores is None:
        lines.scores = (
            _score(lines.risks, evaluation),
            tuple(_score(risks, evaluation) for risks in lines.element_risks),
        )
    return lines.scores


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
