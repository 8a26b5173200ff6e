"""The supply tables as they could be known on a day: one row for each question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.places import EU, EU_MEMBERS, UNSPECIFIED
from app.domain.supply import ImportRelianceRow, MixRow, Stage, SupplyReference
from app.domain.triple import ONE, Side, Triple
from app.errors import UnknownKeyError

#: Flag of an answer that rests on a table row which was published after its date.
VINTAGE_AFTER_DATE = "vintage_after_date"


def _newest_known(rows: Iterable[MixRow], known: date) -> tuple[MixRow | None, bool]:
    """Return the row to use on a day, and whether it was published only later.

    Among rows valid on the day the one with the fewest elements wins, then the newest. A
    general row never replaces an element row, which ends only by its own `valid_to`. If none
    was known yet, the oldest row serves.
    """
    ordered = sorted(rows, key=lambda row: (len(row.elements), -row.valid_from.toordinal()))
    for row in ordered:
        if row.valid_from <= known and (row.valid_to is None or known < row.valid_to):
            return row, False
    if not ordered:
        return None, False
    return min(ordered, key=lambda row: (row.valid_from, len(row.elements))), True


class SupplySnapshot:
    """Supply tables on one day. Lookups are remembered; the answers never change.

    Args:
        supply: All tables with all vintages.
        known: The earlier of as-of date and knowledge date; later rows do not exist.
        feed_group_of: Feed group by element.
    """

    def __init__(
        self, supply: SupplyReference, known: date, feed_group_of: Mapping[str, str]
    ) -> None:
        self.supply = supply
        self.known = known
        self.feed_group_of = feed_group_of
        self._world: dict[tuple[Stage, str], list[MixRow]] = {}
        self._feed: dict[tuple[Stage, str], list[MixRow]] = {}
        self._destination: dict[tuple[Stage, str], list[MixRow]] = {}
        for row in supply.world:
            for element in row.elements:
                self._world.setdefault((row.stage, element), []).append(row)
        for row in supply.feed:
            self._feed.setdefault((row.stage, str(row.place)), []).append(row)
        for row in supply.destination_mixes:
            self._destination.setdefault((row.stage, str(row.place)), []).append(row)
        self._reliance: dict[tuple[Stage, str], list[ImportRelianceRow]] = {}
        for reliance in supply.import_reliance:
            key = (reliance.stage, reliance.destination)
            self._reliance.setdefault(key, []).append(reliance)
        self._known_world: dict[tuple[Stage, str], tuple[MixRow | None, bool]] = {}
        self._known_feed: dict[tuple[Stage, str, str, str], tuple[MixRow | None, bool]] = {}

    def world(self, stage: Stage, element: str) -> MixRow | None:
        """Return world output of a stage, or None where the element has no such stage."""
        return self._world_row(stage, element)[0]

    def producers(self, stage: Stage, element: str) -> MixRow:
        """Return world output of a stage that the element is known to have.

        Raises:
            UnknownKeyError: The element has no such stage.
        """
        row = self.world(stage, element)
        if row is None:
            raise UnknownKeyError(f"{element} has no stage {stage.value}")
        return row

    def _world_row(self, stage: Stage, element: str) -> tuple[MixRow | None, bool]:
        key = (stage, element)
        if key not in self._known_world:
            self._known_world[key] = _newest_known(self._world.get(key, ()), self.known)
        return self._known_world[key]

    def world_share(self, stage: Stage, element: str, country: str) -> float:
        """Return the share of a country in world output [1]; 0 where it has no capacity."""
        row = self.world(stage, element)
        return row.shares.get(country, 0.0) if row is not None else 0.0

    def world_share_at(self, stage: Stage, element: str, country: str, side: Side) -> float:
        """Return the world share of a country at one end of its own bounds [1]."""
        row = self.world(stage, element)
        if row is None or country not in row.shares:
            return 0.0
        if side is Side.NOMINAL:
            return row.shares[country]
        low, high = row.bound_of(country)
        return low if side is Side.LOW else high

    def feed(self, stage: Stage, country: str, element: str, form: str) -> MixRow | None:
        """Return where plants of a stage in a country get their input, or None if not known."""
        key = (stage, country, element, form)
        if key not in self._known_feed:
            rows = [
                row
                for row in self._feed.get((stage, country), ())
                if element in row.elements and row.chain in (None, form)
            ]
            self._known_feed[key] = _newest_known(rows, self.known)
        return self._known_feed[key][0]

    def feed_of_group(self, stage: Stage, country: str, element: str, form: str) -> MixRow | None:
        """Return the feed row of any element that shares plants with this one, or None."""
        group = self.feed_group_of[element]
        for other in sorted(self.feed_group_of):
            if self.feed_group_of[other] == group and other != element:
                row = self.feed(stage, country, other, form)
                if row is not None:
                    return row
        return None

    def destination_mix(self, form: str, destination: str, element: str) -> MixRow | None:
        """Return how a destination sources a form of an element, or None where not known.

        A member of the Union without rows of its own uses those of the Union.
        """
        stage = self.supply.sourcing_stage.get(form)
        if stage is None:
            return None
        places = (destination, EU) if destination in EU_MEMBERS else (destination,)
        for place in places:
            rows = [
                row for row in self._destination.get((stage, place), ()) if element in row.elements
            ]
            if rows:
                return _newest_known(rows, self.known)[0]
        return None

    def import_reliance(self, form: str, destination: str, element: str) -> Triple:
        """Return the import reliance of a destination [1], 0-1; 1 where nothing is known."""
        stage = self.supply.sourcing_stage.get(form)
        places = (destination, EU) if destination in EU_MEMBERS else (destination,)
        for place in places:
            if stage is None:
                continue
            for row in self._reliance.get((stage, place), ()):
                if element in row.elements:
                    return row.value
        return ONE

    def governance(self, country: str, side: Side) -> float:
        """Return the governance risk of a country at one end [1], 0 good to 1 bad."""
        known = self.supply.governance.get(country)
        if known is not None:
            return known.value
        return self.supply.governance_missing.at(side)

    def knows_governance(self, country: str) -> bool:
        """Return whether a country has an estimate; "ZZ" stands for many and cannot have one."""
        return country == UNSPECIFIED or country in self.supply.governance

    def largest_mine_share(self, element: str, side: Side) -> float:
        """Return the share of world mine output from the largest single mine [1]."""
        mine = self.supply.largest_mines.get(element)
        if mine is None:
            return 0.0
        nominal = mine.vintages[0][1]
        for valid_from, share in mine.vintages:
            if valid_from <= self.known:
                nominal = share
        if side is Side.NOMINAL:
            return nominal
        return min(nominal, mine.value.low) if side is Side.LOW else max(nominal, mine.value.high)

    def vintage_flags(self, stages: Iterable[Stage], element: str) -> frozenset[str]:
        """Return flags on what the market term reads: world rows, importers, largest mine."""
        mine = self.supply.largest_mines.get(element)
        late = (
            any(self._world_row(stage, element)[1] for stage in stages)
            or self.supply.importers_valid_from > self.known
            or (mine is not None and mine.vintages[0][0] > self.known)
        )
        return frozenset({VINTAGE_AFTER_DATE}) if late else frozenset()
