"""`lodestone key`: an API key, and the line that lets the service know it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError


def key(
    name: Annotated[str, typer.Argument(help="Name of the caller: a-z, 0-9 and hyphens.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            help="score, reference or admin; may be given again.", show_default="score, reference"
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Last day of the key, YYYY-MM-DD.", show_default="no end")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="File of keys to add the line to.", show_default=False)
    ] = None,
) -> None:
    """Make an API key and print it once, with the line for the file of LODESTONE_AUTH_KEYS.

    Only the line is kept; it holds a hash. To rotate, make a second key under another name, hand
    it out, and delete the old line: the service reads the file again by itself.
    """
    from app.api.api_keys import hashed_line, new_key, read_keys

    made = new_key(name)
    line = hashed_line(made, scopes=tuple(scope or ("score", "reference")), until=_day(until))
    if file is not None:
        known = file.read_text(encoding="utf-8") if file.exists() else ""
        if name in read_keys(known):
            raise InvalidInputError(f"{file} has a key {name!r} already; take another name")
        file.touch(mode=0o600)
        ending = "" if known.endswith("\n") or not known else "\n"
        file.write_text(f"{known}{ending}{line}\n", encoding="utf-8")
    typer.echo(f"key:  {made}")
    typer.echo(f"line: {line}")
    typer.echo("The key is shown this once; hand it over on a safe way.", err=True)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInputError(f"--until is a date as YYYY-MM-DD, not '{text}'") from error
