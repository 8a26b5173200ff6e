"""Every uncertain input of an evaluation, to be moved alone or together with the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from app.domain.exposure import ElementContent
from app.domain.methodology import Evidence, Parameters
from app.domain.triple import Side, Triple
from app.scoring.aggregation import Player, pooled
from app.scoring.goods import ScoredLine, presence_at
from app.scoring.line_risk import LineEvaluator
from app.scoring.patches_method import CREDENCE
from app.scoring.weights import LineWeight

#: Groups of table inputs that move together, each to one of three ends.
GROUPS = ("law", "shares", "governance", "reliance", "use", "content", "suppliers")


#: Part of the plausible values that lie below the nominal one.
MEDIAN = 0.5


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One parameter with its value at the favourable, nominal and unfavourable end."""

    name: str
    ends: tuple[float, float, float]

    def at(self, side: Side) -> float:
        """Return the value at one end."""
        return self.ends[side]

    def quantile(self, part: float) -> float:
        """Return the value below which a part of the plausible ones lie; the nominal at 0.5.

        Args:
            part: From 0 (favourable) to 1 (unfavourable).
        """
        low, nominal, high = self.ends
        if part < MEDIAN:
            return low + 2.0 * part * (nominal - low)
        return nominal + (2.0 * part - 1.0) * (high - nominal)


def uncertain_parameters(parameters: Parameters) -> tuple[Uncertain, ...]:
    """Return every parameter that has an interval, credence by class of evidence."""
    found: list[Uncertain] = []
    for field in fields(Parameters):
        value = getattr(parameters, field.name)
        if isinstance(value, Triple):
            found.append(Uncertain(field.name, (value.low, value.nominal, value.high)))
        elif isinstance(value, tuple):
            found.append(Uncertain(field.name, value))
    for evidence in Evidence:
        triple = parameters.credence[evidence]
        name = f"{CREDENCE}{evidence.value}"
        found.append(Uncertain(name, (triple.low, triple.nominal, triple.high)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PointRisk:
    """Risk of a product, its elements and its lines in one evaluation [1]."""

    bom: float
    elements: Mapping[str, float]
    lines: Mapping[str, float]


def point_risk(
    lines: Sequence[ScoredLine], weights: Sequence[LineWeight], evaluator: LineEvaluator
) -> PointRisk:
    """Return the risk of a product in one evaluation.

    Args:
        lines: Rare-earth lines of the product.
        weights: Their weights, in the same order.
        evaluator: The evaluation.
    """
    beta = evaluator.engine.methodology.parameters.beta
    unfavourable = evaluator.engine.ends.content is Side.HIGH
    players: list[Player] = []
    by_line: dict[str, float] = {}
    by_element: dict[str, list[Player]] = {}
    for line, weight in zip(lines, weights, strict=True):
        if weight.whole == 0.0:
            continue
        found = [
            (content.symbol, evaluator.risk(line, content).risk, _possible_only(content))
            for content in line.contents
        ]
        worst = max((risk for _, risk, _ in found), default=0.0)
        by_line[line.line_id] = worst
        players.append(
            Player((worst, worst, worst), weight.whole, all(only for _, _, only in found))
        )
        for symbol, risk, only in found:
            share = weight.by_element.get(symbol, 0.0)
            if share > 0.0:
                by_element.setdefault(symbol, []).append(Player((risk, risk, risk), share, only))
    return PointRisk(
        _mean_of(players, beta, unfavourable=unfavourable),
        {
            symbol: _mean_of(rows, 0.0, unfavourable=unfavourable)
            for symbol, rows in sorted(by_element.items())
        },
        by_line,
    )


def _possible_only(content: ElementContent) -> bool:
    return presence_at(content, Side.NOMINAL) == 0.0


def _mean_of(players: Sequence[Player], beta: float, *, unfavourable: bool) -> float:
    """Return the pooled risk; what is only possible counts where the content is at its worst."""
    whole = pooled(players, beta=beta)
    return whole.high if unfavourable else whole.nominal
