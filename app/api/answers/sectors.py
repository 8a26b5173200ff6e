"""The sectors as records: what each depends on, with its reference score."""

from __future__ import annotations

from app.api.answers.assessment import context_answer, sector_answer
from app.api.answers.freshness import freshness_answer
from app.api.schemas.reference import OneSector, SectorList, SectorRecord
from app.api.versions import versions_from
from app.domain.context import AssessmentContext
from app.domain.reference import ReferenceData
from app.domain.results import Assessment, SectorResult
from app.domain.sectors import Sector
from app.errors import UnknownKeyError

NO_DESTINATION = "no_destination"


def sector_list(
    reference: ReferenceData,
    *,
    context: AssessmentContext | None,
    assessment: Assessment | None,
    language: str,
) -> SectorList:
    """Return every sector; without a context there are no scores."""
    results = _results(assessment)
    return {
        **versions_from(reference),
        "context": None if context is None else context_answer(context),
        "freshness": None
        if context is None
        else freshness_answer(reference.register, context.as_of),
        "sectors": [
            _record(sector, results.get(sector.id), language)
            for sector in reference.sectors.values()
        ],
    }


def one_sector(
    sector_id: str,
    reference: ReferenceData,
    *,
    context: AssessmentContext | None,
    assessment: Assessment | None,
    language: str,
) -> OneSector:
    """Return one sector.

    Raises:
        UnknownKeyError: There is no such sector.
    """
    sector = reference.sectors.get(sector_id)
    if sector is None:
        raise UnknownKeyError("there is no such sector; /v1/sectors lists all")
    return {
        **versions_from(reference),
        "context": None if context is None else context_answer(context),
        "freshness": None
        if context is None
        else freshness_answer(reference.register, context.as_of),
        "sector": _record(sector, _results(assessment).get(sector_id), language),
    }


def _results(assessment: Assessment | None) -> dict[str, SectorResult]:
    return {} if assessment is None else {result.id: result for result in assessment.sectors}


def _record(sector: Sector, result: SectorResult | None, language: str) -> SectorRecord:
    scored = None if result is None else sector_answer(result, sector, language=language)
    record: SectorRecord = {
        "id": sector.id,
        "name": sector.names[language],
        "names": dict(sector.names),
        "description": sector.description,
        "kind": sector.kind,
        "aliases": list(sector.aliases),
        "groups": list(sector.groups),
        "codes": {name: list(codes) for name, codes in sector.codes.items()},
        "scrutiny": sector.scrutiny,
        "dependence": [
            {"element": one.element, "level": one.level, "use": one.use}
            for one in sector.dependence.values()
        ],
        "sources": list(sector.provenance.sources),
        "score": None if scored is None else scored["score"],
        "low": None if scored is None else scored["low"],
        "high": None if scored is None else scored["high"],
        "band": None if scored is None else scored["band"],
        "basis": "reference",
        "contributions": [] if scored is None else scored["contributions"],
        "worst_element": None if scored is None else scored["worst_element"],
    }
    if scored is None:
        record["reason"] = NO_DESTINATION
    return record
