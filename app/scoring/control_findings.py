"""What each measure of the register says on a day about some goods, for one end use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.controls import (
    ControlledItems,
    ControlMeasure,
    ControlRegister,
    EventBasis,
    ItemCondition,
    MeasureType,
    Outcome,
    TimelineStatus,
)
from app.domain.triple import Side
from app.scoring.control_codes import (
    LAWFUL_TYPES,
    SUSPENDED,
    code_in_force,
    code_of_status,
    rank,
)
from app.scoring.control_match import (
    CIVIL_CLASSES,
    MILITARY_CLASSES,
    EndUserListing,
    TradedGoods,
    bans_only_abroad,
    concerns_reexport,
    follows_list,
    governs,
    listing_measures,
    met_items,
    reaches_abroad,
    strictest_outcome,
    triggers,
)
from app.scoring.end_users import EndUserLists
from app.scoring.timeline import ResolvedStatus, status_on

#: From sure to unsure; what rests on two events is as sure as the less sure one.
_BASES = (EventBasis.ENACTED, EventBasis.SCHEDULED, EventBasis.STATED, EventBasis.REPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One measure that speaks of the goods, the end use and the end user.

    Attributes:
        best: Code by the best estimate of its status, None where it asks nothing today.
        worst: The same by the worst case.
        unconfirmed: True where nobody knows which of both holds.
        basis: What the status rests on, None before the first event.
        live: False for what asks nothing on the day, by neither reading.
        items: Items of the measure that lists the goods.
        dormant: Code of a ban that would bite if items of a suspended measure counted as listed.
    """

    measure: ControlMeasure
    resolved: ResolvedStatus
    best: str | None
    worst: str | None
    unconfirmed: bool
    basis: EventBasis | None
    live: bool
    items: tuple[ControlledItems, ...]
    dormant: str | None = None

    @property
    def certain(self) -> str | None:
        """Return the code where it is known, None where it is not."""
        return None if self.unconfirmed else self.best

    @property
    def severity(self) -> int:
        """Return the rank of the more severe reading."""
        return max(rank(self.best), rank(self.worst))


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSearch:
    """Goods on their way, with both clocks.

    Attributes:
        measures: Those that say by law what may go to the destination (`lawful_measures`).
        exporter, destination: Countries; different customs blocs.
        military: Read rules as for a military end use (True) or a civil one.
        listing: Lists that name the end user.
    """

    register: ControlRegister
    measures: tuple[ControlMeasure, ...]
    goods: TradedGoods
    exporter: str
    destination: str
    as_of: date
    known_on: date
    military: bool
    listing: EndUserListing

    def direct(self) -> tuple[Finding, ...]:
        """Return what measures say of the goods as they leave the exporter.

        Those of other countries that reach goods abroad are among them.
        """
        found: list[Finding] = []
        for measure in self.measures:
            if governs(measure, self.exporter):
                found.extend(self._findings(measure, bans_only=False))
            elif reaches_abroad(measure, exporter=self.exporter, destination=self.destination):
                found.extend(self._findings(measure, bans_only=bans_only_abroad(measure)))
        return tuple(found)

    def reexport(self) -> tuple[Finding, ...]:
        """Return what measures of the exporter say of sending the goods on from abroad."""
        return tuple(
            finding
            for measure in self.measures
            if concerns_reexport(measure, self.exporter)
            for finding in self._findings(measure, bans_only=False)
        )

    def conditional(self) -> Iterator[tuple[ControlMeasure, ItemCondition]]:
        """Yield measures that would speak of the goods if these had a certain property."""
        for measure in self.measures:
            conditions = [
                item.condition
                for item in met_items(measure, self.goods)
                if item.condition is not None
            ]
            if not conditions or not governs(measure, self.exporter):
                continue
            if status_on(measure, self.as_of, self.known_on).status is TimelineStatus.IN_FORCE:
                for condition in conditions:
                    yield measure, condition

    def _findings(self, measure: ControlMeasure, *, bans_only: bool) -> Iterator[Finding]:
        if not measure.scope.stages & self.goods.stages:
            return
        outcome = strictest_outcome(
            measure,
            end_uses=MILITARY_CLASSES if self.military else CIVIL_CLASSES,
            end_users=self.listing.classes(measure),
            stages=self.goods.stages,
        )
        if outcome is None or (bans_only and outcome is not Outcome.PROHIBITED):
            return
        code = code_in_force(outcome, measure)
        follows = follows_list(measure)
        finding = (
            self._through_list(measure, outcome, code)
            if follows
            else self._by_own_items(measure, code)
        )
        if finding is not None:
            yield finding

    def _by_own_items(self, measure: ControlMeasure, code: str | None) -> Finding | None:
        items = met_items(measure, self.goods)
        if code is None or not triggers(items, self.goods):
            return None
        resolved = status_on(measure, self.as_of, self.known_on)
        best, worst = (code_of_status(code, status) for status in readings(resolved))
        return Finding(
            measure=measure,
            resolved=resolved,
            best=best,
            worst=worst,
            unconfirmed=resolved.status is TimelineStatus.UNCONFIRMED,
            basis=resolved.event.basis if resolved.event is not None else None,
            live=best is not None or worst is not None,
            items=items,
        )

    def _through_list(
        self, measure: ControlMeasure, outcome: Outcome, code: str | None
    ) -> Finding | None:
        """Return the strictest finding of a measure that bites on what is dual-use listed."""
        own = status_on(measure, self.as_of, self.known_on)
        found = [
            self._combined(measure, own, code, listing)
            for listing in listing_measures(self.measures, measure.exporter)
            if triggers(met_items(listing, self.goods), self.goods)
        ]
        if outcome is Outcome.LICENCE:
            # A ban that leaves these goods to their own licence measure asks nothing itself.
            found = [finding for finding in found if finding.live]
        return max(
            found, key=lambda finding: (finding.severity, rank(finding.dormant)), default=None
        )

    def _combined(
        self,
        measure: ControlMeasure,
        own: ResolvedStatus,
        code: str | None,
        listing: ControlMeasure,
    ) -> Finding:
        """Return what a measure says through one listing: both must be in force to bite."""
        listed = status_on(listing, self.as_of, self.known_on)
        codes = [
            code_of_status(code, mine) if other is TimelineStatus.IN_FORCE else None
            for mine, other in zip(readings(own), readings(listed), strict=True)
        ]
        both = TimelineStatus.IN_FORCE in readings(own) and (
            TimelineStatus.IN_FORCE in readings(listed)
        )
        bases = [state.event.basis for state in (own, listed) if state.event is not None]
        dormant = listed.status is TimelineStatus.SUSPENDED and code_of_status(
            code, readings(own)[0]
        ) not in (None, SUSPENDED)
        return Finding(
            measure=measure,
            resolved=own,
            best=codes[0],
            worst=codes[1],
            unconfirmed=TimelineStatus.UNCONFIRMED in (own.status, listed.status),
            basis=max(bases, key=_BASES.index, default=None),
            live=both or dormant or codes != [None, None],
            items=met_items(listing, self.goods),
            dormant=code if dormant else None,
        )


def lawful_measures(register: ControlRegister, destination: str) -> tuple[ControlMeasure, ...]:
    """Return the measures that say by law whether goods may go to a destination, by id."""
    return tuple(
        measure
        for _, measure in sorted(register.measures.items())
        if measure.type in LAWFUL_TYPES and measure.scope.destinations.includes(destination)
    )


def readings(resolved: ResolvedStatus) -> tuple[TimelineStatus, TimelineStatus]:
    """Return the status by best estimate and by worst case; the same one where it is known."""
    return resolved.best_estimate or resolved.status, resolved.worst_case or resolved.status


def end_user_listing(
    register: ControlRegister, lists: EndUserLists, *, as_of: date, known_on: date, worst: bool
) -> EndUserListing:
    """Return the lists that name an end user; only those in force count for other measures.

    Args:
        register: All measures.
        lists: What the entity lists say of its name and its owners.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
        worst: Whether a name that is only near, or an owner that may be, counts too.
    """
    named = lists.named | lists.near if worst else lists.named
    in_force = _types_in_force(register.measures, named, as_of=as_of, known_on=known_on)
    return EndUserListing(
        named_by=named,
        controlled=MeasureType.ENTITY_PROHIBITION in in_force,
        watched=MeasureType.ENTITY_ENHANCED_LICENCE in in_force,
        owned=lists.owned is not None and lists.owned[Side.HIGH if worst else Side.LOW] == 1.0,
    )


def _types_in_force(
    measures: Mapping[str, ControlMeasure],
    ids: frozenset[str],
    *,
    as_of: date,
    known_on: date,
) -> frozenset[MeasureType]:
    return frozenset(
        measures[measure_id].type
        for measure_id in ids
        if readings(status_on(measures[measure_id], as_of, known_on))[0] is TimelineStatus.IN_FORCE
    )
