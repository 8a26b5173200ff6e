"""Bundles that show which of them answers, and a service over one of them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.clock import today_utc
from app.api.data_watch import DataWatch
from app.batch.pipeline import Engine
from app.main import create_app
from app.refdata.bundle import write_bundle
from app.refdata.load import packaged_data_folder
from app.settings import Settings
from tests.unit.refdata.bundles import KEY, good_bundle, write_keys

TODAY = date(2026, 12, 31)


def edition(folder: Path, number: int) -> bytes:
    """Return a bundle that shows in each answer: another title, another cutoff."""
    root = folder / f"edition-{number}"
    shutil.copytree(packaged_data_folder(), root)
    for name, old, new in (
        ("controls/cn/cn-18-2025.yaml", "\ntitle: ", f"\ntitle: Edition {number}. "),
        ("controls/register.yaml", "cutoff: 2026-10-08", f"cutoff: 2026-10-{9 + number:02}"),
    ):
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    content = write_bundle(root, KEY, issued_at=f"2026-11-24T10:00:{number:02}Z")
    shutil.rmtree(root)
    return content


@dataclass
class Place:
    """A service over a bundle file, and what to do to it."""

    app: FastAPI
    file: Path

    def put(self, content: bytes) -> str:
        part = self.file.with_suffix(".part")
        part.write_bytes(content)
        part.replace(self.file)
        watch: DataWatch = self.app.state.watch
        return watch.check()

    @property
    def version(self) -> str:
        version: str = self.app.state.service.reference.version
        return version


def place_in(folder: Path, engine: Engine) -> Place:
    """Return a service over a bundle file of its own."""
    file = folder / "data.zip"
    file.write_bytes(good_bundle())
    settings = Settings(data=str(file), data_key=write_keys(folder / "key.pem"), max_waiting=1000)
    app = create_app(settings, engine)
    app.dependency_overrides[today_utc] = lambda: TODAY
    return Place(app, file)


def metric(client: TestClient, name: str) -> str:
    """Return the value of a metric, or `missing`."""
    for line in client.get("/metrics").text.splitlines():
        if line.startswith(name):
            return line.rpartition(" ")[2]
    return "missing"
