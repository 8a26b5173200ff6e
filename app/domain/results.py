"""What the scoring core returns: plain values, unrounded, each with its explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.triple import Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A published score, 0-100, unrounded; `risk` holds the r behind it [1]."""

    low: float
    nominal: float
    high: float
    band: str
    risk: Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseParts:
    """What a measure does to goods on their way, in parts from which a sentence can be made.

    Attributes:
        kind: Severity kind of the strictest rule that may apply, e.g. "individual_licence".
        importers: Countries that the goods enter, most affected first.
        observed: Ids of the observations of practice that count.
        starts_in_days: Days until it may bind, 0 where it binds [days].
        uncertain: Nobody has confirmed which status holds.
    """

    kind: str
    importers: tuple[str, ...]
    observed: tuple[str, ...] = ()
    starts_in_days: float = 0.0
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One addend of a score.

    Attributes:
        factor: Stable key, e.g. "measure:CN-18-2025@separation:CN>JP", "structural@...",
            "market", "single_supplier".
        points: Its share of the score, unrounded; all addends sum to the score.
        text: One sentence in English that a purchaser understands.
        sources: Source keys.
        measure, stage, exporter, importer: Filled where they apply.
        cause: The same as `text` in parts, for sentences in other languages.
    """

    factor: str
    points: float
    text: str
    sources: tuple[str, ...]
    measure: str | None = None
    stage: str | None = None
    exporter: str | None = None
    importer: str | None = None
    cause: CauseParts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonScore:
    """Score of the same goods for another horizon; not comparable across horizons."""

    horizon_days: int
    score: float
    expected_stockout_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StageConcentration:
    """How concentrated one stage is, for the world, the destination and the company.

    Shares are China's [1]; indices are Herfindahl-Hirschman, 0-1. None where not known.
    `largest_mine` is (name, share) at the mining stage.
    """

    stage: str
    china_world: float
    china_low: float
    china_high: float
    china_destination: float | None
    china_company: float | None
    hhi_world: float
    hhi_destination: float | None
    hhi_company: float | None
    largest_mine: tuple[str | None, float] | None
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChange:
    """The next dated change of a status."""

    on_date: date
    measure: str
    status: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlView:
    """The law for one element, form, destination, end use and end user on a day.

    Attributes:
        status: One of the ten codes of the API contract.
        certainty: enacted, scheduled, stated or reported; None where nothing is controlled.
        best_estimate, worst_case: Status codes; always set when `unconfirmed`.
        expectation: "refusal" for a licence duty towards a military end user.
        reexport: Status of a live extraterritorial rule, or None.
        if_military: Status that a military end use would have, when the end use is unknown.
        measures: Ids of the measures that matched, the deciding one first.
        next_change: What is due next among them.
        practice: normal, slows, near_halt, halt or None where nothing was observed.
        licence_days: (low, value, high) calendar days to a licence, None without licence duty.
        notes: Sentences that qualify the status.
    """

    status: str
    certainty: str | None
    best_estimate: str | None
    worst_case: str | None
    expectation: str | None
    reexport: str | None
    if_military: str | None
    measures: tuple[str, ...]
    next_change: ControlChange | None
    practice: str | None
    licence_days: Triple | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementResult:
    """One element of the answer; all 17 are always there.

    `score` is None only for an element without a market.
    """

    symbol: str
    score: Score | None
    reason: str | None
    exposed: bool
    expected_stockout_days: float
    time_to_survive_days: float | None
    time_to_recover_days: float | None
    gap_days: float | None
    profile: tuple[HorizonScore, ...]
    mass_kg: Triple | None
    line_ids: tuple[str, ...]
    concentration: tuple[StageConcentration, ...]
    control: ControlView | None
    contributions: tuple[Contribution, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorContribution:
    """Points of one element in a sector's score."""

    element: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorResult:
    """One sector; `basis` is "bom" where the BOM has lines in it, else "reference"."""

    id: str
    score: Score
    basis: str
    contributions: tuple[SectorContribution, ...]
    worst_element: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallStep:
    """Score after one step of gross -> recycled -> inventory -> bridges (= net)."""

    step: str
    score: float
    change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineElementScore:
    """Score of one element in one line."""

    symbol: str
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """One line of the answer; lines without rare earths score 0."""

    line_id: str
    score: Score
    elements: tuple[LineElementScore, ...]
    contributions: tuple[Contribution, ...]
    waterfall: tuple[WaterfallStep, ...]
    best_origin: tuple[str, float] | None
    worst_origin: tuple[str, float] | None
    expected_stockout_days: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BomResult:
    """The product as a whole; `maximum` and `mean` are the two parts of its risk [1]."""

    score: Score
    maximum: float
    mean: float
    contributions: tuple[Contribution, ...]
    line_points: Mapping[str, float]
    expected_lost_revenue: float | None
    worst_line_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The whole answer of the scoring core.

    Attributes:
        weight_basis: revenue_at_risk, spend, element_value, mass or count.
        quality: Share of weight with declared country x composition x measured stock [1].
        flags: status_uncertain, press_only, default_composition, unknown_origin,
            no_market_data, low_confidence, observation_stale, vintage_after_date,
            transit_assumed, ... each at most once.
    """

    bom: BomResult
    elements: tuple[ElementResult, ...]
    sectors: tuple[SectorResult, ...]
    lines: tuple[LineResult, ...]
    weight_basis: str
    quality: float
    flags: tuple[str, ...]
    methodology_version: str
    reference_data_version: str
