"""The wheel carries everything that the checkout runs on, and works without the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
EXAMPLE = EXAMPLES / "traction-motor.json"


def run(command: Sequence[str | Path], *, cwd: Path) -> str:
    """Return what a command printed; its failure fails the test with all that it said."""
    leaking = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in leaking and not name.startswith(("LODESTONE_", "COV_", "PYTEST_"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(target: str, *, project: Path, into: Path) -> Path:
    """Return the wheel or source archive of a project folder."""
    run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into], cwd=project)
    (built,) = into.iterdir()
    return built


def files_of_app() -> set[str]:
    """Return what belongs into a wheel: everything below app/, and the examples beside it."""
    own = [path.relative_to(ROOT) for path in (ROOT / "app").rglob("*") if path.is_file()]
    examples = [Path("app") / path.relative_to(ROOT) for path in EXAMPLES.rglob("*")]
    return {path.as_posix() for path in [*own, *examples] if "__pycache__" not in path.parts}


def files_of_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if name.startswith("app/")}


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_application(tmp_path: Path) -> None:
    wheel = build("wheel", project=ROOT, into=tmp_path / "wheel")

    assert files_of_wheel(wheel) == files_of_app()


@pytest.mark.slow
def test_a_wheel_made_from_the_source_archive_is_the_same(tmp_path: Path) -> None:
    archive = build("sdist", project=ROOT, into=tmp_path / "sdist")
    shutil.unpack_archive(archive, tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()

    wheel = build("wheel", project=unpacked, into=tmp_path / "wheel")

    assert files_of_wheel(wheel) == files_of_app()


@pytest.mark.slow
def test_the_installed_wheel_scores_from_another_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    example = Path(shutil.copy(EXAMPLE, elsewhere))
    python = fresh_environment(tmp_path / "environment")
    command = python.with_name("lodestone")
    wheel = build("wheel", project=ROOT, into=tmp_path / "wheel")
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], cwd=elsewhere)

    where = run([python, "-c", "import app; print(app.__file__)"], cwd=elsewhere).strip()
    checked = run([command, "check-data"], cwd=elsewhere)
    context = ["--destination", "JP", "--end-use", "civil", "--as-of", "2026-03-01"]
    scored = run([command, "score", example, *context, "--format", "json"], cwd=elsewhere)

    assert Path(where).is_relative_to(tmp_path / "environment")
    assert "sources" in checked
    answer = json.loads(scored)
    assert len(answer["elements"]) == 17
    assert len(answer["lines"]) == len(
        json.loads(example.read_text(encoding="utf-8"))["bom"]["lines"]
    )


def fresh_environment(folder: Path) -> Path:
    """Return the Python of a new environment that sees our dependencies but not the checkout.

    The path file adds the folder of the running environment's packages; path files inside that
    folder, the one of an editable install among them, are not followed.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    ours = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], cwd=ROOT)
    paths = Path(ours.strip()) / "dependencies.pth"
    paths.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python
