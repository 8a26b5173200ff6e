"""`lodestone openapi`: the OpenAPI document, without loading any data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def openapi(
    output: Annotated[
        Path | None, typer.Option(help="File to write instead of the screen.")
    ] = None,
) -> None:
    """Print the OpenAPI document of the service."""
    from app.main import build_app

    text = json.dumps(build_app().openapi(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
