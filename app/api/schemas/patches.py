"""Single changes of a what-if, each told apart by its `op`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.bom import BridgeBody, SourcingBody, SupplierBody
from app.api.schemas.fields import (
    MOST_MATERIALS,
    WHOLE,
    CountryCode,
    Days,
    ElementSymbol,
    FormName,
    Fraction,
    Identifier,
    IsoDate,
    Name,
    StageName,
    StrictModel,
)

MOST_DAYS_MOVED = 3650
LARGEST_FACTOR = 10.0
MOST_IDS = 10_000

GoodsName = Literal[
    "ore", "concentrate", "oxide", "compound", "metal", "alloy", "target", "magnet",
    "derived_material",
]  # fmt: skip
OutcomeName = Literal[
    "licence", "enhanced_licence", "case_by_case", "presumption_of_denial", "prohibited"
]
StatusName = Literal["in_force", "suspended", "ended"]
MeasureId = Annotated[
    str, Field(min_length=1, max_length=100, description="Id of a measure of `/v1/controls`.")
]
Elements = Annotated[
    list[ElementSymbol], Field(min_length=1, max_length=17, description="Symbols of elements.")
]
LineIds = Annotated[
    tuple[Identifier, ...],
    Field(max_length=MOST_IDS, description="Lines that change; none given means every line."),
]
Countries = Annotated[
    tuple[CountryCode, ...],
    Field(max_length=300, description="ISO 3166-1 alpha-2; none given means every country."),
]


class AddMeasureBody(StrictModel):
    """A new measure on some goods, for every end use."""

    op: Literal["add_measure"] = Field(description="What to change.")
    id: Annotated[str, Field(min_length=1, max_length=100)] = Field(
        "SUPPOSED", description="Id of the new measure; not one of the register."
    )
    exporter: CountryCode = Field("CN", description="Country whose exports it governs.")
    elements: Elements
    forms: Annotated[list[GoodsName], Field(min_length=1, max_length=9)] | None = Field(
        None, description="Goods as the legal texts name them; null means every form."
    )
    destinations: Countries = ()
    outcome: OutcomeName = Field(description="What it does to every end use and end user.")
    in_force_from: IsoDate | None = Field(None, description="First day; null means `as_of`.")


class SetStatusBody(StrictModel):
    """A measure takes a status; what was to come from that day on is gone."""

    op: Literal["set_status"] = Field(description="What to change.")
    measure: MeasureId
    status: StatusName = Field(description="Status from that day on.")
    on_date: IsoDate | None = Field(None, description="First day; null means `as_of`.")
    back_on: IsoDate | None = Field(
        None, description="Day on which a suspension ends; null leaves it open."
    )


class MoveDatesBody(StrictModel):
    """Everything that is still to come for a measure comes later, or earlier."""

    op: Literal["move_dates"] = Field(description="What to change.")
    measure: MeasureId
    days: Annotated[int, Field(ge=-MOST_DAYS_MOVED, le=MOST_DAYS_MOVED), WHOLE] = Field(
        description="Days by which it moves; negative for earlier."
    )


class SetOutcomeBody(StrictModel):
    """Every rule of a measure that holds goods back takes another outcome."""

    op: Literal["set_outcome"] = Field(description="What to change.")
    measure: MeasureId
    outcome: OutcomeName = Field(description="The new outcome.")


class SetFlowBody(StrictModel):
    """Civil flows under a measure are seen to be this share of what they were."""

    op: Literal["set_flow"] = Field(description="What to change.")
    measure: MeasureId
    elements: Elements
    forms: Annotated[list[FormName], Field(max_length=12)] = Field(
        [], description="Product forms; none given means every form."
    )
    destinations: Countries = ()
    flow: Annotated[float, Field(ge=0.0, le=LARGEST_FACTOR)] = Field(
        description="Observed over former flow [1], 0 to 10."
    )


class LicencesStallBody(StrictModel):
    """Reviews of licences halt for the destination, in practice and not by law."""

    op: Literal["licences_stall"] = Field(description="What to change.")
    elements: Annotated[list[ElementSymbol], Field(max_length=17)] = Field(
        [], description="Elements; none given means all that need a licence."
    )


class DelaysBody(StrictModel):
    """Every delay is a multiple of what it was."""

    op: Literal["delays"] = Field(description="What to change.")
    factor: Annotated[float, Field(ge=0.0, le=LARGEST_FACTOR)] = Field(
        description="Factor on every delay [1], 0 to 10."
    )


class SetParameterBody(StrictModel):
    """A parameter of the method is known without doubt, within its stated interval."""

    op: Literal["set_parameter"] = Field(description="What to change.")
    name: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        description="Name as in `/v1/methodology`, or `credence.` and a class of evidence.",
        examples=["p_reactivated"],
    )
    value: float = Field(description="The value [1].")


class SetSharesBody(StrictModel):
    """Shares of countries in one supply are known to be these."""

    op: Literal["set_shares"] = Field(description="What to change.")
    table: Literal["world", "feed", "destination"] = Field(
        description="World output of a stage, what feeds the plants of a stage in a country, or "
        "what a destination buys."
    )
    stage: StageName = Field(description="Stage of the plants, or of the goods that are bought.")
    place: CountryCode | None = Field(
        None, description="Country of the plants or the destination; null for world output."
    )
    elements: Elements
    shares: Annotated[dict[CountryCode, Fraction], Field(min_length=1, max_length=300)] = Field(
        description="Share by country [1]; they sum to 1."
    )


class MineOutageBody(StrictModel):
    """The mines of one name, or of one country, stop for the whole horizon."""

    op: Literal["mine_outage"] = Field(description="What to change.")
    mine: Name | None = Field(
        None, description="Name of a largest mine, as an element's row names it.",
        examples=["Bayan Obo"],
    )  # fmt: skip
    country: CountryCode | None = Field(None, description="Country all of whose mines stop.")


class SetLinesBody(StrictModel):
    """Fields of lines take other values; what is left out or null stays as it is."""

    op: Literal["set_lines"] = Field(description="What to change.")
    line_ids: LineIds = ()
    stock_days: Days | None = Field(None, description="Stock [days].")
    recycled_share: Fraction | None = Field(None, description="Closed-loop material [1].")
    suppliers: Annotated[list[SupplierBody], Field(max_length=MOST_MATERIALS)] | None = Field(
        None, description="Suppliers in place of the present ones."
    )
    sourcing: Annotated[list[SourcingBody], Field(max_length=MOST_MATERIALS)] | None = Field(
        None, description="Shares upstream; each stage that is named is replaced."
    )
    bridges: Annotated[list[BridgeBody], Field(max_length=MOST_MATERIALS)] | None = Field(
        None, description="Substitutes in place of the present ones."
    )
    general_licence_valid_to: IsoDate | None = Field(
        None, description="Last day of a general licence of every supplier of the lines."
    )


class SecondSourceBody(StrictModel):
    """A share of the need moves to a country at one stage, from all others in proportion."""

    op: Literal["second_source"] = Field(description="What to change.")
    line_ids: LineIds = ()
    stage: StageName = Field(description="Stage of the goods, or one upstream.")
    country: CountryCode = Field(description="Where it moves to.")
    share: Fraction = Field(description="Share of the need that moves [1], 0 to 1.")


class RemoveElementsBody(StrictModel):
    """Lines no longer hold some elements, such as a magnet grade without Dy and Tb."""

    op: Literal["remove_elements"] = Field(description="What to change.")
    line_ids: LineIds = ()
    elements: Elements


class ReplaceMaterialBody(StrictModel):
    """Lines are made of another material of the reference data, at the same mass."""

    op: Literal["replace_material"] = Field(description="What to change.")
    line_ids: LineIds = ()
    material: Annotated[str, Field(min_length=1, max_length=100)] = Field(
        description="Id of a material, as `material` of a line names it.",
        examples=["ndfeb_hot_deformed"],
    )


class ChangeFormBody(StrictModel):
    """The goods of lines cross the border in another form, such as a motor with its magnets."""

    op: Literal["change_form"] = Field(description="What to change.")
    line_ids: LineIds = ()
    form: FormName = Field(description="The new form.")


PatchBody = Annotated[
    AddMeasureBody
    | SetStatusBody
    | MoveDatesBody
    | SetOutcomeBody
    | SetFlowBody
    | LicencesStallBody
    | DelaysBody
    | SetParameterBody
    | SetSharesBody
    | MineOutageBody
    | SetLinesBody
    | SecondSourceBody
    | RemoveElementsBody
    | ReplaceMaterialBody
    | ChangeFormBody,
    Field(discriminator="op"),
]

#: Bodies of patches, for their field names.
PATCH_BODIES: tuple[type[StrictModel], ...] = (
    AddMeasureBody, SetStatusBody, MoveDatesBody, SetOutcomeBody, SetFlowBody, LicencesStallBody,
    DelaysBody, SetParameterBody, SetSharesBody, MineOutageBody, SetLinesBody, SecondSourceBody,
    RemoveElementsBody, ReplaceMaterialBody, ChangeFormBody,
)  # fmt: skip
