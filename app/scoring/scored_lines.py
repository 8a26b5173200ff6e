"""From lines as the caller gave them to lines as the core evaluates them."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeVar

from app.domain.bom import Bom, BomLine
from app.domain.context import AssessmentContext
from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.places import RECYCLED, UNKNOWN
from app.domain.provenance import Basis
from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.domain.triple import ONE, Side
from app.errors import InvalidNumberError, InvalidSharesError
from app.scoring.active_measures import ABROAD_ONLY
from app.scoring.de_minimis import ValueTests
from app.scoring.end_users import EndUserLists, end_user_lists
from app.scoring.goods import (
    SHARE_TOLERANCE,
    Origin,
    ScoredLine,
    Sourcing,
    Thresholds,
    presence_at,
    threshold_of,
)
from app.scoring.kernel import Buffer
from app.scoring.path import PLAIN, Relation
from app.scoring.sigma import GeneralLicence

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where a line comes from, and a name for all of it."""

    origins: tuple[Origin, ...]
    supplier_shares: tuple[float, ...] | None
    sourcing: Sourcing


#: A line with its finding, by the identity of both, and what it is to the core.
KnownLines = dict[tuple[int, int], tuple[BomLine, IdentifiedLine, ScoredLine]]


class GoodsMemory:
    """What lines of one context have in common, worked out once.

    Holds neither names nor ids of a line, unless it is to keep lines.

    Args:
        reference: Chains, sectors, entity lists.
        context: End use and end user.
        lists: What entity lists say of the end user.
        keeps_lines: Whether lines are known again by identity; for a stream of one customer.
    """

    def __init__(
        self,
        reference: ReferenceData,
        context: AssessmentContext,
        lists: EndUserLists,
        *,
        keeps_lines: bool = False,
    ) -> None:
        self.reference = reference
        self.context = context
        self.lists = lists
        self.tests = ValueTests(reference)
        self.abroad = tuple(
            measure
            for _, measure in sorted(reference.register.measures.items())
            if measure.scope.extraterritorial & ABROAD_ONLY
        )
        self._sectors: dict[tuple[str | None, str | None], str | None] = {}
        self._sources: dict[tuple[object, ...], _Sources] = {}
        self._buffers: dict[tuple[object, ...], Buffer] = {}
        self._thresholds: dict[Hashable, Thresholds] = {}
        self._kinds: dict[tuple[object, ...], object] = {}
        self._keeps_lines = keeps_lines
        self._lines: dict[Hashable, KnownLines] = {}

    def lines(self, bom: Bom) -> KnownLines | None:
        """Return lines of products that say the same of them; None where none are kept."""
        if not self._keeps_lines:
            return None
        if sum(len(known) for known in self._lines.values()) >= MOST_LINES:
            self._lines.clear()
        said = (bom.sector, bom.unit_price, bom.currency, bom.usd_per_currency)
        return self._lines.setdefault(said, {})

    def kind(self, kind: tuple[object, ...]) -> object:
        """Return a name for a kind of lines, whose hash costs nothing."""
        known = self._kinds.get(kind)
        if known is None:
            _bounded(self._kinds)
            known = self._kinds[kind] = object()
        return known

    def sector(self, line: BomLine, bom: Bom) -> str | None:
        """Return the id of a line's sector; remembered."""
        key = (line.sector, bom.sector)
        if key not in self._sectors:
            _bounded(self._sectors)
            self._sectors[key] = sector_of(line, bom, self.reference)
        return self._sectors[key]

    def sources(self, line: BomLine, last: Stage) -> tuple[tuple[object, ...], _Sources]:
        """Return origins and declared shares of a line, and what they follow from."""
        key = (
            last,
            line.recycled_share,
            tuple(
                (one.country, one.share, one.general_licence_valid_to, one.new_relation)
                for one in line.suppliers
            ),
            tuple((one.stage, one.country, one.share) for one in line.sourcing)
            if line.sourcing
            else (),
        )
        known = self._sources.get(key)
        if known is None:
            _bounded(self._sources)
            sourcing = _sourcing(line)
            origins, shares = _origins(line, dict(sourcing).get(last), self.context)
            upstream = tuple((stage, mix) for stage, mix in sourcing if stage is not last)
            known = self._sources[key] = _Sources(origins, shares, upstream)
        return key, known

    def buffer(self, line: BomLine) -> Buffer:
        """Return stock and bridges of a line; remembered."""
        key = (line.stock_days, line.bridges)
        known = self._buffers.get(key)
        if known is None:
            _bounded(self._buffers)
            known = self._buffers[key] = _buffer(line)
        return known

    def thresholds(self, line: BomLine, found: IdentifiedLine, bom: Bom) -> Thresholds:
        """Return whether a line reaches each content threshold; see `thresholds_of`."""
        kind = self.tests.unpriced_kind(line, found, bom)
        known = None if kind is None else self._thresholds.get(kind)
        if known is None:
            known = tuple(
                (measure.id, threshold_of(measure, self.tests.of(measure, line, found, bom)))
                for measure in self.abroad
            )
            if kind is not None:
                _bounded(self._thresholds)
                self._thresholds[kind] = known
        return known


#: Lines that are kept by identity before that memory begins anew.
MOST_LINES = 8_192

#: Entries that a memory holds before it begins anew.
MOST_KEPT = 50_000


def _bounded(memory: dict[_Key, _Value]) -> None:
    if len(memory) >= MOST_KEPT:
        memory.clear()


def scored_lines(
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    reference: ReferenceData,
    context: AssessmentContext,
    memory: GoodsMemory | None = None,
) -> tuple[ScoredLine, ...]:
    """Return the lines of a BOM that may hold rare earths, ready to evaluate.

    Args:
        bom: The lines as the caller gave them.
        identified: What identification found, one for each line, in the same order.
        reference: Chains, sectors, entity lists.
        context: End use and end user.
        memory: Of the same data and context; None for one of this call.

    Raises:
        InvalidSharesError: Declared shares are negative or exceed 1.
        InvalidNumberError: Stock, bridges or dates are out of range.
    """
    if memory is None:
        lists = end_user_lists(
            reference.register,
            context.end_user,
            context.end_user_owners,
            as_of=context.as_of,
            known_on=context.known_on,
        )
        memory = GoodsMemory(reference, context, lists)
    holding = [
        (line, found)
        for line, found in zip(bom.lines, identified, strict=True)
        if found.elements and found.forms
    ]
    kept = memory.lines(bom)
    if kept is None:
        return tuple([_scored_line(line, found, bom, memory) for line, found in holding])
    ready: list[ScoredLine] = []
    for line, found in holding:
        key = (id(line), id(found))
        known = kept.get(key)
        if known is None:
            known = kept[key] = (line, found, _scored_line(line, found, bom, memory))
        ready.append(known[2])
    return tuple(ready)


def _scored_line(line: BomLine, found: IdentifiedLine, bom: Bom, memory: GoodsMemory) -> ScoredLine:
    elements = found.elements
    for content in elements:
        _check_content(content)
    reference = memory.reference
    sector = memory.sector(line, bom)
    chains = tuple([reference.supply.chains[form] for form in found.forms])
    named, sources = memory.sources(line, chains[0].last)
    buffer = memory.buffer(line)
    thresholds = memory.thresholds(line, found, bom)
    contents = elements if len(elements) == 1 else tuple(sorted(elements, key=_symbol))
    declared = all(content.basis is Basis.DECLARED for content in elements)
    scored = ScoredLine(
        line_id=line.line_id,
        sector=sector,
        contents=contents,
        chains=chains,
        origins=sources.origins,
        supplier_shares=sources.supplier_shares,
        sourcing=sources.sourcing,
        buffer=buffer,
        end_use=memory.context.end_use,
        prior=_military_prior(sector, reference),
        lists=memory.lists,
        thresholds=thresholds,
        stock_measured=line.stock_days is not None,
        composition_declared=declared,
        default_composition=found.default_composition,
    )
    kind = (
        sector,
        tuple([_held(content) for content in contents]),
        found.forms,
        named,
        line.stock_days,
        line.bridges,
        thresholds,
        declared,
        found.default_composition,
    )
    object.__setattr__(scored, "kind", memory.kind(kind))  # derived from the rest, so no argument
    return scored


def _symbol(content: ElementContent) -> str:
    return content.symbol


def _held(content: ElementContent) -> object:
    """Return an element and how surely it is there, as briefly as may be."""
    fraction = content.fraction
    if content.presence is ONE and (fraction is None or fraction.low > 0.0):
        return content.symbol
    return (
        content.symbol,
        presence_at(content, Side.LOW),
        presence_at(content, Side.NOMINAL),
        presence_at(content, Side.HIGH),
    )


def sector_of(line: BomLine, bom: Bom, reference: ReferenceData) -> str | None:
    """Return the id of a line's sector, its own before the product's, or None."""
    for wanted in (line.sector, bom.sector):
        if wanted is None:
            continue
        key = wanted.strip().casefold()
        for sector_id in sorted(reference.sectors):
            sector = reference.sectors[sector_id]
            if key == sector_id or key in {alias.casefold() for alias in sector.aliases}:
                return sector_id
    return None


def _military_prior(sector: str | None, reference: ReferenceData) -> float:
    if sector is None:
        return reference.methodology.military_prior_default
    return reference.sectors[sector].military_prior


def _sourcing(line: BomLine) -> Sourcing:
    by_stage: dict[Stage, dict[str, float]] = {}
    for entry in line.sourcing:
        _check_share(entry.share)
        mix = by_stage.setdefault(Stage(entry.stage), {})
        mix[entry.country] = mix.get(entry.country, 0.0) + entry.share
    for stage, mix in by_stage.items():
        if math.fsum(mix.values()) > 1.0 + SHARE_TOLERANCE:
            raise InvalidSharesError(
                f"declared shares at stage {stage.value} sum to more than 1 on one line; "
                "give shares of the same need"
            )
    return tuple((stage, tuple(sorted(by_stage[stage].items()))) for stage in sorted(by_stage))


def _check_content(content: ElementContent) -> None:
    """Refuse what no material can hold; the triples themselves are finite and in order."""
    for name, share in (("presence", content.presence), ("mass fraction", content.fraction)):
        if share is not None and not 0.0 <= share.low <= share.high <= 1.0:
            raise InvalidSharesError(
                f"the {name} of {content.symbol} must lie between 0 and 1, got {share!r}"
            )
    if content.mass_kg is not None and content.mass_kg.low < 0.0:
        raise InvalidNumberError(
            f"the mass of {content.symbol} must be 0 kg or more, got {content.mass_kg!r}"
        )


def _check_share(share: float) -> None:
    if not math.isfinite(share) or not 0.0 <= share <= 1.0:
        raise InvalidSharesError(f"a share must lie between 0 and 1, got {share!r}")


def _origins(
    line: BomLine, at_last_stage: tuple[tuple[str, float], ...] | None, context: AssessmentContext
) -> tuple[tuple[Origin, ...], tuple[float, ...] | None]:
    """Return origins that sum to 1, and the supplier shares.

    Shares declared for the last stage go before those of suppliers. A sum below 1 leaves the
    rest UNKNOWN; sums within a tolerance of 1 are normalised.
    """
    _check_share(line.recycled_share)
    for supplier in line.suppliers:
        _check_share(supplier.share)
    shares = tuple(supplier.share for supplier in line.suppliers) or None
    named: list[Origin] = []
    if at_last_stage is not None:
        relation = _relation(line, 0, context) if len(line.suppliers) == 1 else PLAIN
        named = [Origin(country, share, relation) for country, share in at_last_stage]
    else:
        for place, supplier in enumerate(line.suppliers):
            named.append(
                Origin(supplier.country or UNKNOWN, supplier.share, _relation(line, place, context))
            )
    if line.recycled_share > 0.0:
        primary = 1.0 - line.recycled_share
        named = [
            Origin(origin.country, origin.share * primary, origin.relation) for origin in named
        ]
        named.append(Origin(RECYCLED, line.recycled_share))
    total = math.fsum(origin.share for origin in named)
    if total > 1.0 + SHARE_TOLERANCE:
        raise InvalidSharesError(f"the suppliers' shares sum to {total:.3f}, more than 1")
    if total < 1.0 - SHARE_TOLERANCE:
        named.append(Origin(UNKNOWN, 1.0 - total))
        total = 1.0
    return tuple(Origin(o.country, o.share / total, o.relation) for o in named), shares


def _relation(line: BomLine, place: int, context: AssessmentContext) -> Relation:
    supplier = line.suppliers[place]
    licence = None
    if supplier.general_licence_valid_to is not None:
        days = (supplier.general_licence_valid_to - context.as_of).days
        licence = GeneralLicence(float(days)) if days > 0 else None
    return Relation(licence, supplier.new_relation)


def _buffer(line: BomLine) -> Buffer:
    stock = line.stock_days if line.stock_days is not None else 0.0
    if not math.isfinite(stock) or stock < 0.0:
        raise InvalidNumberError(f"stock must be 0 days or more, got {stock!r}")
    for bridge in line.bridges:
        if not math.isfinite(bridge.from_day) or bridge.from_day < 0.0:
            raise InvalidNumberError(f"a bridge starts on day 0 or later, got {bridge!r}")
        if not math.isfinite(bridge.share) or not 0.0 <= bridge.share <= 1.0:
            raise InvalidSharesError(f"a bridge covers between 0 and 1, got {bridge!r}")
    ordered = sorted(line.bridges, key=lambda bridge: (bridge.from_day, bridge.share))
    return Buffer(stock, tuple(ordered))
