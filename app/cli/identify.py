"""`lodestone identify`: which rare earths the lines of a file hold, without scores."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from app.cli.answer_form import AnswerForm, check_form, print_json
from app.cli.context import explain
from app.cli.file_options import Columns, Delimiter, Encoding, HeaderRow, Sheet
from app.errors import InvalidInputError


def identify(
    file: Annotated[Path, typer.Argument(help="Bill of materials.")],
    form: AnswerForm = "table",
    columns: Columns = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
) -> None:
    """Say which rare earths each line of a file holds, how we know, and how the file was read."""
    from app.batch.file_options import FileOptions
    from app.batch.reading import read_file
    from app.main import load_engine
    from app.settings import Settings

    check_form(form)
    settings = Settings.from_environment(os.environ)
    engine = load_engine(settings)
    try:
        content = file.read_bytes()
        bom = read_file(
            content,
            name=file.name,
            vocabulary=engine.vocabulary,
            most_lines=settings.max_lines,
            options=FileOptions(
                columns=columns, encoding=encoding, delimiter=delimiter, sheet=sheet,
                header_row=header_row,
            ),
        )  # fmt: skip
    except InvalidInputError as error:
        typer.echo(f"{file}: {explain(error)}", err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        typer.echo(f"{file}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from error
    found = engine.identify(bom)
    if form == "json":
        from app.api.answers.identified import file_identify_answer
        from app.api.versions import versions_from

        print_json(file_identify_answer(bom, found, versions_from(engine.reference)))
        return
    from app.report.identified_table import identified_table

    typer.echo(identified_table(bom, found), nl=False)
