"""Reference data exchanged under a running service: good bundles, bad ones, and both under load."""

from __future__ import annotations

import asyncio
import itertools
import logging
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.clock import today_utc
from app.api.data_watch import CACHED, DataWatch, first_data
from app.batch.pipeline import Engine, build_engine
from app.main import create_app
from app.refdata.bundle import load_bundle, read_bundle, write_bundle
from app.refdata.load import packaged_data_folder
from app.settings import Settings
from tests.api.requests import assessment, magnet_line
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

TODAY = date(2026, 12, 31)
URL = "https://data.example.org/lodestone-data.zip"


def edition(folder: Path, number: int) -> bytes:
    """Return a bundle that shows in each answer: another title, another cutoff."""
    root = folder / f"edition-{number}"
    shutil.copytree(packaged_data_folder(), root)
    for name, old, new in (
        ("controls/cn/cn-18-2025.yaml", "\ntitle: ", f"\ntitle: Edition {number}. "),
        ("controls/register.yaml", "cutoff: 2026-10-08", f"cutoff: 2026-10-{9 + number:02}"),
    ):
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    content = write_bundle(root, KEY, issued_at=f"2026-11-24T10:00:{number:02}Z")
    shutil.rmtree(root)
    return content


@dataclass
class Place:
    """A service over a bundle file, and what to do to it."""

    app: FastAPI
    file: Path

    def put(self, content: bytes) -> str:
        part = self.file.with_suffix(".part")
        part.write_bytes(content)
        part.replace(self.file)
        watch: DataWatch = self.app.state.watch
        return watch.check()

    @property
    def version(self) -> str:
        version: str = self.app.state.service.reference.version
        return version


@pytest.fixture
def place(tmp_path: Path, engine: Engine) -> Place:
    file = tmp_path / "data.zip"
    file.write_bytes(good_bundle())
    settings = Settings(data=str(file), data_key=write_keys(tmp_path / "key.pem"))
    app = create_app(settings, engine)
    app.dependency_overrides[today_utc] = lambda: TODAY
    return Place(app, file)


def metric(client: TestClient, name: str) -> str:
    for line in client.get("/metrics").text.splitlines():
        if line.startswith(name):
            return line.rpartition(" ")[2]
    return "missing"


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


# --------------------------------------------------------------------------- under load

REQUESTS = 2_000
AT_ONCE = 200
#: Requests that compute side by side; more would starve the exchange of the one interpreter.
THREADS = 2
#: Every so many requests one is an assessment; after an exchange the first is dear.
ONE_ASSESSMENT_IN = 50


Sent = tuple[str, dict[str, Any]]

ASSESSMENT: Sent = (
    "/v1/assessments?detail=elements",
    assessment(magnet_line(), as_of=TODAY.isoformat(), horizon_days=90),
)
CHEAP: tuple[Sent, ...] = (
    ("/v1/controls/CN-18-2025?as_of=2026-12-31", {}),
    ("/v1/identify", {"lines": [magnet_line()]}),
    ("/v1/controls/CN-57-2025?as_of=2026-12-31", {}),
)


def requests_sent() -> Iterator[Sent]:
    """Yield requests without end: cheap ones in turn, now and then an assessment."""
    for number in itertools.count():
        yield ASSESSMENT if number % ONE_ASSESSMENT_IN == 0 else CHEAP[number % len(CHEAP)]


async def ask(client: httpx.AsyncClient, url: str, body: dict[str, Any]) -> httpx.Response:
    return await (client.post(url, json=body) if body else client.get(url))


def client_of(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://service", timeout=None)


@dataclass
class Load:
    """What came back while the data were exchanged."""

    sent: int = 0
    failures: list[str] = field(default_factory=list)
    answers: set[tuple[str, str, bytes]] = field(default_factory=set)
    versions: Counter[str] = field(default_factory=Counter)


async def under_load(app: FastAPI, exchange: Callable[[], None]) -> Load:
    """Keep requests in flight until the data were exchanged and enough of them were sent."""
    load, kinds = Load(), requests_sent()
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    exchanging = asyncio.create_task(asyncio.to_thread(exchange))

    async def worker(client: httpx.AsyncClient) -> None:
        while load.sent < REQUESTS or not exchanging.done():
            load.sent += 1
            url, body = next(kinds)
            response = await ask(client, url, body)
            if response.status_code != 200:
                load.failures.append(f"{response.status_code} {url}: {response.text[:200]}")
                continue
            version = response.json()["reference_data_version"]
            load.versions[version] += 1
            load.answers.add((version, url, response.content))

    async with client_of(app) as client:
        await asyncio.gather(*(worker(client) for _ in range(AT_ONCE)))
    await exchanging
    return load


async def expected_answers(bundle: bytes) -> dict[tuple[str, str], bytes]:
    """Return what a service that never had other data answers."""
    reference = load_bundle(read_bundle(bundle, [KEY.public_key()]))
    app = create_app(Settings(), build_engine(reference))
    app.dependency_overrides[today_utc] = lambda: TODAY
    answers: dict[tuple[str, str], bytes] = {}
    async with client_of(app) as client:
        for url, body in (ASSESSMENT, *CHEAP):
            answers[reference.version, url] = (await ask(client, url, body)).content
    return answers


@pytest.mark.slow
def test_requests_in_flight_see_one_version_each_while_bundles_are_exchanged(
    place: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Ten bundles: seven good, two with a broken signature, one with broken data."""
    good = {number: edition(tmp_path, number) for number in range(1, 8)}
    unsigned = resigned(lambda _: None, key=OTHER_KEY)
    plan = [good[1], good[2], unsigned, good[3], good[4], broken_data("2026-11-25T10:00:00Z"),
            good[5], unsigned, good[6], good[7]]  # fmt: skip
    outcomes: list[str] = []

    with caplog.at_level(logging.INFO, logger="lodestone.data"):
        load = asyncio.run(
            under_load(place.app, lambda: outcomes.extend(place.put(one) for one in plan))
        )

    assert outcomes == ["loaded", "loaded", "bad_signature", "loaded", "loaded", "bad_data",
                        "loaded", "bad_signature", "loaded", "loaded"]  # fmt: skip
    assert load.failures == []
    assert load.sent >= REQUESTS
    assert sum(load.versions.values()) == load.sent
    expected: dict[tuple[str, str], bytes] = {}
    for bundle in (good_bundle(), *good.values()):
        expected |= asyncio.run(expected_answers(bundle))
    assert len(load.versions) > len(good) / 2
    for version, url, content in load.answers:
        assert content == expected[version, url], (version, url)
    client = TestClient(place.app)
    assert metric(client, 'lodestone_data_checks_total{outcome="bad_signature"}') == "2"
    assert metric(client, 'lodestone_data_checks_total{outcome="bad_data"}') == "1"
    assert metric(client, 'lodestone_data_checks_total{outcome="loaded"}') == "7"
    assert caplog.text.count("event=data_refused at=check reason=bad_signature") == 2
    assert caplog.text.count("event=data_refused at=check reason=bad_data") == 1
