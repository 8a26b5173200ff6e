"""Delimited text to rows: the delimiter, quotes, cells over several lines, line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from app.errors import LimitExceededError
from app.readers.options import Guard, limit_error
from app.readers.table import Row, Sheet

_DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"[^"\n]*"')
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?[;,\t|]*\s*", re.IGNORECASE)
_SAMPLE_RECORDS = 200
#: Delimiters on one physical line above which no table is meant, quoted or not.
_ABSURD_WIDTH = 10_000
#: A quoted cell over more lines than this is an unclosed quote.
_LONGEST_CELL_LINES = 200


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text table and the delimiter that was used."""

    sheet: Sheet
    delimiter: str


def read_delimited(
    text: str, *, guard: Guard, delimiter: str | None, known: Callable[[str], bool]
) -> Delimited:
    """Return the rows of a delimited text.

    Args:
        text: The decoded file.
        guard: Counts rows and cells.
        delimiter: The delimiter that the caller names, or None.
        known: Tells whether a word is a header word.

    Raises:
        LimitExceededError: A limit on rows, columns, cells or their length was passed.
    """
    skip = 0
    first_line = text[:40].split("\n", 1)[0]
    declared = _SEP_LINE.fullmatch(first_line.rstrip("\r"))
    if declared is not None:
        skip, delimiter = 1, delimiter or declared[1]
    _refuse_absurd_lines(text)
    quotes = True
    chosen = delimiter or _best_delimiter(text, known=known, quotes=quotes)
    if '"' in text and _has_open_quote(text, chosen):
        quotes = False
        chosen = delimiter or _best_delimiter(text, known=known, quotes=quotes)
    sheet = _rows(text, delimiter=chosen, quotes=quotes, skip=skip, guard=guard)
    if not quotes:
        sheet.notes.append(
            ("unbalanced_quotes", "a quotation mark is never closed; marks were read as plain text")
        )
    return Delimited(sheet, chosen)


def _refuse_absurd_lines(text: str) -> None:
    for delimiter in _DELIMITERS:
        if text.count(delimiter) <= _ABSURD_WIDTH:
            continue
        for number, line in enumerate(io.StringIO(text), start=1):
            if line.count(delimiter) > _ABSURD_WIDTH:
                bare = _QUOTED.sub("", line) if '"' in line else line
                if bare.count(delimiter) > _ABSURD_WIDTH:
                    raise limit_error(
                        "max_columns", f"{_ABSURD_WIDTH:,}", "width of a line", number
                    )


def _records(text: str, *, delimiter: str, quotes: bool) -> Iterator[tuple[int, int, list[str]]]:
    """Yield (first line, last line, cells) of each record."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
    )
    before = 0
    try:
        for cells in reader:
            yield before + 1, reader.line_num, cells
            before = reader.line_num
    except csv.Error as error:
        raise limit_error("max_cell_chars", "131,072 characters", "length of a cell") from error


def _has_open_quote(text: str, delimiter: str) -> bool:
    """Return whether a quotation mark swallows the rest of the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    last: list[str] = []
    try:
        for cells in reader:
            if reader.line_num - before > _LONGEST_CELL_LINES:
                return True
            before = reader.line_num
            last = cells
    except csv.Error:
        return True
    # Near the end of a file the swallowed part is short: an odd number of marks, and line breaks.
    return text.count('"') % 2 == 1 and bool(last) and "\n" in last[-1].rstrip()


def _best_delimiter(text: str, *, known: Callable[[str], bool], quotes: bool) -> str:
    scores = {mark: _score(text, mark, known=known, quotes=quotes) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: scores[mark])


def _score(text: str, delimiter: str, *, known: Callable[[str], bool], quotes: bool) -> float:
    """Return how well a delimiter splits the first records into a table."""
    if delimiter not in text:
        return 0.0
    widths: Counter[int] = Counter()
    words = 0
    records = islice(_records(text, delimiter=delimiter, quotes=quotes), _SAMPLE_RECORDS)
    try:
        for _, _, cells in records:
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
                words = max(words, sum(1 for cell in cells if known(cell)))
    except LimitExceededError:  # a cell without end: this delimiter is judged by what came before
        pass
    filled = sum(widths.values()) or 1
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    if width < 2:
        return 0.1 * words
    return count / filled * min(width, 8) / 8 + words


def _rows(text: str, *, delimiter: str, quotes: bool, skip: int, guard: Guard) -> Sheet:
    rows: list[Row] = []
    gap = False
    for first, _, cells in _records(text, delimiter=delimiter, quotes=quotes):
        if first <= skip:
            continue
        stripped = [cell.strip() for cell in cells]
        while stripped and not stripped[-1]:
            stripped.pop()
        if not any(stripped):
            gap = True
            continue
        guard.add_row(len(stripped), row=first)
        for cell in stripped:
            if len(cell) > guard.limits.max_cell_chars:
                guard.check_cell(cell, row=first)
        rows.append(Row(first, stripped, gap, len(cells)))
        gap = False
    return Sheet(None, rows)
