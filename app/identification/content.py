"""What a line holds, before its quantity is known: fractions, presence, and how masses follow."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.exposure import EvidenceItem, LineOutcome
from app.domain.materials import Component, Material, PartClass, Substance
from app.domain.provenance import Basis
from app.domain.triple import ONE, Triple


class MassRule(enum.IntEnum):
    """How the mass of an element follows from the line.

    Attributes:
        BULK: The line is the material: mass of the line times fraction.
        SHARE: As BULK, of a declared share of the line.
        DECLARED: A declared mass per unit times fraction.
        PIECE: A mass per piece (or per kW, m, ...) of the component.
        NONE: No mass can be given.
    """

    BULK = 1
    SHARE = 2
    DECLARED = 3
    PIECE = 4
    NONE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One element of a finding.

    Attributes:
        fraction: Mass fraction of the element in the material [1].
        presence: Probability that it is there at all [1].
        amount: Share of the line [1] (SHARE), mass per unit [kg] (DECLARED), or mass of the
            element per component unit [kg] (PIECE).
    """

    symbol: str
    fraction: Triple | None
    presence: Triple
    basis: Basis
    sources: tuple[str, ...]
    rule: MassRule
    amount: Triple | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one line holds, as far as its words tell; masses come later.

    Attributes:
        kind: Kind of the evidence that decided.
        component_unit: Unit of PIECE amounts (piece, kW, m, ...).
        rating: Rating of the part in that unit, where it is one of power or torque.
        density_kg_per_m3, volume_m3: Of one bare piece whose size the text prints.
    """

    outcome: LineOutcome
    kind: str
    confidence: float
    contents: tuple[Content, ...]
    forms: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]
    reason: str
    material: str | None = None
    question: str | None = None
    default_composition: bool = False
    warnings: tuple[tuple[str, str], ...] = ()
    component_unit: str = "piece"
    rating: float | None = None
    density_kg_per_m3: float | None = None
    volume_m3: Triple | None = None


def presence_of(fraction: Triple) -> Triple:
    """Return the probability that an element is there, from its fraction in the material.

    A low end of 0 means that the material may be without it; then a typical value above 0 makes
    it likely, and one of 0 only possible.
    """
    if fraction.low > 0:
        return ONE
    return Triple(0.0, 1.0 if fraction.nominal > 0 else 0.0, 1.0)


def with_probability(presence: Triple, probability: float) -> Triple:
    """Return a presence given that only a share of such parts holds rare earths [1]."""
    return Triple(0.0, presence.nominal * probability, presence.high)


def material_contents(
    material: Material,
    *,
    fractions: Mapping[str, Triple] | None = None,
    rule: MassRule = MassRule.BULK,
    without: Collection[str] = (),
) -> tuple[Content, ...]:
    """Return the contents of a material.

    Args:
        material: The material.
        fractions: Instead of its own, by production route or with refined figures.
        rule: How masses follow.
        without: Elements that the text denies.
    """
    return tuple(
        Content(
            symbol=symbol,
            fraction=fraction,
            presence=presence_of(fraction),
            basis=material.provenance.status.basis,
            sources=material.provenance.sources,
            rule=rule,
        )
        for symbol, fraction in (fractions or material.fractions).items()
        if fraction.high > 0 and symbol not in without
    )


def substance_contents(
    substance: Substance, *, rule: MassRule = MassRule.BULK
) -> tuple[Content, ...]:
    """Return the contents of a substance."""
    return tuple(
        Content(
            symbol=symbol,
            fraction=Triple.exactly(fraction),
            presence=ONE,
            basis=substance.provenance.status.basis,
            sources=substance.provenance.sources,
            rule=rule,
        )
        for symbol, fraction in substance.fractions.items()
    )


def element_content(
    symbol: str,
    *,
    fraction: Triple | None = None,
    basis: Basis = Basis.DERIVED,
    sources: tuple[str, ...] = (),
    presence: Triple = ONE,
) -> Content:
    """Return the content of an element that is named alone; without a fraction no mass follows."""
    return Content(
        symbol=symbol,
        fraction=fraction,
        presence=presence,
        basis=basis,
        sources=sources,
        rule=MassRule.NONE if fraction is None else MassRule.BULK,
    )


def component_contents(
    component: Component, material: Material | None, *, probability: float
) -> tuple[Content, ...]:
    """Return the contents of a component.

    Args:
        component: The component.
        material: Its active material, or None.
        probability: That such parts hold rare earths [1].
    """
    contents = []
    for symbol, mass in component.masses_kg.items():
        if mass.high <= 0:
            continue
        presence = presence_of(mass)
        contents.append(
            Content(
                symbol=symbol,
                fraction=material.fractions.get(symbol) if material else None,
                presence=with_probability(presence, probability) if probability < 1 else presence,
                basis=Basis.ASSUMED,
                sources=component.provenance.sources,
                rule=MassRule.PIECE,
                amount=mass,
            )
        )
    return tuple(contents)


def class_contents(
    item: PartClass, material: Material | None, component: Component | None, *, bulk: bool
) -> tuple[Content, ...]:
    """Return the contents of a class of parts, of which nothing is certain.

    Args:
        item: The class.
        material: What its parts are made of if they hold rare earths, or None.
        component: What one piece of it weighs in rare earths, or None.
        bulk: The part is the material itself (a bare magnet).
    """
    contents = []
    for symbol in item.elements:
        fraction = material.fractions.get(symbol) if material else None
        mass = component.masses_kg.get(symbol) if component else None
        known = mass or fraction
        presence = presence_of(known) if known is not None else Triple(0.0, 0.0, 1.0)
        if mass is not None:
            rule = MassRule.PIECE
        else:
            rule = MassRule.BULK if bulk and fraction is not None else MassRule.NONE
        contents.append(
            Content(
                symbol=symbol,
                fraction=fraction,
                presence=with_probability(presence, item.probability),
                basis=Basis.ASSUMED,
                sources=item.provenance.sources,
                rule=rule,
                amount=mass,
            )
        )
    return tuple(contents)


def merged(contents: Iterable[Content]) -> tuple[Content, ...]:
    """Return each element once, as the first content names it.

    The surest presence wins, and where the first knows no fraction, the next that knows one.
    """
    result: dict[str, Content] = {}
    for content in contents:
        known = result.get(content.symbol)
        if known is None:
            result[content.symbol] = content
            continue
        presence = content.presence if content.presence.low > known.presence.low else known.presence
        if known.fraction is None and content.fraction is not None:
            known = content
        result[content.symbol] = replace(known, presence=presence)
    return tuple(result.values())


def uncertain(contents: Iterable[Content], probability: float) -> tuple[Content, ...]:
    """Return the contents as only likely."""
    return tuple(
        replace(content, presence=with_probability(content.presence, probability))
        for content in contents
    )
