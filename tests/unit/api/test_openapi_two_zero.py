"""Swagger 2.0: bodies, forms, answers, ways to sign in, and alternatives in one schema."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.openapi_collapse import Collapser, as_parameter
from app.api.openapi_two_zero import two_zero

CAT = {
    "type": "object",
    "properties": {"kind": {"type": "string", "enum": ["cat"]}, "lives": {"type": "integer"}},
    "required": ["kind", "lives"],
    "additionalProperties": False,
}
DOG = {
    "type": "object",
    "properties": {"kind": {"type": "string", "enum": ["dog"]}, "lives": {"type": "string"}},
    "required": ["kind"],
    "additionalProperties": False,
}
NAMED = {"Cat": CAT, "Dog": DOG, "Name": {"type": "string"}}


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    ("newer", "two"),
    [
        (reference("Cat"), {"$ref": "#/definitions/Cat"}),
        ({"type": "string", "nullable": True}, {"type": "string", "x-nullable": True}),
        (
            {"type": "string", "enum": ["a", None], "nullable": True, "default": None},
            {"type": "string", "enum": ["a"], "x-nullable": True},
        ),
        ({"enum": [None], "nullable": True}, {"x-nullable": True}),
        (
            {"anyOf": [{"type": "number"}, {"type": "string"}]},
            {"x-any-of": ["number", "string"], "type": "number"},
        ),
        (
            {"anyOf": [{"type": "array"}, {"type": "string"}]},
            {"x-any-of": ["array", "string"]},
        ),
        (
            {"oneOf": [{"type": "number"}, {"type": "integer"}]},
            {"x-any-of": ["number", "integer"], "type": "number"},
        ),
        (
            {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "array"}]},
            {"x-any-of": ["array", "array"], "type": "array", "items": {}},
        ),
        (
            {"type": "array", "items": {"allOf": [reference("Cat")], "nullable": True}},
            {
                "type": "array",
                "items": {"allOf": [{"$ref": "#/definitions/Cat"}], "x-nullable": True},
            },
        ),
    ],
)
def test_a_schema_is_said_in_the_words_of_2_0(newer: dict[str, Any], two: dict[str, Any]) -> None:
    assert Collapser(NAMED).schema(newer) == two


def test_what_may_be_null_somewhere_is_nullable_itself() -> None:
    owner = {"properties": {"pet": {"allOf": [reference("Cat")], "nullable": True}}}

    definitions = Collapser({**NAMED, "Owner": owner}).definitions()

    assert [name for name, one in definitions.items() if one.get("x-nullable")] == ["Cat"]


def test_alternative_objects_become_one_that_admits_each() -> None:
    answer = Collapser(NAMED).schema({"oneOf": [reference("Cat"), reference("Dog")], "title": "T"})

    assert answer == {
        "title": "T",
        "x-any-of": ["Cat", "Dog"],
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": ["cat", "dog"]}, "lives": {}},
        "required": ["kind"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("schema", "parameter"),
    [
        ({"type": "string", "title": "T", "x-nullable": True}, {"type": "string"}),
        ({"x-any-of": ["number", "string"]}, {"type": "string"}),
        (
            {"type": "array", "items": {"type": "string"}},
            {"type": "array", "items": {"type": "string"}, "collectionFormat": "multi"},
        ),
        ({"type": "string", "format": "binary"}, {"type": "file"}),
        ({"type": "integer", "example": 3}, {"type": "integer", "x-example": 3}),
    ],
)
def test_a_parameter_has_one_plain_type(schema: dict[str, Any], parameter: dict[str, Any]) -> None:
    assert as_parameter(schema) == parameter


def converted(operation: dict[str, Any], **more: Any) -> dict[str, Any]:
    operation = {"operationId": "act", "responses": {"200": {"description": "Good."}}} | operation
    document = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": NAMED},
        **more,
    }
    answer = two_zero(document)
    return answer if more else answer["paths"]["/a"]["post"]


def test_a_json_body_is_a_parameter() -> None:
    content = {"application/json": {"schema": reference("Cat")}}

    answer = converted({"requestBody": {"required": True, "content": content}})

    assert answer["consumes"] == ["application/json"]
    assert answer["parameters"] == [
        {"name": "body", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Cat"}}
    ]


def test_a_stream_is_a_body_of_text() -> None:
    content = {"application/x-ndjson": {"schema": {"type": "string"}}}

    answer = converted({"requestBody": {"content": content}})

    assert answer["consumes"] == ["application/x-ndjson"]
    assert answer["parameters"][0]["schema"] == {"type": "string"}


def test_of_several_forms_of_an_answer_the_schema_is_that_of_json() -> None:
    content = {
        "text/csv": {"schema": {"type": "string"}},
        "application/json": {"schema": reference("Dog")},
    }
    headers = {"Retry-After": {"description": "S.", "schema": {"type": "integer"}}}
    response = {"description": "Good.", "content": content, "headers": headers}

    answer = converted({"responses": {"200": response}})

    assert answer["produces"] == ["text/csv", "application/json"]
    assert answer["responses"]["200"] == {
        "description": "Good.",
        "schema": {"$ref": "#/definitions/Dog"},
        "headers": {"Retry-After": {"description": "S.", "type": "integer"}},
    }


def test_a_cookie_is_left_out() -> None:
    cookie = {"name": "c", "in": "cookie", "schema": {"type": "string"}}

    assert converted({"parameters": [cookie]})["parameters"] == []


def test_an_address_is_taken_apart() -> None:
    answer = converted({}, servers=[{"url": "https://risk.example.com/api"}])

    assert (answer["host"], answer["basePath"], answer["schemes"]) == (
        "risk.example.com", "/api", ["https"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("newer", "two"),
    [
        (
            {"type": "http", "scheme": "bearer", "description": "D"},
            {"type": "apiKey", "name": "Authorization", "in": "header", "description": "D"},
        ),
        ({"type": "http", "scheme": "basic"}, {"type": "basic"}),
        (
            {"type": "apiKey", "name": "X-Api-Key", "in": "header"},
            {"type": "apiKey", "name": "X-Api-Key", "in": "header"},
        ),
        (
            {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "https://t", "scopes": {"a": "b"}}},
            },
            {
                "type": "oauth2",
                "flow": "application",
                "tokenUrl": "https://t",
                "scopes": {"a": "b"},
            },
        ),
    ],
)
def test_a_way_to_sign_in(newer: dict[str, Any], two: dict[str, Any]) -> None:
    components = {"schemas": {}, "securitySchemes": {"way": newer}}

    answer = converted({}, components=components, security=[{"way": []}])

    assert answer["securityDefinitions"] == {"way": two}
    assert answer["security"] == [{"way": []}]
