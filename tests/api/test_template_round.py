"""What a purchaser does: download the template, fill it, upload it, get a score."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from app.readers.template import template_columns
from app.readers.template_words import LANGUAGES

#: What was filled in, by field; the other columns stay empty.
FILLED = (
    {
        "line_id": "10",
        "part_number": "MAG-42",
        "description": "Sintered NdFeB magnet N42SH",
        "quantity": "48",
        "unit": "pc",
        "unit_mass_kg": "0.0075",
    },
    {
        "line_id": "20",
        "part_number": "SCR-3",
        "description": "Screw M3x8",
        "quantity": "12",
        "unit": "pc",
        "unit_mass_kg": "0.001",
    },
)


def template(client: TestClient, file_format: str, language: str) -> bytes:
    response = client.get("/v1/template", params={"format": file_format, "language": language})
    assert response.status_code == 200
    return response.content


def rows() -> list[list[str]]:
    fields = [column.field.value for column in template_columns()]
    return [[line.get(field, "") for field in fields] for line in FILLED]


def filled_text(empty: bytes) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows())
    return empty + out.getvalue().encode()


def filled_workbook(empty: bytes) -> bytes:
    book = load_workbook(io.BytesIO(empty))
    for row in rows():
        book.worksheets[0].append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def score(client: TestClient, content: bytes) -> dict[str, Any]:
    response = client.post(
        "/v1/assessments/upload",
        files={"file": ("template", content)},
        data={"destination": "JP", "end_use": "civil", "as_of": "2026-03-01"},
    )
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_downloaded_template_is_filled_uploaded_and_scored(
    client: TestClient, language: str
) -> None:
    text = score(client, filled_text(template(client, "csv", language)))
    book = score(client, filled_workbook(template(client, "xlsx", language)))

    assert (text["file"]["format"], book["file"]["format"]) == ("csv", "xlsx")
    for answer in (text, book):
        magnet, screw = answer["lines"]
        assert (magnet["line_id"], screw["line_id"]) == ("10", "20")
        assert (magnet["outcome"], screw["outcome"]) == ("rare_earths_found", "no_rare_earths")
        assert answer["file"]["ignored_columns"] == []
    assert text["bom"]["score"] == book["bom"]["score"]
    assert text["bom"]["score"] > 0
    assert text["elements"] == book["elements"]
