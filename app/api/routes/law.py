"""What changes of the law: on days to come, and between two dates."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.answers.law import diff_answer, law_calendar, product_calendar
from app.api.bodies import JsonBytes
from app.api.documentation import answered, assessment_examples, diff_examples, json_body
from app.api.json_answer import JsonAnswer
from app.api.law_requests import contexts_of, read_diff_request
from app.api.negotiation import refuse_parameters, require_json
from app.api.requests import bom_from, context_from, read_assessment_request
from app.api.schemas.bom import AssessmentRequest
from app.api.schemas.context import ContextText
from app.api.schemas.law import DiffAnswer, DiffRequest, LawCalendar, ProductCalendar
from app.api.service import TheService, Today
from app.batch.two_answers import answered as answer_of
from app.scoring import law_calendar as core
from app.scoring.difference import difference

router = APIRouter(prefix="/v1")


@router.get(
    "/controls/calendar",
    tags=["Reference"],
    summary="List the days on which the law changes",
    response_model=None,
    responses=answered("What is due within the horizon, day by day.", LawCalendar),
)
def get_law_calendar(
    query: Annotated[ContextText, Query()], service: TheService, today: Today
) -> Response:
    """Return what is due within the horizon: ends of suspensions, stated extensions, new rules.

    Each entry says how sure it is. Nothing is extended by itself, and no day is guessed.
    """
    context = context_from(
        query, today_utc=today, default_destination=service.settings.default_destination
    )
    days = core.register_calendar(service.reference, context=context)
    return JsonAnswer(law_calendar(days, service.reference, context))


@router.post(
    "/assessments/calendar",
    tags=["Assessments"],
    summary="List the days that matter to a bill of materials",
    response_model=None,
    responses=answered("Days with the score on both sides.", ProductCalendar),
    dependencies=[Depends(require_json), Depends(refuse_parameters)],
    openapi_extra=json_body(AssessmentRequest, examples=assessment_examples()),
)
def create_product_calendar(raw: JsonBytes, service: TheService, today: Today) -> Response:
    """Return the days within the horizon that matter to the product, with its score around each.

    Both sides of a day rest on what is known on the day of the question.
    """
    body = read_assessment_request(raw, service.vocabulary, most_lines=service.settings.max_lines)
    context = context_from(
        body, today_utc=today, default_destination=service.settings.default_destination
    )
    bom = bom_from(body.bom, service.vocabulary)
    identified = service.engine.identify(bom)
    days = core.product_calendar(bom, identified, service.reference, context=context)
    return JsonAnswer(product_calendar(days, bom.id, service.reference, context))


@router.post(
    "/assessments/diff",
    tags=["Assessments"],
    summary="Compare two dates for a bill of materials",
    response_model=None,
    responses=answered("What flipped, line by line, with the notice that did it.", DiffAnswer),
    dependencies=[Depends(require_json), Depends(refuse_parameters)],
    openapi_extra=json_body(DiffRequest, examples=diff_examples()),
)
def compare_dates(raw: JsonBytes, service: TheService, today: Today) -> Response:
    """Say for which elements and lines the law reads differently, and which scores changed band."""
    body = read_diff_request(raw, service)
    context = context_from(
        body, today_utc=today, default_destination=service.settings.default_destination
    )
    bom = bom_from(body.bom, service.vocabulary)
    before, after = (
        answer_of(bom, service.engine, replace(context, as_of=as_of, known_on=known_on))
        for as_of, known_on in contexts_of(body)
    )
    return JsonAnswer(diff_answer(before, after, difference(before, after)))
