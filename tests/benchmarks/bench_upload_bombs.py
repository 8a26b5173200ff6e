"""Bombs through the upload route: time and memory of each, in a process of its own.

Run with `make bench`, or alone: `python -m tests.benchmarks.bench_upload_bombs`. The service is
loaded once; each bomb goes to a copy of that process, so that its memory is its own.
"""

from __future__ import annotations

import os
import resource
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.batch.pipeline import Engine
from app.main import create_app, load_engine
from app.settings import Settings
from tests.hostile_uploads import BOMBS

#: What a bomb may take beside the loaded service: CPU time [s] and memory [MB].
MOST_SECONDS = 1.0
MOST_MEGABYTES = 200

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Figure:
    """What one bomb took: CPU and wall time [s], memory beside the service and of a child [MB]."""

    name: str
    status: int
    code: str
    cpu_seconds: float
    seconds: float
    megabytes: int
    child_megabytes: int

    def __str__(self) -> str:
        """Return a row of the table."""
        return (
            f"{self.name:30} {self.status:4} {self.code:24} {self.cpu_seconds:6.2f} s CPU "
            f"{self.seconds:6.2f} s {self.megabytes:5} MB, child {self.child_megabytes:4} MB"
        )


def _megabytes(name: str) -> int:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) // 1024


def _own_process(name: str, engine: Engine) -> Figure:
    """Return what a bomb takes in a copy of this process."""
    data = BOMBS[name][0]()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.write(writing, _ask(data, engine))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    status, cpu, seconds, megabytes, child_megabytes = struct.unpack("<iddii", answer[:28])
    return Figure(name, status, answer[28:].decode(), cpu, seconds, megabytes, child_megabytes)


def _ask(data: bytes, engine: Engine) -> bytes:
    """Upload the bomb and return the figures and the code of the refusal."""
    with TestClient(create_app(Settings(), engine)) as client:
        warm = client.post(
            "/v1/identify/upload", files={"file": ("a.csv", b"Name,Qty\nMagnet,1\n")}
        )
        Path("/proc/self/clear_refs").write_text("5")
        before = _megabytes("VmRSS")
        begin, begin_cpu = time.monotonic(), _cpu_seconds()
        response = client.post("/v1/identify/upload", files={"file": ("a.csv", data)})
        cpu, seconds = _cpu_seconds() - begin_cpu, time.monotonic() - begin
        grown = _megabytes("VmHWM") - before
    errors = response.json().get("errors") or [{"code": ""}]
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    status = response.status_code if warm.status_code == 200 else 0
    return (
        struct.pack("<iddii", status, cpu, seconds, grown, child) + str(errors[0]["code"]).encode()
    )


def _cpu_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (
            resource.getrusage(resource.RUSAGE_SELF),
            resource.getrusage(resource.RUSAGE_CHILDREN),
        )
    )


def figures(names: list[str]) -> Iterator[Figure]:
    """Yield what each bomb took."""
    engine = load_engine(Settings())
    for name in names:
        yield _own_process(name, engine)


@pytest.mark.skipif(not _STATUS.exists(), reason="memory is told by /proc, which is not here")
def test_every_bomb_is_answered_in_a_second_and_little_memory() -> None:
    table = list(figures(list(BOMBS)))

    print("\n", *table, sep="\n")  # noqa: T201 - the figures are what a benchmark is for
    for one in table:
        codes = BOMBS[one.name][1]
        assert one.status == 200 if not codes else one.status in {400, 413, 422}, one
        assert not codes or one.code in codes, one
        assert one.cpu_seconds < MOST_SECONDS, one
        assert one.megabytes < MOST_MEGABYTES, one


if __name__ == "__main__":
    for row in figures(sys.argv[1:] or list(BOMBS)):
        print(row, flush=True)  # noqa: T201 - the figures are what a benchmark is for
