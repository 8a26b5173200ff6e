"""Headers, logs, pages, limits and defects."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api import middleware
from app.api.clock import today_utc
from app.batch.pipeline import Engine
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import TODAY
from tests.api.requests import assessment, magnet_line

SECRET = "Very-Secret-Part-4711"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_service_lives_and_is_ready(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["reference_data_version"]


@pytest.mark.parametrize("path", ["/healthz", "/v1/methodology", "/v1/nothing", "/"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    for name in middleware.HEADERS:
        assert headers[name]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_pages_load_nothing_foreign(client: TestClient) -> None:
    for path in ("/", "/docs"):
        page = client.get(path)
        assert page.status_code == 200
        assert "http://" not in page.text
        assert "https://" not in page.text


@pytest.mark.parametrize(
    "path",
    ["/swagger/swagger-ui-bundle.js", "/swagger/swagger-ui.css"],
)
def test_the_documentation_brings_its_own_files(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert len(answer.content) > 500
    assert answer.headers["cache-control"] == "public, max-age=3600"


def test_the_document_is_served(client: TestClient) -> None:
    assert client.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_no_log_line_holds_anything_of_a_bill_of_materials(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    request = assessment(magnet_line(part_number=SECRET, quantity=471147), end_user=SECRET)

    with caplog.at_level(logging.DEBUG):
        client.post("/v1/assessments", json=request)
        client.post("/v1/assessments", json=request | {"destination": SECRET})
        client.get(f"/v1/controls/{SECRET}", params={"as_of": SECRET})

    text = caplog.text.replace("testserver", "")
    assert "route=/v1/assessments status=200" in text
    assert "route=/v1/assessments status=422" in text
    ours = [record for record in caplog.records if record.name.startswith("lodestone")]
    assert len(ours) == 3
    assert all(SECRET not in record.getMessage() for record in ours)
    assert all("471147" not in record.getMessage() for record in ours)


@pytest.fixture
def defective(engine: Engine) -> Iterator[TestClient]:
    application: FastAPI = create_app(Settings(), engine)

    def breaks() -> None:
        raise KeyError(SECRET)

    application.dependency_overrides[today_utc] = breaks
    with TestClient(application, raise_server_exceptions=True) as client:
        yield client


def test_a_defect_tells_nothing_about_the_inside(
    defective: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = defective.post("/v1/assessments", json=assessment())

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert SECRET not in answer.text
    assert answer.json()["errors"] == []
    told = [record for record in caplog.records if record.name == "lodestone.defect"]
    assert len(told) == 1
    assert "KeyError" in told[0].getMessage()
    assert SECRET not in told[0].getMessage()
    assert told[0].exc_info is None


@pytest.fixture
def narrow(engine: Engine) -> Iterator[TestClient]:
    settings = Settings(
        max_json_bytes=2000, max_upload_bytes=500, max_lines=2, default_destination="DE"
    )
    application = create_app(settings, engine)
    application.dependency_overrides[today_utc] = lambda: TODAY
    with TestClient(application) as client:
        yield client


def test_limits_come_from_the_settings_and_are_named(narrow: TestClient) -> None:
    body = assessment(magnet_line(description="x" * 2000))

    too_large = narrow.post("/v1/assessments", json=body)
    too_many = narrow.post("/v1/identify", json={"lines": [{"part_number": "a"}] * 3})

    assert too_large.status_code == too_many.status_code == 413
    assert "LODESTONE_MAX_JSON_BYTES" in too_large.json()["detail"]
    assert "LODESTONE_MAX_LINES" in too_many.json()["detail"]


def test_a_body_without_a_declared_length_meets_the_same_limit(narrow: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(10):
            yield b" " * 500

    answer = narrow.post(
        "/v1/assessments", content=chunks(), headers={"content-type": "application/json"}
    )

    assert answer.status_code == 413
    assert answer.json()["errors"][0]["code"] == "too_large"


def test_a_default_destination_of_the_deployment_serves_where_none_is_given(
    narrow: TestClient,
) -> None:
    request = assessment({"description": "NdFeB magnet N42"}, destination=...)

    answer = narrow.post("/v1/assessments?detail=summary", json=request)

    assert answer.json()["context"]["destination"] == "DE"


def test_an_upload_of_too_many_lines_names_the_limit(narrow: TestClient) -> None:
    content = b"part_number,quantity\nA,1\nB,1\nC,1\n"

    answer = narrow.post("/v1/assessments/upload", files={"file": ("bom.csv", content)})

    assert answer.status_code == 413
    assert "LODESTONE_MAX_LINES" in answer.json()["detail"]
