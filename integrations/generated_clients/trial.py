"""Makes a client from each of the three documents, and scores the same motor with each.

python -m integrations.generated_clients.trial ENVIRONMENT, where ENVIRONMENT is a virtual
environment with the packages of requirements.txt beside this file. `make test-clients-generated`
makes it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from integrations.generated_clients.score_with import scores_in
from integrations.processes import lodestone

ROOT = Path(__file__).resolve().parents[2]
REQUEST = ROOT / "examples" / "traction-motor.json"
DOCUMENTS = ROOT / "openapi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One generator and the document that it reads.

    Attributes:
        name: As score_with.py knows it.
        document: File below openapi/.
        package: Package that is generated, or None where the client is made while it runs.
    """

    name: str
    document: str
    package: str | None


WAYS = (
    Way(name="openapi-python-client", document="openapi.json", package="client_3_1"),
    Way(name="openapi-generator-3.0", document="openapi-3.0.json", package="client_3_0"),
    Way(name="openapi-generator-2.0", document="swagger-2.0.json", package="client_2_0"),
    Way(name="bravado", document="swagger-2.0.json", package=None),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the trial; ends with an error where a client cannot be made or a figure differs."""
    (place,) = sys.argv[1:] if arguments is None else arguments
    environment = Path(place).resolve()
    folder = environment / "trial"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with lodestone(folder, environment=os.environ) as url:
        request = json.loads(REQUEST.read_text(encoding="utf-8"))
        answer = httpx.post(f"{url}/v1/assessments", json=request, timeout=60.0)
        wanted = scores_in(answer.raise_for_status().json())
        print(f"plain request: {wanted['bom']}, {len(wanted['elements'])} elements")
        differing = [way.name for way in WAYS if _scored(way, environment, url) != wanted]
    if differing:
        raise SystemExit(f"other figures by {', '.join(differing)}")


def _scored(way: Way, environment: Path, url: str) -> object:
    started = time.perf_counter()
    folder = environment / "trial"
    document = DOCUMENTS / way.document
    if way.package is not None:
        _generate(way, environment)
    made = time.perf_counter() - started
    python = environment / "bin" / "python"
    program = Path(__file__).with_name("score_with.py")
    text = _run([python, program, way.name, folder, url, REQUEST, document], environment)
    found = json.loads(text)
    print(f"{way.name} from {way.document}: {found['bom']}, made in {made:.1f} s")
    return found


def _generate(way: Way, environment: Path) -> None:
    programs, folder = environment / "bin", environment / "trial"
    document = DOCUMENTS / way.document
    if way.name == "openapi-python-client":
        command: list[str | Path] = [
            programs / "openapi-python-client", "generate", "--path", document, "--meta", "none",
            "--output-path", folder / str(way.package), "--fail-on-warning",
            "--config", Path(__file__).with_name("openapi-python-client.yaml"),
        ]  # fmt: skip
    else:
        command = [
            programs / "openapi-generator-cli", "generate", "-i", document, "-g", "python",
            "--package-name", str(way.package), "-o", folder, "--global-property",
            "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false",
        ]  # fmt: skip
    _run(command, environment)


def _run(command: Sequence[str | Path], environment: Path) -> str:
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(part) for part in command],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
