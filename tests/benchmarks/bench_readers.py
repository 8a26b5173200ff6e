"""Time and memory of the readers, each case in a process of its own.

Run with `make bench`, or alone: `python -m tests.benchmarks.bench_readers`. Time is CPU time, so
that a busy machine is no failure.
"""

from __future__ import annotations

import contextlib
import gc
import io
import multiprocessing
import multiprocessing.connection
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.batch.pipeline import build_engine
from app.errors import InvalidInputError
from app.readers import ReadLimits, ReadOptions, read_bom
from app.readers.table import column_letter
from app.refdata.load import load_reference_data
from tests.unit.readers import test_hostile_files as hostile

ROWS = 100_000
#: What a large file and a hostile one may take: CPU time [s] and the whole process's memory [MB].
LARGE_SECONDS, LARGE_MEGABYTES = 20.0, 500
HOSTILE_SECONDS, HOSTILE_MEGABYTES = 2.0, 240
COLUMNS = (
    "Item No.",
    "Part Number",
    "Description",
    "Qty",
    "Unit",
    "Unit mass (kg)",
    "Unit price",
    "Supplier",
    "Country of origin",
    "Notes",
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Figure:
    """What one case took."""

    name: str
    seconds: float
    cpu_seconds: float
    megabytes: int
    lines: int


def _values(number: int) -> tuple[str, ...]:
    return (
        str(number),
        f"MAG-{number:06d}",
        f"Sintered NdFeB magnet N42SH variant {number}",
        str(number % 90 + 1),
        "pc",
        f"{number % 50 / 1000 + 0.001:.3f}",
        f"{number % 300 / 100 + 0.01:.2f}",
        f"Supplier {number % 500}",
        ("JP", "CN", "DE", "MY")[number % 4],
        "",
    )


def delimited(rows: int = ROWS) -> bytes:
    """Return a CSV file of so many rows."""
    lines = [",".join(COLUMNS), *(",".join(_values(number)) for number in range(1, rows + 1))]
    return "\n".join(lines).encode()


def workbook(rows: int = ROWS) -> bytes:
    """Return an XLSX workbook of so many rows, with shared strings as Excel writes them."""
    strings: dict[str, int] = {}
    numeric = {0, 3, 5, 6}
    body: list[str] = []
    for number, values in enumerate((COLUMNS, *map(_values, range(1, rows + 1))), start=1):
        cells = []
        for index, text in enumerate(values):
            if not text:
                continue
            reference = f"{column_letter(index)}{number}"
            if number > 1 and index in numeric:
                cells.append(f'<c r="{reference}"><v>{text}</v></c>')
            else:
                key = strings.setdefault(text, len(strings))
                cells.append(f'<c r="{reference}" t="s"><v>{key}</v></c>')
        body.append(f'<row r="{number}">{"".join(cells)}</row>')
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(body)}</sheetData></worksheet>'
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    frame = zipfile.ZipFile(io.BytesIO(hostile.book("")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in frame.namelist():
            if name not in {hostile.SHEET, hostile.STRINGS}:
                archive.writestr(name, frame.read(name))
        archive.writestr(hostile.SHEET, sheet)
        archive.writestr(hostile.STRINGS, f'<sst xmlns="{_MAIN}">{shared}</sst>')
    return out.getvalue()


def peak_megabytes() -> int:
    """Return the peak of resident memory of this process [MB]; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _run(data: bytes, answer: multiprocessing.connection.Connection) -> None:
    begin, cpu = time.perf_counter(), time.process_time()
    lines = 0
    options = ReadOptions(limits=ReadLimits(max_seconds=600.0))  # a busy machine is no failure
    with contextlib.suppress(InvalidInputError):
        lines = len(read_bom(data, options=options).lines)
    answer.send((time.perf_counter() - begin, time.process_time() - cpu, peak_megabytes(), lines))


def _identify(data: bytes, answer: multiprocessing.connection.Connection) -> None:
    """Read a file and identify its lines with the collector set as the service sets it."""
    engine = build_engine(load_reference_data())
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    begin, cpu = time.perf_counter(), time.process_time()
    options = ReadOptions(limits=ReadLimits(max_seconds=600.0))  # a busy machine is no failure
    lines = len(engine.identify(read_bom(data, options=options)))
    answer.send((time.perf_counter() - begin, time.process_time() - cpu, peak_megabytes(), lines))


def measure(
    name: str,
    build: Callable[[], bytes],
    work: Callable[[bytes, multiprocessing.connection.Connection], None] = _run,
) -> Figure:
    """Return what a file takes in a process of its own; building it does not count."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=work, args=(build(), there))
    process.start()
    seconds, cpu, megabytes, lines = here.recv()
    process.join()
    return Figure(name, seconds, cpu, megabytes, lines)


def show(figure: Figure) -> None:
    """Print one figure."""
    print(  # noqa: T201 - a report
        f"{figure.name:38} {figure.seconds:7.2f} s, CPU {figure.cpu_seconds:6.2f} s, peak "
        f"{figure.megabytes:4} MB, {figure.lines:8,} lines"
    )


LARGE: list[tuple[str, Callable[[], bytes]]] = [
    (f"csv, {ROWS:,} rows", delimited),
    (f"xlsx, {ROWS:,} rows", workbook),
]
HOSTILE: list[tuple[str, Callable[[], bytes]]] = [
    (f"hostile: {build.__name__}", build) for build, _ in hostile.REFUSED
]


@pytest.mark.parametrize(("name", "build"), LARGE)
def test_a_large_file_is_read_in_time(name: str, build: Callable[[], bytes]) -> None:
    figure = measure(name, build)

    show(figure)
    assert figure.lines == ROWS
    assert figure.cpu_seconds < LARGE_SECONDS
    assert figure.megabytes < LARGE_MEGABYTES


def test_a_large_workbook_is_read_and_identified_in_time() -> None:
    figure = measure(f"xlsx, {ROWS:,} rows, identified", workbook, _identify)

    show(figure)
    assert figure.lines == ROWS
    assert figure.cpu_seconds < LARGE_SECONDS
    assert figure.megabytes < LARGE_MEGABYTES


@pytest.mark.parametrize(("name", "build"), HOSTILE)
def test_a_hostile_file_is_refused_in_time(name: str, build: Callable[[], bytes]) -> None:
    figure = measure(name, build)

    show(figure)
    assert figure.lines == 0
    assert figure.cpu_seconds < HOSTILE_SECONDS
    assert figure.megabytes < HOSTILE_MEGABYTES


def main() -> int:
    """Print a figure for each case."""
    for name, build in LARGE + HOSTILE:
        show(measure(name, build))
    return 0


if __name__ == "__main__":
    sys.exit(main())
