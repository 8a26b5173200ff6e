"""The ten status codes of the contract, and which of them an instrument leads to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    MeasureType,
    Outcome,
    RegisterStage,
    TimelineStatus,
)

NOT_CONTROLLED = "not_controlled"
ORDINARY_LICENCE = "ordinary_licence"
ANNOUNCED = "announced"
SUSPENDED = "suspended"
UNCONFIRMED = "unconfirmed"
LICENCE_REQUIRED = "licence_required"
ENHANCED_LICENCE = "enhanced_licence"
CASE_BY_CASE = "case_by_case"
PRESUMPTION_OF_DENIAL = "presumption_of_denial"
PROHIBITED = "prohibited"

#: From mild to severe; the most severe that applies today wins.
STATUS_CODES: tuple[str, ...] = (
    NOT_CONTROLLED,
    ORDINARY_LICENCE,
    ANNOUNCED,
    SUSPENDED,
    UNCONFIRMED,
    LICENCE_REQUIRED,
    ENHANCED_LICENCE,
    CASE_BY_CASE,
    PRESUMPTION_OF_DENIAL,
    PROHIBITED,
)
_RANK = {code: place for place, code in enumerate(STATUS_CODES)}

#: What crosses a border in each product form, in the words of the legal texts. A device has no
#: such word: no notice names assemblies.
REGISTER_STAGES_OF_FORM: Mapping[str, frozenset[RegisterStage]] = MappingProxyType(
    {
        "ore": frozenset({RegisterStage.ORE, RegisterStage.CONCENTRATE}),
        "concentrate": frozenset({RegisterStage.ORE, RegisterStage.CONCENTRATE}),
        "oxide": frozenset({RegisterStage.OXIDE}),
        "salt": frozenset({RegisterStage.COMPOUND}),
        "metal": frozenset({RegisterStage.METAL}),
        "alloy": frozenset({RegisterStage.ALLOY}),
        "target": frozenset({RegisterStage.TARGET}),
        "magnet": frozenset({RegisterStage.MAGNET}),
        "compound": frozenset({RegisterStage.DERIVED_MATERIAL}),
        "equipment": frozenset({RegisterStage.EQUIPMENT}),
        "reagent": frozenset({RegisterStage.REAGENT}),
        "technology": frozenset({RegisterStage.TECHNOLOGY}),
        "device_magnet": frozenset(),
        "device_compound": frozenset(),
        "device_metal": frozenset(),
    }
)

#: Outcomes of rules from mild to severe; the strictest rule that applies wins. An exemption
#: lifts a plain licence duty, not a denial.
OUTCOMES: tuple[Outcome, ...] = (
    Outcome.NOT_CONTROLLED,
    Outcome.LICENCE,
    Outcome.EXEMPT,
    Outcome.ENHANCED_LICENCE,
    Outcome.CASE_BY_CASE,
    Outcome.PRESUMPTION_OF_DENIAL,
    Outcome.PROHIBITED,
)

_CODE_OF_OUTCOME = {
    Outcome.ENHANCED_LICENCE: ENHANCED_LICENCE,
    Outcome.CASE_BY_CASE: CASE_BY_CASE,
    Outcome.PRESUMPTION_OF_DENIAL: PRESUMPTION_OF_DENIAL,
    Outcome.PROHIBITED: PROHIBITED,
}

#: What the outcome `licence` means for the exporter of goods, by type and basis of the
#: instrument. A ban leaves it to the licence measure of the item; duties and reports need none.
_LICENCE_CODES = {
    (MeasureType.LICENCE_REQUIREMENT, ControlBasis.DUAL_USE): LICENCE_REQUIRED,
    (MeasureType.LICENCE_REQUIREMENT, ControlBasis.FOREIGN): LICENCE_REQUIRED,
    (MeasureType.LICENCE_REQUIREMENT, ControlBasis.ORDINARY_TRADE): ORDINARY_LICENCE,
    (MeasureType.QUOTA, ControlBasis.ORDINARY_TRADE): ORDINARY_LICENCE,
}

#: Types of instruments that say by law whether goods may leave. Halts without a written rule,
#: disruptions and the buyer's own law do not, nor do the frames behind other instruments.
LAWFUL_TYPES: frozenset[MeasureType] = frozenset(
    {
        MeasureType.LICENCE_REQUIREMENT,
        MeasureType.PROHIBITION,
        MeasureType.PRESUMPTION_OF_DENIAL,
        MeasureType.CASE_BY_CASE,
        MeasureType.QUOTA,
        MeasureType.TECHNOLOGY_BAN,
        MeasureType.ENTITY_PROHIBITION,
        MeasureType.ENTITY_ENHANCED_LICENCE,
    }
)


def rank(code: str | None) -> int:
    """Return the place of a code from mild to severe; None counts as not controlled."""
    return _RANK[code or NOT_CONTROLLED]


def most_severe(*codes: str | None) -> str:
    """Return the most severe of some codes, `not_controlled` without any.

    Examples:
        >>> most_severe("suspended", None, "ordinary_licence")
        'suspended'
    """
    return max((code or NOT_CONTROLLED for code in codes), key=rank, default=NOT_CONTROLLED)


def code_in_force(outcome: Outcome, measure: ControlMeasure) -> str | None:
    """Return the code of an outcome while its measure is in force, None where it asks nothing."""
    if outcome is Outcome.LICENCE:
        return _LICENCE_CODES.get((measure.type, measure.control_basis))
    return _CODE_OF_OUTCOME.get(outcome)


def code_of_status(code: str | None, status: TimelineStatus) -> str | None:
    """Return the code for a day on which a measure has this status, given its code in force."""
    if code is None or status is TimelineStatus.IN_FORCE:
        return code
    return {TimelineStatus.ANNOUNCED: ANNOUNCED, TimelineStatus.SUSPENDED: SUSPENDED}.get(status)
