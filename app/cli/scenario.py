"""`lodestone scenario`: the same what-ifs as the API, from a file."""

from __future__ import annotations

import os
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
    given,
)
from app.cli.file_options import Columns, Delimiter, Encoding, HeaderRow, Sheet
from app.errors import InvalidInputError, UnreadableFileError

if TYPE_CHECKING:
    from app.api.schemas.what_if import ScenarioBody
    from app.batch.pipeline import Engine
    from app.domain.bom import Bom


def scenario(
    file: Annotated[Path, typer.Argument(help="Bill of materials.")],
    builtin: Annotated[
        list[str] | None,
        typer.Option(help="Built-in what-if; may be given again.", show_default="all six"),
    ] = None,
    patches: Annotated[
        Path | None,
        typer.Option(
            help="JSON file with what-ifs of your own: a list as in `scenarios` of the API."
        ),
    ] = None,
    destination: Destination = None,
    end_use: EndUse = None,
    end_user: EndUser = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    horizon_days: HorizonDays = None,
    language: Language = None,
    sectors: Annotated[
        bool, typer.Option(help="Compare sectors, too; takes seconds for each what-if.")
    ] = False,
    form: AnswerForm = "table",
    columns: Columns = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
) -> None:
    """Show what changed inputs do to the scores: bans, halts, other suppliers, more stock."""
    from app.api.what_if import scenario_answers
    from app.batch.file_options import FileOptions
    from app.batch.what_ifs import inputs_of, scenarios_about
    from app.main import load_engine
    from app.report.what_if import scenario_table
    from app.settings import Settings

    check_form(form)
    settings = Settings.from_environment(os.environ)
    engine = load_engine(settings)
    options = given(
        destination=destination, end_use=end_use, end_user=end_user, as_of=as_of,
        known_on=known_on, horizon_days=horizon_days, language=language,
    )  # fmt: skip
    about_file = FileOptions(
        columns=columns, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )
    bom, context = asked(file, options, engine, settings, about_file)
    wanted = _bodies(builtin, patches, bom, engine)
    inputs = inputs_of(bom, engine.identify(bom), engine, context)
    with scenarios_about(inputs, engine, sectors=sectors) as scenarios:
        answers = scenario_answers(wanted, scenarios)
    if form == "json":
        print_json(answers)
        return
    typer.echo(scenario_table(answers), nl=False)


def _bodies(
    builtin: list[str] | None, patches: Path | None, bom: Bom, engine: Engine
) -> list[ScenarioBody]:
    """Return the what-ifs that were asked for; all built-in ones where none was.

    Raises:
        InvalidInputError: A name is unknown, or the file does not fit.
    """
    from app.api.schemas.what_if import ScenarioBody
    from app.scoring.builtin_scenarios import Builtin

    known = [one.value for one in Builtin]
    names = list(builtin or ()) or ([] if patches is not None else known)
    for name in names:
        if name not in known:
            raise InvalidInputError(f"there is no what-if '{name}'; there is {', '.join(known)}")
    own = [] if patches is None else _read(patches, bom, engine)
    return [*(ScenarioBody.model_validate({"id": name, "builtin": name}) for name in names), *own]


def _read(path: Path, bom: Bom, engine: Engine) -> list[ScenarioBody]:
    from pydantic import TypeAdapter, ValidationError

    from app.api.faults import faults_of
    from app.api.patches import patch_faults
    from app.api.schemas.what_if import ScenarioBody

    try:
        bodies = TypeAdapter(list[ScenarioBody]).validate_json(path.read_bytes())
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False), known_fields=())
        raise InvalidInputError(f"{path} does not fit", faults) from error
    except OSError as error:
        raise UnreadableFileError(f"{path}: {error.strerror or error}") from error
    line_ids = frozenset(line.line_id for line in bom.lines)
    wrong = tuple(
        fault
        for place, body in enumerate(bodies)
        for fault in patch_faults(
            body.patches, engine.reference, line_ids=line_ids, path=[place, "patches"]
        )
    )
    if wrong:
        raise InvalidInputError(f"{path} does not fit", wrong)
    return bodies
