"""Writes openapi/released/VERSION.json, against which later documents are compared.

Run once for each release: python -m tests.contract.write_release
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app import __version__
from app.main import build_app

FOLDER = Path(__file__).parents[2] / "openapi" / "released"
#: What no client is made from.
_LEFT_OUT = frozenset({"example", "examples", "title"})


def surface(node: Any, *, names: bool = False) -> Any:
    """Return a document without examples, titles and descriptions."""
    if isinstance(node, list):
        return [surface(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: surface(one, names=not names and key in {"properties", "schemas"})
        for key, one in node.items()
        if names or not (key in _LEFT_OUT or (key == "description" and isinstance(one, str)))
    }


if __name__ == "__main__":
    document = surface(build_app().openapi())
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (FOLDER / f"{__version__}.json").write_text(text, encoding="utf-8")
