"""Legal instruments with both clocks: when a status applies, and when one could know it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.entities import DEFAULT_NAME_RULES, NameRules
from app.domain.observations import CustomsCode, Observation, TradeObservation
from app.domain.provenance import Confidence


class TimelineStatus(enum.StrEnum):
    """State of an instrument on a day."""

    NOT_PUBLISHED = "not_published"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    UNCONFIRMED = "unconfirmed"
    ENDED = "ended"


class EventBasis(enum.StrEnum):
    """What an event rests on.

    enacted: the instrument itself did it. scheduled: the instrument names this later day and
    nobody has confirmed it since. stated: the issuer said so, but no amending instrument was
    found. reported: press or observers only.
    """

    ENACTED = "enacted"
    SCHEDULED = "scheduled"
    STATED = "stated"
    REPORTED = "reported"


class MeasureType(enum.StrEnum):
    """What an instrument does."""

    LICENCE_REQUIREMENT = "licence_requirement"
    PROHIBITION = "prohibition"
    PRESUMPTION_OF_DENIAL = "presumption_of_denial"
    CASE_BY_CASE = "case_by_case"
    QUOTA = "quota"
    DUTY = "duty"
    REPORTING = "reporting"
    REGISTRATION = "registration"
    TECHNOLOGY_BAN = "technology_ban"
    ENTITY_PROHIBITION = "entity_prohibition"
    ENTITY_ENHANCED_LICENCE = "entity_enhanced_licence"
    FRAMEWORK = "framework"
    SUSPENSION_INSTRUMENT = "suspension_instrument"
    FACILITATION = "facilitation"
    DE_FACTO_EMBARGO = "de_facto_embargo"
    SUPPLY_DISRUPTION = "supply_disruption"
    PROCUREMENT_RESTRICTION = "procurement_restriction"


class ControlBasis(enum.StrEnum):
    """Which body of law an instrument belongs to."""

    DUAL_USE = "dual_use"
    ORDINARY_TRADE = "ordinary_trade"
    TECHNOLOGY_CATALOGUE = "technology_catalogue"
    INDUSTRY = "industry"
    ENTITY_LIST = "entity_list"
    CUSTOMS_PRACTICE = "customs_practice"
    FOREIGN = "foreign"


class LegalForce(enum.StrEnum):
    """How binding an instrument is."""

    BINDING = "binding"
    ANNOUNCED_ONLY = "announced_only"
    UNACKNOWLEDGED = "unacknowledged"
    NOT_APPLICABLE = "not_applicable"


class Outcome(enum.StrEnum):
    """What a rule of an instrument says for those it applies to."""

    LICENCE = "licence"
    PROHIBITED = "prohibited"
    PRESUMPTION_OF_DENIAL = "presumption_of_denial"
    CASE_BY_CASE = "case_by_case"
    ENHANCED_LICENCE = "enhanced_licence"
    EXEMPT = "exempt"
    NOT_CONTROLLED = "not_controlled"


class RegisterStage(enum.StrEnum):
    """Product form as the legal texts name it."""

    # Keys of every memory: the hash of the text is faster than that of the enumeration.
    __hash__ = str.__hash__

    ORE = "ore"
    CONCENTRATE = "concentrate"
    OXIDE = "oxide"
    COMPOUND = "compound"
    METAL = "metal"
    ALLOY = "alloy"
    TARGET = "target"
    MAGNET = "magnet"
    DERIVED_MATERIAL = "derived_material"
    EQUIPMENT = "equipment"
    REAGENT = "reagent"
    TECHNOLOGY = "technology"


class ElementsMode(enum.StrEnum):
    """How the scope names elements."""

    EXPLICIT = "explicit"
    ALL = "all"
    ANY_DUAL_USE_LISTED = "any_dual_use_listed"
    NONE = "none"


class Extraterritorial(enum.StrEnum):
    """How an instrument reaches goods outside the issuer's territory."""

    RETRANSFER_LIABILITY = "retransfer_liability"
    FOREIGN_MADE_DE_MINIMIS = "foreign_made_de_minimis"
    FOREIGN_MADE_TECHNOLOGY = "foreign_made_technology"
    CHINESE_ORIGIN_REEXPORT = "chinese_origin_reexport"


class DestinationMode(enum.StrEnum):
    """How the scope names destinations."""

    ALL = "all"
    ONLY = "only"
    ALL_EXCEPT = "all_except"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One change of status.

    Attributes:
        on_date: First day on which the status applies, in the issuer's calendar.
        known_from: First day on which the public could know.
        known_to: Day from which a later act has overtaken the event (exclusive), or None.
        best_estimate: For `unconfirmed`: the status to assume.
        worst_case: For `unconfirmed`: the most severe status that may hold instead.
        precision: day, month or year; the day is a stand-in for the latter two.
    """

    on_date: date
    status: TimelineStatus
    basis: EventBasis
    known_from: date
    known_to: date | None
    source: str
    best_estimate: TimelineStatus | None = None
    worst_case: TimelineStatus | None = None
    precision: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCondition:
    """A property that the item must have and that a BOM line seldom states."""

    property: str
    below: Decimal | None = None
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlledItems:
    """One group of controlled goods: any of `elements` in any of `stages`.

    Attributes:
        complete: False where the instrument lists more goods than could be read.
        control_codes: Numbers of the dual-use list.
        cn_codes: Customs codes named for reference; they do not bound the control.
    """

    elements: frozenset[str]
    stages: frozenset[RegisterStage]
    label: str = ""
    complete: bool = True
    condition: ItemCondition | None = None
    control_codes: tuple[str, ...] = ()
    cn_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeMinimis:
    """Content threshold for goods made abroad; compared as a decimal, equal counts as reached."""

    basis: str
    threshold: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationScope:
    """Destinations that an instrument reaches; members of a bloc are listed one by one."""

    mode: DestinationMode
    countries: frozenset[str] = frozenset()

    def includes(self, country: str) -> bool:
        """Return whether goods bound for this country are in scope."""
        if self.mode is DestinationMode.ALL:
            return True
        if self.mode is DestinationMode.ONLY:
            return country in self.countries
        return country not in self.countries


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an instrument covers.

    Attributes:
        items: The controlled goods; empty for `any_dual_use_listed` and `none`.
        stages: Product forms that the instrument speaks of.
        extraterritorial: Ways in which it reaches goods abroad.
        hs6: Customs headings named for reference; a hit on a heading alone is no control.
    """

    elements_mode: ElementsMode
    items: tuple[ControlledItems, ...]
    stages: frozenset[RegisterStage]
    destinations: DestinationScope
    extraterritorial: frozenset[Extraterritorial] = frozenset()
    de_minimis: DeMinimis | None = None
    hs6: tuple[str, ...] = ()
    cn_codes: tuple[str, ...] = ()
    control_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleApplies:
    """For whom a rule speaks; a rule applies where both fields match.

    Attributes:
        end_uses: any, military, military_strength, wmd, terrorism, advanced_semiconductor,
            ai_military_potential, humanitarian; one match is enough.
        end_users: any, listed, watch_listed, listed_50pct_owned; one match is enough.
        stages: Product forms; empty means every form of the measure.
        devices: True where the rule speaks of assemblies (motors, sensors, ...).
    """

    end_uses: frozenset[str] = frozenset({"any"})
    end_users: frozenset[str] = frozenset({"any"})
    stages: frozenset[RegisterStage] = frozenset()
    devices: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what happens when. `applies` is None for a rule about no goods or no end use."""

    when: str
    outcome: Outcome
    applies: RuleApplies | None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntity:
    """A named end user; `names` holds every spelling that was read, English first."""

    names: tuple[str, ...]
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityList:
    """The names that an entity measure lists; `names_complete` says if these are all."""

    entities: tuple[ListedEntity, ...]
    entity_count: int
    names_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlMeasure:
    """One legal instrument; `timeline` ascends by (on_date, known_from).

    Attributes:
        exporter: Country whose exports it governs, "EU" for the Union.
        announcement: Key shared by the measures of one announcement; the structural item
            counts each announcement once.
        announced: Day of publication, or None where it is not known.
        check_every_days: How often a person should look whether it still holds.
    """

    id: str
    title: str
    exporter: str
    issuing_authority: str
    official_number: str | None
    announcement: str
    type: MeasureType
    control_basis: ControlBasis
    legal_force: LegalForce
    announced: date | None
    effective_from: date | None
    timeline: tuple[TimelineEvent, ...]
    scope: Scope
    rules: tuple[Rule, ...]
    entity_list: EntityList | None
    suspends: tuple[str, ...]
    notes: str
    confidence: Confidence
    last_verified_on: str
    sources: tuple[str, ...]
    check_every_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledEvent:
    """A day in the calendar on which something about the controls is due."""

    on_date: date
    what: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRecord:
    """What buyers and authorities reported of licensing; text for people, no figure of the core.

    Attributes:
        destinations: Countries, "EU", or "*" for all.
        elements: Symbols, or "*" for all.
        starts, ends, known_from: Days, or months or years where the day is not known.
        effect: eases, normal, slows, near_halt or halt.
        end_users: any, or watch_listed where only such users are concerned.
    """

    id: str
    destinations: tuple[str, ...]
    elements: tuple[str, ...]
    starts: str
    ends: str | None
    known_from: str
    effect: str
    what: str
    low: float | None
    high: float | None
    unit: str | None
    note: str
    confidence: Confidence
    sources: tuple[str, ...]
    end_users: str = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A commitment, an open question or a rejected claim, kept so that nobody has to ask again."""

    id: str
    kind: str
    text: str
    detail: str
    on_date: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRegister:
    """All instruments and what was observed of their practice.

    Attributes:
        knowledge_cutoff: Day of the newest source.
        compiled_on: Day on which somebody last put the register together, where it is said.
        trade: Customs statistics, for people.
        customs_codes: Codes of the Chinese tariff, hints for reading a bill of materials.
        name_rules: When a name is taken for one on an entity list.
    """

    measures: Mapping[str, ControlMeasure]
    observations: tuple[Observation, ...]
    practice: tuple[PracticeRecord, ...]
    scheduled_events: tuple[ScheduledEvent, ...]
    remarks: tuple[Remark, ...]
    knowledge_cutoff: date
    warn_after_days: int
    trade: tuple[TradeObservation, ...] = ()
    customs_codes: tuple[CustomsCode, ...] = ()
    compiled_on: date | None = None
    name_rules: NameRules = DEFAULT_NAME_RULES
