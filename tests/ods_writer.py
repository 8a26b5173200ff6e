"""Writes ODS workbooks of one sheet, by hand, so that no test needs a library for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def ods_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook (ODF 1.2, part 1, section 9); figures become figures, the rest text."""
    cells = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
        f' xmlns:office="{_NAMES}:office:1.0" xmlns:table="{_NAMES}:table:1.0"'
        f' xmlns:text="{_NAMES}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="BOM">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def _cell(text: str) -> str:
    figure = text.replace(".", "", 1).isdecimal() and text.isascii()
    typed = f'"float" office:value="{text}"' if figure else '"string"'
    return (
        f"<table:table-cell office:value-type={typed}>"
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )
