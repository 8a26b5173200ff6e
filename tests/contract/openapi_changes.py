"""What a client made from an older OpenAPI document would trip over in a newer one.

Fields, routes and parameters may be added. A new value of an enumeration in an answer is no break
either: docs/versioning.md asks clients to bear with those that they do not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

_LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")


def breaking_changes(old: Json, new: Json) -> list[str]:
    """Return each change between two documents of version 3.1 that breaks a client."""
    return list(dict.fromkeys(_Comparison(old, new).all()))


class _Comparison:
    def __init__(self, old: Json, new: Json) -> None:
        self._old = old
        self._new = new
        self._seen: set[tuple[str, str, bool]] = set()

    def all(self) -> Iterator[str]:
        for path, methods in self._old["paths"].items():
            for method, old in methods.items():
                where = f"{method.upper()} {path}"
                new = self._new["paths"].get(path, {}).get(method)
                if new is None:
                    yield f"{where}: is gone"
                else:
                    yield from self._operation(old, new, where)

    def _operation(self, old: Json, new: Json, where: str) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{where}: operationId {old['operationId']} became {new['operationId']}"
        yield from self._parameters(old, new, where)
        yield from self._body(old, new, where)
        for status, answer in old["responses"].items():
            if status not in new["responses"]:
                yield f"{where}: answer {status} is gone"
                continue
            content = new["responses"][status].get("content", {})
            for media_type, one in answer.get("content", {}).items():
                if media_type not in content:
                    yield f"{where}: {status} is no longer given as {media_type}"
                    continue
                place = f"{where} {status}"
                yield from self._schema(
                    one["schema"], content[media_type]["schema"], place, sent=False
                )

    def _parameters(self, old: Json, new: Json, where: str) -> Iterator[str]:
        before = {(one["in"], one["name"]): one for one in old.get("parameters", [])}
        after = {(one["in"], one["name"]): one for one in new.get("parameters", [])}
        for key, one in before.items():
            if key not in after:
                yield f"{where}: parameter {key[1]} is gone"
                continue
            place = f"{where} ?{key[1]}"
            yield from self._schema(one["schema"], after[key]["schema"], place, sent=True)
        for key, one in after.items():
            if one.get("required") and not before.get(key, {}).get("required"):
                yield f"{where}: parameter {key[1]} must now be given"

    def _body(self, old: Json, new: Json, where: str) -> Iterator[str]:
        if "requestBody" not in old:
            if new.get("requestBody", {}).get("required"):
                yield f"{where}: a body must now be sent"
            return
        content = new.get("requestBody", {}).get("content", {})
        for media_type, one in old["requestBody"]["content"].items():
            if media_type not in content:
                yield f"{where}: a body of {media_type} is no longer read"
                continue
            place = f"{where} body"
            yield from self._schema(one["schema"], content[media_type]["schema"], place, sent=True)

    def _schema(self, old: Json, new: Json, where: str, *, sent: bool) -> Iterator[str]:
        key = (str(old.get("$ref", where)), str(new.get("$ref", where)), sent)
        if "$ref" in old and key in self._seen:
            return
        self._seen.add(key)
        old, new = _resolved(old, self._old), _resolved(new, self._new)
        before, after = _kinds(old, self._old), _kinds(new, self._new)
        lost = (before - after) if sent else (after - before)
        if "?" in where:
            # Nobody can send null in an address.
            lost -= {"null"}
        if lost and not (before == {"any"} and not sent):
            says = "no longer takes" if sent else "may now be"
            yield f"{where}: {says} {', '.join(sorted(lost))}"
        yield from self._values(old, new, where, sent=sent)
        yield from self._properties(old, new, where, sent=sent)
        if "items" in old and "items" in new:
            yield from self._schema(old["items"], new["items"], f"{where}[]", sent=sent)
        yield from self._alternatives(old, new, where, sent=sent)

    def _alternatives(self, old: Json, new: Json, where: str, *, sent: bool) -> Iterator[str]:
        """Compare alternatives of the same name or type; which there are is told by the kinds."""
        before = {_label(one): one for one in _several(old)}
        after = {_label(one): one for one in _several(new)}
        if not after and before:
            after = {_label(new): new}
        for label, one in before.items():
            if label in after:
                yield from self._schema(one, after[label], where, sent=sent)

    def _values(self, old: Json, new: Json, where: str, *, sent: bool) -> Iterator[str]:
        if not sent:
            return
        if "enum" in new:
            gone = [one for one in old.get("enum", ()) if one not in new["enum"]]
            if gone or ("enum" not in old and "const" not in old):
                yield f"{where}: fewer values are taken ({gone or new['enum']})"
        for bound in _LOWER_BOUNDS:
            if bound in new and new[bound] > old.get(bound, float("-inf")):
                yield f"{where}: {bound} is now {new[bound]}"
        for bound in _UPPER_BOUNDS:
            if bound in new and new[bound] < old.get(bound, float("inf")):
                yield f"{where}: {bound} is now {new[bound]}"
        if "pattern" in new and new["pattern"] != old.get("pattern"):
            yield f"{where}: must now match {new['pattern']}"

    def _properties(self, old: Json, new: Json, where: str, *, sent: bool) -> Iterator[str]:
        after = new.get("properties", {})
        for name, one in old.get("properties", {}).items():
            if name not in after:
                yield f"{where}.{name}: is gone"
            else:
                yield from self._schema(one, after[name], f"{where}.{name}", sent=sent)
        before, required = set(old.get("required", ())), set(new.get("required", ()))
        if sent:
            yield from (f"{where}.{name}: must now be sent" for name in sorted(required - before))
        else:
            kept = before & after.keys()
            yield from (f"{where}.{name}: may now be missing" for name in sorted(kept - required))


def _resolved(schema: Json, document: Json) -> Json:
    while "$ref" in schema:
        beside = {key: one for key, one in schema.items() if key != "$ref"}
        name = schema["$ref"].rpartition("/")[2]
        schema = {**document["components"]["schemas"][name], **beside}
    return schema


def _several(schema: Json) -> list[Json]:
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ())]


def _label(schema: Json) -> str:
    return str(schema.get("$ref") or schema.get("type") or "any")


def _kinds(schema: Json, document: Json) -> set[str]:
    """Return the types of JSON that a schema admits."""
    alternatives = _several(schema)
    if alternatives:
        return set().union(*(_kinds(_resolved(one, document), document) for one in alternatives))
    kind = schema.get("type")
    if kind is None:
        return {"any"}
    return set(kind) if isinstance(kind, list) else {str(kind)}
