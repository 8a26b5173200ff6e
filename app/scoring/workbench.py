"""A product in one context, and quick answers to what changed lines do to its risk."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine
from app.domain.triple import Side
from app.errors import InvalidInputError
from app.scoring.aggregation import Player, pooled
from app.scoring.engine import Ends
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.line_results import LineRisk, line_risk
from app.scoring.line_risk import LineEvaluator
from app.scoring.merged_lines import grouped
from app.scoring.patches import Inputs, same_world
from app.scoring.scale import score_of
from app.scoring.scored_lines import scored_lines
from app.scoring.variants import PointRisk, point_risk
from app.scoring.weights import LineWeight, line_weights

#: r at the favourable, nominal and unfavourable end [1].
Risks = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ProductRisk:
    """Risk of a product and its parts [1], without explanation.

    Attributes:
        bom: r of the product at the three ends.
        maximum: r of its worst line, nominal.
        elements: Mean r over the lines that may hold the element, at the three ends.
        lines: r of each rare-earth line, at the three ends.
    """

    bom: Risks
    maximum: float
    elements: Mapping[str, Risks]
    lines: Mapping[str, Risks]


class Workbench:
    """Computes the risk of a product whose goods, not its world, are changed.

    Lines that a change leaves alone are not evaluated again.

    Args:
        inputs: The question as it was asked.
        evaluation: Evaluation of its reference data and context; its memory is used and filled.
    """

    def __init__(self, inputs: Inputs, evaluation: Evaluation) -> None:
        self.inputs = inputs
        self.evaluation = evaluation
        self._plain: LineEvaluator | None = None
        self._known: dict[str, tuple[BomLine, IdentifiedLine, ScoredLine | None]] = {}
        self.lines = self._scored(inputs)
        self._weights = self._weighed(inputs, self.lines)
        self.base = self.risk_of(inputs)

    @property
    def gamma(self) -> float:
        """Return the exponent of the scale [1]."""
        return self.evaluation.methodology.parameters.gamma

    def score(self, risk: float) -> float:
        """Return the published score of a risk."""
        return score_of(risk, gamma=self.gamma)

    def weight_of(self, line_id: str) -> LineWeight:
        """Return the weight of a rare-earth line in the product as it is."""
        return self._weights[line_id]

    def line_risks(self) -> tuple[LineRisk, ...]:
        """Return the rare-earth lines of the product as it is, those without weight left out."""
        risks = (
            line_risk(line, self._weights[line.line_id], self.evaluation) for line in self.lines
        )
        return tuple(risk for risk in risks if risk.weight.whole > 0.0)

    def risk_of(self, changed: Inputs, *, hold_weights: bool = False) -> ProductRisk:
        """Return the risk of the product with changed goods.

        Args:
            changed: The inputs after some patches; the same world as at first.
            hold_weights: Whether lines weigh what they weighed before. A line that loses its
                rare earths then still counts, with no risk; otherwise it is left out, as it
                would be in an assessment of the changed product.

        Raises:
            InvalidInputError: The reference data or the context changed, too.
        """
        lines = self._lines_of(changed)
        weights = self._weights if hold_weights else self._weighed(changed, lines)
        risks = [
            line_risk(line, weights[line.line_id], self.evaluation)
            for line in lines
            if line.line_id in weights
        ]
        weighed = [risk for risk in risks if risk.weight.whole > 0.0]
        if not hold_weights:
            return self._pooled(weighed, [])
        return self._pooled(weighed, self._without_rare_earths(lines), held=True)

    def nominal_of(self, changed: Inputs) -> PointRisk:
        """Return the nominal risk alone, as an assessment of the changed product would have it.

        Args:
            changed: The inputs after some patches; the same world as at first.

        Raises:
            InvalidInputError: The reference data or the context changed, too.
        """
        if self._plain is None:
            # A search asks for many amounts and explains none of them.
            self._plain = self.evaluation.variant(Ends.all_at(Side.NOMINAL))
        lines = self._lines_of(changed)
        weights = self._weighed(changed, lines)
        return point_risk(lines, [weights[line.line_id] for line in lines], self._plain)

    def _lines_of(self, changed: Inputs) -> tuple[ScoredLine, ...]:
        if changed is self.inputs:
            return self.lines
        if not same_world(changed, self.inputs):
            raise InvalidInputError("a workbench only changes goods; evaluate the new world anew")
        return self._scored(changed)

    def _scored(self, inputs: Inputs) -> tuple[ScoredLine, ...]:
        """Return the rare-earth lines, the unchanged ones from memory."""
        fresh = [
            (line, found)
            for line, found in zip(inputs.bom.lines, inputs.identified, strict=True)
            if not self._knows(line, found)
        ]
        part = replace(inputs.bom, lines=tuple(line for line, _ in fresh))
        identified = tuple(found for _, found in fresh)
        made = {
            line.line_id: line
            for line in scored_lines(part, identified, inputs.reference, inputs.context)
        }
        if not self._known:
            self._known = {
                line.line_id: (line, found, made.get(line.line_id)) for line, found in fresh
            }
        else:
            for line, found in zip(inputs.bom.lines, inputs.identified, strict=True):
                known = self._known[line.line_id][2]
                if self._knows(line, found) and known is not None:
                    made[line.line_id] = known
        return tuple(made[line.line_id] for line in inputs.bom.lines if line.line_id in made)

    def _knows(self, line: BomLine, found: IdentifiedLine) -> bool:
        known = self._known.get(line.line_id)
        return known is not None and known[0] is line and known[1] is found

    def _weighed(self, inputs: Inputs, lines: tuple[ScoredLine, ...]) -> dict[str, LineWeight]:
        by_id = {line.line_id: line for line in inputs.bom.lines}
        weights = line_weights(
            [by_id[line.line_id] for line in lines], lines, inputs.reference.supply.prices
        )
        return {line.line_id: weight for line, weight in zip(lines, weights.lines, strict=True)}

    def _without_rare_earths(self, lines: tuple[ScoredLine, ...]) -> list[Player]:
        """Return the lines that no longer hold any, each with its weight and no risk."""
        left = {line.line_id for line in lines}
        return [
            Player((0.0, 0.0, 0.0), risk.weight.whole, risk.possible_only)
            for risk in self.line_risks()
            if risk.line.line_id not in left
        ]

    def _pooled(
        self, risks: list[LineRisk], free: list[Player], *, held: bool = False
    ) -> ProductRisk:
        beta = self.evaluation.methodology.parameters.beta
        # Lines that are alike go together, as in an assessment: the sums agree to the last bit.
        groups = grouped(risks)
        players = [Player(one.lines.risks, one.weight, one.lines.possible_only) for one in groups]
        if held:
            # A line that counted goes on counting, though it may now be without any.
            before = {risk.line.line_id: risk.possible_only for risk in self.line_risks()}
            players = [
                Player(risk.risks, risk.weight.whole, before[risk.line.line_id]) for risk in risks
            ]
        whole = pooled([*players, *free], beta=beta)
        by_element: dict[str, list[Player]] = {}
        for group in groups:
            lines = group.lines
            for holding in group.holdings:
                weight = math.fsum(holding.weights)
                if weight > 0.0:
                    player = Player(
                        lines.element_risks[holding.place], weight,
                        lines.only_possible[holding.place],
                    )  # fmt: skip
                    by_element.setdefault(lines.symbols[holding.place], []).append(player)
        means = {symbol: pooled(rows, beta=0.0) for symbol, rows in sorted(by_element.items())}
        return ProductRisk(
            _ordered(whole.low, whole.nominal, whole.high),
            whole.maximum,
            {symbol: _ordered(one.low, one.nominal, one.high) for symbol, one in means.items()},
            {risk.line.line_id: _ordered(*risk.risks) for risk in risks},
        )


def _ordered(low: float, nominal: float, high: float) -> Risks:
    """Return the ends around the nominal value, as a published score has them."""
    return min(low, nominal), nominal, max(high, nominal)
