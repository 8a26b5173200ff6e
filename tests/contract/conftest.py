"""One service for the tests of the contract: a first question about a day costs seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from app.api.clock import today_utc
from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Return a service on 1 March 2026, over the data that ship."""
    application = create_app(Settings())
    application.dependency_overrides[today_utc] = lambda: date(2026, 3, 1)
    with TestClient(application) as client:
        yield client
