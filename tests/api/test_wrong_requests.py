"""Every wrong request is answered by a problem that says where; none of them by a defect."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.requests import assessment, magnet_line
from tests.api.wrong_bodies import CONTEXT, MEDIA, UNREADABLE
from tests.api.wrong_boms import BOM, LINES
from tests.api.wrong_case import ASSESSMENTS, Wrong
from tests.api.wrong_others import OTHERS, UPLOADS

TABLE = [*UNREADABLE, *MEDIA, *CONTEXT, *BOM, *LINES, *OTHERS, *UPLOADS]


def test_the_table_is_as_long_as_promised() -> None:
    names = [(case.path, case.method, case.name) for case in TABLE]

    assert len(TABLE) >= 80
    assert len(set(names)) >= 80


@pytest.mark.parametrize("wrong", TABLE, ids=lambda case: case.name)
def test_a_wrong_request_gets_a_problem_that_says_where(client: TestClient, wrong: Wrong) -> None:
    answer = client.request(wrong.method, wrong.path, **wrong.sent)
    problem = answer.json()

    assert answer.status_code == wrong.status, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == wrong.status
    assert problem["type"].startswith("urn:lodestone:problem:")
    assert problem["detail"]
    assert problem["instance"] == answer.request.url.path
    if wrong.code is not None:
        found = {(fault["code"], fault["pointer"]) for fault in problem["errors"]}
        assert (wrong.code, wrong.pointer) in found
        assert len(found) == 1 + wrong.others, found
    assert all(fault["detail"] for fault in problem["errors"])


def test_every_fault_of_a_request_is_listed_at_once(client: TestClient) -> None:
    request = assessment(
        magnet_line(quantity=-1, unit="furlong", materials=[{"name": 1}]),
        {"line_id": "10"},
        destination="Japan",
        horizon_days=0,
    )

    faults = client.post(ASSESSMENTS, json=request).json()["errors"]

    assert {(fault["code"], fault["pointer"]) for fault in faults} == {
        ("unknown_country", "/destination"),
        ("too_small", "/horizon_days"),
        ("too_small", "/bom/lines/0/quantity"),
        ("wrong_type", "/bom/lines/0/materials/0/name"),
        ("unknown_unit", "/bom/lines/0/unit"),
        ("empty_line", "/bom/lines/1"),
        ("duplicate_line_id", "/bom/lines/1/line_id"),
    }


@pytest.mark.parametrize(
    ("sent", "hint"),
    [
        ({"destination": "Japan"}, "'JP'"),
        ({"destination": "Deutschland"}, "'DE'"),
        ({"destination": "jp"}, "'JP'"),
        ({"end_use": "millitary"}, "'military'"),
        ({"destinaton": "JP"}, "'destination'"),
    ],
)
def test_a_problem_says_what_was_probably_meant(
    client: TestClient, sent: dict[str, str], hint: str
) -> None:
    problem = client.post(ASSESSMENTS, json=assessment(**sent)).json()

    assert f"did you mean {hint}?" in problem["errors"][0]["detail"]


def test_a_thousand_faults_are_listed_and_the_rest_counted(client: TestClient) -> None:
    lines = [{"line_id": str(place)} for place in range(1200)]

    problem = client.post(ASSESSMENTS, json=assessment(*lines)).json()

    assert len(problem["errors"]) == 1000
    assert "1200 things" in problem["detail"]
