"""The catalogue of examples on 10 and 11 November 2026: what flipped, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import app

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))

#: Elements of Announcement 57 of 2025: its suspension ran out on 10 November 2026, an extension was
#: stated by no act. Everything else of the package speaks of no element's own export.
BECAME_UNCONFIRMED = {"Ho", "Er", "Tm", "Eu", "Yb"}


#: Where the goods go, what for, and how many of the examples: all of them cost seconds.
QUESTIONS = (("JP", "civil", 7), ("US", "military", 7), ("DE", "unknown", 2), ("KR", "civil", 2),
             ("IN", "civil", 2))  # fmt: skip


def compare(*options: str, files: list[Path]) -> list[dict[str, Any]]:
    arguments = ["diff", *map(str, files), "--format", "json", "--from", "2026-11-10"]
    result = CliRunner().invoke(app, [*arguments, "--to", "2026-11-11", *options])
    assert result.exit_code == 0, result.output
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(files)
    return answers


def test_there_are_seven_examples() -> None:
    assert len(EXAMPLES) == 7


@pytest.fixture(scope="module", params=QUESTIONS, ids=lambda question: "-".join(question[:2]))
def answers(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    destination, end_use, count = request.param
    return compare("--destination", destination, "--end-use", end_use, files=EXAMPLES[-count:])


def test_exactly_the_elements_that_became_unconfirmed_are_printed(
    answers: list[dict[str, Any]],
) -> None:
    for answer in answers:
        assert set(answer["flipped_elements"]) == BECAME_UNCONFIRMED, answer["id"]
        for flip in answer["flips"]:
            assert flip["before"]["status"] == "suspended"
            assert flip["after"]["status"] == "unconfirmed"


def test_each_flip_names_the_notice_that_did_it(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        for flip in answer["flips"]:
            notices = [one for one in flip["measures"] if one["measure"] == "CN-57-2025"]
            assert [(one["on_date"], one["basis"]) for one in notices] == [("2026-11-11", "stated")]
            assert notices[0]["sources"] == ["mofcom-2026-09-28"]


def test_no_band_changes_from_one_day_to_the_next(answers: list[dict[str, Any]]) -> None:
    assert [answer["bands"] for answer in answers] == [[] for _ in answers]


def test_the_table_prints_these_elements_and_no_other() -> None:
    files = map(str, EXAMPLES[-2:])
    arguments = ["diff", *files, "--from", "2026-11-10", "--to", "2026-11-11"]
    result = CliRunner().invoke(app, [*arguments, "--destination", "DE", "--end-use", "civil"])

    assert result.exit_code == 0, result.output
    printed = {
        line.split()[0]
        for line in result.stdout.splitlines()
        if " -> unconfirmed" in line and not line.strip().startswith("CN-")
    }
    assert printed == BECAME_UNCONFIRMED


def test_nothing_flips_between_two_days_without_an_event() -> None:
    arguments = ["diff", str(EXAMPLES[0]), "--format", "json", "--from", "2026-08-10"]
    result = CliRunner().invoke(app, [*arguments, "--to", "2026-08-11", "--destination", "JP"])

    (answer,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert answer["flips"] == answer["measures"] == answer["bands"] == []
