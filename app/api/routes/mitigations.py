"""What could be done about a bill of materials."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.answers.assessment import DISCLAIMER, assessment_answer
from app.api.answers.certainty import calendar_answer, certainty_answer, questions_answer
from app.api.answers.mitigations import (
    action_answer,
    best_set_answer,
    counterfactual_answers,
    law_answers,
)
from app.api.bodies import JsonBytes
from app.api.documentation import answered, json_body, mitigation_examples
from app.api.json_answer import JsonAnswer
from app.api.negotiation import require_json
from app.api.requests import bom_from, context_from
from app.api.routes.assessments import options_for
from app.api.schemas.queries import DetailQuery
from app.api.schemas.what_if import MitigationsRequest
from app.api.schemas.what_if_answers import (
    CalendarAnswer,
    CertaintyAnswer,
    MitigationsAnswer,
    QuestionsAnswer,
)
from app.api.service import TheService, Today
from app.api.versions import versions_from
from app.api.what_if_requests import read_mitigations_request
from app.batch.pipeline import assess_bom
from app.batch.what_ifs import inputs_of, workbench_of
from app.scoring.builtin_scenarios import Builtin, builtin_patches
from app.scoring.certainty import certainty
from app.scoring.counterfactual import counterfactuals, usual_targets
from app.scoring.information import missing_fields
from app.scoring.mitigation import (
    NOT_ADDITIVE,
    all_candidates,
    best_set,
    ranked_actions,
    sourcing_laws,
)
from app.scoring.stress_calendar import stress_calendars
from app.scoring.uncertainty import tornado
from app.scoring.workbench import Workbench

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
        actions = ranked_actions(bench, all_candidates(bench))
        together = best_set(bench, actions, within_months=body.within_months)
        changes = [
            row
            for target in usual_targets(bench, body.target_band)
            for row in counterfactual_answers(target, counterfactuals(bench, target))
        ]
        laws = law_answers(sourcing_laws(bench))
        wanted = frozenset(body.include)
        calendar = _calendar(bench, body) if "calendar" in wanted else None
        sure = _certainty(bench) if "certainty" in wanted else None
        asked = _questions(bench) if "questions" in wanted else None
    return JsonAnswer(
        {
            **versions_from(service.reference),
            "base": assessment_answer(assessed, service.reference, detail=query.detail),
            "actions": [action_answer(action) for action in actions[: body.limit]],
            "best_set": best_set_answer(together),
            "counterfactuals": changes,
            "sourcing_laws": laws,
            "note": NOT_ADDITIVE,
            "calendar": calendar,
            "certainty": sure,
            "questions": asked,
            "disclaimer": DISCLAIMER,
        }
    )


def _calendar(bench: Workbench, body: MitigationsRequest) -> list[CalendarAnswer]:
    scenarios = [
        (name, builtin_patches(Builtin(name), bench.inputs)) for name in body.calendar_scenarios
    ]
    return [calendar_answer(one) for one in stress_calendars(bench, scenarios)]


def _certainty(bench: Workbench) -> CertaintyAnswer:
    weights = [bench.weight_of(line.line_id) for line in bench.lines]
    return certainty_answer(
        certainty(bench.lines, weights, bench.evaluation),
        tornado(bench.lines, weights, bench.evaluation),
    )


def _questions(bench: Workbench) -> QuestionsAnswer:
    language = bench.inputs.context.language
    names = {key: one.names[language] for key, one in bench.inputs.reference.elements.items()}
    return questions_answer(missing_fields(bench), language=language, element_names=names)
