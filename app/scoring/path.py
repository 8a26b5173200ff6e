"""Severity of the path of an element to the buyer: stages in series, sources in parallel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from app.domain.places import bloc
from app.domain.supply import Chain, MixRow, Stage
from app.domain.triple import Side
from app.scoring.attribution import NO_FLAGS, Cause, Severity
from app.scoring.crossing_items import Crossing, CrossingItem
from app.scoring.end_use import Use
from app.scoring.engine import Engine
from app.scoring.kernel import Buffer, strictest_active
from app.scoring.mix import shifted_shares
from app.scoring.observed import OBSERVATION_STALE
from app.scoring.sigma import GeneralLicence, activation_of, structural_activation
from app.scoring.snapshot import VINTAGE_AFTER_DATE
from app.scoring.timeline import STATUS_UNCERTAIN
from app.scoring.touch import TouchFinder

#: Flag of a declared supplier country of which nothing is known but that it makes none itself.
TRANSIT_ASSUMED = "transit_assumed"

#: Flag of a country on the path whose governance risk is not known.
GOVERNANCE_ASSUMED = "governance_assumed"


@dataclass(frozen=True, slots=True)
class Goods:
    """What decides the severity of a path besides the element and the countries.

    Attributes:
        chain: Chain of the product form.
        contained: Elements of the line at this end; they decide co-containment.
        buffer: Stock and bridges.
        use: End use and listings.
        sourcing: Declared shares of countries at upstream stages.
        reached: Measures on goods made abroad whose content threshold the goods reach.
    """

    chain: Chain
    contained: frozenset[str]
    buffer: Buffer
    use: Use
    sourcing: tuple[tuple[Stage, tuple[tuple[str, float], ...]], ...] = ()
    reached: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Relation:
    """What is special about one supplier: a licence in hand, a relation that is new."""

    licence: GeneralLicence | None = None
    new: bool = False


PLAIN = Relation()


class Leg(NamedTuple):
    """One leg of a path: the two countries and how the exporter came into the question.

    Attributes:
        exporter: Country that the goods leave.
        importer: Country that they enter.
        final: True where the importer is the destination.
        declared: True where the caller named the exporter.
        producing: True where the exporter comes from the world output of the stage.
        row_from: First day of the figure that shows this trade, or None.
        relation: What is special about the supplier.
    """

    exporter: str
    importer: str
    final: bool = False
    declared: bool = False
    producing: bool = False
    row_from: date | None = None
    relation: Relation = PLAIN


NO_SEVERITY = Severity(0.0)


class PathEvaluator:
    """Evaluates paths of one kind of goods; every sub-path is computed once."""

    def __init__(self, engine: Engine, goods: Goods, shared: PathEvaluator | None = None) -> None:
        self.engine = engine
        self.goods = goods
        self._declared: dict[Stage, tuple[tuple[str, float], ...]] = dict(goods.sourcing)
        self._paths: dict[tuple[object, ...], Severity] = {}
        self._upstream: dict[tuple[object, ...], Severity] = {}
        self._crossings: dict[tuple[object, ...], Severity] = {}
        self._touch = TouchFinder(engine, goods.chain, self._declared)
        # Upstream of the product its own contents do not matter: lines that differ only in
        # these share one evaluator for everything before the last stage.
        self._shared = shared

    def stages(self, element: str) -> tuple[tuple[Stage, int], ...]:
        """Return the stages that the element has, each with its place in the chain."""
        return self.engine.stages(self.goods.chain, element)

    def severity(self, element: str, index: int, leg: Leg) -> Severity:
        """Return the severity of goods of a stage going from one country to another.

        Args:
            element: Element whose path it is.
            index: Place of the stage among the element's stages.
            leg: The two countries and how the exporter came into the question.

        References:
            docs/methodology.md, "Paths": S = 1 - (1 - sigma)(1 - U).
        """
        if self._shared is not None and index < len(self.stages(element)) - 1:
            return self._shared.severity(element, index, leg)
        key = (element, index, leg)
        known = self._paths.get(key)
        if known is None:
            own = self._crossing(element, index, leg)
            above = self._above(element, index, leg)
            value = 1.0 - (1.0 - own.value) * (1.0 - above.value)
            known = self._joined(value, ((1.0, own), (1.0 - own.value, above)))
            self._paths[key] = known
        return known

    def _joined(self, value: float, parts: Sequence[tuple[float, Severity]]) -> Severity:
        """Return a severity made of weighted parts, with their flags."""
        flags = NO_FLAGS
        for weight, part in parts:
            if part.flags and weight > 0.0:
                flags |= part.flags
        if not self.engine.explains:
            return Severity(value, flags=flags)
        return Severity(value, parts=tuple(pair for pair in parts if pair[0] > 0.0), flags=flags)

    def parallel(self, parts: Sequence[tuple[float, Severity]]) -> Severity:
        """Return the severity of sources in parallel, given shares that sum to 1."""
        value = math.fsum(share * part.value for share, part in parts)
        # Shares sum to 1 only to rounding; nothing is worse than certain.
        return self._joined(min(1.0, value), parts)

    def of_row(
        self, element: str, index: int, row: MixRow, importer: str, *, final: bool, producing: bool
    ) -> Severity:
        """Return the severity of a sourcing mix, its shares shifted to this end's side."""
        # The date of a figure matters only where an embargo may stand behind it.
        register = self.engine.register
        parts = {
            country: self.severity(
                element,
                index,
                Leg(
                    country,
                    importer,
                    final,
                    producing=producing,
                    row_from=row.valid_from if register.has_embargo(country) else None,
                ),
            )
            for country in sorted(row.shares)
        }
        values = {country: part.value for country, part in parts.items()}
        shares = shifted_shares(row, values, self.engine.ends.shares)
        found = self.parallel([(shares[country], part) for country, part in parts.items()])
        if row.valid_from > self.engine.supply.known:
            return replace(found, flags=found.flags | {VINTAGE_AFTER_DATE})
        return found

    def _above(self, element: str, index: int, leg: Leg) -> Severity:
        """Return the severity of what plants of the exporter get from upstream (U)."""
        if index == 0 and self.stages(element)[0][0] is Stage.MINING:
            return NO_SEVERITY
        key = (element, index, leg.exporter, leg.declared, leg.producing)
        known = self._upstream.get(key)
        if known is None:
            known = self._fed(element, index, leg)
            self._upstream[key] = known
        return known

    def _fed(self, element: str, index: int, leg: Leg) -> Severity:
        supply = self.engine.supply
        country = leg.exporter
        stage, _ = self.stages(element)[index]
        form = self.goods.chain.form
        row = supply.feed(stage, country, element, form) if index > 0 else None
        trader = not leg.producing and supply.world_share(stage, element, country) == 0.0
        if not trader or (leg.declared and row is not None):
            return self._feed(element, index, country, row) if index > 0 else NO_SEVERITY
        world = supply.producers(stage, element)
        transit = self.of_row(element, index, world, country, final=False, producing=True)
        if not leg.declared:
            return transit
        flags = transit.flags | {TRANSIT_ASSUMED}
        sister = supply.feed_of_group(stage, country, element, form) if index > 0 else None
        if self.engine.ends.shares is Side.LOW and sister is not None:
            own = self._feed(element, index, country, sister)
            if own.value < transit.value:
                return replace(own, flags=own.flags | flags)
        return replace(transit, flags=flags)

    def _feed(self, element: str, index: int, country: str, row: MixRow | None) -> Severity:
        """Return the severity of the feed of plants: declared first, then the table, then W."""
        before, _ = self.stages(element)[index - 1]
        named = self._declared.get(before, ())
        rest = max(0.0, 1.0 - math.fsum(share for _, share in named))
        parts = [
            (share, self.severity(element, index - 1, Leg(origin, country, declared=True)))
            for origin, share in named
        ]
        if rest > 0.0:
            parts.append((rest, self._usual_feed(element, index, country, row)))
        return self.parallel(parts)

    def _usual_feed(self, element: str, index: int, country: str, row: MixRow | None) -> Severity:
        supply = self.engine.supply
        before, _ = self.stages(element)[index - 1]
        if row is not None:
            return self.of_row(element, index - 1, row, country, final=False, producing=False)
        if before is Stage.MINING and supply.world_share(before, element, country) > 0.0:
            # Plants with ore in their own country use it; no border, no risk above the mine.
            return self.severity(element, index - 1, Leg(country, country, producing=True))
        world = supply.producers(before, element)
        return self.of_row(element, index - 1, world, country, final=False, producing=True)

    def crossing(
        self, element: str, index: int, exporter: str, importer: str, row_from: date | None
    ) -> Severity:
        """Return the severity of a crossing of the world market, not bound for the buyer."""
        return self._crossing(element, index, Leg(exporter, importer, row_from=row_from))

    def _crossing(self, element: str, index: int, leg: Leg) -> Severity:
        """Return sigma: 0 inside a bloc, else the strictest of what may bind."""
        if bloc(leg.exporter) == bloc(leg.importer):
            return NO_SEVERITY
        row_from = leg.row_from if self.engine.register.has_embargo(leg.exporter) else None
        # Whether the caller named the exporter matters only to measures that reach abroad.
        named = leg.declared and bool(self.engine.register.abroad)
        leg = leg._replace(declared=named, producing=False, row_from=row_from)
        key = (element, index, leg)
        known = self._crossings.get(key)
        if known is not None:
            return known
        military = self.goods.use.military
        if not leg.final:
            parameters = self.engine.methodology.parameters
            military *= parameters.upstream_military.at(self.engine.ends.use)
        crossing = self.facts(element, index, leg)
        result = self.parallel(
            [
                (share, self._expected(crossing, index, leg, military=side))
                for share, side in ((1.0 - military, False), (military, True))
                if share > 0.0
            ]
        )
        self._crossings[key] = result
        return result

    def facts(self, element: str, index: int, leg: Leg) -> Crossing:
        """Return a leg as far as the law cares."""
        stages = self.stages(element)
        stage, place = stages[index]
        chain = self.goods.chain
        own_form = stage is chain.last and chain.form in CO_CONTAINING_FORMS
        return Crossing(
            element=element,
            contained=self.goods.contained if own_form else frozenset({element}),
            stage=stage,
            register_stages=chain.register_stages[place],
            exporter=leg.exporter,
            importer=leg.importer,
            final=leg.final,
            reached=self.goods.reached,
            new_relation=leg.relation.new,
        )

    def _expected(self, crossing: Crossing, index: int, leg: Leg, *, military: bool) -> Severity:
        """Return the expected severity for civil or for military use."""
        engine = self.engine
        use = engine.use_towards(self.goods.use, crossing.importer)
        buffer, licence = self.goods.buffer, leg.relation.licence
        key = (crossing.key, use, military, buffer, licence, leg.row_from)
        known = engine.expected.get(key)
        if known is not None:
            return known
        items = engine.items(crossing, use, military=military)
        found = self._strictest(items, crossing, index, leg)
        if all(item.touched_by is None for item in items):
            engine.expected[key] = found
        return found

    def _strictest(
        self, items: Sequence[CrossingItem], crossing: Crossing, index: int, leg: Leg
    ) -> Severity:
        engine = self.engine
        activations = [structural_activation(crossing, self.goods.buffer, engine)]
        flags: set[str] = set()
        if not engine.supply.knows_governance(crossing.exporter):
            flags.add(GOVERNANCE_ASSUMED)
        for item in items:
            if _reflected(item, leg.row_from, engine.methodology.timing.embargo_holds_after_days):
                continue
            touch = 1.0
            if item.touched_by is not None:
                touch = self._touch.touched(
                    crossing.element,
                    index,
                    crossing.exporter,
                    origin=item.touched_by,
                    named=leg.declared,
                )
            activation = activation_of(
                item,
                touch=touch,
                buffer=self.goods.buffer,
                licence=leg.relation.licence,
                engine=engine,
            )
            if activation is not None:
                activations.append(activation)
                flags |= _flags_of(item)
        addends: dict[Cause, float] = {}
        for measure, addend in strictest_active(activations):
            if addend > 0.0:
                cause = (measure, crossing.stage.value, crossing.exporter, crossing.importer)
                addends[cause] = addends.get(cause, 0.0) + addend
        own = tuple(addends.items()) if engine.explains else ()
        return Severity(math.fsum(addends.values()), own, flags=frozenset(flags))


#: Forms in which one listed element makes the whole product a listed item.
CO_CONTAINING_FORMS = frozenset(
    {"magnet", "alloy", "device_magnet", "device_compound", "device_metal"}
)


def _flags_of(item: CrossingItem) -> set[str]:
    """Return what the answer must say about a measure that counts."""
    flags = set()
    if item.uncertain:
        flags.add(STATUS_UNCERTAIN)
    if item.stale:
        flags.add(OBSERVATION_STALE)
    return flags


def _reflected(item: CrossingItem, row_from: date | None, after_days: int) -> bool:
    """Return whether the trade figure already shows what a ban of all trade leaves."""
    if item.embargo_since is None or row_from is None:
        return False
    return (row_from - item.embargo_since).days > after_days
