"""Processes of a trial: start one, wait until it answers, end it whatever happens."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

_LONGEST_START_SECONDS = 60.0


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str | Path], *, url: str, log: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    """Run a server while the block runs.

    Args:
        command: Program and arguments.
        url: Address that answers once the server is ready, with whatever status.
        log: File for what it prints.
        environment: Its environment.

    Raises:
        RuntimeError: It ended early or did not answer in time.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
        )
        try:
            _wait(process, url, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    waited = 0.0
    while waited < _LONGEST_START_SECONDS:
        if process.poll() is not None:
            break
        try:
            httpx.get(url, timeout=5.0)
        except httpx.TransportError:
            time.sleep(0.1)
            waited += 0.1
        else:
            return
    raise RuntimeError(f"{url} does not answer:\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def lodestone(folder: Path, *, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve Lodestone while the block runs; gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with running(
        command, url=f"{url}/readyz", log=folder / "lodestone.log", environment=environment
    ):
        yield url
