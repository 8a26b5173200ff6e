"""The long run over damaged files: `python -m tests.property.fuzz_readers 20000 [SEED] [FOLDER]`.

Prints each file that breaks a promise, and at the end counts, the slowest file and the growth of
memory. A folder adds its files to our own fixtures.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

from app.errors import InvalidInputError
from app.readers import read_bom
from tests.property.mutations import mutate
from tests.unit.readers.reference_declarations import DECLARATION_FIXTURES, reporting_template
from tests.unit.readers.reference_formats import PROGRAM_FIXTURES, TABLE_FIXTURES

MAX_SECONDS = 2.0
_STATUS = Path("/proc/self/status")


def megabytes() -> int:
    """Return the resident memory [MB], or 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def originals(folder: Path | None) -> list[tuple[str, bytes]]:
    """Return our own fixtures, and the files of a folder if one is named."""
    fixtures = TABLE_FIXTURES + PROGRAM_FIXTURES + DECLARATION_FIXTURES
    files = [(fixture.build.__name__, fixture.build()) for fixture in fixtures]
    files.append(("reporting_template", reporting_template()))
    if folder is not None:
        files += [
            (path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()
        ]
    return files


def main(arguments: list[str]) -> int:
    """Damage and read as many files as asked; return the number of broken promises."""
    count = int(arguments[0]) if arguments else 2000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    files = originals(Path(arguments[2]) if len(arguments) > 2 else None)
    outcomes: Counter[str] = Counter()
    slowest, failures, before = (0.0, ""), 0, 0
    for number in range(count):
        if number == count // 5:
            before = megabytes()  # caches are filled by now
        name, data = files[number % len(files)]
        damaged = mutate(data, random.Random(f"{seed}/{number}"))
        begin = time.process_time()
        try:
            read_bom(damaged)
            outcomes["read"] += 1
        except InvalidInputError as error:
            outcomes[type(error).__name__] += 1
        except Exception as error:  # noqa: BLE001  # every other error is what we look for
            failures += 1
            print(f"{name} #{number} seed {seed}: {type(error).__name__}: {error}")  # noqa: T201 - a report
        seconds = time.process_time() - begin
        slowest = max(slowest, (seconds, f"{name} #{number}"))
        if seconds > MAX_SECONDS:
            failures += 1
            print(f"{name} #{number} seed {seed}: {seconds:.1f} s")  # noqa: T201 - a report
    growth = megabytes() - before
    print(dict(outcomes), f"slowest {slowest[0]:.2f} s ({slowest[1]})", f"grew by {growth} MB")  # noqa: T201 - a report
    return failures


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 100))
