"""Changes to the inputs of an assessment, from which what-ifs are made."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.controls import (
    ControlBasis,
    ControlledItems,
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    EventBasis,
    LegalForce,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    Scope,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.exposure import IdentifiedLine
from app.domain.observations import Observation, ObservationBasis
from app.domain.provenance import Confidence, Provenance, Status
from app.domain.reference import ReferenceData
from app.domain.triple import Triple
from app.errors import InvalidInputError, UnknownKeyError

#: Source key of what a caller supposes; no document stands behind it.
SUPPOSED = "judgement"

#: Share sums may miss 1 by this much before they are refused.
SHARE_TOLERANCE = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that an assessment is computed from."""

    bom: Bom
    identified: tuple[IdentifiedLine, ...]
    reference: ReferenceData
    context: AssessmentContext


#: A change of inputs; it returns changed copies and leaves its argument alone.
Patch = Callable[[Inputs], Inputs]


def apply_patches(inputs: Inputs, patches: Iterable[Patch]) -> Inputs:
    """Return the inputs after each patch in order; without patches the very same object."""
    for patch in patches:
        inputs = patch(inputs)
    return inputs


def _with_measure(inputs: Inputs, measure: ControlMeasure) -> Inputs:
    measures = dict(inputs.reference.register.measures)
    measures[measure.id] = measure
    register = replace(inputs.reference.register, measures=measures)
    return replace(inputs, reference=replace(inputs.reference, register=register))


def _measure(inputs: Inputs, measure_id: str) -> ControlMeasure:
    try:
        return inputs.reference.register.measures[measure_id]
    except KeyError as error:
        raise UnknownKeyError(f"no measure {measure_id!r} in the register") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMeasure:
    """A new measure of a country on some elements and forms, for some destinations.

    Attributes:
        outcome: What it does to every end use.
        in_force_from: First day; the as-of date if None.
    """

    id: str
    exporter: str
    elements: frozenset[str]
    stages: frozenset[RegisterStage]
    destinations: frozenset[str]
    outcome: Outcome
    in_force_from: date | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        if self.id in inputs.reference.register.measures:
            raise InvalidInputError(f"measure {self.id!r} exists; a new one needs a new id")
        context = inputs.context
        start = self.in_force_from or context.as_of
        published = min(start, context.as_of, context.known_on)
        mode = DestinationMode.ONLY if self.destinations else DestinationMode.ALL
        event = TimelineEvent(
            on_date=start,
            status=TimelineStatus.IN_FORCE,
            basis=EventBasis.ENACTED,
            known_from=published,
            known_to=None,
            source=SUPPOSED,
        )
        measure = ControlMeasure(
            id=self.id,
            title="Supposed measure",
            exporter=self.exporter,
            issuing_authority="supposed",
            official_number=None,
            announcement=self.id,
            type=MeasureType.LICENCE_REQUIREMENT
            if self.outcome is Outcome.LICENCE
            else MeasureType.PROHIBITION,
            control_basis=ControlBasis.DUAL_USE,
            legal_force=LegalForce.BINDING,
            announced=published,
            effective_from=start,
            timeline=(event,),
            scope=Scope(
                elements_mode=ElementsMode.EXPLICIT,
                items=(ControlledItems(elements=self.elements, stages=self.stages),),
                stages=self.stages,
                destinations=DestinationScope(mode=mode, countries=self.destinations),
            ),
            rules=(Rule(when="supposed", outcome=self.outcome, applies=RuleApplies()),),
            entity_list=None,
            suspends=(),
            notes="supposed by the caller",
            confidence=Confidence.LOW,
            last_verified_on=published.isoformat(),
            sources=(SUPPOSED,),
        )
        return _with_measure(inputs, measure)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus:
    """A measure takes a status from a day on; what was to come after that day is gone.

    Attributes:
        back_on: For a suspension, the day on which it ends; None leaves it open.
    """

    measure: str
    status: TimelineStatus
    on_date: date | None = None
    back_on: date | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        measure = _measure(inputs, self.measure)
        context = inputs.context
        day = self.on_date or context.as_of
        known = min(context.as_of, context.known_on)
        kept = tuple(event for event in measure.timeline if event.on_date < day)
        events = [*kept, _supposed(day, self.status, known)]
        if self.back_on is not None:
            if self.back_on <= day:
                raise InvalidInputError("a suspension must end after it begins")
            events.append(_supposed(self.back_on, TimelineStatus.IN_FORCE, known))
        return _with_measure(inputs, replace(measure, timeline=tuple(events)))


def _supposed(day: date, status: TimelineStatus, known: date) -> TimelineEvent:
    return TimelineEvent(
        on_date=day,
        status=status,
        basis=EventBasis.ENACTED,
        known_from=known,
        known_to=None,
        source=SUPPOSED,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOutcome:
    """Every rule of a measure that hits goods takes another outcome."""

    measure: str
    outcome: Outcome

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        measure = _measure(inputs, self.measure)
        rules = tuple(
            rule if rule.applies is None else replace(rule, outcome=self.outcome)
            for rule in measure.rules
        )
        return _with_measure(inputs, replace(measure, rules=rules))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParameter:
    """A parameter of the method is known to be this value, at every end."""

    name: str
    value: float

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        method = inputs.reference.methodology
        current = getattr(method.parameters, self.name, None)
        if not isinstance(current, Triple):
            raise UnknownKeyError(f"no parameter {self.name!r} with an interval")
        if not math.isfinite(self.value) or self.value < 0.0:
            raise InvalidInputError(f"parameter {self.name!r} must be 0 or more")
        changed = {self.name: Triple.exactly(self.value)}
        parameters = replace(method.parameters, **changed)  # type: ignore[arg-type]  # the name was checked above
        method = replace(method, parameters=parameters)
        return replace(inputs, reference=replace(inputs.reference, methodology=method))


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiplyDelays:
    """Every delay is a multiple of what it was."""

    factor: float

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        if not math.isfinite(self.factor) or self.factor < 0.0:
            raise InvalidInputError("the factor on delays must be 0 or more")
        method = inputs.reference.methodology
        parameters = replace(
            method.parameters,
            delay_multiplier=method.parameters.delay_multiplier.scaled(self.factor),
        )
        method = replace(method, parameters=parameters)
        return replace(inputs, reference=replace(inputs.reference, methodology=method))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFlow:
    """Flows of some elements in some forms under a measure are seen to be this share of before.

    Attributes:
        forms, destinations: Empty means any.
        flow: Observed over baseline exports [1].
        kind: A severity kind instead of a flow, e.g. "stalled"; `flow` is then not read.
    """

    id: str
    measure: str
    elements: frozenset[str]
    forms: frozenset[str] = frozenset()
    destinations: frozenset[str] = frozenset()
    flow: float = 0.0
    kind: str | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        measure = _measure(inputs, self.measure)
        known = min(inputs.context.as_of, inputs.context.known_on)
        register = inputs.reference.register
        everything = frozenset(form for form in inputs.reference.supply.chains)
        everywhere = frozenset({inputs.context.destination, *inputs.reference.supply.governance})
        supposed = Observation(
            id=self.id,
            measure=measure.id,
            exporter=measure.exporter,
            basis=ObservationBasis.FLOW_RATIO if self.kind is None else ObservationBasis.PRACTICE,
            known_from=known,
            observed_to=known,
            valid_days=365,
            # All three filters are set, so that nothing observed is more specific.
            elements=self.elements,
            forms=self.forms or everything,
            destinations=self.destinations or everywhere,
            end_use="civil",
            arithmetic="supposed by the caller",
            provenance=Provenance(
                status=Status.JUDGEMENT, confidence=Confidence.LOW, sources=(SUPPOSED,)
            ),
            # A flow that stays at zero for years weighs as much as a figure can.
            months=120,
            flow_ratio=Triple.exactly(self.flow) if self.kind is None else None,
            kind=self.kind,
        )
        register = replace(register, observations=(*register.observations, supposed))
        return replace(inputs, reference=replace(inputs.reference, register=register))
