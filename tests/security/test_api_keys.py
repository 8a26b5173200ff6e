"""Keys: who gets in, with which scope, and what a wrong key costs and tells."""

from __future__ import annotations

import os
import statistics
import time
from datetime import date
from pathlib import Path

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.api_keys import KeyRing, hashed_line, new_key, read_keys
from app.errors import SettingsError
from app.settings import Settings
from tests.api.requests import assessment
from tests.security.conftest import MakeApp

OPEN = ("/healthz", "/readyz", "/", "/docs", "/redoc", "/openapi.json", "/page/icon.svg")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "lodestone.internal"])
def test_other_machines_are_served_only_after_a_choice(make_app: MakeApp, host: str) -> None:
    with pytest.raises(SettingsError, match="LODESTONE_AUTH"):
        make_app(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.53"])
def test_a_loopback_address_needs_no_choice(make_app: MakeApp, host: str) -> None:
    with TestClient(make_app(host=host)) as client:
        assert client.get("/v1/elements/Dy?destination=JP").status_code == 200


def test_nobody_may_be_chosen_for_any_address(make_app: MakeApp) -> None:
    with TestClient(make_app(host="0.0.0.0", auth="none")) as client:
        assert client.get("/v1/sectors").status_code != 401


def test_a_server_that_listens_elsewhere_than_the_settings_say_serves_nobody(
    make_app: MakeApp,
) -> None:
    with TestClient(make_app(), base_url="http://192.0.2.7") as client:
        answer = client.get("/v1/elements")

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "nobody_chose"


@pytest.mark.parametrize("path", OPEN)
def test_probes_and_pages_are_open(guarded: FastAPI, path: str) -> None:
    with TestClient(guarded) as client:
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("scorer", (200, 403, 403)),
        ("reader", (403, 200, 403)),
        ("operator", (403, 403, 200)),
        ("everything", (200, 200, 200)),
    ],
)
def test_a_key_may_do_what_its_scopes_say(
    guarded: FastAPI, keys: dict[str, str], name: str, allowed: tuple[int, int, int]
) -> None:
    headers = {"x-api-key": keys[name]}

    with TestClient(guarded, headers=headers) as client:
        found = (
            client.post("/v1/assessments?detail=summary", json=assessment()).status_code,
            client.get("/v1/controls?destination=JP").status_code,
            client.get("/metrics").status_code,
        )

    assert found == allowed


def test_a_key_counts_as_a_bearer_token_too(guarded: FastAPI, keys: dict[str, str]) -> None:
    with TestClient(guarded) as client:
        headers = {"authorization": f"Bearer {keys['reader']}"}
        assert client.get("/v1/sectors?destination=JP", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-api-key": ""},
        {"x-api-key": "lsk_reader_wrong"},
        {"x-api-key": "lsk_nobody_wrong"},
        {"x-api-key": "x" * 100_000},
        {"authorization": "Basic cmVhZGVyOng="},
        {"authorization": "Bearer lsk_reader_wrong"},
        {"authorization": "Bearer"},
    ],
)
def test_without_a_key_that_counts_nothing_is_answered(
    guarded: FastAPI, headers: dict[str, str]
) -> None:
    with TestClient(guarded) as client:
        answers = [
            client.post("/v1/assessments", json=assessment(), headers=headers),
            client.get("/v1/elements", headers=headers),
            client.get("/v1/no-such-route", headers=headers),
        ]

    for answer in answers:
        assert answer.status_code in (401, 429)
        assert answer.headers["content-type"] == "application/problem+json"
    assert "www-authenticate" in answers[0].headers or answers[0].status_code == 429


def test_the_key_of_our_own_field_counts_and_two_of_them_do_not(
    guarded: FastAPI, keys: dict[str, str]
) -> None:
    mine = ("x-api-key", keys["reader"])
    other = ("authorization", f"Bearer {keys['scorer']}")

    with TestClient(guarded, client=("192.0.2.9", 1)) as client:
        one = client.get("/v1/sectors?destination=JP", headers=[mine, other])
        two = client.get(
            "/v1/sectors?destination=JP", headers=[mine, ("x-api-key", keys["scorer"])]
        )

    assert (one.status_code, two.status_code) == (200, 401)


@pytest.mark.parametrize(("settings", "most"), [({}, 30), ({"auth_failures": "5/hour"}, 5)])
def test_who_tries_wrong_keys_must_wait_and_a_right_key_still_works(
    make_app: MakeApp,
    keys_file: Path,
    keys: dict[str, str],
    settings: dict[str, object],
    most: int,
) -> None:
    app = make_app(host="0.0.0.0", auth="keys", auth_keys=keys_file, **settings)

    with TestClient(app) as client:
        wrong = [
            client.get("/v1/elements", headers={"x-api-key": f"lsk_nobody_{n}"}) for n in range(40)
        ]
        right = client.get("/v1/sectors?destination=JP", headers={"x-api-key": keys["reader"]})

    assert [answer.status_code for answer in wrong[:most]] == [401] * most
    assert wrong[-1].status_code == 429
    assert int(wrong[-1].headers["retry-after"]) >= 1
    assert right.status_code == 200


def test_the_file_is_read_again_without_a_restart(tmp_path: Path) -> None:
    old, new = new_key("erp"), new_key("erp-2")
    path = tmp_path / "keys.txt"
    path.write_text(hashed_line(old, scopes=("score",), until=None), encoding="utf-8")
    ring = KeyRing(path)

    async def known(key: str) -> bool:
        ring._looked_at = float("-inf")
        return await ring.caller_of(key) is not None

    assert anyio.run(known, old)
    path.write_text(hashed_line(new, scopes=("score",), until=None), encoding="utf-8")
    assert anyio.run(known, new)
    assert not anyio.run(known, old)
    path.write_text("this is no line of keys\n", encoding="utf-8")
    assert anyio.run(known, new), "a broken file leaves the keys as they were"
    path.unlink()
    assert anyio.run(known, new), "a file that is gone leaves the keys as they were"
    path.write_text("", encoding="utf-8")
    assert not anyio.run(known, new), "an empty file locks everybody out"


def test_a_key_ends_after_its_day(tmp_path: Path) -> None:
    key, today = new_key("erp"), [date(2026, 3, 1)]
    path = tmp_path / "keys.txt"
    path.write_text(hashed_line(key, scopes=("score",), until=today[0]), encoding="utf-8")
    ring = KeyRing(path, today=lambda: today[0])

    assert anyio.run(ring.caller_of, key) is not None
    today[0] = date(2026, 3, 2)
    assert anyio.run(ring.caller_of, key) is None


def test_the_file_holds_no_key_and_two_lines_of_one_key_differ() -> None:
    key = new_key("erp")

    lines = [hashed_line(key, scopes=("score",), until=None) for _ in range(2)]

    assert lines[0] != lines[1]
    assert all(key.rpartition("_")[2] not in line for line in lines)
    assert "$16384$8$1$" in lines[0]


@pytest.mark.parametrize(
    "line",
    [
        "erp score",
        "ERP score - scrypt$1$1$1$AA$AA",
        "erp root - scrypt$1$1$1$AA$AA",
        "erp score tomorrow scrypt$1$1$1$AA$AA",
        "erp score - md5$1$1$1$AA$AA",
        "erp score - scrypt$99999999$8$1$AA$AA",
    ],
)
def test_a_broken_line_is_named_and_refused(line: str) -> None:
    with pytest.raises(SettingsError, match="line 2: "):
        read_keys(f"# a comment\n{line}\n")


def test_the_time_of_a_wrong_key_tells_nothing_about_the_right_one(tmp_path: Path) -> None:
    key = new_key("erp")
    path = tmp_path / "keys.txt"
    path.write_text(hashed_line(key, scopes=("score",), until=None), encoding="utf-8")
    (stored,) = read_keys(path.read_text(encoding="utf-8")).values()
    head = len("lsk_erp_")
    near = [key[:-1] + other for other in "AB" if not key.endswith(other)]
    far = [key[:head] + other * (len(key) - head) for other in "AB"]

    def seconds(candidate: str) -> float:
        started = time.perf_counter()
        assert not stored.is_of(candidate)
        return time.perf_counter() - started

    rounds = [(seconds(near[n % len(near)]), seconds(far[n % 2])) for n in range(15)]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]

    assert 0.5 < medians[0] / medians[1] < 2, "one right letter more must not take longer"


def test_settings_for_keys_without_a_file_are_refused() -> None:
    with pytest.raises(SettingsError, match="LODESTONE_AUTH_KEYS"):
        Settings.from_environment({**os.environ, "LODESTONE_AUTH": "keys"})
