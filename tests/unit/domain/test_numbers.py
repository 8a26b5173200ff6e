"""Check digits and roundings at their edges."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from app.domain.registry_numbers import is_cas_number, is_ec_number
from app.domain.rounding import largest_remainder, rounded


@pytest.mark.parametrize("text", ["215-233", "215-233-55", "2152335", "a15-233-5", ""])
def test_what_has_not_the_shape_of_an_ec_number_is_none(text: str) -> None:
    assert is_ec_number(text) is False


@pytest.mark.parametrize("text", ["1306-38", "1306-38-33", "1306383", ""])
def test_what_has_not_the_shape_of_a_cas_number_is_none(text: str) -> None:
    assert is_cas_number(text) is False


def test_nothing_is_rounded_to_nothing() -> None:
    assert largest_remainder([], 0.0) == []


def test_a_total_below_the_floors_takes_from_the_smallest_remainders() -> None:
    rounded = largest_remainder([1.09, 2.01], 2.9)

    assert sum(rounded) == pytest.approx(2.9)
    assert rounded == [1.0, 1.9]


@given(some.floats(-1e12, 1e12), some.integers(0, 3))
@example(0.25, 1)
@example(0.35, 1)
@example(99.95, 1)
@example(-0.04, 1)
@example(1e9 + 0.05, 1)
def test_a_figure_is_rounded_as_it_is_written(value: float, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    written = Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_EVEN)

    assert repr(rounded(value, decimals)) == repr(float(written))


@given(some.integers(-(10**6), 10**6))
def test_ties_go_to_the_even_digit(twentieths: int) -> None:
    value = twentieths / 20

    assert rounded(value) == float(
        Decimal(repr(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    )
