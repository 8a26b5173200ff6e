"""`lodestone new-measure`: an invented notice is added to a copy of the data and moves a score."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.domain.controls import RegisterStage
from app.refdata.controls import load_register
from app.refdata.counts import load_minimum_counts
from app.refdata.load import packaged_data_folder
from app.refdata.sources import load_sources
from app.refdata.yaml_text import read_yaml_text
from app.scoring.control_match import strictest_outcome
from app.scoring.timeline import status_on
from tests.acceptance.test_controls import day, mapping, rows, text

MOTOR = str(Path(__file__).parents[3] / "examples" / "traction-motor.json")

#: An invented notice: from 15 December 2026 neodymium and praseodymium need a licence as well.
ANSWERS = """\
id: CN-99-2026
title: "Dual-use licence for neodymium and praseodymium: invented"
exporter: CN
issuing_authority: MOFCOM
official_number: Announcement 99 of 2026
type: licence_requirement
published_on: 2026-12-01
in_force_on: 2026-12-15
elements: Nd Pr
forms: oxide compound metal alloy magnet
destinations: all
rules:
  - {when: "export of a listed item: any destination", outcome: licence}
  - {when: military user, outcome: presumption_of_denial, end_uses: military}
source:
  key: mofcom-99-2026
  publisher: MOFCOM
  title: 'Announcement 99 of 2026, "invented"'
  url: https://www.example.org/99
knowledge_cutoff: 2026-12-02
"""


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed, env={"LODESTONE_DATA": ""})


@dataclass(frozen=True)
class Walk:
    """A copy of the data to which the notice was added, and what the command printed."""

    data: Path
    acceptance: Path
    printed: str


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(packaged_data_folder(), folder / "data"))


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    folder = tmp_path_factory.mktemp("walk")
    data = copied(folder)
    (folder / "answers.yaml").write_text(ANSWERS, "utf-8")
    result = run("new-measure", "--answers", str(folder / "answers.yaml"), "--data", str(data))
    assert result.exit_code == 0, result.output
    return Walk(data, folder / "acceptance", result.output)


def test_the_data_with_the_notice_pass_every_check(walk: Walk) -> None:
    result = CliRunner().invoke(app, ["check-data"], env={"LODESTONE_DATA": str(walk.data)})

    assert result.exit_code == 0, result.output
    assert "the data are sound" in walk.printed
    assert (
        "  2026-11-10: Last day of the suspension under MOFCOM/GAC Announcement 70" in walk.printed
    )
    assert "controls/cn/cn-99-2026.yaml" in load_minimum_counts(walk.data)


def test_the_source_stands_at_its_place_in_the_alphabet(walk: Walk) -> None:
    before, after = list(load_sources(packaged_data_folder())), list(load_sources(walk.data))

    at = after.index("mofcom-99-2026")
    assert after[:at] + after[at + 1 :] == before
    assert after[at - 1] < "mofcom-99-2026" < after[at + 1]
    source = load_sources(walk.data)["mofcom-99-2026"]
    assert (source.title, source.published_on) == (
        'Announcement 99 of 2026, "invented"', "2026-12-01",
    )  # fmt: skip


def test_every_acceptance_row_holds(walk: Walk) -> None:
    register = load_register(walk.data, frozenset(load_sources(walk.data)))
    table = mapping(read_yaml_text(walk.acceptance / "cn-99-2026.yaml"))
    measure = register.measures[text(table, "measure")]

    for case in rows(table["cases"]):
        found = status_on(measure, day(case, "as_of"), day(case, "known_on"))
        assert found.status == case["expect"], case["because"]
    assert {day(case, "as_of") for case in rows(table["cases"])} == {
        date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 14), date(2026, 12, 15),
    }  # fmt: skip
    for rule in rows(table["rules"]):
        found_outcome = strictest_outcome(
            measure,
            end_uses=frozenset({"any", text(rule, "end_use")}),
            end_users=frozenset({"any", text(rule, "end_user")}),
            stages=frozenset({RegisterStage(text(rule, "form"))}),
        )
        assert found_outcome == rule["expect"], rule["because"]


def difference(walk: Walk, first: str, second: str, *, data_from: Path) -> dict[str, Any]:
    result = run(
        "diff", MOTOR, "--from", first, "--to", second, "--data-from", str(data_from),
        "--data-to", str(walk.data), "--destination", "JP", "--end-use", "civil",
        "--format", "json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_the_notice_moves_the_scores_of_its_elements_and_no_others(walk: Walk) -> None:
    found = difference(walk, "2026-12-20", "2026-12-20", data_from=packaged_data_folder())

    # A whole product of a motor: neodymium metal and magnets were free, now they need a licence.
    assert set(found["flipped_elements"]) == {"Nd", "Pr"}
    assert {flip["after"]["status"] for flip in found["flips"]} == {"licence_required"}
    assert {change["key"] for change in found["bands"]} == {"Nd", "Pr"}
    for change in found["bands"]:
        assert change["after"] > change["before"] + 20
    assert {one["measure"] for flip in found["flips"] for one in flip["measures"]} == {"CN-99-2026"}


def test_the_day_before_it_is_announced_and_on_its_day_it_binds(walk: Walk) -> None:
    found = difference(walk, "2026-12-14", "2026-12-15", data_from=walk.data)

    assert set(found["flipped_elements"]) == {"Nd", "Pr"}
    for flip in found["flips"]:
        assert (flip["before"]["status"], flip["after"]["status"]) == (
            "announced", "licence_required",
        )  # fmt: skip


# ------------------------------------------------------------------------- asked at a terminal

#: What a person types: a list of two firms, of which not all names were printed.
TYPED = (
    "CN-EL-98-2026-KR", "Control list, three Korean firms, invented", "KR", "MOFCOM", "",
    "entity_ban", "entity_prohibition", "1 October", "2026-10-01", "2026-10-01", "",
    "listed", "all", "KR", "Example Rotor Co., Ltd.", "예시 자석", "", "n", "3",
    "export to a listed firm", "prohibited", "any", "listed", "n",
    "mofcom-98-2026", "MOFCOM", "Announcement 98 of 2026, invented", "",
    "high", "2026-10-01", "", "Invented for a test.",
)  # fmt: skip


def test_a_person_is_asked_field_by_field(tmp_path: Path) -> None:
    data = copied(tmp_path)
    # Korea has no dual-use list here: all is asked again, with what was said as default.
    again = [
        "y", "y", "", "", "CN", *[""] * 9, "Example Rotor Co., Ltd.", "예시 자석", "", "n", "",
        *[""] * 4, "n", *[""] * 8, "y",
    ]  # fmt: skip
    typed = "\n".join([*TYPED, *again]) + "\n"

    result = run("new-measure", "--data", str(data), typed=typed)

    assert result.exit_code == 0, result.output
    assert "must be one of licence_requirement" in result.output
    assert "must be a day written YYYY-MM-DD" in result.output
    assert "follows the dual-use list of KR, which has no measure" in result.output
    register = load_register(data, frozenset(load_sources(data)))
    measure = register.measures["CN-EL-98-2026-KR"]
    assert measure.entity_list is not None
    assert [one.names for one in measure.entity_list.entities] == [
        ("Example Rotor Co., Ltd.",), ("예시 자석",),
    ]  # fmt: skip
    assert measure.entity_list.entity_count == 3
    assert not measure.entity_list.names_complete


# ------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("knowledge_cutoff: 2026-12-02", "", "the register's knowledge ends on 2026-10-08"),
        ("elements: Nd Pr", "elements: Nd Xx", "'Xx' is not the symbol of a rare earth"),
        ("id: CN-99-2026", "id: CN-18-2025", "one more event in its timeline"),
        ("key: mofcom-99-2026", "key: mofcom-1-2026", "mofcom-1-2026 exists already"),
        ("forms: oxide", "forms: powder", "'forms' is 'powder', must be one of ore"),
        ("destinations: all", "destinations: all_but", "all_but and codes"),
        ("in_force_on: 2026-12-15", "in_force_on: 2026-12-15\nlast_day: 2026-12-01",
         "'last_day' lies before"),
        ("outcome: licence", "outcome: forbidden", "'outcome' is 'forbidden'"),
        ("exporter: CN", "exporter: CN\nextra: 1", "key 'extra' is not known"),
        ("type: licence_requirement", "type: suspension_instrument",
         "'suspends' belongs to a suspension instrument"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_and_leaves_no_trace(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    data = copied(tmp_path)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    (tmp_path / "answers.yaml").write_text(ANSWERS.replace(old, new, 1), "utf-8")

    result = run("new-measure", "--answers", str(tmp_path / "answers.yaml"), "--data", str(data))

    assert result.exit_code != 0
    assert message in str(result.exception)
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "acceptance").exists()


def test_a_dry_run_shows_the_files_and_writes_none(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(ANSWERS, "utf-8")

    result = run("new-measure", "--answers", str(tmp_path / "answers.yaml"), "--dry-run")

    assert result.exit_code == 0
    assert "--- controls/cn/cn-99-2026.yaml" in result.output
    assert "{on_date: 2026-12-15, status: in_force, basis: scheduled" in result.output
    assert not (packaged_data_folder() / "controls" / "cn" / "cn-99-2026.yaml").exists()
