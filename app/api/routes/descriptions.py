"""The OpenAPI documents of the versions before the one that FastAPI serves itself."""

from __future__ import annotations

import json

from fastapi import APIRouter, FastAPI, Request, Response

from app.api.openapi_documents import FILES, document_of

router = APIRouter(include_in_schema=False)

_MEDIA_TYPE = "application/json"


def _once(app: FastAPI, version: str) -> bytes:
    """Return a document as bytes, converted at its first use."""
    made: dict[str, bytes] | None = getattr(app.state, "descriptions", None)
    if made is None:
        made = app.state.descriptions = {}
    if version not in made:
        made[version] = json.dumps(document_of(app, version), ensure_ascii=False).encode()
    return made[version]


@router.get(f"/{FILES['3.0']}")
def get_openapi_three_zero(request: Request) -> Response:
    """Return OpenAPI 3.0, for SAP, MuleSoft, Google and older generators."""
    return Response(_once(request.app, "3.0"), media_type=_MEDIA_TYPE)


@router.get(f"/{FILES['2.0']}")
def get_swagger_two_zero(request: Request) -> Response:
    """Return Swagger 2.0, for Power Platform."""
    return Response(_once(request.app, "2.0"), media_type=_MEDIA_TYPE)
