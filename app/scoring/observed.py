"""What was observed of licences and flows overrides what a kind of measure would suggest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.context import EndUse
from app.domain.methodology import Kind, Methodology
from app.domain.observations import Observation
from app.domain.triple import Side
from app.scoring.severity import Delays, Hardness

#: Months of observed flow at which it weighs as much as the kind itself does.
HALF_WEIGHT_MONTHS = 6.0

OBSERVATION_STALE = "observation_stale"

_OPPOSITE = {Side.LOW: Side.HIGH, Side.NOMINAL: Side.NOMINAL, Side.HIGH: Side.LOW}


@dataclass(frozen=True, slots=True)
class ObservedHardness:
    """Hardness with the observations that made it, most specific first."""

    hardness: Hardness
    observations: tuple[Observation, ...]
    stale: bool


def applicable_observations(
    observations: Iterable[Observation],
    *,
    elements: frozenset[str],
    forms: frozenset[str],
    destination: str,
    end_use: EndUse,
    as_of: date,
    known_on: date,
    fade_days: int,
) -> tuple[Observation, ...]:
    """Return the observations that speak of a crossing on a day, the deciding one first.

    Args:
        observations: Those of one measure.
        elements: Listed elements that triggered the measure.
        forms: Chain forms that the crossing goods may have.
        destination: Country that the goods enter.
        end_use: civil or military; an observation holds for the end use it was made for.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
        fade_days: Days over which an outdated observation fades.

    References:
        docs/methodology.md, "Observations".
    """
    chosen = [
        observation
        for observation in observations
        if observation.end_use == end_use
        and observation.known_from <= min(as_of, known_on)
        and (as_of - observation.known_from).days < observation.valid_days + fade_days
        and (not observation.elements or observation.elements & elements)
        and (not observation.forms or observation.forms & forms)
        and (not observation.destinations or destination in observation.destinations)
    ]
    # Sorted by the last key first: Python's sort is stable, so the first key decides.
    chosen.sort(key=lambda observation: observation.id, reverse=True)
    chosen.sort(key=lambda observation: observation.observed_to, reverse=True)
    chosen.sort(key=lambda observation: observation.specificity, reverse=True)
    return tuple(chosen)


def _own_hardness(
    observation: Observation, *, unadapted: Hardness, methodology: Methodology, side: Side
) -> Hardness:
    multiplier = methodology.parameters.delay_multiplier.at(side)
    if observation.kind is not None:
        severity = methodology.severities[Kind(observation.kind)]
        return Hardness(severity.refusal.at(side), _times(severity.established, multiplier))
    if observation.flow_ratio is None:
        # Reported approvals may speak of the share granted, of the time taken, or of both.
        refusal = observation.refusal.at(side) if observation.refusal else unadapted.refusal
        if observation.delays is None:
            return Hardness(refusal, unadapted.delays)
        return Hardness(refusal, _times(observation.delays, multiplier))
    weight = observation.months / (observation.months + HALF_WEIGHT_MONTHS)
    flow = min(1.0, observation.flow_ratio.at(_OPPOSITE[side]))
    refusal = weight * (1.0 - flow) + (1.0 - weight) * unadapted.refusal
    if side is Side.NOMINAL:
        # One month without exports is not a prohibition.
        stalled = methodology.severities[Kind.STALLED].refusal.nominal
        refusal = min(refusal, max(stalled, unadapted.refusal))
    return Hardness(refusal, _times(unadapted.delays, 1.0 - weight))


def _times(delays: Delays, factor: float) -> Delays:
    return delays[0] * factor, delays[1] * factor, delays[2] * factor


def _blend(fresh: Hardness, next_one: Hardness, faded: float) -> Hardness:
    first, middle, last = (
        own + faded * (other - own)
        for own, other in zip(fresh.delays, next_one.delays, strict=True)
    )
    refusal = fresh.refusal + faded * (next_one.refusal - fresh.refusal)
    return Hardness(refusal, (first, middle, last))


def observed_hardness(
    observations: Sequence[Observation],
    *,
    of_kind: Hardness,
    unadapted: Hardness,
    as_of: date,
    methodology: Methodology,
    side: Side,
) -> ObservedHardness:
    """Return the hardness that the observations suggest.

    A valid observation decides alone. One past its validity fades in a straight line to the
    next in order, and in the end to the kind itself, so that silence makes no cliff.

    Args:
        observations: As `applicable_observations` orders them.
        of_kind: What the kind itself suggests today.
        unadapted: The same without what buyers have learned; flow ratios build on it.
        as_of: Day of the question.
        methodology: Severities, multiplier and fade.
        side: End of the interval.

    References:
        docs/methodology.md, "Observations".
    """
    if not observations:
        return ObservedHardness(of_kind, (), stale=False)
    first = observations[0]
    own = _own_hardness(first, unadapted=unadapted, methodology=methodology, side=side)
    overdue = (as_of - first.known_from).days - first.valid_days
    if overdue < 0:
        return ObservedHardness(own, (first,), stale=False)
    rest = observed_hardness(
        observations[1:],
        of_kind=of_kind,
        unadapted=unadapted,
        as_of=as_of,
        methodology=methodology,
        side=side,
    )
    faded = overdue / methodology.timing.observation_fade_days
    return ObservedHardness(
        _blend(own, rest.hardness, faded), (first, *rest.observations), stale=True
    )
