"""XLS and XLSB workbooks to a BOM, through python-calamine in a limited child process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.domain.bom import Bom
from app.errors import Fault, UnreadableFileError
from app.readers import calamine_child as child
from app.readers.options import limit_error
from app.readers.source import Source
from app.readers.table import Row, Sheet
from app.readers.table_bom import read_table_bom
from app.readers.xlsx_bom import check_sheet_name
from app.readers.zip_container import ZipContainer

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_REFUSALS: Final = {
    child.NO_LIBRARY: (
        "xls_not_installed",
        "XLS and XLSB need the extra `xls` (python-calamine); save the file as XLSX instead",
    ),
    child.UNREADABLE: (
        "broken_workbook",
        "the workbook is broken, or no spreadsheet at all; save it as XLSX",
    ),
    child.PASSWORD: ("password", "the workbook is protected by a password; save it without one"),
    child.NO_LIMITS: (
        "xls_not_safe",
        "XLS and XLSB cannot be read within limits on this system; save the file as XLSX",
    ),
}


def is_xlsb(container: ZipContainer) -> bool:
    """Return whether a container is an XLSB workbook."""
    return "xl/workbook.bin" in container


def read_xlsb_bom(source: Source, container: ZipContainer) -> Bom:
    """Return the BOM of an XLSB workbook; its expansion is checked before the child sees it."""
    for name in container.names:
        for _chunk in container.chunks(name):
            pass
    return read_table_bom(source, _sheets(source), file_format="xlsb")


def read_xls_bom(source: Source) -> Bom:
    """Return the BOM of an XLS workbook: all visible sheets that hold a table."""
    return read_table_bom(source, _sheets(source), file_format="xls")


def _sheets(source: Source) -> list[Sheet]:
    sheets: list[Sheet] = []
    hidden: set[str] = set()
    for line in _output(source).splitlines():
        record = json.loads(line)
        if "sheet" in record:
            sheets.append(Sheet(record["sheet"], []))
            if not record["visible"]:
                hidden.add(record["sheet"])
            continue
        rows, cells = sheets[-1].rows, record["cells"]
        source.guard.add_row(len(cells), row=record["row"])
        for text in cells:
            source.guard.check_cell(text, row=record["row"])
        rows.append(Row(record["row"], cells, bool(rows) and rows[-1].number != record["row"] - 1))
    wanted = source.options.sheet
    check_sheet_name(wanted, [sheet.name or "" for sheet in sheets])
    for sheet in sheets:
        if wanted is None and sheet.name in hidden:
            sheet.rows.clear()
            sheet.notes.append(("hidden_sheet", f"the hidden sheet '{sheet.name}' was left out"))
    return [sheet for sheet in sheets if wanted is None or sheet.name == wanted]


def _command(numbers: Sequence[int]) -> list[str]:
    """Return the command of the child: this Python, isolated from folder and environment."""
    return [sys.executable, "-I", str(Path(child.__file__)), *map(str, numbers)]


def _output(source: Source) -> bytes:
    """Return the rows as JSON lines from the child.

    Raises:
        UnreadableFileError: The workbook is broken, protected, or cannot be read here.
        LimitExceededError: The child hit a limit, or died of one.
    """
    limits = source.guard.limits
    seconds = source.guard.seconds_left
    numbers = (
        limits.max_child_bytes,
        max(1, int(seconds)),
        limits.max_rows,
        limits.max_columns,
        limits.max_cells,
        limits.max_text_chars,
    )
    try:
        done = subprocess.run(  # noqa: S603  # our own file and numbers, no shell
            _command(numbers), input=source.data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise limit_error("max_seconds", f"{limits.max_seconds:g} s", "time to read it") from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode in _REFUSALS:
        code, detail = _REFUSALS[done.returncode]
        raise UnreadableFileError(detail, (Fault(code=code, detail=detail),))
    raise limit_error(
        "max_child_bytes", f"{limits.max_child_bytes:,} bytes", "memory, rows and columns it needs"
    )
