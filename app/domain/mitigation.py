"""What a buyer can do: alternatives, suppliers, recycling, stocks, sourcing law, measures."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.provenance import Provenance
from app.domain.triple import Triple


class AlternativeKind(enum.StrEnum):
    """Whether the product changes, or the material within it."""

    DESIGN = "design"
    MATERIAL = "material"


class Maturity(enum.StrEnum):
    """How far an alternative has come on the market."""

    SERIES = "series"
    NICHE = "niche"
    PILOT = "pilot"


class Affiliation(enum.StrEnum):
    """Whose supplier a company is; `restricted` means under sanctions or near to them."""

    NON_CHINA = "non_china"
    CHINA = "china"
    RESTRICTED = "restricted"


class SiteState(enum.StrEnum):
    """State of a plant; everything but `operating` and `ramp` is an announcement."""

    OPERATING = "operating"
    RAMP = "ramp"
    PILOT = "pilot"
    CONSTRUCTION = "construction"
    PLAN = "plan"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A design or material that needs less of some rare earths.

    Attributes:
        removes: Share of each element that the component no longer needs [1].
        keeps: Elements that stay, where the text says so.
        adds: Elements that the switch brings in; it can raise another risk.
        lead_time_months: From decision to series [months]; judgement; None where none given.
        components, materials, sectors: Ids that it applies to.
    """

    id: str
    name: str
    kind: AlternativeKind
    applications: tuple[str, ...]
    removes: Mapping[str, float]
    keeps: tuple[str, ...]
    adds: tuple[str, ...]
    maturity: Maturity
    effect: str
    trade_off: str
    lead_time_months: Triple | None
    components: tuple[str, ...]
    materials: tuple[str, ...]
    sectors: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierSite:
    """A plant; `capacity` is text, for few print a figure that compares.

    Attributes:
        stages: What this plant does of the company's stages; empty means all of them.
    """

    country: str
    place: str
    state: SiteState
    capacity: str
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSupplier:
    """A company of the rare-earth trade.

    A maker outside China may still use Chinese oxide or metal. Companies of affiliation
    `china` serve to recognise a name in a vendor field, they are no alternative.

    Attributes:
        headquarters: ISO 3166-1 alpha-2.
        stages: What it does: mining, separation_light, separation_heavy, metal, alloy,
            magnet_ndfeb, magnet_smco, bonded, recycling, trading, ...
        elements: What it can supply at those stages.
        not_yet_commercial: Those of `elements` that were pilot or plan in what was read.
        aliases: Brands and other names.
    """

    id: str
    name: str
    headquarters: str
    affiliation: Affiliation
    stages: tuple[str, ...]
    elements: tuple[str, ...]
    not_yet_commercial: tuple[str, ...]
    sites: tuple[SupplierSite, ...]
    aliases: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationFact:
    """A short fact with its figures; each figure is (value) or (low, high) or three values.

    Attributes:
        region: ISO 3166-1 alpha-2, or None where it speaks of no region.
    """

    id: str
    region: str | None
    text: str
    values: Mapping[str, tuple[float, ...]]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingLaw:
    """A law of the buyer's own state that bars origins; a warning, not a stop of supply."""

    id: str
    region: str
    text: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurementMeasure:
    """Something that a purchasing department can do.

    Attributes:
        lever: What it acts on: data quality, licence delay, delay, concentration, price, ...
        use_when: When it pays.
        lead_time_weeks: Until it takes effect [weeks]; judgement.
    """

    id: str
    name: str
    lever: str
    use_when: str
    lead_time_weeks: Triple
    text: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationReference:
    """Everything that is known of ways out; `capacity` and `shortage` are context."""

    alternatives: Mapping[str, Alternative]
    suppliers: Mapping[str, KnownSupplier]
    recycling: tuple[MitigationFact, ...]
    stocks: tuple[MitigationFact, ...]
    sourcing_law: tuple[SourcingLaw, ...]
    procurement_measures: tuple[ProcurementMeasure, ...]
    capacity: MitigationFact
    shortage: MitigationFact
