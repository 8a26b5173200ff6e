"""The examples of the integrator's guide do what it says, against the service as it ships."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/integrators-guide.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_HOST = "http://127.0.0.1:8000"


def curls() -> Iterator[list[str]]:
    """Yield the words of each curl command of the guide."""
    for language, code in _FENCE.findall(GUIDE):
        if language == "sh":
            for line in code.replace("\\\n", " ").splitlines():
                if line.startswith("curl "):
                    yield shlex.split(line)


def answer_to(words: list[str], client: TestClient) -> Any:
    """Return the answer to a curl command."""
    address, headers, fields, files = "", {}, {}, {}
    body: bytes | None = None
    rest = iter(words[1:])
    for word in rest:
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            data = next(rest)
            body = (ROOT / data[1:]).read_bytes() if data.startswith("@") else data.encode()
        elif word == "-F":
            name, _, value = next(rest).partition("=")
            if value.startswith("@"):
                files[name] = (Path(value[1:]).name, (ROOT / value[1:]).read_bytes())
            else:
                fields[name] = value
        elif word == "-o":
            next(rest)
        elif not word.startswith("-"):
            address = word
    assert address.startswith(_HOST), address
    path = address.removeprefix(_HOST)
    if files:
        return client.post(path, files=files, data=fields, headers=headers)
    return client.post(path, content=body, headers=headers)


def test_every_curl_example_is_answered(client: TestClient) -> None:
    answers = [answer_to(words, client) for words in curls()]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 422]
    kinds = [answer.headers["content-type"].partition(";")[0] for answer in answers]
    assert kinds == [
        "application/json",
        "application/json",
        "text/html",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/problem+json",
    ]
    pointers = {fault["pointer"] for fault in answers[-1].json()["errors"]}
    assert {"/destination", "/bom/lines/0/quantity"} <= pointers


def test_the_python_example_prints_a_score(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = next(code for language, code in _FENCE.findall(GUIDE) if language == "python")

    def post(url: str, *, json: Any, timeout: float) -> Any:
        assert timeout > 0
        return client.post(url.removeprefix(_HOST), json=json)

    monkeypatch.setattr(httpx, "post", post)
    exec(compile(code, "guide", "exec"), {})

    score, low, high, band = capsys.readouterr().out.split()
    assert float(low) <= float(score) <= float(high)
    assert band in {"low", "moderate", "high", "severe"}


def test_the_same_question_with_the_same_dates_has_the_same_bytes(client: TestClient) -> None:
    first, again = (answer_to(next(curls()), client) for _ in range(2))

    assert first.content == again.content
    assert len(json.loads(first.content)["assessment_id"]) == 64
