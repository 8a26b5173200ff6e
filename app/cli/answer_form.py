"""The two forms in which most commands answer: a table to read, JSON to pass on."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.errors import UnknownAnswerFormatError

AnswerForm = Annotated[str, typer.Option("--format", help="table or json.")]

_FORMS = ("table", "json")


def check_form(form: str) -> None:
    """Refuse a form that no answer is made in.

    Raises:
        UnknownAnswerFormatError: It is neither table nor json.
    """
    if form not in _FORMS:
        raise UnknownAnswerFormatError(
            f"no answer is made as '{form}'; there is {' and '.join(_FORMS)}"
        )


def print_json(*documents: object) -> None:
    """Print documents as JSON, one a line, as UTF-8 whatever the terminal's encoding is."""
    import orjson

    for document in documents:
        sys.stdout.buffer.write(orjson.dumps(document) + b"\n")
    sys.stdout.flush()
