"""`lodestone openapi`: one version on the screen, all that are kept in a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.errors import InvalidInputError


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["openapi", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize(
    ("version", "key", "value"),
    [("3.1", "openapi", "3.1.0"), ("3.0", "openapi", "3.0.3"), ("2.0", "swagger", "2.0")],
)
def test_a_version_is_printed(version: str, key: str, value: str) -> None:
    assert json.loads(run("--version", version))[key] == value


def test_without_a_version_the_newest_is_printed() -> None:
    assert json.loads(run())["openapi"] == "3.1.0"


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"3\.1, 3\.0, 2\.0, not '4'"):
        run("--version", "4")


def test_an_importer_gets_the_address_of_the_service() -> None:
    document = json.loads(run("--version", "2.0", "--server", "https://risk.example.com"))

    assert (document["host"], document["schemes"]) == ("risk.example.com", ["https"])


def test_who_writes_the_newest_writes_those_beside_it(tmp_path: Path) -> None:
    (tmp_path / "openapi-3.0.json").touch()

    run("--output", str(tmp_path / "openapi.json"))

    written = {path.name: json.loads(path.read_text("utf-8")) for path in tmp_path.iterdir()}
    assert {name: document["openapi"] for name, document in written.items()} == {
        "openapi.json": "3.1.0",
        "openapi-3.0.json": "3.0.3",
    }


def test_one_version_is_written_alone(tmp_path: Path) -> None:
    (tmp_path / "openapi-3.0.json").touch()

    run("--version", "2.0", "--output", str(tmp_path / "mine.json"))

    assert json.loads((tmp_path / "mine.json").read_text("utf-8"))["swagger"] == "2.0"
    assert (tmp_path / "openapi-3.0.json").read_text("utf-8") == ""
