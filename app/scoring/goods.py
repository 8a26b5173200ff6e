"""A line as the core evaluates it: contents, sourcing, buffer, use, weight."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from app.domain.abroad import DeMinimisOutcome
from app.domain.bom import Bom, BomLine
from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import Extraterritorial
from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.methodology import Methodology
from app.domain.places import RECYCLED, UNKNOWN
from app.domain.reference import ReferenceData
from app.domain.supply import Chain, Stage
from app.domain.triple import Side
from app.errors import InvalidNumberError, InvalidSharesError
from app.scoring.active_measures import ABROAD_ONLY
from app.scoring.de_minimis import line_test, threshold_match
from app.scoring.end_use import Use, use_of
from app.scoring.end_users import EndUserLists, end_user_lists
from app.scoring.kernel import Buffer
from app.scoring.path import CO_CONTAINING_FORMS, PLAIN, Goods, Relation
from app.scoring.sigma import GeneralLicence

SHARE_TOLERANCE = 0.001

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


def scored_lines(
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    reference: ReferenceData,
    context: AssessmentContext,
) -> tuple[ScoredLine, ...]:
    """Return the lines of a BOM that may hold rare earths, ready to evaluate.

    Args:
        bom: The lines as the caller gave them.
        identified: What identification found, one for each line, in the same order.
        reference: Chains, sectors, entity lists.
        context: End use and end user.

    Raises:
        InvalidSharesError: Declared shares are negative or exceed 1.
        InvalidNumberError: Stock, bridges or dates are out of range.
    """
    lists = end_user_lists(
        reference.register,
        context.end_user,
        context.end_user_owners,
        as_of=context.as_of,
        known_on=context.known_on,
    )
    return tuple(
        _scored_line(line, found, bom, reference, context, lists)
        for line, found in zip(bom.lines, identified, strict=True)
        if found.elements and found.forms
    )


def _scored_line(
    line: BomLine,
    found: IdentifiedLine,
    bom: Bom,
    reference: ReferenceData,
    context: AssessmentContext,
    lists: EndUserLists,
) -> ScoredLine:
    for content in found.elements:
        _check_content(content)
    sector = sector_of(line, bom, reference)
    chains = tuple(reference.supply.chains[form] for form in found.forms)
    sourcing = _sourcing(line)
    last = chains[0].last
    origins, shares = _origins(line, dict(sourcing).get(last), context)
    return ScoredLine(
        line_id=line.line_id,
        sector=sector,
        contents=tuple(sorted(found.elements, key=lambda content: content.symbol)),
        chains=chains,
        origins=origins,
        supplier_shares=shares,
        sourcing=tuple((stage, mix) for stage, mix in sourcing if stage is not last),
        buffer=_buffer(line),
        end_use=context.end_use,
        prior=_military_prior(sector, reference),
        lists=lists,
        thresholds=thresholds_of(reference, line, found, bom),
        stock_measured=line.stock_days is not None,
        composition_declared=all(content.basis.value == "declared" for content in found.elements),
        default_composition=found.default_composition,
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


def _sourcing(line: BomLine) -> tuple[tuple[Stage, tuple[tuple[str, float], ...]], ...]:
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
    thresholds: list[tuple[str, tuple[float, float, float]]] = []
    for measure_id, measure in sorted(reference.register.measures.items()):
        if not measure.scope.extraterritorial & ABROAD_ONLY:
            continue
        test = (
            line_test(measure, line, found, bom=bom, reference=reference)
            if line is not None and found is not None and bom is not None
            else None
        )
        outcome = test.outcome if test is not None else DeMinimisOutcome.CANNOT_TELL
        by_technology = Extraterritorial.FOREIGN_MADE_TECHNOLOGY in measure.scope.extraterritorial
        if outcome is DeMinimisOutcome.NOT_CAUGHT and by_technology:
            # Below the threshold the measure's other limb may still catch the goods.
            outcome = DeMinimisOutcome.CANNOT_TELL
        thresholds.append((measure_id, threshold_match(outcome)))
    return tuple(thresholds)


def unit_spend(line: BomLine) -> Decimal | None:
    """Return what a product's need of a line costs, in the line's currency, or None."""
    if line.unit_price is None or line.quantity is None:
        return None
    return line.unit_price * Decimal(repr(line.quantity))
