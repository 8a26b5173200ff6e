"""Asks public services for newer figures: bounded in time, bytes and number of questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.errors import RefreshError

if TYPE_CHECKING:
    import httpx

#: Longest wait for a connection or the next bytes [s].
PATIENCE = 30.0

#: Largest answer [bytes]; the largest that we know of is about 4 MB.
MOST_BYTES = 32 * 1024 * 1024

#: Questions to one source in one run; more would be a mistake of ours.
MOST_QUESTIONS = 120

#: Waits before a question is asked again [s]: services say "too many" or fail for a moment.
_WAITS = (2.0, 8.0)
_AGAIN = frozenset({429, 500, 502, 503, 504})


class Fetcher:
    """Asks one source; every fault becomes a `RefreshError` that names it.

    Args:
        source: Name of the source.
        client: Where questions go; redirections are followed to https addresses only.
        pause: Waits so many seconds.
        between: Least wait between two questions [s], where the source limits them.
    """

    def __init__(
        self,
        source: str,
        client: httpx.Client,
        *,
        pause: Callable[[float], None],
        between: float = 0.0,
    ) -> None:
        self.source = source
        self._client = client
        self._pause = pause
        self._between = between
        self._asked = 0

    def error(self, message: str) -> RefreshError:
        """Return an error that names the source."""
        return RefreshError(self.source, message)

    def content(self, url: str, query: Mapping[str, str] | None = None) -> bytes:
        """Return the body of an answer.

        Raises:
            RefreshError: The source cannot be reached, answers an error, or sends too much.
        """
        for wait in (*_WAITS, None):
            status, content = self._ask(url, dict(query or {}))
            if status == 200:
                return content
            if status not in _AGAIN or wait is None:
                raise self.error(f"{url} answered {status}{_said(content)}")
            self._pause(wait)
        raise AssertionError("the last wait is None")

    def document(self, url: str, query: Mapping[str, str]) -> object:
        """Return the body of an answer read as JSON.

        Raises:
            RefreshError: As `content`, or the body is no JSON.
        """
        content = self.content(url, query)
        try:
            found: object = json.loads(content)
        except ValueError as error:
            raise self.error(f"{url} answered something that is no JSON{_said(content)}") from error
        return found

    def _ask(self, url: str, query: Mapping[str, str]) -> tuple[int, bytes]:
        import httpx  # noqa: PLC0415 - the service itself asks nobody

        if self._asked == MOST_QUESTIONS:
            raise self.error(f"more than {MOST_QUESTIONS} questions were needed")
        if self._asked and self._between:
            self._pause(self._between)
        self._asked += 1
        try:
            with self._client.stream("GET", url, params=query or None) as response:
                if response.url.scheme != "https":
                    raise self.error(f"{url} leads to an address without https")
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > MOST_BYTES:
                        raise self.error(f"{url} sent more than {MOST_BYTES:,} bytes")
                return response.status_code, bytes(content)
        except httpx.HTTPError as error:
            raise self.error(f"{url} cannot be reached: {type(error).__name__}") from error


def _said(content: bytes) -> str:
    """Return the beginning of what a server said, for the message."""
    text = " ".join(content[:200].decode("utf-8", errors="replace").split())
    return f": {text}" if text else ""


def new_client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client with our limits; `transport` stands in for the network in tests."""
    import httpx  # noqa: PLC0415 - the service itself asks nobody

    return httpx.Client(
        timeout=PATIENCE, transport=transport, follow_redirects=True, max_redirects=3,
        headers={"user-agent": "lodestone-refresh"},
    )  # fmt: skip


def field_of(row: object, key: str) -> object:
    """Return a field of a JSON object, None where there is no such field or no object."""
    return row.get(key) if isinstance(row, dict) else None
