"""A report stays small and whole for a product of a thousand lines."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from app.api.answer_forms import report_in
from app.batch.pipeline import Engine
from app.domain.answer import AssessedBom
from tests.reports.html_text import said_in
from tests.reports.long_product import LINES, long_product

MOST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def product(engine: Engine) -> AssessedBom:
    return long_product(engine)


def test_the_page_is_under_a_megabyte_and_names_every_line(
    product: AssessedBom, engine: Engine
) -> None:
    page = report_in("html", product, engine)

    assert sum(1 for line in product.identified if line.elements) > 200
    assert len(page) < MOST_BYTES
    named = set(said_in(page).names)
    assert {line.line_id for line in product.bom.lines} <= named


def test_the_tables_hold_every_line(product: AssessedBom, engine: Engine) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_in("xlsx", product, engine)), read_only=True)
    text = report_in("csv", product, engine).decode("utf-8-sig")

    in_book = {row[0] for row in book["Lines"].iter_rows(min_row=2, values_only=True)}
    in_csv = {row["line_id"] for row in csv.DictReader(io.StringIO(text))}
    assert len(in_book) == len(in_csv) == LINES
