"""The method and the reference data behind every score."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from app.api.answers.methodology import methodology_answer
from app.api.answers.reference import reference_answer
from app.api.documentation import answered
from app.api.json_answer import JsonAnswer
from app.api.negotiation import refuse_parameters
from app.api.schemas.reference import MethodologyAnswer, ReferenceAnswer
from app.api.service import TheService, Today

router = APIRouter(prefix="/v1", tags=["Reference"], dependencies=[Depends(refuse_parameters)])


@router.get(
    "/methodology",
    summary="Read the method",
    response_model=None,
    responses=answered("Factors, weights, formulas.", MethodologyAnswer),
)
def get_methodology(service: TheService) -> Response:
    """Return factors, parameters, severities and bands, each with what it rests on."""
    return JsonAnswer(methodology_answer(service.reference))


@router.get(
    "/reference",
    summary="Read what the service knows, and from where",
    response_model=None,
    responses=answered("Versions, counts, sources.", ReferenceAnswer),
)
def get_reference(service: TheService, today: Today) -> Response:
    """Return versions, counts, every source, and the records that are due for a check."""
    return JsonAnswer(reference_answer(service.reference, today))
