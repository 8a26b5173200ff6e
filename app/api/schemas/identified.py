"""What `/v1/identify` answers: outcomes of lines without scores."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.answers import FileAnswer, IdentifiedLine
from app.api.versions import Versions


class IdentifyAnswer(Versions):
    """What each line holds, without scores."""

    lines: list[IdentifiedLine]
    disclaimer: str


class IdentifiedRow(IdentifiedLine):
    """What a line of a file holds, and where it stands."""

    row: Annotated[
        int | None,
        Field(description="Physical line of a text file or row of a sheet; null for JSON."),
    ]
    sheet: Annotated[str | None, Field(description="Sheet of an uploaded workbook.")]


class FileIdentifyAnswer(Versions):
    """What each line of a file holds, and how the file was read."""

    file: FileAnswer | None
    lines: list[IdentifiedRow]
    disclaimer: str
