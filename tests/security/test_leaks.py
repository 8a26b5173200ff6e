"""A word that stands in every field of a bill of materials is found nowhere afterwards."""

from __future__ import annotations

import io
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.api.logs import JsonFormatter
from app.api.middleware import Guard
from app.api.tracing import Tracing
from tests.api.requests import assessment, magnet_line
from tests.security.conftest import MakeApp

CANARY = "Kanarienvogel"
NUMBER = 471_147.25

LINE: dict[str, Any] = magnet_line(
    line_id=f"{CANARY}-line",
    part_number=f"{CANARY}-part",
    description=f"Sintered NdFeB magnet N42SH {CANARY}",
    quantity=NUMBER,
    materials=[{"name": f"{CANARY} NdFeB", "formula": None, "mass_fraction": 1.0}],
    supplier={"name": f"{CANARY} Magnetics", "country": "JP"},
)
BOM = {"id": f"{CANARY}-id", "name": f"{CANARY} motor", "lines": [LINE]}
GOOD = {**assessment(), "bom": BOM, "end_user": f"{CANARY} Works"}
CSV = f"part_number,description,quantity\n{CANARY}-1,NdFeB magnet N42SH {CANARY},{NUMBER}\n"


def requests(client: TestClient) -> list[int]:
    """Send the word everywhere, in requests that are good, wrong and broken."""
    wrong_line = {**LINE, "quantity": CANARY, CANARY: CANARY}
    bodies: list[tuple[str, Any]] = [
        ("/v1/assessments", GOOD),
        ("/v1/assessments?format=html", GOOD),
        ("/v1/assessments?format=csv", GOOD),
        ("/v1/assessments?format=xlsx", GOOD),
        ("/v1/assessments", {**GOOD, "bom": {**BOM, "lines": [wrong_line]}}),
        ("/v1/assessments", {**GOOD, "destination": CANARY}),
        ("/v1/identify", {"lines": [LINE]}),
        ("/v1/end-users", {"names": [f"{CANARY} Works"]}),
        ("/v1/mitigations", {**GOOD, "limit": 1}),
        ("/v1/scenarios", {**GOOD, "scenarios": [{"id": CANARY, "builtin": "destination_ban"}]}),
    ]
    statuses = [client.post(path, json=body).status_code for path, body in bodies]
    json_type = {"content-type": "application/json"}
    broken = client.post("/v1/assessments", content=f"{{{CANARY}", headers=json_type)
    statuses.append(broken.status_code)
    for name in (f"{CANARY}.csv", f"{CANARY}.xlsx"):
        files = {"file": (name, CSV.encode())}
        form = {"destination": "JP", "end_user": CANARY}
        statuses.append(client.post("/v1/assessments/upload", files=files, data=form).status_code)
    statuses.append(client.get(f"/v1/controls/{CANARY}?as_of={CANARY}").status_code)
    statuses.append(client.get(f"/{CANARY}", headers={"x-api-key": CANARY}).status_code)
    return statuses


def test_the_word_is_in_no_log_metric_trace_or_temporary_file(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    written, spans = io.StringIO(), InMemorySpanExporter()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    app = make_app(log_level="debug")
    root, before = logging.getLogger(), logging.getLogger().level
    app.middleware_stack = None
    app.user_middleware = [one for one in app.user_middleware if Guard.__name__ not in repr(one)]
    app.add_middleware(Tracing, provider=provider)
    app.add_middleware(Guard)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for chatty in ("httpx", "httpx2", "httpcore"):  # the client of this test, not the service
        monkeypatch.setattr(logging.getLogger(chatty), "disabled", True)
    try:
        with TestClient(app) as client:
            statuses = requests(client)
            metrics = client.get("/metrics").text
    finally:
        root.removeHandler(handler)
        root.setLevel(before)

    log, traces = (
        written.getvalue(),
        " ".join(span.to_json() for span in spans.get_finished_spans()),
    )
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    names = " ".join(name for _, _, files in os.walk(tmp_path) for name in files)
    assert {200, 400, 404, 422} <= set(statuses)
    assert max(statuses) < 500
    assert log.count('"route"') >= len(statuses)
    assert len(spans.get_finished_spans()) >= len(statuses)
    for place in (log, metrics, traces, kept.decode("latin-1"), names):
        assert CANARY.lower() not in place.lower()
        assert "471147" not in place
