"""One request: headers, retries with `Retry-After`, problems, typed results."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.client import (
    AsyncClient,
    Client,
    ProblemError,
    RetryPolicy,
    UnexpectedAnswerError,
    UnreachableError,
)
from app.client.retries import asked_wait_seconds
from tests.unit.client.failing_service import Act, Service, running

ANSWER: dict[str, Any] = {
    "api_version": "0.1.0", "methodology_version": "1.0", "reference_data_version": "abc",
    "assessment_id": "id", "context": {"as_of": "2026-03-01"},
    "bom": {"id": "TM-1", "score": 61.4, "low": 48.0, "high": 78.1, "band": "high",
            "lines_in": 2, "lines_with_rare_earths": 1, "lines_undetermined": 0},
    "elements": [
        {"symbol": "Dy", "score": 83.0, "low": 74.0, "high": 90.2, "band": "severe",
         "exposed": True, "mass_kg": {"low": 0.1, "value": 0.2, "high": 0.3},
         "control": {"status": "licence_required"}},
        {"symbol": "Pm", "score": None, "exposed": False, "reason": "no_market_data"},
    ],
    "sectors": [{"id": "automotive", "name": "Automotive", "score": 66.0, "low": 1.0,
                 "high": 99.0, "band": "high", "basis": "bom"}],
    "lines": [{"line_id": "10", "outcome": "rare_earths_found", "score": 71.0,
               "elements": [{"symbol": "Nd"}]}],
    "warnings": [{"code": "register_stale", "text": "Old."}],
}  # fmt: skip
QUICK = RetryPolicy(attempts=3)


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as service:
        yield service


def answering(*responses: httpx.Response) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """Return a transport that answers in this order, and what it is asked."""
    waiting, asked = list(responses), []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return waiting.pop(0)

    return httpx.MockTransport(handle), asked


def client_over(*responses: httpx.Response, **options: Any) -> tuple[Client, list[httpx.Request]]:
    transport, asked = answering(*responses)
    return Client("http://service", transport=transport, **options), asked


def test_an_assessment_has_names_and_types() -> None:
    client, asked = client_over(httpx.Response(200, json=ANSWER))

    result = client.assess({"id": "TM-1", "lines": []}, destination="JP", end_use=None)

    assert json.loads(asked[0].content) == {
        "destination": "JP",
        "bom": {"id": "TM-1", "lines": []},
    }
    assert (result.bom.score, result.bom.low, result.bom.high) == (61.4, 48.0, 78.1)
    dysprosium = result.element("Dy")
    assert dysprosium.mass_kg is not None
    assert (dysprosium.score, dysprosium.mass_kg.value) == (83.0, 0.2)
    assert dysprosium.control_status == "licence_required"
    assert result.element("Pm").score is None
    assert (result.sectors[0].id, result.sectors[0].basis) == ("automotive", "bom")
    assert result.lines[0].symbols == ("Nd",)
    assert result.warnings[0].code == "register_stale"
    assert result.document["assessment_id"] == "id"
    with pytest.raises(KeyError):
        result.element("Fe")


def test_a_whole_request_is_sent_as_it_is_and_options_go_before_it() -> None:
    client, asked = client_over(httpx.Response(200, json=ANSWER))

    client.assess({"destination": "JP", "bom": {"lines": []}}, destination="DE", detail="elements")

    assert json.loads(asked[0].content) == {"destination": "DE", "bom": {"lines": []}}
    assert asked[0].url.query == b"detail=elements"


def test_a_file_is_sent_with_its_question(tmp_path: Path) -> None:
    file = tmp_path / "motor.csv"
    file.write_text("description\nmagnet\n")
    client, asked = client_over(httpx.Response(200, json=ANSWER))

    client.assess_file(file, destination="JP")

    assert b'filename="motor.csv"' in asked[0].content
    assert b"description\nmagnet" in asked[0].content
    assert b'name="destination"\r\n\r\nJP' in asked[0].content


def test_every_request_signs_in_and_can_be_traced() -> None:
    client, asked = client_over(
        httpx.Response(503, headers={"retry-after": "0"}),
        httpx.Response(200, json={}),
        api_key="k",
        token="t",
        headers={"x-request-id": "order-7"},
    )

    client.reference()

    traces = [request.headers["traceparent"] for request in asked]
    assert all(re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-01", trace) for trace in traces)
    assert len(set(traces)) == 2
    assert asked[0].headers["x-api-key"] == "k"
    assert asked[0].headers["authorization"] == "Bearer t"
    assert asked[0].headers["x-request-id"] == "order-7"


def test_a_busy_service_is_asked_again_when_it_says() -> None:
    waits: list[float] = []
    client, asked = client_over(
        httpx.Response(503, headers={"retry-after": "7"}),
        httpx.Response(429, headers={"retry-after": "2"}),
        httpx.Response(200, json={"ok": True}),
        sleep=waits.append,
    )

    assert client.reference() == {"ok": True}
    assert waits == [7.0, 2.0]
    assert len(asked) == 3


def test_without_a_word_of_the_service_the_wait_doubles_with_some_chance() -> None:
    policy = RetryPolicy(attempts=5, first_wait_seconds=1.0, longest_wait_seconds=3.0)

    waits = [policy.wait_seconds(n, asked_seconds=None, chance=lambda: 0.5) for n in range(1, 6)]

    assert waits == [1.0, 2.0, 3.0, 3.0, None]
    assert policy.wait_seconds(1, asked_seconds=None, chance=lambda: 0.0) == 0.75
    assert policy.wait_seconds(1, asked_seconds=None, chance=lambda: 1.0) == 1.25


def test_a_wait_may_be_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)  # noqa: TID251 - a date that lies ahead

    asked = asked_wait_seconds(httpx.Headers({"retry-after": soon}))

    assert asked is not None
    assert 80 < asked <= 90


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("-5", None),
        ("12", 12.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
)
def test_a_wait_that_cannot_be_read_is_none(text: str, seconds: float | None) -> None:
    assert asked_wait_seconds(httpx.Headers({"retry-after": text})) == seconds


def test_a_problem_says_everything_that_is_wrong(service: Service) -> None:
    service.acts = [Act("refused")]

    with Client(service.url, retries=QUICK) as client, pytest.raises(ProblemError) as told:
        client.assess({"lines": []})

    assert told.value.status == 422
    assert told.value.faults[0].pointer == "/destination"
    assert str(told.value) == "422 The request does not fit; as told; /destination: no country"
    assert len(service.paths) == 1


def test_a_service_that_stays_busy_is_a_problem_in_the_end(service: Service) -> None:
    service.always = Act("busy")

    with Client(service.url, retries=QUICK) as client, pytest.raises(ProblemError, match="503"):
        client.elements(destination="JP")

    assert len(service.paths) == 3


def test_a_connection_that_breaks_is_tried_again(service: Service) -> None:
    service.acts = [Act("drop"), Act("drop")]

    with Client(service.url, retries=QUICK, sleep=lambda _: None) as client:
        assert client.control_status(destination="JP") == {"status": "ok"}


def test_nobody_there_is_said() -> None:
    client = Client("http://127.0.0.1:9", retries=QUICK, sleep=lambda _: None)

    with client, pytest.raises(UnreachableError, match="after 3 attempts"):
        client.controls()


@pytest.mark.parametrize("content", [b"<html>", b"[1]", b'{"bom": {}}'])
def test_an_answer_of_another_service_is_told(content: bytes) -> None:
    client, _ = client_over(httpx.Response(200, content=content))

    with pytest.raises(UnexpectedAnswerError):
        client.assess({"lines": []})


def test_a_refusal_without_a_document_still_has_its_status() -> None:
    client, _ = client_over(httpx.Response(404, content=b"<html>"))

    with pytest.raises(ProblemError, match="404 HTTP 404"):
        client.reference()


def test_each_question_has_its_method() -> None:
    responses = [httpx.Response(200, json={}) for _ in range(7)]
    client, asked = client_over(*responses)
    bom: dict[str, Any] = {"lines": []}

    client.identify([{"description": "magnet"}])
    client.scenarios(bom, [{"id": "a", "builtin": "destination_ban"}], destination="JP")
    client.mitigations(bom, destination="JP", limit=3)
    client.controls(element="Dy")
    client.control_status(destination="JP")
    client.elements(destination="JP")
    client.close()

    assert [(one.method, one.url.raw_path.decode()) for one in asked] == [
        ("POST", "/v1/identify"),
        ("POST", "/v1/scenarios"),
        ("POST", "/v1/mitigations"),
        ("GET", "/v1/controls?element=Dy"),
        ("GET", "/v1/controls/status?destination=JP"),
        ("GET", "/v1/elements?destination=JP"),
    ]
    assert json.loads(asked[1].content)["scenarios"][0]["builtin"] == "destination_ban"


def test_the_asynchronous_client_does_the_same() -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    transport, asked = answering(
        httpx.Response(503, headers={"retry-after": "3"}), httpx.Response(200, json=ANSWER)
    )

    async def go() -> float | None:
        async with AsyncClient("http://service", transport=transport, sleep=wait) as client:
            return (await client.assess({"lines": []}, destination="JP")).bom.score

    assert asyncio.run(go()) == 61.4
    assert waits == [3.0]
    assert [request.url.path for request in asked] == ["/v1/assessments"] * 2


def test_both_clients_have_the_same_methods() -> None:
    def methods(kind: type) -> set[str]:
        return {name for name in vars(kind) if not name.startswith("_")}

    assert methods(Client) == methods(AsyncClient)
