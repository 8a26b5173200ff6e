"""Reading OpenAPI documents in tests: walks, references, and checks of values against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

Json = dict[str, Any]

#: Keywords whose values are names of the reader's own, not keywords.
_NAMED = frozenset({"properties", "definitions", "schemas", "patternProperties", "mapping"})
#: Keywords whose values are data.
_DATA = frozenset({"example", "examples", "default", "enum", "const", "x-example"})


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Json]]:
    """Yield path, method and operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def schemas(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every object of a document that can hold keywords, but no data and no names."""
    if isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key in _NAMED and isinstance(value, Mapping):
                for one in value.values():
                    yield from schemas(one)
            elif key not in _DATA:
                yield from schemas(value)
    elif isinstance(node, list):
        for one in node:
            yield from schemas(one)


def references(node: Any) -> set[str]:
    """Return the targets of all references below a node."""
    return {one["$ref"] for one in schemas(node) if isinstance(one.get("$ref"), str)}


def named_schemas(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schemas that a document names, of any version."""
    if "definitions" in document:
        found: Mapping[str, Any] = document["definitions"]
    else:
        found = document["components"]["schemas"]
    return found


def faults_of(value: Any, schema: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """Return what of a value does not fit a schema of a document, of any version."""
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **{key: one for key, one in document.items() if key in {"components", "definitions"}},
        **schema,
    }
    validator = jsonschema_rs.Draft202012Validator(_as_json_schema(whole))
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(value)]


def _as_json_schema(node: Any) -> Any:
    """Return schemas of 3.0 and 2.0 as JSON schemas: nullable, and bounds that are flags."""
    if isinstance(node, list):
        return [_as_json_schema(one) for one in node]
    if not isinstance(node, Mapping):
        return node
    answer: Json = {}
    for key, value in node.items():
        if key in _NAMED and isinstance(value, Mapping):
            answer[key] = {name: _as_json_schema(one) for name, one in value.items()}
        else:
            answer[key] = value if key in _DATA else _as_json_schema(value)
    for bound in ("Minimum", "Maximum"):
        if answer.get(f"exclusive{bound}") is True:
            answer[f"exclusive{bound}"] = answer.pop(bound.lower())
    if answer.pop("nullable", False) or answer.pop("x-nullable", False):
        return {"anyOf": [answer, {"type": "null"}]}
    return answer
