"""Snippets for shells and spreadsheets: they are whole, and the service takes what they send."""

from __future__ import annotations

import re
import shlex
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from tests.contract.test_documented_programs import blocks

PAGE = "docs/integrations/excel-and-bi.md"
MOTOR = Path(__file__).parents[2] / "examples" / "traction-motor.csv"
PAIRS = {")": "(", "]": "[", "}": "{"}


def of_page(language: str) -> list[str]:
    found = [block for place, block in blocks(language) if place.startswith(PAGE)]
    assert found
    return found


def balanced(program: str) -> bool:
    """Return whether brackets and quotes close in the order in which they opened."""
    program = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "0", program)
    waiting: list[str] = []
    for sign in program:
        if sign in PAIRS.values():
            waiting.append(sign)
        elif sign in PAIRS and (not waiting or waiting.pop() != PAIRS[sign]):
            return False
    return not waiting and not set("'\"") & set(program)


def test_shell_parses() -> None:
    for place, block in blocks("sh"):
        if place.startswith("docs/integrations"):
            done = subprocess.run(["bash", "-n"], input=block, text=True, check=False)
            assert done.returncode == 0, place


def test_the_service_takes_what_curl_sends(client: TestClient) -> None:
    commands = [shlex.split(one) for one in of_page("sh")[0].replace("\\\n", " ").split("\n\n")]

    for words in commands:
        url = words[-1].removeprefix("http://127.0.0.1:8000")
        given = dict(
            value.split("=", 1) for name, value in pairwise(words)
            if name == "--form"
        )  # fmt: skip
        if given.pop("file", None):
            answer = client.post(url, data=given, files={"file": MOTOR.read_bytes()})
        else:
            answer = client.get(url)
        assert answer.status_code == 200, answer.text
    assert len(commands) == 3


def test_the_service_takes_what_powershell_sends(client: TestClient) -> None:
    (program,) = of_page("powershell")
    form = dict(re.findall(r"(\w+) = '([^']*)'", program.splitlines()[0]))
    (path,) = re.findall(r"\$uri = 'http://127\.0\.0\.1:8000([^']*)'", program)

    answer = client.post(path, data=form, files={"file": MOTOR.read_bytes()})

    assert balanced(program)
    assert answer.status_code == 200, answer.text
    for name in re.findall(r"\$answer\.(\w+)", program):
        assert name in answer.json()
    bom, elements = re.findall(r"-Property ([\w, ]*\w)", program)
    assert set(bom.split(", ")) <= answer.json()["bom"].keys()
    assert set(elements.split(", ")) <= answer.json()["elements"][0].keys()


def test_the_service_takes_what_power_query_sends(client: TestClient) -> None:
    elements, lines = of_page("powerquery")
    assert balanced(elements)
    assert balanced(lines)
    assert elements.split()[0] == lines.split()[0] == "let"

    query = record(re.findall(r"Query = \[(.*?)\]", elements)[0])
    supply = client.get(f"/{path_in(elements)}", params=query)
    context = record(re.findall(r"Request = \[(.*?), bom", lines)[0])
    bom: dict[str, Any] = {"id": "workbook", "lines": [{"description": "NdFeB magnet"}]}
    scored = client.post(f"/{path_in(lines)}", json={**context, "bom": bom})

    assert supply.status_code == scored.status_code == 200
    assert columns(elements) <= supply.json()["elements"][0].keys()
    assert columns(lines) <= scored.json()["lines"][0].keys()


def record(text: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+) = "(\w+)"', text))


def path_in(program: str) -> str:
    return str(re.findall(r'RelativePath = "([^"]+)"', program)[0])


def columns(program: str) -> set[str]:
    """Return the columns of the resulting table."""
    return set(re.findall(r'"(\w+)"', re.findall(r"\], \{(.*?)\}", program)[0]))
