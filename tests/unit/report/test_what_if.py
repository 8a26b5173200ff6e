"""What-ifs and actions as tables: what they show, and that they fit the screen."""

from __future__ import annotations

from typing import Any

from app.report.columns import width
from app.report.what_if import mitigation_table, portfolio_table, scenario_table

CHANGE: dict[str, Any] = {
    "before": 60.1, "after": 71.3, "delta": 11.2, "band_before": "high", "band_after": "severe",
}  # fmt: skip
SCENARIO: dict[str, Any] = {
    "id": "ban",
    "changes": 1,
    "bom": CHANGE,
    "elements": [
        {"symbol": "Dy", **CHANGE},
        {"symbol": "La", **CHANGE, "delta": 0.0},
        {"symbol": "Pm", **dict.fromkeys(CHANGE)},
    ],
    "contributions": [{"points": 11.2, "text": "A ban. " * 30}],
}
ACTION: dict[str, Any] = {
    "id": "stock", "text": "More stock", "trade_off": "Costs", "risk_removed": 12.0,
    "upper_bound_removed": 3.0, "stockout_days_removed": 20.0, "lead_time_months": 3.0,
    "maturity": "practice",
}  # fmt: skip
PARTS: dict[str, Any] = {
    "actions": [ACTION, {**ACTION, "id": "other", "lead_time_months": None}],
    "best_set": {"within_months": 12.0, "actions": ["stock"], "steps": [48.1], "note": "No sum"},
    "counterfactuals": [
        {"target": "bom", "band": "high", "change": "9 days", "reaches": True, "lever": "stock"},
        {"target": "bom", "band": "high", "change": "a lot", "reaches": False, "lever": "grade"},
        {"target": "Dy", "band": "low", "change": "none alone can", "reaches": False,
         "lever": None},
    ],
    "sourcing_laws": [{"text": "No magnets from there"}],
    "calendar": None,
    "certainty": None,
    "questions": None,
}  # fmt: skip


def test_a_what_if_shows_what_moves_and_why() -> None:
    table = scenario_table([SCENARIO])

    assert max(width(line) for line in table.splitlines()) <= 100
    assert "high -> severe" in table
    assert "Dy " in table
    assert "La" not in table
    assert "Pm" not in table
    assert "+11.2" in table


def test_a_what_if_that_nothing_fits_says_so() -> None:
    assert "Nothing in the register fits" in scenario_table([{**SCENARIO, "changes": 0}])


def test_actions_are_listed_with_the_best_set_and_what_would_be_enough() -> None:
    table = mitigation_table("TM-1", PARTS)

    assert max(width(line) for line in table.splitlines()) <= 100
    assert "More stock [stock] - Costs" in table
    assert "stock -> 48.1" in table
    assert "bom into high: 9 days" in table
    assert "a lot" not in table
    assert "Dy into low: none alone can" in table
    assert "Sourcing law: No magnets" in table


def test_extras_are_shown_where_they_were_asked_for() -> None:
    stop = {"line_id": "40", "element": "Dy", "measure": "CN-18", "stops_on": "2026-04-15",
            "stops_on_if_slow": None}  # fmt: skip
    spread = {"key": "bom", "p10": 1.0, "p50": 2.0, "p90": 3.0}
    table = mitigation_table(
        "TM-1",
        {
            **PARTS,
            "best_set": None,
            "counterfactuals": [],
            "sourcing_laws": [],
            "calendar": [
                {
                    "id": "base",
                    "months": [
                        {"from_day": "2026-03-01", "to_day": "2026-04-01", "product_days": 4.0}
                    ],
                    "line_stops": [stop, {**stop, "stops_on": None, "stops_on_if_slow": "later"}],
                }
            ],
            "certainty": {
                "points": 128,
                "bom": spread,
                "elements": [{**spread, "key": "Dy"}],
                "ranks": [{"upper": "Dy", "lower": "Tb", "stays": 0.86}],
                "tornado": [{"input": "law", "low": 10.0, "high": 20.0}],
            },
            "questions": {"letters": [{"text": "Dear supplier"}]},
        },
    )

    assert "2026-03-01 to 2026-04-01: 4.0" in table
    assert "line 40: 2026-04-15 (Dy, CN-18)" in table
    assert "no stop; if slow later" in table
    assert "Dy stays above Tb: 86 %" in table
    assert "law" in table
    assert "Dear supplier" in table
    assert "Best together" not in table
    assert "enough" not in table


def test_a_portfolio_shows_what_is_shared_and_what_helps() -> None:
    table = portfolio_table(
        {
            "shared_points": [
                {"kind": "mine", "key": "Big Hole", "products": ["A", "B"], "weight": 20.0}
            ],
            "shared_actions": [
                {"id": "stock", "text": "", "risk_removed": {"A": 3.0, "B": 1.0}, "total": 4.0}
            ],
        }
    )

    assert "mine   Big Hole (20.0 points): A, B" in table
    assert "2 products, 4.0 points: stock" in table
