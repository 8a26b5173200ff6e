"""Each word of 3.1 that 3.0 lacks is said otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.openapi_three_zero import schema_three_zero, three_zero
from app.errors import UnconvertibleSchemaError

NULL = {"type": "null"}
REFERENCE = {"$ref": "#/components/schemas/Control"}


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ({"type": ["integer", "null"]}, {"type": "integer", "nullable": True}),
        ({"type": ["integer"]}, {"type": "integer"}),
        (
            {"type": ["integer", "string", "null"]},
            {"nullable": True, "anyOf": [{"type": "integer"}, {"type": "string"}]},
        ),
        (NULL, {"nullable": True, "enum": [None]}),
        (
            {"anyOf": [{"type": "string", "maxLength": 3}, NULL], "title": "T"},
            {"type": "string", "maxLength": 3, "nullable": True, "title": "T"},
        ),
        (
            {"anyOf": [{"type": "number"}, {"type": "string"}, NULL]},
            {"anyOf": [{"type": "number"}, {"type": "string"}], "nullable": True},
        ),
        (
            {"anyOf": [{"enum": ["a"], "type": "string"}, NULL]},
            {"enum": ["a", None], "type": "string", "nullable": True},
        ),
        (
            {"anyOf": [REFERENCE, NULL], "description": "D"},
            {"allOf": [REFERENCE], "description": "D", "nullable": True},
        ),
        ({**REFERENCE, "description": "D"}, {"allOf": [REFERENCE], "description": "D"}),
        (REFERENCE, REFERENCE),
        ({"const": "x", "type": "string"}, {"enum": ["x"], "type": "string"}),
        ({"type": "string", "examples": ["a", "b"]}, {"type": "string", "example": "a"}),
        ({"type": "string", "examples": []}, {"type": "string"}),
        ({"exclusiveMinimum": 0}, {"minimum": 0, "exclusiveMinimum": True}),
        ({"exclusiveMaximum": 1}, {"maximum": 1, "exclusiveMaximum": True}),
        ({"exclusiveMinimum": 0, "minimum": 2}, {"minimum": 2}),
        ({"exclusiveMinimum": 2, "minimum": 0}, {"minimum": 2, "exclusiveMinimum": True}),
        (
            {"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}]},
            {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "number"}]}},
        ),
        (
            {"type": "array", "prefixItems": [{"type": "number"}] * 2, "items": False},
            {"type": "array", "items": {"type": "number"}, "maxItems": 2},
        ),
        (
            {"type": "object", "patternProperties": {"^[A-Z]$": {"type": ["string", "null"]}}},
            {
                "type": "object",
                "additionalProperties": {"type": "string", "nullable": True},
                "x-key-patterns": ["^[A-Z]$"],
            },
        ),
        (
            {"type": "object", "propertyNames": {"maxLength": 5}},
            {"type": "object", "x-property-names": {"maxLength": 5}},
        ),
        (
            {"type": "string", "contentMediaType": "application/octet-stream"},
            {"type": "string", "format": "binary"},
        ),
        ({"type": "string", "contentEncoding": "base64"}, {"type": "string", "format": "byte"}),
        (
            {"type": "string", "contentMediaType": "m", "contentSchema": {"const": 1}},
            {"type": "string", "format": "binary", "x-content-schema": {"enum": [1]}},
        ),
        ({"type": "array", "items": True}, {"type": "array", "items": {}}),
        ({"additionalProperties": False}, {"additionalProperties": False}),
        ({"properties": {"const": {"const": 1}}}, {"properties": {"const": {"enum": [1]}}}),
        ({"not": {"type": "null"}}, {"not": {"nullable": True, "enum": [None]}}),
    ],
)
def test_a_schema_is_said_in_the_words_of_3_0(new: dict[str, Any], old: dict[str, Any]) -> None:
    assert schema_three_zero(new) == old


def test_what_cannot_be_said_is_refused_not_dropped() -> None:
    with pytest.raises(UnconvertibleSchemaError, match="unevaluatedProperties"):
        schema_three_zero({"properties": {"a": {"unevaluatedProperties": False}}})


def document(**more: Any) -> dict[str, Any]:
    info = {
        "title": "T", "version": "1", "summary": "S", "description": "D",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }  # fmt: skip
    return {"openapi": "3.1.0", "info": info, "paths": {}, **more}


def test_the_frame_of_a_document_is_converted() -> None:
    answer = three_zero(document())

    assert answer["openapi"] == "3.0.3"
    assert answer["info"] == {
        "title": "T", "version": "1", "description": "S.\n\nD", "license": {"name": "Apache-2.0"},
    }  # fmt: skip


def test_the_document_that_is_converted_stays_as_it_was() -> None:
    original = document()

    three_zero(original)

    assert original == document()


def test_a_client_certificate_is_left_to_the_connection() -> None:
    schemes = {
        "mtls": {"type": "mutualTLS"},
        "key": {"type": "apiKey", "name": "k", "in": "header"},
    }
    security: list[dict[str, list[str]]] = [{"mtls": []}, {"key": []}]
    paths = {"/a": {"get": {"security": security, "responses": {}}}}

    answer = three_zero(
        document(components={"securitySchemes": schemes}, paths=paths, security=security)
    )

    assert list(answer["components"]["securitySchemes"]) == ["key"]
    assert answer["security"] == [{"key": []}]
    assert answer["paths"]["/a"]["get"]["security"] == [{"key": []}]


def test_only_a_way_with_scopes_names_scopes() -> None:
    schemes = {"key": {"type": "apiKey", "name": "k", "in": "header"}, "o": {"type": "oauth2"}}
    operation = {"security": [{"key": ["score"]}, {"o": ["score"]}], "responses": {}}

    answer = three_zero(
        document(components={"securitySchemes": schemes}, paths={"/a": {"get": operation}})
    )

    assert answer["paths"]["/a"]["get"]["security"] == [{"key": []}, {"o": ["score"]}]


def test_webhooks_are_refused() -> None:
    with pytest.raises(UnconvertibleSchemaError, match="webhooks"):
        three_zero(document(webhooks={"x": {}}))


def test_an_example_is_data_and_stays() -> None:
    content = {
        "application/json": {"schema": {"const": 1}, "examples": {"a": {"value": {"const": 2}}}}
    }
    paths = {"/a": {"post": {"requestBody": {"content": content}, "responses": {}}}}

    answer = three_zero(document(paths=paths))

    converted = answer["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"]
    assert converted == {"schema": {"enum": [1]}, "examples": {"a": {"value": {"const": 2}}}}
