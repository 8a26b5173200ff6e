"""How long the service takes from its start until it is ready, and how much memory it holds.

Run with `make bench`. Both bounds are promises of the README; the figures are printed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.ratios import Figure, keep

ROUNDS = 5
MOST_SECONDS = 1.5
MOST_MEGABYTES = 150
_KILOBYTES_PER_MEGABYTE = 1024
_PATIENCE_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start the service as a user would and end it again."""
    environment = {key: text for key, text in os.environ.items() if "LODESTONE" not in key}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        cwd=Path(__file__).parents[2],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE_SECONDS)


def seconds_until_ready(port: int, started: float) -> float:
    while time.perf_counter() - started < _PATIENCE_SECONDS:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
                if answer.status == 200:
                    return time.perf_counter() - started
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise TimeoutError(f"not ready after {_PATIENCE_SECONDS} s")


def resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / _KILOBYTES_PER_MEGABYTE
    raise LookupError("no VmRSS")


def test_the_service_is_ready_soon_and_small() -> None:
    times, sizes = [], []
    for _ in range(ROUNDS):
        port = free_port()
        started = time.perf_counter()
        with served(port) as process:
            times.append(seconds_until_ready(port, started))
            sizes.append(resident_megabytes(process.pid))

    sys.stdout.write(
        f"\nstart to /readyz: best {min(times):.2f} s, median {sorted(times)[ROUNDS // 2]:.2f} s; "
        f"resident memory: {max(sizes):.0f} MB\n"
    )
    keep(
        Figure(
            name="e: start until ready", value=min(times), unit="s",
            wanted=f"below {MOST_SECONDS:g}", reached=min(times) < MOST_SECONDS, compared=False,
        ),
        Figure(
            name="e: resident memory when ready", value=max(sizes), unit="MB",
            wanted=f"below {MOST_MEGABYTES:g}", reached=max(sizes) < MOST_MEGABYTES, compared=True,
        ),
    )  # fmt: skip
    assert min(times) < MOST_SECONDS
    assert max(sizes) < MOST_MEGABYTES
