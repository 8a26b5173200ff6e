"""The context of a question as options, the same for every command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import Fault, InvalidInputError

if TYPE_CHECKING:
    from app.api.schemas.context import ContextText

Destination = Annotated[
    str | None,
    typer.Option(help="Country of import, ISO 3166-1 alpha-2, such as JP.", show_default=False),
]
EndUse = Annotated[
    str | None, typer.Option(help="civil, military or unknown.", show_default="unknown")
]
EndUser = Annotated[
    str | None,
    typer.Option(help="Name of the end user, for the entity lists.", show_default=False),
]
AsOf = Annotated[
    str | None,
    typer.Option(help="Day of the question, YYYY-MM-DD.", show_default="today in UTC"),
]
KnownOn = Annotated[
    str | None,
    typer.Option(help="Only what was published by this day counts.", show_default="as-of"),
]
HorizonDays = Annotated[
    str | None,
    typer.Option(help="Days that the score looks ahead, 1 to 1095.", show_default="180"),
]
Language = Annotated[
    str | None, typer.Option(help="Language of names: en, ja, zh or de.", show_default="en")
]


def given(**options: str | None) -> dict[str, str]:
    """Return the options that were given, by the name of the context field."""
    return {name: value for name, value in options.items() if value is not None}


def fields_from(options: Mapping[str, object]) -> ContextText:
    """Return the validated context fields.

    Raises:
        InvalidInputError: An option does not fit; every fault is listed.
    """
    from pydantic import ValidationError

    from app.api.faults import faults_of
    from app.api.schemas.context import ContextText

    try:
        return ContextText.model_validate(dict(options))
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False), known_fields=())
        raise InvalidInputError("the options do not fit", faults) from error


def explain(error: InvalidInputError) -> str:
    """Return a message with every fault of an error on its own line."""
    return "\n".join([str(error), *(f"  {_where(fault)}{fault.detail}" for fault in error.faults)])


def _where(fault: Fault) -> str:
    parts = []
    if fault.row is not None:
        parts.append(f"row {fault.row}")
    if fault.column is not None:
        parts.append(f"column {fault.column}")
    if not parts and fault.pointer:
        parts.append(fault.pointer)
    return f"{', '.join(parts)}: " if parts else ""
