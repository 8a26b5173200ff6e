"""What the OpenAPI document says of callers: how they prove who they are, and what is refused."""

from __future__ import annotations

from typing import Any

from app.api.callers import needed_scope

_API_KEY = "apiKey"
_BEARER = "bearer"
_SCHEMES: dict[str, dict[str, str]] = {
    _API_KEY: {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "A key of this deployment, where LODESTONE_AUTH is keys.",
    },
    _BEARER: {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of the issuer where LODESTONE_AUTH is oidc, or an API key.",
    },
}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_REFUSALS = {
    "401": "Nobody knows who is calling: no key or token, or one that does not count.",
    "403": "The caller is known but lacks the scope.",
    "429": "Too many requests; `Retry-After` says when to come back.",
}
_BODY_REFUSALS = {"408": "The body did not arrive in time."}
_BUSY = "The service has no place for this now; `Retry-After` says when to come back."
_READINESS = "/readyz"
#: How callers prove who they are, by the choice of a deployment; None for any deployment.
_WAYS: dict[str | None, tuple[str, ...]] = {
    None: (_API_KEY, _BEARER),
    "keys": (_API_KEY, _BEARER),
    "oidc": (_BEARER,),
    "none": (),
}


def add_security(document: dict[str, Any], *, auth: str | None) -> None:
    """Add the security schemes, the scope of each operation, and the refusals.

    Args:
        document: OpenAPI document to complete.
        auth: keys, oidc or none as the deployment chose, or None for the document of them all.
    """
    ways = _WAYS[auth]
    if ways:
        document["components"]["securitySchemes"] = {name: _SCHEMES[name] for name in ways}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            scope = needed_scope(method.upper(), path)
            operation["security"] = [{name: [scope]} for name in ways] if scope else []
            refusals = dict(_REFUSALS) if scope else {}
            if "requestBody" in operation:
                refusals |= _BODY_REFUSALS
            if "requestBody" in operation or path == _READINESS:
                refusals["503"] = _BUSY
            responses = operation["responses"]
            for status, description in refusals.items():
                responses.setdefault(status, {"description": description, "content": _PROBLEM})
            operation["responses"] = dict(sorted(responses.items()))
