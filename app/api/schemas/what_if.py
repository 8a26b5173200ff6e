"""Requests for what-ifs and for actions: an assessment request and more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.bom import AssessmentRequest
from app.api.schemas.fields import WHOLE, CountryCode, ElementSymbol, Identifier, StrictModel
from app.api.schemas.patches import PatchBody

#: A what-if that changes the world costs as much as an assessment in a new context.
MOST_SCENARIOS = 10
MOST_PATCHES = 50
MOST_ACTIONS = 200
LONGEST_LEAD_MONTHS = 240.0

BuiltinName = Literal[
    "destination_ban", "suspensions_revive", "suspension_extended", "delays_doubled",
    "supplier_replaced", "flow_zero",
]  # fmt: skip
BandName = Literal["low", "moderate", "high", "severe"]
IncludeName = Literal["calendar", "certainty", "questions"]


class ScenarioBody(StrictModel):
    """One what-if: a built-in one, own patches, or both, in this order."""

    id: Identifier = Field(description="Your key; comes back unchanged. Unique in the request.")
    builtin: BuiltinName | None = Field(
        None,
        description="`destination_ban`: China bans every form to the destination. "
        "`suspensions_revive`: suspended measures come back today. `suspension_extended`: each "
        "suspension with an end lasts a year longer. `delays_doubled`: every delay twice. "
        "`supplier_replaced`: oxides from another country. `flow_zero`: nothing of the "
        "controlled elements leaves China.",
    )
    element: ElementSymbol | None = Field(
        None, description="For `flow_zero`: the element; null means all that are controlled."
    )
    country: CountryCode | None = Field(
        None, description="For `supplier_replaced`: the new country; null means Malaysia."
    )
    patches: Annotated[list[PatchBody], Field(max_length=MOST_PATCHES)] = Field(
        [], description="Changes, applied in their order after the built-in one."
    )


class ScenariosRequest(AssessmentRequest):
    """A bill of materials, the question about it, and what-ifs."""

    scenarios: Annotated[list[ScenarioBody], Field(min_length=1, max_length=MOST_SCENARIOS)] = (
        Field(description=f"What-ifs, at least one and at most {MOST_SCENARIOS}.")
    )
    sectors: bool = Field(
        True,
        description="Whether sectors are compared; without them a what-if that changes the "
        "world costs a twentieth.",
    )


class MitigationsRequest(AssessmentRequest):
    """A bill of materials, the question about it, and what to look for in actions."""

    limit: Annotated[int, Field(ge=1, le=MOST_ACTIONS), WHOLE] = Field(
        20, description="Most actions to answer, the best first."
    )
    target_band: BandName | None = Field(
        None,
        description="Band that single changes should reach; null means the next milder one of "
        "each target.",
    )
    within_months: Annotated[float, Field(ge=0.0, le=LONGEST_LEAD_MONTHS)] = Field(
        12.0, description="Longest usual lead time of actions of the best set [months]."
    )
    include: Annotated[list[IncludeName], Field(max_length=3)] = Field(
        [],
        description="What to add: `calendar` (stock-out days by month, line stops), `certainty` "
        "(one input at a time, P10 to P90, firmness of ranks; takes seconds), `questions` (what "
        "is worth asking, with letters to the suppliers).",
    )
    calendar_scenarios: Annotated[list[BuiltinName], Field(max_length=2)] = Field(
        ["suspensions_revive", "destination_ban"],
        description="Built-in what-ifs that the calendar shows beside the base.",
    )
