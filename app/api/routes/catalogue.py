"""Scoring a whole catalogue: one product a line in, one answer a line out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.bodies import TheSpool
from app.api.catalogue_product import ProductAnswerer, Terms
from app.api.catalogue_stream import MEDIA_TYPE, CatalogueStream, Ndjson
from app.api.documentation import catalogue_answer, catalogue_body
from app.api.schemas.catalogue import CatalogueQuery
from app.api.service import TheService, Today

router = APIRouter(prefix="/v1/catalogue", tags=["Assessments"])


@router.post(
    "",
    summary="Score a catalogue of products",
    response_model=None,
    response_class=Ndjson,
    responses=catalogue_answer(MEDIA_TYPE),
    openapi_extra=catalogue_body(MEDIA_TYPE),
)
def score_catalogue(
    spool: TheSpool,
    query: Annotated[CatalogueQuery, Query()],
    request: Request,
    service: TheService,
    today: Today,
) -> Response:
    """Score many products, one JSON object a line, and answer one a line in the same order.

    A product is a bill of materials with an optional `context` of its own. One that does not
    fit answers with its own `problem`, and the rest go on. The last line holds the `summary`.
    The whole catalogue is read before the answer begins.
    """
    settings = service.settings
    terms = Terms(
        query=query,
        today=today,
        default_destination=settings.default_destination,
        most_bytes=settings.max_json_bytes,
        most_lines=settings.max_lines,
    )
    answerer = ProductAnswerer(service.engine, terms)
    return CatalogueStream(
        spool,
        answerer,
        service.engine,
        most_bytes=settings.max_json_bytes,
        accepts=request.headers.get("accept-encoding", ""),
    )
