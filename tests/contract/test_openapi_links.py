"""Links of the OpenAPI document lead from real answers to requests that are answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import example_text
from app.main import build_app
from tests.contract.openapi_schemas import operations

DOCUMENT = build_app().openapi()
OPERATIONS = {one["operationId"]: (path, one) for path, _, one in operations(DOCUMENT)}
LINKS = [
    (name, target, link)
    for name, (_, one) in OPERATIONS.items()
    for target, link in one["responses"]["200"].get("links", {}).items()
]
QUESTION = "destination=JP&end_use=military&as_of=2026-01-10&language=de"
JSON_HEADERS = {"content-type": "application/json"}


def value_at(pointer: str, node: Any) -> Any:
    for step in pointer.split("/"):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


@pytest.fixture(scope="module")
def answers(client: TestClient) -> Mapping[str, Any]:
    """Return an answer of each operation that has links."""
    example = example_text("traction-motor")
    question = {"destination": "JP", "as_of": "2026-01-10"}
    file = {"file": ("motor.csv", example_text("traction-motor", suffix="csv"))}
    given = {
        "create_assessment": {"content": example, "headers": JSON_HEADERS},
        "create_product_calendar": {"content": example, "headers": JSON_HEADERS},
        "upload_assessment": {"files": file, "data": question},
        "screen_end_users": {"json": {"names": ["Hensolt AG"]}},
    }
    found = {}
    for name in dict.fromkeys(source for source, _, _ in LINKS):
        path = OPERATIONS[name][0]
        if name in given:
            answer = client.post(path, **given[name])  # type: ignore[arg-type] # by name
        else:
            answer = client.get(f"{path}?{QUESTION}" if name != "list_controls" else path)
        assert answer.status_code == 200, answer.text
        found[name] = answer.json()
    return found


def test_there_are_links_to_every_record_that_has_an_address() -> None:
    with_record = {name for name, (path, _) in OPERATIONS.items() if "{" in path}

    assert with_record <= {target for _, target, _ in LINKS}


@pytest.mark.parametrize(("source", "target", "link"), LINKS, ids=[f"{a}-{b}" for a, b, _ in LINKS])
def test_a_link_can_be_followed(
    client: TestClient, answers: Mapping[str, Any], source: str, target: str, link: Any
) -> None:
    path, operation = OPERATIONS[link["operationId"]]
    values = {
        name: value_at(where.removeprefix("$response.body#/"), answers[source])
        for name, where in link["parameters"].items()
    }
    places = {one["name"]: one["in"] for one in operation["parameters"]}
    query = {name: value for name, value in values.items() if places[name] == "query"}

    answer = client.get(path.format(**values), params=query)

    assert target == link["operationId"]
    assert answer.status_code == 200, answer.text
    later = answer.json()
    asked = later.get("context") or later
    assert {name: asked[name] for name in query if name in asked} == {
        name: value for name, value in query.items() if name in asked
    }
