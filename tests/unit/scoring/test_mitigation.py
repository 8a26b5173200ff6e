"""Actions: how they are ranked, and how the best few are put together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.domain.mitigation import Maturity
from app.domain.triple import Triple
from app.scoring.mitigation import (
    all_candidates,
    best_set,
    ranked_actions,
    sourcing_laws,
)
from app.scoring.patches import Inputs
from tests import plain_world as plain
from tests.unit.scoring.benches import magnet_bench, offered, oxide_bench, ranked


def test_stock_that_outlasts_the_horizon_says_so() -> None:
    bench = plain.bench_of(
        plain.inputs_of(
            plain.plain_reference(plain.duty()), context=plain.question(horizon_days=60)
        )
    )

    actions = ranked(bench)

    assert actions["stock:licence_time"].outlasts
    assert "outlasts the 60 days" in actions["stock:licence_time"].candidate.text
    assert not actions["second_source:separation:MY"].outlasts
    together = best_set(bench, list(actions.values()))
    assert together is not None
    assert [one.candidate.id for one in together.actions] == ["second_source:separation:MY"]


def test_an_action_is_kept_to_the_lines_that_it_helps() -> None:
    rows = [
        (plain.oxide_line("1"), plain.dysprosium("1")),
        (plain.oxide_line("2", stock_days=100.0), plain.dysprosium("2")),
    ]
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    actions = ranked(bench)

    assert actions["stock:vendor"].candidate.line_ids == {"1"}
    assert actions["second_source:separation:MY"].candidate.line_ids == {"1", "2"}


def test_what_helps_no_line_is_not_listed() -> None:
    rows = [(plain.oxide_line(stock_days=100.0), plain.dysprosium())]
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    assert "stock:vendor" in offered(bench)
    assert "stock:vendor" not in ranked(bench)


def test_lost_revenue_is_days_times_revenue() -> None:
    inputs = plain.inputs_of(plain.plain_reference(plain.duty()), daily_revenue=Decimal(1000))

    actions = ranked(plain.bench_of(inputs))
    action = actions["second_source:separation:MY"]

    # 0.35 x 0.552 of 180 days.
    assert action.stockout_days_removed == pytest.approx(0.35 * 0.552 * 180)
    assert action.lost_revenue_removed == pytest.approx(1000 * 0.35 * 0.552 * 180)
    bare = ranked(plain.bench_of(replace_revenue(inputs)))
    assert bare["second_source:separation:MY"].lost_revenue_removed is None


def replace_revenue(inputs: Inputs) -> Inputs:
    return replace(inputs, bom=replace(inputs.bom, daily_revenue=None))


def test_the_best_set_has_up_to_three_steps_each_below_the_last() -> None:
    bench = magnet_bench(plain.alternative(lead_time_months=Triple.exactly(13.0)))
    actions = ranked_actions(bench, all_candidates(bench))

    together = best_set(bench, actions)

    assert together is not None
    assert len(together.actions) <= 3
    steps = [together.before, *together.steps]
    assert steps == sorted(steps, reverse=True)
    assert together.after == together.steps[-1]
    assert "do not add up" in together.note
    assert "design:other_design" not in [one.candidate.id for one in together.actions]


def test_three_actions_can_be_chosen() -> None:
    advice = [one for one in plain.ALL_ADVICE if one.id != "buy_assembly"]
    bench = magnet_bench(measures=[plain.duty()], mitigation=plain.facts(measures=advice))

    together = best_set(bench, ranked_actions(bench, all_candidates(bench)))

    assert together is not None
    # 91 days of stock leave 0.1776; recycling takes 25 % of that; a second maker in Japan, whose
    # metal is Chinese by 60 %, takes 35 % x 40 % of the rest.
    assert [one.candidate.id for one in together.actions] == [
        "stock:vendor", "recycling:closed_loop", "second_source:magnet:JP",
    ]  # fmt: skip
    risks = [(step / 100.0) ** 2 for step in together.steps]
    assert risks == pytest.approx([0.1775556, 0.75 * 0.1775556, 0.75 * 0.86 * 0.1775556], abs=1e-6)


@pytest.mark.parametrize("change", [{"maturity": Maturity.PILOT}, {"lead_time_months": None}])
def test_pilots_and_what_has_no_time_are_in_no_set(change: dict[str, Any]) -> None:
    bench = magnet_bench(plain.alternative(**change))
    actions = [
        one
        for one in ranked_actions(bench, all_candidates(bench))
        if one.candidate.id == "design:other_design"
    ]

    assert actions
    assert best_set(bench, actions) is None


def test_laws_of_the_buyers_own_country_are_named() -> None:
    assert sourcing_laws(oxide_bench()) == ()

    bench = plain.bench_of(
        plain.inputs_of(
            plain.plain_reference(plain.duty()), context=plain.question(destination="US")
        )
    )
    assert [law.id for law in sourcing_laws(bench)] == ["no-such-origin"]
