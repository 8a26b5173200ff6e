"""The sectors, what each depends on, and their reference scores."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api.answers.sectors import one_sector, sector_list
from app.api.documentation import answered
from app.api.json_answer import JsonAnswer
from app.api.requests import context_if_any
from app.api.schemas.context import ContextText
from app.api.schemas.reference import OneSector, SectorList
from app.api.service import TheService, Today
from app.batch.pipeline import assess_nothing

router = APIRouter(prefix="/v1/sectors", tags=["Reference"])

SectorId = Annotated[str, Path(description="Id of a sector.", examples=["automotive_ev"])]


@router.get(
    "",
    summary="List the sectors",
    response_model=None,
    responses=answered("Every sector of the taxonomy.", SectorList),
)
def list_sectors(
    query: Annotated[ContextText, Query()], service: TheService, today: Today
) -> Response:
    """Return every sector, what it depends on, and its reference score for a question.

    Without a destination there are no scores.
    """
    context = context_if_any(
        query, today_utc=today, default_destination=service.settings.default_destination
    )
    assessment = None if context is None else assess_nothing(service.engine, context)
    return JsonAnswer(
        sector_list(
            service.reference, context=context, assessment=assessment, language=query.language
        )
    )


@router.get(
    "/{sector_id}",
    summary="Read one sector",
    response_model=None,
    responses=answered("One sector.", OneSector),
)
def get_sector(
    sector_id: SectorId,
    query: Annotated[ContextText, Query()],
    service: TheService,
    today: Today,
) -> Response:
    """Return one sector, what it depends on, and its reference score for a question."""
    context = context_if_any(
        query, today_utc=today, default_destination=service.settings.default_destination
    )
    assessment = None if context is None else assess_nothing(service.engine, context)
    return JsonAnswer(
        one_sector(
            sector_id,
            service.reference,
            context=context,
            assessment=assessment,
            language=query.language,
        )
    )
