"""The kernel: stock and bridges against start, delay, refusal and end of a measure."""

from __future__ import annotations

import math

import pytest

from app.domain.bom import Bridge
from app.scoring.kernel import (
    NO_BUFFER,
    Activation,
    Buffer,
    Disruption,
    stockout_share,
    strictest_active,
    uncovered_days,
    uncovered_share,
)

EXACT = 1e-12
WEIGHTS = (0.3, 0.4, 0.3)


def _share(disruption: Disruption, buffer: Buffer = NO_BUFFER, horizon: float = 100.0) -> float:
    return stockout_share(disruption, buffer=buffer, horizon_days=horizon, weights=WEIGHTS)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (-5.0, 0.0),
        (0.0, 0.0),
        (40.0, 40.0),
        (60.0, 60.0),
        (100.0, 80.0),
        (150.0, 90.0),
        (300.0, 90.0),
    ],
)
def test_uncovered_days_with_bridges_that_add_up(until: float, expected: float) -> None:
    # Half of the need from day 60, 0.3 more from day 120, 0.4 more from day 130: over 1 in sum.
    bridges = (
        Bridge(from_day=60.0, share=0.5),
        Bridge(from_day=120.0, share=0.3),
        Bridge(from_day=120.0, share=0.2),
    )

    assert uncovered_days(until, bridges) == pytest.approx(expected, abs=EXACT)


def test_bridges_over_the_whole_need_cover_no_more_than_all_of_it() -> None:
    bridges = (Bridge(from_day=10.0, share=0.9), Bridge(from_day=20.0, share=0.9))

    assert uncovered_days(20.0, bridges) == pytest.approx(11.0, abs=EXACT)
    assert uncovered_days(500.0, bridges) == pytest.approx(11.0, abs=EXACT)


def test_a_bridge_from_the_first_day_covers_from_the_first_day() -> None:
    assert uncovered_days(80.0, (Bridge(from_day=0.0, share=0.25),)) == pytest.approx(60.0)


def test_a_prohibition_bites_once_stock_is_gone() -> None:
    ban = Disruption(1.0, (0.0, 0.0, 0.0), 0.0, math.inf)

    assert _share(ban, Buffer(40.0)) == pytest.approx(0.6, abs=EXACT)


def test_a_measure_that_ends_bites_only_until_then() -> None:
    ban = Disruption(1.0, (0.0, 0.0, 0.0), 0.0, 50.0)

    assert _share(ban, Buffer(20.0)) == pytest.approx(0.3, abs=EXACT)


def test_a_measure_that_has_ended_bites_no_more() -> None:
    assert _share(Disruption(1.0, (0.0, 0.0, 0.0), 0.0, 0.0)) == 0.0


def test_a_measure_that_ends_before_it_starts_does_not_bite() -> None:
    assert _share(Disruption(1.0, (0.0, 0.0, 0.0), 60.0, 50.0)) == 0.0


def test_stock_counts_from_the_start_of_a_coming_measure() -> None:
    # Deliveries run until day 30; stock of 20 days then lasts until day 50.
    ban = Disruption(1.0, (0.0, 0.0, 0.0), 30.0, math.inf)

    assert _share(ban, Buffer(20.0)) == pytest.approx(0.5, abs=EXACT)


def test_delays_count_by_their_weights_and_only_past_the_stock() -> None:
    delay = Disruption(0.0, (10.0, 50.0, 150.0), 0.0, math.inf)

    # Of 10, 50 and 100 days (the horizon ends the last) 20 are covered by stock.
    expected = (0.3 * 0.0 + 0.4 * 30.0 + 0.3 * 80.0) / 100.0
    assert _share(delay, Buffer(20.0)) == pytest.approx(expected, abs=EXACT)


def test_stock_for_the_whole_horizon_leaves_nothing_open() -> None:
    assert _share(Disruption(1.0, (0.0, 0.0, 0.0), 0.0, math.inf), Buffer(100.0)) == 0.0


def test_uncovered_share_of_stock_and_a_bridge() -> None:
    buffer = Buffer(20.0, (Bridge(from_day=60.0, share=0.5),))

    assert uncovered_share(buffer, 100.0) == pytest.approx((80.0 - 20.0) / 100.0, abs=EXACT)
    assert uncovered_share(Buffer(500.0), 100.0) == 0.0


def test_rules_of_one_measure_exclude_each_other() -> None:
    # A bans with 0.5 and licenses otherwise; B always delays by 0.6: the worse of both counts.
    ban_or_licence = Activation("A", 0.5, 1.0, ((0.5, 0.2),))
    found = strictest_active([ban_or_licence, Activation("B", 1.0, 0.6)])

    assert [key for key, _ in found] == ["A", "B", "A"]
    assert [addend for _, addend in found] == pytest.approx([0.5, 0.6 * 0.5, 0.0])


def test_a_milder_rule_counts_where_neither_stricter_rule_nor_other_measure_binds() -> None:
    found = strictest_active([Activation("A", 0.5, 1.0, ((0.3, 0.4),)), Activation("B", 0.5, 0.6)])

    assert dict(found[:2]) == pytest.approx({"A": 0.5, "B": 0.6 * 0.5 * 0.5})
    # A's licence: 0.3 of the time, and B does not bind half of the time.
    assert found[2][0] == "A"
    assert found[2][1] == pytest.approx(0.4 * 0.3 * 0.5)


def test_ties_go_by_name() -> None:
    found = strictest_active([Activation("B", 1.0, 0.5), Activation("A", 1.0, 0.5)])

    assert found == [("A", 0.5), ("B", 0.0)]


def test_nothing_adds_nothing() -> None:
    assert strictest_active([]) == []
