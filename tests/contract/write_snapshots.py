"""Writes the scores of the examples on a few days: `make snapshot`.

The files are no proof that a score is right. They show in a review which scores a change of data,
method or code moved, and by how much.
"""

from __future__ import annotations

import json
from pathlib import Path

from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = tuple(sorted((ROOT / "examples").glob("*.json")))
SNAPSHOTS = Path(__file__).with_name("snapshots")

#: Before any control, the day of the examples, the end of the register.
DAYS = ("2025-01-02", "2026-03-01", "2026-11-23")

Figures = list[float | str | None]
#: By day, by part of the answer, by key.
Snapshot = dict[str, dict[str, dict[str, Figures]]]


def figures(result: dict[str, float | str | None]) -> Figures:
    """Return score, low, high and band of one part of an answer."""
    return [result["score"], result["low"], result["high"], result["band"]]


def snapshot(example: Path, client: TestClient) -> Snapshot:
    """Return the scores of one example by day: product, exposed elements, sectors of its own."""
    request = json.loads(example.read_text(encoding="utf-8"))
    days: Snapshot = {}
    for day in DAYS:
        answer = client.post(
            "/v1/assessments", params={"detail": "elements"}, json={**request, "as_of": day}
        )
        assert answer.status_code == 200, answer.text
        body = answer.json()
        days[day] = {
            "product": {body["bom"]["id"]: figures(body["bom"])},
            "elements": {
                element["symbol"]: figures(element)
                for element in body["elements"]
                if element["exposed"]
            },
            "sectors": {
                sector["id"]: figures(sector)
                for sector in body["sectors"]
                if sector["basis"] == "bom"
            },
        }
    return days


def as_text(days: Snapshot) -> str:
    """Return a snapshot as JSON with one line for each score, so that a diff reads well."""
    blocks = []
    for day, parts in days.items():
        bodies = []
        for name, scores in parts.items():
            rows = [f'      "{key}": {json.dumps(row)}' for key, row in scores.items()]
            body = "{\n" + ",\n".join(rows) + "\n    }" if rows else "{}"
            bodies.append(f'    "{name}": {body}')
        blocks.append(f'  "{day}": {{\n' + ",\n".join(bodies) + "\n  }")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def main() -> None:
    """Write one file for each example and remove those of examples that are gone."""
    SNAPSHOTS.mkdir(exist_ok=True)
    for old in SNAPSHOTS.glob("*.json"):
        if old.name not in {example.name for example in EXAMPLES}:
            old.unlink()
    with TestClient(create_app(Settings())) as client:
        for example in EXAMPLES:
            text = as_text(snapshot(example, client))
            (SNAPSHOTS / example.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
