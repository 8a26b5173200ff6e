"""Which measures may bind where goods cross a border, and how hard each would hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.context import EndUse
from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    Extraterritorial,
    Outcome,
    RegisterStage,
    RuleApplies,
)
from app.domain.methodology import Evidence, Kind, Methodology
from app.domain.places import bloc
from app.domain.supply import Stage
from app.domain.triple import Side
from app.scoring.active_measures import (
    ABROAD_ONLY,
    WITHOUT_SEVERITY,
    ActiveMeasure,
    ActiveState,
    RegisterSnapshot,
    bans_all_trade,
    kind_rule_of,
)
from app.scoring.end_use import Use, rule_match
from app.scoring.observed import applicable_observations, observed_hardness
from app.scoring.scope_match import Listing, Meeting, ScopeMatcher
from app.scoring.severity import Hardness, hardness_of_kind

#: Chain form of goods by the name that the legal texts give them; observations filter on it.
FORM_OF_REGISTER_STAGE: dict[RegisterStage, str] = {
    RegisterStage.ORE: "ore",
    RegisterStage.CONCENTRATE: "concentrate",
    RegisterStage.OXIDE: "oxide",
    RegisterStage.COMPOUND: "salt",
    RegisterStage.METAL: "metal",
    RegisterStage.ALLOY: "alloy",
    RegisterStage.TARGET: "target",
    RegisterStage.MAGNET: "magnet",
    RegisterStage.DERIVED_MATERIAL: "compound",
}

#: Licence duties that amount to refusal towards a military end user.
LICENCE_DUTIES = frozenset({Kind.INDIVIDUAL_LICENCE, Kind.STRICT_LICENCE})

CrossingKey = tuple[
    str, frozenset[str], tuple[RegisterStage, ...], str, str, bool, frozenset[str], bool
]


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """Goods that leave one country for another, as far as the law cares.

    Attributes:
        element: Element whose risk is asked.
        contained: Elements whose listing decides: those of the line where the goods are the
            line's own magnet, alloy or device, else the element alone.
        stage: Stage of the goods.
        register_stages: Names that the legal texts may use for them.
        exporter, importer: Countries; the importer is the next processor, or the buyer.
        final: True where the importer is the line's destination.
        reached: Measures on goods made abroad whose content threshold the goods reach.
        new_relation: True for a supplier that has only begun to deliver.
    """

    element: str
    contained: frozenset[str]
    stage: Stage
    register_stages: tuple[RegisterStage, ...]
    exporter: str
    importer: str
    final: bool
    reached: frozenset[str]
    new_relation: bool

    @property
    def key(self) -> CrossingKey:
        """Return what tells one crossing from another; cheap to hash."""
        return (
            self.element,
            self.contained,
            self.register_stages,
            self.exporter,
            self.importer,
            self.final,
            self.reached,
            self.new_relation,
        )


@dataclass(frozen=True, slots=True)
class RuleHit:
    """One rule that may apply: match [1], kind, and how hard it would hit."""

    match: float
    kind: Kind
    hardness: Hardness


@dataclass(frozen=True, slots=True)
class CrossingItem:
    """One measure in one state on one crossing.

    Attributes:
        measure: Its id.
        probability: That the state binds [1].
        start_days, end_days: When it starts and ends, from the as-of date.
        rules: Rules that may apply; the strictest that does decides.
        touched_by: Country whose share in the goods the item depends on, or None.
        embargo_since: First day of a ban of all trade, which later trade figures already
            reflect; None for licences and for bans of some end uses only.
        press_only, uncertain, stale: What the answer must say about it.
        observed: Ids of the observations that made it.
    """

    measure: str
    probability: float
    start_days: float
    end_days: float
    rules: tuple[RuleHit, ...]
    touched_by: str | None
    embargo_since: date | None
    press_only: bool
    uncertain: bool
    stale: bool
    observed: tuple[str, ...]


class ItemFinder:
    """Finds the items of a crossing in one register snapshot."""

    def __init__(self, register: RegisterSnapshot) -> None:
        self.register = register
        self.methodology: Methodology = register.methodology
        self.side: Side = register.side
        self._scope = ScopeMatcher(register)
        self._kinds: dict[str, Kind] = {}
        self._hardness: dict[tuple[object, ...], Hardness] = {}

    def items(self, crossing: Crossing, use: Use, *, military: bool) -> tuple[CrossingItem, ...]:
        """Return the measures that may bind on a crossing.

        Args:
            crossing: The goods and the two countries.
            use: End use and listings of the line.
            military: Evaluate as military end use (True) or as civil (False).

        References:
            docs/methodology.md, "Measures".
        """
        # Liability for handing goods on concerns bans only, and bans name military uses or users.
        meetings = self._scope.meetings(
            crossing.exporter,
            crossing.register_stages,
            crossing.contained,
            liable=military or bool(use.listed),
        )
        if not meetings:
            return ()
        return tuple(
            item
            for meeting in meetings
            for item in self._items_of(meeting, crossing, use, military=military)
        )

    def _reach_abroad(self, measure: ControlMeasure, crossing: Crossing) -> float:
        """Return the factor of an extraterritorial measure on a crossing, touch excluded [1]."""
        origin = measure.exporter
        ends = (crossing.exporter, crossing.importer)
        if origin in ends or origin in map(bloc, ends):
            return 0.0
        ways = measure.scope.extraterritorial
        if Extraterritorial.CHINESE_ORIGIN_REEXPORT in ways:
            return 1.0
        if ways & ABROAD_ONLY:
            return 1.0 if measure.id in crossing.reached else 0.0
        return self.methodology.parameters.retransfer.at(self.side)

    def _items_of(
        self, meeting: Meeting, crossing: Crossing, use: Use, *, military: bool
    ) -> Iterator[CrossingItem]:
        active = meeting.active
        measure = active.measure
        if not measure.scope.destinations.includes(crossing.importer):
            return
        factor = self._reach_abroad(measure, crossing) if meeting.abroad else 1.0
        if factor == 0.0:
            return
        for listing in meeting.listings:
            if listing.destinations and not listing.destinations.includes(crossing.importer):
                continue
            found = self._rule_hits(
                active, listing, crossing, use, military=military and not listing.hit.spilled,
                bans_only=meeting.liability,
            )  # fmt: skip
            if not found:
                continue
            hits, observed, stale = found
            scale = listing.hit.match * factor
            yield CrossingItem(
                measure=measure.id,
                probability=listing.state.probability,
                start_days=listing.state.start_days,
                end_days=listing.state.end_days,
                rules=tuple(RuleHit(hit.match * scale, hit.kind, hit.hardness) for hit in hits),
                touched_by=measure.exporter if meeting.abroad else None,
                embargo_since=self._embargo_since(measure, listing.state),
                press_only=active.evidence is Evidence.PRESS_REPORT,
                uncertain=listing.state.uncertain,
                stale=stale,
                observed=observed,
            )

    def _rule_hits(
        self,
        active: ActiveMeasure,
        listing: Listing,
        crossing: Crossing,
        use: Use,
        *,
        military: bool,
        bans_only: bool,
    ) -> tuple[tuple[RuleHit, ...], tuple[str, ...], bool] | None:
        measure = active.measure
        share = (
            1.0 if crossing.final else self.methodology.parameters.upstream_military.at(self.side)
        )
        hits: list[RuleHit] = []
        observed: tuple[str, ...] = ()
        stale = False
        for rule in measure.rules:
            applies = rule.applies
            if applies is None:
                continue
            kind = self._kind(measure, rule.outcome, applies, crossing, military=military)
            if kind is Kind.NONE or (bans_only and kind is not Kind.PROHIBITED):
                continue
            match = rule_match(
                applies, measure=measure, military=military, use=use,
                listed_share=share, methodology=self.methodology, side=self.side,
            )  # fmt: skip
            if match == 0.0:
                continue
            if rule.outcome is Outcome.LICENCE:
                hardness, observed, stale = self._observed(
                    active, kind, listing, crossing, military=military
                )
            else:
                hardness = self._of_kind(kind, listing.state, crossing, measure, adapted=True)
            hits.append(RuleHit(match, kind, hardness))
        return (tuple(hits), observed, stale) if hits else None

    def _kind(
        self,
        measure: ControlMeasure,
        outcome: Outcome,
        applies: RuleApplies,
        crossing: Crossing,
        *,
        military: bool,
    ) -> Kind:
        """Return the severity kind of a rule for these goods, NONE where it says nothing."""
        if applies.devices or measure.type in WITHOUT_SEVERITY:
            return Kind.NONE
        if applies.stages and not applies.stages & frozenset(crossing.register_stages):
            return Kind.NONE
        kind = self.methodology.outcome_kinds[outcome]
        if kind is None:
            if measure.id not in self._kinds:
                self._kinds[measure.id] = kind_rule_of(measure, self.methodology).kind
            kind = self._kinds[measure.id]
        if military and kind in LICENCE_DUTIES and measure.control_basis is ControlBasis.DUAL_USE:
            # A licence duty towards a military end user amounts to refusal, ban or no ban.
            return Kind.PRESUMPTION_OF_DENIAL
        return kind

    def _of_kind(
        self,
        kind: Kind,
        state: ActiveState,
        crossing: Crossing,
        measure: ControlMeasure,
        *,
        adapted: bool,
    ) -> Hardness:
        key = (measure.id, kind.value, crossing.stage, state, crossing.new_relation, adapted)
        known = self._hardness.get(key)
        if known is None:
            known = self._new_hardness(kind, state, crossing, measure, adapted=adapted)
            self._hardness[key] = known
        return known

    def _new_hardness(
        self,
        kind: Kind,
        state: ActiveState,
        crossing: Crossing,
        measure: ControlMeasure,
        *,
        adapted: bool,
    ) -> Hardness:
        found = hardness_of_kind(
            kind,
            stage=crossing.stage,
            start_days=state.start_days,
            age_days=state.age_days,
            new_relation=crossing.new_relation,
            methodology=self.methodology,
            side=self.side,
            adapted=adapted,
        )
        own = kind_rule_of(measure, self.methodology)
        if own.refusal is None or own.kind is not kind:
            return found
        return Hardness(own.refusal.at(self.side), found.delays)

    def _observed(
        self,
        active: ActiveMeasure,
        kind: Kind,
        listing: Listing,
        crossing: Crossing,
        *,
        military: bool,
    ) -> tuple[Hardness, tuple[str, ...], bool]:
        state, measure = listing.state, active.measure
        forms = frozenset(
            FORM_OF_REGISTER_STAGE[stage]
            for stage in crossing.register_stages
            if stage in FORM_OF_REGISTER_STAGE
        )
        candidates = applicable_observations(
            active.observations,
            elements=listing.hit.triggers,
            forms=forms,
            destination=crossing.importer,
            end_use=EndUse.MILITARY if military else EndUse.CIVIL,
            as_of=self.register.as_of,
            known_on=self.register.known_on,
            fade_days=self.methodology.timing.observation_fade_days,
        )
        result = observed_hardness(
            candidates,
            of_kind=self._of_kind(kind, state, crossing, measure, adapted=True),
            unadapted=self._of_kind(kind, state, crossing, measure, adapted=False),
            as_of=self.register.as_of,
            methodology=self.methodology,
            side=self.side,
        )
        names = tuple(observation.id for observation in result.observations)
        return result.hardness, names, result.stale

    def _embargo_since(self, measure: ControlMeasure, state: ActiveState) -> date | None:
        """Return since when a ban of all trade has held, None for anything less."""
        if not bans_all_trade(measure) or state.start_days > 0.0:
            return None
        return self.register.as_of - timedelta(days=state.age_days)
