"""A catalogue from NDJSON to NDJSON: rate with one and two workers, memory, and its growth.

Rates are lines for each second of processor time of all processes, so that whoever else uses the
machine does not count; the start is taken out by two sizes.

The catalogues repeat their products in turn, as those of real makers repeat their parts; the
figures of catalogues in which no two lines are alike stand beside them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson
import pytest

from tests.benchmarks.products import catalogue, product
from tests.benchmarks.ratios import Figure, keep

ROOT = Path(__file__).parents[2]
WANTED_RATE, WANTED_GAIN, MOST_MEGABYTES = 40_000.0, 0.9, 250.0
LINES = 100
#: Products that a repeating catalogue has before it begins again.
KINDS = 50


def repeating(products: int) -> Iterator[bytes]:
    """Yield products that differ in id only from one of a few."""
    kinds = [product(LINES, seed=seed) for seed in range(KINDS)]
    for place in range(products):
        yield orjson.dumps({**kinds[place % KINDS], "id": f"P{place}"}) + b"\n"


def write(path: Path, products: int, *, repeats: bool) -> Path:
    lines = repeating(products) if repeats else catalogue(products, lines=LINES)
    with path.open("wb") as file:
        file.writelines(lines)
    return path


class _Watch(threading.Thread):
    """Looks at the resident memory of a process and its children until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.largest_megabytes = 0.0
        self.done = False

    def run(self) -> None:
        while not self.done:
            for pid in self._family():
                self.largest_megabytes = max(self.largest_megabytes, _resident(pid))
            time.sleep(0.1)

    def _family(self) -> list[int]:
        children = Path(f"/proc/{self._pid}/task/{self._pid}/children")
        try:
            return [self._pid, *map(int, children.read_text().split())]
        except OSError:
            return []


def _resident(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((one for one in text.splitlines() if one.startswith("VmRSS")), "VmRSS: 0")
    return int(line.split()[1]) / 1024


def run(source: Path, output: Path, workers: int) -> tuple[float, float]:
    """Return the processor time of a run [s] and the most memory of any one process [MB]."""
    environment = {key: text for key, text in os.environ.items() if "LODESTONE" not in key}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        [
            sys.executable, "-m", "app", "catalogue", str(source), str(output),
            "--destination", "JP", "--end-use", "civil", "--as-of", "2026-03-01",
            "--workers", str(workers),
        ],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    watch = _Watch(process.pid)
    watch.start()
    code = process.wait()
    watch.done = True
    watch.join()
    assert code == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, watch.largest_megabytes


def rate(tmp_path: Path, workers: int, *, repeats: bool, products: int) -> tuple[float, float]:
    """Return lines for each second of one core, and the memory of the larger catalogue [MB]."""
    small, large = products // 4, products
    times = []
    memory = 0.0
    for size in (small, large):
        source = write(tmp_path / f"{size}.ndjson", size, repeats=repeats)
        seconds, memory = run(source, tmp_path / f"{size}-{workers}.out.ndjson", workers)
        times.append(seconds)
    return (large - small) * LINES / (times[1] - times[0]), memory


@pytest.mark.parametrize(
    ("name", "repeats", "products"),
    [("that repeat", True, 600), ("of which no two are alike", False, 120)],
)
def test_rate_of_a_catalogue(tmp_path: Path, name: str, repeats: bool, products: int) -> None:
    one, memory = rate(tmp_path, 1, repeats=repeats, products=products)
    two, _ = rate(tmp_path, 2, repeats=repeats, products=products)

    keep(
        Figure(
            name=f"c: catalogue, lines {name}, one worker", value=one, unit="lines/s",
            wanted=f"at least {WANTED_RATE:,.0f}", reached=one >= WANTED_RATE, compared=False,
            more_is_better=True,
        ),
        Figure(
            name=f"c: catalogue, lines {name}, two workers, each against one", value=two / one,
            unit="x", wanted=f"at least {WANTED_GAIN:g}", reached=two / one >= WANTED_GAIN,
            compared=False, more_is_better=True,
        ),
        Figure(
            name=f"c: catalogue, lines {name}, memory of the largest process", value=memory,
            unit="MB", wanted=f"below {MOST_MEGABYTES:g}", reached=memory < MOST_MEGABYTES,
            compared=True,
        ),
    )  # fmt: skip


def test_memory_stays_flat(tmp_path: Path) -> None:
    sizes = (100, 1000)
    found = []
    for size in sizes:
        source = write(tmp_path / f"{size}.ndjson", size, repeats=True)
        found.append(run(source, tmp_path / f"{size}.out.ndjson", 1)[1])

    growth = found[1] / found[0]
    keep(
        Figure(
            name="c: memory at ten times the products", value=growth, unit="x",
            wanted="at most 1.1", reached=growth <= 1.1, compared=True,
            note=f"{sizes[0] * LINES:,} and {sizes[1] * LINES:,} lines",
        )
    )  # fmt: skip
    assert list(islice(repeating(3), 1))
