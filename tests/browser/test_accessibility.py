"""axe-core finds no serious fault: on the page, in the report, in the documentation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Visit, Visiting
from tests.browser.files import Files
from tests.browser.test_upload_page import fill, show

DESK = {"width": 1200, "height": 900}
PHONE = {"width": 375, "height": 740}
WINDOWS: dict[str, dict[str, Any]] = {
    "desk-light": {"viewport": DESK, "color_scheme": "light"},
    "desk-dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone-light": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}


def too_wide(here: Visit) -> int:
    """Return by how many pixels the page is wider than its window."""
    wide: Any = here.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return int(wide)


@pytest.mark.parametrize("window", sorted(WINDOWS))
def test_the_page_has_no_serious_fault(window: str, visit: Visiting) -> None:
    here = visit(**WINDOWS[window])
    here.open("?lang=en")

    here.page.click("summary")

    assert here.faults() == []
    assert too_wide(here) <= 0


@pytest.mark.parametrize("window", sorted(WINDOWS))
def test_the_report_on_the_page_has_no_serious_fault(
    window: str, visit: Visiting, files: Files
) -> None:
    here = visit(**WINDOWS[window])
    here.open("?lang=en")
    fill(here, files.table)
    show(here)

    assert here.faults() == []
    assert too_wide(here) <= 0


@pytest.mark.parametrize("language", ["de", "ja", "zh"])
def test_pages_and_reports_in_other_languages_have_none_either(
    language: str, visit: Visiting, files: Files
) -> None:
    here = visit(viewport=PHONE)
    here.open(f"?lang={language}")
    fill(here, files.table)
    show(here)

    assert here.faults() == []
    assert too_wide(here) <= 0


def test_faults_by_row_can_be_read_by_everybody(visit: Visiting, files: Files) -> None:
    here = visit(viewport=PHONE, color_scheme="dark")
    here.open("?lang=en")
    fill(here, files.broken)
    here.page.click("button.main")
    here.page.wait_for_selector("#errors table")

    assert here.faults() == []
    assert too_wide(here) <= 0


def test_the_search_finds_a_fault_that_is_there(visit: Visiting) -> None:
    here = visit()
    here.open("?lang=en")
    here.page.evaluate("document.querySelector('label[for=destination]').remove()")

    assert any("select-name" in fault for fault in here.faults())
