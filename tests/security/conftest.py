"""The service as other machines would reach it: with keys, with tokens, with limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.api.api_keys import hashed_line, new_key
from app.api.clock import today_utc
from app.batch.pipeline import Engine, build_engine
from app.main import create_app
from app.refdata.load import load_reference_data
from app.settings import Settings
from tests.api.conftest import TODAY

MakeApp = Callable[..., FastAPI]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return build_engine(load_reference_data())


@pytest.fixture(scope="session")
def make_app(engine: Engine) -> MakeApp:
    """Return a maker of applications with some settings, on a fixed day."""

    def made(**settings: object) -> FastAPI:
        app = create_app(Settings(**settings), engine)  # type: ignore[arg-type] # by name
        app.dependency_overrides[today_utc] = lambda: TODAY
        return app

    return made


@pytest.fixture(scope="session")
def keys() -> dict[str, str]:
    return {name: new_key(name) for name in ("scorer", "reader", "operator", "everything")}


@pytest.fixture(scope="session")
def keys_file(tmp_path_factory: pytest.TempPathFactory, keys: dict[str, str]) -> Path:
    scopes = {
        "scorer": ("score",),
        "reader": ("reference",),
        "operator": ("admin",),
        "everything": ("score", "reference", "admin"),
    }
    path = tmp_path_factory.mktemp("keys") / "keys.txt"
    lines = [hashed_line(key, scopes=scopes[name], until=None) for name, key in keys.items()]
    path.write_text("# keys of a test\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def guarded(make_app: MakeApp, keys_file: Path) -> FastAPI:
    return make_app(host="0.0.0.0", auth="keys", auth_keys=keys_file)
