"""`lodestone score`: the same assessment as the API, from files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
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
from app.cli.file_options import Columns, Delimiter, Encoding, HeaderRow, Sheet
from app.errors import InvalidInputError, UnknownAnswerFormatError

if TYPE_CHECKING:
    from app.batch.file_options import FileOptions
    from app.batch.pipeline import Engine
    from app.domain.answer import AssessedBom
    from app.settings import Settings

FORMATS = ("table", "json", "html", "xlsx", "csv", "pdf")
#: Forms of one product; the others take several.
_SINGLE = ("html", "xlsx", "csv", "pdf")
#: Forms that no screen shows.
_BINARY = ("xlsx", "pdf")
#: Exit code where `--fail-on` is reached; 1 is a file that cannot be scored, 2 a wrong option.
BAND_REACHED = 3
DECIMALS = ("point", "comma")
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
    form: Annotated[
        str, typer.Option("--format", help="table, json, html, xlsx, csv or pdf.")
    ] = "table",
    detail: Annotated[str, typer.Option(help="Depth of JSON: summary, elements or full.")] = "full",
    output: Annotated[
        Path | None, typer.Option(help="File to write instead of the screen.")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="BAND",
            help="Exit with 3 if a product is in this band or above: moderate, high or severe.",
            show_default=False,
        ),
    ] = None,
    actions: Annotated[
        int, typer.Option(help="Actions that would help, in html, xlsx and pdf.", min=0, max=20)
    ] = 5,
    decimal: Annotated[
        str, typer.Option(help="Sign of the numbers in csv: point or comma.")
    ] = "point",
    columns: Columns = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
) -> None:
    """Score bills of materials for the 17 rare earths and every sector.

    A JSON request carries its own question; options go before it. Exit code 1 says that a file
    could not be scored, 3 that a product reached the band of --fail-on.
    """
    from app.batch.file_options import FileOptions
    from app.main import load_engine
    from app.settings import Settings

    _check_choices(form, detail, files)
    _check_output(form, output)
    if decimal not in DECIMALS:
        raise InvalidInputError(f"--decimal is {', '.join(DECIMALS)}, not '{decimal}'")
    options = given(
        destination=destination, end_use=end_use, end_user=end_user, as_of=as_of,
        known_on=known_on, horizon_days=horizon_days, language=language,
    )  # fmt: skip
    fields_from(options)
    about_file = FileOptions(
        columns=columns, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )
    settings = Settings.from_environment(os.environ)
    engine = load_engine(settings)
    limit = None if fail_on is None else _band_place(fail_on, engine)
    results: list[AssessedBom] = []
    failed = False
    for file in files:
        try:
            results.append(_assess(file, options, engine, settings, about_file))
        except InvalidInputError as error:
            failed = True
            typer.echo(f"{file}: {explain(error)}", err=True)
        except OSError as error:
            failed = True
            typer.echo(f"{file}: {error.strerror or error}", err=True)
    if results:
        looks = _Looks(form=form, detail=detail, output=output, actions=actions, decimal=decimal)
        _write(_rendered(results, engine, looks), output)
    if failed:
        raise typer.Exit(1)
    if limit is not None and any(
        _band_place(one.assessment.bom.score.band, engine) >= limit for one in results
    ):
        raise typer.Exit(BAND_REACHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """How an answer is written."""

    form: str
    detail: str
    output: Path | None
    actions: int
    decimal: str


def _check_choices(form: str, detail: str, files: Sequence[Path]) -> None:
    if form not in FORMATS:
        raise UnknownAnswerFormatError(
            f"no answer is made as '{form}'; there is {', '.join(FORMATS)}"
        )
    if detail not in DETAILS:
        raise InvalidInputError(f"--detail is {', '.join(DETAILS)}, not '{detail}'")
    if form in _SINGLE and len(files) > 1:
        raise InvalidInputError(f"{form} holds one bill of materials; give one file")


def _check_output(form: str, output: Path | None) -> None:
    if form in _BINARY and output is None and sys.stdout.isatty():
        raise InvalidInputError(f"{form} is no text for a screen; name a file with --output")


def _band_place(name: str, engine: Engine) -> int:
    """Return the place of a band among all, from the lowest up."""
    names = [band.name for band in engine.reference.methodology.bands]
    if name not in names:
        raise InvalidInputError(f"--fail-on is one of {', '.join(names)}, not '{name}'")
    return names.index(name)


def _assess(
    file: Path,
    options: dict[str, str],
    engine: Engine,
    settings: Settings,
    about_file: FileOptions,
) -> AssessedBom:
    from app.batch.pipeline import assess_bom

    bom, context = asked(file, options, engine, settings, about_file)
    return assess_bom(bom, engine, context)


def _rendered(results: Sequence[AssessedBom], engine: Engine, looks: _Looks) -> bytes:
    if looks.form in _SINGLE:
        from app.api.answer_forms import report_in

        return report_in(
            looks.form,
            results[0],
            engine,
            most_actions=looks.actions,
            decimal="comma" if looks.decimal == "comma" else "point",
        )
    if looks.form == "json":
        return b"".join(_as_json(one, engine, looks.detail) + b"\n" for one in results)
    colours = looks.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return "\n".join(_as_table(one, engine, colours=colours) for one in results).encode()


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
