"""What a measure of the register can do to a score, in words for people."""

from __future__ import annotations

from app.domain.controls import ControlMeasure, ElementsMode, MeasureType
from app.domain.methodology import Methodology
from app.scoring.active_measures import ABROAD_ONLY, can_bind, kind_rule_of

_OF_GOODS = "while it applies, it acts by its rules on the goods in its scope"
_ABROAD = (
    "while it applies, it acts on goods that leave a third country, and on nothing that leaves "
    "the issuer's own"
)
_COUNTS = "it counts among the restrictions that make further ones likelier"
_DECLARED = "only where a supplier declares such a licence, up to its last day"
_PROCUREMENT = "a law of the buyer's side: it is named, and stops no supply"
_NOTHING = "it stands in the register and moves no score by itself"


def role_of(measure: ControlMeasure, methodology: Methodology) -> str:
    """Return what a measure does to a score, in one sentence without a full stop.

    References:
        docs/methodology.md, "Structural risk".
    """
    counts = kind_rule_of(measure, methodology).counts_as_restriction and (
        measure.scope.elements_mode in (ElementsMode.EXPLICIT, ElementsMode.ALL)
    )
    if can_bind(measure, methodology):
        abroad = bool(measure.scope.extraterritorial & ABROAD_ONLY)
        words = [_ABROAD if abroad else _OF_GOODS]
    elif measure.type is MeasureType.FACILITATION:
        words = [_DECLARED]
    elif measure.type is MeasureType.PROCUREMENT_RESTRICTION:
        words = [_PROCUREMENT]
    else:
        words = [] if counts else [_NOTHING]
    return "; ".join([*words, *([_COUNTS] if counts else [])])
