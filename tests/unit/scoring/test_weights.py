"""The weight of a line: the first basis that every rare-earth line states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.bom import BomLine
from app.domain.exposure import ElementContent
from app.domain.supply import Price
from app.domain.triple import Triple
from app.errors import InvalidNumberError
from app.scoring.scored_lines import scored_lines
from app.scoring.weights import Weights, line_weights
from tests import factories as make

PRICES: Mapping[str, Price] = {
    symbol: Price(
        element=symbol,
        usd_per_kg=Triple(usd / 2.0, usd, usd * 2.0),
        product="oxide",
        market="FOB",
        reference="2025",
        known_from=make.LONG_AGO,
        provenance=make.SURE,
    )
    for symbol, usd in (("Dy", 300.0), ("Nd", 80.0))
}
FULL = replace(
    make.line("1", quantity=4.0),
    revenue_at_risk=Decimal(1000),
    unit_price=Decimal("2.5"),
    currency="EUR",
)
CONTENTS = (make.content("Dy", mass_kg=0.5), make.content("Nd", mass_kg=2.0))


def _weights(
    *lines: BomLine,
    contents: tuple[ElementContent, ...] = CONTENTS,
    prices: Mapping[str, Price] = PRICES,
) -> Weights:
    found = tuple(make.found(line.line_id, *contents) for line in lines)
    scored = scored_lines(make.bom(*lines), found, make.reference(), make.context())
    return line_weights(lines, scored, prices)


def _without(line: BomLine, *names: str) -> BomLine:
    return replace(line, **dict.fromkeys(names))  # type: ignore[arg-type]  # optional fields


@pytest.mark.parametrize(
    ("missing", "basis", "whole", "of_dy"),
    [
        ((), "revenue_at_risk", 1000.0, 1000.0),
        (("revenue_at_risk",), "spend", 10.0, 10.0),
        (("revenue_at_risk", "unit_price"), "element_value", 310.0, 150.0),
    ],
)
def test_the_first_basis_that_is_stated_counts(
    missing: tuple[str, ...], basis: str, whole: float, of_dy: float
) -> None:
    found = _weights(_without(FULL, *missing))

    assert (found.basis, found.assumed) == (basis, False)
    assert found.lines[0].whole == pytest.approx(whole)
    assert found.lines[0].by_element["Dy"] == pytest.approx(of_dy)


def test_without_a_price_of_an_element_its_mass_counts() -> None:
    found = _weights(_without(FULL, "revenue_at_risk", "unit_price"), prices={})

    assert (found.basis, found.lines[0].whole) == ("mass", 2.5)
    assert dict(found.lines[0].by_element) == {"Dy": 0.5, "Nd": 2.0}


def test_without_masses_the_quantity_counts() -> None:
    massless = (make.content("Dy", mass_kg=None),)

    found = _weights(_without(FULL, "revenue_at_risk", "unit_price"), contents=massless)

    assert (found.basis, found.lines[0].whole) == ("count", 4.0)


def test_without_anything_all_lines_weigh_the_same_and_that_is_said() -> None:
    massless = (make.content("Dy", mass_kg=None),)
    bare = make.line("1", quantity=None)

    found = _weights(bare, replace(FULL, line_id="2"), contents=massless)

    assert (found.basis, found.assumed) == ("count", True)
    assert [line.whole for line in found.lines] == [1.0, 1.0]


def test_a_basis_that_one_line_lacks_is_passed_over() -> None:
    found = _weights(FULL, replace(_without(FULL, "revenue_at_risk"), line_id="2"))

    assert found.basis == "spend"


def test_money_in_two_currencies_does_not_compare() -> None:
    found = _weights(FULL, replace(FULL, line_id="2", currency="JPY"))

    assert found.basis == "element_value"


def test_what_is_only_possible_weighs_its_unfavourable_mass() -> None:
    possible = replace(
        make.content("Dy", presence=Triple(0.0, 0.0, 1.0)), mass_kg=Triple(0.0, 0.1, 0.3)
    )
    likely = replace(possible, presence=Triple(0.0, 0.5, 1.0))

    for content, expected in ((possible, 0.3), (likely, 0.1)):
        found = _weights(
            _without(FULL, "revenue_at_risk", "unit_price"), contents=(content,), prices={}
        )
        assert found.lines[0].whole == expected


def test_no_lines_have_no_weights() -> None:
    assert _weights().lines == ()


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FULL, revenue_at_risk=Decimal(-1)),
        replace(FULL, revenue_at_risk=Decimal("NaN")),
        replace(FULL, revenue_at_risk=None, unit_price=Decimal(-3)),
    ],
)
def test_weights_that_cannot_be_are_refused(wrong: BomLine) -> None:
    with pytest.raises(InvalidNumberError, match="line 1: a weight must be 0 or more"):
        _weights(wrong)
