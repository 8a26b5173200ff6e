"""A line as the core evaluates it: contents, sourcing, buffer, use, weight."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.abroad import DeMinimisOutcome, DeMinimisTest
from app.domain.bom import Bom, BomLine
from app.domain.context import EndUse
from app.domain.controls import ControlMeasure, Extraterritorial
from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.methodology import Methodology
from app.domain.reference import ReferenceData
from app.domain.supply import Chain, Stage
from app.domain.triple import Side
from app.scoring.active_measures import ABROAD_ONLY
from app.scoring.de_minimis import ValueTests, threshold_match
from app.scoring.end_use import Use, use_of
from app.scoring.end_users import EndUserLists
from app.scoring.kernel import Buffer
from app.scoring.path import CO_CONTAINING_FORMS, PLAIN, Goods, Relation

SHARE_TOLERANCE = 0.001

#: Declared shares of countries by stage.
Sourcing = tuple[tuple[Stage, tuple[tuple[str, float], ...]], ...]

#: Match by measure id.
Thresholds = tuple[tuple[str, tuple[float, float, float]], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin of a line: a country, UNKNOWN or RECYCLED, its share [1] and its supplier."""

    country: str
    share: float
    relation: Relation = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredLine:
    """One line with everything that its risk depends on.

    Attributes:
        contents: Elements with mass, fraction and presence.
        chains: Chains of the forms that the goods may have; the worst decides.
        origins: Declared origins and UNKNOWN for the rest; shares sum to 1.
        supplier_shares: Shares of declared suppliers [1], or None where none was declared.
        sourcing: Declared shares at upstream stages.
        buffer: Stock and bridges.
        end_use, prior, lists: What the use at each end follows from.
        thresholds: Whether the goods reach the content threshold of each measure on goods made
            abroad, at each end [1].
        stock_measured, composition_declared: What the quality index asks for.
        kind: Name of all that the risk depends on, where whoever made the line knows it; a
            changed copy has none.
    """

    line_id: str
    sector: str | None
    contents: tuple[ElementContent, ...]
    chains: tuple[Chain, ...]
    origins: tuple[Origin, ...]
    supplier_shares: tuple[float, ...] | None
    sourcing: tuple[tuple[Stage, tuple[tuple[str, float], ...]], ...]
    buffer: Buffer
    end_use: EndUse
    prior: float
    lists: EndUserLists
    thresholds: Thresholds
    stock_measured: bool
    composition_declared: bool
    default_composition: bool
    kind: object = field(default=None, init=False, compare=False, repr=False)

    @property
    def elements(self) -> tuple[str, ...]:
        """Return the symbols of what the line may hold."""
        return tuple(content.symbol for content in self.contents)

    def use_at(self, side: Side, methodology: Methodology) -> Use:
        """Return end use and listings at one end."""
        return use_of(
            self.end_use,
            sector=self.sector,
            prior=self.prior,
            lists=self.lists,
            methodology=methodology,
            side=side,
        )

    def contained_at(self, side: Side) -> frozenset[str]:
        """Return the elements that the line holds at one end."""
        return frozenset(
            content.symbol for content in self.contents if presence_at(content, side) > 0.0
        )

    def goods_at(
        self, chain: Chain, *, content: Side, use: Side, methodology: Methodology
    ) -> Goods:
        """Return what decides the paths of this line in one form, at one end."""
        together = chain.form in CO_CONTAINING_FORMS
        return Goods(
            chain,
            self.contained_at(content) if together else frozenset(),
            self.buffer,
            self.use_at(use, methodology),
            self.sourcing,
            frozenset(measure for measure, match in self.thresholds if match[content] > 0.0),
        )


def presence_at(content: ElementContent, side: Side) -> float:
    """Return the probability that a line holds an element, at one end [1].

    A composition whose fraction may be zero does not hold the element at that end.
    """
    if content.fraction is not None and content.fraction.at(side) == 0.0:
        return 0.0
    return content.presence.at(side)


def thresholds_of(
    reference: ReferenceData,
    line: BomLine | None = None,
    found: IdentifiedLine | None = None,
    bom: Bom | None = None,
) -> Thresholds:
    """Return whether goods reach the content threshold of each measure on goods made abroad [1].

    Where nobody can tell, for want of a price, a mass, or a threshold that a bill of materials
    could show (a technology), the answer spans from no to yes.

    Args:
        reference: Measures and prices.
        line: Price and quantity of the goods, or None where the goods stand for many.
        found: Elements of the line with their masses, and its forms.
        bom: Price of the product and exchange rates.
    """
    tests = ValueTests(reference)
    return tuple(
        (
            measure_id,
            threshold_of(
                measure,
                tests.of(measure, line, found, bom)
                if line is not None and found is not None and bom is not None
                else None,
            ),
        )
        for measure_id, measure in sorted(reference.register.measures.items())
        if measure.scope.extraterritorial & ABROAD_ONLY
    )


def threshold_of(measure: ControlMeasure, test: DeMinimisTest | None) -> tuple[float, float, float]:
    """Return whether goods reach the content threshold of a measure, given its test [1]."""
    outcome = test.outcome if test is not None else DeMinimisOutcome.CANNOT_TELL
    by_technology = Extraterritorial.FOREIGN_MADE_TECHNOLOGY in measure.scope.extraterritorial
    if outcome is DeMinimisOutcome.NOT_CAUGHT and by_technology:
        # Below the threshold the measure's other limb may still catch the goods.
        outcome = DeMinimisOutcome.CANNOT_TELL
    return threshold_match(outcome)


def unit_spend(line: BomLine) -> Decimal | None:
    """Return what a product's need of a line costs, in the line's currency, or None."""
    if line.unit_price is None or line.quantity is None:
        return None
    return line.unit_price * Decimal(repr(line.quantity))
