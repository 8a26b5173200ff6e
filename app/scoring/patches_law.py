"""What-ifs about the law and its practice: new measures, other dates, halts of licensing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

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
from app.domain.observations import Observation, ObservationBasis
from app.domain.provenance import Confidence, Provenance, Status
from app.domain.triple import Triple
from app.errors import InvalidInputError, InvalidNumberError, UnknownKeyError
from app.scoring.patches import SUPPOSED, Inputs

#: What an instrument is called that has one of these outcomes for everybody.
TYPE_OF_OUTCOME: Mapping[Outcome, MeasureType] = {
    Outcome.LICENCE: MeasureType.LICENCE_REQUIREMENT,
    Outcome.ENHANCED_LICENCE: MeasureType.CASE_BY_CASE,
    Outcome.CASE_BY_CASE: MeasureType.CASE_BY_CASE,
    Outcome.PRESUMPTION_OF_DENIAL: MeasureType.PRESUMPTION_OF_DENIAL,
    Outcome.PROHIBITED: MeasureType.PROHIBITION,
}

#: Outcomes by which a rule lets goods go.
FREE: frozenset[Outcome] = frozenset({Outcome.EXEMPT, Outcome.NOT_CONTROLLED})

#: Months that a supposed flow lasts: so long that it outweighs what the kind would suggest.
SUPPOSED_MONTHS = 120


def measure_of(inputs: Inputs, measure_id: str) -> ControlMeasure:
    """Return a measure of the register.

    Raises:
        UnknownKeyError: There is none of this id.
    """
    try:
        return inputs.reference.register.measures[measure_id]
    except KeyError as error:
        raise UnknownKeyError(f"no measure {measure_id!r} in the register") from error


def _with_measure(inputs: Inputs, measure: ControlMeasure) -> Inputs:
    measures = {**inputs.reference.register.measures, measure.id: measure}
    register = replace(inputs.reference.register, measures=measures)
    return replace(inputs, reference=replace(inputs.reference, register=register))


def _supposed(
    day: date, status: TimelineStatus, known: date, basis: EventBasis = EventBasis.SCHEDULED
) -> TimelineEvent:
    return TimelineEvent(
        on_date=day, status=status, basis=basis, known_from=known, known_to=None, source=SUPPOSED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMeasure:
    """A new measure of a country on some elements and forms, for some destinations.

    Attributes:
        destinations: Empty means every destination.
        outcome: What it does to every end use; EXEMPT and NOT_CONTROLLED make no measure.
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
        """Return the changed inputs.

        Raises:
            InvalidInputError: The id is taken, or the outcome makes no measure.
        """
        if self.id in inputs.reference.register.measures:
            raise InvalidInputError(f"measure {self.id!r} exists; a new one needs a new id")
        if self.outcome not in TYPE_OF_OUTCOME:
            raise InvalidInputError(f"a rule of outcome {self.outcome.value!r} restricts nothing")
        start = self.in_force_from or inputs.context.as_of
        published = min(start, inputs.known)
        mode = DestinationMode.ONLY if self.destinations else DestinationMode.ALL
        measure = ControlMeasure(
            id=self.id,
            title="Supposed measure",
            exporter=self.exporter,
            issuing_authority="supposed",
            official_number=None,
            announcement=self.id,
            type=TYPE_OF_OUTCOME[self.outcome],
            control_basis=ControlBasis.DUAL_USE,
            legal_force=LegalForce.BINDING,
            announced=published,
            effective_from=start,
            timeline=(_supposed(start, TimelineStatus.IN_FORCE, published, EventBasis.ENACTED),),
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
    """A measure takes a status from a day on; what was to come from that day on is gone.

    Attributes:
        on_date: First day; the as-of date if None.
        back_on: For a suspension, the day on which it ends; None leaves it open.
    """

    measure: str
    status: TimelineStatus
    on_date: date | None = None
    back_on: date | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such measure.
            InvalidInputError: The return does not come after the suspension.
        """
        measure = measure_of(inputs, self.measure)
        day = self.on_date or inputs.context.as_of
        kept = tuple(event for event in measure.timeline if event.on_date < day)
        # Only what brings a measure into force may change how well it is attested.
        in_force = self.status is TimelineStatus.IN_FORCE
        basis = EventBasis.ENACTED if in_force else EventBasis.SCHEDULED
        events = [*kept, _supposed(day, self.status, inputs.known, basis)]
        if self.back_on is not None:
            if self.back_on <= day:
                raise InvalidInputError("a suspension must end after it begins")
            events.append(_supposed(self.back_on, TimelineStatus.IN_FORCE, inputs.known))
        return _with_measure(inputs, replace(measure, timeline=tuple(events)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDates:
    """Everything that is still to come for a measure comes so many days later, or earlier."""

    measure: str
    days: int

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such measure.
        """
        measure = measure_of(inputs, self.measure)
        as_of = inputs.context.as_of
        moved = tuple(
            replace(event, on_date=event.on_date + timedelta(days=self.days))
            if event.on_date > as_of
            else event
            for event in measure.timeline
        )
        ordered = tuple(sorted(moved, key=lambda event: (event.on_date, event.known_from)))
        return _with_measure(inputs, replace(measure, timeline=ordered))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOutcome:
    """Every rule of a measure that holds goods back takes another outcome."""

    measure: str
    outcome: Outcome

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such measure.
        """
        measure = measure_of(inputs, self.measure)
        rules = tuple(
            rule
            if rule.applies is None or rule.outcome in FREE
            else replace(rule, outcome=self.outcome)
            for rule in measure.rules
        )
        # The outcome `licence` says no more than that the type decides.
        kind = MeasureType.LICENCE_REQUIREMENT if self.outcome is Outcome.LICENCE else measure.type
        return _with_measure(inputs, replace(measure, rules=rules, type=kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFlow:
    """Civil flows of some elements in some forms under a measure are seen to be this share.

    Attributes:
        forms, destinations: Empty means any.
        flow: Observed over baseline exports [1].
        kind: What practice amounts to instead of a flow, e.g. "stalled"; `flow` is not read.
    """

    id: str
    measure: str
    elements: frozenset[str]
    forms: frozenset[str] = frozenset()
    destinations: frozenset[str] = frozenset()
    flow: float = 0.0
    kind: str | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such measure.
            InvalidNumberError: The flow is negative or not finite.
        """
        measure = measure_of(inputs, self.measure)
        if not 0.0 <= self.flow < float("inf"):
            raise InvalidNumberError(f"a flow is 0 or more of what it was, got {self.flow!r}")
        context, supply = inputs.context, inputs.reference.supply
        register = inputs.reference.register
        everywhere = frozenset({context.destination, *supply.governance})
        supposed = Observation(
            id=self.id,
            measure=measure.id,
            exporter=measure.exporter,
            basis=ObservationBasis.FLOW_RATIO if self.kind is None else ObservationBasis.PRACTICE,
            known_from=inputs.known,
            # It describes the whole horizon, so nothing that was really seen is newer.
            observed_to=context.as_of + timedelta(days=context.horizon_days),
            valid_days=(context.as_of - inputs.known).days + context.horizon_days,
            # All three filters are set, so nothing that was really seen is more specific.
            elements=self.elements,
            forms=self.forms or frozenset(supply.chains),
            destinations=self.destinations or everywhere,
            end_use="civil",
            arithmetic="supposed by the caller",
            provenance=Provenance(
                status=Status.JUDGEMENT, confidence=Confidence.LOW, sources=(SUPPOSED,)
            ),
            months=SUPPOSED_MONTHS,
            flow_ratio=Triple.exactly(self.flow) if self.kind is None else None,
            kind=self.kind,
        )
        register = replace(register, observations=(*register.observations, supposed))
        return replace(inputs, reference=replace(inputs.reference, register=register))
