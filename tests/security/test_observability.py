"""Logs, metrics and traces say what happened, and hold nothing of a bill of materials."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from app.api.drain import draining_on_signal
from app.api.logs import Fields, JsonFormatter
from app.api.middleware import Guard
from app.api.tracing import Tracing
from tests.api.requests import assessment, magnet_line
from tests.security.conftest import MakeApp

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


@pytest.fixture(scope="module")
def app(make_app: MakeApp) -> FastAPI:
    return make_app()


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    formatter = JsonFormatter()
    records = [record for record in caplog.records if record.name == "lodestone.access"]
    return [json.loads(formatter.format(record)) for record in records]


def metric(client: TestClient, sample: str, **labels: str) -> float:
    text = client.get("/metrics").text
    return sum(
        one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
        if one.name == sample and labels.items() <= one.labels.items()
    )


def test_a_log_line_is_one_object_with_what_an_operator_asks_for(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"traceparent": PARENT, "x-request-id": "order-4711"}

    with caplog.at_level(logging.INFO):
        answer = client.post(
            "/v1/assessments?detail=summary",
            json=assessment(magnet_line(), magnet_line(line_id="20")),
            headers=headers,
        )

    (line,) = lines_of(caplog)
    assert line["route"] == "/v1/assessments"
    assert (line["method"], line["status"], line["lines"]) == ("POST", 200, 2)
    assert line["band"] == answer.json()["bom"]["band"]
    assert line["bytes"] == len(answer.content)
    assert line["ms"] > 0
    assert (line["request_id"], line["trace_id"]) == ("order-4711", TRACE)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    assert answer.headers["x-request-id"] == "order-4711"
    assert answer.headers["traceparent"] == f"00-{TRACE}-{line['span_id']}-01"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"traceparent": "00-" + "0" * 32 + "-00f067aa0ba902b7-01"},
        {"traceparent": "ff-zz"},
        {"x-request-id": 'a"} {"level":"forged'},
        {"x-request-id": "x" * 500},
    ],
)
def test_ids_that_are_none_are_replaced(client: TestClient, sent: dict[str, str]) -> None:
    headers = client.get("/healthz", headers=sent).headers

    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", headers["traceparent"])
    assert headers["traceparent"][3:35] == headers["x-request-id"] != "0" * 32


def test_the_metrics_count_requests_lines_bands_and_problems(client: TestClient) -> None:
    names = {
        "requests": ("lodestone_requests_total", {"route": "/v1/assessments", "status": "200"}),
        "seconds": ("lodestone_request_seconds_count", {"route": "/v1/assessments"}),
        "lines": ("lodestone_lines_scored_total", {}),
        "boms": ("lodestone_boms_total", {}),
        "problems": ("lodestone_problems_total", {"kind": "invalid"}),
    }
    before = {key: metric(client, name, **labels) for key, (name, labels) in names.items()}

    band = client.post("/v1/assessments", json=assessment()).json()["bom"]["band"]
    client.post("/v1/assessments", json=assessment(destination="nowhere"))

    after = {key: metric(client, name, **labels) for key, (name, labels) in names.items()}
    assert {key: after[key] - before[key] for key in names} == {
        "requests": 1, "seconds": 2, "lines": 1, "boms": 1, "problems": 1,
    }  # fmt: skip
    assert metric(client, "lodestone_boms_total", band=band) >= 1


def test_the_metrics_are_well_formed_and_name_the_data(client: TestClient) -> None:
    families = {
        family.name: family
        for family in text_string_to_metric_families(client.get("/metrics").text)
    }

    assert {"lodestone_data_info", "lodestone_data_age_days", "lodestone_scoring",
            "lodestone_waiting", "process_resident_memory_bytes"} <= families.keys()  # fmt: skip
    (info,) = families["lodestone_data_info"].samples
    assert info.labels["version"]


def test_addresses_that_nobody_knows_make_no_new_label(client: TestClient) -> None:
    for number in range(20):
        client.get(f"/v1/made-up-{number}")
        client.request("QUERY", f"/v1/made-up-{number}")

    assert "made-up" not in client.get("/metrics").text
    assert "QUERY" not in client.get("/metrics").text


def test_a_span_has_the_facts_and_the_parent_of_the_caller(app: FastAPI) -> None:
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    inner = FastAPI()
    inner.add_api_route("/v1/controls/{measure_id}", lambda measure_id: measure_id)
    outer = Guard(Tracing(inner, provider=provider))
    headers = [(b"traceparent", PARENT.encode())]
    sent: list[Any] = []

    async def ask() -> None:
        scope = {
            "type": "http", "method": "GET", "path": "/v1/controls/CN-18-2025", "raw_path": b"",
            "query_string": b"", "headers": headers, "http_version": "1.1",
            "scheme": "http", "client": None, "server": ("127.0.0.1", 80), "root_path": "",
            "app": app,
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await outer(scope, receive, send)

    asyncio.run(ask())

    (span,) = spans.get_finished_spans()
    context = span.get_span_context()
    assert context is not None
    assert span.name == "GET /v1/controls/{measure_id}"
    assert f"{context.trace_id:032x}" == TRACE
    assert span.parent is not None
    assert f"{span.parent.span_id:016x}" == "00f067aa0ba902b7"
    assert span.attributes is not None
    assert span.attributes["http.response.status_code"] == 200
    assert "CN-18" not in json.dumps(dict(span.attributes))
    answered = dict(sent[0]["headers"])
    assert answered[b"traceparent"].decode() == f"00-{TRACE}-{context.span_id:016x}-01"


def test_no_text_of_an_exception_is_written() -> None:
    found = (ValueError, ValueError("secret part 4711"), None)
    record = logging.LogRecord("any", logging.ERROR, __file__, 1, "failed", (), found)

    line = JsonFormatter().format(record)

    assert json.loads(line)["error"] == "ValueError"
    assert "4711" not in line
    assert str(Fields({"a": 1, "b": "c"})) == "a=1 b=c"


def test_on_a_signal_readiness_goes_first_and_connections_end(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(drain_seconds=1)
    ended: list[float] = []

    async def end() -> tuple[bool, float]:
        loop = asyncio.get_running_loop()
        usual = signal.signal(signal.SIGTERM, lambda *_: ended.append(loop.time()))
        try:
            with draining_on_signal(app):
                before = app.state.draining
                started = loop.time()
                signal.raise_signal(signal.SIGTERM)
                await asyncio.sleep(0.2)
                assert ended == []
                await asyncio.sleep(1.2)
                return before, ended[0] - started
        finally:
            signal.signal(signal.SIGTERM, usual)

    before, seconds = asyncio.run(end())
    monkeypatch.setattr(app.state, "draining", True)
    client = TestClient(app)
    ready, alive = client.get("/readyz"), client.get("/healthz")

    assert before is False
    assert 0.9 < seconds < 1.4
    assert ready.status_code == 503
    assert ready.headers["retry-after"] == "5"
    assert (alive.status_code, alive.headers["connection"]) == (200, "close")
