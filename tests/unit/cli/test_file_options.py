"""Odd files on the command line: what is said about them, and how they were read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.report.columns import width

ODD = "Werk 7;;\nWas;Wieviel;Farbe\nSintermagnet NdFeB N42SH;48;grau\nSchraube M8;x;blank\n"
MAPPING = ("--columns", "description:Was,quantity:Wieviel")


@pytest.fixture
def odd(tmp_path: Path) -> str:
    file = tmp_path / "odd.csv"
    file.write_text(ODD, encoding="utf-8")
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"LODESTONE_DEFAULT_DESTINATION": ""})


def test_the_table_says_how_the_file_was_read_and_what_was_left_out(odd: str) -> None:
    lines = run("identify", odd, *MAPPING).stdout.splitlines()

    assert lines[:4] == [
        "read as csv, encoding utf-8, delimiter semicolon, header in row 2",
        "columns used: Was = description, Wieviel = quantity",
        "columns not used: Farbe",
        "- row 1 ('Werk 7')",
    ]
    assert "2 lines in, 2 lines out: 1 with rare earths, 1 without, 0 not told" in lines
    assert any(line.startswith("- row 4, column Wieviel: ") for line in lines)
    assert max(width(line) for line in lines) <= 100


def test_json_says_the_same(odd: str) -> None:
    document = json.loads(run("identify", odd, *MAPPING, "--format", "json").stdout)

    assert document["file"]["header_row"] == 2
    assert document["file"]["ignored_columns"] == ["Farbe"]
    assert [line["row"] for line in document["lines"]] == [3, 4]


COMMANDS = [
    ("identify",),
    ("score", "--destination", "JP"),
    ("mitigate", "--destination", "JP"),
    ("scenario", "--destination", "JP"),
    ("diff", "--destination", "JP", "--from", "2025-11-09", "--to", "2025-11-11"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_column_names_those_that_there_are(odd: str, command: tuple[str, ...]) -> None:
    result = run(*command, odd, "--columns", "description:Bezeichnung")

    assert result.exit_code == 1
    shown = result.stderr or str(result.exception)
    assert "there is no column 'Bezeichnung'; the file has: 'Was', 'Wieviel'" in shown


@pytest.mark.parametrize("command", COMMANDS[2:])
def test_what_ifs_read_an_odd_file_as_the_score_does(odd: str, command: tuple[str, ...]) -> None:
    asked = (*command, "--format", "json", *MAPPING, "--delimiter", ";", "--header-row", "2")

    result = run(*asked[:1], odd, *asked[1:], "--encoding", "utf-8")

    assert result.exit_code == 0, result.output
    json.loads(result.stdout)


def test_a_score_takes_the_same_options_and_tells_the_same(odd: str) -> None:
    result = run("score", odd, "--destination", "JP", *MAPPING, "--delimiter", "semicolon")

    assert "columns used: Was = description, Wieviel = quantity" in result.stdout
    assert "columns not used: Farbe" in result.stdout
