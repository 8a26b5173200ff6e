"""Lines that are alike in everything but name and amount: evaluated once, however many they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.abroad import OriginShare, ReexportLine
from app.domain.exposure import ElementContent
from app.domain.places import UNKNOWN
from app.domain.results import Score
from app.domain.supply import Stage
from app.domain.triple import Side
from app.scoring.attribution import Cause
from app.scoring.crossing_items import CrossingItem
from app.scoring.goods import ScoredLine, presence_at
from app.scoring.line_risk import ElementRisk

LineKey = tuple[object, ...]

Risks = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ElementOutcome:
    """One element of a line at the three ends.

    Attributes:
        low, high: r at the ends as evaluated [1].
        nominal: The nominal evaluation; carries the causes.
        flags: What the answer must say about its paths, at any end.
    """

    content: ElementContent
    low: float
    nominal: ElementRisk
    high: float
    flags: frozenset[str] = frozenset()

    @property
    def risks(self) -> Risks:
        """Return r at the three ends, in order [1]."""
        value = self.nominal.risk
        return min(self.low, value), value, max(self.high, value)

    @property
    def possible_only(self) -> bool:
        """Return whether the nominal composition is without the element."""
        return presence_at(self.content, Side.NOMINAL) == 0.0


class LineClass:
    """Goods of one kind with their risks; knows neither ids nor masses of the lines.

    Args:
        line: Any line of the class.
        outcomes: The outcome of each of its contents.
    """

    def __init__(self, line: ScoredLine, outcomes: tuple[ElementOutcome, ...]) -> None:
        bare = tuple(replace(content, mass_kg=None) for content in line.contents)
        self.line = replace(line, line_id="", contents=bare)
        self.outcomes = tuple(
            replace(outcome, content=content)
            for outcome, content in zip(outcomes, bare, strict=True)
        )
        self.symbols = tuple(content.symbol for content in bare)
        self.element_risks: tuple[Risks, ...] = tuple(one.risks for one in outcomes)
        self.only_possible = tuple(one.possible_only for one in outcomes)
        #: Probability that the lines hold each element, at each end [1].
        self.presences: tuple[Risks, ...] = tuple(
            (
                presence_at(content, Side.LOW),
                presence_at(content, Side.NOMINAL),
                presence_at(content, Side.HIGH),
            )
            for content in bare
        )
        self.may_hold = tuple(high > 0.0 for _, _, high in self.presences)
        #: Places of the elements that are there for certain, by nominal risk, as they share it.
        self.order = sorted(
            (at for at, unsure in enumerate(self.only_possible) if not unsure),
            key=lambda at: self.element_risks[at][1],
        )
        certain = [
            risks
            for risks, unsure in zip(self.element_risks, self.only_possible, strict=True)
            if not unsure
        ]
        #: r of the line at the three ends [1]: that of its worst element.
        self.risks: Risks = (
            max((risk[0] for risk in certain), default=0.0),
            max((risk[1] for risk in certain), default=0.0),
            max((risk[2] for risk in self.element_risks), default=0.0),
        )
        self.flags = line_flags(line)
        #: Remembered by the evaluation that owns the class.
        self.profiles: dict[int, tuple[float, ...]] = {}
        self.mixes: dict[str, Mapping[Stage, Mapping[str, float]]] = {}
        self.origins: dict[tuple[str, tuple[str, ...]], OriginShare] = {}
        self.reexports: dict[str, ReexportLine | None] = {}
        self.recoveries: dict[int, tuple[float | None, frozenset[str]]] = {}
        self.items: dict[tuple[int, Cause], CrossingItem] = {}
        self.scores: tuple[Score, tuple[Score, ...]] | None = None

    @property
    def possible_only(self) -> bool:
        """Return whether the nominal composition is without any rare earth."""
        return all(self.only_possible)

    @cached_property
    def knows(self) -> tuple[bool, bool, bool]:
        """Return whether countries, composition and stock were declared."""
        line = self.line
        return (
            all(origin.country != UNKNOWN for origin in line.origins),
            line.composition_declared,
            line.stock_measured,
        )


def line_flags(line: ScoredLine) -> frozenset[str]:
    """Return what the answer must say about what is not known of a line."""
    flags: set[str] = set()
    if any(origin.country == UNKNOWN for origin in line.origins):
        flags.add("unknown_origin")
    if line.default_composition:
        flags.add("default_composition")
    return frozenset(flags)


def line_key(line: ScoredLine) -> LineKey:
    """Return what decides the class of a line: everything but its id and its masses."""
    return (
        line.sector,
        tuple(
            (c.symbol, presence_at(c, Side.LOW), presence_at(c, Side.NOMINAL),
             presence_at(c, Side.HIGH))
            for c in line.contents
        ),
        tuple(chain.form for chain in line.chains),
        line.origins,
        line.supplier_shares,
        line.sourcing,
        line.buffer,
        line.end_use,
        line.prior,
        line.lists,
        line.thresholds,
        line.stock_measured,
        line.composition_declared,
        line.default_composition,
    )  # fmt: skip
