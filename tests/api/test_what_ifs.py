"""What-ifs and actions through the service: that they add up, fit their schemas, and repeat."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.api.documentation import mitigation_examples, scenario_examples
from app.api.schemas.what_if_answers import MitigationsAnswer, ScenariosAnswer
from app.domain.elements import RARE_EARTHS
from tests.api.requests import assessment, magnet_line, steel_line
from tests.api.wrong_case import Wrong
from tests.api.wrong_what_ifs import MITIGATIONS, SCENARIOS, WHAT_IFS, what_if

BUILTINS = (
    "destination_ban", "suspensions_revive", "suspension_extended", "delays_doubled",
    "supplier_replaced", "flow_zero",
)  # fmt: skip

#: One patch of each kind, all at once.
EVERY_OP: list[dict[str, Any]] = [
    {"op": "add_measure", "id": "X", "elements": ["Nd"], "forms": ["magnet"], "outcome": "licence"},
    {"op": "set_status", "measure": "CN-61-2025-B", "status": "ended"},
    {"op": "move_dates", "measure": "CN-57-2025", "days": 30},
    {"op": "set_outcome", "measure": "X", "outcome": "case_by_case"},
    {"op": "set_flow", "measure": "CN-18-2025", "elements": ["Dy"], "flow": 0.5},
    {"op": "licences_stall", "elements": ["Tb"]},
    {"op": "delays", "factor": 1.5},
    {"op": "set_parameter", "name": "p_reactivated", "value": 0.5},
    {"op": "set_shares", "table": "feed", "stage": "magnet", "place": "JP", "elements": ["Dy"],
     "shares": {"CN": 0.7, "JP": 0.3}},
    {"op": "mine_outage", "country": "MM"},
    {"op": "set_lines", "line_ids": ["10"], "stock_days": 60, "recycled_share": 0.1,
     "suppliers": [{"country": "JP", "share": 0.9}],
     "sourcing": [{"stage": "metal", "country": "JP", "share": 0.5},
                  {"stage": "metal", "country": "GB", "share": 0.2}],
     "bridges": [{"from_day": 90, "share": 0.2}], "general_licence_valid_to": "2027-01-01"},
    {"op": "second_source", "stage": "separation", "country": "MY", "share": 0.3},
    {"op": "remove_elements", "elements": ["Ho"]},
    {"op": "replace_material", "material": "ndfeb_hot_deformed"},
    {"op": "change_form", "form": "device_magnet"},
]  # fmt: skip


def post(client: TestClient, path: str, request: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"{path}?detail=summary", json=request)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


@pytest.fixture(scope="module")
def compared(client: TestClient) -> dict[str, Any]:
    scenarios = [{"id": name, "builtin": name} for name in BUILTINS]
    own = [{"id": "nothing"}, {"id": "everything", "patches": EVERY_OP}]
    return post(client, SCENARIOS, what_if(*scenarios, *own, sectors=False))


def test_the_answer_fits_its_schema_and_keeps_the_order(compared: dict[str, Any]) -> None:
    TypeAdapter(ScenariosAnswer).validate_python(compared, extra="forbid")

    names = [one["id"] for one in compared["scenarios"]]
    assert names == [*BUILTINS, "nothing", "everything"]
    assert [one["builtin"] for one in compared["scenarios"]] == [*BUILTINS, None, None]


def test_the_contributions_add_up_to_the_published_difference(compared: dict[str, Any]) -> None:
    for one in compared["scenarios"]:
        total = sum(row["points"] for row in one["contributions"])
        assert total == pytest.approx(one["bom"]["delta"], abs=1e-6), one["id"]
        assert one["bom"]["after"] - one["bom"]["before"] == pytest.approx(one["bom"]["delta"])
        assert one["bom"]["before"] == compared["base"]["bom"]["score"]


def test_every_element_and_line_is_there_before_and_after(compared: dict[str, Any]) -> None:
    base = {one["symbol"]: one["score"] for one in compared["base"]["elements"]}
    for one in compared["scenarios"]:
        assert [row["symbol"] for row in one["elements"]] == list(RARE_EARTHS)
        assert {row["symbol"]: row["before"] for row in one["elements"]} == base
        assert [row["line_id"] for row in one["lines"]] == ["10"]
        assert one["sectors"] == []


def test_an_empty_what_if_changes_nothing(compared: dict[str, Any]) -> None:
    (nothing,) = (one for one in compared["scenarios"] if one["id"] == "nothing")

    assert nothing["changes"] == 0
    assert nothing["flips"] == nothing["contributions"] == []
    assert all(row["delta"] in {0.0, None} for row in nothing["elements"])


def test_every_flip_is_one_of_the_changes(compared: dict[str, Any]) -> None:
    for one in compared["scenarios"]:
        rows = {
            ("bom", "bom"): one["bom"],
            **{("element", row["symbol"]): row for row in one["elements"]},
            **{("line", row["line_id"]): row for row in one["lines"]},
        }
        flips = {(flip["kind"], flip["key"]) for flip in one["flips"]}
        assert flips == {
            key for key, row in rows.items() if row["band_before"] != row["band_after"]
        }


def test_sectors_are_compared_by_name_unless_left_out(client: TestClient) -> None:
    stock = {"id": "stock", "patches": [{"op": "set_lines", "stock_days": 90}]}

    document = post(client, SCENARIOS, what_if(stock, language="de"))

    (one,) = document["scenarios"]
    base = {row["id"]: (row["name"], row["score"]) for row in document["base"]["sectors"]}
    assert {row["id"]: (row["name"], row["before"]) for row in one["sectors"]} == base
    assert any(row["delta"] < 0.0 for row in one["sectors"])


def test_the_same_what_if_gives_the_same_bytes(client: TestClient) -> None:
    request = what_if({"id": "ban", "builtin": "destination_ban"}, sectors=False)

    one, other = (client.post(SCENARIOS, json=request).content for _ in range(2))

    assert one == other


def test_a_product_without_rare_earths_has_nothing_to_change(client: TestClient) -> None:
    request = {**assessment(steel_line()), "scenarios": [{"id": "a", "builtin": "flow_zero"}]}

    (one,) = post(client, SCENARIOS, {**request, "sectors": False})["scenarios"]

    assert one["bom"]["after"] == 0.0
    assert one["contributions"] == []


@pytest.fixture(scope="module")
def actions(client: TestClient) -> dict[str, Any]:
    request = {**assessment(), "include": ["calendar", "certainty", "questions"], "limit": 200}
    return post(client, MITIGATIONS, request)


def test_actions_fit_their_schema_and_are_sorted(actions: dict[str, Any]) -> None:
    TypeAdapter(MitigationsAnswer).validate_python(actions, extra="forbid")

    removed = [one["risk_removed"] for one in actions["actions"]]
    assert removed == sorted(removed, reverse=True)
    assert all(one["sources"] for one in actions["actions"])
    assert all(one["line_ids"] == ["10"] for one in actions["actions"])
    for one in actions["actions"]:
        assert one["before"] == actions["base"]["bom"]["score"]
        assert one["before"] - one["after"] == pytest.approx(one["risk_removed"])


def test_every_source_of_an_action_resolves(actions: dict[str, Any], client: TestClient) -> None:
    known = {one["key"] for one in client.get("/v1/reference").json()["sources"]}

    assert {key for one in actions["actions"] for key in one["sources"]} <= known


def test_no_plant_that_is_only_built_is_offered(actions: dict[str, Any]) -> None:
    text = " ".join(one["text"] for one in actions["actions"])

    assert "Lynas" in text
    for name in ("Iluka", "Carester", "Ucore", "Arafura"):
        assert name not in text


def test_the_best_set_is_no_worse_than_its_first_action(actions: dict[str, Any]) -> None:
    best = actions["best_set"]
    by_id = {one["id"]: one for one in actions["actions"]}

    assert 1 <= len(best["actions"]) <= 3
    assert best["steps"][0] == by_id[best["actions"][0]]["after"]
    assert best["steps"] == sorted(best["steps"], reverse=True)
    assert best["after"] == best["steps"][-1]
    assert all(by_id[name]["lead_time_months"] <= 12 for name in best["actions"])
    assert best["note"] == actions["note"]


def test_counterfactuals_name_their_target_and_say_whether_they_reach(
    actions: dict[str, Any],
) -> None:
    rows = actions["counterfactuals"]

    assert {row["target_kind"] for row in rows} == {"bom", "line", "element"}
    assert any(row["reaches"] and row["lever"] == "stock" for row in rows)
    assert all(row["change"] for row in rows)


def test_a_target_that_nothing_alone_reaches_says_so(client: TestClient) -> None:
    # Military goods under a written ban, with a supplier who has no other way.
    line = magnet_line(sourcing=..., supplier={"country": "CN"}, stock_days=0)
    request = {**assessment(line, end_use="military", horizon_days=1095), "target_band": "low"}

    rows = post(client, MITIGATIONS, request)["counterfactuals"]

    dysprosium = [row for row in rows if row["target"] == "Dy"]
    assert dysprosium
    reached = [row for row in dysprosium if row["reaches"]]
    assert bool(reached) is (dysprosium[-1]["change"] != "none alone can")


def test_the_year_has_twelve_months_for_each_calendar(actions: dict[str, Any]) -> None:
    assert [one["id"] for one in actions["calendar"]] == [
        "base", "suspensions_revive", "destination_ban",
    ]  # fmt: skip
    for one in actions["calendar"]:
        assert len(one["months"]) == 12
        assert one["months"][0]["from_day"] == "2026-03-01"
        assert one["months"][-1]["to_day"] == "2027-03-01"
        assert all(month["product_days"] >= 0.0 for month in one["months"])
        assert [stop["line_id"] for stop in one["line_stops"]] == ["10"]


def test_certainty_has_points_ranks_and_bars(actions: dict[str, Any]) -> None:
    sure = actions["certainty"]

    assert sure["points"] == 128
    assert sure["bom"]["p10"] <= sure["bom"]["p50"] <= sure["bom"]["p90"]
    assert len(sure["ranks"]) == len(sure["elements"]) - 1
    assert sure["tornado"][0]["high"] > sure["tornado"][0]["low"]


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "dysprosium (Dy)"), ("de", "Dysprosium (Dy)"), ("ja", "ジスプロシウム"), ("zh", "镝")],
)
def test_letters_are_in_the_language_of_the_question(
    client: TestClient, language: str, word: str
) -> None:
    request = {**assessment(language=language), "include": ["questions"]}

    asked = post(client, MITIGATIONS, request)["questions"]

    (letter,) = asked["letters"]
    assert letter["supplier"] == "Sample Magnetics"
    assert word in letter["text"]
    assert asked["missing"][0]["kind"] == "composition"


def test_extras_that_nobody_asked_for_are_not_computed(client: TestClient) -> None:
    document = post(client, MITIGATIONS, {**assessment(), "limit": 2})

    assert len(document["actions"]) == 2
    assert document["calendar"] is document["certainty"] is document["questions"] is None


def test_a_law_of_the_buyers_own_country_is_a_warning(client: TestClient) -> None:
    document = post(client, MITIGATIONS, assessment(destination="US"))

    assert "dfars_magnets" in [law["id"] for law in document["sourcing_laws"]]


def test_the_examples_of_the_documentation_work(client: TestClient) -> None:
    for example in scenario_examples().values():
        TypeAdapter(ScenariosAnswer).validate_python(post(client, SCENARIOS, example["value"]))
    for example in mitigation_examples().values():
        TypeAdapter(MitigationsAnswer).validate_python(post(client, MITIGATIONS, example["value"]))


@pytest.mark.parametrize("wrong", WHAT_IFS, ids=lambda case: case.name)
def test_a_wrong_request_gets_a_problem_that_says_where(client: TestClient, wrong: Wrong) -> None:
    answer = client.request(wrong.method, wrong.path, **wrong.sent)
    problem = answer.json()

    assert answer.status_code == wrong.status, problem
    assert answer.headers["content-type"] == "application/problem+json"
    if wrong.code is not None:
        found = [(fault["code"], fault["pointer"]) for fault in problem["errors"]]
        assert found == [(wrong.code, wrong.pointer)]
    assert all(fault["detail"] for fault in problem["errors"])


def test_every_fault_of_a_what_if_is_listed_at_once(client: TestClient) -> None:
    request = what_if(
        {"id": "a", "country": "MY", "patches": [
            {"op": "set_lines", "line_ids": ["99"], "stock_days": 3},
            {"op": "set_outcome", "measure": "CN-0", "outcome": "licence"},
        ]},
        {"id": "a"},
    )  # fmt: skip

    faults = client.post(SCENARIOS, json=request).json()["errors"]

    assert {(fault["code"], fault["pointer"]) for fault in faults} == {
        ("unknown_field", "/scenarios/0/country"),
        ("unknown_line", "/scenarios/0/patches/0/line_ids/0"),
        ("unknown_measure", "/scenarios/0/patches/1/measure"),
        ("duplicate_scenario_id", "/scenarios/1/id"),
    }


def test_nothing_of_a_what_if_comes_into_a_log(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    line = magnet_line(part_number="SECRET-7")
    request = {**assessment(line), "scenarios": [{"id": "SECRET-8"}], "sectors": False}

    with caplog.at_level("DEBUG"):
        post(client, SCENARIOS, request)

    assert "SECRET" not in json.dumps([record.getMessage() for record in caplog.records])
