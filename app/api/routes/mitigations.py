"""What could be done about a bill of materials."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.answers.assessment import DISCLAIMER, assessment_answer
from app.api.bodies import JsonBytes
from app.api.documentation import answered, json_body, mitigation_examples
from app.api.json_answer import JsonAnswer
from app.api.negotiation import require_json
from app.api.requests import bom_from, context_from
from app.api.routes.assessments import options_for
from app.api.schemas.queries import DetailQuery
from app.api.schemas.what_if import MitigationsRequest
from app.api.schemas.what_if_answers import MitigationsAnswer
from app.api.service import TheService, Today
from app.api.versions import versions_from
from app.api.what_if import mitigation_parts
from app.api.what_if_requests import read_mitigations_request
from app.batch.pipeline import assess_bom
from app.batch.what_ifs import inputs_of, workbench_of

router = APIRouter(prefix="/v1", tags=["What if"])


@router.post(
    "/mitigations",
    summary="What could be done, ranked by the risk that it removes",
    response_model=None,
    responses=answered("The assessment, and actions beside it.", MitigationsAnswer),
    dependencies=[Depends(require_json)],
    openapi_extra=json_body(MitigationsRequest, examples=mitigation_examples()),
)
def rank_mitigations(
    raw: JsonBytes, query: Annotated[DetailQuery, Query()], service: TheService, today: Today
) -> Response:
    """Rank second sources, designs, stock and more, with what each removes and costs in time."""
    body = read_mitigations_request(raw, service)
    context = context_from(
        body, today_utc=today, default_destination=service.settings.default_destination
    )
    assessed = assess_bom(
        bom_from(body.bom, service.vocabulary), service.engine, context, options_for(query.detail)
    )
    inputs = inputs_of(assessed.bom, assessed.identified, service.engine, context)
    with workbench_of(inputs, service.engine) as bench:
        parts = mitigation_parts(
            bench,
            limit=body.limit,
            target_band=body.target_band,
            within_months=body.within_months,
            include=frozenset(body.include),
            calendar_scenarios=body.calendar_scenarios,
        )
    return JsonAnswer(
        {
            **versions_from(service.reference),
            "base": assessment_answer(assessed, service.reference, detail=query.detail),
            **parts,
            "disclaimer": DISCLAIMER,
        }
    )
