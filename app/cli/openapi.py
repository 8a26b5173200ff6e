"""`lodestone openapi`: the documents that describe the service, without loading any data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError


def openapi(
    version: Annotated[
        str | None,
        typer.Option(
            help="3.1, 3.0 (SAP, MuleSoft, Google) or 2.0 (Power Platform). [default: 3.1]",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="File to write instead of the screen. Without --version, the older documents "
            "that lie beside it are written too."
        ),
    ] = None,
    server: Annotated[
        str | None, typer.Option(help="Address of the service, for importers that ask for it.")
    ] = None,
) -> None:
    """Print a document that describes the service: OpenAPI 3.1, 3.0 or Swagger 2.0."""
    from app.api.openapi_documents import FILES, document_of, text_of
    from app.main import build_app

    if version is not None and version not in FILES:
        raise InvalidInputError(f"--version is {', '.join(FILES)}, not '{version}'")
    app = build_app()
    text = text_of(document_of(app, version or "3.1", server=server))
    if output is None:
        typer.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    for older, name in FILES.items():
        beside = output.with_name(name)
        # The three never disagree: who writes the newest writes those that are kept beside it.
        if version is None and beside.is_file() and beside != output:
            beside.write_text(text_of(document_of(app, older, server=server)), encoding="utf-8")
