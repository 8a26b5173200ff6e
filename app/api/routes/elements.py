"""The supply side of each rare earth, without any product."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api.answers.supply import element_list, one_element
from app.api.documentation import answered
from app.api.json_answer import JsonAnswer
from app.api.requests import context_if_any
from app.api.schemas.context import ContextText
from app.api.schemas.elements import ElementList, OneElement
from app.api.service import TheService, Today
from app.batch.supply_side import element_supplies

router = APIRouter(prefix="/v1/elements", tags=["Reference"])

Symbol = Annotated[str, Path(description="Symbol of a rare earth.", examples=["Dy"])]


@router.get(
    "",
    summary="List the rare earths",
    response_model=None,
    responses=answered("All 17 rare earths in order of atomic number.", ElementList),
)
def list_elements(
    query: Annotated[ContextText, Query()], service: TheService, today: Today
) -> Response:
    """Return concentration by stage, the law and the hazard of each element for a question.

    Without a destination there are only the elements' facts.
    """
    context = context_if_any(
        query, today_utc=today, default_destination=service.settings.default_destination
    )
    supplies = {} if context is None else element_supplies(service.engine, context)
    return JsonAnswer(
        element_list(service.reference, context=context, supplies=supplies, language=query.language)
    )


@router.get(
    "/{symbol}",
    summary="Read one rare earth",
    response_model=None,
    responses=answered("One rare earth.", OneElement),
)
def get_element(
    symbol: Symbol,
    query: Annotated[ContextText, Query()],
    service: TheService,
    today: Today,
) -> Response:
    """Return concentration by stage, the law and the hazard of one element for a question."""
    context = context_if_any(
        query, today_utc=today, default_destination=service.settings.default_destination
    )
    supplies = {} if context is None else element_supplies(service.engine, context)
    return JsonAnswer(
        one_element(
            symbol,
            service.reference,
            context=context,
            supplies=supplies,
            language=query.language,
        )
    )
