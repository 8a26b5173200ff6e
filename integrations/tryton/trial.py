"""From an empty Tryton to scores written back, in one command; prints each step and its seconds.

python -m integrations.tryton.trial ENVIRONMENT, where ENVIRONMENT is a virtual environment with
the packages of requirements.txt beside this file. `make test-tryton` makes it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.client import Client
from integrations.processes import free_port, lodestone, running
from integrations.tryton.score import Scored, printed, score_products
from integrations.tryton.session import Tryton

DATABASE = "company"
CONTEXT = {"destination": "DE", "end_use": "civil", "as_of": "2026-03-01"}
#: What a magnet of sintered NdFeB with a little dysprosium must be found to hold.
IN_THE_MAGNET = {"Nd", "Pr", "Dy"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the trial; ends with an error where anything is not as it should be."""
    (place,) = sys.argv[1:] if arguments is None else arguments
    programs = Path(place).resolve() / "bin"
    folder = Path(place).resolve() / "trial"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    started = time.perf_counter()
    scored = _run(programs, folder)
    _check(scored)
    print(f"from an empty Tryton to scores in it: {time.perf_counter() - started:.0f} s")


def _run(programs: Path, folder: Path) -> list[Scored]:
    port = free_port()
    password = secrets.token_urlsafe(16)
    config = _configuration(folder, port=port, password=password)
    environment = os.environ | {"TRYTONPASSFILE": str(folder / "password")}
    command = [str(programs / "trytond-admin"), "-c", str(config), "-d", DATABASE]
    with _step("an empty database"):
        _call([*command, "--all", "--email", "admin@example.com"], environment)
    with _step("its modules for production"):
        modules = ["production", "product_attribute"]
        _call([*command, "-u", *modules, "--activate-dependencies"], environment)
    with _step("products and a bill of materials of two levels"):
        seed = Path(__file__).with_name("seed.py")
        _call([str(programs / "python"), str(seed), DATABASE, str(config)], environment)
    url = f"http://127.0.0.1:{port}"
    server: list[str | Path] = [programs / "trytond", "-c", config, "-d", DATABASE]
    with (
        running(server, url=url, log=folder / "tryton.log", environment=environment),
        lodestone(folder, environment=os.environ) as service,
        Client(service) as client,
        _step("read by JSON-RPC, scored, written back"),
    ):
        tryton = Tryton(url, DATABASE)
        tryton.sign_in("admin", password)
        return list(score_products(tryton, client, context=CONTEXT))


def _configuration(folder: Path, *, port: int, password: str) -> Path:
    (folder / "password").write_text(password)
    # SQLite opens only what exists.
    (folder / "data" / f"{DATABASE}.sqlite").touch()
    config = folder / "trytond.conf"
    config.write_text(
        f"[database]\nuri = sqlite://\npath = {folder / 'data'}\n[web]\nlisten = 127.0.0.1:{port}\n"
    )
    return config


def _call(command: Sequence[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


@contextmanager
def _step(name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"{time.perf_counter() - started:5.1f} s  {name}")


def _check(scored: Sequence[Scored]) -> None:
    (motor,) = scored
    print(printed(motor))
    found = {
        line["line_id"]: {one["symbol"] for one in line["elements"]}
        for line in motor.assessment.document["lines"]
        if line["elements"]
    }
    (magnet,) = found.values()
    score, band = motor.assessment.bom.score, motor.assessment.bom.band
    held = motor.attributes
    if not magnet >= IN_THE_MAGNET:
        raise SystemExit(f"the magnet should hold {IN_THE_MAGNET}, but holds {magnet}")
    if not score or (held["rare_earth_score"], held["rare_earth_band"]) != (score, band):
        raise SystemExit(f"Tryton holds {held}, but the score is {score}, {band}")


if __name__ == "__main__":
    main()
