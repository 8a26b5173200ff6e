"""`lodestone refresh`: newer world figures as a proposed change, for a person to look at."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError


def refresh(
    output: Annotated[Path, typer.Argument(help="Folder for the proposals; new or empty.")],
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="world-bank, comtrade or usgs; may be repeated.", show_default="all of them"
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            help="Year of governance estimates and imports.", show_default="two years ago"
        ),
    ] = None,
    item: Annotated[
        str | None,
        typer.Option(
            help="ScienceBase item of the newest Mineral Commodity Summaries.",
            show_default="the edition of 2026",
        ),
    ] = None,
) -> None:
    """Ask public sources for newer figures and write what would change; nothing live is touched.

    Exit code 1 says that a source failed; the proposals of the others are there.
    """
    from app.api.clock import today_utc
    from app.refdata.load import packaged_data_folder
    from app.refdata.refresh import SOURCES
    from app.refdata.refresh import refresh as bring
    from app.refdata.refresh_fetch import new_client
    from app.refdata.refresh_production import ITEM_OF_2026
    from app.refdata.refresh_proposal import Wanted
    from app.settings import Settings

    names = tuple(dict.fromkeys(source or SOURCES))
    unknown = [name for name in names if name not in SOURCES]
    if unknown:
        raise InvalidInputError(
            f"there is no source '{unknown[0]}'; there are {', '.join(SOURCES)}"
        )
    place = Settings.from_environment(os.environ).data
    root = packaged_data_folder() if place is None else Path(place)
    if not root.is_dir():
        raise InvalidInputError(f"{root} is no folder; a bundle is made from a folder, refresh it")
    wanted = Wanted(year=year, item=item or ITEM_OF_2026, asked_on=today_utc())
    with new_client() as client:
        outcomes = bring(root, output, names, wanted, client=client, pause=time.sleep)
    for outcome in outcomes:
        typer.echo(outcome.text, err=outcome.folder is None)
    if any(outcome.folder is None for outcome in outcomes):
        raise typer.Exit(1)
