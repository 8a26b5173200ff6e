"""The files that a visitor of the page has at hand: good ones, and one that is broken."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@dataclass(frozen=True, slots=True)
class Files:
    """Files by what is in them.

    Attributes:
        table: A good list as CSV.
        workbook: The same list as Excel file.
        broken: A list that breaks off in its third row.
        picture: No list at all.
    """

    table: Path
    workbook: Path
    broken: Path
    picture: Path


def made_files(folder: Path) -> Files:
    """Return the files, written into a folder."""
    table = folder / "traction-motor.csv"
    shutil.copy(_EXAMPLES / table.name, table)
    workbook = folder / "traction-motor.xlsx"
    book = openpyxl.Workbook()
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows):
            book.active.append(row)
    book.save(workbook)
    broken = folder / "broken.json"
    broken.write_text('{"bom": {"lines": [\n  {"line_id": "1"},\n  {oops}\n]}}', encoding="utf-8")
    picture = folder / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    return Files(table, workbook, broken, picture)
