"""Several products together: what they all hang on, and what would help most of them."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.supply import Stage
from app.domain.triple import Side
from app.scoring.engine import STRUCTURAL
from app.scoring.mitigation import Action
from app.scoring.scale import FULL_SCORE
from app.scoring.workbench import Workbench

#: A maker with this part of a line or more is the line's own bottleneck: two thirds, from which
#: the facts on purchasing advise a second source.
SOLE_SHARE = 2.0 / 3.0


class PointKind(enum.StrEnum):
    """What several products may share."""

    MAKER = "maker"
    STAGE = "stage"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class SharedPoint:
    """One maker, one stage in one country, or one mine that several products depend on.

    Attributes:
        key: Name of the maker or mine, or "stage:country".
        products: Ids of the products, in their order.
        weight: What it stands for in all of them together: for a stage the points of their
            scores that come from crossings out of that country, for a maker or mine the scores of
            the products times the part that hangs on it.
    """

    kind: PointKind
    key: str
    products: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class SharedAction:
    """An action that helps several products.

    Attributes:
        risk_removed: Points that it removes in each product that it helps.
    """

    id: str
    text: str
    risk_removed: Mapping[str, float]

    @property
    def total(self) -> float:
        """Return the points that go in all products together."""
        return math.fsum(self.risk_removed.values())


@dataclass(slots=True)
class _Tally:
    products: dict[str, float] = field(default_factory=dict)

    def add(self, product: str, weight: float) -> None:
        self.products[product] = self.products.get(product, 0.0) + weight


def shared_points(benches: Sequence[Workbench]) -> tuple[SharedPoint, ...]:
    """Return what at least two products depend on, the most shared first.

    Args:
        benches: One for each product; ids of the products differ.

    References:
        docs/what-if.md, "Portfolio".
    """
    tallies: dict[tuple[PointKind, str], _Tally] = {}
    for bench in benches:
        product = bench.inputs.bom.id
        for kind, key, weight in (
            *_makers(bench),
            *_stages(bench),
            *_mines(bench),
        ):
            tallies.setdefault((kind, key), _Tally()).add(product, weight)
    points = [
        SharedPoint(kind, key, tuple(tally.products), math.fsum(tally.products.values()))
        for (kind, key), tally in tallies.items()
        if len(tally.products) > 1
    ]
    return tuple(
        sorted(points, key=lambda one: (-len(one.products), -one.weight, one.kind, one.key))
    )


def _makers(bench: Workbench) -> list[tuple[PointKind, str, float]]:
    """Return who delivers most of a line, with what the line adds to the product's risk."""
    parts = {line.line_id: line for line in bench.inputs.bom.lines}
    found = []
    for risk in bench.line_risks():
        for supplier in parts[risk.line.line_id].suppliers:
            if supplier.name and supplier.share >= SOLE_SHARE:
                weight = supplier.share * bench.score(risk.risks[1])
                found.append((PointKind.MAKER, supplier.name, weight))
    return found


def _stages(bench: Workbench) -> list[tuple[PointKind, str, float]]:
    """Return stages and countries whose exports make up the risk of the product's lines."""
    total = math.fsum(risk.risks[1] for risk in bench.line_risks())
    if total == 0.0:
        return []
    score = bench.score(bench.base.bom[1])
    points: dict[str, list[float]] = {}
    for risk in bench.line_risks():
        for factor, table in risk.causes:
            for crossings in table.values():
                # A new restriction may come from anywhere; shared is what restricts today.
                if crossings.stage and crossings.measure != STRUCTURAL:
                    points.setdefault(f"{crossings.stage}:{crossings.exporter}", []).append(
                        factor * crossings.total / total * score
                    )
    return [(PointKind.STAGE, key, math.fsum(parts)) for key, parts in sorted(points.items())]


def _mines(bench: Workbench) -> list[tuple[PointKind, str, float]]:
    """Return the largest mines of what the lines hold, by their share of world output."""
    supply = bench.evaluation.supply
    mines = bench.inputs.reference.supply.largest_mines
    found: dict[str, float] = {}
    for risk in bench.line_risks():
        if not any(Stage.MINING in chain.stages for chain in risk.line.chains):
            continue
        for outcome in risk.outcomes:
            mine = mines.get(outcome.content.symbol)
            if mine is None or mine.mine is None or outcome.nominal.risk == 0.0:
                continue
            share = supply.largest_mine_share(outcome.content.symbol, Side.NOMINAL)
            weight = FULL_SCORE * share * outcome.nominal.risk
            found[mine.mine] = max(found.get(mine.mine, 0.0), weight)
    return [(PointKind.MINE, name, weight) for name, weight in sorted(found.items())]


def shared_actions(ranked: Mapping[str, Sequence[Action]]) -> tuple[SharedAction, ...]:
    """Return the actions that help products, those that help most of them first.

    Args:
        ranked: Ranked actions by product id.

    References:
        docs/what-if.md, "Portfolio".
    """
    texts: dict[str, str] = {}
    removed: dict[str, dict[str, float]] = {}
    for product, actions in ranked.items():
        for action in actions:
            if action.risk_removed > 0.0:
                texts.setdefault(action.candidate.id, action.candidate.text)
                removed.setdefault(action.candidate.id, {})[product] = action.risk_removed
    shared = [SharedAction(key, texts[key], removed[key]) for key in removed]
    return tuple(sorted(shared, key=lambda one: (-len(one.risk_removed), -one.total, one.id)))
