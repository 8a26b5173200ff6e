"""Causes by crossing: what they sum to, and whose they are."""

from __future__ import annotations

import pytest

from app.scoring.cause_table import (
    by_importer,
    cause_table,
    crossings_of,
    part_of,
    summed,
)

TO_JP = ("M-1", "magnet", "CN", "JP")
TO_DE = ("M-1", "magnet", "CN", "DE")
MARKET = ("market", "", "", "")

ONE = cause_table({TO_JP: 0.25, TO_DE: 0.125, MARKET: 0.5})
OTHER = cause_table({TO_DE: 0.5})
KEY = "M-1\tmagnet\tCN"


def test_crossings_gather_the_importers_of_one_exporter() -> None:
    crossings = ONE[KEY]

    assert (crossings.measure, crossings.stage, crossings.exporter) == ("M-1", "magnet", "CN")
    assert crossings.total == 0.375
    assert dict(crossings.importers) == {"JP": 0.25, "DE": 0.125}
    assert len(ONE) == 2


def test_totals_are_weighted_and_parts_without_weight_do_not_count() -> None:
    assert summed([(2.0, ONE), (1.0, OTHER), (0.0, ONE)]) == {KEY: 1.25, "market\t\t": 1.0}
    assert summed([(0.0, ONE)]) == {}


def test_importers_are_weighted_wherever_the_crossing_is_there() -> None:
    market_only = cause_table({MARKET: 1.0})

    assert by_importer([(2.0, ONE), (1.0, OTHER), (0.0, OTHER), (1.0, market_only)], KEY) == {
        "JP": 0.5,
        "DE": 0.75,
    }


def test_a_crossing_is_found_in_the_first_part_that_counts() -> None:
    assert crossings_of([(0.0, ONE), (1.0, OTHER)], KEY) is OTHER[KEY]
    with pytest.raises(StopIteration):
        crossings_of([(0.0, ONE)], KEY)


def test_the_part_of_one_cause_is_its_own_or_nothing() -> None:
    assert part_of(ONE, TO_DE) == 0.125
    assert part_of(ONE, ("M-2", "magnet", "CN", "DE")) == 0.0
    assert part_of(OTHER, TO_JP) == 0.0
