"""OpenAPI 3.0 to Swagger 2.0, the only form that Power Platform and older importers read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from app.api.openapi_collapse import Collapser, as_parameter

Json = dict[str, Any]

_JSON = "application/json"
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_METHODS = frozenset({"delete", "get", "head", "options", "patch", "post", "put"})
_FLOWS = {
    "authorizationCode": "accessCode",
    "clientCredentials": "application",
    "implicit": "implicit",
    "password": "password",
}


def two_zero(document: Mapping[str, Any]) -> Json:
    """Return a document of OpenAPI 3.0 as Swagger 2.0."""
    components = document.get("components", {})
    collapser = Collapser(components.get("schemas", {}))
    answer: Json = {"swagger": "2.0", "info": document["info"], **_servers(document)}
    if "tags" in document:
        answer["tags"] = document["tags"]
    schemes = _security(components.get("securitySchemes", {}))
    answer["paths"] = {
        path: {
            method: _operation(operation, collapser)
            for method, operation in item.items()
            if method in _METHODS
        }
        for path, item in document["paths"].items()
    }
    answer["definitions"] = collapser.definitions()
    if schemes:
        answer["securityDefinitions"] = schemes
    if "security" in document:
        answer["security"] = document["security"]
    _add_body_examples(document, answer["definitions"])
    return answer


def _servers(document: Mapping[str, Any]) -> Json:
    servers = document.get("servers") or [{"url": "/"}]
    parts = urlsplit(servers[0]["url"])
    answer: Json = {"host": parts.netloc} if parts.netloc else {}
    answer["basePath"] = parts.path or "/"
    if parts.scheme:
        answer["schemes"] = [parts.scheme]
    return answer


def _operation(operation: Mapping[str, Any], collapser: Collapser) -> Json:
    kept = ("tags", "summary", "description", "operationId", "deprecated", "security")
    answer: Json = {key: operation[key] for key in kept if key in operation}
    consumes, body = _body(operation.get("requestBody"), collapser)
    if consumes:
        answer["consumes"] = [consumes]
    produces = [
        media_type
        for response in operation["responses"].values()
        for media_type in response.get("content", {})
    ]
    answer["produces"] = list(dict.fromkeys(produces))
    parameters = [
        _parameter(one, collapser)
        for one in operation.get("parameters", [])
        if one["in"] != "cookie"
    ]
    answer["parameters"] = [*parameters, *body]
    answer["responses"] = {
        status: _response(response, collapser)
        for status, response in operation["responses"].items()
    }
    return answer


def _parameter(parameter: Mapping[str, Any], collapser: Collapser) -> Json:
    schema = collapser.schema(collapser.resolved(parameter["schema"]))
    answer: Json = {"name": parameter["name"], "in": parameter["in"]}
    if "description" in parameter:
        answer["description"] = parameter["description"]
    if parameter.get("required"):
        answer["required"] = True
    return answer | as_parameter(schema)


def _body(body: Mapping[str, Any] | None, collapser: Collapser) -> tuple[str | None, list[Json]]:
    """Return the media type of a request and the parameters that describe its body."""
    if body is None:
        return None, []
    content = body["content"]
    for form in _FORMS:
        if form in content:
            return form, list(_form_fields(content[form]["schema"], collapser))
    media_type = _JSON if _JSON in content else next(iter(content))
    parameter: Json = {
        "name": "body",
        "in": "body",
        "required": bool(body.get("required")),
        "schema": collapser.schema(content[media_type]["schema"]),
    }
    if "description" in body:
        parameter["description"] = body["description"]
    return media_type, [parameter]


def _form_fields(schema: Mapping[str, Any], collapser: Collapser) -> Iterator[Json]:
    form = collapser.resolved(schema)
    for name, one in form.get("properties", {}).items():
        field: Json = {"name": name, "in": "formData"}
        if "description" in one:
            field["description"] = one["description"]
        if name in form.get("required", ()):
            field["required"] = True
        yield field | as_parameter(collapser.schema(collapser.resolved(one)))


def _response(response: Mapping[str, Any], collapser: Collapser) -> Json:
    """Return an answer; of several forms the schema is that of JSON, which 2.0 can describe."""
    answer: Json = {"description": response["description"]}
    content = response.get("content", {})
    if content:
        media_type = _JSON if _JSON in content else next(iter(content))
        answer["schema"] = collapser.schema(content[media_type].get("schema", {}))
    headers = response.get("headers", {})
    if headers:
        answer["headers"] = {
            name: {
                **({"description": one["description"]} if "description" in one else {}),
                **as_parameter(collapser.schema(one.get("schema", {}))),
            }
            for name, one in headers.items()
        }
    return answer


def _security(schemes: Mapping[str, Any]) -> Json:
    return {name: _one_scheme(scheme) for name, scheme in schemes.items()}


def _one_scheme(scheme: Mapping[str, Any]) -> Json:
    """Return a way to sign in; 2.0 knows a bearer token only as a header."""
    described = {"description": scheme["description"]} if "description" in scheme else {}
    if scheme["type"] == "apiKey":
        return {"type": "apiKey", "name": scheme["name"], "in": scheme["in"], **described}
    if scheme["type"] == "http" and scheme["scheme"].lower() == "basic":
        return {"type": "basic", **described}
    if scheme["type"] == "oauth2":
        kind, flow = next(iter(scheme["flows"].items()))
        addresses = {key: flow[key] for key in ("authorizationUrl", "tokenUrl") if key in flow}
        scopes = flow.get("scopes", {})
        return {
            "type": "oauth2", "flow": _FLOWS[kind], **addresses, "scopes": scopes, **described
        }  # fmt: skip
    return {"type": "apiKey", "name": "Authorization", "in": "header", **described}


def _add_body_examples(document: Mapping[str, Any], definitions: Json) -> None:
    """Give each request schema its first example; a body of 2.0 has no place for one."""
    for item in document["paths"].values():
        for operation in item.values():
            content = operation.get("requestBody", {}).get("content", {}).get(_JSON, {})
            reference = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            examples = [one["value"] for one in content.get("examples", {}).values()]
            if reference in definitions and examples:
                definitions[reference].setdefault("example", examples[0])
