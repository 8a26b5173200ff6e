"""What-ifs: the same question with changed inputs, and what the change does to every score."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.results import Assessment, Contribution, Score
from app.scoring.assess import AssessOptions, assess
from app.scoring.causes import OTHER, SMALL_SHARE
from app.scoring.evaluation import Evaluation
from app.scoring.patches import Inputs, Patch, apply_patches, same_world

#: Only scores and causes are compared, so lines need no explanation of their own.
COMPARED = AssessOptions(lines=False, waterfall=False, profile=False, gather_small=False)


@dataclass(frozen=True, slots=True)
class Change:
    """A score before and after a what-if."""

    key: str
    before: Score
    after: Score

    @property
    def delta(self) -> float:
        """Return the change in points."""
        return self.after.nominal - self.before.nominal

    @property
    def flips(self) -> bool:
        """Return whether the band changes."""
        return self.before.band != self.after.band


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What a what-if does.

    Attributes:
        elements: Every element that has a market.
        contributions: Change of the product's score by cause; sums to its delta.
        assessment: The whole answer after the change.
    """

    id: str
    bom: Change
    elements: tuple[Change, ...]
    sectors: tuple[Change, ...]
    lines: tuple[Change, ...]
    contributions: tuple[Contribution, ...]
    assessment: Assessment


class Scenarios:
    """A question with its answer, to which any number of what-ifs are compared.

    Args:
        inputs: The question as it was asked.
        evaluation: An evaluation of its reference data and context to reuse, or None.
        sectors: Whether sectors are compared; a what-if that changes the world costs a
            twentieth without.
    """

    def __init__(
        self, inputs: Inputs, evaluation: Evaluation | None = None, *, sectors: bool = True
    ) -> None:
        self.inputs = inputs
        self._options = replace(COMPARED, sectors=sectors)
        self._evaluation = evaluation or Evaluation(inputs.reference, inputs.context)
        self.base = self._assess(inputs)

    def run(self, scenario_id: str, patches: Sequence[Patch]) -> ScenarioResult:
        """Return what changed inputs do to every score.

        Args:
            scenario_id: The caller's key.
            patches: Changes, applied in order to a copy of the inputs.

        Raises:
            InvalidInputError: A patch does not fit the inputs.
            UnknownKeyError: A patch names something that does not exist.

        References:
            docs/what-if.md, "Scenarios".
        """
        changed = apply_patches(self.inputs, patches)
        after = self.base if changed is self.inputs else self._assess(changed)
        return compared(scenario_id, self.base, after)

    def _assess(self, inputs: Inputs) -> Assessment:
        # Goods may change at will; another world or context needs an evaluation of its own.
        shared = self._evaluation if same_world(inputs, self.inputs) else None
        return assess(
            inputs.bom,
            inputs.identified,
            inputs.reference,
            context=inputs.context,
            options=self._options,
            evaluation=shared,
        )


def compared(scenario_id: str, base: Assessment, after: Assessment) -> ScenarioResult:
    """Return the differences of two answers about the same lines."""
    lines_after = {line.line_id: line for line in after.lines}
    return ScenarioResult(
        id=scenario_id,
        bom=Change("bom", base.bom.score, after.bom.score),
        elements=tuple(
            Change(one.symbol, one.score, two.score)
            for one, two in zip(base.elements, after.elements, strict=True)
            if one.score is not None and two.score is not None
        ),
        sectors=tuple(
            Change(one.id, one.score, two.score)
            for one, two in zip(base.sectors, after.sectors, strict=True)
        ),
        lines=tuple(
            Change(line.line_id, line.score, lines_after[line.line_id].score) for line in base.lines
        ),
        contributions=difference(
            base.bom.contributions,
            after.bom.contributions,
            small=SMALL_SHARE * max(base.bom.score.nominal, after.bom.score.nominal),
        ),
        assessment=after,
    )


def difference(
    before: Iterable[Contribution], after: Iterable[Contribution], *, small: float = 0.0
) -> tuple[Contribution, ...]:
    """Return the change of each cause, the largest first; causes that vanish count too.

    Args:
        before: Addends of the score before.
        after: Addends of the score after.
        small: Changes of single crossings below this are put together [points].

    Returns:
        Changes that sum to the change of the score.
    """
    points: dict[str, list[float]] = {}
    named: dict[str, Contribution] = {}
    for sign, rows in ((-1.0, before), (1.0, after)):
        for row in rows:
            points.setdefault(row.factor, []).append(sign * row.points)
            named[row.factor] = row
    changes = [
        replace(named[factor], points=math.fsum(values)) for factor, values in points.items()
    ]
    kept = [row for row in changes if row.stage is None or abs(row.points) >= small]
    rest = [row for row in changes if row.stage is not None and abs(row.points) < small]
    if rest:
        kept.append(
            Contribution(
                factor=OTHER,
                points=math.fsum(row.points for row in rest),
                text=f"Sum of the smaller changes ({len(rest)} crossings)",
                sources=(),
            )
        )
    changed = [row for row in kept if row.points != 0.0]
    return tuple(sorted(changed, key=lambda row: (-abs(row.points), row.factor)))


def flipped(result: ScenarioResult) -> tuple[tuple[str, Change], ...]:
    """Return what changes its band, as (bom, element, sector or line; change)."""
    groups = (
        ("bom", (result.bom,)),
        ("element", result.elements),
        ("sector", result.sectors),
        ("line", result.lines),
    )
    return tuple((kind, change) for kind, rows in groups for change in rows if change.flips)
