"""Check digits and roundings at their edges."""

from __future__ import annotations

import pytest

from app.domain.registry_numbers import is_cas_number, is_ec_number
from app.domain.rounding import largest_remainder


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
