"""Whether the service lives and is ready."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from app.api.answers.operation import data_in_use, metrics_text
from app.api.documentation import answered
from app.api.json_answer import JsonAnswer
from app.api.metrics import counts_text
from app.api.schemas.operation import Health, Readiness
from app.api.service import TheService, Today
from app.api.versions import versions_of
from app.errors import ServiceBusyError

router = APIRouter(tags=["Operation"])


_LIVE = answered("The process answers.", Health)
_METRICS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Metrics.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}
_READY = answered("The reference data are loaded and checked.", Readiness)


@router.get("/healthz", summary="Live", response_model=None, responses=_LIVE)
async def get_health(request: Request) -> Response:
    """Answer as soon as the process listens, whatever else it computes."""
    return JsonAnswer({"status": "ok", **versions_of(request.app)})


@router.get("/readyz", summary="Ready", response_model=None, responses=_READY)
def get_readiness(request: Request, service: TheService, today: Today) -> Response:
    """Answer when the reference data are loaded; before that nothing listens.

    Answers 503 once the process was told to end: requests under way still end well. Says which
    data are in use, how old they are, and how the last look for newer ones ended.
    """
    if request.app.state.draining:
        raise ServiceBusyError("this process is about to end", retry_after_seconds=5)
    data = data_in_use(request.app.state.data, service.reference, today)
    return JsonAnswer({"status": "ok", **service.versions, "data": data})


@router.get(
    "/metrics",
    summary="Metrics",
    response_model=None,
    response_class=PlainTextResponse,
    responses=_METRICS,
)
def get_metrics(request: Request, service: TheService, today: Today) -> Response:
    """Answer, in the text format of Prometheus, what was counted and how old the data are."""
    text = metrics_text(request.app.state.data, service.reference, today)
    return Response(text + counts_text(), media_type="text/plain; version=0.0.4; charset=utf-8")
