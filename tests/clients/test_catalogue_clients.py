"""Common HTTP clients against a running service: every line answered, in order, whoever asks.

Run with `make test-clients`. Clients that are not installed are left out and named.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PRODUCTS = int(os.environ.get("CATALOGUE_PRODUCTS", "2000"))
ADDRESS = "/v1/catalogue?destination=JP&end_use=civil&as_of=2026-03-01"
HEADERS = {"content-type": "application/x-ndjson"}
_PATIENCE_SECONDS = 30


def line_of(place: int) -> bytes:
    line = {"line_id": "1", "description": "Sintered NdFeB magnet N42SH", "quantity": 1 + place % 9}
    return json.dumps({"id": f"P{place}", "lines": [line]}).encode() + b"\n"


@pytest.fixture(scope="module")
def body() -> bytes:
    return b"".join(line_of(place) for place in range(PRODUCTS))


@pytest.fixture(scope="module")
def service() -> Iterator[tuple[str, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {key: text for key, text in os.environ.items() if "LODESTONE" not in key}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**environment, "LODESTONE_LOG_LEVEL": "error"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address, process.pid
    process.terminate()
    process.wait(timeout=_PATIENCE_SECONDS)


def by_httpx(url: str, body: bytes, folder: Path) -> bytes:
    del folder
    return httpx.post(url, content=body, headers=HEADERS, timeout=300).content


def by_requests(url: str, body: bytes, folder: Path) -> bytes:
    del folder
    requests = pytest.importorskip("requests", reason="requests is not installed")
    content: bytes = requests.post(url, data=body, headers=HEADERS, timeout=300).content
    return content


def by_aiohttp(url: str, body: bytes, folder: Path) -> bytes:
    del folder
    aiohttp = pytest.importorskip("aiohttp", reason="aiohttp is not installed")

    async def ask() -> bytes:
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=body, headers=HEADERS) as answer,
        ):
            content: bytes = await answer.read()
            return content

    return asyncio.run(ask())


def by_curl(url: str, body: bytes, folder: Path) -> bytes:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    (folder / "in.ndjson").write_bytes(body)
    return subprocess.run(
        [
            curl, "-sS", "--fail", "-H", "content-type: application/x-ndjson", "-H", "expect:",
            "--data-binary", f"@{folder / 'in.ndjson'}", url,
        ],
        check=True, stdout=subprocess.PIPE,
    ).stdout  # fmt: skip


@pytest.mark.parametrize("ask", [by_httpx, by_requests, by_aiohttp, by_curl])
def test_every_line_is_answered_in_order(
    service: tuple[str, int],
    body: bytes,
    tmp_path: Path,
    ask: Callable[[str, bytes, Path], bytes],
) -> None:
    answer = ask(service[0] + ADDRESS, body, tmp_path)

    lines = [json.loads(line) for line in answer.splitlines()]
    assert [line["id"] for line in lines[:-1]] == [f"P{place}" for place in range(PRODUCTS)]
    assert lines[-1]["summary"]["answered"] == PRODUCTS


def test_memory_stays_flat_under_a_slow_reader(service: tuple[str, int], body: bytes) -> None:
    address, pid = service
    by_httpx(address + ADDRESS, body, Path())
    before = _resident(pid)
    largest, size = before, 0
    with httpx.stream(
        "POST", f"{address}{ADDRESS}&detail=elements", content=body[: len(body) // 4],
        headers={**HEADERS, "accept-encoding": "identity"}, timeout=300,
    ) as answer:  # fmt: skip
        for chunk in answer.iter_bytes(100_000):
            size += len(chunk)
            largest = max(largest, _resident(pid))
            time.sleep(len(chunk) / 1_000_000 if size < 8_000_000 else 0.0)

    assert size > 1_000_000
    assert largest < before + 50


def test_the_work_stops_when_the_reader_leaves(service: tuple[str, int], body: bytes) -> None:
    address, pid = service
    host, _, port = address.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    connection.request("POST", f"{ADDRESS}&detail=full", body, HEADERS)
    connection.getresponse().read(1000)
    connection.close()
    time.sleep(2.0)
    spent = _processor_seconds(pid)
    time.sleep(1.0)

    assert _processor_seconds(pid) - spent < 0.2


def _resident(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(one for one in text.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
