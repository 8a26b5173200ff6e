"""A route that is to go says so in every answer and in the documents."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.openapi_documents import FILES, document_of
from app.api.retirement import RETIREMENTS, Announcer, Retirement, mark_deprecated
from app.main import build_app

END = Retirement(
    deprecated_on=date(2026, 3, 1), sunset_on=date(2027, 3, 1), link="https://example.com/why"
)
TABLE = {("GET", "/v1/items/{key}"): END}


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.add_api_route("/v1/items/{key}", lambda key: {"key": key}, methods=["GET"])
    app.add_api_route("/v1/items/{key}", lambda key: {"key": key}, methods=["PUT"])
    app.add_api_route("/v1/others", lambda: {"key": ""}, methods=["GET"])
    return TestClient(Announcer(app, TABLE))


def test_an_answer_announces_the_end_of_its_route(client: TestClient) -> None:
    answer = client.get("/v1/items/7")

    assert answer.headers["deprecation"] == "@1772323200"
    assert answer.headers["sunset"] == "Mon, 01 Mar 2027 00:00:00 GMT"
    assert answer.headers["link"] == '<https://example.com/why>; rel="deprecation"'


@pytest.mark.parametrize(("method", "path"), [("PUT", "/v1/items/7"), ("GET", "/v1/others")])
def test_other_routes_say_nothing(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)

    assert answer.status_code == 200
    assert not {"deprecation", "sunset", "link"} & set(answer.headers)


@pytest.mark.parametrize("version", FILES)
def test_the_documents_mark_the_operation(version: str) -> None:
    app = build_app()
    mark_deprecated(app.openapi(), {("GET", "/v1/elements"): END})

    document = document_of(app, version)

    assert document["paths"]["/v1/elements"]["get"]["deprecated"] is True
    assert "deprecated" not in document["paths"]["/v1/sectors"]["get"]


def test_nothing_is_to_go_today() -> None:
    assert RETIREMENTS == {}
    assert build_app().openapi()["paths"]["/v1/elements"]["get"].get("deprecated") is None
