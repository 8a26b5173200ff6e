"""`lodestone controls`: the register as a list, one measure, and the law as a grid."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.answer_form import AnswerForm, check_form, print_json
from app.cli.context import (
    AsOf,
    Destination,
    EndUse,
    EndUser,
    HorizonDays,
    KnownOn,
    fields_from,
    given,
)
from app.errors import InvalidInputError, UnknownKeyError

if TYPE_CHECKING:
    from app.api.schemas.queries import ControlsQuery
    from app.domain.reference import ReferenceData
    from app.report.register_document import Standing

app = typer.Typer(help="Look up the register of export controls.")

Element = Annotated[str | None, typer.Option(help="Symbol of a rare earth, such as Dy.")]
Form = Annotated[str | None, typer.Option(help="Form of the goods, such as magnet.")]


@app.callback(invoke_without_command=True)
def list_unless_told_otherwise(
    called: typer.Context,
    element: Element = None,
    destination: Destination = None,
    end_use: EndUse = None,
    form: Form = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    answer: AnswerForm = "table",
) -> None:
    """Look up the register of export controls; without a command the list."""
    if called.invoked_subcommand is None:
        list_controls(element, destination, end_use, form, as_of, known_on, answer)


@app.command("list")
def list_controls(
    element: Element = None,
    destination: Destination = None,
    end_use: EndUse = None,
    form: Form = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    answer: AnswerForm = "table",
) -> None:
    """List the measures that were known, with their status on a day."""
    from app.api.answers.controls import control_list
    from app.domain.context import AssessmentContext, EndUse
    from app.domain.places import UNSPECIFIED
    from app.report.register_table import measures_table
    from app.scoring.control_grid import MeasureFilter, list_measures

    check_form(answer)
    query = _query(
        given(
            element=element, destination=destination, end_use=end_use, form=form,
            as_of=as_of, known_on=known_on,
        )
    )  # fmt: skip
    day, known = _clocks(query)
    reference = _reference()
    entries = list_measures(
        reference.register,
        context=AssessmentContext(
            destination=query.destination or UNSPECIFIED, as_of=day, known_on=known
        ),
        wanted=MeasureFilter(
            element=query.element,
            destination=query.destination,
            end_use=None if query.end_use is None else EndUse(query.end_use),
            form=query.form,
        ),
    )
    if answer == "json":
        print_json(control_list(entries, reference, as_of=day, known_on=known))
        return
    rows = [(entry.measure, entry.resolved.status.value, entry.resolved.since) for entry in entries]
    typer.echo(measures_table(rows), nl=False)


@app.command("show")
def show_control(
    measure_id: Annotated[str, typer.Argument(help="Id of a measure, such as CN-18-2025.")],
    as_of: AsOf = None,
    known_on: KnownOn = None,
    answer: AnswerForm = "table",
) -> None:
    """Show one measure with its timeline and its sources."""
    from app.api.answers.controls import one_control
    from app.report.register_table import measure_sheet
    from app.scoring.control_grid import MeasureEntry
    from app.scoring.timeline import status_on

    check_form(answer)
    day, known = _clocks(_query(given(as_of=as_of, known_on=known_on)))
    reference = _reference()
    measure = reference.register.measures.get(measure_id)
    if measure is None:
        raise UnknownKeyError(
            f"there is no measure '{measure_id}'; `lodestone controls list` names all"
        )
    resolved = status_on(measure, day, known)
    if answer == "json":
        entry = MeasureEntry(measure=measure, resolved=resolved)
        print_json(one_control(entry, reference, as_of=day, known_on=known))
        return
    sheet = measure_sheet(measure, resolved.status.value, reference.sources, known)
    typer.echo(sheet, nl=False)


@app.command("status")
def show_status(
    destination: Destination = None,
    end_use: EndUse = None,
    end_user: EndUser = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    horizon_days: HorizonDays = None,
    answer: AnswerForm = "table",
) -> None:
    """Show the law for every element and form, and what changes within the horizon."""
    from app.api.answers.controls import control_status
    from app.api.clock import today_utc
    from app.api.requests import context_from
    from app.report.register_table import grid_table
    from app.scoring.control_grid import GRID_FORMS, register_grid
    from app.settings import Settings

    check_form(answer)
    options = given(
        destination=destination, end_use=end_use, end_user=end_user, as_of=as_of,
        known_on=known_on, horizon_days=horizon_days,
    )  # fmt: skip
    context = context_from(
        fields_from(options),
        today_utc=today_utc(),
        default_destination=Settings.from_environment(os.environ).default_destination,
    )
    reference = _reference()
    grid = register_grid(reference.register, reference.methodology, context=context)
    if answer == "json":
        print_json(control_status(grid, reference, context))
        return
    views = {(cell.element, cell.form): cell.view for cell in grid.cells}
    typer.echo(grid_table(views, GRID_FORMS, grid.changes), nl=False)


@app.command("document")
def write_document(
    output: Annotated[
        Path | None, typer.Option(help="File to write.", show_default="the terminal")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            help="Day of the statuses, YYYY-MM-DD.", show_default="when the data were compiled"
        ),
    ] = None,
) -> None:
    """Write the whole register as a Markdown page: what is modelled, and what is not."""
    from app.report.register_document import register_document

    reference = _reference()
    register = reference.register
    day = _query(given(as_of=as_of)).as_of or register.compiled_on or register.knowledge_cutoff
    text = register_document(register, reference.sources, _standings(reference, day), as_of=day)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def _standings(reference: ReferenceData, day: date) -> dict[str, Standing]:
    from app.report.register_document import Standing
    from app.scoring.measure_role import role_of
    from app.scoring.timeline import status_on

    standings = {}
    for measure in reference.register.measures.values():
        found = status_on(measure, day, day)
        standings[measure.id] = Standing(
            status=found.status.value,
            since=found.since,
            basis=None if found.event is None else found.event.basis.value,
            best_estimate=None if found.best_estimate is None else found.best_estimate.value,
            worst_case=None if found.worst_case is None else found.worst_case.value,
            role=role_of(measure, reference.methodology),
        )
    return standings


def _query(options: dict[str, str]) -> ControlsQuery:
    from pydantic import ValidationError

    from app.api.faults import faults_of
    from app.api.schemas.queries import ControlsQuery

    try:
        return ControlsQuery.model_validate(options)
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False), known_fields=())
        raise InvalidInputError("the options do not fit", faults) from error


def _clocks(query: ControlsQuery) -> tuple[date, date]:
    from app.api.clock import today_utc

    as_of = query.as_of or today_utc()
    return as_of, query.known_on or as_of


def _reference() -> ReferenceData:
    from app.refdata.place import load_place
    from app.settings import Settings

    settings = Settings.from_environment(os.environ)
    return load_place(settings.data, settings.data_key)
