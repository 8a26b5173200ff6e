"""Which single input moves a score most: one at a time, the others nominal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.triple import Side
from app.scoring.engine import Ends
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.line_risk import LineEvaluator
from app.scoring.patches_method import with_parameter
from app.scoring.scale import score_of
from app.scoring.variants import GROUPS, Uncertain, point_risk, uncertain_parameters
from app.scoring.weights import LineWeight


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """Score of the product with one input at its favourable and its unfavourable end."""

    name: str
    low: float
    high: float

    @property
    def span(self) -> float:
        """Return the width of the bar in points."""
        return self.high - self.low


def tornado(
    lines: Sequence[ScoredLine], weights: Sequence[LineWeight], evaluation: Evaluation
) -> tuple[TornadoBar, ...]:
    """Return one bar for each input, the widest first.

    Args:
        lines: Rare-earth lines of a product.
        weights: Their weights, in the same order.
        evaluation: Evaluation of the context.

    References:
        docs/methodology.md, "How sure".
    """

    def score_in(evaluator: LineEvaluator) -> float:
        risk = point_risk(lines, weights, evaluator).bom
        return score_of(risk, gamma=evaluation.methodology.parameters.gamma)

    base = score_in(evaluation.evaluator(Side.NOMINAL))
    bars = []
    for name, variant in _variants(evaluation):
        ends = [score_in(variant(side)) for side in (Side.LOW, Side.HIGH)]
        bars.append(TornadoBar(name, min(*ends, base), max(*ends, base)))
    return tuple(sorted(bars, key=lambda bar: (-bar.span, bar.name)))


Variant = Callable[[Side], LineEvaluator]


def _variants(evaluation: Evaluation) -> Iterator[tuple[str, Variant]]:
    """Yield every input that has two different ends, with its evaluation at each."""
    for group in GROUPS:
        yield group, _group_variant(evaluation, group)
    for one in uncertain_parameters(evaluation.methodology.parameters):
        if one.at(Side.LOW) != one.at(Side.HIGH):
            yield one.name, _parameter_variant(evaluation, one)


def _group_variant(evaluation: Evaluation, group: str) -> Variant:
    nominal = Ends.all_at(Side.NOMINAL)
    return lambda side: evaluation.variant(nominal.with_group(group, side))


def _parameter_variant(evaluation: Evaluation, one: Uncertain) -> Variant:
    method = evaluation.methodology
    nominal = Ends.all_at(Side.NOMINAL)
    return lambda side: evaluation.variant(
        nominal,
        methodology=replace(
            method, parameters=with_parameter(method.parameters, one.name, one.at(side))
        ),
    )
