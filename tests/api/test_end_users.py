"""Names on entity lists: in an assessment, and looked up alone."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app.api.yente import UNAVAILABLE, ask_yente
from app.settings import Settings
from tests.api.requests import assessment, magnet_line

URL = "/v1/end-users"
ON = {"as_of": "2026-03-01", "destination": "JP"}


def screened(client: TestClient, *names: str, **fields: Any) -> dict[str, Any]:
    response = client.post(URL, json={"names": list(names), **ON, **fields})
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document


def test_a_listed_name_is_told_with_list_day_and_similarity(client: TestClient) -> None:
    (found,) = screened(client, "IHI AEROSPACE CO LTD")["names"]

    (match,) = found["matches"]
    assert match["measure"] == "CN-EL-11-2026-JP"
    assert match["published_on"] == "2026-02-24"
    assert (match["similarity"], match["how"], match["counts"]) == (1.0, "exact", True)
    assert match["reaches_destination"] is True
    assert "mofcom-11-2026" in match["sources"]


def test_no_match_is_no_clearance_and_names_the_incomplete_lists(client: TestClient) -> None:
    document = screened(client, "Example Works", as_of="2026-09-01")

    assert document["names"][0]["matches"] == []
    assert "no clearance" in document["names"][0]["text"]
    assert "CN-EL-27-2026-JP" in document["incomplete_lists"]
    assert "CN-EL-27-2026-JP" in document["names"][0]["text"]


def test_names_come_back_in_their_order(client: TestClient) -> None:
    document = screened(client, "b", "a", "Hensolt")

    assert [one["name"] for one in document["names"]] == ["b", "a", "Hensolt"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"names": []},
        {"names": [""]},
        {"names": "IHI"},
        {"names": [1]},
        {"names": ["a"] * 201},
        {"names": ["a"], "end_use": "civil"},
        {"names": ["a"], "as_of": "yesterday"},
    ],
)
def test_a_wrong_request_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post(URL, json=body)

    assert response.status_code == 422
    assert response.json()["errors"]


def match_of(client: TestClient, **context: Any) -> dict[str, Any]:
    response = client.post("/v1/assessments?detail=elements", json=assessment(**context))
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document


def test_owners_decide_whether_a_firm_is_held_by_a_listed_one(client: TestClient) -> None:
    owners = [{"name": "TDK Corporation", "share": 0.5}, {"name": "Example Trust", "share": "0.5"}]

    document = match_of(client, end_user="Example Works", end_user_owners=owners)

    match = document["end_user_match"]
    assert match["measures"] == []
    assert match["held_by_listed"] == "yes"
    assert match["owners"][0]["matches"][0]["measure"] == "CN-WL-12-2026-JP"
    assert document["context"]["end_user_owners"] == [
        {"name": "TDK Corporation", "share": "0.5"},
        {"name": "Example Trust", "share": "0.5"},
    ]
    assert "end_user_held_by_listed" in {one["code"] for one in document["warnings"]}


@pytest.mark.parametrize(
    ("owners", "held"),
    [
        ([], "not_declared"),
        ([{"name": "Example Trust", "share": 0.2}], "open"),
        ([{"name": "Example Trust", "share": 1}], "no"),
    ],
)
def test_what_owners_leave_open_is_told(
    client: TestClient, owners: list[dict[str, Any]], held: str
) -> None:
    document = match_of(client, end_user="Example Works", end_user_owners=owners)

    assert document["end_user_match"]["held_by_listed"] == held


@pytest.mark.parametrize(
    "owners",
    [
        [{"name": "A", "share": 0.6}, {"name": "B", "share": 0.5}],
        [{"name": "A", "share": 1.5}],
        [{"name": "", "share": 0.5}],
        [{"name": "A"}],
    ],
)
def test_wrong_owners_are_refused(client: TestClient, owners: list[dict[str, Any]]) -> None:
    response = client.post("/v1/assessments", json=assessment(end_user_owners=owners))

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"].startswith("/end_user_owners")


def test_owners_can_be_written_in_a_query(client: TestClient) -> None:
    response = client.get(
        "/v1/controls/status",
        params={**ON, "end_user": "Example Works", "end_user_owners": "TDK=0.6; Example Trust=0.4"},
    )

    assert response.status_code == 200, response.text
    assert response.json()["context"]["end_user_owners"][0] == {"name": "TDK", "share": "0.6"}


@pytest.mark.parametrize("owners", ["TDK", "TDK=2", "TDK=0.6;", "=0.5", "TDK=0.6;TDK=0.6"])
def test_wrong_owners_in_a_query_are_refused(client: TestClient, owners: str) -> None:
    response = client.get("/v1/controls/status", params={**ON, "end_user_owners": owners})

    assert response.status_code == 422


def test_listed_suppliers_are_told_with_their_lines(client: TestClient) -> None:
    lines = [
        magnet_line(line_id="1", supplier={"name": "TDK Corporation", "country": "JP"}),
        magnet_line(line_id="2", supplier={"name": "Sample Magnetics", "country": "JP"}),
        magnet_line(line_id="3", supplier={"name": "Nittoh Denkoh", "country": "JP"}),
        magnet_line(line_id="4", supplier=..., manufacturer="TDK Corporation"),
    ]
    response = client.post("/v1/assessments", json=assessment(*lines))
    document = response.json()

    assert [(one["name"], one["line_ids"]) for one in document["supplier_matches"]] == [
        ("TDK Corporation", ["1", "4"]),
        ("Nittoh Denkoh", ["3"]),
    ]
    told = [(one["code"], one["pointer"]) for one in document["warnings"]]
    assert ("supplier_listed", "/bom/lines/0") in told
    assert ("supplier_listed", "/bom/lines/3") in told
    assert ("supplier_possibly_listed", "/bom/lines/2") in told


@pytest.mark.parametrize(
    ("valid_to", "code"),
    [
        ("2026-02-28", "general_licence_expired"),
        ("2026-03-02", "general_licence_expires"),
        ("2026-12-02", None),
    ],
)
def test_general_licences_that_run_out_are_told(
    client: TestClient, valid_to: str, code: str | None
) -> None:
    supplier = {"country": "CN", "general_licence_valid_to": valid_to}
    response = client.post(
        "/v1/assessments?detail=summary", json=assessment(magnet_line(supplier=supplier))
    )

    codes = {one["code"] for one in response.json()["warnings"]}
    assert {one for one in codes if one.startswith("general_licence")} == (
        {code} if code else set()
    )


# ------------------------------------------------------------------------- matching service

YENTE = dataclasses.replace(
    Settings(), yente_url="https://match.example.org/match/default", yente_key="secret-key"
)


def answering(body: Any, status: int = 200) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, json=body))


def test_nobody_is_asked_unless_a_service_is_set_up() -> None:
    def never(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    assert ask_yente(["a"], Settings(), transport=httpx.MockTransport(never)) is None


def test_a_service_is_asked_once_for_all_names_in_the_body() -> None:
    seen: list[httpx.Request] = []
    entity = {
        "id": "NK-1", "caption": "Example Works", "score": 0.91, "match": True,
        "schema": "Company", "datasets": ["xx_list"], "properties": {},
    }  # fmt: skip

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        found = {"0": {"status": 200, "results": [entity]}, "1": {"status": 200, "results": []}}
        return httpx.Response(200, json={"responses": found})

    answers = ask_yente(["Example Works", "b"], YENTE, transport=httpx.MockTransport(answer))

    assert answers == [
        {
            "state": "answered",
            "results": [
                {
                    "id": "NK-1", "caption": "Example Works", "score": 0.91, "match": True,
                    "datasets": ["xx_list"],
                }
            ],
        },
        {"state": "answered", "results": []},
    ]  # fmt: skip
    (request,) = seen
    assert str(request.url) == YENTE.yente_url
    assert request.headers["authorization"] == "ApiKey secret-key"
    queries = json.loads(request.content)["queries"]
    assert [queries[key]["properties"]["name"] for key in ("0", "1")] == [["Example Works"], ["b"]]


@pytest.mark.parametrize(
    "transport",
    [
        answering({"error": "no"}, 500),
        answering([]),
        answering({"responses": {}}),
        answering({"responses": {"0": {"results": "x"}}}),
        answering({"responses": {"0": {"results": [{"id": "1"}]}}}),
        answering(
            {"responses": {"0": {"results": [{"id": 1, "caption": "", "score": 1, "datasets": 2}]}}}
        ),
        httpx.MockTransport(lambda _: httpx.Response(200, content=b"no JSON")),
    ],
)
def test_a_service_that_fails_is_told_as_unavailable(transport: httpx.MockTransport) -> None:
    answers = ask_yente(["a"], YENTE, transport=transport)

    assert answers == [UNAVAILABLE]


def test_the_key_is_in_no_text_of_the_settings() -> None:
    assert "secret-key" not in repr(YENTE)
