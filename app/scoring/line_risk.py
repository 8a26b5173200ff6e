"""Risk of one element in one line, with its causes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.exposure import ElementContent
from app.domain.places import RECYCLED, UNKNOWN
from app.domain.supply import Chain
from app.domain.triple import Side
from app.scoring.attribution import Cause, Severity
from app.scoring.cause_table import CauseTable, cause_table
from app.scoring.engine import Engine
from app.scoring.goods import Origin, ScoredLine, presence_at
from app.scoring.kernel import uncovered_share
from app.scoring.market import Market, single_supplier_risk
from app.scoring.path import NO_SEVERITY, Goods, Leg, PathEvaluator

MARKET: Cause = ("market", "", "", "")
SINGLE_SUPPLIER: Cause = ("single_supplier", "", "", "")

#: Below certainty by this much, so that the logarithm of the remainder exists.
ALMOST_CERTAIN = 1.0 - 1e-12


@dataclass(frozen=True, eq=False)
class ElementRisk:
    """Risk of one element in one line at one end.

    Attributes:
        risk: r [1], presence included.
        severity: S with what it is made of.
        market, supplier: M and O [1].
        chain: Chain that decided.
        explained: Whether causes were kept.
    """

    risk: float
    severity: Severity
    market: float
    supplier: float
    chain: Chain | None
    explained: bool

    @property
    def path(self) -> float:
        """Return S [1]."""
        return self.severity.value

    @property
    def flags(self) -> frozenset[str]:
        """Return what the answer must say about the path."""
        return self.severity.flags

    @cached_property
    def causes(self) -> Mapping[Cause, float]:
        """Return the parts of the risk by cause, summing to it (empty when not explained)."""
        if not self.explained:
            return {}
        return split_risk(self.risk, self.severity, self.market, self.supplier)

    @cached_property
    def table(self) -> CauseTable:
        """Return the causes by crossing."""
        return cause_table(self.causes)


ABSENT = ElementRisk(0.0, NO_SEVERITY, 0.0, 0.0, None, explained=False)


class LineEvaluator:
    """Evaluates lines in one engine; goods that are alike share their paths."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.market = Market(engine)
        self._paths: dict[Goods, PathEvaluator] = {}
        self._risks: dict[tuple[object, ...], ElementRisk] = {}

    @property
    def paths_kept(self) -> int:
        """Number of goods whose paths are remembered."""
        return len(self._paths)

    def paths(self, line: ScoredLine, chain: Chain) -> PathEvaluator:
        """Return the path evaluator for a line's goods in one form."""
        ends = self.engine.ends
        goods = line.goods_at(
            chain, content=ends.content, use=ends.use, methodology=self.engine.methodology
        )
        return self._path_of(goods)

    def _path_of(self, goods: Goods) -> PathEvaluator:
        found = self._paths.get(goods)
        if found is None:
            base = replace(goods, contained=frozenset())
            found = PathEvaluator(
                self.engine, goods, None if base == goods else self._path_of(base)
            )
            self._paths[goods] = found
        return found

    def risk(self, line: ScoredLine, content: ElementContent) -> ElementRisk:
        """Return the risk of one element in one line.

        If the form is not known, every form that has data for the element is evaluated: the
        favourable end takes the least, the others the most severe.

        References:
            docs/methodology.md, "Risk of an element in a line": r = 1 - (1-S)(1-M)(1-O).
        """
        presence = presence_at(content, self.engine.ends.content)
        if presence == 0.0:
            return ABSENT
        candidates = [
            self._in_form(line, content.symbol, chain, presence)
            for chain in line.chains
            if self.engine.stages(chain, content.symbol)
        ]
        if not candidates:
            return ABSENT
        pick = min if self.engine.ends.content is Side.LOW else max
        return pick(candidates, key=lambda found: found.risk)

    def _in_form(
        self, line: ScoredLine, element: str, chain: Chain, presence: float
    ) -> ElementRisk:
        paths = self.paths(line, chain)
        key = (id(paths), element, line.origins, line.supplier_shares, presence)
        known = self._risks.get(key)
        if known is None:
            known = self._evaluate(line, element, chain, presence, paths)
            self._risks[key] = known
        return known

    def _evaluate(
        self,
        line: ScoredLine,
        element: str,
        chain: Chain,
        presence: float,
        paths: PathEvaluator,
    ) -> ElementRisk:
        engine = self.engine
        uncovered = uncovered_share(line.buffer, engine.horizon_days)
        path = sourced_severity(paths, element, line.origins)
        market = self.market.scarcity(chain, element, uncovered)
        supplier = single_supplier_risk(line.supplier_shares, uncovered=uncovered, engine=engine)
        risk = presence * (1.0 - (1.0 - path.value) * (1.0 - market) * (1.0 - supplier))
        return ElementRisk(risk, path, market, supplier, chain, engine.explains)


def split_risk(risk: float, path: Severity, market: float, supplier: float) -> dict[Cause, float]:
    """Return the parts of a risk by cause; they sum to it.

    The three terms share it by their logarithms, the path's part goes to its addends.

    References:
        docs/methodology.md, "Explanation".
    """
    logs = [-math.log1p(-min(term, ALMOST_CERTAIN)) for term in (path.value, market, supplier)]
    total = math.fsum(logs)
    if total == 0.0:
        return {}
    causes: dict[Cause, float] = {}
    if path.value > 0.0:
        scale = risk * logs[0] / total / path.value
        for cause, addend in path.addends.items():
            causes[cause] = addend * scale
    if market > 0.0:
        causes[MARKET] = risk * logs[1] / total
    if supplier > 0.0:
        causes[SINGLE_SUPPLIER] = risk * logs[2] / total
    return causes


def sourced_severity(paths: PathEvaluator, element: str, origins: tuple[Origin, ...]) -> Severity:
    """Return the severity of a line's sourcing mix (S), with its addends.

    Args:
        paths: Evaluator of the line's goods.
        element: Element.
        origins: Declared origins and UNKNOWN; recycled material crosses no control.

    References:
        docs/methodology.md, "Sourcing".
    """
    destination = paths.engine.context.destination
    last = len(paths.stages(element)) - 1
    parts: list[tuple[float, Severity]] = []
    for origin in origins:
        if origin.country == RECYCLED:
            continue
        if origin.country == UNKNOWN:
            part = unknown_severity(paths, element)
        else:
            leg = Leg(
                origin.country, destination, final=True, declared=True, relation=origin.relation
            )
            part = paths.severity(element, last, leg)
        parts.append((origin.share, part))
    return paths.parallel(parts)


def unknown_severity(paths: PathEvaluator, element: str) -> Severity:
    """Return the severity of goods of unknown origin: the world's mix and the destination's.

    With import reliance IR the world's mix weighs IR/2 and the destination's sourcing the
    rest. Without destination figures the world's mix serves alone.

    References:
        docs/methodology.md, "Sourcing"; European Commission, 2017 methodology for the list of
        critical raw materials, supply risk.
    """
    engine = paths.engine
    destination = engine.context.destination
    stages = paths.stages(element)
    last = len(stages) - 1
    world = engine.supply.producers(stages[last][0], element)
    by_world = paths.of_row(element, last, world, destination, final=True, producing=True)
    form = paths.goods.chain.form
    row = engine.supply.destination_mix(form, destination, element)
    if row is None:
        return by_world
    by_destination = paths.of_row(element, last, row, destination, final=True, producing=False)
    reliance = engine.supply.import_reliance(form, destination, element)
    weight = _worst_weight(
        reliance.low, reliance.nominal, reliance.high, by_world.value, by_destination.value,
        engine.ends.reliance,
    )  # fmt: skip
    return paths.parallel([(weight, by_world), (1.0 - weight, by_destination)])


def _worst_weight(
    low: float, nominal: float, high: float, by_world: float, by_destination: float, side: Side
) -> float:
    """Return the weight of the world's mix, import reliance taken at the end that counts."""
    if side is Side.NOMINAL:
        return nominal / 2.0
    world_is_worse = by_world > by_destination
    unfavourable = side is Side.HIGH
    return (high if world_is_worse is unfavourable else low) / 2.0


def single_origins(paths: PathEvaluator, element: str) -> dict[str, float]:
    """Return the severity of each single origin that makes the goods [1]."""
    stages = paths.stages(element)
    last = len(stages) - 1
    world = paths.engine.supply.producers(stages[last][0], element)
    destination = paths.engine.context.destination
    return {
        country: paths.severity(
            element, last, Leg(country, destination, final=True, producing=True)
        ).value
        for country, share in sorted(world.shares.items())
        if share > 0.0
    }
