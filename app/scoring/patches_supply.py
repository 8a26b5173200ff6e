"""What-ifs about who makes what: other shares, mines that fall out."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.domain.controls import Outcome, RegisterStage
from app.domain.provenance import Confidence, Provenance, Status
from app.domain.supply import LargestMine, MixRow, Stage, SupplyReference
from app.domain.triple import Side, Triple
from app.errors import InvalidSharesError, UnknownKeyError
from app.scoring.engine import supply_snapshot
from app.scoring.patches import SUPPOSED, Inputs
from app.scoring.patches_law import AddMeasure
from app.scoring.patches_method import with_parameter
from app.scoring.snapshot import SupplySnapshot

#: Supposed shares may miss 1 by this much before they are refused; they are then normalised.
SHARE_TOLERANCE = 0.001


class ShareTable(enum.StrEnum):
    """The three tables of shares."""

    WORLD = "world"
    FEED = "feed"
    DESTINATION = "destination"


def _with_supply(inputs: Inputs, supply: SupplyReference) -> Inputs:
    return replace(inputs, reference=replace(inputs.reference, supply=supply))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetShares:
    """Shares of countries in one supply are known to be these, whatever the tables say.

    Attributes:
        place: Country of the plants (feed) or of destination; None for world output.
        shares: Share by country [1]; they sum to 1.
    """

    table: ShareTable
    stage: Stage
    elements: frozenset[str]
    shares: Mapping[str, float]
    place: str | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            InvalidSharesError: Shares are negative or do not sum to 1, or the place is missing
                or too much.
        """
        if (self.place is None) is not (self.table is ShareTable.WORLD):
            raise InvalidSharesError("feed and destination need a place, world output has none")
        total = math.fsum(self.shares.values())
        if min(self.shares.values(), default=-1.0) < 0.0 or abs(total - 1.0) > SHARE_TOLERANCE:
            raise InvalidSharesError(f"shares are 0 or more and sum to 1, these to {total:.4f}")
        exact = {country: share / total for country, share in self.shares.items()}
        rows = tuple(self._row(element, exact, inputs) for element in sorted(self.elements))
        supply = inputs.reference.supply
        # Ahead of the others, so that the supposed row wins over one of the same day.
        if self.table is ShareTable.WORLD:
            return _with_supply(inputs, replace(supply, world=(*rows, *supply.world)))
        if self.table is ShareTable.FEED:
            return _with_supply(inputs, replace(supply, feed=(*rows, *supply.feed)))
        mixes = (*rows, *supply.destination_mixes)
        return _with_supply(inputs, replace(supply, destination_mixes=mixes))

    def _row(self, element: str, shares: Mapping[str, float], inputs: Inputs) -> MixRow:
        return MixRow(
            stage=self.stage,
            place=self.place,
            # A row of one element goes before every row of several.
            elements=frozenset({element}),
            chain=None,
            valid_from=inputs.known,
            valid_to=None,
            shares=shares,
            bounds={country: (share, share) for country, share in shares.items()},
            provenance=Provenance(
                status=Status.JUDGEMENT, confidence=Confidence.LOW, sources=(SUPPOSED,)
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MineOutage:
    """The mines of one name or of one country stop for the whole horizon.

    The method reckons with the outage of the largest mine of an element by a small weight; here
    it is certain, so its whole share of world output is missing on the market. Ore that a country
    no longer exports is missing to the plants that live on it, too.

    Attributes:
        mine: Name as in the table of largest mines, or None.
        country: Country all of whose mines stop, or None.
    """

    mine: str | None = None
    country: str | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: No element has this mine, or the country mines nothing.
        """
        snapshot = supply_snapshot(inputs.reference, inputs.context)
        lost = self._lost_by_element(inputs, snapshot)
        parameters = inputs.reference.methodology.parameters
        mines = {
            symbol: _mine(mine, snapshot, parameters.alpha, lost.get(symbol))
            for symbol, mine in inputs.reference.supply.largest_mines.items()
        }
        method = replace(
            inputs.reference.methodology, parameters=with_parameter(parameters, "alpha", 1.0)
        )
        reference = replace(inputs.reference, methodology=method)
        changed = _with_supply(
            replace(inputs, reference=reference), replace(reference.supply, largest_mines=mines)
        )
        return changed if self.country is None else self._without_ore(changed, frozenset(lost))

    def _lost_by_element(self, inputs: Inputs, snapshot: SupplySnapshot) -> dict[str, Triple]:
        """Return the share of world mine output that is lost, by element [1]."""
        share: Callable[[str, Side], float]
        if self.country is not None:
            country = self.country
            elements = sorted(inputs.reference.elements)
            share = lambda symbol, side: snapshot.world_share_at(  # noqa: E731  # one of two
                Stage.MINING, symbol, country, side
            )
        else:
            mines = inputs.reference.supply.largest_mines
            elements = sorted(symbol for symbol in mines if mines[symbol].mine == self.mine)
            share = snapshot.largest_mine_share
        found = {symbol: Triple(*(share(symbol, side) for side in Side)) for symbol in elements}
        lost = {symbol: triple for symbol, triple in found.items() if triple.high > 0.0}
        if not lost:
            name = self.country or self.mine
            raise UnknownKeyError(f"no element is known to be mined at {name!r}")
        return lost

    def _without_ore(self, inputs: Inputs, elements: frozenset[str]) -> Inputs:
        ore = frozenset({RegisterStage.ORE, RegisterStage.CONCENTRATE})
        stop = AddMeasure(
            id=f"SUPPOSED-OUTAGE-{self.country}",
            exporter=str(self.country),
            elements=elements,
            stages=ore,
            destinations=frozenset(),
            outcome=Outcome.PROHIBITED,
        )
        return stop(inputs)


def _mine(
    mine: LargestMine, snapshot: SupplySnapshot, alpha: Triple, lost: Triple | None
) -> LargestMine:
    """Return a mine whose share counts in full: what is lost, else what counted before."""
    before = Triple(
        *(alpha.at(side) * snapshot.largest_mine_share(mine.element, side) for side in Side)
    )
    counts = before
    if lost is not None:
        counts = Triple(
            max(lost.low, before.low),
            max(lost.nominal, before.nominal),
            max(lost.high, before.high),
        )
    first, _ = mine.vintages[0]
    return replace(mine, value=counts, vintages=((first, counts.nominal),))
