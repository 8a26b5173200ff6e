"""Rules on goods made abroad, or sent on from there, as they are answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict


class RatioInterval(TypedDict):
    """A ratio with its ends; null where it has no bound or cannot be computed."""

    low: float | None
    value: float | None
    high: float | None


class LiveStatus(TypedDict):
    """Where the measure stands on the day; one that sleeps binds nobody."""

    status: Annotated[
        str,
        Field(description="not_published, announced, in_force, suspended, unconfirmed or ended."),
    ]
    best_estimate: Annotated[str | None, Field(description="Status to assume if unconfirmed.")]
    worst_case: Annotated[str | None, Field(description="Most severe that may hold instead.")]


class DeMinimis(LiveStatus):
    """The value test for goods made abroad, of one measure on one line or on the product.

    It takes the listed material as the issuer's unless the declared shares rule that out. Equal
    to the threshold counts as reached.
    """

    measure: str
    line_id: Annotated[str | None, Field(description="Null for the product as a whole.")]
    outcome: Literal["caught", "not_caught", "cannot_tell"]
    ratio: Annotated[
        RatioInterval, Field(description="Value of the listed material over that of the goods [1].")
    ]
    elements: Annotated[list[str], Field(description="Listed elements that the goods may hold.")]
    text: str


class ReexportAnswer(LiveStatus):
    """What a rule on sending goods on from abroad says of a line that it names."""

    measure: str
    line_id: str
    reached: Literal["yes", "no", "cannot_tell"]
    elements: Annotated[list[str], Field(description="Listed elements that the goods may hold.")]
    origin_share: Annotated[
        float,
        Field(description="Probability that a delivery holds material of the issuer's origin [1]."),
    ]
    origin_basis: Annotated[
        Literal["declared", "reported", "derived", "assumed"],
        Field(description="declared where your own shares decide it, else derived from trade."),
    ]
    text: str


class AbroadQuestionAnswer(TypedDict):
    """What a maker outside the issuer's country has to ask."""

    code: Annotated[str, Field(description="origin, content, price, technology or end_user.")]
    text: str
    line_ids: list[str]
