"""Scores of the examples move only on purpose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.contract.write_snapshots import EXAMPLES, SNAPSHOTS, as_text, snapshot


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings())) as client:
        yield client


def test_every_example_has_its_snapshot() -> None:
    assert {path.name for path in SNAPSHOTS.glob("*.json")} == {path.name for path in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_scores_are_those_of_the_snapshot(example: Path, client: TestClient) -> None:
    """If this fails on purpose: `make snapshot`, look at the diff, write a changelog line."""
    days = snapshot(example, client)

    assert days == json.loads((SNAPSHOTS / example.name).read_text(encoding="utf-8"))


def test_a_snapshot_reads_back_as_it_was_written() -> None:
    for path in SNAPSHOTS.glob("*.json"):
        text = path.read_text(encoding="utf-8")

        assert as_text(json.loads(text)) == text
