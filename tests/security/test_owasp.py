"""What the OWASP API Top 10 (2023) asks that no other test here shows; see docs/threat-model.md."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.callers import needed_scope
from app.main import build_app
from tests.security.conftest import MakeApp

ROOT = Path(__file__).resolve().parents[2]
PUBLIC_KEYS = {"symbol", "sector_id", "measure_id"}
#: The only modules that may open a connection, each to an address that an operator set.
FETCHERS = {
    "app/api/data_watch.py",  # hands a transport on
    "app/api/tokens.py",
    "app/api/yente.py",
    "app/refdata/fetch.py",
    "app/refdata/refresh.py",  # a command, never the service
    "app/refdata/refresh_fetch.py",
}
CLIENTS = {"httpx", "requests", "urllib.request", "http.client", "aiohttp", "socket"}


def test_api1_no_address_names_an_object_of_a_caller() -> None:
    names = {
        name for path in build_app().openapi()["paths"] for name in re.findall(r"{(\w+)}", path)
    }

    assert names <= PUBLIC_KEYS


def test_api5_every_operation_but_the_probes_needs_a_scope_and_says_so() -> None:
    open_paths = set()
    for path, methods in build_app().openapi()["paths"].items():
        for method, operation in methods.items():
            scope = needed_scope(method.upper(), path)
            if scope is None:
                open_paths.add(path)
            assert bool(operation["security"]) is (scope is not None), path
            assert ("401" in operation["responses"]) is (scope is not None), path

    assert open_paths == {"/healthz", "/readyz"}


def test_api5_an_address_that_nobody_knows_is_closed() -> None:
    assert needed_scope("GET", "/v2/anything") == "reference"
    assert needed_scope("DELETE", "/healthz") == "score"
    assert needed_scope("POST", "/metrics") == "admin"


def test_api7_only_these_modules_open_connections() -> None:
    found = set()
    for path in (ROOT / "app").rglob("*.py"):
        name = str(path.relative_to(ROOT))
        if name.startswith(("app/client/", "app/cli/")):
            continue  # they run at the caller's, not in the service
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = (
                {alias.name for alias in node.names} if isinstance(node, ast.Import)
                else {node.module or ""} if isinstance(node, ast.ImportFrom)
                else set()
            )  # fmt: skip
            if modules & CLIENTS:
                found.add(name)

    assert found <= FETCHERS


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc", "/healthz", "/v1/sectors"])
def test_api8_headers_are_strict_on_every_answer(guarded: FastAPI, path: str) -> None:
    with TestClient(guarded) as client:
        headers = client.get(path, headers={"origin": "https://evil.example"}).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_api8_only_named_origins_may_call_from_a_page(make_app: MakeApp) -> None:
    app = make_app(cors_origins=("https://erp.example.org",))
    asking = {"access-control-request-method": "POST"}

    with TestClient(app) as client:
        good = client.options(
            "/v1/assessments", headers={"origin": "https://erp.example.org", **asking}
        )
        bad = client.options(
            "/v1/assessments", headers={"origin": "https://evil.example", **asking}
        )

    assert good.headers["access-control-allow-origin"] == "https://erp.example.org"
    assert "access-control-allow-credentials" not in good.headers
    assert "access-control-allow-origin" not in bad.headers


def test_the_document_says_what_the_deployment_asks_for(
    make_app: MakeApp, guarded: FastAPI
) -> None:
    with TestClient(guarded) as client:
        asked = client.get("/openapi.json").json()
    with TestClient(make_app()) as client:
        unasked = client.get("/openapi.json").json()

    assert set(asked["components"]["securitySchemes"]) == {"apiKey", "bearer"}
    assert asked["paths"]["/v1/assessments"]["post"]["security"] == [
        {"apiKey": ["score"]}, {"bearer": ["score"]},
    ]  # fmt: skip
    assert "securitySchemes" not in unasked["components"]
    assert unasked["paths"]["/v1/assessments"]["post"]["security"] == []
