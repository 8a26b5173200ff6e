"""World-market scarcity and dependence on a single supplier."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from app.domain.supply import Chain, MixRow, Stage
from app.domain.triple import Side
from app.scoring.end_use import CIVIL_MARKET
from app.scoring.engine import Engine
from app.scoring.kernel import NO_BUFFER
from app.scoring.mix import shifted_shares
from app.scoring.path import Goods, PathEvaluator


class Market:
    """How hard the measures of the day hit the reference importers, per chain and element."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._severity: dict[tuple[str, str], float] = {}
        self._paths: dict[tuple[str, str], PathEvaluator] = {}

    def severity(self, chain: Chain, element: str) -> float:
        """Return the severity on the world market of the worst stage of a chain (M0) [1].

        Every stage counts as its exporters' shares of world output times what hits their
        goods on the way to the reference importers, for civil use and without stock. Ore is
        bought only where it is separated.

        References:
            docs/methodology.md, "Market, mine and supplier".
        """
        key = (chain.form, element)
        known = self._severity.get(key)
        if known is None:
            stages = self.engine.stages(chain, element)
            known = max(
                (self._stage(chain, element, index) for index in range(len(stages))), default=0.0
            )
            self._severity[key] = known
        return known

    def _path(self, chain: Chain, element: str) -> PathEvaluator:
        key = (chain.form, element)
        path = self._paths.get(key)
        if path is None:
            # Nobody knows what else the goods of the world hold: the element stands alone.
            goods = Goods(chain, frozenset({element}), NO_BUFFER, CIVIL_MARKET)
            path = PathEvaluator(self.engine, goods)
            self._paths[key] = path
        return path

    def _stage(self, chain: Chain, element: str, index: int) -> float:
        engine = self.engine
        stage, _ = engine.stages(chain, element)[index]
        importers = importer_weights(engine, stage, element)
        row = engine.supply.world(stage, element)
        if row is None or not importers:
            return 0.0
        path = self._path(chain, element)
        hits = {
            exporter: _weighted_crossings(path, element, index, exporter, importers, row.valid_from)
            for exporter in row.shares
        }
        return _expected_over(row, hits, engine.ends.shares)

    def scarcity(self, chain: Chain, element: str, uncovered: float) -> float:
        """Return what scarcity and the largest mine add for any buyer (M) [1].

        Args:
            chain: Chain of the product form.
            element: Element.
            uncovered: Share of the horizon that stock and bridges leave open [1].
        """
        parameters = self.engine.methodology.parameters
        ends = self.engine.ends
        mine = parameters.alpha.at(ends.parameters) * self.engine.supply.largest_mine_share(
            element, ends.shares
        )
        open_market = 1.0 - (1.0 - self.severity(chain, element)) * (1.0 - mine)
        return parameters.kappa.at(ends.parameters) * open_market * uncovered


def _expected_over(row: MixRow, hits: Mapping[str, float], side: Side) -> float:
    shares = shifted_shares(row, hits, side)
    return math.fsum(shares[exporter] * hits[exporter] for exporter in sorted(shares))


def importer_weights(engine: Engine, stage: Stage, element: str) -> dict[str, float]:
    """Return the reference importers of goods of a stage and their weights, summing to 1.

    Ore goes only to countries that separate, in proportion to what they separate.
    """
    importers = engine.supply.supply.importers
    if stage is not Stage.MINING:
        return dict(importers)
    weights = {
        country: weight * engine.supply.world_share(Stage.SEPARATION, element, country)
        for country, weight in importers.items()
    }
    total = math.fsum(weights.values())
    return {country: weight / total for country, weight in weights.items() if weight > 0.0 < total}


def _weighted_crossings(
    path: PathEvaluator,
    element: str,
    index: int,
    exporter: str,
    importers: Mapping[str, float],
    row_from: date,
) -> float:
    return math.fsum(
        importers[importer] * path.crossing(element, index, exporter, importer, row_from).value
        for importer in sorted(importers)
    )


def single_supplier_risk(
    shares: tuple[float, ...] | None, *, uncovered: float, engine: Engine
) -> float:
    """Return the risk of depending on few suppliers (O) [1].

    Args:
        shares: Shares of the declared suppliers [1], or None where nobody was declared; then
            the nominal value is 0 and only the unfavourable end counts it.
        uncovered: Share of the horizon that stock and bridges leave open [1].
        engine: Parameters and ends.

    References:
        docs/methodology.md, "Market, mine and supplier".
    """
    largest = engine.methodology.parameters.o_max.at(engine.ends.parameters)
    if shares is None:
        return largest * uncovered if engine.ends.suppliers is Side.HIGH else 0.0
    return largest * math.fsum(share**2 for share in shares) * uncovered
