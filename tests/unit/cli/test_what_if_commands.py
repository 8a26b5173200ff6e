"""`lodestone scenario` and `lodestone mitigate`: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import app, main

EXAMPLES = Path(__file__).parents[3] / "examples"
MOTOR = str(EXAMPLES / "traction-motor.json")
QUESTION = ("--destination", "JP", "--end-use", "civil", "--as-of", "2026-03-01")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"LODESTONE_DEFAULT_DESTINATION": ""})


@pytest.fixture
def own_patches(tmp_path: Path) -> Path:
    path = tmp_path / "what-ifs.json"
    patches = [{"op": "set_lines", "line_ids": ["40"], "stock_days": 300}]
    path.write_text(json.dumps([{"id": "ten-months", "patches": patches}]))
    return path


def test_own_what_ifs_come_from_a_file(own_patches: Path) -> None:
    result = run("scenario", MOTOR, "--patches", str(own_patches), "--format", "json")

    assert result.exit_code == 0, result.output
    (one,) = json.loads(result.stdout)
    assert one["id"] == "ten-months"
    assert one["bom"]["after"] == 0.0
    assert one["sectors"] == []


def test_built_in_what_ifs_go_by_name_and_own_ones_after_them(own_patches: Path) -> None:
    result = run("scenario", MOTOR, "--builtin", "supplier_replaced", "--patches", str(own_patches))

    assert result.exit_code == 0, result.output
    titles = [line for line in result.stdout.splitlines() if line.startswith("What if")]
    assert titles == ["What if: supplier_replaced", "What if: ten-months"]


def test_without_a_wish_all_six_are_compared() -> None:
    result = run("scenario", str(EXAMPLES / "hydraulic-cylinder.json"), "--format", "json")

    assert result.exit_code == 0, result.output
    assert [one["builtin"] for one in json.loads(result.stdout)] == [
        "destination_ban", "suspensions_revive", "suspension_extended", "delays_doubled",
        "supplier_replaced", "flow_zero",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("scenario", MOTOR, "--builtin", "war"), "there is no what-if 'war'"),
        (("scenario", MOTOR, "--format", "pdf"), "no answer is made as 'pdf'"),
        (("scenario", MOTOR, "--patches", "nowhere.json"), "nowhere.json: No such file"),
        (("mitigate", MOTOR, "--format", "pdf"), "no answer is made as 'pdf'"),
        (("mitigate", MOTOR, "--target-band", "green"), "--target-band is low"),
        (("mitigate", MOTOR, "--include", "weather"), "--include is calendar"),
        (("mitigate", MOTOR, MOTOR), "the same id"),
        (
            ("mitigate", MOTOR, str(EXAMPLES / "smartphone.json")),
            "the files ask different questions",
        ),
    ],
)
def test_a_wrong_wish_ends_with_one_message(
    arguments: tuple[str, ...],
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.argv", ["lodestone", *arguments])

    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "list"),
        ('[{"id": "a", "patches": [{"op": "delays"}]}]', "required"),
        (
            '[{"id": "a", "patches": [{"op": "set_lines", "line_ids": ["9"]}]}]',
            "no line with the id '9'",
        ),
    ],
)
def test_own_what_ifs_that_do_not_fit_are_explained(
    text: str,
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text)
    monkeypatch.setattr("sys.argv", ["lodestone", "scenario", MOTOR, "--patches", str(path)])

    with pytest.raises(SystemExit):
        main()

    assert message in capsys.readouterr().err


def test_actions_are_ranked_on_the_screen() -> None:
    result = run("mitigate", MOTOR, "--limit", "3", "--include", "questions")

    assert result.exit_code == 0, result.output
    assert "What could be done about TM-150" in result.stdout
    assert "Best together within 12 months" in result.stdout
    assert "Part MAG-42SH-20" in result.stdout


def test_several_products_are_a_portfolio() -> None:
    files = (MOTOR, str(EXAMPLES / "wind-turbine-generator.json"))

    result = run("mitigate", *files, *QUESTION, "--limit", "1", "--format", "json")

    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert set(document["products"]) == {"TM-150", "WTG-6DD"}
    points = {(one["kind"], one["key"]) for one in document["portfolio"]["shared_points"]}
    assert ("mine", "Bayan Obo") in points
    assert document["portfolio"]["shared_actions"][0]["total"] > 0.0


def test_a_portfolio_is_shown_below_its_products() -> None:
    files = (MOTOR, str(EXAMPLES / "wind-turbine-generator.json"))

    result = run("mitigate", *files, *QUESTION, "--limit", "1")

    assert result.exit_code == 0, result.output
    assert "What the products share" in result.stdout
    assert "What helps most of them" in result.stdout
