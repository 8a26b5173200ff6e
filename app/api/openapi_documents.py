"""The three documents that describe the service, each for those who can read no newer one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI

from app.api.openapi_three_zero import three_zero
from app.api.openapi_two_zero import two_zero

Json = dict[str, Any]

#: Name of the file and of the route of each version.
FILES: Mapping[str, str] = MappingProxyType(
    {"3.1": "openapi.json", "3.0": "openapi-3.0.json", "2.0": "swagger-2.0.json"}
)


def document_of(app: FastAPI, version: str, *, server: str | None = None) -> Json:
    """Return the description of the service.

    Args:
        app: The application; data are not needed.
        version: One of `FILES`.
        server: Address under which the service answers, for importers that want one;
            None leaves it to the reader of the document.
    """
    document = app.openapi()
    if server is not None:
        document = {**document, "servers": [{"url": server}]}
    if version == "3.1":
        return document
    older = three_zero(document)
    return older if version == "3.0" else two_zero(older)


def text_of(document: Json) -> str:
    """Return a document as the committed files hold it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
