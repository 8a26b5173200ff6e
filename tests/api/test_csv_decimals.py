"""CSV for spreadsheet programs that are set to a decimal comma, and for the others."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from app.api.examples import example_text
from app.cli import app as command_line
from app.errors import InvalidInputError

MOTOR = Path(__file__).parents[2] / "examples" / "traction-motor.csv"
ASKED = {"destination": "JP", "end_use": "civil", "as_of": "2026-03-01"}


def table(client: TestClient, sign: str, delimiter: str) -> list[dict[str, str]]:
    answer = client.post(
        f"/v1/assessments/upload?format=csv&decimal={sign}",
        files={"file": ("m.csv", example_text("traction-motor", suffix="csv").encode())},
        data=ASKED,
    )
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=delimiter))


def test_both_conventions_hold_the_same_figures(client: TestClient) -> None:
    points, commas = table(client, "point", ","), table(client, "comma", ";")

    figures = 0
    for point, comma in zip(points, commas, strict=True):
        for name, value in point.items():
            if re.fullmatch(r"\d+\.\d+(e-?\d+)?", value):
                assert comma[name] == value.replace(".", ","), name
                figures += 1
            else:
                assert comma[name] == value, name
    assert figures > 50


def test_another_sign_is_refused(client: TestClient) -> None:
    answer = client.post(
        "/v1/assessments?decimal=dot", content=example_text("traction-motor"),
        headers={"content-type": "application/json"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/decimal"


def test_the_command_writes_both(tmp_path: Path) -> None:
    out = tmp_path / "lines.csv"
    options = ["--destination", "JP", "--end-use", "civil", "--format", "csv", "--output", str(out)]

    result = CliRunner().invoke(command_line, ["score", str(MOTOR), *options, "--decimal", "comma"])

    assert result.exit_code == 0, result.output
    assert re.search(r";\d+,\d;", out.read_text("utf-8"))
    with pytest.raises(InvalidInputError, match="point, comma, not 'dot'"):
        CliRunner().invoke(
            command_line, ["score", str(MOTOR), "--decimal", "dot"], catch_exceptions=False
        )
