"""Patches of who makes what: refused shares, and mines that stop."""

from __future__ import annotations

import pytest

from app.domain.supply import Stage
from app.domain.triple import Side, Triple
from app.errors import InvalidSharesError, UnknownKeyError
from app.scoring.engine import supply_snapshot
from app.scoring.patches_supply import MineOutage, SetShares, ShareTable
from tests import plain_world as plain

INPUTS = plain.inputs_of(plain.plain_reference())
DY = frozenset({"Dy"})


def test_supposed_shares_win_over_every_table() -> None:
    patch = SetShares(
        table=ShareTable.WORLD, stage=Stage.SEPARATION, elements=DY, shares={"MY": 0.6, "AU": 0.4}
    )

    changed = patch(INPUTS)

    snapshot = supply_snapshot(changed.reference, changed.context)
    assert snapshot.world_share(Stage.SEPARATION, "Dy", "MY") == 0.6
    assert snapshot.world_share(Stage.SEPARATION, "Nd", "MY") == 0.2


@pytest.mark.parametrize(
    ("table", "place", "shares", "message"),
    [
        (ShareTable.WORLD, "JP", {"CN": 1.0}, "need a place"),
        (ShareTable.FEED, None, {"CN": 1.0}, "need a place"),
        (ShareTable.WORLD, None, {"CN": 0.9}, "sum to 1"),
        (ShareTable.WORLD, None, {"CN": 1.5, "MY": -0.5}, "0 or more"),
        (ShareTable.WORLD, None, {}, "sum to 1"),
    ],
)
def test_shares_that_do_not_fit_are_refused(
    table: ShareTable, place: str | None, shares: dict[str, float], message: str
) -> None:
    patch = SetShares(table=table, stage=Stage.SEPARATION, elements=DY, shares=shares, place=place)

    with pytest.raises(InvalidSharesError, match=message):
        patch(INPUTS)


@pytest.mark.parametrize("patch", [MineOutage(mine="Nowhere"), MineOutage(country="JP")])
def test_an_outage_of_what_mines_nothing_is_refused(patch: MineOutage) -> None:
    with pytest.raises(UnknownKeyError, match="no element is known"):
        patch(INPUTS)


def test_the_outage_of_a_country_leaves_no_less_than_the_largest_mine_weighed() -> None:
    weighed = plain.plain_methodology(alpha=Triple(0.1, 0.5, 0.9))
    inputs = plain.inputs_of(plain.plain_reference(methodology=weighed))

    changed = MineOutage(country="MM")(inputs)

    snapshot = supply_snapshot(changed.reference, changed.context)
    shares = [snapshot.largest_mine_share("Dy", side) for side in Side]
    # Myanmar mines 20 % of it; the largest mine of 40 % counted as 0.1, 0.5 or 0.9 of that.
    assert shares == pytest.approx([0.2, 0.2, 0.36])
