"""Three evaluations of one context and their memory; one object serves many products."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace

from app.domain.context import AssessmentContext
from app.domain.exposure import ElementContent
from app.domain.methodology import Methodology
from app.domain.places import RECYCLED, UNKNOWN
from app.domain.reference import ReferenceData
from app.domain.results import ControlView, ElementResult, SectorResult, StageConcentration
from app.domain.sectors import Sector
from app.domain.supply import Chain, Stage
from app.domain.triple import Side
from app.errors import UnknownKeyError
from app.scoring.attribution import Cause
from app.scoring.concentration import company_mixes, stage_concentrations
from app.scoring.control_status import ControlQuestion, control_view
from app.scoring.crossing_items import CrossingItem
from app.scoring.end_users import end_user_lists
from app.scoring.engine import Ends, Engine, supply_snapshot
from app.scoring.goods import Origin, ScoredLine
from app.scoring.item_behind import item_behind
from app.scoring.kernel import NO_BUFFER, Buffer
from app.scoring.line_class import ElementOutcome, LineClass, line_key
from app.scoring.line_risk import LineEvaluator
from app.scoring.path import PLAIN
from app.scoring.scored_lines import GoodsMemory

#: Line classes that are kept before the memory is emptied; bounds memory over a catalogue.
MEMORY_LINES = 50_000


#: Flag of an element that nobody is known to make at some stage of its chain.
NO_MARKET_DATA = "no_market_data"

#: Risk of each element in each sector's default goods, by sector.
SectorMemory = dict[str, Mapping[str, tuple[float, float, float]]]

#: An element, and whether it comes with the scores of other horizons and with causes.
ElementKey = tuple[str, bool, bool]

#: Computes the risk of each element in a sector's default goods.
SectorReference = Callable[[Sector, "Evaluation"], Mapping[str, tuple[float, float, float]]]


class Evaluation:
    """Everything computed for one context; answers depend on nothing else.

    Args:
        reference: Reference data.
        context: Destination, end use, dates, horizon.
        methodology: Parameters to use; the reference data's own unless varied.
        sectors: Memory of the risks of sectors' default goods; may be shared by evaluations
            that differ in the end user only, whom these goods do not have.
        keeps_lines: Whether lines are known again by identity; for a stream of one customer.
    """

    def __init__(
        self,
        reference: ReferenceData,
        context: AssessmentContext,
        methodology: Methodology | None = None,
        *,
        sectors: SectorMemory | None = None,
        keeps_lines: bool = False,
    ) -> None:
        self.reference = reference
        self.context = context
        self.methodology = methodology or reference.methodology
        self.supply = supply_snapshot(reference, context)
        self.end_user_lists = end_user_lists(
            reference.register,
            context.end_user,
            context.end_user_owners,
            as_of=context.as_of,
            known_on=context.known_on,
        )
        self.goods = GoodsMemory(reference, context, self.end_user_lists, keeps_lines=keeps_lines)
        self._evaluators: dict[tuple[Side, int], LineEvaluator] = {}
        self._unexposed: dict[ElementKey, ElementResult] = {}
        self._sectors_alone: dict[str, SectorResult] = {}
        self._concentrations: dict[tuple[str, str], tuple[StageConcentration, ...]] = {}
        self._controls: dict[tuple[object, ...], ControlView] = {}
        self._classes: dict[Hashable, LineClass] = {}
        self._sectors: SectorMemory = {} if sectors is None else sectors

    @property
    def paths_kept(self) -> int:
        """Number of paths of goods that are remembered; nearly all memory is in them."""
        return sum(evaluator.paths_kept for evaluator in tuple(self._evaluators.values()))

    def sector_reference(
        self, sector: Sector, compute: SectorReference
    ) -> Mapping[str, tuple[float, float, float]]:
        """Return the risk of each element in a sector's default goods; remembered.

        All sectors are computed at once by an evaluation of their own, which is then let go:
        it is large, and only these few figures of it are ever asked for again.
        """
        if sector.id not in self._sectors:
            everybody = replace(self.context, end_user=None, end_user_owners=())
            default_goods = Evaluation(self.reference, everybody, self.methodology)
            for other in self.reference.sectors.values():
                self._sectors[other.id] = compute(other, default_goods)
        return self._sectors[sector.id]

    def sector_alone(
        self, sector: Sector, compute: Callable[[Sector], SectorResult]
    ) -> SectorResult:
        """Return the result of a sector in which the product has no lines; remembered."""
        known = self._sectors_alone.get(sector.id)
        if known is None:
            known = self._sectors_alone[sector.id] = compute(sector)
        return known

    def unexposed(
        self, key: ElementKey, compute: Callable[[ElementKey], ElementResult]
    ) -> ElementResult:
        """Return the result of an element that no line holds, at some depth; remembered."""
        known = self._unexposed.get(key)
        if known is None:
            known = self._unexposed[key] = compute(key)
        return known

    def concentrations(self, chain: Chain, symbol: str) -> tuple[StageConcentration, ...]:
        """Return how concentrated the stages of a chain are, without a company; remembered."""
        key = (chain.form, symbol)
        known = self._concentrations.get(key)
        if known is None:
            known = self._concentrations[key] = stage_concentrations(
                chain,
                symbol,
                reference=self.reference,
                supply=self.supply,
                destination=self.context.destination,
            )
        return known

    def company_mixes(self, lines: LineClass, symbol: str) -> Mapping[Stage, Mapping[str, float]]:
        """Return the company's own mix of an element at each stage of a class; remembered."""
        known = lines.mixes.get(symbol)
        if known is None:
            known = lines.mixes[symbol] = company_mixes(
                lines.line, symbol, supply=self.supply, destination=self.context.destination
            )
        return known

    def control(
        self, symbol: str, elements: frozenset[str], possible: frozenset[str], form: str
    ) -> ControlView:
        """Return the law for an element in goods; remembered.

        Args:
            symbol: The element.
            elements: Elements that the goods hold for certain, this one included.
            possible: Elements that they may hold besides.
            form: Form of the goods.
        """
        key = (symbol, elements, possible, form)
        known = self._controls.get(key)
        if known is None:
            context = self.context
            known = self._controls[key] = control_view(
                self.reference.register,
                self.methodology,
                question=ControlQuestion(
                    element=symbol,
                    elements=elements,
                    form=form,
                    destination=context.destination,
                    end_use=context.end_use,
                    as_of=context.as_of,
                    known_on=context.known_on,
                    end_user=context.end_user,
                    lists=self.end_user_lists,
                    possible=possible,
                ),
            )
        return known

    def evaluator(self, side: Side, horizon_days: int | None = None) -> LineEvaluator:
        """Return the evaluator at one end; only the nominal one keeps causes."""
        horizon = horizon_days or self.context.horizon_days
        key = (side, horizon)
        found = self._evaluators.get(key)
        if found is None:
            explains = side is Side.NOMINAL and horizon == self.context.horizon_days
            found = self.variant(Ends.all_at(side), horizon_days=horizon, explains=explains)
            self._evaluators[key] = found
        return found

    def variant(
        self,
        ends: Ends,
        *,
        methodology: Methodology | None = None,
        horizon_days: int | None = None,
        explains: bool = False,
    ) -> LineEvaluator:
        """Return a fresh evaluator with some inputs at another end or value."""
        return LineEvaluator(
            Engine(
                self.reference,
                self.context,
                ends=ends,
                methodology=methodology or self.methodology,
                horizon_days=horizon_days,
                explains=explains,
                supply=self.supply,
            )
        )

    def class_of(self, line: ScoredLine) -> LineClass:
        """Return the class of a line with its risks; remembered."""
        key = line.kind or line_key(line)
        known = self._classes.get(key)
        if known is None:
            if len(self._classes) >= MEMORY_LINES:
                self._classes.clear()
            known = LineClass(
                line, tuple(self._outcome(line, content) for content in line.contents)
            )
            self._classes[key] = known
        return known

    def line(self, line: ScoredLine) -> tuple[ElementOutcome, ...]:
        """Return the outcome of each element of a line, in the order of its contents."""
        # Masses are no part of a class of lines: put this line's own contents back.
        return tuple(
            ElementOutcome(content, known.low, known.nominal, known.high, known.flags)
            for known, content in zip(self.class_of(line).outcomes, line.contents, strict=True)
        )

    def _outcome(self, line: ScoredLine, content: ElementContent) -> ElementOutcome:
        low, nominal, high = (self.evaluator(side).risk(line, content) for side in Side)
        late = frozenset[str]().union(
            *(self.supply.vintage_flags(chain.stages, content.symbol) for chain in line.chains)
        )
        flags = low.flags | nominal.flags | high.flags | late
        if any(self.lacks_stage(chain, content.symbol) for chain in line.chains):
            flags |= {NO_MARKET_DATA}
        return ElementOutcome(content, low.risk, nominal, high.risk, flags)

    def lacks_stage(self, chain: Chain, element: str) -> bool:
        """Return whether nobody is known to make an element at some stage of a chain."""
        return any(self.supply.world(stage, element) is None for stage in chain.stages)

    def profile_risks(self, line: ScoredLine, horizon_days: int) -> tuple[float, ...]:
        """Return nominal r of each element of a line for another horizon [1]."""
        return self.class_profile(self.class_of(line), horizon_days)

    def class_profile(self, lines: LineClass, horizon_days: int) -> tuple[float, ...]:
        """Return nominal r of each element of a class for another horizon [1]; remembered."""
        if horizon_days == self.context.horizon_days:
            return tuple(outcome.nominal.risk for outcome in lines.outcomes)
        known = lines.profiles.get(horizon_days)
        if known is None:
            evaluator = self.evaluator(Side.NOMINAL, horizon_days)
            line = lines.line
            known = tuple(evaluator.risk(line, content).risk for content in line.contents)
            lines.profiles[horizon_days] = known
        return known

    def item_behind(self, line: ScoredLine, outcome: ElementOutcome, cause: Cause) -> CrossingItem:
        """Return the state of the measure behind a nominal cause of an element in a line.

        Raises:
            UnknownKeyError: The element has no such cause.
        """
        chain = outcome.nominal.chain
        if chain is None:
            raise UnknownKeyError(f"{outcome.content.symbol} has no causes in this line")
        relations = (origin.relation for origin in line.origins if origin.country == cause[2])
        return item_behind(
            self.evaluator(Side.NOMINAL).paths(line, chain),
            outcome.content.symbol,
            cause,
            next(relations, PLAIN),
        )


def without_protection(line: ScoredLine, steps: Iterable[str]) -> ScoredLine:
    """Return a line without some of what protects it.

    Args:
        line: The line as it is.
        steps: Any of recycled, inventory, bridges.
    """
    chosen = frozenset(steps)
    buffer = line.buffer
    if "inventory" in chosen:
        buffer = Buffer(NO_BUFFER.stock_days, buffer.bridges)
    if "bridges" in chosen:
        buffer = Buffer(buffer.stock_days, ())
    origins = line.origins
    if "recycled" in chosen:
        origins = tuple(
            Origin(UNKNOWN, origin.share, origin.relation) if origin.country == RECYCLED else origin
            for origin in origins
        )
    return replace(line, buffer=buffer, origins=origins)
