"""The context of a question: the same names in a JSON body, a form and a query string."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.api.schemas.fields import (
    CountryCode,
    EndUseName,
    ExactShare,
    HorizonDays,
    IsoDate,
    Language,
    Name,
    StrictModel,
)

MOST_OWNERS = 100

Destination = Annotated[
    CountryCode | None,
    Field(
        description="Country into which the goods are imported, ISO 3166-1 alpha-2. Required "
        "unless the deployment sets a default.",
        examples=["JP"],
    ),
]
EndUseField = Annotated[
    EndUseName,
    Field(
        description="What the goods are for. `unknown` is scored from civil to military as an "
        "interval and reported.",
        examples=["civil"],
    ),
]
EndUser = Annotated[
    Name | None,
    Field(
        description="Name of the end user, matched against the entity lists. No match is not a "
        "clearance; the answer says which lists are incomplete. Up to 500 characters."
    ),
]
_OWNERS = (
    "Who owns how much of the end user. A firm that a listed one holds at 50 per cent or more "
    "falls under some rules as if it were listed."
)
OwnersText = Annotated[
    str | None,
    Field(
        description=f"{_OWNERS} As text: `Example Holdings=0.6; Sample Trust=0.4`.",
        max_length=5000,
        pattern=r"^[^;=]+= *[01](\.[0-9]{1,30})? *(;[^;=]+= *[01](\.[0-9]{1,30})? *)*$",
        examples=["Example Holdings=0.6"],
    ),
]
AsOf = Annotated[
    IsoDate | None,
    Field(
        description="The day that the question is about, 1990-01-01 to 2100-12-31. Default: "
        "today in UTC. Always echoed.",
        examples=["2026-03-01"],
    ),
]
KnownOn = Annotated[
    IsoDate | None,
    Field(
        description="Only what was published by this day counts, 1990-01-01 to 2100-12-31. "
        "Default: `as_of`; may be earlier or later."
    ),
]
HorizonField = Annotated[
    HorizonDays,
    Field(
        description="Length of the period that the score looks ahead [days], 1 to 1095.",
        examples=[180],
    ),
]
LanguageField = Annotated[
    Language, Field(description="Language of names: English, Japanese, Chinese or German.")
]


class OwnerBody(StrictModel):
    """An owner of the end user."""

    name: Annotated[Name, Field(min_length=1, description="Name of the owner.")]
    share: Annotated[ExactShare, Field(description="What it holds [1], 0 to 1.")]


class ContextBody(StrictModel):
    """Context fields of a JSON body."""

    destination: Destination = None
    end_use: EndUseField = "unknown"
    end_user: EndUser = None
    end_user_owners: Annotated[list[OwnerBody], Field(max_length=MOST_OWNERS)] | None = Field(
        None, description=_OWNERS
    )
    as_of: AsOf = None
    known_on: KnownOn = None
    horizon_days: HorizonField = 180
    language: LanguageField = "en"


class ContextText(BaseModel):
    """The same fields where everything is text: a form or a query string."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    destination: Destination = None
    end_use: EndUseField = "unknown"
    end_user: EndUser = None
    end_user_owners: OwnersText = None
    as_of: AsOf = None
    known_on: KnownOn = None
    horizon_days: HorizonField = 180
    language: LanguageField = "en"
