"""`lodestone check-data` and `lodestone stale`: is the reference data sound, and still new?"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError


def check_data(
    record: Annotated[
        bool, typer.Option("--record", help="Write the present counts as the least allowed.")
    ] = False,
) -> None:
    """Check the reference data and count figures, sources and unverified figures.

    Exit code 1 says that something is wrong; the message names file and row.
    """
    from app.refdata.check import check_data as check
    from app.refdata.check import summary_lines
    from app.refdata.counts import record_counts
    from app.refdata.load import packaged_data_folder
    from app.settings import Settings

    place = Settings.from_environment(os.environ).data
    if place is not None and not Path(place).is_dir():
        raise InvalidInputError("a bundle is checked with `lodestone bundle-check`")
    folder = packaged_data_folder() if place is None else Path(place)
    if record:
        record_counts(folder)
    for line in summary_lines(check(folder)):
        typer.echo(line)


def schemas(
    output: Annotated[
        Path | None,
        typer.Option(help="Folder to write to.", show_default="schema in the folder of the data"),
    ] = None,
) -> None:
    """Write JSON Schemas of the YAML data files, by which editors complete and check them.

    They hold what the loaders demand. Data files are no part of them, so no version changes.
    """
    from app.refdata.data_schemas import SCHEMA_FOLDER, write_schemas
    from app.refdata.load import packaged_data_folder

    folder = output or packaged_data_folder() / SCHEMA_FOLDER
    names = write_schemas(folder)
    typer.echo(f"{len(names)} schemas written to {folder}")


def stale(
    on_date: Annotated[
        str | None,
        typer.Option("--on", help="Day to look from, YYYY-MM-DD.", show_default="today in UTC"),
    ] = None,
) -> None:
    """List what a person should look at again: doubts about the law first, with addresses."""
    from app.api.clock import today_utc
    from app.refdata.place import load_place
    from app.refdata.stale import stale as due_items
    from app.settings import Settings

    day = today_utc() if on_date is None else _day(on_date)
    settings = Settings.from_environment(os.environ)
    reference = load_place(settings.data, settings.data_key)
    items = due_items(reference, day)
    for item in items:
        typer.echo(f"{item.due_on.isoformat()}  {item.kind:18} {item.subject}: {item.text}")
        for url in item.urls:
            typer.echo(f"{'':12}{url}")
    typer.echo(f"{len(items)} records are due on {day.isoformat()}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInputError(f"--on is a date as YYYY-MM-DD, not '{text}'") from error
