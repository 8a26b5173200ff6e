"""What a caller may say about a file: the same names as form fields and query parameters."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.batch.file_options import FileOptions

LAST_ROW = 1_048_576

Columns = Annotated[
    str | None,
    Field(
        max_length=10_000,
        description="Which column is what, as pairs `field:header`. The header is the text of its "
        "cell, the letter of the column or its number from 1; the field `ignore` drops a column. "
        "All other columns are found as usual. A JSON object of such pairs is read as well.",
        examples=["description:Bezeichnung,quantity:Menge"],
    ),
]
Encoding = Annotated[
    str | None,
    Field(
        max_length=40,
        description="Encoding of a text file. Default: found.",
        examples=["cp932"],
    ),
]
Delimiter = Annotated[
    str | None,
    Field(
        max_length=20,
        description="Sign between two cells of a text file, or its name: `comma`, `semicolon`, "
        "`tab`, `pipe`. Default: found.",
        examples=["semicolon"],
    ),
]
SheetName = Annotated[
    str | None,
    Field(
        max_length=255,
        description="Name of the only sheet to read. Default: every visible sheet with a table.",
    ),
]
HeaderRow = Annotated[
    int | None,
    Field(
        ge=0,
        le=LAST_ROW,
        description="Row of the header, counted from 1; 0 says that there is none. Default: found.",
    ),
]

_Value = TypeVar("_Value")


class FileOptionsText(BaseModel):
    """What a caller says about a file, as form fields or query parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: Columns = None
    encoding: Encoding = None
    delimiter: Delimiter = None
    sheet: SheetName = None
    header_row: HeaderRow = None

    def before(self, other: FileOptionsText) -> FileOptions:
        """Return the options of both for the reading of the file; where both say one, ours counts.

        Args:
            other: Options that stand elsewhere in the request.
        """
        return FileOptions(
            columns=_said(self.columns, other.columns),
            encoding=_said(self.encoding, other.encoding),
            delimiter=_said(self.delimiter, other.delimiter),
            sheet=_said(self.sheet, other.sheet),
            header_row=_said(self.header_row, other.header_row),
        )


def _said(ours: _Value | None, theirs: _Value | None) -> _Value | None:
    return theirs if ours is None else ours
