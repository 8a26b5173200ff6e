"""What entity lists say of names, as it is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict


class ListMatch(TypedDict):
    """A name that is, or is near, one on an entity list."""

    measure: Annotated[str, Field(description="Id of the list.")]
    title: str
    published_on: Annotated[str | None, Field(description="Day of the list.")]
    status: Annotated[str, Field(description="Status of the list on the day.")]
    reaches_destination: Annotated[
        bool, Field(description="Whether the list reaches goods bound for the destination.")
    ]
    listed_name: Annotated[str, Field(description="Spelling on the list that came nearest.")]
    similarity: Annotated[float, Field(description="1 for the same name [1].", ge=0, le=1)]
    how: Annotated[
        Literal["exact", "spelling", "sound", "group"],
        Field(description="group: the name begins like a listed one, so it may belong to it."),
    ]
    counts: Annotated[
        bool,
        Field(description="Whether it is taken for the listed name; else it is for you to check."),
    ]
    sources: Annotated[list[str], Field(description="Source keys.")]


class OwnerMatch(TypedDict):
    """What the lists say of an owner that was declared."""

    name: str
    share: Annotated[str, Field(description="What it holds [1], as decimal text.")]
    matches: list[ListMatch]


class EndUserMatch(TypedDict):
    """What the entity lists say of the end user. No match is not a clearance."""

    measures: Annotated[
        list[str], Field(description="Lists on which the name stands, or one taken for it.")
    ]
    matches: list[ListMatch]
    same_from: Annotated[float, Field(description="Similarity from which a name counts [1].")]
    near_from: Annotated[float, Field(description="Similarity from which it is shown [1].")]
    owners: list[OwnerMatch]
    held_by_listed: Annotated[
        Literal["yes", "no", "open", "not_declared"],
        Field(description="Whether one listed firm holds it at 50 per cent or more."),
    ]
    incomplete_lists: Annotated[
        list[str], Field(description="Entity lists of which not every name could be read.")
    ]
    text: str


class SupplierMatch(TypedDict):
    """A supplier or maker of lines whose name is on, or near, an entity list."""

    name: str
    line_ids: list[str]
    matches: list[ListMatch]
