"""When deliveries of a line come back under the measure that hits it most."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.methodology import Kind
from app.scoring.causes import binding_cause
from app.scoring.engine import STRUCTURAL
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.line_class import ElementOutcome
from app.scoring.severity import Delays

#: Severity kinds, mildest first.
_ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Recovery:
    """How the binding measure of an element in a line holds deliveries up.

    Attributes:
        measure: Its id, or "structural" for a restriction that may still come.
        start_days: Days until it starts.
        delays: D10, D50, D90 until deliveries come again, counted from the start [calendar
            days]; None where they do not (a prohibition).
    """

    measure: str
    start_days: float
    delays: Delays | None

    @property
    def median_days(self) -> float | None:
        """Return the days from today until deliveries come again, None if they do not."""
        return None if self.delays is None else self.start_days + self.delays[1]


def recovery_of(
    line: ScoredLine, outcome: ElementOutcome, evaluation: Evaluation
) -> Recovery | None:
    """Return how the binding measure of one element holds a line up, None where nothing does.

    Args:
        line: The line.
        outcome: Outcome of the element in it.
        evaluation: Evaluation that computed it.

    References:
        docs/what-if.md, "Line stops".
    """
    binding = binding_cause(outcome.nominal.causes)
    if binding is None:
        return None
    if binding[0] == STRUCTURAL:
        severity = evaluation.methodology.severities[Kind.INDIVIDUAL_LICENCE]
        delays = severity.initial or severity.established
        return Recovery(STRUCTURAL, evaluation.context.horizon_days / 2.0, delays)
    item = evaluation.item_behind(line, outcome, binding)
    strictest = max(item.rules, key=lambda hit: (_ORDER.index(hit.kind), hit.match))
    banned = strictest.kind is Kind.PROHIBITED
    return Recovery(item.measure, item.start_days, None if banned else strictest.hardness.delays)
