"""Shares shifted inside their bounds, towards less or more risk."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.supply import MixRow, Stage
from app.domain.triple import Side
from app.scoring.mix import shifted_shares
from tests import factories as make

EXACT = 1e-12
VALUES = {"A": 0.9, "B": 0.5, "C": 0.1}


def _row(bounds: dict[str, tuple[float, float]] | None = None) -> MixRow:
    return make.mix_row(Stage.METAL, {"A": 0.5, "B": 0.3, "C": 0.2}, bounds=bounds or {})


def test_the_nominal_end_takes_shares_as_they_are() -> None:
    assert shifted_shares(_row(), VALUES, Side.NOMINAL) == {"A": 0.5, "B": 0.3, "C": 0.2}


def test_the_favourable_end_gives_most_to_the_least_risky() -> None:
    # Without bounds each share spans half to one and a half: C to 0.3, then B to 0.45.
    found = shifted_shares(_row(), VALUES, Side.LOW)

    assert found == pytest.approx({"A": 0.25, "B": 0.45, "C": 0.3}, abs=EXACT)


def test_the_unfavourable_end_gives_most_to_the_most_risky() -> None:
    found = shifted_shares(_row(), VALUES, Side.HIGH)

    assert found == pytest.approx({"A": 0.75, "B": 0.15, "C": 0.1}, abs=EXACT)


def test_a_bound_that_the_others_cannot_make_room_for_is_not_reached() -> None:
    bounds = {"A": (0.5, 1.0), "B": (0.25, 0.3), "C": (0.2, 0.2)}

    found = shifted_shares(_row(bounds), VALUES, Side.HIGH)

    assert found == pytest.approx({"A": 0.55, "B": 0.25, "C": 0.2}, abs=EXACT)


def test_equal_risks_go_by_country() -> None:
    found = shifted_shares(_row(), dict.fromkeys(VALUES, 0.5), Side.LOW)

    assert found["A"] == pytest.approx(0.75, abs=EXACT)


def test_a_single_source_stays_what_it_is() -> None:
    row = make.mix_row(Stage.METAL, {"A": 1.0}, bounds={})

    assert shifted_shares(row, {"A": 0.4}, Side.HIGH) == {"A": 1.0}


parts = st.lists(st.integers(1, 20), min_size=1, max_size=5)


@given(parts, st.data(), st.sampled_from(Side))
def test_shifted_shares_sum_to_one_inside_their_bounds(
    raw: list[int], data: st.DataObject, side: Side
) -> None:
    shares = {f"C{place}": part / sum(raw) for place, part in enumerate(raw)}
    bounds = {
        country: (share * data.draw(st.floats(0, 1)), data.draw(st.floats(share, 1)))
        for country, share in shares.items()
    }
    values = {country: data.draw(st.floats(0, 1)) for country in shares}
    row = make.mix_row(Stage.METAL, shares, bounds=bounds)

    found = shifted_shares(row, values, side)

    assert math.fsum(found.values()) == pytest.approx(1.0, abs=1e-9)
    for country, share in found.items():
        low, high = row.bound_of(country)
        assert low - EXACT <= share <= high + EXACT
    before, after = (
        math.fsum(mix[country] * values[country] for country in mix) for mix in (shares, found)
    )
    assert {
        Side.LOW: after <= before + 1e-9,
        Side.NOMINAL: True,
        Side.HIGH: after >= before - 1e-9,
    }[side]
