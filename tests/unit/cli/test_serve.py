"""`lodestone serve`: it listens, says where, and the request that it prints works."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.serve import announcement, curl_line

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server() -> Iterator[subprocess.Popen[str]]:
    environment = {key: text for key, text in os.environ.items() if "LODESTONE" not in key}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


def test_the_printed_request_works_and_a_signal_ends_the_service(
    server: subprocess.Popen[str],
) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed, and the printed line is for curl")
    assert server.stdout is not None
    listens, try_it, curl = (server.stdout.readline() for _ in range(3))

    answer = subprocess.run(
        ["sh", "-c", curl], capture_output=True, text=True, timeout=120, check=True
    )
    server.send_signal(signal.SIGTERM)

    assert listens.startswith("Lodestone listens on http://127.0.0.1:")
    assert try_it == "Try:\n"
    document = json.loads(answer.stdout)
    assert document["context"]["destination"] == "JP"
    assert document["bom"]["lines_with_rare_earths"] == 1
    assert server.wait(timeout=60) in (0, -signal.SIGTERM)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("fe80::1", "http://[fe80::1]:8000"),
    ],
)
def test_the_address_can_be_opened_whatever_the_service_listens_on(host: str, address: str) -> None:
    assert f"{address}/docs" in announcement(host, 8000)


def test_the_printed_request_is_one_line() -> None:
    assert "\n" not in curl_line("http://127.0.0.1:8000")
