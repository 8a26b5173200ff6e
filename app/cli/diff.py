"""`lodestone diff` and `lodestone calendar`: what flipped between two dates, and what is due."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.answer_form import AnswerForm, check_form, print_json
from app.cli.asked import asked
from app.cli.context import (
    AsOf,
    Destination,
    EndUse,
    EndUser,
    HorizonDays,
    KnownOn,
    Language,
    explain,
    fields_from,
    given,
)
from app.cli.file_options import Columns, Delimiter, Encoding, HeaderRow, Sheet
from app.errors import InvalidInputError

if TYPE_CHECKING:
    from app.api.schemas.law import DiffAnswer
    from app.batch.file_options import FileOptions
    from app.batch.pipeline import Engine
    from app.domain.bom import Bom
    from app.domain.context import AssessmentContext
    from app.settings import Settings


def diff(
    files: Annotated[
        list[Path],
        typer.Argument(help="Bills of materials: CSV, JSON and what else the reader knows."),
    ],
    first: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")],
    second: Annotated[str, typer.Option("--to", help="Second day, YYYY-MM-DD.")],
    known_on: Annotated[
        str | None,
        typer.Option(
            help="Only what was published by this day counts, on both sides.",
            show_default="each day's own",
        ),
    ] = None,
    data_from: Annotated[
        str | None,
        typer.Option(
            help="Reference data of the first side: a folder, a bundle file or an https address.",
            show_default="LODESTONE_DATA",
        ),
    ] = None,
    data_to: Annotated[
        str | None,
        typer.Option(help="Reference data of the second side.", show_default="LODESTONE_DATA"),
    ] = None,
    destination: Destination = None,
    end_use: EndUse = None,
    end_user: EndUser = None,
    horizon_days: HorizonDays = None,
    form: AnswerForm = "table",
    columns: Columns = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
) -> None:
    """Show what flipped between two dates, or two editions of the data, line by line.

    Names the notice that did it. Exit code 1 says that a file could not be compared.
    """
    from app.batch.file_options import FileOptions
    from app.main import load_engine
    from app.report.law_table import diff_table
    from app.settings import Settings

    check_form(form)
    options = given(
        destination=destination, end_use=end_use, end_user=end_user, horizon_days=horizon_days
    )
    sides = [given(as_of=day, known_on=known_on) for day in (first, second)]
    for side in sides:
        fields_from({**options, **side})
    settings = Settings.from_environment(os.environ)
    places = (data_from or settings.data, data_to or settings.data)
    before = load_engine(replace(settings, data=places[0]))
    after = before if places[0] == places[1] else load_engine(replace(settings, data=places[1]))
    about_file = FileOptions(
        columns=columns, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )
    answers: list[DiffAnswer] = []
    for file in files:
        try:
            answers.append(_compared(file, options, sides, (before, after), settings, about_file))
        except InvalidInputError as error:
            typer.echo(f"{file}: {explain(error)}", err=True)
        except OSError as error:
            typer.echo(f"{file}: {error.strerror or error}", err=True)
    if form == "json":
        print_json(*answers)
    else:
        typer.echo(diff_table(answers), nl=False)
    if len(answers) < len(files):
        raise typer.Exit(1)


def _compared(
    file: Path,
    options: dict[str, str],
    sides: list[dict[str, str]],
    engines: tuple[Engine, Engine],
    settings: Settings,
    about_file: FileOptions,
) -> DiffAnswer:
    from app.api.answers.law import diff_answer
    from app.batch.two_answers import answered
    from app.scoring.difference import difference

    before, after = (
        answered(*_question(file, {**options, **side}, engine, settings, about_file))
        for side, engine in zip(sides, engines, strict=True)
    )
    return diff_answer(before, after, difference(before, after))


def _question(
    file: Path,
    options: dict[str, str],
    engine: Engine,
    settings: Settings,
    about_file: FileOptions,
) -> tuple[Bom, Engine, AssessmentContext]:
    bom, context = asked(file, options, engine, settings, about_file)
    if "known_on" not in options:
        # A request's own day of knowledge belongs to its own date, not to this one.
        context = replace(context, known_on=context.as_of)
    return bom, engine, context


def calendar(
    file: Annotated[
        Path | None, typer.Argument(help="Bill of materials; without one, the law alone.")
    ] = None,
    destination: Destination = None,
    end_use: EndUse = None,
    end_user: EndUser = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    horizon_days: HorizonDays = None,
    language: Language = None,
    form: AnswerForm = "table",
) -> None:
    """List the days within the horizon on which the law changes, with scores around each."""
    from app.api.answers.law import law_calendar, product_calendar
    from app.api.clock import today_utc
    from app.api.requests import context_from
    from app.main import load_engine
    from app.report.law_table import calendar_table
    from app.scoring import law_calendar as core
    from app.settings import Settings

    check_form(form)
    options = given(
        destination=destination, end_use=end_use, end_user=end_user, as_of=as_of,
        known_on=known_on, horizon_days=horizon_days, language=language,
    )  # fmt: skip
    settings = Settings.from_environment(os.environ)
    engine = load_engine(settings)
    reference = engine.reference
    if file is None:
        context = context_from(
            fields_from(options),
            today_utc=today_utc(),
            default_destination=settings.default_destination,
        )
        days = core.register_calendar(reference, context=context)
        answer: Mapping[str, object] = law_calendar(days, reference, context)
    else:
        bom, context = asked(file, options, engine, settings)
        days = core.product_calendar(bom, engine.identify(bom), reference, context=context)
        answer = product_calendar(days, bom.id, reference, context)
    if form == "json":
        print_json(answer)
    else:
        typer.echo(calendar_table(answer), nl=False)
