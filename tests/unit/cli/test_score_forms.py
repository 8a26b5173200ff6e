"""`lodestone score`: every form, colours on a terminal only, exit codes for pipelines."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.report.columns import width
from app.report.pdf import can_make_pdf

EXAMPLES = Path(__file__).parents[3] / "examples"
MOTOR = str(EXAMPLES / "traction-motor.json")
CYLINDER = str(EXAMPLES / "hydraulic-cylinder.json")
COLUMNS = 100


def run(*arguments: str) -> Result:
    environment: dict[str, str | None] = {"LODESTONE_DEFAULT_DESTINATION": "", "NO_COLOR": None}
    return CliRunner().invoke(app, list(arguments), env=environment)


def on_a_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """Return the exit code and what a terminal shows."""
    master, slave = pty.openpty()
    clean = {name: text for name, text in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        stdout=slave,
        stderr=slave,
        env={**clean, "TERM": "xterm-256color", **environment},
    ) as command:
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(master)
    return command.returncode, shown.decode()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_wide_letters_do_not_break_the_table(language: str, tmp_path: Path) -> None:
    bom = tmp_path / "広い名前の部品表.csv"
    long_text = "ネオジム焼結磁石" * 30
    bom.write_text(
        "line_id,part_number,description,quantity\n"
        f"行番号が非常に長い磁石の行,品番{'長' * 60},{long_text} N42SH,2\n"
        f"2,{'Ⅷ' * 80},e\u0301{'가' * 120},1\n"
        f"3,＝１＋１,{'x' * 300},1\n",
        encoding="utf-8",
    )

    result = run("score", str(bom), "--destination", "JP", "--language", language)

    assert result.exit_code == 0, result.output
    too_wide = [line for line in result.stdout.splitlines() if width(line) > COLUMNS]
    assert too_wide == []
    assert "ネオジム" in result.stdout or "長" in result.stdout


def test_a_pipe_gets_no_colours_and_a_terminal_gets_them() -> None:
    piped = run("score", MOTOR).stdout

    code, shown = on_a_terminal("score", MOTOR)

    assert "\x1b" not in piped
    assert code == 0
    assert "\x1b[31m" in shown
    assert "severe" in shown


def test_who_wants_no_colours_gets_none() -> None:
    assert "\x1b" not in on_a_terminal("score", MOTOR, NO_COLOR="1")[1]


def test_what_no_screen_shows_is_not_sent_to_one() -> None:
    code, shown = on_a_terminal("score", MOTOR, "--format", "xlsx")

    assert code == 1
    assert "--output" in shown


def test_json_is_the_answer_of_the_service() -> None:
    document = json.loads(run("score", MOTOR, "--format", "json").stdout)

    assert document["bom"]["id"] == "TM-150"
    assert len(document["elements"]) == 17
    assert "actions" not in document


def test_a_page_shows_what_would_help_unless_told_not_to(tmp_path: Path) -> None:
    with_them, without = tmp_path / "with.html", tmp_path / "without.html"

    run("score", MOTOR, "--format", "html", "--output", str(with_them))
    run("score", MOTOR, "--format", "html", "--actions", "0", "--output", str(without))

    assert with_them.read_bytes().startswith(b"<!doctype html>")
    assert b'<h2 id="actions">' in with_them.read_bytes()
    assert b'<h2 id="actions">' not in without.read_bytes()


def test_a_workbook_opens_and_has_the_best_five_actions(tmp_path: Path) -> None:
    output = tmp_path / "report.xlsx"

    result = run("score", MOTOR, "--format", "xlsx", "--output", str(output))

    book = openpyxl.load_workbook(io.BytesIO(output.read_bytes()))
    assert result.exit_code == 0
    assert book.sheetnames == [
        "Summary", "Elements", "Supply", "Sectors", "Lines", "What would help", "Measures",
        "Sources", "Warnings",
    ]  # fmt: skip
    assert book["What would help"].max_row == 6
    assert book["Elements"].freeze_panes == "B2"
    assert book["Lines"].auto_filter.ref is not None


@pytest.mark.skipif(not can_make_pdf(), reason="no weasyprint with its system libraries is here")
def test_a_pdf_is_one(tmp_path: Path) -> None:
    output = tmp_path / "report.pdf"

    result = run("score", CYLINDER, "--format", "pdf", "--output", str(output))

    assert result.exit_code == 0, result.output
    assert output.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("files", "band", "code"),
    [
        ((CYLINDER, MOTOR), "severe", 3),
        ((CYLINDER,), "moderate", 0),
        ((CYLINDER,), "low", 3),
    ],
)
def test_a_band_that_is_reached_fails_the_pipeline(
    files: tuple[str, ...], band: str, code: int
) -> None:
    result = run("score", *files, "--format", "json", "--detail", "summary", "--fail-on", band)

    assert result.exit_code == code
    # The answer is written all the same.
    assert len(result.stdout.splitlines()) == len(files)


def test_a_file_that_cannot_be_scored_counts_before_a_band() -> None:
    result = run("score", MOTOR, "no-such-file.csv", "--fail-on", "severe")

    assert result.exit_code == 1


def test_an_unknown_band_is_refused_before_anything_is_scored(tmp_path: Path) -> None:
    output = tmp_path / "out.json"

    code, shown = on_a_terminal("score", MOTOR, "--fail-on", "red", "--output", str(output))

    assert code == 1
    assert "--fail-on is one of low, moderate, high, severe" in shown
    assert not output.exists()
