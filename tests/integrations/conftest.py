"""The service itself, asked by its own client, and other systems played by small functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app.api.clock import today_utc
from app.client import Client
from app.main import create_app
from app.settings import Settings

CONTEXT = {"destination": "JP", "end_use": "civil", "as_of": "2026-03-01"}


@pytest.fixture(scope="session")
def service() -> Iterator[TestClient]:
    application = create_app(Settings())
    application.dependency_overrides[today_utc] = lambda: date(2026, 3, 1)
    with TestClient(application) as client:
        yield client


@pytest.fixture
def lodestone(service: TestClient) -> Iterator[Client]:
    """Return our client over the running application, without a network."""

    def pass_on(request: httpx.Request) -> httpx.Response:
        answer = service.request(
            request.method,
            str(request.url),
            content=request.read(),
            headers={name: value for name, value in request.headers.items() if name != "host"},
        )
        return httpx.Response(
            answer.status_code, headers=dict(answer.headers), content=answer.content
        )

    with Client("http://testserver", transport=httpx.MockTransport(pass_on)) as client:
        yield client


def playing(answer: Callable[[httpx.Request], Any]) -> httpx.Client:
    """Return a client of a system that is played by a function; what it returns goes as JSON."""

    def handle(request: httpx.Request) -> httpx.Response:
        found = answer(request)
        return found if isinstance(found, httpx.Response) else httpx.Response(200, json=found)

    return httpx.Client(base_url="http://erp", transport=httpx.MockTransport(handle))


def symbols(document: Any, line_id: str) -> set[str]:
    """Return the elements that were found in a line."""
    (line,) = (one for one in document["lines"] if one["line_id"] == line_id)
    return {one["symbol"] for one in line["elements"]}
