"""Strategies for measures in every state and of every kind, and for what was observed of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from app.domain.controls import (
    ControlBasis,
    ControlledItems,
    ControlMeasure,
    DeMinimis,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    EntityList,
    EventBasis,
    Extraterritorial,
    ItemCondition,
    LegalForce,
    ListedEntity,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.observations import Observation, ObservationBasis
from app.domain.triple import Triple
from tests import factories as make
from tests.factories import TODAY, event

ELEMENTS = ("Dy", "Nd", "Tb")
#: Makers: Germany and France share a bloc; China is the one that the properties name.
COUNTRIES = ("CN", "JP", "DE", "FR")
#: Countries that make nothing and only pass goods on.
TRADERS = ("KR", "MY")
LISTED_FIRM = "Listed Works Ltd"
TEN_PER_CENT = Decimal("0.1")

Timeline = tuple[TimelineEvent, ...]

T_co = TypeVar("T_co", covariant=True)
Chosen = TypeVar("Chosen")
Option = TypeVar("Option")


class Choose(Protocol):
    """Chooses one of some options, by hypothesis or by a seed."""

    def __call__(self, options: Sequence[Option], /) -> Option: ...


Make = Callable[[Choose], T_co]
_sampled: dict[int, st.SearchStrategy[object]] = {}


def chosen(make_one: Make[Chosen]) -> st.SearchStrategy[Chosen]:
    """Return a strategy for what a function makes of its choices.

    Half of the examples are chosen one by one, so that hypothesis can shrink them. The others
    grow from one seed: choices by hypothesis repeat themselves, so that sixty examples would see
    a dozen different worlds.
    """

    @st.composite
    def one_by_one(draw: st.DrawFn) -> Chosen:
        def choose(options: Sequence[Option], /) -> Option:
            # Options are constants: a strategy is built once for each of them.
            known = _sampled.setdefault(id(options), st.sampled_from(options))
            return draw(known)  # type: ignore[return-value]  # the strategy samples these options

        return make_one(choose)

    seeded = st.integers(0, 2**32 - 1).map(lambda seed: make_one(Random(seed).choice))
    return one_by_one() | seeded


IN_FORCE = TimelineStatus.IN_FORCE
SUSPENDED = TimelineStatus.SUSPENDED
UNCONFIRMED = TimelineStatus.UNCONFIRMED
ENDED = TimelineStatus.ENDED
ANNOUNCED = TimelineStatus.ANNOUNCED


def day(offset: int) -> date:
    """Return the day so many days after the day of the question."""
    return TODAY + timedelta(days=offset)


def scheduled(offset: int, status: TimelineStatus, known: int) -> TimelineEvent:
    """Return an event that has been known since a day."""
    return event(day(offset), status, basis=EventBasis.SCHEDULED, known_from=day(known))


def in_force(age: int) -> Timeline:
    return (event(day(-age), IN_FORCE),)


def announced(start: int) -> Timeline:
    return (event(day(-20), ANNOUNCED), scheduled(start, IN_FORCE, -20))


def suspended(until: int | None) -> Timeline:
    past = (event(day(-300), IN_FORCE), event(day(-100), SUSPENDED))
    return past if until is None else (*past, scheduled(until, IN_FORCE, -100))


def ending(end: int) -> Timeline:
    return (event(day(-90), IN_FORCE), scheduled(end, ENDED, -90))


def closing(suspended_from: int, until: int) -> Timeline:
    """Return the timeline of a measure whose suspension is known but has not begun."""
    return (
        event(day(-300), IN_FORCE),
        scheduled(suspended_from, SUSPENDED, -5),
        scheduled(until, IN_FORCE, -5),
    )


def unconfirmed(offset: int) -> Timeline:
    """Return the timeline of a suspension that runs out with a word, but no text, against it."""
    last = scheduled(offset, UNCONFIRMED, -100)
    doubt = replace(last, best_estimate=SUSPENDED, worst_case=IN_FORCE)
    return (*suspended(None), doubt, scheduled(offset + 61, IN_FORCE, -100))


def revived(age: int) -> Timeline:
    return (*suspended(None), scheduled(-age, IN_FORCE, -100))


#: A timeline in each state of the methodology's table; half of them bind today.
TIMELINES: tuple[Timeline, ...] = (
    *map(in_force, (10, 90, 150, 500, 900, 400, 30, 60, 100, 120, 200, 300)),
    announced(10),
    announced(100),
    suspended(30),
    suspended(120),
    suspended(None),
    ending(60),
    closing(10, 100),
    unconfirmed(-10),
    unconfirmed(40),
    revived(10),
    (event(day(-300), IN_FORCE), event(day(-30), ENDED)),
    (event(day(-40), ANNOUNCED),),
    in_force(250),
)


def rule(outcome: Outcome, *end_uses: str, users: tuple[str, ...] = ("any",)) -> Rule:
    """Return a rule on goods for some end uses and end users."""
    applies = RuleApplies(end_uses=frozenset(end_uses or ("any",)), end_users=frozenset(users))
    return Rule(when="whenever it applies", outcome=outcome, applies=applies)


LICENCE = (rule(Outcome.LICENCE),)
BAN = (rule(Outcome.PROHIBITED),)
MILITARY_BAN = (rule(Outcome.PROHIBITED, "military"), rule(Outcome.LICENCE))
STRENGTH_BAN = (
    rule(Outcome.PROHIBITED, "military"),
    rule(Outcome.PROHIBITED, "military_strength"),
    rule(Outcome.CASE_BY_CASE, "advanced_semiconductor"),
    rule(Outcome.LICENCE),
)
LISTED_BAN = (rule(Outcome.PROHIBITED, users=("listed", "listed_50pct_owned")),)

DUAL = ControlBasis.DUAL_USE
T = MeasureType

#: (type, basis, rules): every type that the kind table knows with its usual rules.
SORTS: tuple[tuple[MeasureType, ControlBasis, tuple[Rule, ...]], ...] = (
    *[(T.LICENCE_REQUIREMENT, DUAL, LICENCE)] * 4,
    *[(T.LICENCE_REQUIREMENT, DUAL, STRENGTH_BAN)] * 2,
    (T.LICENCE_REQUIREMENT, ControlBasis.ORDINARY_TRADE, LICENCE),
    (T.LICENCE_REQUIREMENT, ControlBasis.FOREIGN, LICENCE),
    *[(T.PROHIBITION, DUAL, BAN)] * 2,
    (T.PROHIBITION, DUAL, MILITARY_BAN),
    (T.CASE_BY_CASE, DUAL, LICENCE),
    (T.PRESUMPTION_OF_DENIAL, DUAL, (rule(Outcome.PRESUMPTION_OF_DENIAL),)),
    (T.DUTY, ControlBasis.ORDINARY_TRADE, LICENCE),
    (T.QUOTA, ControlBasis.ORDINARY_TRADE, LICENCE),
    (T.TECHNOLOGY_BAN, ControlBasis.TECHNOLOGY_CATALOGUE, BAN),
    (T.DE_FACTO_EMBARGO, ControlBasis.CUSTOMS_PRACTICE, LICENCE),
    (T.SUPPLY_DISRUPTION, ControlBasis.FOREIGN, LICENCE),
    (T.ENTITY_PROHIBITION, ControlBasis.ENTITY_LIST, LISTED_BAN),
    (T.LICENCE_REQUIREMENT, DUAL, LICENCE),
)

#: Ways of reaching goods: at home only, abroad only, or liability on top.
REACHES: tuple[frozenset[Extraterritorial], ...] = (
    *[frozenset[Extraterritorial]()] * 6,
    frozenset({Extraterritorial.CHINESE_ORIGIN_REEXPORT}),
    frozenset({Extraterritorial.FOREIGN_MADE_DE_MINIMIS}),
    frozenset({Extraterritorial.RETRANSFER_LIABILITY}),
    frozenset[Extraterritorial](),
)

STAGE_SETS: tuple[frozenset[RegisterStage], ...] = (
    *[frozenset(RegisterStage)] * 8,
    frozenset({RegisterStage.OXIDE}),
    frozenset({RegisterStage.ORE, RegisterStage.CONCENTRATE}),
    frozenset({RegisterStage.METAL, RegisterStage.ALLOY}),
    frozenset({RegisterStage.MAGNET}),
    frozenset({RegisterStage.OXIDE, RegisterStage.MAGNET}),
    frozenset(RegisterStage),
)

DESTINATION_SCOPES: tuple[DestinationScope, ...] = (
    *[DestinationScope(mode=DestinationMode.ALL)] * 8,
    DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"JP"})),
    DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"DE", "FR", "KR"})),
    DestinationScope(mode=DestinationMode.ALL_EXCEPT, countries=frozenset({"MY", "DE", "FR"})),
    DestinationScope(mode=DestinationMode.ALL),
)

FORCES = (*LegalForce, *[LegalForce.BINDING] * 5)

FIRMS = EntityList(
    entities=(ListedEntity(names=(LISTED_FIRM,)),), entity_count=1, names_complete=True
)

_EXPORTERS = ("CN", "CN", "JP", "EU", "CN", "CN", "CN")
_ELEMENT_SETS = (
    *[frozenset(ELEMENTS)] * 5,
    frozenset({"Dy"}),
    frozenset({"Dy", "Tb"}),
    frozenset({"Nd"}),
)
_SELDOM = (False, False, False, True)


def measure_of(choose: Choose, measure_id: str) -> ControlMeasure:
    """Choose a measure of any kind, state, scope and reach."""
    kind, basis, rules = choose(SORTS)
    listed = kind is MeasureType.ENTITY_PROHIBITION
    by_list = listed or rules is MILITARY_BAN
    reach = choose(REACHES)
    found = make.measure(
        measure_id,
        exporter=choose(_EXPORTERS),
        timeline=choose(TIMELINES),
        type=kind,
        control_basis=basis,
        legal_force=choose(FORCES),
        elements=choose(_ELEMENT_SETS),
        stages=choose(STAGE_SETS),
        destinations=choose(DESTINATION_SCOPES),
        elements_mode=ElementsMode.ANY_DUAL_USE_LISTED if by_list else ElementsMode.EXPLICIT,
        extraterritorial=reach,
        rules=rules,
    )
    if listed:
        found = replace(found, entity_list=FIRMS)
    scope = found.scope
    if Extraterritorial.FOREIGN_MADE_DE_MINIMIS in reach:
        limit = DeMinimis(basis="value", threshold=TEN_PER_CENT)
        scope = replace(scope, de_minimis=limit)
    conditional = choose(_SELDOM)
    if scope.items and conditional:
        scope = replace(scope, items=(*scope.items, _conditional_item(scope.stages)))
    return replace(found, scope=scope)


def _conditional_item(stages: frozenset[RegisterStage]) -> ControlledItems:
    """Return goods that are controlled only with a property that no line states."""
    fine = ItemCondition(property="particle_size_um", below=TEN_PER_CENT)
    return ControlledItems(elements=frozenset({"Nd"}), stages=stages, condition=fine)


_COUNTS = (1, 0, 3, 2, 2)
#: Rules of a first measure that binds on everything that leaves China; None leaves it out.
_ANCHORS: tuple[tuple[Rule, ...] | None, ...] = (None, LICENCE, BAN, STRENGTH_BAN, LICENCE)
_AGES_OF_ANCHOR = tuple(map(in_force, (10, 90, 400)))


def measure_set_of(choose: Choose) -> tuple[ControlMeasure, ...]:
    """Choose none to three measures, ids M-0, M-1, M-2."""
    found = [measure_of(choose, f"M-{place}") for place in range(choose(_COUNTS))]
    rules = choose(_ANCHORS)
    if found and rules is not None:
        found[0] = make.measure(
            "M-0",
            exporter="CN",
            elements=ELEMENTS,
            timeline=choose(_AGES_OF_ANCHOR),
            rules=rules,
        )
    return tuple(found)


measure_sets = chosen(measure_set_of)

#: One measure that no set of measures holds.
measures = chosen(lambda choose: measure_of(choose, "M-9"))

_BASES = tuple(ObservationBasis)
_AGES = (3, 100, 400, 500, 600)
_OBSERVED = ("M-0", "M-0", "M-1")
_LAGS = (0, 30)
_ANY: frozenset[str] = frozenset()
_OF_ELEMENTS = (_ANY, frozenset({"Dy"}), frozenset({"Tb"}))
_OF_FORMS = (_ANY, frozenset({"magnet"}), frozenset({"oxide"}))
_OF_DESTINATIONS = (_ANY, frozenset({"JP"}))
_END_USES = ("civil", "civil", "civil", "military")
_MONTHS = (1, 6, 12)
_FLOWS = (Triple(0.0, 0.0, 0.3), Triple(0.0, 0.5, 1.2), Triple(0.8, 1.0, 1.1))
_KINDS = ("stalled", "general_licence", "individual_licence")
_REFUSALS = (None, Triple(0.0, 0.1, 0.6), Triple(0.2, 0.5, 0.9))
_DELAYS = ((10.0, 40.0, 120.0), None)


def observation_of(choose: Choose, place: int) -> Observation:
    """Choose an observation of measure M-0 or M-1: fresh, fading or forgotten."""
    basis = choose(_BASES)
    known = day(-choose(_AGES))
    found = Observation(
        id=f"O-{place}",
        measure=choose(_OBSERVED),
        exporter="CN",
        basis=basis,
        known_from=known,
        observed_to=known - timedelta(days=choose(_LAGS)),
        valid_days=365,
        elements=choose(_OF_ELEMENTS),
        forms=choose(_OF_FORMS),
        destinations=choose(_OF_DESTINATIONS),
        end_use=choose(_END_USES),
        arithmetic="counted",
        provenance=make.SURE,
        months=choose(_MONTHS),
    )
    if basis is ObservationBasis.FLOW_RATIO:
        return replace(found, flow_ratio=choose(_FLOWS))
    if basis is ObservationBasis.PRACTICE:
        return replace(found, kind=choose(_KINDS))
    return replace(found, refusal=choose(_REFUSALS), delays=choose(_DELAYS))


_FEW = (0, 1, 0, 2)


def observation_set_of(choose: Choose) -> tuple[Observation, ...]:
    """Choose none to two observations, ids O-0 and O-1."""
    return tuple(observation_of(choose, place) for place in range(choose(_FEW)))


#: One observation that no set of observations holds.
observations = chosen(lambda choose: observation_of(choose, 9))
