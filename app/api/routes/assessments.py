"""Scoring a bill of materials: as JSON, and as an uploaded file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.answer_forms import answer_in, offered_forms, with_forms
from app.api.bodies import JsonBytes, TheUpload
from app.api.counted import count_scored
from app.api.documentation import answered, assessment_examples, json_body, upload_body
from app.api.negotiation import JSON, wanted_form
from app.api.requests import bom_from, context_from, read_assessment_request
from app.api.schemas.answers import AssessmentAnswer, ElementsView, Summary
from app.api.schemas.bom import AssessmentRequest
from app.api.schemas.queries import AnswerQuery, Detail, UploadQuery
from app.api.service import TheService, Today
from app.batch.pipeline import assess_bom
from app.batch.reading import read_file
from app.scoring.assess import AssessOptions

router = APIRouter(prefix="/v1/assessments", tags=["Assessments"])

_ANSWERS = (AssessmentAnswer, ElementsView, Summary)


def options_for(detail: Detail) -> AssessOptions:
    """Return how much to explain at a depth of the answer."""
    full = detail == "full"
    more = detail != "summary"
    return AssessOptions(
        lines=full,
        waterfall=full,
        profile=more,
        abroad=more,
        each_line=full,
        causes=more,
        amounts=more,
    )


@router.post(
    "",
    summary="Score a bill of materials",
    response_model=None,
    responses=with_forms(answered("The assessment.", *_ANSWERS)),
    openapi_extra=json_body(AssessmentRequest, examples=assessment_examples()),
)
def create_assessment(
    raw: JsonBytes,
    query: Annotated[AnswerQuery, Query()],
    request: Request,
    service: TheService,
    today: Today,
) -> Response:
    """Score a bill of materials for each of the 17 rare earths and for each sector."""
    form = wanted_form(request, named=query.format, offered=offered_forms())
    body = read_assessment_request(raw, service.vocabulary, most_lines=service.settings.max_lines)
    context = context_from(
        body, today_utc=today, default_destination=service.settings.default_destination
    )
    bom = bom_from(body.bom, service.vocabulary)
    depth: Detail = query.detail if form == JSON else "full"
    assessed = assess_bom(bom, service.engine, context, options_for(depth))
    count_scored(request, assessed)
    return answer_in(form, assessed, service.engine, detail=depth, decimal=query.decimal)


@router.post(
    "/upload",
    summary="Score a bill of materials in a file",
    response_model=None,
    responses=with_forms(answered("The assessment.", *_ANSWERS)),
    openapi_extra=upload_body(),
)
def upload_assessment(
    upload: TheUpload,
    query: Annotated[UploadQuery, Query()],
    request: Request,
    service: TheService,
    today: Today,
) -> Response:
    """Score one file: Excel, CSV and every other format of which the reader knows.

    The context comes as form fields of the same names as in JSON. `columns`, `sheet`,
    `header_row`, `delimiter` and `encoding` help with an odd file. The answer says in `file` how
    it was read; columns that are not understood are reported in `file.ignored_columns`.
    """
    form = wanted_form(request, named=query.format, offered=offered_forms())
    context = context_from(
        upload.context, today_utc=today, default_destination=service.settings.default_destination
    )
    bom = read_file(
        upload.content,
        name=upload.name,
        vocabulary=service.vocabulary,
        most_lines=service.settings.max_lines,
        options=upload.about_file.before(query),
    )
    depth: Detail = query.detail if form == JSON else "full"
    assessed = assess_bom(bom, service.engine, context, options_for(depth))
    count_scored(request, assessed)
    return answer_in(form, assessed, service.engine, detail=depth, decimal=query.decimal)
