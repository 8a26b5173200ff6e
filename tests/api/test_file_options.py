"""Odd files: what the caller says about columns, sheet, header, delimiter and encoding."""

from __future__ import annotations

import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import Workbook

UPLOAD = "/v1/assessments/upload"
IDENTIFY = "/v1/identify/upload"

ODD = "Werk 7;;\nWas;Wieviel;Farbe\nSintermagnet NdFeB N42SH;48;grau\nSchraube M8;4;blank\n"
MAPPING = "description:Was,quantity:Wieviel"


def send(
    client: TestClient,
    content: bytes | str,
    *,
    url: str = UPLOAD,
    query: dict[str, str] | None = None,
    fields: dict[str, str] | None = None,
    **more: str,
) -> Response:
    data = content.encode() if isinstance(content, str) else content
    form = {**(fields or {}), **more}
    if url == UPLOAD:
        form = {"destination": "JP", **form}
    return client.post(url, files={"file": ("odd.csv", data)}, data=form, params=query)


def test_columns_name_what_no_word_list_knows(client: TestClient) -> None:
    answer = send(client, ODD, columns=MAPPING).json()

    assert answer["file"] == {
        "format": "csv",
        "encoding": "utf-8",
        "delimiter": ";",
        "sheet": None,
        "header_row": 2,
        "columns": {"Was": "description", "Wieviel": "quantity"},
        "ignored_columns": ["Farbe"],
        "notes": [{"code": "title_row", "text": "row 1 ('Werk 7')"}],
    }
    assert [line["row"] for line in answer["lines"]] == [3, 4]
    assert answer["lines"][0]["outcome"] == "rare_earths_found"


def test_a_mapping_may_stand_in_the_query_and_the_form_goes_before_it(client: TestClient) -> None:
    alone = send(client, ODD, query={"columns": MAPPING}).json()
    both = send(client, ODD, query={"columns": "description:Nichts"}, columns=MAPPING).json()

    assert alone["file"]["columns"] == both["file"]["columns"] != {}


@pytest.mark.parametrize("url", [UPLOAD, IDENTIFY])
def test_a_column_that_is_not_there_answers_422_with_those_that_are(
    client: TestClient, url: str
) -> None:
    response = send(client, ODD, url=url, columns="description:Bezeichnung,quantity:Wieviel")

    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert (error["code"], error["pointer"]) == ("no_such_column", "/columns")
    assert "'Bezeichnung'" in error["detail"]
    assert "'Was', 'Wieviel', 'Farbe'" in error["detail"]


def test_a_file_without_any_table_lists_its_first_row(client: TestClient) -> None:
    response = send(client, "eins;zwei\ndrei;vier\n", columns="description:Bezeichnung")

    assert response.status_code == 422
    assert "'eins', 'zwei'" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"columns": "nonsense"}, "no_pairs", "/columns"),
        ({"columns": "colour:Farbe"}, "no_such_field", "/columns"),
        ({"encoding": "latin-99"}, "unknown_encoding", "/encoding"),
        ({"encoding": "utf-32"}, "wrong_encoding", "/encoding"),
        ({"delimiter": "both"}, "no_delimiter", "/delimiter"),
        ({"header_row": "99"}, "no_such_row", "/header_row"),
        ({"header_row": "-1"}, "too_small", "/header_row"),
        ({"header_row": "two"}, "wrong_type", "/header_row"),
        ({"colums": MAPPING}, "unknown_field", "/colums"),
    ],
)
def test_an_option_that_does_not_fit_answers_422_and_says_where(
    client: TestClient, fields: dict[str, str], code: str, pointer: str
) -> None:
    response = send(client, ODD, fields=fields)

    assert response.status_code == 422, response.text
    (error,) = response.json()["errors"]
    assert (error["code"], error["pointer"]) == (code, pointer)


def test_a_file_without_columns_refuses_a_mapping(client: TestClient) -> None:
    own = b'{"id": "P", "lines": [{"line_id": "1", "description": "Magnet NdFeB"}]}'

    response = send(client, own, columns=MAPPING)

    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "no_columns"


def test_an_option_that_the_format_has_no_use_for_is_told(client: TestClient) -> None:
    answer = send(client, ODD, columns=MAPPING, sheet="Tabelle1").json()

    notes = {note["code"]: note["text"] for note in answer["file"]["notes"]}
    assert "`sheet` was not used" in notes["unused_option"]


def test_encoding_and_delimiter_are_taken_as_said(client: TestClient) -> None:
    content = "部品|数量\nネオジム磁石|2\n".encode("euc_jp")

    file = send(client, content, encoding="euc_jp", delimiter="pipe").json()["file"]

    assert (file["encoding"], file["delimiter"]) == ("euc_jp", "|")


def _book() -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Kunden"
    first.append(["Name", "Menge"])
    first.append(["Kunde A", 3])
    second = book.create_sheet("Teile")
    second.append(["x", "y"])
    second.append(["Magnet NdFeB N35", 4])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_one_sheet_without_header_is_read_by_its_letters(client: TestClient) -> None:
    answer = send(
        client, _book(), sheet="Teile", header_row="1", columns="description:A,quantity:2"
    ).json()

    assert answer["file"]["sheet"] == "Teile"
    assert answer["file"]["columns"] == {"x": "description", "y": "quantity"}
    (line,) = answer["lines"]
    assert (line["row"], line["sheet"], line["outcome"]) == (2, "Teile", "rare_earths_found")


def test_a_sheet_that_is_not_there_answers_422_with_those_that_are(client: TestClient) -> None:
    response = send(client, _book(), sheet="Stückliste")

    assert response.status_code == 422
    assert "Kunden, Teile" in response.json()["errors"][0]["detail"]


def test_a_file_is_identified_without_scores(client: TestClient) -> None:
    answer: dict[str, Any] = send(client, ODD, url=IDENTIFY, columns=MAPPING).json()

    assert answer["file"]["header_row"] == 2
    assert [line["row"] for line in answer["lines"]] == [3, 4]
    assert [line["outcome"] for line in answer["lines"]] == ["rare_earths_found", "no_rare_earths"]
    assert "score" not in answer["lines"][0]


def test_the_report_says_how_the_file_was_read(client: TestClient) -> None:
    page = send(client, ODD, query={"format": "html"}, columns=MAPPING, language="de").text

    assert "Kopfzeile in Zeile" in page
    assert "Was = description" in page
    assert "Farbe" in page
