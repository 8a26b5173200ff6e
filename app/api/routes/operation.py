"""Whether the service lives and is ready."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.api.documentation import answered
from app.api.json_answer import JsonAnswer
from app.api.schemas.operation import Health
from app.api.versions import versions_of

router = APIRouter(tags=["Operation"])


_LIVE = answered("The process answers.", Health)
_READY = answered("The reference data are loaded and checked.", Health)


@router.get("/healthz", summary="Live", response_model=None, responses=_LIVE)
def get_health(request: Request) -> Response:
    """Answer as soon as the process listens."""
    return JsonAnswer({"status": "ok", **versions_of(request.app)})


@router.get("/readyz", summary="Ready", response_model=None, responses=_READY)
def get_readiness(request: Request) -> Response:
    """Answer when the reference data are loaded; before that nothing listens."""
    return JsonAnswer({"status": "ok", **versions_of(request.app)})
