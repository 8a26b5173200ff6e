"""Sectors, what each depends on, and the default goods by which a sector is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """How far a sector depends on an element: 0 not at all to 3, where products stop."""

    element: str
    level: int
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeLine:
    """One default line of a sector: a form, its elements, and the product it stands for.

    The elements of a line with a product share one product, typically of this `material`, which
    decides co-containment; elements of lines without a product stand alone.
    """

    form: str
    elements: tuple[str, ...]
    product: str | None
    material: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One sector of the taxonomy.

    Attributes:
        aliases: Other names by which callers may refer to it; unique among all sectors.
        scrutiny: How hard a licence officer is likely to look at the end use: low, medium, high
            or very_high; `scrutiny_reason` says why.
        dependence: By element, levels 1 to 3.
        end_use: End use that the archetype is scored for when the caller gives none.
        military_prior: Probability that goods of this sector end in military use [1].
        end_use_shares: Share of world use of each element that goes to this sector [1].
    """

    id: str
    names: Mapping[str, str]
    description: str
    kind: str
    codes: Mapping[str, tuple[str, ...]]
    aliases: tuple[str, ...]
    groups: tuple[str, ...]
    scrutiny: str
    dependence: Mapping[str, Dependence]
    archetype_end_use: str
    archetype: tuple[ArchetypeLine, ...]
    military_prior: float
    end_use_shares: Mapping[str, float]
    provenance: Provenance
    scrutiny_reason: str = ""
