"""One evaluation: reference data on a day, at one end of every interval, with its memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.context import AssessmentContext
from app.domain.methodology import Methodology
from app.domain.observations import Observation
from app.domain.reference import ReferenceData
from app.domain.supply import Chain, Stage
from app.domain.triple import Side
from app.scoring.active_measures import RegisterSnapshot, register_snapshot
from app.scoring.attribution import Severity
from app.scoring.crossing_items import Crossing, CrossingItem, CrossingKey, ItemFinder
from app.scoring.end_use import Use
from app.scoring.kernel import Activation, Buffer, Disruption, stockout_share
from app.scoring.snapshot import SupplySnapshot

STRUCTURAL = "structural"

DAYS_PER_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Ends:
    """Which end of its interval each group of inputs takes.

    Attributes:
        parameters: Parameters of the method, severities and credence.
        law: Legal states of measures, matches of rules, observations.
        shares: World, feed and destination shares, and the largest mine.
        governance: Governance risk of countries without an estimate.
        reliance: Import reliance.
        use: Probability of military use.
        content: What a line holds.
        suppliers: Concentration of the company's own suppliers.
    """

    parameters: Side
    law: Side
    shares: Side
    governance: Side
    reliance: Side
    use: Side
    content: Side
    suppliers: Side

    @classmethod
    def all_at(cls, side: Side) -> Ends:
        """Return every group at the same end."""
        return cls(side, side, side, side, side, side, side, side)

    def with_group(self, group: str, side: Side) -> Ends:
        """Return these ends with one group moved."""
        return replace(self, **{group: side})


ItemKey = tuple[CrossingKey, Use, bool]


class Engine:
    """Everything that one evaluation shares between lines. It never changes its answers.

    Args:
        reference: Reference data.
        context: Destination, dates, end use, horizon.
        methodology: Parameters to use; the reference data's own unless varied.
        ends: End of the interval for each group of inputs.
        horizon_days: T [days]; the context's unless a profile asks for another.
        explains: Whether addends are kept.
    """

    def __init__(
        self,
        reference: ReferenceData,
        context: AssessmentContext,
        *,
        ends: Ends,
        methodology: Methodology | None = None,
        horizon_days: int | None = None,
        explains: bool = False,
        supply: SupplySnapshot | None = None,
    ) -> None:
        self.reference = reference
        self.context = context
        self.ends = ends
        self.methodology = methodology or reference.methodology
        self.horizon_days = float(horizon_days or context.horizon_days)
        self.explains = explains
        self.supply = supply or supply_snapshot(reference, context)
        self.register: RegisterSnapshot = register_snapshot(
            reference.register,
            methodology=self.methodology,
            as_of=context.as_of,
            known_on=context.known_on,
            horizon_days=int(self.horizon_days),
            side=ends.law,
        )
        self._finder = ItemFinder(self.register)
        self._items: dict[ItemKey, tuple[CrossingItem, ...]] = {}
        self._stages: dict[tuple[str, str], tuple[tuple[Stage, int], ...]] = {}
        self._stockouts: dict[tuple[Disruption, Buffer], float] = {}
        self._uses: dict[tuple[Use, str], Use] = {}
        self.observations: Mapping[str, Observation] = {
            observation.id: observation for observation in reference.register.observations
        }
        # Filled by paths: expected severities of crossings that depend on no path.
        self.expected: dict[tuple[object, ...], Severity] = {}
        self.structural: dict[tuple[object, ...], Activation] = {}

    def stages(self, chain: Chain, element: str) -> tuple[tuple[Stage, int], ...]:
        """Return the stages of a chain for which world output of the element is known."""
        key = (chain.form, element)
        known = self._stages.get(key)
        if known is None:
            known = tuple(
                (stage, place)
                for place, stage in enumerate(chain.stages)
                if self.supply.world(stage, element) is not None
            )
            self._stages[key] = known
        return known

    def items(self, crossing: Crossing, use: Use, *, military: bool) -> tuple[CrossingItem, ...]:
        """Return the measures that may bind on a crossing; remembered."""
        key = (crossing.key, use, military)
        known = self._items.get(key)
        if known is None:
            known = self._finder.items(crossing, use, military=military)
            self._items[key] = known
        return known

    def use_towards(self, use: Use, importer: str) -> Use:
        """Return what of a use the rules on goods for a country ask for; remembered."""
        key = (use, importer)
        known = self._uses.get(key)
        if known is None:
            known = use.asked(self.register.classes_asked(importer))
            self._uses[key] = known
        return known

    def stockout(self, disruption: Disruption, buffer: Buffer) -> float:
        """Return the stock-out share of a disruption [1]; remembered."""
        key = (disruption, buffer)
        known = self._stockouts.get(key)
        if known is None:
            known = stockout_share(
                disruption,
                buffer=buffer,
                horizon_days=self.horizon_days,
                weights=self.methodology.quantile_weights,
            )
            self._stockouts[key] = known
        return known


def supply_snapshot(reference: ReferenceData, context: AssessmentContext) -> SupplySnapshot:
    """Return the supply tables as known on the earlier of the two dates of a question."""
    groups = {symbol: element.feed_group for symbol, element in reference.elements.items()}
    return SupplySnapshot(reference.supply, min(context.as_of, context.known_on), groups)
