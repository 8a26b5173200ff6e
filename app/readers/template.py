"""The template that a purchaser downloads and fills: CSV or XLSX, in four languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from app.errors import UnknownAnswerFormatError
from app.readers.neutral import neutralise_cell
from app.readers.template_words import (
    COLUMNS,
    HELPS,
    LANGUAGES,
    TemplateColumn,
)
from app.readers.xlsx_writer import SheetContent, write_workbook

FORMATS = ("csv", "xlsx")
_SHEET_NAMES = ("BOM", "Stückliste", "部品表", "物料清单")


def template_file(file_format: str, language: str = "en") -> bytes:
    """Return an empty template.

    Args:
        file_format: "csv" or "xlsx".
        language: "en", "de", "ja" or "zh": language of the headers, and of the help in a CSV file;
            a workbook carries the help in all four.

    Raises:
        UnknownAnswerFormatError: The format or the language is none of these.
    """
    if file_format not in FORMATS:
        raise UnknownAnswerFormatError(f"'{file_format[:40]}' is none of: {', '.join(FORMATS)}")
    if language not in LANGUAGES:
        raise UnknownAnswerFormatError(f"'{language[:40]}' is none of: {', '.join(LANGUAGES)}")
    at = LANGUAGES.index(language)
    return _csv(at) if file_format == "csv" else _xlsx(at)


def _help_rows(at: int) -> list[tuple[str, str, str]]:
    return [(column.headers[at], column.helps[at], column.example) for column in COLUMNS]


def _headers(at: int) -> list[str]:
    return [column.headers[at] for column in COLUMNS]


def _csv(at: int) -> bytes:
    """Return a UTF-8 file with a mark, for spreadsheets; help lines begin with #."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    title, introduction = HELPS[at]
    writer.writerow([f"# {title}: {introduction}"])
    for header, text, example in _help_rows(at):
        writer.writerow([f"# {header} – {text} ({neutralise_cell(example)})"])
    writer.writerow(_headers(at))
    return out.getvalue().encode("utf-8-sig")


def _xlsx(at: int) -> bytes:
    sheets = [SheetContent(_SHEET_NAMES[at], [_headers(at)], header_rows=1)]
    for number, (title, introduction) in enumerate(HELPS):
        rows: list[Sequence[str]] = [[introduction], []]
        rows += [[neutralise_cell(cell) for cell in row] for row in _help_rows(number)]
        sheets.append(SheetContent(title, rows, header_rows=0))
    return write_workbook(sheets)


def template_columns() -> tuple[TemplateColumn, ...]:
    """Return the columns of the template."""
    return COLUMNS
