"""The Excel report in a real office program: it opens, and every figure is that of the JSON."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.api.answers.assessment import assessment_answer
from app.api.examples import SUMMARIES
from app.batch.pipeline import Engine
from app.report.workbook import xlsx_report
from tests.reports.conftest import Subject
from tests.reports.test_escaping import formula_after, made

_PROGRAMS = ("soffice", "libreoffice")
_STARTS = ("=", "+", "-", "@", "\t")

Row = dict[str, Any]


def converted(workbooks: list[Path], folder: Path) -> dict[str, Path]:
    """Return the workbooks as LibreOffice reads, computes and writes them, by name."""
    named = os.environ.get("LODESTONE_TEST_OFFICE")
    program = named or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    assert program, "install LibreOffice Calc, or name it in LODESTONE_TEST_OFFICE"
    out = folder / "converted"
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
        *map(str, workbooks),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in out.iterdir()} == {path.name for path in workbooks}, done.stdout
    return {path.stem: path for path in out.iterdir()}


def rows_of(book: Any, sheet: str) -> Iterator[Row]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    for row in rows:
        yield dict(zip(head, row, strict=True))


@pytest.fixture(scope="module")
def books(subject: Subject, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("office")
    written = []
    for name in SUMMARIES:
        file = folder / f"{name}.xlsx"
        file.write_bytes(xlsx_report(subject(name, "en")))
        written.append(file)
    return {
        name: openpyxl.load_workbook(path, data_only=True)
        for name, path in converted(written, folder).items()
    }


@pytest.fixture(scope="module")
def answers(engine: Engine, subject: Subject) -> dict[str, Any]:
    return {
        name: assessment_answer(subject(name, "en").assessed, engine.reference, detail="full")
        for name in SUMMARIES
    }


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_the_product_has_the_figures_of_the_answer(
    name: str, books: dict[str, Any], answers: dict[str, Any]
) -> None:
    facts = dict(row[:2] for row in books[name]["Summary"].iter_rows(values_only=True))
    bom = answers[name]["bom"]
    rows = list(books[name]["Summary"].iter_rows(max_col=2, values_only=True))
    points = [value for _, value in rows[[row[0] for row in rows].index("Cause") + 1 :] if value]

    assert (facts["Score"], facts["Low"], facts["High"]) == (bom["score"], bom["low"], bom["high"])
    assert facts["Band"] == bom["band"]
    assert facts["Lines"] == bom["lines_in"]
    assert sum(points) == pytest.approx(bom["score"], abs=1e-9)


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_every_element_has_the_figures_of_the_answer(
    name: str, books: dict[str, Any], answers: dict[str, Any]
) -> None:
    rows = {row["Symbol"]: row for row in rows_of(books[name], "Elements")}

    assert len(rows) == 17
    for one in answers[name]["elements"]:
        row, mass = rows[one["symbol"]], one["mass_kg"] or {}
        licence = (one["control"] or {}).get("licence_days") or {}
        assert (row["Score"], row["Low"], row["High"]) == (one["score"], one["low"], one["high"])
        if one["score"] is not None:
            assert row["Days short"] == one["expected_stockout_days"]
        assert row["Stock, days"] == one["time_to_survive_days"]
        assert row["Time to recover, days"] == one["time_to_recover_days"]
        assert row["Gap, days"] == one["gap_days"]
        for column, key in (
            ("Mass low, kg", "low"),
            ("Mass, kg", "value"),
            ("Mass high, kg", "high"),
        ):
            assert row[column] == mass.get(key), one["symbol"]
        assert row["Licence, days"] == licence.get("value")
        for point in one["profile"]:
            assert row[f"Score, {point['horizon_days']} days"] == point["score"]


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_every_share_has_the_figures_of_the_answer(
    name: str, books: dict[str, Any], answers: dict[str, Any]
) -> None:
    rows = {(row["Symbol"], row["Stage"].lower()): row for row in rows_of(books[name], "Supply")}
    expected = [(one["symbol"], stage) for one in answers[name]["elements"]
                for stage in one["concentration"]]  # fmt: skip

    assert len(rows) == len(expected) > 40
    for symbol, stage in expected:
        row = rows[symbol, stage["stage"]]
        for column, kind in (("world", "world"), ("destination", "destination"),
                             ("own share", "company")):  # fmt: skip
            assert row[f"China, {column}"] == stage["china_share"][kind]
        for column, kind in (
            ("world", "world"),
            ("destination", "destination"),
            ("own", "company"),
        ):
            assert row[f"Concentration, {column}"] == stage["hhi"][kind]
        assert (row["China, world, low"], row["China, world, high"]) == (
            stage["low"],
            stage["high"],
        )


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_every_sector_and_line_has_the_figures_of_the_answer(
    name: str, books: dict[str, Any], answers: dict[str, Any]
) -> None:
    sectors = list(rows_of(books[name], "Sectors"))
    lines: dict[str, list[Row]] = {}
    for row in rows_of(books[name], "Lines"):
        lines.setdefault(str(row["Line"]), []).append(row)

    for row, one in zip(sectors, answers[name]["sectors"], strict=True):
        assert (row["Score"], row["Low"], row["High"]) == (one["score"], one["low"], one["high"])
        for part in one["contributions"]:
            assert (row[part["element"]] or 0.0) == part["points"]
    assert len(lines) == len(answers[name]["lines"])
    for line in answers[name]["lines"]:
        found = lines[line["line_id"]]
        assert {row["Score"] for row in found} == {line["score"]}
        assert {row["Confidence"] for row in found} == {line["confidence"]}
        masses = {row["Element"]: row["Mass, kg"] for row in found if row["Element"]}
        assert masses == {
            one["symbol"]: (one["mass_kg"] or {}).get("value") for one in line["elements"]
        }


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_no_cell_went_wrong(name: str, books: dict[str, Any]) -> None:
    cells = [cell for sheet in books[name].worksheets for row in sheet.iter_rows() for cell in row]

    assert len(cells) > 500
    assert [cell.coordinate for cell in cells if cell.data_type == "e"] == []


def test_text_that_looks_like_a_formula_stays_text(engine: Engine, tmp_path: Path) -> None:
    written = []
    for place, start in enumerate(_STARTS):
        file = tmp_path / f"start{place}.xlsx"
        file.write_bytes(made("xlsx", formula_after(start), engine))
        written.append(file)

    for path in converted(written, tmp_path).values():
        book = openpyxl.load_workbook(path)
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        assert sum("HYPERLINK" in str(cell.value) for cell in cells) > 8
