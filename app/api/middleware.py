"""Plain ASGI layers: headers on every answer, one log line a request, no defect unanswered."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, MutableMapping
from functools import cache
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.logs import Fields, place_of
from app.api.metrics import PROBLEMS, count_request
from app.api.problems import PROBLEM_NOTE, defect
from app.api.trace_context import ids_of

ACCESS_LOG = logging.getLogger("lodestone.access")
DEFECT_LOG = logging.getLogger("lodestone.defect")

#: Names under which the scope of a request holds what the log line says of it.
IDS_NOTE = "lodestone.ids"
COUNTS_NOTE = "lodestone.counts"
CALLER_NOTE = "lodestone.caller"

#: An answer for programs loads nothing; the pages for people bring their own policy.
_POLICY = "default-src 'none'; frame-ancestors 'none'"

HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """The outermost layer of our own.

    Sets the headers of every answer, logs and counts method, route, status, size and duration,
    gives each request its ids, and turns whatever nobody foresaw into a problem document.
    Neither the log nor the answer holds anything of the request's content: no path parameter, no
    query, no message of an exception, which could quote a bill of materials.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        seen = _Seen()
        scope[IDS_NOTE] = ids_of(scope["headers"])
        state = scope["app"].state

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                ids = scope[IDS_NOTE]
                headers["x-request-id"] = ids.request_id
                headers["traceparent"] = ids.traceparent
                if getattr(state, "draining", False):
                    headers["connection"] = "close"  # the next request goes to another process
            elif message["type"] == "http.response.body":
                seen.bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the one place where a defect is caught
            _log_defect(error, scope)
            if seen.status is None:
                await defect(Request(scope))(scope, receive, watched)
        finally:
            _tell(scope, seen, time.perf_counter() - started)


class _Seen:
    """What went out so far."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.bytes = 0


def _route_of(scope: MutableMapping[str, Any]) -> str:
    """Return the pattern of the route, never the address as sent."""
    return str(getattr(scope.get("route"), "path", "-"))


def _tell(scope: Scope, seen: _Seen, seconds: float) -> None:
    """Count the request and log it: facts about it, and nothing that it held."""
    route, method = _route_of(scope), scope["method"] if scope["method"].isalpha() else "-"
    count_request(method, route, seen.status or 0, seconds)
    problem_kind = scope.get(PROBLEM_NOTE)
    if problem_kind is not None:
        _problems(problem_kind).inc()
    if not ACCESS_LOG.isEnabledFor(logging.INFO):
        return
    facts: dict[str, object] = {
        "method": method,
        "route": route,
        "status": seen.status if seen.status is not None else "-",
        "bytes": seen.bytes,
        "ms": round(seconds * 1000, 1),
        **scope.get(COUNTS_NOTE, {}),
    }
    if problem_kind is not None:
        facts["problem"] = problem_kind
    if CALLER_NOTE in scope:
        facts["caller"] = scope[CALLER_NOTE]
    ids = scope[IDS_NOTE]
    facts |= {"request_id": ids.request_id, "trace_id": ids.trace_id, "span_id": ids.span_id}
    ACCESS_LOG.info("%s", Fields(facts))


@cache
def _problems(kind: str) -> Any:  # noqa: ANN401 - a counter of the library
    return PROBLEMS.labels(kind)


def _log_defect(error: Exception, scope: Scope) -> None:
    """Log where it happened; the text of the error may quote the request and stays out."""
    name = type(error).__name__
    DEFECT_LOG.error("%s on %s at %s", name, _route_of(scope), place_of(error))
