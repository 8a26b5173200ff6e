"""A problem document (RFC 9457) as it is answered."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ProblemFault(BaseModel):
    """One thing that is wrong."""

    model_config = ConfigDict(extra="forbid")

    pointer: str | None = Field(
        description="JSON pointer into the request, or the name of a parameter after a slash."
    )
    row: int | None = Field(description="Row of an uploaded file, counted from 1.")
    column: str | None = Field(description="Column of an uploaded file.")
    code: str = Field(description="Stable snake_case name of the fault.")
    detail: str = Field(description="What is wrong, what was expected, how to mend it.")


class Problem(BaseModel):
    """Why a request was not answered; every fault of it at once."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="URN of the kind of problem.")
    title: str = Field(description="The kind in words.")
    status: int = Field(description="HTTP status.", ge=400, le=599)
    detail: str = Field(description="What is wrong with this request.")
    instance: str = Field(description="Path of the request.")
    errors: list[ProblemFault] = Field(description="Every fault, in the order of the request.")
    api_version: str
    methodology_version: str
    reference_data_version: str
