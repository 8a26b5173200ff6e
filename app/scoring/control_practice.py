"""How licensing works in practice, in one word, and how long a licence takes. Never law."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.context import EndUse
from app.domain.controls import (
    ControlMeasure,
    ControlRegister,
    MeasureType,
    PracticeRecord,
    TimelineStatus,
)
from app.domain.methodology import Kind, Methodology
from app.domain.observations import Observation, ObservationBasis
from app.domain.places import bloc
from app.domain.triple import Triple
from app.scoring.control_codes import (
    CASE_BY_CASE,
    ENHANCED_LICENCE,
    LICENCE_REQUIRED,
    ORDINARY_LICENCE,
    PRESUMPTION_OF_DENIAL,
)
from app.scoring.control_match import TradedGoods, met_items
from app.scoring.observed import applicable_observations
from app.scoring.severity import Delays, phased_delays
from app.scoring.timeline import status_on

#: From easy to hard.
EFFECTS = ("normal", "slows", "near_halt", "halt")
HALT = "halt"

_EASES = "eases"
_EVERYTHING = "*"

_KIND_OF_CODE = {
    ORDINARY_LICENCE: Kind.REGISTRATION,
    LICENCE_REQUIRED: Kind.INDIVIDUAL_LICENCE,
    ENHANCED_LICENCE: Kind.STRICT_LICENCE,
    CASE_BY_CASE: Kind.STRICT_LICENCE,
    PRESUMPTION_OF_DENIAL: Kind.PRESUMPTION_OF_DENIAL,
}


def known_observations(
    register: ControlRegister,
    measure: ControlMeasure,
    *,
    listed: frozenset[str],
    form: str,
    destination: str,
    clocks: tuple[date, date],
) -> tuple[Observation, ...]:
    """Return what was observed of civil trade and counts in full, the deciding one first.

    Args:
        register: Holds the observations.
        measure: Measure whose practice is asked.
        listed: Elements by which the goods fall under it.
        form: Chain form of the goods.
        destination: Country that they enter.
        clocks: Day of the question, and last day of publication that counts.
    """
    as_of, known_on = clocks
    return applicable_observations(
        (one for one in register.observations if one.measure == measure.id),
        elements=listed,
        forms=frozenset({form}),
        destination=destination,
        end_use=EndUse.CIVIL,
        as_of=as_of,
        known_on=known_on,
        fade_days=0,
    )


def practice_of(
    register: ControlRegister,
    observations: Iterable[Observation],
    *,
    goods: TradedGoods,
    destination: str,
    clocks: tuple[date, date],
    reports_for: str | None,
) -> str | None:
    """Return how licensing works for civil goods, or None where nobody has reported it.

    A halt that nobody decreed goes first, then the deciding observation, then the report that
    names the destination or the element.

    Args:
        register: Reports and halts.
        observations: Observations that count, the deciding one first.
        goods: What leaves the country.
        destination: Country that the goods enter.
        clocks: Day of the question, and last day of publication that counts.
        reports_for: End users of whom reports may speak, any or watch_listed; None leaves
            reports out.
    """
    if _is_halted(register, goods=goods, destination=destination, clocks=clocks):
        return HALT
    for observation in observations:
        if observation.effect is not None:
            return _in_words(observation.effect)
    records = [
        record
        for record in register.practice
        if _speaks_of(record, goods=goods, destination=destination)
        and _holds_on(record, clocks)
        and reports_for is not None
        and record.end_users in ("any", reports_for)
    ]
    if not records:
        return None
    best = max(
        records,
        key=lambda record: (
            record.end_users != "any",
            _EVERYTHING not in record.destinations,
            _EVERYTHING not in record.elements,
            record.starts,
            EFFECTS.index(_in_words(record.effect)),
            record.id,
        ),
    )
    return _in_words(best.effect)


def _in_words(effect: str) -> str:
    return EFFECTS[0] if effect == _EASES else effect


def _is_halted(
    register: ControlRegister,
    *,
    goods: TradedGoods,
    destination: str,
    clocks: tuple[date, date],
) -> bool:
    return any(
        measure.type is MeasureType.DE_FACTO_EMBARGO
        and measure.scope.destinations.includes(destination)
        and bool(met_items(measure, goods))
        and status_on(measure, *clocks).status is TimelineStatus.IN_FORCE
        for measure in register.measures.values()
    )


def _speaks_of(record: PracticeRecord, *, goods: TradedGoods, destination: str) -> bool:
    """Return whether a report names the destination or an element of the goods.

    A report about everybody and everything tells nothing of one buyer.
    """
    everywhere, everything = _EVERYTHING in record.destinations, _EVERYTHING in record.elements
    here = destination in record.destinations or bloc(destination) in record.destinations
    these = bool(goods.deciding.intersection(record.elements))
    return (here or everywhere) and (these or everything) and not (everywhere and everything)


def _holds_on(record: PracticeRecord, clocks: tuple[date, date]) -> bool:
    """Return whether a report speaks of a day and was known by another.

    Where only a month or year is known, the report counts as known once that is over, as
    starting with its first day and as ending with its last, so that nothing is known too early.
    """
    as_of, known_on = (day.isoformat() for day in clocks)
    known = record.known_from <= known_on and not known_on.startswith(f"{record.known_from}-")
    ended = record.ends is not None and record.ends < as_of[: len(record.ends)]
    return known and record.starts <= as_of and not ended


def licence_days_of(
    code: str,
    observations: Iterable[Observation],
    *,
    military: bool,
    age_days: float,
    methodology: Methodology,
) -> Triple | None:
    """Return D10, D50 and D90 until a licence [calendar days], None where none is needed.

    Args:
        code: Status code.
        observations: Observations that count; the first with days goes before the kind.
        military: True where the end user is military, which amounts to a refusal.
        age_days: Days for which the duty has been in force.
        methodology: Delays by kind.
    """
    kind = _KIND_OF_CODE.get(code)
    if kind is None:
        return None
    if military and kind is Kind.INDIVIDUAL_LICENCE:
        kind = Kind.PRESUMPTION_OF_DENIAL
    if kind is Kind.INDIVIDUAL_LICENCE:
        for observation in observations:
            days = _observed_days(observation, methodology)
            if days is not None:
                return Triple(*days)
    return Triple(*phased_delays(kind, start_days=0.0, age_days=age_days, methodology=methodology))


def _observed_days(observation: Observation, methodology: Methodology) -> Delays | None:
    """Return the days that an observation gives; a flow of goods gives none."""
    if observation.basis is ObservationBasis.PRACTICE:
        return methodology.severities[Kind(str(observation.kind))].established
    return observation.delays
