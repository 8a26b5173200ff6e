"""Small invented reference data for tests of the core; countries A, B, C stand for no real one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import cast

from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import (
    ControlBasis,
    ControlledItems,
    ControlMeasure,
    ControlRegister,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    EventBasis,
    Extraterritorial,
    LegalForce,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    Scope,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.elements import RARE_EARTHS, Element
from app.domain.materials import IdentificationReference
from app.domain.methodology import Methodology
from app.domain.mitigation import MitigationReference
from app.domain.observations import Observation
from app.domain.provenance import Confidence, Provenance, Source, Status
from app.domain.reference import ReferenceData
from app.domain.sectors import ArchetypeLine, Dependence, Sector
from app.domain.supply import (
    Chain,
    GovernanceRisk,
    LargestMine,
    MixRow,
    Stage,
    SupplyReference,
)
from app.domain.triple import Triple
from app.refdata.methodology import load_methodology
from tests.product_factories import bom, content, found, line

# A product is made by the same hand as the data around it: `make.line`, `make.measure`.
__all__ = ["bom", "content", "found", "line"]

DATA = Path(__file__).resolve().parent.parent / "app" / "data"

#: Day on which most questions of the tests are asked.
TODAY = date(2026, 3, 1)
LONG_AGO = date(2020, 1, 1)

GAZETTE = Source(
    key="gk",
    publisher="A gazette",
    title="A notice",
    year="2026",
    published_on=None,
    url="https://gazette.example.org/notice",
    url_precision="page",
    verified=True,
    read="full",
)
SURE = Provenance(status=Status.VERIFIED, confidence=Confidence.HIGH, sources=("gk",))

CHAINS: Mapping[str, Chain] = {
    "magnet": Chain(
        form="magnet",
        stages=(Stage.SEPARATION, Stage.MAGNET),
        register_stages=((RegisterStage.OXIDE,), (RegisterStage.MAGNET,)),
    ),
    "oxide": Chain(
        form="oxide", stages=(Stage.SEPARATION,), register_stages=((RegisterStage.OXIDE,),)
    ),
    "ore_oxide": Chain(
        form="ore_oxide",
        stages=(Stage.MINING, Stage.SEPARATION),
        register_stages=((RegisterStage.ORE,), (RegisterStage.OXIDE,)),
    ),
    "metal": Chain(
        form="metal", stages=(Stage.SEPARATION,), register_stages=((RegisterStage.OXIDE,),)
    ),
}


@cache
def shipped_methodology() -> Methodology:
    """Return the parameters that ship; the vectors of the methodology rest on them."""
    return load_methodology(DATA, frozenset({"judgement", "order-792", "magnet-customs-cases"}))


def mix_row(
    stage: Stage,
    shares: Mapping[str, float],
    *,
    place: str | None = None,
    elements: Iterable[str] = RARE_EARTHS,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    valid_from: date = LONG_AGO,
    chain: str | None = None,
    valid_to: date | None = None,
) -> MixRow:
    """Return a row of shares; without bounds every share is exact."""
    exact = {country: (share, share) for country, share in shares.items()}
    return MixRow(
        stage=stage,
        place=place,
        elements=frozenset(elements),
        chain=chain,
        valid_from=valid_from,
        valid_to=valid_to,
        shares=shares,
        bounds=exact if bounds is None else bounds,
        provenance=SURE,
    )


def supply(
    *,
    world: Sequence[MixRow] | None = None,
    feed: Sequence[MixRow] = (),
    destination_mixes: Sequence[MixRow] = (),
    governance: Mapping[str, float] | None = None,
    importers: Mapping[str, float] | None = None,
    largest_mine: float = 0.4,
    chains: Mapping[str, Chain] = CHAINS,
) -> SupplyReference:
    """Return supply tables; by default those of the worked example of the methodology."""
    if world is None:
        world = (
            mix_row(Stage.SEPARATION, {"A": 0.9, "B": 0.1}),
            mix_row(Stage.MAGNET, {"A": 0.8, "B": 0.2}),
        )
        feed = feed or (
            mix_row(Stage.MAGNET, {"A": 1.0}, place="A"),
            mix_row(Stage.MAGNET, {"A": 0.7, "B": 0.3}, place="B"),
        )
    values = governance if governance is not None else {"A": 0.5, "B": 0.3}
    return SupplyReference(
        chains=chains,
        world=tuple(world),
        feed=tuple(feed),
        destination_mixes=tuple(destination_mixes),
        sourcing_stage={
            "oxide": Stage.SEPARATION,
            "ore_oxide": Stage.SEPARATION,
            "magnet": Stage.MAGNET,
        },
        import_reliance=(),
        governance={
            country: GovernanceRisk(country=country, value=value, dimensions=6)
            for country, value in values.items()
        },
        governance_provenance=SURE,
        governance_missing=Triple(0.3, 0.6, 1.0),
        largest_mines={
            element: LargestMine(
                element=element,
                mine="Example Mine",
                value=Triple.exactly(largest_mine),
                vintages=((LONG_AGO, largest_mine),),
                provenance=SURE,
            )
            for element in RARE_EARTHS
        },
        importers=importers if importers is not None else {"C": 1.0},
        importers_valid_from=LONG_AGO,
        importers_provenance=SURE,
        prices={},
    )


def event(
    on: date,
    status: TimelineStatus,
    *,
    basis: EventBasis = EventBasis.ENACTED,
    known_from: date | None = None,
    known_to: date | None = None,
    best: TimelineStatus | None = None,
    worst: TimelineStatus | None = None,
) -> TimelineEvent:
    """Return one event; known on its own day unless said otherwise."""
    return TimelineEvent(
        on_date=on,
        status=status,
        basis=basis,
        known_from=known_from or on,
        known_to=known_to,
        source="gk",
        best_estimate=best,
        worst_case=worst,
    )


def in_force_for(days: int, *, as_of: date = TODAY) -> tuple[TimelineEvent, ...]:
    """Return the timeline of a measure that has been in force for some days."""
    return (event(as_of - timedelta(days=days), TimelineStatus.IN_FORCE),)


def measure(
    measure_id: str = "A-1",
    *,
    exporter: str = "A",
    timeline: tuple[TimelineEvent, ...] | None = None,
    type: MeasureType = MeasureType.LICENCE_REQUIREMENT,  # noqa: A002  # the field's own name
    control_basis: ControlBasis = ControlBasis.DUAL_USE,
    legal_force: LegalForce = LegalForce.BINDING,
    elements: Iterable[str] = RARE_EARTHS,
    stages: Iterable[RegisterStage] = tuple(RegisterStage),
    destinations: DestinationScope | None = None,
    elements_mode: ElementsMode = ElementsMode.EXPLICIT,
    extraterritorial: Iterable[Extraterritorial] = (),
    rules: tuple[Rule, ...] | None = None,
    announced: date | None = None,
    announcement: str | None = None,
) -> ControlMeasure:
    """Return an invented measure: a licence duty on everything, in force for 400 days."""
    used = timeline or in_force_for(400)
    forms = frozenset(stages)
    items: tuple[ControlledItems, ...] = ()
    if elements_mode in (ElementsMode.EXPLICIT, ElementsMode.ALL):
        items = (ControlledItems(elements=frozenset(elements), stages=forms),)
    return ControlMeasure(
        id=measure_id,
        title=f"Measure {measure_id}",
        exporter=exporter,
        issuing_authority="Ministry",
        official_number=None,
        announcement=announcement or measure_id,
        type=type,
        control_basis=control_basis,
        legal_force=legal_force,
        announced=announced or used[0].known_from,
        effective_from=used[0].on_date,
        timeline=used,
        scope=Scope(
            elements_mode=elements_mode,
            items=items,
            stages=forms,
            destinations=destinations or DestinationScope(mode=DestinationMode.ALL),
            extraterritorial=frozenset(extraterritorial),
        ),
        rules=rules
        if rules is not None
        else (Rule(when="every export", outcome=Outcome.LICENCE, applies=RuleApplies()),),
        entity_list=None,
        suspends=(),
        notes="",
        confidence=Confidence.HIGH,
        last_verified_on="2026-01-01",
        sources=("gk",),
    )


def register(
    *measures: ControlMeasure, observations: Sequence[Observation] = ()
) -> ControlRegister:
    """Return a register of some measures."""
    return ControlRegister(
        measures={one.id: one for one in measures},
        observations=tuple(observations),
        practice=(),
        scheduled_events=(),
        remarks=(),
        knowledge_cutoff=TODAY,
        warn_after_days=30,
    )


def sector(
    sector_id: str = "machines",
    *,
    levels: Mapping[str, int] | None = None,
    military_prior: float = 0.03,
) -> Sector:
    """Return an invented sector that depends on some elements."""
    used = levels if levels is not None else {"Dy": 3, "Nd": 2}
    return Sector(
        id=sector_id,
        names={"en": sector_id},
        description="",
        kind="final",
        codes={},
        aliases=(),
        groups=(),
        scrutiny="",
        dependence={
            element: Dependence(element=element, level=level, use="")
            for element, level in used.items()
        },
        archetype_end_use="unknown",
        archetype=(
            ArchetypeLine(form="magnet", elements=tuple(used), product="NdFeB", material=None),
        ),
        military_prior=military_prior,
        end_use_shares={},
        provenance=SURE,
    )


def reference(
    *measures: ControlMeasure,
    supply_side: SupplyReference | None = None,
    observations: Sequence[Observation] = (),
    methodology: Methodology | None = None,
    sectors: Sequence[Sector] = (),
) -> ReferenceData:
    """Return reference data around some measures."""
    return ReferenceData(
        version="test",
        sources={GAZETTE.key: GAZETTE},
        elements={
            symbol: Element(
                symbol=symbol,
                atomic_number=number,
                names={"en": symbol},
                oxide=f"{symbol}2O3",
                oxide_factor=0.85,
                group="light",
                feed_group="light",
                sources=("gk",),
            )
            for number, symbol in enumerate(RARE_EARTHS, start=21)
        },
        supply=supply_side or supply(),
        register=register(*measures, observations=observations),
        sectors={one.id: one for one in sectors},
        methodology=methodology or shipped_methodology(),
        # The core looks at neither; a test that needs them builds its own.
        identification=cast(IdentificationReference, None),
        mitigation=cast(MitigationReference, None),
    )


def context(
    *,
    destination: str = "C",
    end_use: EndUse = EndUse.CIVIL,
    as_of: date = TODAY,
    known_on: date | None = None,
    horizon_days: int = 180,
    end_user: str | None = None,
) -> AssessmentContext:
    """Return a question; by default civil goods to country C."""
    return AssessmentContext(
        destination=destination,
        as_of=as_of,
        known_on=known_on or as_of,
        end_use=end_use,
        end_user=end_user,
        horizon_days=horizon_days,
    )


def with_parameters(methodology: Methodology, **changes: object) -> Methodology:
    """Return the method with some parameters replaced."""
    return replace(methodology, parameters=replace(methodology.parameters, **changes))  # type: ignore[arg-type]  # names are checked by replace itself
