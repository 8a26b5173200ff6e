"""Which rare earths lines hold, without scores."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from app.api.answers.assessment import identify_answer
from app.api.bodies import JsonBytes
from app.api.documentation import answered, identify_examples, json_body
from app.api.json_answer import JsonAnswer
from app.api.negotiation import refuse_parameters, require_json
from app.api.requests import lines_from, read_identify_request
from app.api.schemas.answers import IdentifyAnswer
from app.api.schemas.bom import IdentifyRequest
from app.api.service import TheService
from app.api.versions import versions_from
from app.domain.bom import Bom

router = APIRouter(prefix="/v1", tags=["Identification"])


@router.post(
    "/identify",
    summary="Find the rare earths of lines",
    response_model=None,
    responses=answered("One outcome for each line.", IdentifyAnswer),
    dependencies=[Depends(require_json), Depends(refuse_parameters)],
    openapi_extra=json_body(IdentifyRequest, examples=identify_examples()),
)
def identify_lines(raw: JsonBytes, service: TheService) -> Response:
    """Say which rare earths each line holds, how much, and how we know; no scoring."""
    body = read_identify_request(raw, service.vocabulary, most_lines=service.settings.max_lines)
    bom = Bom(id="bom", lines=lines_from(body.lines, service.vocabulary, currency=None))
    found = service.engine.identify(bom)
    return JsonAnswer(identify_answer(found, versions_from(service.reference)))
