"""What-ifs and actions about one product, from validated wishes to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from app.api.answers.certainty import calendar_answer, certainty_answer, questions_answer
from app.api.answers.mitigations import (
    action_answer,
    best_set_answer,
    counterfactual_answers,
    law_answers,
)
from app.api.answers.scenarios import scenario_answer
from app.api.json_body import refuse
from app.api.patches import patches_from
from app.api.schemas.what_if import ScenarioBody
from app.api.schemas.what_if_answers import (
    CalendarAnswer,
    CertaintyAnswer,
    MitigationParts,
    QuestionsAnswer,
    ScenarioAnswer,
)
from app.errors import Fault, InvalidInputError, UnknownKeyError
from app.scoring.builtin_scenarios import Builtin, Choices, builtin_patches
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
from app.scoring.patches import Patch
from app.scoring.scenarios import Scenarios
from app.scoring.stress_calendar import stress_calendars
from app.scoring.uncertainty import tornado
from app.scoring.workbench import Workbench


def scenario_answers(bodies: Sequence[ScenarioBody], scenarios: Scenarios) -> list[ScenarioAnswer]:
    """Return what each what-if does.

    Args:
        bodies: Validated what-ifs.
        scenarios: The question that they are about.

    Raises:
        InvalidInputError: A patch does not fit the inputs; the pointer says which what-if.
    """
    return [_scenario(body, scenarios, place) for place, body in enumerate(bodies)]


def _scenario(body: ScenarioBody, scenarios: Scenarios, place: int) -> ScenarioAnswer:
    """Return one what-if; what the core refuses is the fault of that what-if."""
    inputs = scenarios.inputs
    try:
        patches = _patches(body, scenarios)
        result = scenarios.run(body.id, patches)
    except (InvalidInputError, UnknownKeyError) as error:
        pointer = f"/scenarios/{place}"
        refuse((Fault(code="does_not_fit", detail=str(error), pointer=pointer),))
        raise AssertionError from error
    return scenario_answer(
        result,
        inputs.reference,
        builtin=body.builtin,
        changes=len(patches),
        language=inputs.context.language,
    )


def _patches(body: ScenarioBody, scenarios: Scenarios) -> tuple[Patch, ...]:
    inputs = scenarios.inputs
    patches: list[Patch] = []
    if body.builtin is not None:
        choices = Choices(element=body.element, country=body.country)
        patches.extend(builtin_patches(Builtin(body.builtin), inputs, choices))
    for number, patch in enumerate(body.patches):
        patches.extend(patches_from(patch, inputs, place=number))
    return tuple(patches)


def mitigation_parts(
    bench: Workbench,
    *,
    limit: int,
    target_band: str | None,
    within_months: float,
    include: AbstractSet[str],
    calendar_scenarios: Sequence[str],
) -> MitigationParts:
    """Return what could be done about a product.

    Args:
        bench: The product in its context.
        limit: Most actions to answer.
        target_band: Band that single changes should reach; None means the next milder one.
        within_months: Longest usual lead time in the best set [months].
        include: Any of calendar, certainty, questions.
        calendar_scenarios: Built-in what-ifs beside the base in the calendar.
    """
    actions = ranked_actions(bench, all_candidates(bench))
    return {
        "actions": [action_answer(action) for action in actions[:limit]],
        "best_set": best_set_answer(best_set(bench, actions, within_months=within_months)),
        "counterfactuals": [
            row
            for target in usual_targets(bench, target_band)
            for row in counterfactual_answers(target, counterfactuals(bench, target))
        ],
        "sourcing_laws": law_answers(sourcing_laws(bench)),
        "note": NOT_ADDITIVE,
        "calendar": _calendar(bench, calendar_scenarios) if "calendar" in include else None,
        "certainty": _certainty(bench) if "certainty" in include else None,
        "questions": _questions(bench) if "questions" in include else None,
    }


def _calendar(bench: Workbench, names: Sequence[str]) -> list[CalendarAnswer]:
    scenarios = [(name, builtin_patches(Builtin(name), bench.inputs)) for name in names]
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
