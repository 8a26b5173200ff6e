"""Query parameters of each route; an unknown one is refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from app.api.schemas.context import AsOf, ContextText, KnownOn
from app.api.schemas.fields import CountryCode, ElementSymbol, EndUseName, FormName
from app.api.schemas.file_options import FileOptionsText

Detail = Literal["summary", "elements", "full"]

DetailField = Annotated[
    Detail,
    Field(
        description="`summary`: scores of the bill of materials, the elements and the sectors. "
        "`elements`: everything but `lines`. `full`: everything."
    ),
]


class DetailQuery(BaseModel):
    """How much of an assessment to answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    detail: DetailField = "full"


class AnswerQuery(DetailQuery):
    """How much of an assessment to answer, and in which form."""

    format: Annotated[
        str | None,
        Field(
            max_length=20,
            description="Form of the answer; goes before the `Accept` header. `pdf` only where it "
            "is installed.",
        ),
        # A closed list, so that documentation offers it as one; the route says what it lacks.
        WithJsonSchema({"type": "string", "enum": ["json", "html", "xlsx", "csv", "pdf"]}),
    ] = None
    decimal: Annotated[
        Literal["point", "comma"],
        Field(description="Sign of the numbers in `csv`; with `comma` semicolons separate cells."),
    ] = "point"


class UploadQuery(FileOptionsText, AnswerQuery):
    """How to answer; what is said about the file may stand here as well."""


class DatesQuery(BaseModel):
    """The two clocks of the register."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: AsOf = None
    known_on: KnownOn = None


class ControlsQuery(DatesQuery):
    """Filters of the register; each narrows the list."""

    element: Annotated[
        ElementSymbol | None, Field(description="Symbol of a rare earth.", examples=["Dy"])
    ] = None
    destination: Annotated[
        CountryCode | None,
        Field(
            description="Only measures that reach goods bound for this country, ISO 3166-1 "
            "alpha-2.",
            examples=["JP"],
        ),
    ] = None
    end_use: Annotated[
        EndUseName | None, Field(description="Only measures that can reach this end use.")
    ] = None
    form: Annotated[
        FormName | None, Field(description="Form of the goods.", examples=["magnet"])
    ] = None


KNOWN_PARAMETERS = tuple(
    dict.fromkeys(
        name for model in (ContextText, UploadQuery, ControlsQuery) for name in model.model_fields
    )
)
