"""JSON-RPC of Tryton: sign in, read rows, write rows."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

Row = dict[str, Any]


class TrytonError(Exception):
    """Tryton answered with an error; the message is its own."""


class Tryton:
    """A session with one database.

    Args:
        url: Address of the server.
        database: Name of the database.
        transport: Another transport of httpx, for tests.
    """

    def __init__(
        self, url: str, database: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = httpx.Client(base_url=url, timeout=60.0, transport=transport)
        self._path = f"/{database}/rpc/"
        self._calls = 0

    def sign_in(self, user: str, password: str) -> None:
        """Open the session."""
        number, key, *_ = self.call("common.db.login", user, {"password": password}, "en")
        token = base64.b64encode(f"{user}:{number}:{key}".encode()).decode()
        self._http.headers["authorization"] = f"Session {token}"

    def read(self, model: str, fields: Sequence[str], where: Sequence[Any] = ()) -> list[Row]:
        """Return rows of a model; a field with dots comes nested."""
        method = f"model.{model}.search_read"
        rows: list[Row] = self.call(method, list(where), 0, None, None, list(fields), {})
        return rows

    def write(self, model: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Change a row."""
        self.call(f"model.{model}.write", [row_id], dict(values), {})

    def call(self, method: str, *params: object) -> Any:
        """Return the result of a call.

        Raises:
            TrytonError: Tryton refused.
        """
        self._calls += 1
        body = {"id": self._calls, "method": method, "params": list(params)}
        response = self._http.post(self._path, json=body)
        response.raise_for_status()
        answer = response.json()
        if isinstance(answer, dict):
            if answer.get("error"):
                raise TrytonError(f"{method}: {answer['error']}")
            return answer.get("result")
        return answer
