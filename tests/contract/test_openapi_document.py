"""The committed OpenAPI document is the one that the service gives, and says what it should."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.api.examples import SUMMARIES
from app.main import build_app

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"

ROUTES = {
    "/v1/assessments": {"post"},
    "/v1/assessments/upload": {"post"},
    "/v1/catalogue": {"post"},
    "/v1/assessments/calendar": {"post"},
    "/v1/assessments/diff": {"post"},
    "/v1/identify": {"post"},
    "/v1/identify/upload": {"post"},
    "/v1/scenarios": {"post"},
    "/v1/mitigations": {"post"},
    "/v1/elements": {"get"},
    "/v1/elements/{symbol}": {"get"},
    "/v1/sectors": {"get"},
    "/v1/sectors/{sector_id}": {"get"},
    "/v1/controls": {"get"},
    "/v1/controls/calendar": {"get"},
    "/v1/controls/status": {"get"},
    "/v1/controls/{measure_id}": {"get"},
    "/v1/end-users": {"post"},
    "/v1/methodology": {"get"},
    "/v1/reference": {"get"},
    "/v1/template": {"get"},
    "/metrics": {"get"},
    "/healthz": {"get"},
    "/readyz": {"get"},
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return build_app().openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_committed_document_is_current(document: dict[str, Any]) -> None:
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == document, "run: make openapi"


def test_it_is_openapi_3_1_with_the_routes_of_the_contract(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {path: set(methods) for path, methods in document["paths"].items()} == ROUTES


def test_operation_ids_are_unique_and_in_snake_case(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(document)]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in ids)


def test_every_reference_resolves(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', text))

    assert names <= set(document["components"]["schemas"])
    assert set(document["components"]["schemas"]) <= names | {"AssessmentRequest"}


def test_every_operation_says_what_it_does_and_what_can_go_wrong(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        problems = {
            status: answer for status, answer in operation["responses"].items() if status >= "4"
        }
        assert "422" in problems, path
        assert all(
            set(answer["content"]) == {"application/problem+json"} for answer in problems.values()
        ), path


def test_every_field_of_a_request_is_described(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    bodies = [name for name in schemas if name.endswith(("Body", "Request"))]

    assert len(bodies) >= 8
    for name in bodies:
        assert schemas[name]["additionalProperties"] is False, name
        for field, schema in schemas[name]["properties"].items():
            assert schema.get("description"), f"{name}.{field}"


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), f"{path} {parameter['name']}"


def test_the_upload_form_has_a_file_and_the_context_and_sends_nothing_unasked(
    document: dict[str, Any],
) -> None:
    upload = document["paths"]["/v1/assessments/upload"]["post"]
    form = upload["requestBody"]["content"]["multipart/form-data"]["schema"]

    fields = form["properties"]
    assert fields["file"] == {
        "type": "string",
        "contentMediaType": "application/octet-stream",
        "description": "One bill of materials.",
    }
    assert set(fields) == {
        "file", "destination", "end_use", "end_user", "end_user_owners", "as_of", "known_on",
        "horizon_days", "language", "columns", "encoding", "delimiter", "sheet", "header_row",
    }  # fmt: skip
    prefilled = {name: field["examples"] for name, field in fields.items() if name != "file"}
    assert prefilled.pop("destination") == ["JP"]
    assert all(examples == [""] for examples in prefilled.values())


def test_the_examples_of_the_contract_are_there_to_execute(document: dict[str, Any]) -> None:
    assess = document["paths"]["/v1/assessments"]["post"]
    examples = assess["requestBody"]["content"]["application/json"]["examples"]

    assert list(examples) == list(SUMMARIES)
    assert all(example["value"]["bom"]["lines"] for example in examples.values())
