"""A real service on a port of this machine, and a Chromium of the system that visits it.

`make test-browser` runs these tests; the default run has no browser. The Chromium is the one that
LODESTONE_TEST_BROWSER names, else one on the search path.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import openpyxl
import pytest
from playwright.sync_api import sync_playwright

from tests.browser.files import Files, made_files

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "build/axe/node_modules/axe-core/axe.min.js"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: The browser itself must look nothing up either.
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
#: Faults of these degrees fail a test.
_SERIOUS = ("serious", "critical")


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return made_files(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the service as an operator does, on a free port, and say where it listens."""
    with serving(tmp_path_factory.mktemp("service")) as found:
        yield found


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[str]:
    """Start a service with some settings, its log in a folder, and say where it listens."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("LODESTONE_")}
    clean |= {f"LODESTONE_{name.upper()}": text for name, text in settings.items()}
    command = [sys.executable, "-m", "app", "serve", "--port", "0"]
    # A file takes any length of log; a pipe that nobody reads would stop the service.
    log = folder / "log"
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, env=clean, stdout=out, stderr=out) as service,
    ):
        try:
            yield _address_in(log, service)
        finally:
            service.terminate()
            service.wait(timeout=20)


def _address_in(log: Path, service: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := _ADDRESS.search(said):
            return found.group()
        if service.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"the service did not start:\n{said}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    named = os.environ.get("LODESTONE_TEST_BROWSER")
    path = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    assert path, f"install one of {', '.join(_BROWSERS)}, or name it in LODESTONE_TEST_BROWSER"
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=list(_QUIET))
        yield launched
        launched.close()


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor with a window of their own, watched for what they fetch and what goes wrong."""

    page: Any
    address: str
    requests: list[str]
    complaints: list[str]

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}/{path}", wait_until="networkidle")

    def foreign(self) -> list[str]:
        """Return the addresses outside the service that the page asked for."""
        inside = {urlsplit(self.address).netloc, ""}
        return [url for url in self.requests if urlsplit(url).netloc not in inside]

    def faults(self, within: str | None = None) -> list[str]:
        """Return the serious faults of accessibility that axe-core finds."""
        assert AXE.is_file(), "axe-core is missing: run `make test-browser`, which fetches it"
        # Playwright's own world: the policy of the page keeps foreign scripts out.
        session = self.page.context.new_cdp_session(self.page)
        session.send("Page.enable")
        session.send("Page.setBypassCSP", {"enabled": True})
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "async (within) => (await axe.run(within || document)).violations", within
        )
        return [
            f"{one['impact']} {one['id']}: {node['target']} {node['failureSummary']}"
            for one in found
            if one["impact"] in _SERIOUS
            for node in one["nodes"]
        ]


#: Opens a window; options are those of a browser context.
Visiting = Callable[..., Visit]


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visiting]:
    contexts = []

    def opened(**options: Any) -> Visit:
        context = browser.new_context(accept_downloads=True, **{"locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        watched = Visit(page, address, [], [])
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: watched.complaints.append(said.text) if said.type == "error" else None,
        )
        return watched

    yield opened
    for context in contexts:
        context.close()


def scores_of(workbook: Path) -> dict[str, float]:
    """Return the score of each element in a downloaded workbook."""
    rows = openpyxl.load_workbook(workbook)["Elements"].iter_rows(min_row=2, values_only=True)
    return {str(row[0]): float(row[3]) for row in rows if row[3] is not None}


def answer_to(address: str, file: Path, **context: str) -> dict[str, Any]:
    """Return what the service answers to the same file as JSON."""
    answer = httpx.post(
        f"{address}/v1/assessments/upload",
        files={"file": (file.name, file.read_bytes())},
        data=context,
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found
