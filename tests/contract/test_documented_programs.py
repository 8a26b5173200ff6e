"""Programs in the documents are programs: they parse, and name what is there."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import app.client

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]


def blocks(language: str) -> list[tuple[str, str]]:
    """Return the blocks of a language in all documents, each with its place."""
    return [
        (f"{path.relative_to(ROOT)}#{number}", block)
        for path in DOCUMENTS
        for number, block in enumerate(
            re.findall(
                rf"^```{language}\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE
            )
        )
    ]


def test_python_parses() -> None:
    for place, block in blocks("python"):
        ast.parse(block, filename=place)


def test_json_parses() -> None:
    for place, block in blocks("json"):
        assert json.loads(block) is not None, place


def test_what_is_imported_from_the_client_exists() -> None:
    imported = {
        alias.name
        for _, block in blocks("python")
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.ImportFrom) and node.module in {"app.client", "lodestone_client"}
        for alias in node.names
    }

    assert {"Client", "ProblemError"} <= imported <= set(app.client.__all__)
