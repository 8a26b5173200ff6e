"""What-ifs about who makes what: output that stops, mines that fall out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.supply import LargestMine, MixRow, Stage
from app.domain.triple import Triple
from app.errors import InvalidSharesError
from app.scoring.patches import Inputs, SetParameter
from app.scoring.snapshot import SupplySnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSupply:
    """A country's (or a share of its) output of a stage stops; the rest of the world fills in.

    Attributes:
        share: Share of the country's output that stops [1]; 1 stops all of it.
    """

    stage: Stage
    country: str
    elements: frozenset[str]
    share: float = 1.0

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        if not 0.0 <= self.share <= 1.0:
            raise InvalidSharesError("the share that stops must lie between 0 and 1")
        supply = inputs.reference.supply
        world = tuple(
            _without_output(row, self.country, self.share)
            if row.stage is self.stage and row.elements & self.elements
            else row
            for row in supply.world
        )
        supply = replace(supply, world=world)
        return replace(inputs, reference=replace(inputs.reference, supply=supply))


def _without_output(row: MixRow, country: str, share: float) -> MixRow:
    lost = row.shares.get(country, 0.0) * share
    left = 1.0 - lost
    if lost == 0.0 or left <= 0.0:
        return row
    shares = {
        place: (value - lost if place == country else value) / left
        for place, value in row.shares.items()
    }
    bounds = {
        place: (min(low, shares[place]), max(high, shares[place]))
        for place, (low, high) in row.bounds.items()
    }
    return replace(row, shares=shares, bounds=bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class MineOutage:
    """The largest mine stops, or all mines of a country do.

    The method reckons with the outage of the largest mine by a small weight; here it is
    certain, so the weight is 1 and the scarcity reaches every buyer.

    Attributes:
        country: Country whose mines stop; None stops the largest single mine.
    """

    country: str | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        certain = SetParameter(name="alpha", value=1.0)(inputs)
        if self.country is None:
            return certain
        elements = frozenset(inputs.reference.elements)
        known = min(inputs.context.as_of, inputs.context.known_on)
        groups = {symbol: one.feed_group for symbol, one in inputs.reference.elements.items()}
        snapshot = SupplySnapshot(inputs.reference.supply, known, groups)
        mines = {
            symbol: _all_mines(mine, snapshot.world_share(Stage.MINING, symbol, self.country))
            for symbol, mine in inputs.reference.supply.largest_mines.items()
        }
        stopped = StopSupply(stage=Stage.MINING, country=self.country, elements=elements)(certain)
        supply = replace(stopped.reference.supply, largest_mines=mines)
        return replace(stopped, reference=replace(stopped.reference, supply=supply))


def _all_mines(mine: LargestMine, share: float) -> LargestMine:
    first = mine.vintages[0][0]
    return replace(mine, mine=None, value=Triple.exactly(share), vintages=((first, share),))
