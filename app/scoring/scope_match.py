"""Which measures speak of some goods at all, by their own list or by another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.controls import (
    ControlMeasure,
    DestinationScope,
    ElementsMode,
    RegisterStage,
)
from app.domain.triple import Side
from app.scoring.active_measures import (
    ABROAD_ONLY,
    ActiveMeasure,
    ActiveState,
    RegisterSnapshot,
)


@dataclass(frozen=True, slots=True)
class ScopeHit:
    """How a measure's scope meets goods: listed elements that triggered it, and match [1]."""

    triggers: frozenset[str]
    match: float
    spilled: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A state together with the scope hit that makes it count.

    `destinations` is the scope of the listing measure, None where the measure lists itself.
    """

    state: ActiveState
    hit: ScopeHit
    destinations: DestinationScope | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A measure that speaks of some goods.

    Attributes:
        abroad: True where it reaches goods outside its issuer's territory.
        liability: True where it does so only by liability for handing bans on.
    """

    active: ActiveMeasure
    listings: tuple[Listing, ...]
    abroad: bool
    liability: bool


class ScopeMatcher:
    """Finds the measures that speak of goods in one register snapshot; remembered."""

    def __init__(self, register: RegisterSnapshot) -> None:
        self.register = register
        self._meetings: dict[tuple[object, ...], tuple[Meeting, ...]] = {}
        self._hits: dict[tuple[object, ...], ScopeHit | None] = {}

    def meetings(
        self,
        exporter: str,
        register_stages: tuple[RegisterStage, ...],
        contained: frozenset[str],
        *,
        liable: bool,
    ) -> tuple[Meeting, ...]:
        """Return the measures that may speak of goods on their way out of a country.

        Args:
            exporter: Country that the goods leave.
            register_stages: Names that the legal texts may use for them.
            contained: Elements whose listing decides.
            liable: Whether liability for handing goods on counts.
        """
        key = (exporter, register_stages, contained, liable)
        known = self._meetings.get(key)
        if known is None:
            known = tuple(self._find(exporter, register_stages, contained, liable=liable))
            self._meetings[key] = known
        return known

    def _find(
        self,
        exporter: str,
        stages: tuple[RegisterStage, ...],
        contained: frozenset[str],
        *,
        liable: bool,
    ) -> Iterator[Meeting]:
        for active in self.register.measures_of(exporter):
            listings = tuple(self._listings(active, stages, contained))
            if listings:
                yield Meeting(active, listings, abroad=False, liability=False)
        for active in self.register.abroad:
            by_liability = not active.measure.scope.extraterritorial & ABROAD_ONLY
            if by_liability and not liable:
                continue
            listings = tuple(
                listing
                for listing in self._listings(active, stages, contained)
                if not (by_liability and listing.hit.spilled)
            )
            if listings:
                yield Meeting(active, listings, abroad=True, liability=by_liability)

    def _listings(
        self, active: ActiveMeasure, stages: tuple[RegisterStage, ...], contained: frozenset[str]
    ) -> Iterator[Listing]:
        """Yield the states in which a measure meets the goods."""
        scope = active.measure.scope
        if scope.elements_mode is not ElementsMode.ANY_DUAL_USE_LISTED:
            hit = self._hit(active.measure, stages, contained, spill=True)
            if hit is not None:
                for state in active.states:
                    yield Listing(state, hit, None)
            return
        if not scope.stages & frozenset(stages):
            return
        for listing in self.register.listings.get(active.measure.exporter, ()):
            hit = self._hit(listing.measure, stages, contained, spill=False)
            if hit is None:
                continue
            for own in active.states:
                for other in listing.states:
                    yield Listing(_both(own, other), hit, listing.measure.scope.destinations)

    def _hit(
        self,
        measure: ControlMeasure,
        stages: tuple[RegisterStage, ...],
        contained: frozenset[str],
        *,
        spill: bool,
    ) -> ScopeHit | None:
        key = (measure.id, stages, contained, spill)
        if key not in self._hits:
            self._hits[key] = self._new_hit(measure, frozenset(stages), contained, spill=spill)
        return self._hits[key]

    def _new_hit(
        self,
        measure: ControlMeasure,
        stages: frozenset[RegisterStage],
        contained: frozenset[str],
        *,
        spill: bool,
    ) -> ScopeHit | None:
        side = self.register.side
        triggers: frozenset[str] = frozenset()
        for item in measure.scope.items:
            listed = item.elements & contained
            if not listed or not item.stages & stages:
                continue
            # A property that the line does not state: from no match to a match.
            if item.condition is None or side is Side.HIGH:
                triggers |= listed
        if triggers:
            return ScopeHit(triggers, 1.0, spilled=False)
        if not spill or RegisterStage.MAGNET not in stages:
            return None
        magnets = [item for item in measure.scope.items if RegisterStage.MAGNET in item.stages]
        factor = self.register.methodology.parameters.spill_magnet.at(side)
        if not magnets or factor == 0.0:
            return None
        listed_magnets = frozenset().union(*(item.elements for item in magnets))
        return ScopeHit(listed_magnets, factor, spilled=True)


def _both(ban: ActiveState, listing: ActiveState) -> ActiveState:
    """Return the state in which a ban binds through a listing: both must hold."""
    return ActiveState(
        probability=ban.probability * listing.probability,
        start_days=max(ban.start_days, listing.start_days),
        age_days=min(ban.age_days, listing.age_days),
        end_days=min(ban.end_days, listing.end_days),
        uncertain=ban.uncertain or listing.uncertain,
    )
