"""How likely goods of one country contain material of another, followed up the path."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from app.domain.supply import Chain, Stage
from app.scoring.engine import Engine

Mix = Sequence[tuple[str, float]]


class TouchFinder:
    """Finds touch probabilities (tau) for goods of one chain; remembered.

    Args:
        engine: Supply tables of the day.
        chain: Chain of the product form.
        declared: Declared shares of countries by upstream stage.
    """

    def __init__(self, engine: Engine, chain: Chain, declared: Mapping[Stage, Mix]) -> None:
        self._engine = engine
        self._chain = chain
        self._declared = declared
        self._known: dict[tuple[str, int, str, str, bool], float] = {}

    def touched(
        self, element: str, index: int, country: str, *, origin: str, named: bool = False
    ) -> float:
        """Return the probability that goods of a country contain material of an origin [1].

        Args:
            element: Element.
            index: Place of the goods' stage among the element's stages.
            country: Country that the goods leave.
            origin: Country whose material is asked for.
            named: True where the caller named the country as a supplier.

        References:
            docs/methodology.md, "Goods made abroad".
        """
        if country == origin:
            return 1.0
        key = (element, index, country, origin, named)
        known = self._known.get(key)
        if known is None:
            level, mix = self._mix(element, index, country, named=named)
            known = math.fsum(
                share * self.touched(element, level, place, origin=origin)
                for place, share in mix
                if share > 0.0
            )
            self._known[key] = known
        return known

    def _mix(self, element: str, index: int, country: str, *, named: bool) -> tuple[int, Mix]:
        """Return the level and the mix from which a country has its goods or its feed."""
        supply = self._engine.supply
        stages = self._engine.stages(self._chain, element)
        stage, _ = stages[index]
        row = supply.feed(stage, country, element, self._chain.form) if index > 0 else None
        makes = supply.world_share(stage, element, country) > 0.0 or (named and row is not None)
        if not makes and stage is not Stage.MINING:
            world = supply.producers(stage, element)
            return index, sorted(world.shares.items())
        if index == 0:
            return index, ()
        before, _ = stages[index - 1]
        if row is not None:
            usual = row.shares
        elif before is Stage.MINING and supply.world_share(before, element, country) > 0.0:
            usual = {country: 1.0}
        else:
            usual = supply.producers(before, element).shares
        declared = self._declared.get(before, ())
        rest = max(0.0, 1.0 - math.fsum(share for _, share in declared))
        return index - 1, [*declared, *((place, rest * usual[place]) for place in sorted(usual))]
