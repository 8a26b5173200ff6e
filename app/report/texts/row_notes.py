"""What readers say about rows that are no parts: the kind, then which rows, in four languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_LANGUAGES = ("en", "de", "ja", "zh")

_TEXT = """
title_row | Above the table, not read | Über der Tabelle, nicht gelesen | 表より上にあるため読み取らない行 | 位于表格之上，未读取
total_row | Totals, not counted as parts | Summen, nicht als Teile gezählt | 合計のため部品に数えない行 | 合计行，不计为零件
section_row | Headings, not counted as parts | Überschriften, nicht als Teile gezählt | 見出しのため部品に数えない行 | 标题行，不计为零件
note_row | Remarks, not counted as parts | Bemerkungen, nicht als Teile gezählt | 注記のため部品に数えない行 | 备注行，不计为零件
numbered_empty_row | Numbered, but empty | Nummeriert, aber leer | 番号のみで空の行 | 有编号但为空的行
stray_cells | Single cells beside the table | Einzelne Zellen neben der Tabelle | 表の外にある単独のセル | 表格外的单个单元格
continuation_row | Continued descriptions | Fortgesetzte Beschreibungen | 説明の続きの行 | 说明的续行
"""
#: How a reader names the rows: the sheet where there are several, numbers, what stands in them.
_ROWS = re.compile(
    r"(?:sheet '(?P<sheet>.*?)', )?row (?P<rows>.*?)(?: and (?P<more>\d+) more)?", re.DOTALL
)


@cache
def _leads(language: str) -> Mapping[str, str]:
    place = 1 + _LANGUAGES.index(language)
    rows = (line.split(" | ") for line in _TEXT.strip().splitlines())
    return {row[0]: row[place] for row in rows}


def row_note(code: str, text: str, language: str) -> tuple[str, str] | None:
    """Return the kind of the rows and the rows themselves, or None for another remark.

    Args:
        code: Code of the remark.
        text: The remark as a reader made it, in English.
        language: Language of the report.

    Examples:
        >>> row_note("total_row", "sheet 'Parts', row 7 ('Total 6') and 2 more", "de")
        ('Summen, nicht als Teile gezählt', "Parts: 7 ('Total 6') … +2")
    """
    lead, match = _leads(language).get(code), _ROWS.fullmatch(text)
    if lead is None or match is None:
        return None
    sheet = f"{match['sheet']}: " if match["sheet"] else ""
    more = f" … +{match['more']}" if match["more"] else ""
    return lead, f"{sheet}{match['rows']}{more}"
