"""The three documents: valid, current, in the words of their version, and true of real answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
)

from app.api.examples import example_text
from app.api.openapi_documents import FILES, document_of
from app.main import build_app
from tests.contract.openapi_schemas import (
    faults_of,
    named_schemas,
    operations,
    references,
    schemas,
)

FOLDER = Path(__file__).parents[2] / "openapi"
VALIDATORS = {
    "3.1": OpenAPIV31SpecValidator,
    "3.0": OpenAPIV30SpecValidator,
    "2.0": OpenAPIV2SpecValidator,
}
#: Keywords that a version does not know.
FOREIGN = {
    "3.0": {
        "$defs", "const", "contentEncoding", "contentMediaType", "jsonSchemaDialect",
        "patternProperties", "prefixItems", "propertyNames", "webhooks",
    },
    "2.0": {
        "$defs", "anyOf", "components", "const", "contentMediaType", "discriminator",
        "nullable", "oneOf", "patternProperties", "prefixItems", "requestBody", "servers",
    },
}  # fmt: skip
POSTS_WITH_ANSWERS = {
    "/v1/assessments": "traction-motor",
    "/v1/scenarios": "traction-motor",
    "/v1/mitigations": "traction-motor",
    "/v1/identify": "traction-motor",
    "/v1/assessments/diff": "traction-motor",
    "/v1/end-users": "three-names",
}
GETS_WITH_ANSWERS = (
    "/v1/elements?destination=JP",
    "/v1/elements/Dy?destination=JP",
    "/v1/sectors?destination=JP",
    "/v1/controls",
    "/v1/controls/CN-18-2025",
    "/v1/controls/status?destination=JP",
    "/v1/methodology",
    "/v1/reference",
    "/healthz",
    "/readyz",
)


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    app = build_app()
    return {version: document_of(app, version) for version in FILES}


@pytest.fixture(params=list(FILES))
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_committed_document_is_current(
    documents: dict[str, dict[str, Any]], version: str
) -> None:
    committed = json.loads((FOLDER / FILES[version]).read_text(encoding="utf-8"))

    assert committed == documents[version], "run: make openapi"


def test_the_service_gives_the_document(client: TestClient, version: str) -> None:
    """How callers sign in depends on the settings; the committed document names every way."""
    assert isinstance(client.app, FastAPI)
    answer = client.get(f"/{FILES[version]}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == document_of(client.app, version)


def test_its_own_validator_accepts_it(documents: dict[str, dict[str, Any]], version: str) -> None:
    validator = VALIDATORS[version](documents[version])

    assert [str(error.message) for error in validator.iter_errors()] == []


@pytest.mark.parametrize("version", ["3.0", "2.0"])
def test_no_word_of_a_newer_version_is_left(
    documents: dict[str, dict[str, Any]], version: str
) -> None:
    found = {
        key
        for one in schemas(documents[version])
        for key in FOREIGN[version] & one.keys()
        if not isinstance(one.get("in"), str)
    }
    lists = [
        one["type"] for one in schemas(documents[version]) if isinstance(one.get("type"), list)
    ]
    nulls = [one for one in schemas(documents[version]) if one.get("type") == "null"]

    assert (found, lists, nulls) == (set(), [], [])


def test_every_reference_stays_inside_and_resolves(
    documents: dict[str, dict[str, Any]], version: str
) -> None:
    place = "#/definitions/" if version == "2.0" else "#/components/schemas/"

    targets = references(documents[version])

    assert targets
    assert {target for target in targets if not target.startswith(place)} == set()
    assert {target.removeprefix(place) for target in targets} <= set(
        named_schemas(documents[version])
    )


def test_no_schema_holds_itself(documents: dict[str, dict[str, Any]], version: str) -> None:
    holds = {
        name: {target.rpartition("/")[2] for target in references(schema)}
        for name, schema in named_schemas(documents[version]).items()
    }

    while True:
        leaves = {name for name, held in holds.items() if not held}
        if not leaves:
            break
        holds = {name: held - leaves for name, held in holds.items() if name not in leaves}

    assert holds == {}


def test_texts_and_names_suit_every_importer(
    documents: dict[str, dict[str, Any]], version: str
) -> None:
    names = [operation["operationId"] for _, _, operation in operations(documents[version])]

    assert len(set(names)) == len(names)
    for path, _, operation in operations(documents[version]):
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation["operationId"]), path
        assert 0 < len(operation["summary"]) < 300, path
        assert not any(one["in"] == "cookie" for one in operation.get("parameters", [])), path
        assert "callbacks" not in operation, path


def test_the_operations_are_the_same_in_all(documents: dict[str, dict[str, Any]]) -> None:
    names = {
        version: [(path, way, one["operationId"]) for path, way, one in operations(document)]
        for version, document in documents.items()
    }

    assert names["3.0"] == names["3.1"]
    assert names["2.0"] == names["3.1"]


def test_good_and_bad_answers_have_a_schema(
    documents: dict[str, dict[str, Any]], version: str
) -> None:
    for path, _, operation in operations(documents[version]):
        assert "200" in operation["responses"], path
        assert any(status.startswith("4") for status in operation["responses"]), path
        for status, answer in operation["responses"].items():
            if status.startswith("3"):
                continue
            if version == "2.0":
                assert answer["schema"], f"{path} {status}"
            else:
                assert answer["content"], f"{path} {status}"
                assert all(one.get("schema") for one in answer["content"].values()), path


def test_no_generated_class_takes_the_name_of_another(
    documents: dict[str, dict[str, Any]],
) -> None:
    """A generator names the enumeration in `status` of `Control` `ControlStatus`."""
    named = named_schemas(documents["3.1"])

    made = {
        f"{name}{''.join(part.capitalize() for part in field.split('_'))}"
        for name, schema in named.items()
        for field, one in schema.get("properties", {}).items()
        if any("enum" in kind for kind in [one, *one.get("anyOf", ())])
    }

    assert made
    assert made & set(named) == set()


def test_the_examples_fit_their_schemas(documents: dict[str, dict[str, Any]], version: str) -> None:
    document = documents[version]
    newest = documents["3.1"]
    checked = 0
    for path, method, operation in operations(newest):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        reference = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        for name, example in content.get("examples", {}).items():
            schema = named_schemas(document)[reference]
            assert faults_of(example["value"], schema, document) == [], f"{method} {path} {name}"
            checked += 1

    assert checked > 30


def test_every_example_of_a_field_fits_the_field(documents: dict[str, dict[str, Any]]) -> None:
    document = documents["3.1"]
    wrong = [
        (one.get("title"), example)
        for one in schemas(document)
        if isinstance(one.get("examples"), list)
        for example in one["examples"]
        # An empty field of a form is as good as none.
        if example != "" and faults_of(example, one, document)
    ]

    assert wrong == []


def answer_schema(document: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    path = re.sub(
        "/Dy$", "/{symbol}", re.sub("/CN-18-2025$", "/{measure_id}", path.split("?", maxsplit=1)[0])
    )
    answer = document["paths"][path][method]["responses"]["200"]
    found: dict[str, Any] = answer.get("schema") or answer["content"]["application/json"]["schema"]
    return found


@pytest.mark.parametrize("path", GETS_WITH_ANSWERS)
def test_an_answer_fits_all_three(
    client: TestClient, documents: dict[str, dict[str, Any]], path: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == 200, answer.text
    for version, document in documents.items():
        schema = answer_schema(document, path, "get")
        assert faults_of(answer.json(), schema, document) == [], version


@pytest.mark.parametrize(("path", "example"), POSTS_WITH_ANSWERS.items())
def test_an_answer_to_an_example_fits_all_three(
    client: TestClient, documents: dict[str, dict[str, Any]], path: str, example: str
) -> None:
    body = documents["3.1"]["paths"][path]["post"]["requestBody"]["content"]["application/json"]

    answer = client.post(path, json=body["examples"][example]["value"])

    assert answer.status_code == 200, answer.text
    for version, document in documents.items():
        schema = answer_schema(document, path, "post")
        assert faults_of(answer.json(), schema, document) == [], version


def test_a_problem_fits_all_three(client: TestClient, documents: dict[str, dict[str, Any]]) -> None:
    request = json.loads(example_text("traction-motor")) | {"destination": "Japan", "surplus": 1}

    answer = client.post("/v1/assessments", json=request)

    assert answer.status_code == 422
    for version, document in documents.items():
        problem = named_schemas(document)["Problem"]
        assert faults_of(answer.json(), problem, document) == [], version


def test_a_file_is_sent_as_a_file_in_each(documents: dict[str, dict[str, Any]]) -> None:
    place = ("/v1/assessments/upload", "post")
    older = documents["3.0"]["paths"][place[0]][place[1]]["requestBody"]["content"]
    oldest = documents["2.0"]["paths"][place[0]][place[1]]

    fields = {one["name"]: one for one in oldest["parameters"] if one["in"] == "formData"}
    assert older["multipart/form-data"]["schema"]["properties"]["file"]["format"] == "binary"
    assert oldest["consumes"] == ["multipart/form-data"]
    assert (fields["file"]["type"], fields["file"]["required"]) == ("file", True)
    assert fields["destination"]["type"] == "string"
