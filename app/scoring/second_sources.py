"""Candidates: a second source by stage, in countries whose plants really work on the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.mitigation import Affiliation, KnownSupplier, SiteState
from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.scoring.candidates import (
    ActionKind,
    Candidate,
    PatchMaker,
    Readiness,
    benchmark,
    months,
    per_cent,
    purchasing_measure,
    unique_sources,
)
from app.scoring.concentration import company_mixes
from app.scoring.goods import ScoredLine
from app.scoring.levers import CHOSEN_STAGES, capable_countries
from app.scoring.line_results import LineRisk
from app.scoring.patches_lines import SecondSource
from app.scoring.snapshot import SupplySnapshot
from app.scoring.wording import STAGE_GOODS
from app.scoring.workbench import Workbench

SINGLE_COUNTRY_MOST = "single_country_max"
MEASURE = "second_source"

#: Who sells on what others make is no source.
TRADING = "trading"

#: What the facts on suppliers call the stages.
SUPPLIER_STAGES: Mapping[Stage, frozenset[str]] = {
    Stage.SEPARATION: frozenset({"separation_light", "separation_heavy", "oxides", "scandium"}),
    Stage.METAL: frozenset({"metal", "alloy"}),
    Stage.MAGNET: frozenset({"magnet_ndfeb", "magnet_smco", "bonded"}),
    Stage.COMPOUND: frozenset(
        {"catalysts", "phosphors", "polishing", "ceramics", "crystals", "targets", "batteries"}
    ),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """One stage in one country, and the lines that could buy there."""

    stage: Stage
    country: str
    line_ids: frozenset[str]
    elements: frozenset[str]


def second_sources(bench: Workbench) -> Iterator[Candidate]:
    """Yield one candidate for each stage and country that makes what is most at risk.

    A country counts if it has a share of world output of the worst element of a line on the
    day, and a plant there that works and sells the element is named in the facts; plants that
    are only built or planned do not count. Countries of suppliers under sanctions are left out,
    and those that supply that much already.

    Args:
        bench: The product in its context.
    """
    reference = bench.inputs.reference
    measure = purchasing_measure(reference, MEASURE)
    limit = benchmark(reference, SINGLE_COUNTRY_MOST)
    if measure is None or limit is None:
        return
    most, limit_sources = limit
    share = 1.0 - most
    for place in _places(bench, share):
        plants = plants_in(place.country, place.stage, place.elements, reference)
        if not plants:
            continue
        yield Candidate(
            id=f"second_source:{place.stage.value}:{place.country}",
            kind=ActionKind.SECOND_SOURCE,
            text=_text(place, plants, share, most),
            line_ids=place.line_ids,
            make=_moved_to(place, share),
            lead_time_months=months(measure.lead_time_weeks),
            readiness=Readiness.OPERATING,
            trade_off=_trade_off(place, bench.evaluation.supply, measure.text),
            sources=unique_sources(
                *(plant.provenance.sources for plant in plants),
                _shares_sources(place, bench.evaluation.supply),
                limit_sources,
                measure.provenance.sources,
            ),
        )


def _places(bench: Workbench, share: float) -> Iterator[_Place]:
    restricted = _restricted_countries(bench.inputs.reference)
    lines: dict[tuple[Stage, str], set[str]] = {}
    elements: dict[tuple[Stage, str], set[str]] = {}
    for risk in bench.line_risks():
        worst = worst_element(risk)
        for stage, country in _open_places(risk.line, worst, bench, share):
            if country not in restricted:
                lines.setdefault((stage, country), set()).add(risk.line.line_id)
                elements.setdefault((stage, country), set()).add(worst)
    for stage, country in sorted(lines, key=lambda pair: (CHOSEN_STAGES.index(pair[0]), pair[1])):
        key = (stage, country)
        yield _Place(stage, country, frozenset(lines[key]), frozenset(elements[key]))


def _open_places(
    line: ScoredLine, element: str, bench: Workbench, share: float
) -> Iterator[tuple[Stage, str]]:
    """Yield stages and countries that make an element and do not yet supply a line with so much."""
    supply = bench.evaluation.supply
    destination = bench.inputs.context.destination
    mixes = company_mixes(line, element, supply=supply, destination=destination)
    for stage in CHOSEN_STAGES:
        if stage in line.chains[0].stages:
            for country in capable_countries(stage, frozenset({element}), supply):
                if mixes.get(stage, {}).get(country, 0.0) < share:
                    yield stage, country


def worst_element(risk: LineRisk) -> str:
    """Return the element of a line with the highest risk."""
    worst = max(risk.outcomes, key=lambda one: (one.risks[1], one.risks[2], one.content.symbol))
    return worst.content.symbol


def _restricted_countries(reference: ReferenceData) -> frozenset[str]:
    return frozenset(
        site.country
        for supplier in reference.mitigation.suppliers.values()
        if supplier.affiliation is Affiliation.RESTRICTED
        for site in supplier.sites
    )


def plants_in(
    country: str, stage: Stage, elements: frozenset[str], reference: ReferenceData
) -> tuple[KnownSupplier, ...]:
    """Return the companies outside China's reach that make elements there today, by name.

    Args:
        country: Where the plant is.
        stage: What it does.
        elements: One of these must be on sale; what was pilot or plan is not.
        reference: Facts on suppliers.
    """
    found = [
        supplier
        for supplier in reference.mitigation.suppliers.values()
        if supplier.affiliation is Affiliation.NON_CHINA
        and TRADING not in supplier.stages
        and elements & (frozenset(supplier.elements) - frozenset(supplier.not_yet_commercial))
        and any(
            site.country == country
            and site.state is SiteState.OPERATING
            and SUPPLIER_STAGES[stage] & frozenset(site.stages or supplier.stages)
            for site in supplier.sites
        )
    ]
    return tuple(sorted(found, key=lambda supplier: supplier.name))


def _moved_to(place: _Place, share: float) -> PatchMaker:
    return lambda line_ids: (
        SecondSource(line_ids=line_ids, stage=place.stage, country=place.country, share=share),
    )


def _text(place: _Place, plants: tuple[KnownSupplier, ...], share: float, most: float) -> str:
    names = ", ".join(plant.name for plant in plants)
    return (
        f"Take {per_cent(share)} of {STAGE_GOODS[place.stage.value]} from {place.country} "
        f"(at work there: {names}), so that no country supplies more than {per_cent(most)}"
    )


def _trade_off(place: _Place, supply: SupplySnapshot, caution: str) -> str:
    shares = ", ".join(
        f"{per_cent(supply.world_share(place.stage, element, place.country))} of {element}"
        for element in sorted(place.elements)
    )
    return f"{place.country} makes only {shares} in the world at this stage. {caution}"


def _shares_sources(place: _Place, supply: SupplySnapshot) -> tuple[str, ...]:
    rows = [supply.producers(place.stage, element) for element in sorted(place.elements)]
    return unique_sources(*(row.provenance.sources for row in rows))
