"""How hard a kind of measure hits deliveries, before anything was observed of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.methodology import Kind, Methodology
from app.domain.supply import Stage
from app.domain.triple import Side

Delays = tuple[float, float, float]

#: Kinds whose delay buyers learn to live with while the duty lasts (methodology, section 5).
ADAPTING_KINDS: frozenset[Kind] = frozenset(
    {
        Kind.REGISTRATION,
        Kind.GENERAL_LICENCE,
        Kind.INDIVIDUAL_LICENCE,
        Kind.STRICT_LICENCE,
    }
)

#: Stages whose flows recovered within months of the licence duty of April 2025.
WORKED_STAGES: frozenset[Stage] = frozenset({Stage.MAGNET, Stage.DEVICE})


@dataclass(frozen=True, slots=True)
class Hardness:
    """Refusal share [1] and D10, D50, D90 [calendar days] of a measure on a crossing."""

    refusal: float
    delays: Delays


def phased_delays(
    kind: Kind, *, start_days: float, age_days: float, methodology: Methodology
) -> Delays:
    """Return the delays of a kind at a given age, before any multiplier [calendar days].

    The initial figures hold until a measure has been in force for the initial phase, the
    established ones from a later day on, with a straight line between.

    References:
        docs/methodology.md, "Severity".
    """
    severity = methodology.severities[kind]
    timing = methodology.timing
    if severity.initial is None:
        return severity.established
    if start_days > 0.0 or age_days <= timing.initial_phase_days:
        return severity.initial
    if age_days >= timing.established_from_days:
        return severity.established
    settled = (age_days - timing.initial_phase_days) / (
        timing.established_from_days - timing.initial_phase_days
    )
    first, middle, last = (
        early + settled * (late - early)
        for early, late in zip(severity.initial, severity.established, strict=True)
    )
    return first, middle, last


def adaptation(
    kind: Kind, *, stage: Stage, new_relation: bool, methodology: Methodology, side: Side
) -> float:
    """Return the days of delay that buyers work off per day in force (chi) [1].

    Zero for a supply relation that has only begun, and for kinds that are no licence duty.
    """
    if new_relation or kind not in ADAPTING_KINDS:
        return 0.0
    parameters = methodology.parameters
    chosen = parameters.adaptation_worked if stage in WORKED_STAGES else parameters.adaptation_raw
    return chosen[side]


def hardness_of_kind(
    kind: Kind,
    *,
    stage: Stage,
    start_days: float,
    age_days: float,
    new_relation: bool,
    methodology: Methodology,
    side: Side,
    adapted: bool = True,
) -> Hardness:
    """Return refusal and delays of a kind with nothing observed.

    Args:
        kind: Severity class.
        stage: Stage of the goods that cross.
        start_days: Days until the measure bites; above 0 the initial figures hold.
        age_days: Days for which it has been in force.
        new_relation: True for a supplier that has only begun to deliver.
        methodology: Severities and parameters.
        side: End of the interval.
        adapted: False leaves out what buyers have learned (chi), as observations need it.

    References:
        docs/methodology.md, "Severity".
    """
    multiplier = methodology.parameters.delay_multiplier.at(side)
    learned = 0.0
    if adapted:
        learned = age_days * adaptation(
            kind, stage=stage, new_relation=new_relation, methodology=methodology, side=side
        )
    phased = phased_delays(kind, start_days=start_days, age_days=age_days, methodology=methodology)
    first, middle, last = (max(0.0, multiplier * delay - learned) for delay in phased)
    return Hardness(methodology.severities[kind].refusal.at(side), (first, middle, last))
