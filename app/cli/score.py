"""`lodestone score`: the same assessment as the API, from files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from app.errors import InvalidInputError, UnknownAnswerFormatError

if TYPE_CHECKING:
    from app.batch.pipeline import Engine
    from app.domain.answer import AssessedBom
    from app.settings import Settings

FORMATS = ("table", "json", "csv")
DETAILS = ("summary", "elements", "full")


def score(
    files: Annotated[
        list[Path],
        typer.Argument(help="Bills of materials: CSV, JSON and what else the reader knows."),
    ],
    destination: Destination = None,
    end_use: EndUse = None,
    end_user: EndUser = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    horizon_days: HorizonDays = None,
    language: Language = None,
    form: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
    detail: Annotated[str, typer.Option(help="Depth of JSON: summary, elements or full.")] = "full",
    output: Annotated[
        Path | None, typer.Option(help="File to write instead of the screen.")
    ] = None,
) -> None:
    """Score bills of materials for the 17 rare earths and every sector.

    A JSON request carries its own question; options go before it. Exit code 1 says that a file
    could not be scored.
    """
    from app.main import load_engine
    from app.settings import Settings

    _check_choices(form, detail, files)
    options = given(
        destination=destination, end_use=end_use, end_user=end_user, as_of=as_of,
        known_on=known_on, horizon_days=horizon_days, language=language,
    )  # fmt: skip
    fields_from(options)
    settings = Settings.from_environment(os.environ)
    engine = load_engine(settings)
    results: list[AssessedBom] = []
    failed = False
    for file in files:
        try:
            results.append(_assess(file, options, engine, settings))
        except InvalidInputError as error:
            failed = True
            typer.echo(f"{file}: {explain(error)}", err=True)
        except OSError as error:
            failed = True
            typer.echo(f"{file}: {error.strerror or error}", err=True)
    if results:
        _write(_rendered(results, engine, form=form, detail=detail, output=output), output)
    if failed:
        raise typer.Exit(1)


def _check_choices(form: str, detail: str, files: Sequence[Path]) -> None:
    if form not in FORMATS:
        raise UnknownAnswerFormatError(
            f"no answer is made as '{form}'; there is {', '.join(FORMATS)}"
        )
    if detail not in DETAILS:
        raise InvalidInputError(f"--detail is {', '.join(DETAILS)}, not '{detail}'")
    if form == "csv" and len(files) > 1:
        raise InvalidInputError("a CSV table holds one bill of materials; give one file")


def _assess(file: Path, options: dict[str, str], engine: Engine, settings: Settings) -> AssessedBom:
    from app.batch.pipeline import assess_bom

    bom, context = asked(file, options, engine, settings)
    return assess_bom(bom, engine, context)


def _rendered(
    results: Sequence[AssessedBom],
    engine: Engine,
    *,
    form: str,
    detail: str,
    output: Path | None,
) -> bytes:
    if form == "csv":
        from app.report.csv_lines import lines_as_csv

        return lines_as_csv(results[0])
    if form == "json":
        return b"".join(_as_json(result, engine, detail) + b"\n" for result in results)
    colours = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return "\n".join(_as_table(result, engine, colours=colours) for result in results).encode()


def _as_json(result: AssessedBom, engine: Engine, detail: str) -> bytes:
    import orjson

    from app.api.answers.assessment import assessment_answer
    from app.api.schemas.queries import DetailQuery

    depth = DetailQuery.model_validate({"detail": detail}).detail
    return orjson.dumps(assessment_answer(result, engine.reference, detail=depth))


def _as_table(result: AssessedBom, engine: Engine, *, colours: bool) -> str:
    from app.report.terminal import Layout, assessment_table

    language = result.context.language
    reference = engine.reference
    layout = Layout(
        element_names={key: one.names[language] for key, one in reference.elements.items()},
        sector_names={key: one.names[language] for key, one in reference.sectors.items()},
        colours=colours,
    )
    return assessment_table(result, layout)


def _write(content: bytes, output: Path | None) -> None:
    if output is not None:
        output.write_bytes(content)
        return
    sys.stdout.buffer.write(content)
    sys.stdout.flush()
