"""The example requests that ship with the package: for the documentation and the first try."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

#: What each example is, in the order of the documentation.
SUMMARIES: Mapping[str, str] = MappingProxyType(
    {
        "traction-motor": "Traction motor, civil, to Japan",
        "wind-turbine-generator": "Wind turbine generator, civil, to Germany",
        "radar-travelling-wave-tube": "Travelling-wave tube for a naval radar, military, to Japan",
        "smartphone": "Smartphone, civil, to South Korea",
        "led-luminaire": "Lighting product, civil, to Germany",
        "catalyst-order": "Catalyst order, civil, to the United States",
        "hydraulic-cylinder": "Product without rare earths, civil, to India",
    }
)


def examples_folder() -> Traversable:
    """Return the folder of the examples: inside an installed package, else beside `app`."""
    inside = files("app") / "examples"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "examples"


def example_text(name: str, *, suffix: str = "json") -> str:
    """Return the text of one example file."""
    return (examples_folder() / f"{name}.{suffix}").read_text(encoding="utf-8")


def example_requests() -> dict[str, Any]:
    """Return the example requests as OpenAPI shows them: by name, with a summary."""
    return {
        name: {"summary": summary, "value": json.loads(example_text(name))}
        for name, summary in SUMMARIES.items()
    }
