"""What-ifs: the same question with changed inputs, and what the change does to every score."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.controls import Outcome, RegisterStage, TimelineStatus
from app.domain.elements import RARE_EARTH_SET
from app.domain.places import CHINA
from app.domain.results import Assessment, Contribution, Score
from app.scoring.assess import AssessOptions, assess
from app.scoring.patches import (
    AddMeasure,
    Inputs,
    MultiplyDelays,
    Patch,
    SetFlow,
    SetStatus,
    apply_patches,
)
from app.scoring.patches_lines import ChangeLines
from app.scoring.timeline import status_on

#: Only the scores are compared, so lines need no explanation of their own.
SCORES = AssessOptions(lines=False, waterfall=False, profile=False)

YEAR = timedelta(days=365)


class Builtin(enum.StrEnum):
    """The six what-ifs that everybody asks for."""

    DESTINATION_BAN = "destination_ban"
    SUSPENSIONS_REVIVE = "suspensions_revive"
    SUSPENSION_EXTENDED = "suspension_extended"
    DELAYS_DOUBLED = "delays_doubled"
    SUPPLIER_REPLACED = "supplier_replaced"
    FLOW_ZERO = "flow_zero"


@dataclass(frozen=True, slots=True)
class Change:
    """A score before and after a what-if, with its bands."""

    key: str
    before: float
    after: float
    low_after: float
    high_after: float
    band_before: str
    band_after: str

    @property
    def delta(self) -> float:
        """Return the change in points."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What a what-if does.

    Attributes:
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


def run_scenario(
    scenario_id: str, patches: Sequence[Patch], inputs: Inputs, base: Assessment
) -> ScenarioResult:
    """Return what changed inputs do to every score.

    Args:
        scenario_id: The caller's key.
        patches: Changes, applied in order to a copy of the inputs.
        inputs: The question as it was asked.
        base: Its answer.

    Raises:
        InvalidInputError: A patch does not fit the inputs.

    References:
        docs/methodology.md, "What-ifs".
    """
    changed = apply_patches(inputs, patches)
    after = base if changed is inputs else evaluate(changed)
    lines_after = {line.line_id: line for line in after.lines}
    return ScenarioResult(
        id=scenario_id,
        bom=_change("bom", base.bom.score, after.bom.score),
        elements=tuple(
            _change(one.symbol, one.score, two.score)
            for one, two in zip(base.elements, after.elements, strict=True)
            if one.score is not None and two.score is not None
        ),
        sectors=tuple(
            _change(one.id, one.score, two.score)
            for one, two in zip(base.sectors, after.sectors, strict=True)
        ),
        lines=tuple(
            _change(line.line_id, line.score, lines_after[line.line_id].score)
            for line in base.lines
        ),
        contributions=difference(base.bom.contributions, after.bom.contributions),
        assessment=after,
    )


def evaluate(inputs: Inputs) -> Assessment:
    """Return the scores of some inputs through the one door of the core."""
    return assess(
        inputs.bom,
        inputs.identified,
        inputs.reference,
        context=inputs.context,
        options=SCORES,
    )


def difference(
    before: Iterable[Contribution], after: Iterable[Contribution]
) -> tuple[Contribution, ...]:
    """Return the change of each cause, the largest first; causes that vanish count too."""
    points: dict[str, list[float]] = {}
    named: dict[str, Contribution] = {}
    for sign, rows in ((-1.0, before), (1.0, after)):
        for row in rows:
            points.setdefault(row.factor, []).append(sign * row.points)
            named[row.factor] = row
    rows = [replace(named[factor], points=math.fsum(values)) for factor, values in points.items()]
    changed = [row for row in rows if row.points != 0.0]
    return tuple(sorted(changed, key=lambda row: (-abs(row.points), row.factor)))


def _change(key: str, before: Score, after: Score) -> Change:
    return Change(
        key, before.nominal, after.nominal, after.low, after.high, before.band, after.band
    )


def builtin_patches(
    builtin: Builtin,
    inputs: Inputs,
    *,
    element: str | None = None,
    country: str | None = None,
) -> tuple[Patch, ...]:
    """Return the patches of a built-in what-if.

    Args:
        builtin: Which one.
        inputs: The question; its destination, dates and register fill in the rest.
        element: Element whose flow falls to zero (FLOW_ZERO); all controlled ones if None.
        country: New country of separation (SUPPLIER_REPLACED); Malaysia if None.
    """
    makers: dict[Builtin, Callable[[], tuple[Patch, ...]]] = {
        Builtin.DESTINATION_BAN: lambda: (_ban(inputs),),
        Builtin.SUSPENSIONS_REVIVE: lambda: _set_suspended(inputs, revive=True),
        Builtin.SUSPENSION_EXTENDED: lambda: _set_suspended(inputs, revive=False),
        Builtin.DELAYS_DOUBLED: lambda: (MultiplyDelays(factor=2.0),),
        Builtin.SUPPLIER_REPLACED: lambda: (
            ChangeLines(sourcing={"separation": ((country or "MY", 1.0),)}),
        ),
        Builtin.FLOW_ZERO: lambda: _no_flow(inputs, element),
    }
    return makers[builtin]()


def _ban(inputs: Inputs) -> Patch:
    goods = frozenset(RegisterStage) - {
        RegisterStage.TECHNOLOGY,
        RegisterStage.EQUIPMENT,
        RegisterStage.REAGENT,
    }
    return AddMeasure(
        id="SUPPOSED-BAN",
        exporter=CHINA,
        elements=RARE_EARTH_SET,
        stages=goods,
        destinations=frozenset({inputs.context.destination}),
        outcome=Outcome.PROHIBITED,
    )


def _set_suspended(inputs: Inputs, *, revive: bool) -> tuple[Patch, ...]:
    context = inputs.context
    patches: list[Patch] = []
    for measure_id, measure in sorted(inputs.reference.register.measures.items()):
        resolved = status_on(measure, context.as_of, context.known_on)
        best = resolved.best_estimate or resolved.status
        if best is not TimelineStatus.SUSPENDED:
            continue
        if revive:
            patches.append(SetStatus(measure=measure_id, status=TimelineStatus.IN_FORCE))
        else:
            back = context.as_of + YEAR
            patches.append(
                SetStatus(measure=measure_id, status=TimelineStatus.SUSPENDED, back_on=back)
            )
    return tuple(patches)


def _no_flow(inputs: Inputs, element: str | None) -> tuple[Patch, ...]:
    """Return the patches by which nothing of an element leaves under any measure that lists it."""
    context = inputs.context
    patches: list[Patch] = []
    for measure_id, measure in sorted(inputs.reference.register.measures.items()):
        listed = frozenset().union(*(item.elements for item in measure.scope.items))
        wanted = listed if element is None else listed & {element}
        status = status_on(measure, context.as_of, context.known_on).status
        if wanted and status is TimelineStatus.IN_FORCE and measure.exporter == CHINA:
            patches.append(
                SetFlow(id=f"SUPPOSED-{measure_id}", measure=measure_id, elements=wanted)
            )
    return tuple(patches)
