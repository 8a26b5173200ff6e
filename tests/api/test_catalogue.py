"""A catalogue: one product a line in, one answer a line out, and each its own problem."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api import catalogue_product
from app.api.clock import today_utc
from app.batch import catalogue
from app.batch.pipeline import Engine
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import TODAY
from tests.api.requests import assessment, magnet_line, steel_line

ADDRESS = "/v1/catalogue?destination=JP&end_use=civil"
_ZSTD_MARK = b"\x28\xb5\x2f\xfd"
NDJSON = {"content-type": "application/x-ndjson"}


def product(product_id: str, **changes: Any) -> dict[str, Any]:
    return {"id": product_id, "lines": [magnet_line(), steel_line()], **changes}


def body_of(*products: Any) -> bytes:
    return "".join(f"{json.dumps(one)}\n" for one in products).encode()


def posted(
    client: TestClient, body: bytes, address: str = ADDRESS, **headers: str
) -> list[dict[str, Any]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.post(address, content=body, headers={**NDJSON, **named})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def test_each_product_is_answered_in_order_as_it_would_be_alone(client: TestClient) -> None:
    first, second, last = posted(
        client, body_of(product("A"), product("B", sector="automotive")), f"{ADDRESS}&detail=full"
    )

    alone = client.post(
        "/v1/assessments",
        json=assessment(bom=product("B", sector="automotive"), as_of=TODAY.isoformat()),
    ).json()
    assert [first["id"], second["id"]] == ["A", "B"]
    assert next(iter(first)) == "id"
    assert second == {"id": "B", **alone}
    assert last["summary"]["products"] == 2


def test_a_product_may_have_a_context_of_its_own(client: TestClient) -> None:
    here, there, _ = posted(
        client,
        body_of(product("A"), product("B", context={"destination": "DE", "horizon_days": 90})),
    )

    assert here["context"]["destination"] == "JP"
    assert (there["context"]["destination"], there["context"]["horizon_days"]) == ("DE", 90)
    assert there["context"]["end_use"] == "civil"


def test_a_bad_product_has_its_own_problem_and_the_rest_go_on(client: TestClient) -> None:
    body = body_of(product("A"), product("B", lines=[], sector="nowhere")) + b"{no json\n\n"
    body += body_of(product("C", context={"destination": "XX"}), product("D"))

    lines = posted(client, body)

    kinds = [one["problem"]["type"] if "problem" in one else "" for one in lines]
    assert [one.get("id") for one in lines] == ["A", "B", None, "C", "D", None]
    assert kinds == [
        "",
        "urn:lodestone:problem:invalid",
        "urn:lodestone:problem:unreadable",
        "urn:lodestone:problem:invalid",
        "",
        "",
    ]
    pointers = {error["pointer"] for error in lines[1]["problem"]["errors"]}
    assert pointers == {"/lines", "/sector"}
    assert lines[3]["problem"]["errors"][0]["pointer"] == "/context/destination"
    summary = lines[-1]["summary"]
    assert (summary["products"], summary["answered"], summary["failed"]) == (5, 2, 3)
    assert summary["problems"] == {"invalid": 2, "unreadable": 1}


def test_without_any_destination_each_product_says_so(client: TestClient) -> None:
    first, second, _ = posted(
        client,
        body_of(product("A"), product("B", context={"destination": "JP"})),
        "/v1/catalogue",
    )

    assert first["problem"]["errors"][0]["pointer"] == "/destination"
    assert second["bom"]["id"] == "B"


def test_a_product_without_an_id_has_its_place(client: TestClient) -> None:
    _, second, _ = posted(client, body_of(product("A"), {"lines": [steel_line()]}))

    assert second["id"] == "2"
    assert second["bom"]["id"] == "2"


def test_the_summary_names_the_worst_and_weighs_by_revenue(client: TestClient) -> None:
    steel = {"lines": [steel_line()], "currency": "EUR", "daily_revenue": 900}
    magnet = product("M", currency="EUR", daily_revenue=100)

    *answers, last = posted(client, body_of({**steel, "id": "S"}, magnet))

    summary = last["summary"]
    nominal = answers[1]["bom"]["score"]
    assert summary["weight_basis"] == "daily_revenue"
    assert 0.0 < summary["score"] < nominal
    assert summary["low"] <= summary["score"] <= summary["high"]
    assert [one["id"] for one in summary["worst"]] == ["M", "S"]
    assert summary["worst"][0]["score"] == nominal
    assert summary["lines"] == 3


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_catalogue_comes_and_goes_compressed(client: TestClient, encoding: str) -> None:
    plain = body_of(product("A"), product("B"))
    if encoding == "zstd":
        zstandard = pytest.importorskip("zstandard", reason="the extra zstd is not installed")
        packed = zstandard.ZstdCompressor().compress(plain)
    else:
        packed = gzip.compress(plain[:100]) + gzip.compress(plain[100:])

    answer = client.post(
        ADDRESS,
        content=packed,
        headers={**NDJSON, "content-encoding": encoding, "accept-encoding": encoding},
    )

    assert answer.headers["content-encoding"] == encoding
    text = answer.text
    if encoding == "zstd" and answer.content.startswith(_ZSTD_MARK):  # the client left it packed
        text = zstandard.ZstdDecompressor().decompressobj().decompress(answer.content).decode()
    assert [json.loads(line).get("id") for line in text.splitlines()] == ["A", "B", None]
    expected = client.post(
        ADDRESS, content=plain, headers={**NDJSON, "accept-encoding": "identity"}
    )
    assert "content-encoding" not in expected.headers
    assert text == expected.text


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{}", {"content-type": "application/json"}, 415),
        (b"{}", {**NDJSON, "content-encoding": "br"}, 415),
        (b"no gzip", {**NDJSON, "content-encoding": "gzip"}, 400),
        (gzip.compress(b"{}" * 99)[:-9], {**NDJSON, "content-encoding": "gzip"}, 400),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_before_the_answer(
    client: TestClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = client.post(ADDRESS, content=content, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_limits_are_those_of_the_plain_catalogue_and_of_each_line(engine: Engine) -> None:
    settings = Settings(max_catalogue_bytes=6_000, max_json_bytes=1_400, max_lines=2)
    app = create_app(settings, engine)
    app.dependency_overrides[today_utc] = lambda: TODAY
    long_line = product("L", name="x" * 490, lines=[magnet_line(line_id="1"), magnet_line()])
    many_lines = product("M", lines=[steel_line(str(place)) for place in range(3)])
    with TestClient(app) as client:
        lines = posted(client, body_of(many_lines, long_line, product("C")))
        bomb = client.post(
            ADDRESS,
            content=gzip.compress(b" " * 1_000_000),
            headers={**NDJSON, "content-encoding": "gzip"},
        )

    assert [one.get("problem", {}).get("status") for one in lines] == [413, 413, None, None]
    assert lines[2]["id"] == "C"
    assert bomb.status_code == 413
    assert "LODESTONE_MAX_CATALOGUE_BYTES" in bomb.json()["detail"]


def test_a_defect_in_one_product_stays_in_it_and_tells_nothing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = catalogue.Session.assess

    def broken(self: Any, bom: Any, *rest: Any) -> Any:
        if bom.id == "SECRET":
            raise RuntimeError("SECRET part")
        return whole(self, bom, *rest)

    monkeypatch.setattr(catalogue.Session, "assess", broken)

    first, second, last = posted(client, body_of(product("SECRET"), product("B")))

    assert first["problem"]["status"] == 500
    assert "SECRET" not in json.dumps(first["problem"])
    assert second["id"] == "B"
    assert last["summary"]["problems"] == {"defect": 1}
    assert "SECRET" not in caplog.text


def test_an_unknown_parameter_is_refused(client: TestClient) -> None:
    answer = client.post(f"{ADDRESS}&colour=red", content=b"", headers=NDJSON)

    assert answer.status_code == 422


def test_an_empty_catalogue_has_a_summary(client: TestClient) -> None:
    (last,) = posted(client, b"\n")

    assert last["summary"]["products"] == 0
    assert last["summary"]["score"] is None


def test_the_work_stops_when_the_reader_leaves(
    application: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    whole = catalogue_product.ProductAnswerer.answer

    def counted(self: Any, raw: bytes, place: int) -> Any:
        seen.append(place)
        return whole(self, raw, place)

    monkeypatch.setattr(catalogue_product.ProductAnswerer, "answer", counted)
    products = [product(str(place)) for place in range(300)]

    anyio.run(_ask_and_leave, application, body_of(*products))

    assert 0 < len(seen) < len(products)


async def _ask_and_leave(app: FastAPI, body: bytes) -> None:
    """Send a catalogue, take the first part of the answer, and go."""
    left = anyio.Event()
    parts = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Any:
        message = next(parts, None)
        if message is None:
            await left.wait()
            return {"type": "http.disconnect"}
        return message

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            left.set()
            await anyio.sleep(0.01)

    path, _, query = ADDRESS.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1",
        "method": "POST", "scheme": "http", "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "headers": [(b"host", b"x"), (b"content-type", b"application/x-ndjson")],
    }  # fmt: skip
    await app(scope, receive, send)


def test_a_catalogue_for_which_there_is_no_room_is_told_to_come_back(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    body = body_of(product("a"))

    refused = client.post(ADDRESS, content=body + b" " * 9_000_000, headers=NDJSON)
    small = client.post(ADDRESS, content=body, headers=NDJSON)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    again = client.post(ADDRESS, content=body + b" " * 9_000_000, headers=NDJSON)

    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) >= 1
    assert "no room" in refused.json()["detail"]
    assert "event=no_temporary_space" in caplog.text
    assert (small.status_code, again.status_code) == (200, 200)
