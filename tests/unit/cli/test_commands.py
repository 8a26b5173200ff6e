"""The commands: what they print, and how they end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.api.examples import SUMMARIES
from app.cli import app, main
from app.domain.elements import RARE_EARTHS
from app.report.columns import width

EXAMPLES = Path(__file__).parents[3] / "examples"
MOTOR = str(EXAMPLES / "traction-motor.json")
QUESTION = ("--destination", "JP", "--end-use", "civil", "--as-of", "2026-03-01")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"LODESTONE_DEFAULT_DESTINATION": ""})


@pytest.fixture(scope="module")
def table() -> str:
    result = run("score", MOTOR, *QUESTION)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_table_fits_the_screen_and_has_no_colours(table: str) -> None:
    assert max(width(line) for line in table.splitlines()) <= 100
    assert "\x1b" not in table


def test_the_table_shows_seventeen_elements_every_sector_and_every_line(table: str) -> None:
    lines = table.splitlines()
    elements = [line[:2].strip() for line in _part(lines, "The 17 rare earths")]
    assert [symbol for symbol in elements if symbol] == list(RARE_EARTHS)
    assert "The 25 sectors" in lines
    assert "14 lines in, 14 lines out" in table
    wanted = [line["line_id"] for line in json.loads(Path(MOTOR).read_text())["bom"]["lines"]]
    shown = [line.split(" ")[0] for line in _part(lines, "The lines")]
    assert [line_id for line_id in shown if line_id] == wanted


def _part(lines: list[str], title: str) -> list[str]:
    """Return the rows below a title and its header, up to the next blank line."""
    start = lines.index(title) + 2
    return lines[start : lines.index("", start)]


def test_the_table_names_measure_and_source_of_a_main_cause(table: str) -> None:
    words = " ".join(table.split())

    assert "Announcement 18 of 2025" in words
    assert "[CN-18-2025; ann18-" in words


def test_an_element_that_a_line_may_hold_is_not_said_to_be_absent() -> None:
    table = run("score", "examples/wind-turbine-generator.csv", *QUESTION).stdout.splitlines()

    gadolinium, lanthanum = (next(row for row in table if row[:2] == e) for e in ("Gd", "La"))
    assert "perhaps in this product" in gadolinium
    assert "not in this product" in lanthanum


def test_options_go_before_the_question_of_the_file() -> None:
    result = run("score", MOTOR, "--destination", "DE", "--format", "json", "--detail", "summary")

    context = json.loads(result.stdout)["context"]
    assert (context["destination"], context["end_use"]) == ("DE", "civil")
    assert context["as_of"] == "2026-03-01"


def test_several_files_give_one_json_document_a_line() -> None:
    files = [str(EXAMPLES / f"{name}.csv") for name in ("traction-motor", "smartphone")]

    result = run("score", *files, *QUESTION, "--format", "json", "--detail", "summary")

    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [document["bom"]["id"] for document in documents] == ["traction-motor", "smartphone"]


def test_a_table_as_csv_has_a_row_for_each_line_and_element(tmp_path: Path) -> None:
    output = tmp_path / "lines.csv"

    result = run("score", MOTOR, "--format", "csv", "--output", str(output))

    assert result.exit_code == 0
    text = output.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len({row["line_id"] for row in rows}) == 14
    magnet = [row["element"] for row in rows if row["line_id"] == "40"]
    assert magnet == ["Pr", "Nd", "Tb", "Dy"]


def test_a_cell_that_would_run_as_a_formula_is_defused(tmp_path: Path) -> None:
    bom = tmp_path / "bom.csv"
    bom.write_text('part_number,description\n"=cmd|calc","@SUM(A1) bolt"\n', encoding="utf-8")

    result = run("score", str(bom), *QUESTION, "--format", "csv")

    row = next(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert row["part_number"] == "'=cmd|calc"
    assert row["description"].startswith("'@SUM")


@pytest.mark.parametrize("name", sorted(set(SUMMARIES) - {"traction-motor"}))
def test_every_example_can_be_scored_on_the_command_line(name: str) -> None:
    result = run("score", str(EXAMPLES / f"{name}.json"))

    assert result.exit_code == 0, result.output
    assert max(width(line) for line in result.stdout.splitlines()) <= 100


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_scored(tmp_path: Path) -> None:
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)

    result = run("score", str(picture), "no-such-file.csv", MOTOR, *QUESTION)

    assert result.exit_code == 1
    assert "picture.csv: " in result.stderr
    assert "no-such-file.csv: No such file" in result.stderr
    assert "14 lines in, 14 lines out" in result.stdout


def test_every_fault_of_a_request_file_is_printed(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text('{"bom": {"lines": [{"quantity": -1}, {"line_id": ""}]}}', encoding="utf-8")

    result = run("score", str(request), *QUESTION)

    assert result.exit_code == 1
    assert "/bom/lines/0/quantity: expected 0 or more" in result.stderr
    assert "/bom/lines/1/line_id" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("score", MOTOR, "--destination", "Japan"), "did you mean 'JP'?"),
        (("score", MOTOR, "--as-of", "1900-01-01"), "1990-01-01 or more"),
        (("score", MOTOR, "--format", "docx"), "there is table, json, html, xlsx, csv, pdf"),
        (("score", MOTOR, "--detail", "all"), "--detail is summary, elements, full"),
        (("score", MOTOR, MOTOR, "--format", "csv"), "give one file"),
        (("identify", MOTOR, "--format", "csv"), "there is table and json"),
        (("controls", "show", "CN-0-1999"), "there is no measure 'CN-0-1999'"),
        (("controls", "status"), "give the destination"),
        (("controls", "--element", "Fe"), "/element: expected"),
        (("controls", "--format", "csv"), "there is table and json"),
        (("stale", "--on", "soon"), "YYYY-MM-DD"),
    ],
)
def test_a_wrong_option_ends_with_one_readable_message(
    arguments: tuple[str, ...],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["lodestone", *arguments])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert message in capsys.readouterr().err


def test_a_defect_tells_its_place_and_never_quotes_the_bill(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("secret part 4711")

    monkeypatch.setattr("app.batch.pipeline.assess", broken)
    monkeypatch.setattr("sys.argv", ["lodestone", "score", MOTOR])

    with pytest.raises(SystemExit) as ended:
        main()

    told = capsys.readouterr().err
    assert ended.value.code == 70
    assert "ValueError at broken:" in told
    assert "4711" not in told


def test_identification_alone_shows_every_line() -> None:
    table = run("identify", str(EXAMPLES / "traction-motor.csv"))
    document = run("identify", str(EXAMPLES / "traction-motor.csv"), "--format", "json")

    assert "14 lines in, 14 lines out" in table.stdout
    assert len(json.loads(document.stdout)["lines"]) == 14


def test_the_register_can_be_listed_filtered_shown_and_asked() -> None:
    whole, narrow = run("controls"), run("controls", "list", "--element", "Lu", "--form", "oxide")
    one = run("controls", "show", "CN-18-2025", "--as-of", "2026-03-01")
    grid = run("controls", "status", "--destination", "JP", "--as-of", "2026-03-01")

    assert "44 measures" in whole.stdout
    assert "CN-18-2025" in narrow.stdout
    assert len(narrow.stdout.splitlines()) < len(whole.stdout.splitlines())
    assert "status in_force" in one.stdout
    assert "https://" in one.stdout
    assert [line[:2].strip() for line in grid.stdout.splitlines()[1:18]] == list(RARE_EARTHS)


def test_the_register_in_json_is_that_of_the_api() -> None:
    listed = json.loads(run("controls", "--format", "json").stdout)
    shown = json.loads(run("controls", "show", "CN-18-2025", "--format", "json").stdout)
    asked = json.loads(run("controls", "status", "--destination", "US", "--format", "json").stdout)

    assert len(listed["controls"]) == 44
    assert shown["control"]["id"] == "CN-18-2025"
    assert asked["context"]["destination"] == "US"


def test_the_data_are_checked_and_counted() -> None:
    result = run("check-data")

    assert result.exit_code == 0
    assert "unverified" in result.stdout
    assert "sources" in result.stdout


def test_what_is_stale_depends_on_the_day() -> None:
    early, late = run("stale", "--on", "2010-01-01"), run("stale", "--on", "2030-01-01")

    assert "0 records are due on 2010-01-01" in early.stdout
    assert "CN-18-2025" in late.stdout


def test_the_openapi_document_can_be_written(tmp_path: Path) -> None:
    output = tmp_path / "openapi.json"

    assert run("openapi", "--output", str(output)).exit_code == 0
    assert json.loads(output.read_text())["openapi"].startswith("3.1")


def test_the_version_is_printed() -> None:
    assert run("--version").stdout.startswith("lodestone ")
