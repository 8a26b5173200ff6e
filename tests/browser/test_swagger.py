"""Swagger UI and ReDoc, as purchasing staff try them once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Visit, Visiting, answer_to, scores_of
from tests.browser.files import Files

UPLOAD = "#operations-Assessments-upload_assessment"


@pytest.fixture
def docs(visit: Visiting) -> Visit:
    here = visit(viewport={"width": 1280, "height": 1000})
    here.open("docs")
    here.page.wait_for_selector(".opblock")
    return here


def opened(here: Visit, operation: str) -> Any:
    """Open an operation and return it."""
    block = here.page.locator(operation)
    block.locator(".opblock-summary-control").click()
    block.locator(".execute").wait_for()
    return block


def executed(block: Any) -> str:
    """Press Execute and return the status of the answer."""
    block.locator(".execute").click()
    status: str = block.locator(".live-responses-table .response-col_status").last.inner_text()
    return status.split(maxsplit=1)[0]


def choose(block: Any, file: Path, form: str) -> None:
    block.locator('input[type="file"]').set_input_files(file)
    block.locator('tr[data-param-name="format"] select').select_option(form)


def test_the_tasks_come_first_and_every_route_says_what_it_does(docs: Visit) -> None:
    groups = docs.page.locator(".opblock-tag").all()
    names = [group.get_attribute("data-tag") for group in groups]
    first = docs.page.locator(".opblock-summary-path").first.get_attribute("data-path")

    assert names[0] == "Assessments"
    assert names[-1] == "Operation"
    assert first == "/v1/assessments"
    summaries = docs.page.locator(".opblock-summary-description").all_inner_texts()
    assert len(summaries) > 15
    assert all(0 < len(text) <= 60 for text in summaries), summaries


def test_the_worked_example_runs(docs: Visit) -> None:
    block = opened(docs, "#operations-Assessments-create_assessment")

    assert executed(block) == "200"

    answer = json.loads(block.locator(".live-responses-table code").last.inner_text())
    assert answer["bom"]["id"] == "TM-150"
    assert answer["bom"]["score"] > 0
    assert docs.foreign() == []
    assert docs.complaints == []


@pytest.mark.parametrize("kind", ["table", "workbook"])
def test_a_file_is_scored(kind: str, docs: Visit, files: Files) -> None:
    block = opened(docs, UPLOAD)
    choose(block, getattr(files, kind), "json")

    assert executed(block) == "200"

    answer = json.loads(block.locator(".live-responses-table code").last.inner_text())
    assert answer["bom"]["lines_in"] == 14
    assert answer["bom"]["score"] == answer_to(docs.address, getattr(files, kind),
                                               destination="JP")["bom"]["score"]  # fmt: skip
    assert docs.foreign() == []


def test_a_broken_file_is_refused_by_row(docs: Visit, files: Files) -> None:
    block = opened(docs, UPLOAD)
    choose(block, files.broken, "json")

    assert executed(block) == "400"

    problem = json.loads(block.locator(".live-responses-table code").last.inner_text())
    assert problem["errors"][0]["row"] == 3


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_a_report_can_be_downloaded_and_opens(
    form: str, docs: Visit, files: Files, tmp_path: Path
) -> None:
    block = opened(docs, UPLOAD)
    choose(block, files.table, form)
    assert executed(block) == "200"

    with docs.page.expect_download() as waiting:
        block.locator("a[download], .download-contents").first.click()

    saved = tmp_path / f"report.{form}"
    waiting.value.save_as(saved)
    if form == "xlsx":
        assert scores_of(saved)["Dy"] > 0
    else:
        assert saved.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_reference_is_there_without_help_from_elsewhere(visit: Visiting) -> None:
    here = visit()
    here.open("redoc")
    here.page.wait_for_selector("h1")

    assert "Lodestone" in here.page.inner_text("h1")
    assert here.page.locator("text=Score a bill of materials").count() > 0
    assert here.foreign() == []
    assert here.complaints == []


def test_an_open_operation_with_its_answer_has_no_serious_fault(docs: Visit) -> None:
    closed = docs.faults()
    block = opened(docs, "#operations-Assessments-create_assessment")
    executed(block)

    assert closed == []
    assert docs.faults() == []
