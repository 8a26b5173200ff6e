"""OpenAPI 3.1 to 3.0.3: what 3.0 says in other words is said in them, never only relabelled.

Not here: Swagger 2.0, which starts from what this module returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from app.errors import UnconvertibleSchemaError

Json = dict[str, Any]
#: Any part of a document: object, list or value.
Part = Any

VERSION = "3.0.3"
#: What the older versions say of text that holds something with a schema of its own.
CONTENT_SCHEMA = "x-content-schema"

#: Keywords of a schema that mean the same in both versions.
_SAME = frozenset(
    {
        "$ref", "additionalProperties", "allOf", "anyOf", "default", "deprecated", "description",
        "discriminator", "enum", "externalDocs", "format", "items", "maxItems", "maxLength",
        "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum",
        "multipleOf", "not", "oneOf", "pattern", "properties", "readOnly", "required", "title",
        "type", "uniqueItems", "writeOnly",
    }
)  # fmt: skip
_SEVERAL = ("anyOf", "oneOf", "allOf")
#: Ways to sign in that have scopes; 3.1 lets the others name roles, 3.0 does not.
_WITH_SCOPES = ("oauth2", "openIdConnect")
#: Formats that say of a string what 3.1 says by the encoding of its content.
_BY_ENCODING: Mapping[str, str] = MappingProxyType({"base64": "byte", "binary": "binary"})


def three_zero(document: Mapping[str, Any]) -> Json:
    """Return an OpenAPI 3.1 document as one of version 3.0.3.

    Raises:
        UnconvertibleSchemaError: The document says something that 3.0 cannot say.
    """
    if document.get("webhooks"):
        raise UnconvertibleSchemaError("3.0 knows no webhooks; describe them as paths")
    converted: Json = _converted(document, inside="document")
    converted.pop("jsonSchemaDialect", None)
    converted["openapi"] = VERSION
    _rewrite_info(converted["info"])
    schemes = converted.get("components", {}).get("securitySchemes", {})
    for name in [name for name, one in schemes.items() if one["type"] == "mutualTLS"]:
        # 3.0 has no word for a client certificate; the connection asks for it all the same.
        del schemes[name]
        _drop_requirement(converted, name)
    scoped = {name for name, one in schemes.items() if one["type"] in _WITH_SCOPES}
    for holder in _secured(converted):
        holder["security"] = [
            {name: scopes if name in scoped else [] for name, scopes in one.items()}
            for one in holder["security"]
        ]
    return converted


def _rewrite_info(info: Json) -> None:
    summary = info.pop("summary", None)
    if summary:
        info["description"] = f"{summary}.\n\n{info.get('description', '')}".strip()
    info.get("license", {}).pop("identifier", None)


def _drop_requirement(document: Json, scheme: str) -> None:
    for holder in _secured(document):
        holder["security"] = [one for one in holder["security"] if scheme not in one]


def _secured(document: Json) -> list[Json]:
    """Return the document and its operations, as far as they say how to sign in."""
    holders = [document, *(one for path in document["paths"].values() for one in path.values())]
    return [one for one in holders if isinstance(one, dict) and "security" in one]


def _converted(node: Part, *, inside: str) -> Part:
    """Return a part of the document that is no schema, with every schema in it converted."""
    if isinstance(node, Mapping):
        answer: Json = {}
        for key, value in node.items():
            if key == "schema":
                answer[key] = schema_three_zero(value)
            elif key == "schemas" and inside == "components":
                answer[key] = {name: schema_three_zero(one) for name, one in value.items()}
            elif key in {"example", "examples"}:
                answer[key] = value
            else:
                answer[key] = _converted(value, inside=key)
        return answer
    if isinstance(node, list):
        return [_converted(one, inside=inside) for one in node]
    return node


def schema_three_zero(schema: Part) -> Json:
    """Return a JSON schema of 2020-12 in the words of OpenAPI 3.0.

    Raises:
        UnconvertibleSchemaError: It uses a keyword for which there are no such words.
    """
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    unknown = [
        key for key in schema if key not in _SAME | _REWRITTEN.keys() and not key.startswith("x-")
    ]
    if unknown:
        raise UnconvertibleSchemaError(
            f"OpenAPI 3.0 has no words for {', '.join(sorted(unknown))} of JSON Schema; "
            "say it otherwise, or teach openapi_three_zero.py"
        )
    answer = {key: _inner(key, value) for key, value in schema.items() if key in _SAME}
    answer |= {key: value for key, value in schema.items() if key.startswith("x-")}
    for keyword, rewrite in _REWRITTEN.items():
        if keyword in schema:
            rewrite(answer, schema[keyword])
    _without_null(answer)
    return _beside_reference(answer)


def _inner(key: str, value: Part) -> Part:
    if key in {"items", "not"}:
        return schema_three_zero(value)
    if key == "additionalProperties":
        return value if isinstance(value, bool) else schema_three_zero(value)
    if key == "properties":
        return {name: schema_three_zero(one) for name, one in value.items()}
    if key in _SEVERAL:
        # A lone null stays until the schema that holds it turns nullable.
        return [one if one == {"type": "null"} else schema_three_zero(one) for one in value]
    return value


def _rewrite_const(answer: Json, value: Part) -> None:
    answer["enum"] = [value]


def _rewrite_examples(answer: Json, values: Sequence[Any]) -> None:
    if values:
        answer["example"] = values[0]


def _rewrite_bound(bound: str) -> Callable[[Json, Any], None]:
    """Return the rewriting of a number that is out of bounds into a bound and a flag."""

    def rewrite(answer: Json, value: float) -> None:
        inclusive = answer.get(bound)
        tighter = max if bound == "minimum" else min
        if inclusive is not None and inclusive != value and tighter(inclusive, value) == inclusive:
            return
        answer[bound] = value
        answer[f"exclusive{bound.capitalize()}"] = True

    return rewrite


def _rewrite_prefix(answer: Json, schemas: Sequence[Any]) -> None:
    """A tuple becomes a list of that length, of whatever one of its places may hold."""
    places: list[Json] = []
    for schema in schemas:
        place = schema_three_zero(schema)
        if place not in places:
            places.append(place)
    rest = answer.pop("items", None)
    if rest == {"not": {}}:
        answer.setdefault("maxItems", len(schemas))
    elif rest is not None and rest not in places:
        places.append(rest)
    answer["items"] = places[0] if len(places) == 1 else {"anyOf": places}


def _rewrite_patterns(answer: Json, patterns: Mapping[str, Any]) -> None:
    values: list[Json] = []
    for schema in patterns.values():
        value = schema_three_zero(schema)
        if value not in values:
            values.append(value)
    answer["additionalProperties"] = values[0] if len(values) == 1 else {"anyOf": values}
    answer["x-key-patterns"] = list(patterns)


def _rewrite_names(answer: Json, schema: Part) -> None:
    answer["x-property-names"] = schema


def _rewrite_media_type(answer: Json, _media_type: str) -> None:
    answer.setdefault("format", "binary")


def _rewrite_content(answer: Json, schema: Part) -> None:
    answer[CONTENT_SCHEMA] = schema_three_zero(schema)


def _rewrite_encoding(answer: Json, encoding: str) -> None:
    answer["format"] = _BY_ENCODING.get(encoding, "byte")


_REWRITTEN: Mapping[str, Callable[[Json, Any], None]] = MappingProxyType(
    {
        "const": _rewrite_const,
        "examples": _rewrite_examples,
        "exclusiveMinimum": _rewrite_bound("minimum"),
        "exclusiveMaximum": _rewrite_bound("maximum"),
        "prefixItems": _rewrite_prefix,
        "patternProperties": _rewrite_patterns,
        "propertyNames": _rewrite_names,
        "contentMediaType": _rewrite_media_type,
        "contentEncoding": _rewrite_encoding,
        "contentSchema": _rewrite_content,
    }
)


def _without_null(answer: Json) -> None:
    """Turn the type null, alone, in a list or as an alternative, into `nullable`."""
    kinds = answer.get("type")
    if isinstance(kinds, list):
        rest = [kind for kind in kinds if kind != "null"]
        answer["nullable"] = len(rest) < len(kinds)
        del answer["type"]
        if len(rest) == 1:
            answer["type"] = rest[0]
        elif rest:
            answer["anyOf"] = [{"type": kind} for kind in rest]
    elif kinds == "null":
        answer.update({"nullable": True, "enum": [None]})
        del answer["type"]
    for several in ("anyOf", "oneOf"):
        if several in answer:
            _merge_alternatives(answer, several)
    if answer.get("nullable") is False:
        del answer["nullable"]
    if answer.get("nullable") and "enum" in answer and None not in answer["enum"]:
        answer["enum"] = [*answer["enum"], None]


def _merge_alternatives(answer: Json, several: str) -> None:
    alternatives = answer[several]
    rest = [one for one in alternatives if one != {"type": "null"}]
    if len(rest) < len(alternatives):
        answer["nullable"] = True
    if len(rest) != 1:
        answer[several] = rest
        return
    del answer[several]
    for key, value in rest[0].items():
        answer.setdefault(key, value)


def _beside_reference(answer: Json) -> Json:
    """Wrap a reference that says more: 3.0 ignores what stands beside one."""
    if "$ref" not in answer or len(answer) == 1:
        return answer
    reference = answer.pop("$ref")
    return {"allOf": [{"$ref": reference}, *answer.pop("allOf", [])], **answer}
