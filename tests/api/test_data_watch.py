"""Reference data exchanged under a running service: good bundles, bad ones, and both under load."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app.api.data_watch import CACHED, DataWatch, first_data
from app.batch.pipeline import Engine
from app.main import create_app
from app.refdata.bundle import load_bundle, read_bundle
from app.refdata.load import packaged_data_folder
from app.settings import Settings
from tests.api.editions import TODAY, Place, edition, metric, place_in
from tests.unit.refdata.bundles import (
    EARLY,
    KEY,
    LATE,
    OTHER_KEY,
    broken_data,
    good_bundle,
    resigned,
    write_keys,
)

URL = "https://data.example.org/lodestone-data.zip"


@pytest.fixture
def place(tmp_path: Path, engine: Engine) -> Place:
    return place_in(tmp_path, engine)


def test_a_newer_bundle_takes_the_place_of_the_data_in_use(place: Place, tmp_path: Path) -> None:
    client = TestClient(place.app)
    before = client.get("/v1/controls/CN-18-2025").json()

    assert place.put(edition(tmp_path, 1)) == "loaded"

    after = client.get("/v1/controls/CN-18-2025").json()
    assert after["reference_data_version"] == place.version != before["reference_data_version"]
    assert after["control"]["title"].startswith("Edition 1. ")
    ready = client.get("/readyz").json()
    assert ready["reference_data_version"] == place.version
    assert ready["data"]["origin"] == "bundle"
    assert ready["data"]["issued_at"] == "2026-11-24T10:00:01Z"
    assert ready["data"]["outcome"] == "loaded"
    assert ready["data"]["knowledge_cutoff"] == "2026-10-10"
    assert ready["data"]["age_days"] == (TODAY - date(2026, 10, 10)).days
    assert metric(client, "lodestone_data_age_days") == str(ready["data"]["age_days"])
    assert metric(client, f'lodestone_data_info{{version="{place.version}"') == "1"
    assert metric(client, 'lodestone_data_checks_total{outcome="loaded"}') == "1"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: resigned(lambda _: None, key=OTHER_KEY), "bad_signature"),
        (broken_data, "bad_data"),
        (lambda: b"not yet written", "unreadable"),
    ],
)
def test_whatever_fails_the_old_data_stay(
    place: Place, make: Callable[[], bytes], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = TestClient(place.app)
    version = place.version

    with caplog.at_level(logging.ERROR, logger="lodestone.data"):
        outcomes = [place.put(make()), place.app.state.watch.check()]

    assert outcomes == [reason, reason]
    assert place.version == version
    assert client.get("/readyz").json()["data"]["outcome"] == reason
    assert metric(client, f'lodestone_data_checks_total{{outcome="{reason}"}}') == "2"
    assert f"event=data_refused at=check reason={reason}" in caplog.text


def test_an_older_bundle_is_refused(place: Place, tmp_path: Path) -> None:
    assert place.put(edition(tmp_path, 5)) == "loaded"

    assert place.put(edition(tmp_path, 4)) == "older"


def test_the_same_data_signed_again_are_not_loaded_again(place: Place) -> None:
    service = place.app.state.service

    assert place.put(good_bundle(LATE)) == "unchanged"

    assert place.app.state.service is service
    assert place.app.state.data.issued_at == LATE


def test_a_file_that_did_not_change_is_not_read_again(place: Place) -> None:
    assert place.put(good_bundle()) == "unchanged"
    assert place.app.state.watch.check() == "unchanged"

    place.file.unlink()

    assert place.app.state.watch.check() == "unreachable"


# ----------------------------------------------------------------------------- over https


@dataclass
class Server:
    """A web server that knows conditional questions."""

    content: bytes
    asked: int = 0
    sent: int = 0
    fails: bool = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.fails:
            raise httpx.ConnectError("down", request=request)
        etag = f'"{hash(self.content)}"'
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304)
        self.sent += 1
        return httpx.Response(200, content=self.content, headers={"etag": etag})


def settings_for(tmp_path: Path, **changes: Any) -> Settings:
    return Settings(data=URL, data_key=write_keys(tmp_path / "key.pem"), **changes)


def test_an_address_is_asked_conditionally_and_kept_in_the_cache(
    tmp_path: Path, engine: Engine
) -> None:
    server = Server(good_bundle())
    settings = settings_for(tmp_path, data_cache=tmp_path)
    app = create_app(settings, engine)
    watch = DataWatch(app, settings, transport=httpx.MockTransport(server))

    assert [watch.check(), watch.check()] == ["unchanged", "unchanged"]
    assert (server.asked, server.sent) == (2, 1)
    server.content = edition(tmp_path, 1)
    assert [watch.check(), watch.check()] == ["loaded", "unchanged"]
    assert (tmp_path / CACHED).read_bytes() == server.content
    server.fails = True
    assert watch.check() == "unreachable"


def test_a_cache_that_cannot_be_written_harms_nothing(
    tmp_path: Path, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(tmp_path, data_cache=tmp_path / "missing")
    app = create_app(settings, engine)
    server = Server(edition(tmp_path, 1))

    outcome = DataWatch(app, settings, transport=httpx.MockTransport(server)).check()

    assert outcome == "loaded"
    assert "event=data_cache_failed" in caplog.text


def test_the_service_starts_with_the_bundle(tmp_path: Path) -> None:
    reference, state = first_data(
        settings_for(tmp_path), transport=httpx.MockTransport(Server(good_bundle()))
    )

    assert (state.origin, state.issued_at, state.outcome) == ("bundle", EARLY, "loaded")
    assert reference.version == load_bundle(read_bundle(good_bundle(), [KEY.public_key()])).version


def test_without_its_address_the_service_starts_from_the_cache(tmp_path: Path) -> None:
    newest = edition(tmp_path, 3)
    (tmp_path / CACHED).write_bytes(newest)
    down = httpx.MockTransport(Server(b"", fails=True))

    reference, state = first_data(settings_for(tmp_path, data_cache=tmp_path), transport=down)

    assert (state.origin, state.outcome) == ("cache", "unreachable")
    assert state.outcomes == {"unreachable": 1, "loaded": 1}
    assert reference.register.measures["CN-18-2025"].title.startswith("Edition 3. ")


@pytest.mark.parametrize("cached", [None, b"spoilt"])
def test_without_address_and_cache_the_service_starts_from_the_package(
    tmp_path: Path, cached: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    if cached is not None:
        (tmp_path / CACHED).write_bytes(cached)
    down = httpx.MockTransport(Server(b"", fails=True))

    _, state = first_data(settings_for(tmp_path, data_cache=tmp_path), transport=down)

    assert (state.origin, state.issued_at, state.outcome) == ("package", None, "unreachable")
    assert caplog.text.count("event=data_refused at=start") == 2


def test_a_folder_is_not_watched(engine: Engine) -> None:
    app = create_app(Settings(data=str(packaged_data_folder())), engine)

    assert not hasattr(app.state, "watch")


def test_the_watch_looks_by_itself_and_outlives_a_defect(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked = threading.Event()
    calls: Counter[str] = Counter()

    def check() -> str:
        calls["check"] += 1
        if calls["check"] == 1:
            raise RuntimeError("a defect")
        looked.set()
        return "unchanged"

    watch: DataWatch = place.app.state.watch
    monkeypatch.setattr(watch, "check", check)
    monkeypatch.setattr(watch, "_settings", Settings(data=str(place.file), data_check_seconds=0))
    with TestClient(place.app):
        assert looked.wait(10)

    assert "event=data_watch_defect error=RuntimeError" in caplog.text
    assert "a defect" not in caplog.text
    assert not any(thread.name == "data-watch" for thread in threading.enumerate())
