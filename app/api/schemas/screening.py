"""Names to look up on the entity lists, and what was found."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.context import AsOf, Destination, KnownOn
from app.api.schemas.entities import ListMatch
from app.api.schemas.fields import Name, StrictModel
from app.api.schemas.freshness import FreshnessAnswer
from app.api.versions import Versions
from app.api.yente import YenteAnswer

MOST_NAMES = 200


class ScreeningRequest(StrictModel):
    """Names of end users, owners or suppliers. They are kept nowhere."""

    names: Annotated[
        list[Annotated[Name, Field(min_length=1)]], Field(min_length=1, max_length=MOST_NAMES)
    ] = Field(
        description="Names in English, Japanese or Chinese, as they are written.",
        examples=[["Example Works Co., Ltd."]],
    )
    destination: Destination = None
    as_of: AsOf = None
    known_on: KnownOn = None


class ScreenedName(TypedDict):
    """What was found of one name. No match is not a clearance."""

    name: str
    matches: list[ListMatch]
    yente: Annotated[
        YenteAnswer | None,
        Field(description="What the matching service said; null where none is set up."),
    ]
    text: str


class Screening(Versions):
    """What the lists say of some names."""

    as_of: str
    known_on: str
    same_from: Annotated[float, Field(description="Similarity from which a name counts [1].")]
    near_from: Annotated[float, Field(description="Similarity from which it is shown [1].")]
    names: list[ScreenedName]
    incomplete_lists: Annotated[
        list[str], Field(description="Entity lists of which not every name could be read.")
    ]
    freshness: FreshnessAnswer
    disclaimer: str
