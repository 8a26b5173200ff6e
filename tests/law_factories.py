"""An invented register of country A, and questions about dysprosium oxide for country C."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from app.domain.context import EndUse
from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    EntityList,
    EventBasis,
    Extraterritorial,
    ListedEntity,
    MeasureType,
    Outcome,
    PracticeRecord,
    RegisterStage,
    Rule,
    RuleApplies,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.observations import Observation, ObservationBasis
from app.domain.provenance import Confidence
from app.domain.results import ControlView
from app.domain.triple import Triple
from app.scoring.control_status import ControlQuestion, control_view
from tests import factories as make
from tests.factories import SURE, TODAY, event

ANNOUNCED = TimelineStatus.ANNOUNCED
IN_FORCE = TimelineStatus.IN_FORCE
SUSPENDED = TimelineStatus.SUSPENDED
UNCONFIRMED = TimelineStatus.UNCONFIRMED
ENDED = TimelineStatus.ENDED
OXIDE, MAGNET, METAL = RegisterStage.OXIDE, RegisterStage.MAGNET, RegisterStage.METAL


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def rule(
    outcome: Outcome,
    *,
    uses: Iterable[str] = ("any",),
    users: Iterable[str] = ("any",),
    stages: Iterable[RegisterStage] = (),
    devices: bool = False,
) -> Rule:
    applies = RuleApplies(
        end_uses=frozenset(uses),
        end_users=frozenset(users),
        stages=frozenset(stages),
        devices=devices,
    )
    return Rule(when=f"when {outcome}", outcome=outcome, applies=applies)


def running(status: TimelineStatus = IN_FORCE, offset: int = -100) -> tuple[TimelineEvent, ...]:
    """Return a timeline that has had one status for some days."""
    return (event(day(offset), status),)


def in_doubt() -> tuple[TimelineEvent, ...]:
    return (
        event(day(-300), SUSPENDED),
        event(
            day(-10), UNCONFIRMED, basis=EventBasis.STATED, known_from=day(-40),
            best=SUSPENDED, worst=IN_FORCE,
        ),
    )  # fmt: skip


def licence(
    measure_id: str = "A-DUAL",
    *,
    elements: Iterable[str] = ("Dy",),
    stages: Iterable[RegisterStage] = (OXIDE, MAGNET),
    timeline: tuple[TimelineEvent, ...] | None = None,
) -> ControlMeasure:
    """Return a dual-use licence duty on some elements."""
    return make.measure(
        measure_id, elements=elements, stages=stages, timeline=timeline or running()
    )


def ordinary() -> ControlMeasure:
    return make.measure(
        "A-ORDINARY", control_basis=ControlBasis.ORDINARY_TRADE, stages=(OXIDE,),
        timeline=running(offset=-2000),
    )  # fmt: skip


def ban(
    measure_id: str = "A-BAN",
    *,
    rules: tuple[Rule, ...] = (
        rule(Outcome.PROHIBITED, uses=("military",)),
        rule(Outcome.PROHIBITED, uses=("military_strength",)),
        rule(Outcome.LICENCE),
    ),
    timeline: tuple[TimelineEvent, ...] | None = None,
    abroad: Iterable[Extraterritorial] = (Extraterritorial.RETRANSFER_LIABILITY,),
) -> ControlMeasure:
    """Return a ban that follows the dual-use list, to country C only."""
    return make.measure(
        measure_id, type=MeasureType.PROHIBITION, rules=rules, timeline=timeline or running(),
        elements_mode=ElementsMode.ANY_DUAL_USE_LISTED, extraterritorial=abroad,
        destinations=DestinationScope(mode=DestinationMode.ONLY, countries=frozenset("C")),
    )  # fmt: skip


def entity_list(
    measure_id: str,
    *names: str,
    watch: bool = False,
    timeline: tuple[TimelineEvent, ...] | None = None,
) -> ControlMeasure:
    outcome = Outcome.ENHANCED_LICENCE if watch else Outcome.PROHIBITED
    users = ("watch_listed",) if watch else ("listed",)
    base = ban(measure_id, rules=(rule(outcome, users=users),), timeline=timeline)
    kind = MeasureType.ENTITY_ENHANCED_LICENCE if watch else MeasureType.ENTITY_PROHIBITION
    entities = tuple(ListedEntity(names=(name,)) for name in names)
    complete = EntityList(entities=entities, entity_count=len(names), names_complete=True)
    return replace(base, type=kind, entity_list=complete)


def reexport(timeline: tuple[TimelineEvent, ...]) -> ControlMeasure:
    return make.measure(
        "A-REEXPORT", elements=("Dy",), timeline=timeline,
        extraterritorial=(Extraterritorial.CHINESE_ORIGIN_REEXPORT,),
        rules=(rule(Outcome.LICENCE), rule(Outcome.PRESUMPTION_OF_DENIAL, uses=("military",)),
               rule(Outcome.PROHIBITED, users=("listed", "watch_listed"))),
    )  # fmt: skip


def observation(
    basis: ObservationBasis,
    *,
    measure: str = "A-DUAL",
    effect: str | None = "slows",
    destinations: Iterable[str] = (),
) -> Observation:
    approvals = basis is ObservationBasis.APPROVALS
    return Observation(
        id=f"OB-{basis}-{effect}",
        measure=measure,
        exporter="A",
        basis=basis,
        known_from=day(-20),
        observed_to=day(-20),
        valid_days=100,
        elements=frozenset(),
        forms=frozenset(),
        destinations=frozenset(destinations),
        end_use="civil",
        arithmetic="",
        provenance=SURE,
        refusal=Triple(0.2, 0.3, 0.4) if approvals else None,
        delays=(10.0, 20.0, 30.0) if approvals else None,
        flow_ratio=Triple.exactly(0.5) if basis is ObservationBasis.FLOW_RATIO else None,
        kind="stalled" if basis is ObservationBasis.PRACTICE else None,
        effect=effect,
    )


def report(
    record_id: str = "LP-1",
    *,
    destinations: tuple[str, ...] = ("C",),
    elements: tuple[str, ...] = ("*",),
    starts: str = "2025-12",
    ends: str | None = None,
    known_from: str = "2026-01",
    effect: str = "slows",
    end_users: str = "any",
) -> PracticeRecord:
    return PracticeRecord(
        id=record_id,
        destinations=destinations,
        elements=elements,
        starts=starts,
        ends=ends,
        known_from=known_from,
        effect=effect,
        what="",
        low=None,
        high=None,
        unit=None,
        note="",
        confidence=Confidence.HIGH,
        sources=("gk",),
        end_users=end_users,
    )


def ask(
    *measures: ControlMeasure,
    element: str = "Dy",
    holds: Iterable[str] = (),
    may_hold: Iterable[str] = (),
    form: str = "oxide",
    destination: str = "C",
    end_use: EndUse = EndUse.CIVIL,
    end_user: str | None = None,
    exporter: str = "A",
    observations: tuple[Observation, ...] = (),
    practice: tuple[PracticeRecord, ...] = (),
    as_of: date = TODAY,
) -> ControlView:
    register = replace(make.register(*measures, observations=observations), practice=practice)
    return control_view(
        register,
        make.shipped_methodology(),
        question=ControlQuestion(
            element=element,
            elements=frozenset(holds),
            form=form,
            destination=destination,
            end_use=end_use,
            as_of=as_of,
            known_on=as_of,
            end_user=end_user,
            exporter=exporter,
            possible=frozenset(may_hold),
        ),
    )


MILITARY, UNKNOWN = EndUse.MILITARY, EndUse.UNKNOWN
