"""The what-ifs that everybody asks for, by name."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    MeasureType,
    Outcome,
    RegisterStage,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.elements import RARE_EARTH_SET
from app.domain.places import CHINA
from app.errors import InvalidInputError
from app.scoring.active_measures import concerns
from app.scoring.patches import Inputs, Patch
from app.scoring.patches_law import AddMeasure, SetFlow, SetStatus
from app.scoring.patches_lines import ChangeLines
from app.scoring.patches_method import MultiplyDelays
from app.scoring.timeline import ResolvedStatus, status_on

YEAR = timedelta(days=365)

#: What a ban of goods covers: every form, but no technology, equipment or reagent.
GOODS: frozenset[RegisterStage] = frozenset(RegisterStage) - {
    RegisterStage.TECHNOLOGY,
    RegisterStage.EQUIPMENT,
    RegisterStage.REAGENT,
}

#: Where oxides come from in the what-if of another supplier.
OTHER_SEPARATOR = "MY"

STALLED = "stalled"


class Builtin(enum.StrEnum):
    """The six what-ifs that everybody asks for."""

    DESTINATION_BAN = "destination_ban"
    SUSPENSIONS_REVIVE = "suspensions_revive"
    SUSPENSION_EXTENDED = "suspension_extended"
    DELAYS_DOUBLED = "delays_doubled"
    SUPPLIER_REPLACED = "supplier_replaced"
    FLOW_ZERO = "flow_zero"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What may be chosen within a built-in what-if; None takes its default.

    Attributes:
        element: Element whose flow falls to zero (FLOW_ZERO); all controlled ones if None.
        country: New country of separation (SUPPLIER_REPLACED); Malaysia if None.
    """

    element: str | None = None
    country: str | None = None


def builtin_patches(
    builtin: Builtin, inputs: Inputs, choices: Choices | None = None
) -> tuple[Patch, ...]:
    """Return the patches of a built-in what-if; none where it finds nothing to change.

    Args:
        builtin: Which one.
        inputs: The question; its destination, dates and register fill in the rest.
        choices: What the caller chose.

    References:
        docs/what-if.md, "Built-in scenarios".
    """
    chosen = choices or Choices()
    country = chosen.country or OTHER_SEPARATOR
    makers: dict[Builtin, Callable[[], tuple[Patch, ...]]] = {
        Builtin.DESTINATION_BAN: lambda: (_ban(inputs),),
        Builtin.SUSPENSIONS_REVIVE: lambda: _revived(inputs),
        Builtin.SUSPENSION_EXTENDED: lambda: _extended(inputs),
        Builtin.DELAYS_DOUBLED: lambda: (MultiplyDelays(factor=2.0),),
        Builtin.SUPPLIER_REPLACED: lambda: (
            ChangeLines(sourcing={"separation": ((country, 1.0),)}),
        ),
        Builtin.FLOW_ZERO: lambda: _no_flow(inputs, chosen.element),
    }
    return makers[builtin]()


def licences_stall(inputs: Inputs, elements: frozenset[str] = frozenset()) -> tuple[Patch, ...]:
    """Return the patches by which reviews of licences halt for the buyer's country.

    Args:
        inputs: The question.
        elements: Elements whose reviews halt; empty means all that need a licence.
    """
    return tuple(
        SetFlow(
            id=f"SUPPOSED-HALT-{measure.id}",
            measure=measure.id,
            elements=listed,
            destinations=frozenset({inputs.context.destination}),
            kind=STALLED,
        )
        for measure, listed in _licence_duties(inputs, elements)
    )


def _ban(inputs: Inputs) -> Patch:
    return AddMeasure(
        id="SUPPOSED-BAN",
        exporter=CHINA,
        elements=RARE_EARTH_SET,
        stages=GOODS,
        destinations=frozenset({inputs.context.destination}),
        outcome=Outcome.PROHIBITED,
    )


def _suspended(inputs: Inputs) -> list[tuple[str, ResolvedStatus]]:
    """Return the measures that are, as far as anybody can tell, suspended on the day."""
    context = inputs.context
    found = []
    for measure_id, measure in sorted(inputs.reference.register.measures.items()):
        resolved = status_on(measure, context.as_of, context.known_on)
        if (resolved.best_estimate or resolved.status) is TimelineStatus.SUSPENDED:
            found.append((measure_id, resolved))
    return found


def _revived(inputs: Inputs) -> tuple[Patch, ...]:
    return tuple(
        SetStatus(measure=measure_id, status=TimelineStatus.IN_FORCE)
        for measure_id, _ in _suspended(inputs)
    )


def _extended(inputs: Inputs) -> tuple[Patch, ...]:
    """Return a year more for each suspension with an end; one without end stays as it is."""
    return tuple(
        SetStatus(measure=measure_id, status=TimelineStatus.SUSPENDED, back_on=back + YEAR)
        for measure_id, resolved in _suspended(inputs)
        for back in _first_return(resolved.upcoming)
    )


def _first_return(upcoming: tuple[TimelineEvent, ...]) -> tuple[date, ...]:
    days = [
        event.on_date
        for event in upcoming
        if (event.best_estimate or event.status) is TimelineStatus.IN_FORCE
    ]
    return tuple(days[:1])


def _licence_duties(
    inputs: Inputs, elements: frozenset[str]
) -> list[tuple[ControlMeasure, frozenset[str]]]:
    """Return China's licence duties in force on the day, each with what it lists of elements."""
    context = inputs.context
    found = []
    for _, measure in sorted(inputs.reference.register.measures.items()):
        listed = frozenset[str]().union(*(item.elements for item in measure.scope.items))
        wanted = listed & elements if elements else listed
        if (
            wanted
            and measure.exporter == CHINA
            and measure.type is MeasureType.LICENCE_REQUIREMENT
            and measure.control_basis is ControlBasis.DUAL_USE
            and status_on(measure, context.as_of, context.known_on).status
            is TimelineStatus.IN_FORCE
        ):
            found.append((measure, wanted))
    return found


def _no_flow(inputs: Inputs, element: str | None) -> tuple[Patch, ...]:
    """Return the patches by which nothing of an element leaves China any more.

    An element without a licence duty gets a halt that nobody decreed: goods stop at customs.

    Raises:
        InvalidInputError: The element is no rare earth.
    """
    if element is not None and element not in RARE_EARTH_SET:
        raise InvalidInputError(f"{element!r} is no rare earth")
    wanted = frozenset() if element is None else frozenset({element})
    duties = _licence_duties(inputs, wanted)
    if element is not None and not any(concerns(one, element) for one, _ in duties):
        halt = AddMeasure(
            id=f"SUPPOSED-HALT-{element}",
            exporter=CHINA,
            elements=wanted,
            stages=GOODS,
            destinations=frozenset(),
            outcome=Outcome.LICENCE,
        )
        return (halt, SetFlow(id=f"SUPPOSED-FLOW-{element}", measure=halt.id, elements=wanted))
    return tuple(
        SetFlow(id=f"SUPPOSED-FLOW-{measure.id}", measure=measure.id, elements=listed)
        for measure, listed in duties
    )
