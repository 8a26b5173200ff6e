"""An answer as JSON, written once and not validated again."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from fastapi import Response


class JsonAnswer(Response):
    """A JSON document; the same value gives the same bytes."""

    media_type = "application/json"

    def __init__(self, document: Mapping[str, object], status_code: int = 200) -> None:
        super().__init__(orjson.dumps(document), status_code)
