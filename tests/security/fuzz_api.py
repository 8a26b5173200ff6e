"""Sends generated requests, good and bad, to a service that asks for keys; `make fuzz-api`.

Every answer must fit the OpenAPI document: its status, its schema, its content type, and nothing
without a key or with a wrong one. Starts the service itself and ends it. All checks of schemathesis
count; which refusals of a good request are right stands in `fuzz_hooks`.

usage: python -m tests.security.fuzz_api [EXAMPLES [SEED]]

EXAMPLES is the most cases of each operation in the fuzzing phase, and the sequences of the stateful
one. CASES in the environment asks for at least so many cases in all: further seeds follow until
they are reached. PHASES names some of examples, coverage, fuzzing, stateful.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from app.api.api_keys import hashed_line, new_key
from app.api.callers import SCOPES
from tests.security.fuzz_hooks import COUNTS
from tests.security.served import ROOT, served

_PHASES = ("examples", "coverage", "fuzzing", "stateful")
#: These two depend on no seed, so that further rounds leave them out.
_SEEDLESS = frozenset({"examples", "coverage"})


@dataclass(slots=True)
class Tally:
    """What all rounds came to."""

    cases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    generated: int = 0
    failed: bool = False

    def add(self, folder: Path, exit_code: int) -> None:
        """Add one round from the files that it left."""
        counts = json.loads((folder / "counts.json").read_text(encoding="utf-8"))
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        self.cases.update(counts["cases"])
        self.statuses.update(counts["statuses"])
        self.explained.update(counts["explained"])
        for one in report["failures"]:
            self.failures[one["title"]] += one["count"]
        for one in report["errors"]:
            self.errors[one["title"]] += one["count"]
        self.generated += report["test_cases"]["generated"]
        self.failed |= exit_code != 0 or not report["complete"]

    def lines(self) -> list[str]:
        """Return what is told at the end; the last line is the verdict."""
        statuses: Counter[str] = Counter()
        for name, count in self.statuses.items():
            statuses[name.rpartition(" ")[2]] += count
        verdict = "FAILED" if self.failed else "passed"
        phases = ", ".join(f"{phase} {self.cases[phase]}" for phase in _PHASES)
        return [
            f"answers by status: {_listed(statuses)}",
            f"good requests that rules beyond the schema refuse: {_listed(self.explained)}",
            f"{verdict}: {self.generated} cases ({phases}); failures by kind: "
            + _listed(self.failures + self.errors),
        ]


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def main(examples: int, seed: int, *, least: int = 0) -> int:
    """Run schemathesis over all operations until there are enough cases.

    Args:
        examples: Most cases of each operation in the fuzzing phase.
        seed: Of the first round; each further round takes the next.
        least: Fewest cases in all.

    Returns:
        0 if nothing failed, else 1.
    """
    phases = os.environ.get("PHASES", ",".join(_PHASES)).split(",")
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key, file = new_key("fuzz"), folder / "keys.txt"
        file.write_text(hashed_line(key, scopes=SCOPES, until=None), encoding="utf-8")
        # The checks try wrong keys by the hundred, and want 401 for each.
        wrong = "1000000/minute"
        with served(
            auth="keys", auth_keys=str(file), auth_failures=wrong, log_level="error"
        ) as service:
            while phases:
                command = _command(service.address, key, folder, phases)
                command += ["--max-examples", str(examples), "--seed", str(seed)]
                environment = os.environ | {
                    "SCHEMATHESIS_HOOKS": "tests.security.fuzz_hooks",
                    COUNTS: str(folder / "counts.json"),
                }
                exit_code = subprocess.call(command, cwd=ROOT, env=environment)
                tally.add(folder, exit_code)
                seed += 1
                phases = [one for one in phases if one not in _SEEDLESS]
                if tally.failed or tally.generated >= least:
                    break
    sys.stdout.write("\n".join(tally.lines()) + "\n")
    return int(tally.failed or tally.generated < least)


def _command(address: str, key: str, folder: Path, phases: list[str]) -> list[str]:
    return [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/openapi.json",
        "--header", f"X-API-Key: {key}", "--checks", "all", "--continue-on-failure",
        "--generation-database", "none", "--phases", ",".join(phases),
        "--report", "json", "--report-json-path", str(folder / "report.json"),
        # A first question about a day works out what holds on it; LODESTONE_REQUEST_SECONDS is 60.
        "--request-timeout", "60", "--max-response-time", "60",
    ]  # fmt: skip


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    sys.exit(
        main(
            numbers[0] if numbers else 100,
            numbers[1] if len(numbers) > 1 else 1,
            least=int(os.environ.get("CASES", "0")),
        )
    )
