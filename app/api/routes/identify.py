"""Which rare earths lines hold, without scores."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.answers.identified import file_identify_answer, identify_answer
from app.api.bodies import JsonBytes, TheUpload
from app.api.documentation import answered, identify_examples, json_body, upload_body
from app.api.json_answer import JsonAnswer
from app.api.negotiation import refuse_parameters, require_json
from app.api.requests import lines_from, read_identify_request
from app.api.schemas.bom import IdentifyRequest
from app.api.schemas.file_options import FileOptionsText
from app.api.schemas.identified import FileIdentifyAnswer, IdentifyAnswer
from app.api.service import TheService
from app.api.versions import versions_from
from app.batch.reading import read_file
from app.domain.bom import Bom

router = APIRouter(prefix="/v1/identify", tags=["Identification"])


@router.post(
    "",
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


@router.post(
    "/upload",
    summary="Find the rare earths of a file",
    response_model=None,
    responses=answered("How the file was read, and one outcome for each line.", FileIdentifyAnswer),
    dependencies=[Depends(require_json)],
    openapi_extra=upload_body(context=False),
)
def identify_file(
    upload: TheUpload, query: Annotated[FileOptionsText, Query()], service: TheService
) -> Response:
    """Say which rare earths each line of a file holds; no scoring.

    The fields about the file are those of `/v1/assessments/upload`. Those of the context may be
    sent along and change nothing: what a line holds does not depend on them.
    """
    bom = read_file(
        upload.content,
        name=upload.name,
        vocabulary=service.vocabulary,
        most_lines=service.settings.max_lines,
        options=upload.about_file.before(query),
    )
    found = service.engine.identify(bom)
    return JsonAnswer(file_identify_answer(bom, found, versions_from(service.reference)))
