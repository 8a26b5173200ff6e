"""The client is shipped alone as well: without the service, and needing httpx only."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
import lodestone_client
once = lodestone_client.RetryPolicy(attempts=1)
with lodestone_client.Client("http://127.0.0.1:9", retries=once):
    pass
server = {"app", "fastapi", "pydantic", "starlette", "yaml", "orjson", "babel", "typer"}
print(json.dumps(sorted(server & set(sys.modules))))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("client")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)],
        cwd=ROOT / "deploy" / "client",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = into.iterdir()
    return wheel


def test_it_holds_the_modules_of_the_client(wheel: Path) -> None:
    own = {f"lodestone_client/{path.name}" for path in (ROOT / "app/client").glob("*.py")}

    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info" not in name}

    assert names == own | {"lodestone_client/py.typed"}


def test_it_needs_httpx_only(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith("METADATA"))
        text = archive.read(metadata).decode()

    needed = [line for line in text.splitlines() if line.startswith("Requires-Dist:")]
    assert needed == ["Requires-Dist: httpx<1,>=0.28"]


def test_it_runs_without_the_service(wheel: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-I", str(program), str(wheel)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
