"""A product of a thousand lines, made of the lines of all examples under ids of their own."""

from __future__ import annotations

import json
from itertools import cycle, islice
from typing import Any

from app.api.examples import SUMMARIES, example_text
from app.api.requests import bom_from, context_from, read_assessment_request
from app.batch.pipeline import Engine, assess_bom
from app.domain.answer import AssessedBom
from tests.api.conftest import TODAY

LINES = 1000


def long_product(engine: Engine) -> AssessedBom:
    """Return it assessed; about a third of its lines hold rare earths or may."""
    originals = [
        line for name in SUMMARIES for line in json.loads(example_text(name))["bom"]["lines"]
    ]
    lines: list[dict[str, Any]] = [
        {
            **{key: value for key, value in line.items() if key != "parent_line_id"},
            "line_id": f"L{place:04}",
            "part_number": f"{line.get('part_number', 'PN')}-{place:04}",
            "description": f"{line['description']}, variant {place}",
        }
        for place, line in enumerate(islice(cycle(originals), LINES))
    ]
    content = json.dumps({"destination": "JP", "bom": {"id": "LONG", "lines": lines}}).encode()
    request = read_assessment_request(content, engine.vocabulary, most_lines=LINES)
    context = context_from(request, today_utc=TODAY, default_destination=None)
    return assess_bom(bom_from(request.bom, engine.vocabulary), engine, context)
