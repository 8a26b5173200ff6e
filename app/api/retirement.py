"""Routes that are to go: since when that is known, until when they answer, what to read.

The table is empty as long as `/v1` only grows; docs/versioning.md says how a route gets into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from types import MappingProxyType
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """The end of a route.

    Attributes:
        deprecated_on: Day since which nothing new should use it.
        sunset_on: First day on which it no longer answers.
        link: Address of a page that says what to use instead.
    """

    deprecated_on: date
    sunset_on: date
    link: str

    def headers(self) -> Mapping[str, str]:
        """Return the headers of RFC 9745 and RFC 8594."""
        since = int(_midnight(self.deprecated_on).timestamp())
        return {
            "deprecation": f"@{since}",
            "sunset": format_datetime(_midnight(self.sunset_on), usegmt=True),
            "link": f'<{self.link}>; rel="deprecation"',
        }


#: By method and pattern of the route: ("POST", "/v1/assessments").
RETIREMENTS: Mapping[tuple[str, str], Retirement] = MappingProxyType({})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


class Announcer:
    """Adds the headers of a retirement to every answer of its route.

    Args:
        app: What answers.
        retirements: The table.
    """

    def __init__(
        self,
        app: ASGIApp,
        retirements: Mapping[tuple[str, str], Retirement] = RETIREMENTS,
    ) -> None:
        self._app = app
        self._retirements = retirements

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not self._retirements or scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def announced(message: Message) -> None:
            if message["type"] == "http.response.start":
                pattern = str(getattr(scope.get("route"), "path", ""))
                retirement = self._retirements.get((scope["method"], pattern))
                if retirement is not None:
                    headers = MutableHeaders(scope=message)
                    for name, value in retirement.headers().items():
                        headers.append(name, value)
            await send(message)

        await self._app(scope, receive, announced)


def mark_deprecated(
    document: dict[str, Any],
    retirements: Mapping[tuple[str, str], Retirement] = RETIREMENTS,
) -> None:
    """Mark the operations of the table as deprecated in an OpenAPI document."""
    for method, path in retirements:
        document["paths"][path][method.lower()]["deprecated"] = True
