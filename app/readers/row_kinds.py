"""Which rows below a header are lines, and which are totals, sections, notes or empty numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.readers.fields import IDENTITY_FIELDS, Field
from app.readers.number_text import DecimalMark, clean, find_number
from app.readers.table import Row

_TOTAL = re.compile(
    r"(?:(?:grand|sub|over\s?all|net|gross|estimated)[\s-]*)?(?:total|totals|sum|sums|subtotal|summe|gesamt|gesamtsumme"
    r"|zwischensumme|endsumme|suma|razem|podsumowanie|totale|totaal|合計|小計|総計|总计|合计|共计|總計|小计|總價|总价|总额|итого)"
    r"(?:\b|(?<=[\u3040-\u9fff])).{0,30}|(?:szacowana|łączna|gesamt)\s?\w{0,12}|\w{0,12}summe"
    r"|(?:shipping|freight|versand|versandkosten|fracht|tax|vat|mwst|ust|送料|運費|运费|税)(?:\b.{0,20})?",
    re.IGNORECASE,
)
_EXACT_TOTAL = re.compile(
    r"(?:grand |sub)?(?:total|sum|summe|gesamt|suma|razem|合計|小計|总计|合计|小计|共计)s?"
    r"\s*[:：]?",
    re.IGNORECASE,
)
_RULE_LINE = re.compile(r"[-_=*+\s]{2,}")
_MAX_TOTAL_CHARS = 48


class RowKind(StrEnum):
    """What a row below a header is. Everything but LINE goes into the notes of the file."""

    LINE = "line"
    TOTAL = "total_row"
    SECTION = "section_row"
    NOTE = "note_row"
    EMPTY_NUMBER = "numbered_empty_row"
    STRAY = "stray_cells"
    CONTINUATION = "continuation_row"


class RowSorter:
    """Sorts the rows of one table; remembers whether the table's summary has begun."""

    def __init__(self, fields: Mapping[int, Field], rows: Sequence[Row]) -> None:
        self._fields = fields
        #: Behind the last row with two cells, single cells are legends.
        self._last_full_row = max(
            (row.number for row in rows if len(row.cells) - row.cells.count("") > 1), default=0
        )
        self._mapped = len(fields)
        self._quantity = _index_of(fields, Field.QUANTITY, Field.TOTAL_QUANTITY)
        self._designator = _index_of(fields, Field.DESIGNATOR)
        self._structural = {
            index
            for index, field in fields.items()
            if field in {Field.POSITION, Field.LEVEL, Field.LINE_ID}
        }
        self._identity = {index for index, field in fields.items() if field in IDENTITY_FIELDS}
        self._codes = {
            index
            for index, field in fields.items()
            if field in {Field.PART_NUMBER, Field.MAKER_PART_NUMBER, Field.CAS}
        }
        self._in_summary = False

    def kind(self, row: Row) -> RowKind:
        """Return what a row is."""
        cells = row.cells
        filled = [index for index, text in enumerate(cells) if text]
        if all(_RULE_LINE.fullmatch(cells[index]) for index in filled):
            return RowKind.STRAY
        identity = [index for index in filled if index in self._identity]
        if self._is_total(cells, filled=filled, identity=identity):
            self._in_summary = True
            return RowKind.TOTAL
        if self._in_summary and not self._is_plain_line(cells, filled):
            return RowKind.TOTAL
        self._in_summary = False
        if len(filled) == 1:
            return self._single(row, filled[0])
        if not identity:
            return self._without_identity(cells, filled)
        return RowKind.LINE

    def _is_total(
        self, cells: Sequence[str], *, filled: Sequence[int], identity: Sequence[int]
    ) -> bool:
        if any(index in self._codes and _has_digit(cells[index]) for index in filled):
            return False
        words = [
            index
            for index in filled
            if len(cells[index]) <= _MAX_TOTAL_CHARS and _TOTAL.fullmatch(clean(cells[index]))
        ]
        if not words or any(index not in words for index in identity):
            return False
        exact = any(_EXACT_TOTAL.fullmatch(clean(cells[index])) for index in words)
        numbered = any(index in self._structural and index not in words for index in filled)
        return exact or (not numbered and not self._has_quantity(cells)) or not identity

    def _has_quantity(self, cells: Sequence[str]) -> bool:
        index = self._quantity
        if index is None or index >= len(cells) or not cells[index]:
            return False
        return find_number(clean(cells[index]), DecimalMark.POINT) is not None

    def _is_plain_line(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        return self._has_quantity(cells) or any(
            index in self._structural or index in self._codes for index in filled
        )

    def _single(self, row: Row, index: int) -> RowKind:
        """Return what a row with one filled cell is."""
        text = row.cells[index]
        if index == self._designator and not row.after_gap:
            return RowKind.CONTINUATION
        if index in self._structural or not any(sign.isalpha() for sign in text):
            return RowKind.EMPTY_NUMBER if index in self._structural else RowKind.STRAY
        if text.rstrip().endswith((":", "：")):
            self._in_summary = bool(_TOTAL.fullmatch(clean(text).rstrip(":：")))
            return RowKind.SECTION
        if self._quantity is None or self._mapped <= 2:
            return RowKind.LINE if index in self._identity else RowKind.NOTE
        if row.number > self._last_full_row:
            return RowKind.NOTE
        return RowKind.SECTION if row.after_gap or index not in self._identity else RowKind.LINE

    def _without_identity(self, cells: Sequence[str], filled: Sequence[int]) -> RowKind:
        """Return what a row is that names no part: a nameless line, or a left-over."""
        if all(index in self._structural for index in filled):
            return RowKind.EMPTY_NUMBER
        if self._has_quantity(cells) and any(index in self._structural for index in filled):
            return RowKind.LINE
        mapped = [index for index in filled if index in self._fields]
        if self._has_quantity(cells) and len(mapped) > 1:
            return RowKind.LINE
        others = [index for index in filled if index not in self._structural]
        if self._designator in others:
            return RowKind.LINE
        return RowKind.STRAY


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _index_of(fields: Mapping[int, Field], *wanted: Field) -> int | None:
    for field in wanted:
        for index, held in fields.items():
            if held is field:
                return index
    return None
