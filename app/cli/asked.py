"""What a command is asked about: a bill of materials from a file, and the question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.batch.file_options import NO_OPTIONS, FileOptions
from app.cli.context import fields_from

if TYPE_CHECKING:
    from app.batch.pipeline import Engine
    from app.domain.bom import Bom
    from app.domain.context import AssessmentContext
    from app.settings import Settings


def asked(
    file: Path,
    options: Mapping[str, str],
    engine: Engine,
    settings: Settings,
    about_file: FileOptions = NO_OPTIONS,
) -> tuple[Bom, AssessmentContext]:
    """Return the lines of a file and the question about them.

    A JSON request of the API carries its own question; options go before it.

    Args:
        file: Bill of materials in any format that is read, or a request.
        options: Context fields that were given on the command line.
        engine: Words of the reference data.
        settings: Limits and the destination of the deployment.
        about_file: What was said about the file.

    Raises:
        InvalidInputError: The file or the question does not fit; every fault is listed.
        OSError: The file cannot be read.
    """
    from app.api.clock import today_utc
    from app.api.requests import (
        bom_from,
        context_from,
        owners_as_text,
        read_assessment_request,
    )
    from app.batch.reading import read_file

    content = file.read_bytes()
    most_lines = settings.max_lines
    own: dict[str, object] = {}
    if is_request(content):
        request = read_assessment_request(content, engine.vocabulary, most_lines=most_lines)
        bom = bom_from(request.bom, engine.vocabulary)
        own = {name: getattr(request, name) for name in request.model_fields_set - {"bom"}}
        if request.end_user_owners is not None:
            own["end_user_owners"] = owners_as_text(request.end_user_owners)
    else:
        bom = read_file(
            content,
            name=file.name,
            vocabulary=engine.vocabulary,
            most_lines=most_lines,
            options=about_file,
        )
    context = context_from(
        fields_from({**own, **options}),
        today_utc=today_utc(),
        default_destination=settings.default_destination,
    )
    return bom, context


def is_request(content: bytes) -> bool:
    """Return whether a file holds a request of the API: a JSON object with a `bom`."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "bom" in value
