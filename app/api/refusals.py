"""What is answered before a route is reached."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.api.problems import Kind, problem
from app.errors import Fault

UNKNOWN_CALLER = Kind(401, "unauthenticated", "Nobody knows who is calling")
FORBIDDEN = Kind(403, "forbidden", "This caller may not do that")
TOO_MANY = Kind(429, "too-many-requests", "Too many requests")
BUSY = Kind(503, "busy", "The service has no place for this now")


async def refuse(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    kind: Kind,
    code: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Answer a request with a problem document."""
    fault = Fault(code=code, detail=detail)
    answer = problem(Request(scope), kind, detail, faults=(fault,), headers=headers)
    await answer(scope, receive, send)
