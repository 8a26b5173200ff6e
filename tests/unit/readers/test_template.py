"""The template that a purchaser fills."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.errors import UnknownAnswerFormatError, UnreadableFileError
from app.readers import read_bom
from app.readers.headers import candidate_fields
from app.readers.template import template_columns, template_file
from app.readers.template_words import LANGUAGES
from tests.unit.readers.reference_product import delimited


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_filled_template_reads_back_in_every_language_and_form(language: str) -> None:
    examples = [column.example for column in template_columns()]
    text = template_file("csv", language).decode("utf-8-sig")
    book = load_workbook(BytesIO(template_file("xlsx", language)))
    book.worksheets[0].append(examples)
    out = BytesIO()
    book.save(out)

    from_text = read_bom((text + delimited([examples])).encode("utf-8-sig"))
    from_book = read_bom(out.getvalue())

    (line,) = from_text.lines
    (other,) = from_book.lines
    assert replace(line, row=None) == replace(other, row=None, sheet=None)
    assert line.warnings == ()
    assert (line.quantity, line.unit_mass_kg, line.lead_time_days) == (48.0, 0.0075, 60.0)
    assert from_text.file is not None
    assert from_text.file.ignored_columns == ()


def test_a_row_that_ends_early_is_read() -> None:
    text = template_file("csv", "en").decode("utf-8-sig")

    bom = read_bom(f"{text}10,MAG-42,Sintered NdFeB magnet N42SH,48\r\n".encode())

    assert [(line.part_number, line.quantity) for line in bom.lines] == [("MAG-42", 48.0)]


def test_every_header_of_the_template_is_known() -> None:
    for column in template_columns():
        for header in column.headers:
            assert candidate_fields(header)[0] is column.field


def test_the_template_is_the_same_every_day_and_refuses_other_forms() -> None:
    assert template_file("xlsx") == template_file("xlsx", "en")
    with pytest.raises(UnknownAnswerFormatError, match="pdf"):
        template_file("pdf")
    with pytest.raises(UnknownAnswerFormatError, match="fr"):
        template_file("csv", "fr")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_empty_template_says_that_it_has_no_rows(file_format: str) -> None:
    with pytest.raises(UnreadableFileError, match="no rows"):
        read_bom(template_file(file_format, "de"))
