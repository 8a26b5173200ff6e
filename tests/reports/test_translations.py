"""No English is left in a report in another language but names, titles and the caller's words.

The tests read the finished files, not the tables of texts: whatever a report says, they see.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import openpyxl
import pytest

from app.api.examples import SUMMARIES
from app.api.reports import report_subject
from app.api.requests import context_from
from app.api.schemas.context import ContextText
from app.batch.pipeline import Engine, assess_bom
from app.batch.reading import read_file
from app.report.html_report import html_report
from app.report.texts import TEXTS
from app.report.texts.workbook import workbook_texts
from app.report.workbook import xlsx_report
from tests.api.conftest import TODAY
from tests.reports.conftest import Subject
from tests.reports.html_text import said_in

LANGUAGES = ("ja", "de", "zh")
#: Words that hardly any English sentence does without, and none of the other languages has.
_ENGLISH = re.compile(
    r"\b(?:a|and|are|as|at|by|could|does|for|from|has|have|is|it|its|may|no|not|of|on|or|share|"
    r"than|that|the|their|then|they|this|to|were|what|when|where|whether|which|with|within)\b"
)
#: Columns of the Excel file that hold names and the caller's own words.
_NAMES = {"title", "publisher", "description", "part_number", "supplier", "largest_mine", "sheet",
          "evidence", "line_id", "lines", "url", "key", "measure", "measures"}  # fmt: skip


def english_in(texts: list[str], names: set[str]) -> list[str]:
    """Return the texts with English words, names of the product and of companies aside."""
    found = []
    for text in texts:
        rest = text
        for name in names:
            rest = rest.replace(name, " ")
        if _ENGLISH.search(rest):
            found.append(text)
    return found


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_no_english_is_left_in_a_page(name: str, subject: Subject) -> None:
    for language in LANGUAGES:
        one = subject(name, language)
        product = one.assessed.bom.name or one.assessed.bom.id
        names = {product} | {firm.name for firm in one.reference.mitigation.suppliers.values()}

        said = said_in(html_report(one))

        assert said.foreign == [], f"{name} in {language}"
        assert english_in(said.translated, names) == [], f"{name} in {language}"


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_no_english_is_left_in_a_workbook(name: str, subject: Subject) -> None:
    for language in LANGUAGES:
        one = subject(name, language)
        titles = {measure.title for measure in one.reference.register.measures.values()}
        titles |= {firm.name for firm in one.reference.mitigation.suppliers.values()}

        texts = list(_cells(xlsx_report(one), language))

        assert english_in(texts, titles) == [], f"{name} in {language}"


def _cells(workbook: bytes, language: str) -> Iterator[str]:
    """Yield the texts of all cells but those in columns of names."""
    heads = {workbook_texts(language)[key] for key in _NAMES}
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet in book.worksheets[1:]:
        yield sheet.title
        rows = sheet.iter_rows(values_only=True)
        head = [str(cell) for cell in next(rows)]
        yield from head
        for row in rows:
            yield from (
                cell
                for title, cell in zip(head, row, strict=True)
                if isinstance(cell, str) and title not in heads
            )
    for label, _, *_ in book.worksheets[0].iter_rows(values_only=True):
        yield from ([label] if isinstance(label, str) else [])


_ODD_FILE = """Werk 7,,,,
Pos,Teilenummer,Bezeichnung,Menge,Farbe
,,Antrieb:,,
1,M-1,Magnet NdFeB N42SH,zwei,rot
2,M-2,Elektromotor 24 V,1,blau
3,M-3,Sechskantschraube M8,4,
4,M-4,?,,
,,Summe,7,
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_remarks_on_an_odd_file_are_translated(language: str, engine: Engine) -> None:
    bom = read_file(
        _ODD_FILE.encode(), name="Antrieb.csv", vocabulary=engine.vocabulary, most_lines=10
    )
    asked = ContextText(destination="DE", end_use="unknown", language=language)
    context = context_from(asked, today_utc=TODAY, default_destination=None)
    product = assess_bom(bom, engine, context)

    said = said_in(html_report(report_subject(product, engine.reference)))

    codes = {warning.code for warning in product.warnings}
    assert {"title_row", "section_row", "total_row", "ignored_columns"} <= codes
    assert said.foreign == []
    assert english_in(said.translated, set()) == []
    assert any("'Werk 7'" in name for name in said.names)


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_the_search_sees_the_english_of_an_english_report(form: str, subject: Subject) -> None:
    one = subject("traction-motor", "en")

    page = said_in(html_report(one)).translated
    texts = page if form == "html" else list(_cells(xlsx_report(one), "en"))

    assert len(english_in(texts, set())) > 20


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_every_language_shows_the_same_figures(name: str, subject: Subject) -> None:
    def figures(language: str) -> list[str]:
        texts = said_in(html_report(subject(name, language))).translated
        decimals = (re.findall(r"\d+[.,]\d(?!\d)", text) for text in texts)
        return sorted(figure.replace(",", ".") for found in decimals for figure in found)

    english = figures("en")

    assert len(english) > 10
    for language in ("ja", "zh"):
        assert figures(language) == english, language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_its_translation_with_the_same_slots(language: str) -> None:
    english, there = TEXTS["en"], TEXTS[language]

    assert there.keys() == english.keys()
    for key, text in there.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key
        assert not _ENGLISH.search(re.sub(r"{\w+}", " ", text)), key
