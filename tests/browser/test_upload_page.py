"""The page at `/`, used by a person: files in, reports and faults out, nothing from elsewhere."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.browser.conftest import Visit, Visiting, answer_to, scores_of
from tests.browser.files import Files

QUESTION = {"destination": "JP", "end_use": "civil", "as_of": "2026-03-01"}
LANGUAGES = {
    "en": ("Show the report", "Rare-earth procurement risk", "severe"),
    "de": ("Bericht anzeigen", "Beschaffungsrisiko Seltene Erden", "sehr hoch"),
    "ja": ("報告書を表示", "レアアース調達リスク", "深刻"),
    "zh": ("显示报告", "稀土采购风险", "严重"),
}


def fill(here: Visit, file: Path) -> None:
    """Answer the questions of the form as a person does."""
    here.page.set_input_files("#file", file)
    here.page.select_option("#destination", QUESTION["destination"])
    here.page.check('input[name="end_use"][value="civil"]')
    here.page.fill("#as_of", QUESTION["as_of"])


def show(here: Visit) -> None:
    here.page.click("button.main")
    here.page.wait_for_selector("main.report")


@pytest.mark.parametrize("kind", ["table", "workbook"])
def test_a_file_becomes_a_report_with_the_scores_of_the_service(
    kind: str, visit: Visiting, files: Files
) -> None:
    here, file = visit(), getattr(files, kind)
    here.open("?lang=en")

    fill(here, file)
    show(here)

    answer = answer_to(here.address, file, **QUESTION)
    text = here.page.inner_text("main.report")
    assert f"{answer['bom']['score']:.1f}" in text
    assert answer["bom"]["score"] > 0
    exposed = {one["symbol"]: one["score"] for one in answer["elements"] if one["exposed"]}
    cells = here.page.locator("table.elements tbody tr").all_inner_texts()
    assert len(cells) == len(exposed) > 0
    for symbol, score in exposed.items():
        assert any(cell.startswith(symbol) and f"{score:.1f}" in cell for cell in cells), symbol
    assert here.page.inner_text("#actions") == "What would help"
    assert here.foreign() == []
    assert here.complaints == []


def test_every_download_opens_and_holds_the_same_scores(
    visit: Visiting, files: Files, tmp_path: Path
) -> None:
    here = visit()
    here.open("?lang=en")
    fill(here, files.table)
    show(here)
    answer = answer_to(here.address, files.table, **QUESTION)

    for form in ("html", "xlsx", "csv"):
        with here.page.expect_download() as waiting:
            here.page.click(f"[data-save={form}]")
        assert waiting.value.suggested_filename == f"traction-motor-2026-03-01.{form}"
        waiting.value.save_as(tmp_path / f"report.{form}")

    expected = {
        one["symbol"]: one["score"] for one in answer["elements"] if one["score"] is not None
    }
    assert scores_of(tmp_path / "report.xlsx") == expected
    rows = list(csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text("utf-8-sig"))))
    assert {row["line_id"] for row in rows} == {line["line_id"] for line in answer["lines"]}
    saved = visit()
    saved.page.goto((tmp_path / "report.html").as_uri())
    assert f"{answer['bom']['score']:.1f}" in saved.page.inner_text("main.report")
    assert [url for url in saved.requests if not url.startswith("file:")] == []
    assert here.foreign() == []


def test_a_download_needs_no_report_on_the_page(visit: Visiting, files: Files) -> None:
    here = visit()
    here.open("?lang=en")
    fill(here, files.table)

    with here.page.expect_download() as waiting:
        here.page.click("[data-format=xlsx]")

    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_the_faults_of_a_broken_file_stand_on_the_page_by_row(
    visit: Visiting, files: Files
) -> None:
    here = visit()
    here.open("?lang=en")
    fill(here, files.broken)

    here.page.click("button.main")
    here.page.wait_for_selector("#errors table")

    heads = here.page.locator("#errors th").all_inner_texts()
    row = here.page.locator("#errors tbody tr").first.locator("td").all_inner_texts()
    assert heads[0] == "Row"
    assert row[0] == "3"
    assert "JSON" in row[-1]
    assert here.page.locator("main.report").count() == 0
    assert here.page.get_attribute("#errors", "role") == "alert"
    # The file can be mended and sent again without a new start.
    here.page.set_input_files("#file", files.table)
    show(here)
    assert here.page.inner_text("#errors") == ""


def test_what_is_no_list_at_all_is_refused_with_a_reason(visit: Visiting, files: Files) -> None:
    here = visit()
    here.open("?lang=en")
    fill(here, files.picture)

    here.page.click("button.main")
    here.page.wait_for_selector("#errors table")

    assert "could not be scored" in here.page.inner_text("#errors")


def test_what_is_missing_is_said_before_anything_is_sent(visit: Visiting, files: Files) -> None:
    here = visit()
    here.open("?lang=en")

    here.page.click("button.main")
    no_file = here.page.inner_text("#errors")
    here.page.set_input_files("#file", files.table)
    here.page.click("button.main")

    assert no_file == "Choose a file first."
    assert "Choose the country" in here.page.inner_text("#errors")
    assert here.page.evaluate("document.activeElement.id") == "destination"
    assert not any("assessments" in url for url in here.requests)


def test_a_file_can_be_dropped(visit: Visiting, files: Files) -> None:
    here = visit()
    here.open("?lang=en")

    here.page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.csv", {type: "text/csv"}));
            const drop = document.getElementById("drop");
            for (const name of ["dragover", "drop"])
                drop.dispatchEvent(new DragEvent(name, {dataTransfer: data, bubbles: true,
                    cancelable: true}));
        }""",
        files.table.read_text(encoding="utf-8"),
    )
    here.page.select_option("#destination", "JP")
    show(here)

    assert here.page.evaluate("document.getElementById('file').files[0].name") == "dropped.csv"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_page_and_report_speak_the_language_of_the_browser(
    language: str, visit: Visiting, files: Files
) -> None:
    button, title, band = LANGUAGES[language]
    here = visit(locale=language)
    here.open("")
    fill(here, files.table)

    assert here.page.inner_text("button.main") == button
    show(here)

    report = here.page.inner_text("main.report")
    assert title in report
    assert band in report
    assert here.page.get_attribute("html", "lang") in {language, "zh-Hans"}
    assert here.foreign() == []


@pytest.mark.parametrize("name", ["table", "workbook"])
def test_it_works_without_script(name: str, visit: Visiting, files: Files) -> None:
    here = visit(java_script_enabled=False)
    here.open("?lang=en")
    fill(here, getattr(files, name))

    here.page.click("button.main")
    here.page.wait_for_selector("main.report")

    answer = answer_to(here.address, getattr(files, name), **QUESTION)
    assert f"{answer['bom']['score']:.1f}" in here.page.inner_text("main.report")
    assert here.foreign() == []


def test_a_broken_file_without_script_gives_a_page_of_faults_and_a_way_back(
    visit: Visiting, files: Files
) -> None:
    here = visit(java_script_enabled=False)
    here.open("?lang=en")
    fill(here, files.broken)

    here.page.click("button.main")
    here.page.wait_for_selector("#errors table")

    assert here.page.locator("#errors tbody td").first.inner_text() == "3"
    here.page.click("main a")
    assert here.page.locator("#file").count() == 1


def test_a_download_without_script(visit: Visiting, files: Files) -> None:
    here = visit(java_script_enabled=False)
    here.open("?lang=en")
    fill(here, files.table)

    with here.page.expect_download() as waiting:
        here.page.click("[data-format=csv]")

    assert waiting.value.suggested_filename == "traction-motor-2026-03-01.csv"


def test_the_keyboard_alone_is_enough(visit: Visiting, files: Files) -> None:
    here = visit()
    here.open("?lang=en")
    here.page.set_input_files("#file", files.table)  # the file dialogue is the browser's own
    reached: list[str] = []

    for _ in range(40):
        here.page.keyboard.press("Tab")
        name = here.page.evaluate(
            "document.activeElement.id || document.activeElement.dataset.format || ''"
        )
        outline = here.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        where = here.page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        assert outline != "none", f"nothing shows where the keyboard is: {where}"
        reached.append(name)
        if name == "destination":
            here.page.keyboard.type("Japan")
        if name == "html":
            here.page.keyboard.press("Enter")
            break
    here.page.wait_for_selector("main.report")

    # Day, month and year of a date are places of their own.
    fields = [name for name in reached if name in {"file", "destination", "as_of", "end_user"}]
    assert list(dict.fromkeys(fields)) == ["file", "destination", "as_of", "end_user"]
    assert here.page.evaluate("document.activeElement.id") == "report"
    assert "Japan" in here.page.inner_text("dl.question")


def test_the_templates_can_be_fetched_filled_and_sent_back(visit: Visiting, tmp_path: Path) -> None:
    here = visit()
    here.open("?lang=en")
    row = ["10", "MAG-42", "Sintered NdFeB magnet N42SH 20x10x5", 48]
    for link in here.page.locator("#file-hint a").all():
        with here.page.expect_download() as waiting:
            link.click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        if file.suffix == ".csv":
            with file.open("a", encoding="utf-8", newline="") as table:
                csv.writer(table).writerow(row)
        else:
            book = openpyxl.load_workbook(file)
            book.active.append(row)
            book.save(file)

        fill(here, file)
        show(here)

        assert "MAG-42" in here.page.inner_text("table.lines"), file.name
