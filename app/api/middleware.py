"""Plain ASGI layers: headers on every answer, one log line a request, no defect unanswered."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import defect

ACCESS_LOG = logging.getLogger("lodestone.access")
DEFECT_LOG = logging.getLogger("lodestone.defect")

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

    Sets the headers of every answer, logs method, route, status, size and duration, and turns
    whatever nobody foresaw into a problem document. Neither the log nor the answer holds
    anything of the request's content: no path parameter, no query, no message of an exception,
    which could quote a bill of materials.
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

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
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
            _log_access(scope, seen, time.perf_counter() - started)


class _Seen:
    """What went out so far."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.bytes = 0


def _route_of(scope: MutableMapping[str, Any]) -> str:
    """Return the pattern of the route, never the address as sent."""
    return str(getattr(scope.get("route"), "path", "-"))


def _log_access(scope: Scope, seen: _Seen, seconds: float) -> None:
    ACCESS_LOG.info(
        "method=%s route=%s status=%s bytes=%d ms=%.1f",
        scope["method"] if scope["method"].isalpha() else "-",
        _route_of(scope),
        seen.status if seen.status is not None else "-",
        seen.bytes,
        seconds * 1000,
    )


def _log_defect(error: Exception, scope: Scope) -> None:
    """Log where it happened; the text of the error may quote the request and stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    DEFECT_LOG.error("%s on %s at %s", type(error).__name__, _route_of(scope), where)
