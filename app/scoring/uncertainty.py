"""Which single input moves a score most: one at a time, the others nominal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from app.domain.methodology import Evidence, Methodology, Parameters
from app.domain.triple import Side, Triple
from app.scoring.aggregation import Player, pooled
from app.scoring.engine import Ends
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.line_risk import LineEvaluator
from app.scoring.scale import score_of
from app.scoring.weights import LineWeight

#: Groups of table inputs that move together.
GROUPS = ("law", "shares", "governance", "reliance", "use", "content", "suppliers")


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
    base = _product_score(lines, weights, evaluation.evaluator(Side.NOMINAL))
    bars = []
    for name, variant in _variants(evaluation):
        ends = [_product_score(lines, weights, variant(side)) for side in (Side.LOW, Side.HIGH)]
        bars.append(TornadoBar(name, min(*ends, base), max(*ends, base)))
    return tuple(sorted(bars, key=lambda bar: (-bar.span, bar.name)))


Variant = Callable[[Side], LineEvaluator]


def _variants(evaluation: Evaluation) -> Iterator[tuple[str, Variant]]:
    nominal = Ends.all_at(Side.NOMINAL)
    for group in GROUPS:
        yield (
            group,
            lambda side, group=group: evaluation.variant(nominal.with_group(group, side)),  # type: ignore[misc]  # default binds the loop variable
        )
    for field in fields(Parameters):
        value = getattr(evaluation.methodology.parameters, field.name)
        if isinstance(value, Triple | tuple):
            yield (
                field.name,
                lambda side, name=field.name: _with_parameter(evaluation, name, side),  # type: ignore[misc]  # default binds the loop variable
            )
    for evidence in Evidence:
        yield (
            f"credence.{evidence.value}",
            lambda side, evidence=evidence: _with_credence(evaluation, evidence, side),  # type: ignore[misc]  # default binds the loop variable
        )


def _varied(evaluation: Evaluation, parameters: Parameters) -> LineEvaluator:
    methodology: Methodology = replace(evaluation.methodology, parameters=parameters)
    return evaluation.variant(Ends.all_at(Side.NOMINAL), methodology=methodology)


def _with_parameter(evaluation: Evaluation, name: str, side: Side) -> LineEvaluator:
    parameters = evaluation.methodology.parameters
    value = getattr(parameters, name)
    moved: Triple | tuple[float, ...]
    if isinstance(value, Triple):
        moved = Triple.exactly(value.at(side))
    else:
        moved = (value[side],) * len(value)
    # The name comes from the fields of Parameters, so the value has the field's own type.
    return _varied(evaluation, replace(parameters, **{name: moved}))  # type: ignore[arg-type]  # see above


def _with_credence(evaluation: Evaluation, evidence: Evidence, side: Side) -> LineEvaluator:
    parameters = evaluation.methodology.parameters
    credence = dict(parameters.credence)
    credence[evidence] = Triple.exactly(credence[evidence].at(side))
    return _varied(evaluation, replace(parameters, credence=credence))


def _product_score(
    lines: Sequence[ScoredLine], weights: Sequence[LineWeight], evaluator: LineEvaluator
) -> float:
    parameters = evaluator.engine.methodology.parameters
    players = []
    for line, weight in zip(lines, weights, strict=True):
        if weight.whole > 0.0:
            risk = max((evaluator.risk(line, c).risk for c in line.contents), default=0.0)
            players.append(Player((risk, risk, risk), weight.whole, risk == 0.0))
    return score_of(pooled(players, beta=parameters.beta).nominal, gamma=parameters.gamma)
