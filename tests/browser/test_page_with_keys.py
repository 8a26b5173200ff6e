"""The page at `/` of a service that asks for keys: the key goes where it should, nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from app.api.api_keys import hashed_line, new_key
from app.api.callers import SCOPES
from tests.browser.conftest import Visit, Visiting, serving
from tests.browser.files import Files
from tests.browser.test_upload_page import fill, show


class Guarded(NamedTuple):
    """A service with keys, and one that it knows."""

    address: str
    key: str


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    key, file = new_key("buyer"), folder / "keys.txt"
    file.write_text(hashed_line(key, scopes=SCOPES, until=None), encoding="utf-8")
    with serving(folder, auth="keys", auth_keys=str(file)) as address:
        yield Guarded(address, key)


@pytest.fixture
def here(visit: Visiting, guarded: Guarded) -> Visit:
    visitor = replace(visit(), address=guarded.address)
    visitor.open("?lang=en")
    return visitor


def test_a_file_with_the_key_becomes_a_report_and_the_key_stands_nowhere_else(
    here: Visit, guarded: Guarded, files: Files
) -> None:
    sent: list[Any] = []

    def note(request: Any) -> None:
        sent.append(request)

    here.page.on("request", note)
    fill(here, files.table)
    here.page.fill("#key", guarded.key)
    show(here)
    with here.page.expect_download():
        here.page.click("[data-save=csv]")

    uploads = [one for one in sent if "v1/assessments/upload" in one.url]
    assert len(uploads) == 2
    assert all(one.all_headers()["x-api-key"] == guarded.key for one in uploads)
    assert not any(guarded.key in (one.post_data_buffer or b"").decode("latin-1") for one in sent)
    assert not any(guarded.key in url for url in here.requests)
    assert guarded.key not in here.page.url
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    assert here.page.evaluate(kept) == '[{},{},""]'
    assert guarded.key not in here.page.content()
    assert here.complaints == []


def test_the_key_is_hidden_and_gone_with_the_page(here: Visit, guarded: Guarded) -> None:
    here.page.fill("#key", guarded.key)
    assert here.page.get_attribute("#key", "type") == "password"
    assert here.page.get_attribute("#key", "autocomplete") == "off"

    here.open("?lang=en")

    assert here.page.input_value("#key") == ""


def test_the_template_comes_with_the_key(here: Visit, guarded: Guarded, tmp_path: Path) -> None:
    here.page.fill("#key", guarded.key)

    with here.page.expect_download() as waiting:
        here.page.click("a[href*='format=xlsx']")

    waiting.value.save_as(tmp_path / "template.xlsx")
    assert waiting.value.suggested_filename.endswith(".xlsx")
    assert openpyxl.load_workbook(tmp_path / "template.xlsx").sheetnames


def test_nothing_is_sent_without_a_key_and_a_wrong_one_is_said_to_be_wrong(
    here: Visit, files: Files
) -> None:
    fill(here, files.table)
    here.page.click("button.main")
    without = here.page.inner_text("#errors")
    asked_before = [url for url in here.requests if "/v1/" in url]
    here.page.fill("#key", "lsk_buyer_wrong")
    here.page.click("button.main")
    here.page.wait_for_selector("#errors table")

    assert without == "Enter the key or token first."
    assert asked_before == []
    assert "does not count" in here.page.inner_text("#errors")


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "API key"), ("de", "API-Schlüssel"), ("ja", "APIキー"), ("zh", "API密钥")],
)
def test_the_field_is_named_in_each_language_and_accessible(
    here: Visit, language: str, label: str
) -> None:
    here.open(f"?lang={language}")

    assert here.page.inner_text("label[for=key]") == label
    assert here.faults() == []
    assert here.page.locator("footer a[href^=v1]").count() == 0


def test_a_service_that_asks_nobody_shows_no_field(visit: Visiting) -> None:
    open_to_all = visit()
    open_to_all.open("?lang=en")

    assert open_to_all.page.locator("#key").count() == 0
