"""Who may call what: the scopes, the addresses that are open, and the caller of a request."""

from __future__ import annotations

from dataclasses import dataclass

#: score: send a bill of materials. reference: read the register, the elements, the method.
#: admin: read the metrics. None of them includes another.
SCOPES = ("score", "reference", "admin")

_METRICS = "/metrics"
#: What anybody may have: probes, and pages that hold nothing but documentation.
_OPEN = frozenset(
    {
        "/", "/healthz", "/readyz", "/docs", "/redoc", "/openapi.json", "/openapi-3.0.json",
        "/swagger-2.0.json", "/swagger.json",
    }
)  # fmt: skip
_OPEN_FOLDERS = ("/page/", "/swagger/", "/redoc/")
_READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who proved who they are.

    Attributes:
        name: Name for logs and limits, never a secret: that of the key, or a digest of the
            subject of a token.
        scopes: What this caller may do.
    """

    name: str
    scopes: frozenset[str]


def needed_scope(method: str, path: str) -> str | None:
    """Return the scope that a request needs, or None where anybody may ask.

    An address that nobody knows needs a scope too, so that a new route is closed until somebody
    opens it here.

    Examples:
        >>> [needed_scope("GET", path) for path in ("/healthz", "/metrics", "/v1/elements")]
        [None, 'admin', 'reference']
        >>> needed_scope("POST", "/v1/assessments")
        'score'
    """
    if method in _READING and (path in _OPEN or path.startswith(_OPEN_FOLDERS)):
        return None
    if path == _METRICS:
        return "admin"
    return "reference" if method in _READING else "score"
