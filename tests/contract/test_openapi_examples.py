"""Every example that the documentation shows works when it is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.api.examples import SUMMARIES, example_text
from app.api.schemas.answers import AssessmentAnswer, ElementsView, Summary
from app.api.schemas.identified import IdentifyAnswer
from app.domain.elements import RARE_EARTHS
from app.main import build_app

NAMES = list(SUMMARIES)
WITHOUT_RARE_EARTHS = "hydraulic-cylinder"


def validated(answer_type: Any, content: bytes) -> None:
    TypeAdapter(answer_type).validate_json(content, strict=True, extra="forbid")


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Return an example; all tests of one run together, so that its context is evaluated once."""
    return str(request.param)


def test_an_example_is_scored_and_its_answer_fits_the_documented_schema(
    client: TestClient, name: str
) -> None:
    request = example_text(name)
    headers = {"content-type": "application/json"}

    answer = client.post("/v1/assessments", content=request, headers=headers)

    assert answer.status_code == 200, answer.text
    validated(AssessmentAnswer, answer.content)
    document = answer.json()
    wanted = [line["line_id"] for line in json.loads(request)["bom"]["lines"]]
    assert [line["line_id"] for line in document["lines"]] == wanted
    assert [element["symbol"] for element in document["elements"]] == list(RARE_EARTHS)
    exposed = [element["symbol"] for element in document["elements"] if element["exposed"]]
    assert bool(exposed) is (name != WITHOUT_RARE_EARTHS)


def test_an_example_file_is_scored_with_all_its_lines(client: TestClient, name: str) -> None:
    text = example_text(name, suffix="csv")
    context = {key: value for key, value in json.loads(example_text(name)).items() if key != "bom"}

    answer = client.post(
        "/v1/assessments/upload",
        files={"file": (f"{name}.csv", text.encode())},
        data=context,
    )

    assert answer.status_code == 200, answer.text
    validated(AssessmentAnswer, answer.content)
    document = answer.json()
    assert len(document["lines"]) == len(text.splitlines()) - 1
    assert [line["row"] for line in document["lines"]] == [
        place + 2 for place in range(len(document["lines"]))
    ]
    assert document["file"]["format"] == "csv"
    assert document["file"]["ignored_columns"] == []


@pytest.mark.parametrize(
    ("detail", "answer_type"), [("summary", Summary), ("elements", ElementsView)]
)
def test_a_shorter_answer_fits_its_schema(
    client: TestClient, detail: str, answer_type: Any
) -> None:
    answer = client.post(
        f"/v1/assessments?detail={detail}", json=json.loads(example_text("traction-motor"))
    )

    assert answer.status_code == 200
    validated(answer_type, answer.content)


def test_the_examples_of_identification_work(client: TestClient) -> None:
    identify = build_app().openapi()["paths"]["/v1/identify"]["post"]
    examples = identify["requestBody"]["content"]["application/json"]["examples"]

    for example in examples.values():
        answer = client.post("/v1/identify", json=example["value"])
        assert answer.status_code == 200, answer.text
        validated(IdentifyAnswer, answer.content)
