"""Sums over the products of a catalogue, by hand."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from app.batch.catalogue import MOST_WORST, CatalogueSummary, ProductScore
from app.domain.methodology import Methodology
from tests import factories as make


@pytest.fixture(scope="module")
def methodology() -> Methodology:
    return make.shipped_methodology()


def scored(
    place: int, risk: float, *, revenue: int | None = None, currency: str | None = None
) -> ProductScore:
    return ProductScore(
        place=place,
        id=f"P{place}",
        risk=(risk / 2.0, risk, risk),
        score=100.0 * risk,
        band="low",
        lines=3,
        daily_revenue=None if revenue is None else Decimal(revenue),
        currency=currency,
    )


def summed(*products: ProductScore) -> CatalogueSummary:
    summary = CatalogueSummary()
    for one in products:
        summary.add(one)
    return summary


def expected_score(risk: float, methodology: Methodology) -> float:
    return round(float(100.0 * risk**methodology.parameters.gamma), 1)


def test_the_mean_is_weighted_by_revenue(methodology: Methodology) -> None:
    summary = summed(
        scored(1, 0.1, revenue=300, currency="EUR"), scored(2, 0.5, revenue=100, currency="EUR")
    )

    document = summary.document(methodology)

    assert document["weight_basis"] == "daily_revenue"
    assert document["score"] == expected_score(0.2, methodology)
    assert document["low"] == expected_score(0.1, methodology)


@pytest.mark.parametrize(
    "other",
    [
        scored(2, 0.5, currency="EUR"),
        scored(2, 0.5, revenue=100, currency="USD"),
    ],
)
def test_without_one_currency_for_all_each_product_counts_the_same(
    methodology: Methodology, other: ProductScore
) -> None:
    document = summed(scored(1, 0.1, revenue=300, currency="EUR"), other).document(methodology)

    assert document["weight_basis"] == "count"
    assert document["score"] == expected_score(0.3, methodology)


def test_products_with_problems_are_counted_and_weigh_nothing(methodology: Methodology) -> None:
    bad = ProductScore(place=2, id=None, problem="invalid")

    document = summed(scored(1, 0.4), bad).document(methodology)

    assert (document["products"], document["answered"], document["failed"]) == (2, 1, 1)
    assert document["problems"] == {"invalid": 1}
    assert document["lines"] == 3
    assert document["score"] == expected_score(0.4, methodology)


def test_the_worst_are_kept_and_earlier_ones_go_before_equals(methodology: Methodology) -> None:
    products = [scored(place, (place % 30) / 100.0) for place in range(1, 91)]

    worst = summed(*products).document(methodology)["worst"]

    assert len(worst) == MOST_WORST
    assert [one["place"] for one in worst[:4]] == [29, 59, 89, 28]


def test_a_summary_comes_back_from_its_state(methodology: Methodology) -> None:
    first = [scored(place, place / 200.0, revenue=place, currency="EUR") for place in range(1, 40)]
    rest = [scored(place, place / 200.0, revenue=place, currency="EUR") for place in range(40, 80)]
    state = json.loads(json.dumps(summed(*first).state()))

    again = CatalogueSummary.restored(state)
    for one in rest:
        again.add(one)

    assert again.document(methodology) == summed(*first, *rest).document(methodology)
