"""The register of export controls: as a list, one measure, and as a grid for a question."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api.answers.controls import control_list, control_status, one_control
from app.api.documentation import answered
from app.api.json_answer import JsonAnswer
from app.api.requests import context_from
from app.api.schemas.context import ContextText
from app.api.schemas.controls import ControlList, ControlTable, OneControl
from app.api.schemas.queries import ControlsQuery, DatesQuery
from app.api.service import TheService, Today
from app.domain.context import AssessmentContext, EndUse
from app.domain.places import UNSPECIFIED
from app.errors import UnknownKeyError
from app.scoring.control_grid import MeasureEntry, MeasureFilter, list_measures, register_grid
from app.scoring.timeline import status_on

router = APIRouter(prefix="/v1/controls", tags=["Reference"])

MeasureId = Annotated[str, Path(description="Id of a measure.", examples=["CN-18-2025"])]


@router.get(
    "",
    summary="List the export controls",
    response_model=None,
    responses=answered("Measures with their status on the day.", ControlList),
)
def list_controls(
    query: Annotated[ControlsQuery, Query()], service: TheService, today: Today
) -> Response:
    """Return the measures that were known, each with its status and its timeline."""
    as_of, known_on = _clocks(query, today)
    entries = list_measures(
        service.reference.register,
        # Only the two clocks of the context are read; the destination is a filter.
        context=AssessmentContext(
            destination=query.destination or UNSPECIFIED, as_of=as_of, known_on=known_on
        ),
        wanted=MeasureFilter(
            element=query.element,
            destination=query.destination,
            end_use=None if query.end_use is None else EndUse(query.end_use),
            form=query.form,
        ),
    )
    return JsonAnswer(control_list(entries, service.reference, as_of=as_of, known_on=known_on))


@router.get(
    "/status",
    summary="Read the law for every element and form",
    response_model=None,
    responses=answered("One status for each element and form.", ControlTable),
)
def get_control_status(
    query: Annotated[ContextText, Query()], service: TheService, today: Today
) -> Response:
    """Return the grid of elements and forms for a question, and what changes in the horizon."""
    context = context_from(
        query, today_utc=today, default_destination=service.settings.default_destination
    )
    reference = service.reference
    grid = register_grid(reference.register, reference.methodology, context=context)
    return JsonAnswer(control_status(grid, reference, context))


@router.get(
    "/{measure_id}",
    summary="Read one export control",
    response_model=None,
    responses=answered("One measure with its observations and sources.", OneControl),
)
def get_control(
    measure_id: MeasureId,
    query: Annotated[DatesQuery, Query()],
    service: TheService,
    today: Today,
) -> Response:
    """Return one measure with its timeline, what was observed under it, and its sources."""
    as_of, known_on = _clocks(query, today)
    measure = service.reference.register.measures.get(measure_id)
    if measure is None:
        raise UnknownKeyError("there is no such measure; /v1/controls lists all")
    entry = MeasureEntry(measure=measure, resolved=status_on(measure, as_of, known_on))
    return JsonAnswer(one_control(entry, service.reference, as_of=as_of, known_on=known_on))


def _clocks(query: DatesQuery, today_utc: date) -> tuple[date, date]:
    as_of = query.as_of or today_utc
    return as_of, query.known_on or as_of
