"""Names against the entity lists, without any goods."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from app.api.answers.entities import screening
from app.api.bodies import JsonBytes
from app.api.documentation import answered, json_body, screening_examples
from app.api.json_answer import JsonAnswer
from app.api.json_body import read
from app.api.negotiation import refuse_parameters, require_json
from app.api.schemas.screening import Screening, ScreeningRequest
from app.api.service import TheService, Today
from app.api.yente import ask_yente

router = APIRouter(prefix="/v1", tags=["Reference"])


@router.post(
    "/end-users",
    summary="Look up names on the entity lists",
    response_model=None,
    responses=answered("What the lists say of each name.", Screening),
    dependencies=[Depends(require_json), Depends(refuse_parameters)],
    openapi_extra=json_body(ScreeningRequest, examples=screening_examples()),
)
def screen_end_users(raw: JsonBytes, service: TheService, today: Today) -> Response:
    """Say which names stand on an entity list, or are near one on it.

    No match is not a clearance: the answer names the lists of which not every name is known.
    Where the operator has set up a matching service of the OpenSanctions kind, it is asked too.
    """
    body = read(raw, ScreeningRequest)
    as_of = body.as_of or today
    return JsonAnswer(
        screening(
            body.names,
            ask_yente(body.names, service.settings),
            service.reference,
            destination=body.destination or service.settings.default_destination,
            as_of=as_of,
            known_on=body.known_on or as_of,
        )
    )
