"""The long run of damaged uploads: `python -m tests.property.fuzz_uploads 20000 [SEED [FIRST]]`.

Each file goes through the upload route of the whole service. Prints each that answers with a 5xx,
takes longer than two seconds or leaves the contract of problems; at the end counts, the slowest
file, and the resident memory at every two thousand files. The same seed damages the same files
in the same way. The files are our fixtures and examples, and those collected beside the
repository where they are.
"""

from __future__ import annotations

import logging
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fastapi.testclient import TestClient

from app.main import create_app, load_engine
from app.settings import Settings
from tests.property.fuzz_readers import megabytes, originals
from tests.property.mutations import mutate

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SAMPLES = ROOT.parent / "shared" / "samples"
#: CPU time of one request [s]; coverage makes everything slower.
MOST_SECONDS = 2.0 if sys.gettrace() is None else 12.0
#: Files between two looks at the memory.
EVERY = 2000
#: Lines of a file; a file of many lines costs its scores, not its reading.
MOST_LINES = 300
_FORM = {"destination": "JP", "end_use": "civil", "as_of": "2026-03-01"}


@dataclass
class Run:
    """What became of the files so far."""

    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    slowest: float = 0.0
    slowest_name: str = ""

    def add(self, name: str, status: int, document: dict[str, object], seconds: float) -> None:
        """Count one answer, and print it where it breaks a promise."""
        self.statuses[status] += 1
        if seconds > self.slowest:
            self.slowest, self.slowest_name = seconds, name
        faults = []
        if status >= 500 or (status != 200 and not document.get("detail")):
            faults.append(f"status {status}: {str(document)[:200]}")
        if seconds > MOST_SECONDS:
            faults.append(f"{seconds:.1f} s")
        if status == 200 and not isinstance(document.get("lines"), list):
            faults.append("no lines")
        errors = document.get("errors")
        if status != 200 and isinstance(errors, list) and errors:
            self.codes[str(errors[0].get("code"))] += 1
        for fault in faults:
            self.broken += 1
            print(f"{name}: {fault}", flush=True)  # noqa: T201 - a report


def files() -> list[tuple[str, bytes]]:
    """Return our fixtures and examples, and the collected files where they are."""
    found = originals(EXAMPLES)
    if SAMPLES.is_dir():
        found += [
            (path.name, path.read_bytes())
            for path in sorted(SAMPLES.iterdir())
            if path.is_file() and path.suffix != ".md"
        ]
    return found


def upload(client: TestClient, data: bytes) -> tuple[int, dict[str, object]]:
    """Return status and answer of one upload."""
    response = client.post("/v1/assessments/upload", files={"file": ("bom", data)}, data=_FORM)
    document = response.json()
    return response.status_code, document if isinstance(document, dict) else {}


def main(arguments: list[str]) -> int:
    """Damage and upload as many files as asked; return the number of broken promises."""
    count = int(arguments[0]) if arguments else 2000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    first = int(arguments[2]) if len(arguments) > 2 else 0
    logging.disable(logging.CRITICAL)
    kept = files()
    run, memory = Run(), []
    application = create_app(Settings(max_lines=MOST_LINES), load_engine(Settings()))
    with TestClient(application, raise_server_exceptions=False) as client:
        upload(client, (EXAMPLES / "traction-motor.csv").read_bytes())  # the first one is slow
        for number in range(first, first + count):
            if (number - first) % EVERY == 0:
                memory.append(megabytes())
            name, data = kept[number % len(kept)]
            damaged = mutate(data, random.Random(f"{seed}/{number}"))
            begin = time.process_time()
            status, document = upload(client, damaged)
            seconds = time.process_time() - begin
            run.add(f"{name} #{number} seed {seed}", status, document, seconds)
    print(  # noqa: T201 - a report
        f"{count} files from {len(kept)}: {dict(run.statuses)}; slowest {run.slowest:.2f} s "
        f"({run.slowest_name}); broken {run.broken}\n"
        f"memory at every {EVERY} files [MB]: {[*memory, megabytes()]}\n"
        f"refusals: {dict(run.codes.most_common(12))}"
    )
    return run.broken


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 100))
