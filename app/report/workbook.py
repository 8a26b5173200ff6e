"""An assessment as an Excel workbook: figures as figures, filters, bands in colour."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from app.domain.bom import Bom
from app.domain.rounding import rounded, significant
from app.report.file_facts import file_facts
from app.report.inert import runs
from app.report.language import language
from app.report.palette import BAND_TINT
from app.report.phrases import cause_text
from app.report.points import published
from app.report.sections.page import Page, page_of
from app.report.sheets import Cell, Sheet, sheets_of
from app.report.subject import ReportSubject
from app.report.texts.workbook import workbook_texts

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDEST = 60
_NARROWEST = 9
#: A cell of Excel holds no more.
_LONGEST_TEXT = 32_000
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def xlsx_report(subject: ReportSubject) -> bytes:
    """Return the report as a workbook; the same subject gives the same bytes."""
    import xlsxwriter  # noqa: PLC0415 - only this report needs it

    file = io.BytesIO()
    page = page_of(subject, language(subject.context.language))
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties(
            {
                "title": page.words.say("report.title"),
                # The day of the question: a clock would make every file another one.
                "created": datetime.combine(subject.context.as_of, time(), UTC).replace(
                    tzinfo=None
                ),
            }
        )
        _Writer(book, page).write()
    return file.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, page: Page) -> None:
        self._book = book
        self._page = page
        self._texts = dict(workbook_texts(page.words.code))
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#eceff3"}
        )
        self._bold = book.add_format({"bold": True})
        self._plain = book.add_format({"valign": "top"})
        # Kept as text even when somebody edits the cell.
        self._quoted = book.add_format({"valign": "top", "quote_prefix": True})
        self._figures = {
            "score": book.add_format({"num_format": "0.0", "valign": "top"}),
            "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
            "other": book.add_format({"num_format": "General", "valign": "top"}),
        }
        self._bands = {
            name: book.add_format({"bg_color": colour}) for name, colour in BAND_TINT.items()
        }

    def write(self) -> None:
        """Write the summary first; the other sheets number the sources."""
        summary = self._book.add_worksheet(self._texts["sheet.summary"])
        self._write_summary(summary)
        for sheet in sheets_of(self._page, self._texts):
            self._write_sheet(self._book.add_worksheet(self._texts[f"sheet.{sheet.name}"]), sheet)

    def _write_summary(self, sheet: Worksheet) -> None:
        words = self._page.words
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 3, 24)
        sheet.write_string(0, 0, words.say("report.title"), self._bold)
        place = 2
        for label, value, kind in _facts(self._page):
            sheet.write_string(place, 0, label, self._plain)
            self._write_cell(sheet, (place, 1), value, kind)
            place += 1
        place += 1
        for column, key in enumerate(("cause", "points", "measure", "sources")):
            sheet.write_string(place, column, self._texts[key], self._head)
        result = self._page.subject.assessment.bom
        for points, part in published(result.contributions, result.score.nominal):
            place += 1
            numbers = self._page.citations.numbers(part.sources)
            cells: Sequence[Cell] = (
                cause_text(part, self._page.subject, words),
                points,
                part.measure,
                ", ".join(str(number) for number in numbers) or None,
            )
            for column, cell in enumerate(cells):
                self._write_cell(sheet, (place, column), cell, "score")
        sheet.write_string(place + 2, 0, words.say("about.disclaimer"), self._plain)

    def _write_sheet(self, sheet: Worksheet, content: Sheet) -> None:
        heads = [self._header(column) for column in content.columns]
        for column, text in enumerate(heads):
            sheet.write_string(0, column, text, self._head)
        kinds = [self._kind(column, content) for column in content.columns]
        for place, row in enumerate(content.rows, start=1):
            for column, cell in enumerate(row):
                self._write_cell(sheet, (place, column), cell, kinds[column])
        sheet.freeze_panes(1, 1)
        if content.rows:
            sheet.autofilter(0, 0, len(content.rows), len(heads) - 1)
        for column, text in enumerate(heads):
            sheet.set_column(column, column, _width(text, [row[column] for row in content.rows]))
            if _name(content.columns[column]) in content.scores:
                self._colour(sheet, column, len(content.rows))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _header(self, column: str | tuple[str, int]) -> str:
        if isinstance(column, tuple):
            return self._texts[column[0]].format(n=column[1])
        return self._texts.get(column, column)

    @staticmethod
    def _kind(column: str | tuple[str, int], content: Sheet) -> str:
        name = _name(column)
        if name in content.shares:
            return "share"
        return "score" if name in content.scores or name == "profile" else "other"

    def _write_cell(self, sheet: Worksheet, place: tuple[int, int], value: Cell, kind: str) -> None:
        if value is None:
            return
        if isinstance(value, str):
            style: Format = self._quoted if runs(value) else self._plain
            sheet.write_string(*place, value[:_LONGEST_TEXT], style)
            return
        sheet.write_number(*place, value, self._figures[kind])

    def _colour(self, sheet: Worksheet, column: int, rows: int) -> None:
        """Colour scores by their band, the highest band first."""
        for band in reversed(self._page.subject.reference.methodology.bands):
            sheet.conditional_format(
                1,
                column,
                max(rows, 1),
                column,
                {
                    "type": "cell",
                    "criteria": ">=",
                    "value": band.from_score,
                    "format": self._bands[band.name],
                    "stop_if_true": True,
                },
            )


def _name(column: str | tuple[str, int]) -> str:
    return column[0] if isinstance(column, tuple) else column


def _width(head: str, cells: Sequence[Cell]) -> float:
    """Return the width of a column by its longest text; wide letters count twice."""
    longest = max((_columns(cell) for cell in (head, *cells[:200])), default=0)
    return float(min(max(longest + 2, _NARROWEST), _WIDEST))


def _columns(cell: Cell) -> int:
    text = str(cell) if cell is not None else ""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text[:_WIDEST])


def _facts(page: Page) -> list[tuple[str, Cell, str]]:
    """Return label, value and kind of figure of each fact about the product."""
    words, subject = page.words, page.subject
    context, assessed, result = subject.context, subject.assessed, subject.assessment
    counts = {
        outcome: sum(1 for one in assessed.identified if one.outcome.value == outcome)
        for outcome in ("rare_earths_found", "no_rare_earths", "undetermined")
    }
    texts = workbook_texts(words.code)
    score = result.bom.score
    return [
        (words.say("question.product"), assessed.bom.name or assessed.bom.id, "other"),
        (texts["key"], assessed.bom.id, "other"),
        (words.say("question.destination"), words.country(context.destination), "other"),
        (words.say("question.end_use"), words.say(f"end_use.{context.end_use.value}"), "other"),
        (words.say("question.end_user"), context.end_user, "other"),
        (words.say("about.as_of"), context.as_of.isoformat(), "other"),
        (words.say("about.known_on"), context.known_on.isoformat(), "other"),
        (words.say("question.horizon"), context.horizon_days, "other"),
        (texts["score"], rounded(score.nominal), "score"),
        (texts["low"], rounded(score.low), "score"),
        (texts["high"], rounded(score.high), "score"),
        (texts["band"], words.say(f"band.{score.band}"), "other"),
        (texts["sheet.lines"], len(assessed.bom.lines), "other"),
        *((texts[f"outcome.{key}"], number, "other") for key, number in counts.items()),
        (words.say("about.weights"), words.say(f"weights.{result.weight_basis}"), "other"),
        (words.say("about.quality"), significant(result.quality), "share"),
        (words.say("about.cutoff"), subject.reference.register.knowledge_cutoff.isoformat(),
         "other"),
        (words.say("about.method"), result.methodology_version, "other"),
        (words.say("about.data"), result.reference_data_version, "other"),
        (words.say("about.api"), subject.api_version, "other"),
        (words.say("about.id"), subject.assessment_id, "other"),
        *((words.say(key), fact, "other") for key, fact in _file(assessed.bom)),
    ]  # fmt: skip


def _file(bom: Bom) -> Iterator[tuple[str, str]]:
    """Yield how the file was read, where there was one."""
    if bom.file is not None:
        yield from file_facts(bom.file)
