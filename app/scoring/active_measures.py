"""The register on one day: which measures can bind, and how likely."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    ControlRegister,
    ElementsMode,
    Extraterritorial,
    MeasureType,
    Outcome,
    RegisterStage,
    TimelineStatus,
)
from app.domain.methodology import Evidence, Kind, KindRule, Methodology
from app.domain.observations import Observation
from app.domain.places import EU, EU_MEMBERS
from app.domain.triple import Side
from app.scoring.timeline import evidence_of, legal_states, status_on

#: Ways of reaching goods abroad that leave exports from the issuer itself alone.
ABROAD_ONLY: frozenset[Extraterritorial] = frozenset(
    {
        Extraterritorial.CHINESE_ORIGIN_REEXPORT,
        Extraterritorial.FOREIGN_MADE_DE_MINIMIS,
        Extraterritorial.FOREIGN_MADE_TECHNOLOGY,
    }
)

#: Instruments that carry no severity of their own, whatever their rules say of others'.
WITHOUT_SEVERITY: frozenset[MeasureType] = frozenset(
    {
        MeasureType.FRAMEWORK,
        MeasureType.SUSPENSION_INSTRUMENT,
        MeasureType.FACILITATION,
        MeasureType.TECHNOLOGY_BAN,
        MeasureType.PROCUREMENT_RESTRICTION,
    }
)

_NO_GOODS = frozenset({RegisterStage.TECHNOLOGY, RegisterStage.EQUIPMENT, RegisterStage.REAGENT})


@dataclass(frozen=True, slots=True)
class ActiveState:
    """One way in which a measure may bind.

    Attributes:
        probability: That it binds, credence included [1].
        start_days: Days until it starts (a).
        age_days: Days for which it has been in force (A).
        end_days: Days until it ends (E); infinite when open.
        uncertain: True where nobody knows which status holds.
    """

    probability: float
    start_days: float
    age_days: float
    end_days: float
    uncertain: bool


@dataclass(frozen=True, slots=True)
class ActiveMeasure:
    """A measure with the states that it may have on the day."""

    measure: ControlMeasure
    states: tuple[ActiveState, ...]
    evidence: Evidence
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Restriction:
    announcement: str
    measure: ControlMeasure
    weight: float


@dataclass(slots=True)
class RegisterSnapshot:
    """The register at one end of the interval, for one day, knowledge and horizon.

    Attributes:
        by_exporter: Measures that govern exports of a country (or "EU") and can bind.
        abroad: Measures that reach goods outside their issuer's territory.
        listings: Dual-use licence measures by exporter, which end-use bans build on.
        embargoes: Exporters with a ban of all trade in something, "EU" included.
        embargoed_abroad: True where such a ban reaches goods outside its issuer's territory.
    """

    methodology: Methodology
    as_of: date
    known_on: date
    side: Side
    by_exporter: dict[str, list[ActiveMeasure]] = field(default_factory=dict)
    abroad: list[ActiveMeasure] = field(default_factory=list)
    listings: dict[str, list[ActiveMeasure]] = field(default_factory=dict)
    embargoes: set[str] = field(default_factory=set)
    embargoed_abroad: bool = False
    _restrictions: dict[str, list[_Restriction]] = field(default_factory=dict)
    _counts: dict[tuple[str, str], float] = field(default_factory=dict)
    _classes: dict[str, frozenset[str]] = field(default_factory=dict)

    def measures_of(self, country: str) -> list[ActiveMeasure]:
        """Return the measures that govern exports of a country, bloc-wide ones included."""
        own = self.by_exporter.get(country, [])
        if country in EU_MEMBERS:
            return own + self.by_exporter.get(EU, [])
        return own

    def classes_asked(self, importer: str) -> frozenset[str]:
        """Return the end-use and end-user classes that rules on goods for a country ask for.

        Uses that differ in other classes only are alike there.
        """
        known = self._classes.get(importer)
        if known is None:
            filed = [active for rows in self.by_exporter.values() for active in rows]
            known = frozenset(
                wanted
                for active in (*filed, *self.abroad)
                if active.measure.scope.destinations.includes(importer)
                for rule in active.measure.rules
                if rule.applies is not None
                for wanted in (*rule.applies.end_uses, *rule.applies.end_users)
            )
            self._classes[importer] = known
        return known

    def has_embargo(self, country: str) -> bool:
        """Return whether a ban of all trade may hit goods that leave a country."""
        return (
            self.embargoed_abroad
            or country in self.embargoes
            or (country in EU_MEMBERS and EU in self.embargoes)
        )

    def restriction_count(self, country: str, element: str) -> float:
        """Return how many recent restrictions of a country concern an element (N).

        One per announcement, times credence, half while suspended. Entity lists, end-use bans
        and measures that only follow the dual-use list do not count; technology bans count
        for every element.

        References:
            docs/methodology.md, "Structural risk".
        """
        key = (country, element)
        if key not in self._counts:
            self._counts[key] = self._restriction_count(country, element)
        return self._counts[key]

    def _restriction_count(self, country: str, element: str) -> float:
        best: dict[str, float] = {}
        places = (country, EU) if country in EU_MEMBERS else (country,)
        for place in places:
            for restriction in self._restrictions.get(place, ()):
                if concerns(restriction.measure, element):
                    key = restriction.announcement
                    best[key] = max(best.get(key, 0.0), restriction.weight)
        return sum(best[key] for key in sorted(best))

    def add(
        self, measure: ControlMeasure, horizon_days: int, observations: tuple[Observation, ...]
    ) -> None:
        """Resolve a measure on the day and file it where crossings will look for it."""
        parameters = self.methodology.parameters
        evidence = evidence_of(measure, self.known_on)
        credence = parameters.credence[evidence].at(self.side)
        states = tuple(
            ActiveState(
                probability=item.probability * credence,
                start_days=item.start_offset_days,
                age_days=item.age_days,
                end_days=item.ends_in_days,
                uncertain=bool(item.flags),
            )
            for item in legal_states(
                measure,
                as_of=self.as_of,
                known_on=self.known_on,
                horizon_days=horizon_days,
                methodology=self.methodology,
            ).at(self.side)
        )
        if not states:
            return
        active = ActiveMeasure(measure, states, evidence, observations)
        self._file(active)
        self._count(active, credence)

    def _file(self, active: ActiveMeasure) -> None:
        measure = active.measure
        if not can_bind(measure, self.methodology):
            return
        if bans_all_trade(measure):
            self.embargoes.add(measure.exporter)
            self.embargoed_abroad |= bool(measure.scope.extraterritorial)
        abroad_only = bool(measure.scope.extraterritorial & ABROAD_ONLY)
        if measure.scope.extraterritorial:
            self.abroad.append(active)
        if abroad_only:
            return
        self.by_exporter.setdefault(measure.exporter, []).append(active)
        if (
            measure.type is MeasureType.LICENCE_REQUIREMENT
            and measure.control_basis is ControlBasis.DUAL_USE
            and measure.scope.items
        ):
            self.listings.setdefault(measure.exporter, []).append(active)

    def _count(self, active: ActiveMeasure, credence: float) -> None:
        measure = active.measure
        rule = kind_rule_of(measure, self.methodology)
        announced = measure.announced or min(event.known_from for event in measure.timeline)
        age = (self.as_of - announced).days
        if not rule.counts_as_restriction or measure.scope.elements_mode not in (
            ElementsMode.EXPLICIT,
            ElementsMode.ALL,
        ):
            return
        if (
            announced > self.known_on
            or not 0 <= age <= self.methodology.timing.restriction_window_days
        ):
            return
        weight = credence * (0.5 if self._suspended(measure) else 1.0)
        self._restrictions.setdefault(measure.exporter, []).append(
            _Restriction(measure.announcement, measure, weight)
        )

    def _suspended(self, measure: ControlMeasure) -> bool:
        resolved = status_on(measure, self.as_of, self.known_on)
        if resolved.status is TimelineStatus.UNCONFIRMED:
            # The unfavourable end takes the worst case, the others the best estimate.
            chosen = resolved.worst_case if self.side is Side.HIGH else resolved.best_estimate
            return chosen is TimelineStatus.SUSPENDED
        return resolved.status is TimelineStatus.SUSPENDED


def can_bind(measure: ControlMeasure, methodology: Methodology) -> bool:
    """Return whether some rule of a measure can hit goods at all."""
    if measure.type in WITHOUT_SEVERITY:
        return False
    by_type = kind_rule_of(measure, methodology).kind
    return any(
        rule.applies is not None
        and not rule.applies.devices
        and (methodology.outcome_kinds[rule.outcome] or by_type) is not Kind.NONE
        for rule in measure.rules
    )


def bans_all_trade(measure: ControlMeasure) -> bool:
    """Return whether a measure prohibits something to everybody for every use.

    Bans of some end uses or users only are no embargo: trade figures are nearly all civil and
    say nothing of what such a ban still lets through.
    """
    return any(
        rule.outcome is Outcome.PROHIBITED
        and rule.applies is not None
        and "any" in rule.applies.end_uses
        and "any" in rule.applies.end_users
        for rule in measure.rules
    )


def concerns(measure: ControlMeasure, element: str) -> bool:
    """Return whether a measure touches an element in some traded form, or its technology."""
    if measure.scope.stages and measure.scope.stages <= _NO_GOODS:
        return True
    return any(element in item.elements for item in measure.scope.items)


def kind_rule_of(measure: ControlMeasure, methodology: Methodology) -> KindRule:
    """Return the row of the kind table for a measure; the loader guarantees that there is one."""
    return next(
        rule
        for rule in methodology.kind_rules
        if rule.type is measure.type and rule.control_basis in (None, measure.control_basis)
    )


def register_snapshot(
    register: ControlRegister,
    *,
    methodology: Methodology,
    as_of: date,
    known_on: date,
    horizon_days: int,
    side: Side,
) -> RegisterSnapshot:
    """Return the register as it stands on a day with the knowledge of another.

    Args:
        register: All measures.
        methodology: Probabilities, credence and windows.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
        horizon_days: T [days]; undated drafts and suspensions start half-way.
        side: End of the interval.
    """
    snapshot = RegisterSnapshot(methodology, as_of, known_on, side)
    for measure_id in sorted(register.measures):
        observations = tuple(
            observation
            for observation in register.observations
            if observation.measure == measure_id
        )
        snapshot.add(register.measures[measure_id], horizon_days, observations)
    return snapshot
