"""Names of end users, suppliers and owners against the shipped entity lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.entities import OwnerShare
from app.scoring.end_users import end_user_lists, name_index
from tests.acceptance.test_controls import Row, day, rows, shipped, table, text, view_of

CASES = rows(table("end_user_names.yaml")["cases"])
OWNERS = rows(table("owners.yaml")["cases"])


def test_there_are_enough_own_cases() -> None:
    assert len(CASES) + len(OWNERS) >= 40


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['end_user']}-{case['destination']}-{case['as_of']}"
)
def test_name_on_a_list(case: Row) -> None:
    as_of, known_on = day(case, "as_of"), day(case, "known_on", text(case, "as_of"))
    end_user = text(case, "end_user")

    view = view_of(
        "Dy", "oxide", text(case, "destination"), as_of=as_of, known_on=known_on, end_user=end_user
    )
    found = name_index(shipped()[0], as_of=as_of, known_on=known_on).matches(end_user)

    if case["list"] is None:
        assert found == (), case["because"]
    else:
        (match,) = found
        assert (match.measure, match.how) == (case["list"], case["how"]), case["because"]
        assert str(match.counts).lower() == case["counts"]
    assert view.status == case["expect"], case["because"]
    assert view.worst_case == case.get("worst_case")
    if view.worst_case is not None:
        assert view.best_estimate == case.get("best_estimate", case["expect"])


def test_what_only_is_near_or_belongs_to_a_group_is_never_called_cleared() -> None:
    for case in CASES:
        as_of, known_on = day(case, "as_of"), day(case, "known_on", text(case, "as_of"))
        view = view_of(
            "Dy", "oxide", text(case, "destination"), as_of=as_of, known_on=known_on,
            end_user=text(case, "end_user"),
        )  # fmt: skip

        if case.get("counts") != "true":
            assert any("no clearance" in note for note in view.notes), case["end_user"]
        assert not any("cleared" in note for note in view.notes)


@pytest.mark.parametrize("case", OWNERS, ids=lambda case: str(case["name"]))
def test_owners_of_an_end_user(case: Row) -> None:
    as_of = day(case, "as_of")
    owners = case["owners"]
    assert isinstance(owners, dict)
    declared = tuple(
        OwnerShare(name=name, share=Decimal(str(share))) for name, share in owners.items()
    )

    lists = end_user_lists(shipped()[0], "Example Works", declared, as_of=as_of, known_on=as_of)

    expected = case["held"]
    if expected is None:
        assert lists.owned is None, case["because"]
    else:
        assert isinstance(expected, list)
        assert lists.owned == tuple(float(str(end)) for end in expected), case["because"]
