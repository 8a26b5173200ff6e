"""A service in a process of its own, to be attacked and killed over real sockets."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Served:
    """A running service; `out` and `log` are the files of its two streams."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    out: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def status(self, path: str = "/healthz") -> int:
        """Return the status of a request, or 0 if there was no answer."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def memory_mb(self) -> float:
        """Return the resident memory of the process [MB]."""
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(text.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def served(
    *options: str,
    program: str = "app",
    variables: Mapping[str, str] | None = None,
    **settings: str,
) -> Iterator[Served]:
    """Start a service with some settings, and end it whatever happens.

    Args:
        options: Of `lodestone serve`.
        program: Module to run.
        variables: More of the environment, which are no settings.
        settings: By their names without the prefix.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    clean = {name: text for name, text in os.environ.items() if "LODESTONE" not in name}
    environment = clean | {f"LODESTONE_{name.upper()}": text for name, text in settings.items()}
    environment |= variables or {}
    command = [sys.executable, "-m", program, "serve", "--port", str(port), *options]
    with tempfile.TemporaryDirectory() as folder:
        log, out = Path(folder) / "log.txt", Path(folder) / "out.txt"
        with (
            log.open("wb") as stream,
            out.open("wb") as said,
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=said, stderr=stream
            ) as process,
        ):
            running = Served(process, port, log, out)
            try:
                _wait(running)
                yield running
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                    try:
                        process.wait(timeout=30)
                    except subprocess.TimeoutExpired:
                        process.kill()


def _wait(running: Served) -> None:
    for _ in range(600):
        if running.status("/readyz") == 200:
            return
        if running.process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(running.log.read_text(encoding="utf-8")[-2000:])
