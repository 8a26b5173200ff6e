"""The service as it ships, asked through the test client on a fixed day.

The claims here are about status, problems, limits and headers. They run over the shipped data,
because the service refuses to start on less than all of it; none of them asserts a score.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.clock import today_utc
from app.batch.pipeline import Engine, build_engine
from app.main import create_app
from app.refdata.load import load_reference_data
from app.settings import Settings

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="session")
def engine() -> Engine:
    return build_engine(load_reference_data())


@pytest.fixture(scope="session")
def application(engine: Engine) -> FastAPI:
    app = create_app(Settings(), engine)
    app.dependency_overrides[today_utc] = lambda: TODAY
    return app


@pytest.fixture(scope="session")
def client(application: FastAPI) -> Iterator[TestClient]:
    with TestClient(application, raise_server_exceptions=True) as client:
        yield client
