"""Reference figures that no score reads: what tables were derived from, checks, peers, context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One printed or derived figure of a series.

    Attributes:
        series: Edition, base, product or indicator.
        subject: Country code, element, element group, sector or name.
        period: Year or span as printed.
        low, high: Ends of the figure; equal where one value was printed, high None where only
            a lower end was.
        unit: Unit as text.
    """

    series: str
    subject: str
    period: str
    low: float
    high: float | None
    unit: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A mine or type of ore with its make-up.

    Attributes:
        tonnes_reo: Output of 2025 [t rare-earth oxide], or None for a type or assay only.
        printed: Mass fraction of each element oxide in all of them as printed [1].
        used: The same with gaps filled and scaled to 1; empty where only printed.
        filled: Elements of `used` that no source prints.
    """

    id: str
    name: str
    countries: tuple[str, ...]
    ore: str
    tonnes_reo: float | None
    printed: Mapping[str, float]
    used: Mapping[str, float]
    filled: frozenset[str]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantCapacity:
    """A plant with its capacity as text, for few print a figure that compares."""

    company: str
    site: str
    country: str
    stages: tuple[str, ...]
    capacity: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFigure:
    """One figure on imports; `origin` None means all origins together.

    Attributes:
        measure: value_usd, weight_t, value_share, weight_share, import_sources,
            shipping_records or unstated_share.
    """

    destination: str
    origin: str | None
    product: str
    period: str
    measure: str
    value: float
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class EuAssessment:
    """One element in the EU's assessment of 2017; shares and rates are fractions [1]."""

    element: str
    supply_risk: float
    economic_importance: float
    import_reliance: float
    recycling_input_rate: float
    substitution_index_importance: float
    substitution_index_supply_risk: float
    hhi_global: float
    hhi_eu: float
    supply_risk_global_only: float
    supply_risk_eu_sourcing_only: float
    stage: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sentence with figures.

    Attributes:
        kind: validation, peer, trade, recycling, licence, gap, remark, recipe, cross_check or
            impact_study.
        values: Each figure, or its span.
        items: Words where a publisher prints an order or a list.
    """

    id: str
    kind: str
    text: str
    values: Mapping[str, tuple[float, ...]]
    items: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorGroup:
    """A bundle of sectors under one name."""

    id: str
    name: str
    sectors: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A use of rare earths.

    Attributes:
        volume_share: Share of world use of all rare earths in 2021 [1], or None.
        composition: Mass share of each element in this use [1]; may fall short of 1.
    """

    id: str
    name: str
    volume_share: float | None
    composition: Mapping[str, float]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementUse:
    """Where the world use of an element goes.

    Attributes:
        shares: Share by application [1]; sums to 1, or empty without a market.
        band: Multiply or divide a share by it for a plausible range; None without a market.
    """

    element: str
    shares: Mapping[str, float]
    band: float | None
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSplit:
    """How an application is spread over sectors, in general or for one element.

    Attributes:
        ranges: (low, high) by sector where a range was read.
    """

    application: str
    element: str | None
    shares: Mapping[str, float]
    ranges: Mapping[str, tuple[float, ...]]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Everything that explains, checks or puts into context what the score reads.

    Attributes:
        figures: Series of figures by table.
    """

    figures: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    deposits: tuple[Deposit, ...] = ()
    capacities: tuple[PlantCapacity, ...] = ()
    imports: tuple[ImportFigure, ...] = ()
    eu_assessments: Mapping[str, EuAssessment] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    groups: tuple[SectorGroup, ...] = ()
    applications: Mapping[str, Application] = field(default_factory=dict)
    element_uses: Mapping[str, ElementUse] = field(default_factory=dict)
    application_splits: tuple[ApplicationSplit, ...] = ()
