"""Schemas of OpenAPI 3.0 in the poorer words of Swagger 2.0, which knows no alternatives.

Where a value may be one of several objects, the schema here admits each of them and says no more
than they have in common, so a client made from it never refuses a good answer. Where a request may
send a number or a text, it names the first: generators take no type for "any object". Either way
`x-any-of` names them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.api.openapi_three_zero import CONTENT_SCHEMA

Json = dict[str, Any]
#: Any part of a document: object, list or value.
Part = Any

_OLD_PLACE = "#/components/schemas/"
_NEW_PLACE = "#/definitions/"
#: Keywords that 2.0 lacks and that a program may still want to read.
_AS_EXTENSION = ("nullable", "writeOnly", "deprecated", "not")
_PLAIN = frozenset({"boolean", "integer", "number", "string"})
_ALTERNATIVES = ("anyOf", "oneOf", "discriminator")


class Collapser:
    """Turns schemas of one document."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas
        self._or_null: set[str] = set()

    def definitions(self) -> Json:
        """Return every named schema; ask after everything else was converted.

        One that somewhere stands for null as well is nullable itself: validators of 2.0 look
        there only, not beside the reference.
        """
        answer = {name: self.schema(one) for name, one in self._schemas.items()}
        for name in self._or_null & answer.keys():
            answer[name] = {**answer[name], "x-nullable": True}
        return answer

    def schema(self, schema: Mapping[str, Any]) -> Json:
        """Return one schema, with whatever it holds."""
        answer: Json = {}
        for key, value in schema.items():
            if key in _AS_EXTENSION:
                answer[f"x-{key}"] = value
            elif key not in _ALTERNATIVES:
                answer[key] = self._part(key, value)
        if schema.get("nullable") and "allOf" in schema:
            self._or_null.update(_short_name(one) for one in schema["allOf"])
        _without_null(answer)
        alternatives = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        if alternatives:
            answer = {**self._one_of_them(alternatives), **answer}
        return answer

    def _part(self, key: str, value: Part) -> Part:
        """Return the value of a keyword that both versions know."""
        if key == "$ref":
            return value.replace(_OLD_PLACE, _NEW_PLACE)
        if key == "properties":
            return {name: self.schema(one) for name, one in value.items()}
        if key == "allOf":
            return [self.schema(one) for one in value]
        if key in {"items", CONTENT_SCHEMA} or (
            key == "additionalProperties" and not isinstance(value, bool)
        ):
            return self.schema(value)
        return value

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a reference leads to, else the schema itself."""
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].removeprefix(_OLD_PLACE)]
        return schema

    def _one_of_them(self, alternatives: Sequence[Mapping[str, Any]]) -> Json:
        names = [_short_name(one) for one in alternatives]
        kinds = [self.resolved(one) for one in alternatives]
        types = {str(one.get("type")) for one in kinds}
        answer: Json = {"x-any-of": names}
        if types == {"object"} and all("properties" in one for one in kinds):
            return answer | self._merged_objects(kinds)
        if types == {"integer", "number"}:
            return answer | {"type": "number"}
        if types <= _PLAIN:
            return answer | {"type": kinds[0]["type"]}
        if len(types) == 1 and "None" not in types:
            answer["type"] = types.pop()
            if answer["type"] == "array":
                answer["items"] = {}
            return answer
        return answer

    def _merged_objects(self, kinds: Sequence[Mapping[str, Any]]) -> Json:
        """Return an object with the properties of all; required is what each requires."""
        properties: Json = {}
        for kind in kinds:
            for name, one in kind["properties"].items():
                new = self.schema(one)
                known = properties.get(name)
                properties[name] = new if known is None else _either(known, new)
        required = set.intersection(*(set(kind.get("required", ())) for kind in kinds))
        answer: Json = {"type": "object", "properties": properties}
        if required:
            answer["required"] = [name for name in properties if name in required]
        if all(kind.get("additionalProperties") is False for kind in kinds):
            answer["additionalProperties"] = False
        return answer


def _without_null(answer: Json) -> None:
    """Take null from defaults and enumerations: 2.0 knows none, `required` says the rest."""
    if "default" in answer and answer["default"] is None:
        del answer["default"]
    if answer.get("x-nullable") and "enum" in answer:
        answer["enum"] = [one for one in answer["enum"] if one is not None]
        if not answer["enum"]:
            del answer["enum"]


def _either(known: Json, new: Json) -> Json:
    """Return a schema for a property that two alternatives describe, each in its way."""
    if known == new:
        return known
    same = {key: value for key, value in known.items() if new.get(key) == value}
    both = {key: known[key] for key in ("description",) if key in known}
    if known.get("type") == new.get("type") == "string" and "enum" in known and "enum" in new:
        same["enum"] = [*known["enum"], *(one for one in new["enum"] if one not in known["enum"])]
    if known.get("x-nullable") or new.get("x-nullable"):
        same["x-nullable"] = True
    for key in ("allOf", "properties", "required", "items"):
        if known.get(key) != new.get(key):
            same.pop(key, None)
    if same.get("type") == "array" and "items" not in same:
        same["items"] = {}
    return {**both, **same}


def _short_name(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].removeprefix(_OLD_PLACE))
    return str(schema.get("type", "any"))


def as_parameter(schema: Mapping[str, Any]) -> Json:
    """Return what a query, path, header or form parameter says of its value in 2.0.

    Such a parameter has one plain type: what may be several things is sent as text.
    """
    plain = {
        key: value
        for key, value in schema.items()
        if key not in {"title", "description", "example", "x-nullable", "x-any-of", "allOf"}
    }
    if plain.get("format") == "binary":
        return {"type": "file"}
    if plain.get("type") == "array":
        plain["items"] = as_parameter(plain.get("items", {}))
        plain.setdefault("collectionFormat", "multi")
    elif plain.get("type") not in {"string", "number", "integer", "boolean"}:
        plain = {"type": "string"}
    if "example" in schema:
        plain["x-example"] = schema["example"]
    return plain
