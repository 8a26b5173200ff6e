"""Elements as records: fixed facts, and the supply side where a destination is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from app.api.answers.assessment import context_answer
from app.api.answers.elements import concentration, control
from app.api.answers.freshness import freshness_answer
from app.api.answers.sectors import NO_DESTINATION
from app.api.schemas.answers import Band
from app.api.schemas.elements import ElementList, ElementRecord, HazardAnswer, OneElement
from app.api.versions import versions_from
from app.batch.supply_side import ElementSupply, Hazard
from app.domain.context import AssessmentContext
from app.domain.elements import RARE_EARTHS, Element
from app.domain.reference import ReferenceData
from app.domain.rounding import rounded
from app.errors import UnknownKeyError


def element_list(
    reference: ReferenceData,
    *,
    context: AssessmentContext | None,
    supplies: Mapping[str, ElementSupply],
    language: str,
) -> ElementList:
    """Return all 17 elements; without a context there are only their facts."""
    return {
        **versions_from(reference),
        "context": None if context is None else context_answer(context),
        "freshness": None
        if context is None
        else freshness_answer(reference.register, context.as_of),
        "elements": [
            _record(reference.elements[symbol], supplies.get(symbol), language)
            for symbol in RARE_EARTHS
        ],
    }


def one_element(
    symbol: str,
    reference: ReferenceData,
    *,
    context: AssessmentContext | None,
    supplies: Mapping[str, ElementSupply],
    language: str,
) -> OneElement:
    """Return one element.

    Raises:
        UnknownKeyError: There is no such rare earth.
    """
    element = reference.elements.get(symbol)
    if element is None:
        raise UnknownKeyError("there is no such rare earth; give a symbol such as Dy")
    return {
        **versions_from(reference),
        "context": None if context is None else context_answer(context),
        "freshness": None
        if context is None
        else freshness_answer(reference.register, context.as_of),
        "element": _record(element, supplies.get(symbol), language),
    }


def _record(element: Element, supply: ElementSupply | None, language: str) -> ElementRecord:
    result = None if supply is None else supply.result
    worst = None if supply is None else supply.worst
    record: ElementRecord = {
        "symbol": element.symbol,
        "name": element.names[language],
        "names": dict(element.names),
        "atomic_number": element.atomic_number,
        "oxide": element.oxide,
        "oxide_factor": element.oxide_factor,
        "group": element.group,
        "sources": list(element.sources),
        "concentration": []
        if result is None
        else [concentration(stage) for stage in result.concentration],
        "control": control(result.control) if result and result.control else None,
        "hazard": None if worst is None else _hazard(worst),
        "hazards": [] if supply is None else [_hazard(hazard) for hazard in supply.hazards],
        "flags": [] if result is None else list(result.flags),
    }
    if result is None:
        record["reason"] = NO_DESTINATION
    elif result.reason is not None:
        record["reason"] = result.reason
    return record


def _hazard(hazard: Hazard) -> HazardAnswer:
    return {
        "form": hazard.form,
        "score": rounded(hazard.score.nominal),
        "low": rounded(hazard.score.low),
        "high": rounded(hazard.score.high),
        "band": cast("Band", hazard.score.band),
    }
