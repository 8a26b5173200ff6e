"""Parameters of the method: severities, weights, scales, and what each rests on."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.controls import ControlBasis, MeasureType, Outcome
from app.domain.triple import Triple


class Kind(enum.StrEnum):
    """Severity class of a measure on a crossing, mildest first."""

    NONE = "none"
    REGISTRATION = "registration"
    TAX = "tax"
    QUOTA = "quota"
    GENERAL_LICENCE = "general_licence"
    INDIVIDUAL_LICENCE = "individual_licence"
    STRICT_LICENCE = "strict_licence"
    STALLED = "stalled"
    PRESUMPTION_OF_DENIAL = "presumption_of_denial"
    PROHIBITED = "prohibited"


#: Kinds whose effect an authorisation in hand softens (methodology, section 5).
LICENCE_KINDS: frozenset[Kind] = frozenset(
    {Kind.INDIVIDUAL_LICENCE, Kind.STRICT_LICENCE, Kind.STALLED, Kind.PRESUMPTION_OF_DENIAL}
)


class Evidence(enum.StrEnum):
    """What the knowledge of a measure rests on, strongest first."""

    LEGAL_TEXT = "legal_text"
    OFFICIAL_STATEMENT = "official_statement"
    PRESS_REPORT = "press_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """Refusal share and delay of one kind.

    Attributes:
        refusal: Share of deliveries not released inside the horizon [1].
        established: D10, D50, D90 [calendar days] once a measure has settled.
        initial: The same in the first weeks; None where the kind has no such phase.
    """

    refusal: Triple
    established: tuple[float, float, float]
    initial: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """Which kind a measure of this type and basis has; `control_basis` None means any.

    `counts_as_restriction` says whether it counts among the restrictive measures that make
    further ones more likely (methodology, section 6).
    """

    type: MeasureType
    control_basis: ControlBasis | None
    kind: Kind
    counts_as_restriction: bool
    refusal: Triple | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUseMatch:
    """Probability triple that a line's end use falls under a measure's end-use class.

    A value of `prior` in the data stands for the military prior of the line's sector.
    `sectors` limits the row; empty means any sector.
    """

    measure_end_use: str
    line_end_use: str
    sectors: frozenset[str]
    match: tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Section 16 of the methodology; every triple is (favourable, nominal, unfavourable).

    Attributes:
        lambda0: New restrictions per year at governance risk x world share = 1.
        mu, restriction_cap: Clustering of restrictions, and how many count.
        kappa: How far scarcity on the world market reaches buyers of unrestricted goods.
        alpha: Weight of the largest single mine.
        o_max: Risk of a single supplier.
        adaptation_raw, adaptation_worked: Days of delay that buyers work off per day a
            licence duty is in force (chi), for raw forms and for magnets and devices.
        delay_multiplier: Factor on every delay.
        p_draft, p_announced, p_reactivated, p_expired: Probability that a draft, an adopted,
            a suspended, or an expired-suspension measure binds.
        credence: By evidence.
        upstream_military: Factor on a military end use at upstream crossings.
        retransfer: Factor on the liability for handing goods on.
        spill_magnet: What a control of magnets with a listed element does to magnets without.
        gamma, beta, psi: Scale, weight of the maximum, weight of own goods in a sector.
    """

    lambda0: Triple
    mu: Triple
    restriction_cap: float
    kappa: Triple
    alpha: Triple
    o_max: Triple
    adaptation_raw: tuple[float, float, float]
    adaptation_worked: tuple[float, float, float]
    delay_multiplier: Triple
    p_draft: Triple
    p_announced: Triple
    p_reactivated: Triple
    p_expired: Triple
    credence: Mapping[Evidence, Triple]
    upstream_military: Triple
    retransfer: Triple
    spill_magnet: Triple
    gamma: float
    beta: float
    psi: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Day counts of the methodology; all calendar days."""

    initial_phase_days: int
    established_from_days: int
    observation_fade_days: int
    restriction_window_days: int
    draft_lapses_after_days: int
    embargo_holds_after_days: int
    horizons: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band of the published score, from `from_score` up to the next band."""

    name: str
    from_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterNote:
    """Why a parameter has its value, for the page that explains the method."""

    name: str
    text: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Methodology:
    """Everything numerical that the score rests on besides the reference data."""

    version: str
    parameters: Parameters
    timing: Timing
    severities: Mapping[Kind, Severity]
    kind_rules: tuple[KindRule, ...]
    outcome_kinds: Mapping[Outcome, Kind | None]
    end_use_matches: tuple[EndUseMatch, ...]
    military_prior_default: float
    owned_by_listed: Triple
    quantile_weights: tuple[float, float, float]
    bands: tuple[Band, ...]
    low_confidence_below: float
    notes: tuple[ParameterNote, ...]
