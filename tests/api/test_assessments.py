"""What an assessment holds, whatever its scores are."""

from __future__ import annotations

import math
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.domain.elements import RARE_EARTHS
from tests.api.requests import assessment, magnet_line, steel_line

URL = "/v1/assessments"


@pytest.fixture(scope="module")
def answer(client: TestClient) -> dict[str, Any]:
    """Return the answer to the request that the contract shows."""
    response = client.post(URL, json=assessment(magnet_line(), steel_line()))
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document


def test_every_version_is_named(answer: dict[str, Any]) -> None:
    assert answer["api_version"]
    assert answer["methodology_version"]
    assert len(answer["reference_data_version"]) >= 12


def test_all_seventeen_come_in_order_and_only_promethium_has_no_score(
    answer: dict[str, Any],
) -> None:
    assert [element["symbol"] for element in answer["elements"]] == list(RARE_EARTHS)
    without = [element for element in answer["elements"] if element["score"] is None]
    assert [(element["symbol"], element["reason"]) for element in without] == [
        ("Pm", "no_market_data")
    ]


def test_every_score_lies_between_its_bounds(answer: dict[str, Any]) -> None:
    scored = [answer["bom"], *answer["elements"], *answer["sectors"], *answer["lines"]]

    for one in scored:
        if one["score"] is not None:
            assert 0 <= one["low"] <= one["score"] <= one["high"] <= 100


def test_contributions_add_up_to_the_rounded_score(answer: dict[str, Any]) -> None:
    for one in [answer["bom"], *answer["elements"], *answer["lines"]]:
        points = math.fsum(part["points"] for part in one["contributions"])
        assert points == pytest.approx(one["score"] or 0.0, abs=1e-9)
    for sector in answer["sectors"]:
        points = math.fsum(part["points"] for part in sector["contributions"])
        assert points == pytest.approx(sector["score"], abs=1e-9)
    assert math.fsum(line["points"] for line in answer["lines"]) == pytest.approx(
        answer["bom"]["score"], abs=1e-9
    )


def test_every_contribution_has_a_sentence_and_every_measure_a_source(
    answer: dict[str, Any],
) -> None:
    parts = [part for element in answer["elements"] for part in element["contributions"]]

    assert parts
    assert all(part["text"].strip() for part in parts)
    assert all(part["sources"] for part in parts if "measure" in part)


def test_every_source_key_resolves(client: TestClient, answer: dict[str, Any]) -> None:
    known = {source["key"] for source in client.get("/v1/reference").json()["sources"]}

    used = {
        key
        for element in answer["elements"]
        for part in [*element["contributions"], *element["concentration"]]
        for key in part["sources"]
    }

    assert used
    assert used <= known


def test_rows_in_are_rows_out(answer: dict[str, Any]) -> None:
    assert [line["line_id"] for line in answer["lines"]] == ["10", "20"]
    counts = answer["bom"]
    assert counts["lines_in"] == 2
    assert (
        counts["lines_with_rare_earths"] + counts["lines_without"] + counts["lines_undetermined"]
        == 2
    )


def test_the_context_is_echoed_with_its_defaults(client: TestClient) -> None:
    request = assessment(as_of=..., end_use=...)

    context = client.post(URL, json=request).json()["context"]

    assert context == {
        "destination": "JP",
        "end_use": "unknown",
        "end_user": None,
        "end_user_owners": [],
        "as_of": "2026-03-01",
        "known_on": "2026-03-01",
        "horizon_days": 180,
        "language": "en",
    }


def test_the_same_request_gives_the_same_bytes(client: TestClient) -> None:
    first = client.post(URL, json=assessment())
    client.post(URL, json=assessment(destination="DE", end_use="military"))
    second = client.post(URL, json=assessment())

    assert first.content == second.content


def test_a_default_left_out_changes_no_id_and_anything_else_does(client: TestClient) -> None:
    def id_of(**changes: Any) -> str:
        answer = client.post(f"{URL}?detail=summary", json=assessment(**changes)).json()
        return str(answer["assessment_id"])

    plain = id_of()

    assert plain == id_of(known_on="2026-03-01", horizon_days=180, language="en")
    others = [
        id_of(destination="DE"),
        id_of(end_use="military"),
        id_of(as_of="2026-03-02"),
        id_of(horizon_days=90),
        id_of(bom={"lines": [magnet_line()]}),
        id_of(bom={"lines": [magnet_line(quantity=47)]}),
        id_of(bom={"lines": [magnet_line(unit_price="2.0")]}),
    ]
    assert len({plain, *others}) == 8


def test_a_price_as_text_counts_like_the_number(client: TestClient) -> None:
    as_number = client.post(URL, json=assessment(magnet_line(unit_price=1.9)))
    as_text = client.post(URL, json=assessment(magnet_line(unit_price="1.90")))

    assert as_number.content == as_text.content


def test_a_summary_has_scores_alone(client: TestClient, answer: dict[str, Any]) -> None:
    summary = client.post(f"{URL}?detail=summary", json=assessment(magnet_line(), steel_line()))

    document = summary.json()
    assert "lines" not in document
    assert set(document["elements"][0]) == {
        "symbol", "name", "score", "low", "high", "band", "exposed",
    }  # fmt: skip
    assert set(document["sectors"][0]) == {"id", "name", "score", "low", "high", "band", "basis"}
    for symbol, one in zip(RARE_EARTHS, document["elements"], strict=True):
        full = next(element for element in answer["elements"] if element["symbol"] == symbol)
        assert one["score"] == full["score"]
    assert document["assessment_id"] == answer["assessment_id"]


def test_elements_leave_out_the_lines_alone(client: TestClient, answer: dict[str, Any]) -> None:
    document = client.post(
        f"{URL}?detail=elements", json=assessment(magnet_line(), steel_line())
    ).json()

    assert set(answer) - set(document) == {"lines"}
    assert document["elements"] == answer["elements"]


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "dysprosium"), ("de", "Dysprosium"), ("ja", "ジスプロシウム"), ("zh", "镝")],
)
def test_names_come_in_the_wanted_language(client: TestClient, language: str, name: str) -> None:
    document = client.post(URL, json=assessment(language=language)).json()

    names = {element["symbol"]: element["name"] for element in document["elements"]}
    assert names["Dy"] == name


def test_the_line_of_the_magnet_says_what_it_holds_and_why(answer: dict[str, Any]) -> None:
    magnet, bolt = answer["lines"]

    assert magnet["outcome"] == "rare_earths_found"
    assert {"Nd", "Dy"} <= {element["symbol"] for element in magnet["elements"]}
    assert magnet["evidence"]
    assert bolt["score"] == 0
    assert bolt["elements"] == []


def test_sectors_with_own_lines_are_told_from_those_for_reference(answer: dict[str, Any]) -> None:
    by_basis = {sector["basis"] for sector in answer["sectors"]}

    assert by_basis == {"bom", "reference"}
    assert len(answer["sectors"]) == 25


def test_lines_without_ids_get_their_place(client: TestClient) -> None:
    lines = [magnet_line(line_id=...), steel_line("1"), steel_line("2") | {"line_id": None}]

    document = client.post(URL, json=assessment(*lines)).json()

    assert [line["line_id"] for line in document["lines"]] == ["#1", "1", "3"]


def test_a_byte_order_mark_and_a_json_dialect_are_read(client: TestClient) -> None:
    content = b"\xef\xbb\xbf" + client.build_request("POST", URL, json=assessment()).content
    headers = {"content-type": "application/vnd.example+json; charset=utf-8"}

    assert client.post(URL, content=content, headers=headers).status_code == 200


def codes_of(client: TestClient, *lines: Any, **changes: Any) -> set[str]:
    document = client.post(URL, json=assessment(*lines, **changes)).json()
    return {warning["code"] for warning in document["warnings"]}


def test_an_unknown_end_use_is_told(client: TestClient) -> None:
    assert "end_use_assumed" in codes_of(client, end_use="unknown")
    assert "end_use_assumed" not in codes_of(client)


def test_a_day_long_after_the_register_ends_is_told(client: TestClient) -> None:
    assert "register_stale" in codes_of(client, as_of="2027-12-01")
    assert "register_stale" not in codes_of(client)


def test_a_day_before_the_figures_were_published_is_told(client: TestClient) -> None:
    assert "vintage_after_date" in codes_of(client, as_of="1995-01-01")


def test_a_status_that_nobody_confirmed_is_told_with_its_measures(client: TestClient) -> None:
    document = client.post(URL, json=assessment(as_of="2026-11-20")).json()

    told = [one["text"] for one in document["warnings"] if one["code"] == "date_unconfirmed"]
    assert any("CN-57-2025" in text for text in told)


def test_no_match_of_the_end_user_is_no_clearance(client: TestClient) -> None:
    document = client.post(URL, json=assessment(end_user="Nobody Ltd")).json()

    told = [one for one in document["warnings"] if one["code"] == "end_user_not_matched"]
    assert "no clearance" in told[0]["text"]
    assert told[0]["pointer"] == "/end_user"
    assert document["end_user_match"]["measures"] == []


def test_a_listed_end_user_is_named_with_its_lists(client: TestClient) -> None:
    document = client.post(URL, json=assessment(end_user="TDK Corporation")).json()

    assert document["end_user_match"]["measures"] == ["CN-WL-12-2026-JP"]
    assert "end_user_listed" in {one["code"] for one in document["warnings"]}


def test_prices_in_several_currencies_are_told(client: TestClient) -> None:
    lines = [magnet_line(), magnet_line(line_id="11", currency="USD")]

    assert "mixed_currencies" in codes_of(client, *lines)


def test_a_line_that_cannot_be_told_is_counted_and_explained(client: TestClient) -> None:
    document = client.post(URL, json=assessment(magnet_line(), {"part_number": "X-77"})).json()

    line = document["lines"][1]
    assert line["outcome"] == "undetermined"
    assert line["reason"]
    assert "lines_undetermined" in {one["code"] for one in document["warnings"]}


@pytest.mark.parametrize(("sent", "status"), [(180.0, 200), (180.5, 422)])
def test_a_whole_number_may_be_written_with_a_point(
    client: TestClient, sent: float, status: int
) -> None:
    request = assessment(steel_line()) | {"horizon_days": sent}

    assert client.post(URL, json=request).status_code == status
