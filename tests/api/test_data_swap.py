"""Reference data exchanged ten times while two thousand requests are in flight."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.clock import today_utc
from app.batch.pipeline import Engine, build_engine
from app.main import create_app
from app.refdata.bundle import load_bundle, read_bundle
from app.settings import Settings
from tests.api.editions import TODAY, Place, edition, metric, place_in
from tests.api.requests import assessment, magnet_line
from tests.unit.refdata.bundles import KEY, OTHER_KEY, broken_data, good_bundle, resigned

REQUESTS = 2_000
AT_ONCE = 200
#: Requests that compute side by side; more would starve the exchange of the one interpreter.
THREADS = 2
#: Every so many requests one scores a product. The comparison of a day with itself does so without
#: the sectors, whose reference goods cost seconds after each exchange.
ONE_SCORED_IN = 10


Sent = tuple[str, dict[str, Any]]

DAY = {"as_of": TODAY.isoformat()}
SCORED: Sent = (
    "/v1/assessments/diff",
    assessment(
        {"line_id": "1", "description": "Dysprosium oxide Dy2O3", "quantity": 2,
         "unit_mass_kg": 0.5, "supplier": {"country": "CN"}},
        as_of=..., horizon_days=30, **{"from": DAY, "to": DAY},
    ),
)  # fmt: skip
CHEAP: tuple[Sent, ...] = (
    ("/v1/controls/CN-18-2025?as_of=2026-12-31", {}),
    ("/v1/identify", {"lines": [magnet_line()]}),
    ("/v1/controls/CN-57-2025?as_of=2026-12-31", {}),
)


@pytest.fixture
def place(tmp_path: Path, engine: Engine) -> Place:
    return place_in(tmp_path, engine)


def requests_sent() -> Iterator[Sent]:
    """Yield requests without end: cheap ones in turn, now and then one that scores."""
    for number in itertools.count():
        yield SCORED if number % ONE_SCORED_IN == 0 else CHEAP[number % len(CHEAP)]


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
        for url, body in (SCORED, *CHEAP):
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
