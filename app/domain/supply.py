"""Who makes what, stage by stage, and how countries source it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.controls import RegisterStage
from app.domain.provenance import Provenance
from app.domain.triple import Triple


class Stage(enum.StrEnum):
    """A processing stage of a rare-earth supply chain."""

    # Keys of every memory: the hash of the text is faster than that of the enumeration.
    __hash__ = str.__hash__

    MINING = "mining"
    SEPARATION = "separation"
    METAL = "metal"
    MAGNET = "magnet"
    COMPOUND = "compound"
    DEVICE = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The stages behind a product form, from the mine to the product.

    Attributes:
        form: ore, concentrate, oxide, salt, metal, alloy, target, magnet, compound,
            device_magnet, device_compound or device_metal.
        stages: In order of processing.
        register_stages: For each stage, the names that the legal texts may use for the goods
            that cross a border after it; empty where none does (a device).
    """

    form: str
    stages: tuple[Stage, ...]
    register_stages: tuple[tuple[RegisterStage, ...], ...]

    @property
    def last(self) -> Stage:
        """Return the stage of the product itself."""
        return self.stages[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class MixRow:
    """Shares of countries in one supply, with the period in which the figure could be known.

    One class serves the three tables of the methodology: world output of a stage (`place` is
    None), feed of the plants of a stage in a country, and sourcing of a destination.

    Attributes:
        stage: Stage of the plants (world, feed), or of the goods that are sourced.
        place: Country of the plants or the destination; None for world output.
        elements: Elements that the row speaks for.
        chain: Form to which the row is limited, or None.
        shares: Share by country code [1], sums to 1.
        bounds: (low, high) share by country code; countries without an entry span half to
            one and a half times their share.
    """

    stage: Stage
    place: str | None
    elements: frozenset[str]
    chain: str | None
    valid_from: date
    valid_to: date | None
    shares: Mapping[str, float]
    bounds: Mapping[str, tuple[float, float]]
    provenance: Provenance
    product: str | None = None

    def bound_of(self, country: str) -> tuple[float, float]:
        """Return the smallest and largest share that this country may have [1]."""
        share = self.shares[country]
        low, high = self.bounds.get(country, (0.5 * share, 1.5 * share))
        return min(low, share), min(1.0, max(high, share))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRelianceRow:
    """Import reliance of a destination for a form [1], 0-1."""

    destination: str
    stage: Stage
    elements: frozenset[str]
    value: Triple
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceRisk:
    """Governance risk of a country [1], 0 good to 1 bad, from the World Bank estimates.

    Attributes:
        dimensions: How many of the six were printed for the country.
        estimates: The printed ones by name (political_stability, ...), -2.5 bad to 2.5 good.
    """

    country: str
    value: float
    dimensions: int
    estimates: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LargestMine:
    """Share of world mine output of an element from its largest single mine [1].

    `vintages` are (first day on which it could be known, nominal share), ascending.
    """

    element: str
    mine: str | None
    value: Triple
    vintages: tuple[tuple[date, float], ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Price of contained element [USD/kg]; a public annual average, not a quote."""

    element: str
    usd_per_kg: Triple
    product: str
    market: str
    reference: str
    known_from: date
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyReference:
    """Every table of the supply side.

    Attributes:
        sourcing_stage: Which destination table serves a form: oxide rows for oxides, salts
            and compounds, metal rows for metals, alloys and targets, magnet rows for magnets.
        importers: Reference importers and their weights, which sum to 1.
    """

    chains: Mapping[str, Chain]
    world: tuple[MixRow, ...]
    feed: tuple[MixRow, ...]
    destination_mixes: tuple[MixRow, ...]
    sourcing_stage: Mapping[str, Stage]
    import_reliance: tuple[ImportRelianceRow, ...]
    governance: Mapping[str, GovernanceRisk]
    governance_provenance: Provenance
    governance_missing: Triple
    largest_mines: Mapping[str, LargestMine]
    importers: Mapping[str, float]
    importers_valid_from: date
    importers_provenance: Provenance
    prices: Mapping[str, Price]
