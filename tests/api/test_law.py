"""The calendar of the law and the comparison of two dates."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.requests import assessment, magnet_line

CALENDAR = "/v1/controls/calendar"
PRODUCT = "/v1/assessments/calendar"
DIFF = "/v1/assessments/diff"


def diff_request(**changes: Any) -> dict[str, Any]:
    body = assessment(as_of=...)
    body |= {"from": {"as_of": "2026-01-05"}, "to": {"as_of": "2026-01-10"}, **changes}
    return body


def test_the_calendar_lists_each_day_with_source_and_certainty(client: TestClient) -> None:
    response = client.get(CALENDAR, params={"destination": "JP", "as_of": "2026-10-20"})

    assert response.status_code == 200, response.text
    document = response.json()
    days = {day["on_date"]: day for day in document["days"]}
    assert {"2026-11-10", "2026-11-11", "2027-01-10", "2027-01-11"} <= set(days)
    entries = {entry["subject"]: entry for entry in days["2026-11-11"]["entries"]}
    assert entries["CN-57-2025"]["basis"] == "stated"
    assert entries["CN-57-2025"]["sources"] == ["mofcom-2026-09-28"]
    flips = days["2026-11-11"]["flips"]
    assert {cell["element"] for cell in flips if cell["form"] == "oxide"} == {
        "Ho", "Er", "Tm", "Eu", "Yb",
    }  # fmt: skip
    assert {(cell["before"], cell["after"]) for cell in flips} == {("suspended", "unconfirmed")}
    assert document["freshness"]["knowledge_cutoff"] == "2026-10-08"


def test_the_buyers_own_rule_is_in_the_calendar_of_its_country(client: TestClient) -> None:
    def subjects(destination: str) -> set[str]:
        query = {"destination": destination, "as_of": "2026-12-01", "end_use": "military"}
        days = client.get(CALENDAR, params=query).json()["days"]
        return {entry["subject"] for day in days for entry in day["entries"]}

    assert "US-DFARS-2027" in subjects("US")
    assert "US-DFARS-2027" not in subjects("JP")


def test_the_horizon_bounds_the_calendar(client: TestClient) -> None:
    query = {"destination": "JP", "as_of": "2026-10-20", "horizon_days": "30"}

    days = client.get(CALENDAR, params=query).json()["days"]

    assert [day["on_date"] for day in days] == ["2026-11-10", "2026-11-11", "2026-11-18"]


def test_a_product_sees_the_days_that_matter_with_scores(client: TestClient) -> None:
    supplier = {"name": "Sample", "country": "CN", "general_licence_valid_to": "2026-12-02"}
    line = magnet_line(supplier=supplier, sourcing=...)
    body = assessment(line, as_of="2026-10-20", destination="US", end_use="unknown")

    response = client.post(PRODUCT, json=body)

    assert response.status_code == 200, response.text
    document = response.json()
    days = {day["on_date"]: day for day in document["days"]}
    kinds = {entry["kind"] for entry in days["2026-12-02"]["entries"]}
    assert kinds == {"licence"}
    licence = days["2026-12-02"]["bom"]
    assert licence["after"] >= licence["before"]
    for day in document["days"]:
        assert 0 <= day["bom"]["before"] <= 100
        assert day["bom"]["delta"] == pytest.approx(day["bom"]["after"] - day["bom"]["before"])
    assert document["context"]["known_on"] == "2026-10-20"


def test_two_dates_are_compared_line_by_line(client: TestClient) -> None:
    response = client.post(DIFF, json=diff_request(end_use="military"))

    assert response.status_code == 200, response.text
    document = response.json()
    assert document["from"]["as_of"], document["to"]["known_on"] == ("2026-01-05", "2026-01-10")
    flips = {(flip["line_id"], flip["element"]): flip for flip in document["flips"]}
    magnet = flips["10", "Dy"]
    assert (magnet["before"]["status"], magnet["after"]["status"]) == (
        "licence_required", "prohibited",
    )  # fmt: skip
    (notice,) = [one for one in magnet["measures"] if one["measure"] == "CN-1-2026-JP"]
    assert (notice["on_date"], notice["after"], notice["basis"]) == (
        "2026-01-06", "in_force", "enacted",
    )  # fmt: skip
    assert document["bom"]["delta"] == pytest.approx(
        document["bom"]["after"] - document["bom"]["before"]
    )


def test_the_same_day_twice_differs_in_nothing(client: TestClient) -> None:
    same = {"as_of": "2026-03-01"}
    document = client.post(DIFF, json=diff_request(**{"from": same, "to": same})).json()

    assert document["flips"] == document["bands"] == document["measures"] == []
    assert document["bom"]["delta"] == 0


def test_knowledge_of_another_day_flips_the_law_of_the_same_day(client: TestClient) -> None:
    sides = {
        "from": {"as_of": "2026-11-11", "known_on": "2026-09-27"},
        "to": {"as_of": "2026-11-11", "known_on": "2026-11-11"},
    }
    document = client.post(DIFF, json=diff_request(**sides)).json()

    (flip,) = [one for one in document["flips"] if one["element"] == "Ho" and not one["line_id"]]
    assert (flip["before"]["status"], flip["after"]["status"]) == (
        "licence_required", "unconfirmed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"from": ...}, "/from"),
        ({"to": {}}, "/to/as_of"),
        ({"to": "2026-01-10"}, "/to"),
        ({"to": {"as_of": "2026-01-10", "known": "2026-01-10"}}, "/to/known"),
        ({"as_of": "2026-01-10"}, "/as_of"),
        ({"known_on": "2026-01-10"}, "/known_on"),
        ({"from": {"as_of": "1066-10-14"}}, "/from/as_of"),
        ({"bom": {"lines": []}}, "/bom/lines"),
    ],
)
def test_a_wrong_comparison_is_refused(
    client: TestClient, changes: dict[str, Any], pointer: str
) -> None:
    body = {name: value for name, value in diff_request(**changes).items() if value is not ...}
    response = client.post(DIFF, json=copy.deepcopy(body))

    assert response.status_code == 422
    assert pointer in {error["pointer"] for error in response.json()["errors"]}
