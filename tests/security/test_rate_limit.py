"""How often a caller may ask, and what happens when the shared store is gone."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.api.rate_limit import RateLimiter
from app.errors import SettingsError
from app.settings import Settings
from tests.security.conftest import MakeApp

POLICY = re.compile(r'"requests";q=3;w=3600')
LEFT = re.compile(r'"requests";r=(\d+);t=(\d+)')


def test_a_caller_is_told_what_is_left_and_sent_away_at_the_end(
    make_app: MakeApp, keys_file: Path, keys: dict[str, str]
) -> None:
    app = make_app(host="0.0.0.0", auth="keys", auth_keys=keys_file, rate_limit="3/hour")
    path = "/v1/sectors?destination=JP"

    with TestClient(app) as client:
        answers = [client.get(path, headers={"x-api-key": keys["reader"]}) for _ in range(4)]
        other = client.get(path, headers={"x-api-key": keys["everything"]})
        probe = client.get("/healthz")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert all(POLICY.fullmatch(answer.headers["ratelimit-policy"]) for answer in answers)
    left = [LEFT.fullmatch(answer.headers["ratelimit"]) for answer in answers]
    assert [found and int(found[1]) for found in left] == [2, 1, 0, 0]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 3600
    assert answers[-1].json()["status"] == 429
    assert other.status_code == 200, "each caller has its own count"
    assert "ratelimit" not in probe.headers


def test_without_keys_an_address_is_the_caller(make_app: MakeApp) -> None:
    app = make_app(auth="none", rate_limit="2/hour")

    with TestClient(app) as one, TestClient(app, client=("192.0.2.4", 1)) as two:
        statuses = [one.get("/v1/elements/Dy?destination=JP").status_code for _ in range(3)]
        assert two.get("/v1/elements/Dy?destination=JP").status_code == 200

    assert statuses == [200, 200, 429]


def test_each_process_counts_for_itself_while_the_store_is_gone() -> None:
    limiter = RateLimiter("2/minute", "redis://127.0.0.1:1/0")

    async def asks() -> list[bool]:
        return [(await limiter.hit("erp")).allowed for _ in range(3)]

    started = time.perf_counter()
    allowed = asyncio.run(asks())

    assert allowed == [True, True, False]
    assert time.perf_counter() - started < 3, "the store is not asked each time"


def test_no_message_repeats_the_password_of_the_store(caplog: pytest.LogCaptureFixture) -> None:
    store = "redis://:very-secret@127.0.0.1:1/0"

    asyncio.run(RateLimiter("2/minute", store).hit("erp"))

    assert "rate_store_unreachable" in caplog.text
    assert "very-secret" not in caplog.text
    assert "very-secret" not in repr(Settings(rate_limit_store=store))


@pytest.mark.parametrize("rate", ["0/minute", "10", "10/day", "-1/second", "ten/minute"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    with pytest.raises(SettingsError, match="LODESTONE_RATE_LIMIT"):
        Settings.from_environment({"LODESTONE_RATE_LIMIT": rate})
