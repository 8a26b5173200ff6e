"""Commands of one run share an engine: loading and a first question cost more than most tests."""

from __future__ import annotations

from functools import cache

import pytest

from app import main
from app.batch.pipeline import Engine
from app.settings import Settings

load_anew = main.load_engine


@cache
def _shipped() -> Engine:
    return load_anew(Settings())


@pytest.fixture(autouse=True)
def one_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give commands that use the shipped data the engine of the run; others load their own."""

    def load_engine(settings: Settings) -> Engine:
        return _shipped() if settings.data is None else load_anew(settings)

    monkeypatch.setattr(main, "load_engine", load_engine)
