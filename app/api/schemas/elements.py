"""The supply side of an element as it is answered."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from app.api.schemas.answers import Band, Concentration, Context, Control, ScoreValue, Sources
from app.api.schemas.freshness import FreshnessAnswer
from app.api.versions import Versions


class HazardAnswer(TypedDict):
    """Score of a need in one form, of unknown origin and without stock."""

    form: str
    score: ScoreValue
    low: ScoreValue
    high: ScoreValue
    band: Band


class ElementRecord(TypedDict):
    """One element: its facts, and for a question its supply side."""

    symbol: str
    name: str
    names: dict[str, str]
    atomic_number: int
    oxide: Annotated[str, Field(description="Formula of the oxide that is traded.")]
    oxide_factor: Annotated[
        float, Field(description="Mass of element per mass of that oxide [1].", ge=0, le=1)
    ]
    group: Annotated[str, Field(description="light, heavy, scandium or none.")]
    sources: Sources
    concentration: list[Concentration]
    control: Annotated[
        Control | None, Field(description="The law for the form that `concentration` describes.")
    ]
    hazard: Annotated[
        HazardAnswer | None, Field(description="The worst of `hazards`; null without a market.")
    ]
    hazards: list[HazardAnswer]
    flags: list[str]
    reason: NotRequired[
        Annotated[
            str,
            Field(description="`no_market_data`, or `no_destination` where none was given."),
        ]
    ]


class ElementList(Versions):
    """All 17 elements in order of atomic number."""

    context: Context | None
    freshness: Annotated[
        FreshnessAnswer | None, Field(description="Null where no question was asked.")
    ]
    elements: list[ElementRecord]


class OneElement(Versions):
    """One element."""

    context: Context | None
    freshness: Annotated[
        FreshnessAnswer | None, Field(description="Null where no question was asked.")
    ]
    element: ElementRecord
