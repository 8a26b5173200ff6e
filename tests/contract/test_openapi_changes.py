"""Nothing that a client relies on is taken away, and the comparison sees it where it is."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from app.main import build_app
from tests.contract.openapi_changes import breaking_changes
from tests.contract.write_release import surface

RELEASED = sorted((Path(__file__).parents[2] / "openapi" / "released").glob("*.json"))


@pytest.fixture(scope="module")
def today() -> Any:
    return surface(build_app().openapi())


@pytest.mark.parametrize("path", RELEASED, ids=[path.stem for path in RELEASED])
def test_nothing_was_taken_away_since(path: Path, today: Any) -> None:
    released = json.loads(path.read_text(encoding="utf-8"))

    assert breaking_changes(released, today) == []


def test_a_release_is_committed() -> None:
    assert RELEASED


def changed(document: Any, *path: str, value: Any = None) -> Any:
    """Return a copy in which one place is set, or taken away where no value is given."""
    copied = copy.deepcopy(document)
    node = copied
    for step in path[:-1]:
        node = node[step]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return copied


SCHEMAS = ("components", "schemas")
CREATE = ("paths", "/v1/assessments", "post")
TEXT_OR_NUMBER = {"anyOf": [{"type": "number"}, {"type": "string"}]}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("paths", "/v1/identify"), None, "POST /v1/identify: is gone"),
        ((*CREATE, "operationId"), "score", "operationId create_assessment became score"),
        ((*CREATE, "responses", "422"), None, "answer 422 is gone"),
        ((*SCHEMAS, "BomScore", "properties", "low"), None, "low: is gone"),
        ((*SCHEMAS, "Context", "properties", "end_use", "type"), "object", "may now be object"),
        ((*SCHEMAS, "LineBody", "properties", "stock_days"), None, "stock_days: is gone"),
        ((*SCHEMAS, "LineBody", "required"), ["unit"], "unit: must now be sent"),
        (
            (*SCHEMAS, "LineBody", "properties", "unit_price"),
            {"type": "string"},
            "unit_price: no longer takes",
        ),
        (
            (*SCHEMAS, "AssessmentRequest", "properties", "end_use", "enum"),
            ["civil", "unknown"],
            "fewer values",
        ),
        (
            (*SCHEMAS, "AssessmentRequest", "properties", "horizon_days", "maximum"),
            365,
            "maximum is now 365",
        ),
        ((*SCHEMAS, "Interval", "required"), ["low", "high"], "value: may now be missing"),
    ],
)
def test_a_break_is_found(today: Any, path: tuple[str, ...], value: Any, said: str) -> None:
    found = breaking_changes(today, changed(today, *path, value=value))

    assert any(said in one for one in found), found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("paths", "/v1/more"), {}),
        ((*SCHEMAS, "BomScore", "properties", "more"), {"type": "string"}),
        ((*SCHEMAS, "LineBody", "properties", "more"), TEXT_OR_NUMBER),
        ((*SCHEMAS, "AssessmentRequest", "properties", "horizon_days", "maximum"), 2000),
        ((*SCHEMAS, "LineBody", "properties", "recycled_share"), TEXT_OR_NUMBER),
    ],
)
def test_an_addition_is_none(today: Any, path: tuple[str, ...], value: Any) -> None:
    assert breaking_changes(today, changed(today, *path, value=value)) == []
