"""What-ifs about a bill of materials."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.answers.assessment import DISCLAIMER, assessment_answer
from app.api.bodies import JsonBytes
from app.api.documentation import answered, json_body, scenario_examples
from app.api.json_answer import JsonAnswer
from app.api.negotiation import require_json
from app.api.requests import bom_from, context_from
from app.api.routes.assessments import options_for
from app.api.schemas.queries import DetailQuery
from app.api.schemas.what_if import ScenariosRequest
from app.api.schemas.what_if_answers import ScenariosAnswer
from app.api.service import TheService, Today
from app.api.versions import versions_from
from app.api.what_if import scenario_answers
from app.api.what_if_requests import read_scenarios_request
from app.batch.pipeline import assess_bom
from app.batch.what_ifs import inputs_of, scenarios_about

router = APIRouter(prefix="/v1", tags=["What if"])


@router.post(
    "/scenarios",
    summary="What changed inputs do to the scores",
    response_model=None,
    responses=answered("The assessment, and each what-if beside it.", ScenariosAnswer),
    dependencies=[Depends(require_json)],
    openapi_extra=json_body(ScenariosRequest, examples=scenario_examples()),
)
def compare_scenarios(
    raw: JsonBytes, query: Annotated[DetailQuery, Query()], service: TheService, today: Today
) -> Response:
    """Score a bill of materials as it is and under what-ifs; the differences add up exactly."""
    body = read_scenarios_request(raw, service)
    context = context_from(
        body, today_utc=today, default_destination=service.settings.default_destination
    )
    assessed = assess_bom(
        bom_from(body.bom, service.vocabulary), service.engine, context, options_for(query.detail)
    )
    inputs = inputs_of(assessed.bom, assessed.identified, service.engine, context)
    with scenarios_about(inputs, service.engine, sectors=body.sectors) as scenarios:
        rows = scenario_answers(body.scenarios, scenarios)
    return JsonAnswer(
        {
            **versions_from(service.reference),
            "base": assessment_answer(assessed, service.reference, detail=query.detail),
            "scenarios": rows,
            "disclaimer": DISCLAIMER,
        }
    )
