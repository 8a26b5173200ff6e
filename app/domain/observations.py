"""What was observed of licensing and trade flows under a measure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from app.domain.provenance import Provenance
from app.domain.triple import Triple


class ObservationBasis(enum.StrEnum):
    """What kind of figure an observation carries."""

    FLOW_RATIO = "flow_ratio"
    APPROVALS = "approvals"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One dated observation that overrides refusal share and delay of a measure.

    Attributes:
        elements, forms, destinations: Filters; empty means any. `forms` are chain forms.
        end_use: The end use that it was made for.
        known_from: First day on which the public could know.
        observed_to: Last day that it describes, never the day of publication.
        valid_days: Days from `known_from` on which it counts in full.
        flow_ratio: Observed over baseline exports [1] as (low, nominal, high) flow;
            for `flow_ratio` only.
        months: Months of the flow that were observed.
        refusal: Share of deliveries not released [1]; for `approvals` only.
        delays: D10, D50, D90 [calendar days]; for `approvals` only.
        kind: Severity kind that practice amounted to; for `practice` only.
        effect: The same in one word for people: normal, slows, near_halt, halt; or None.
    """

    id: str
    measure: str
    exporter: str
    basis: ObservationBasis
    known_from: date
    observed_to: date
    valid_days: int
    elements: frozenset[str]
    forms: frozenset[str]
    destinations: frozenset[str]
    end_use: str
    arithmetic: str
    provenance: Provenance
    months: int = 1
    flow_ratio: Triple | None = None
    refusal: Triple | None = None
    delays: tuple[float, float, float] | None = None
    kind: str | None = None
    effect: str | None = None

    @property
    def specificity(self) -> int:
        """Return how many filters are set."""
        return sum(1 for chosen in (self.elements, self.forms, self.destinations) if chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeObservation:
    """One figure of Chinese customs statistics as the press gave it; no input of the score.

    Attributes:
        period: Month, year, or first/last month of a span.
        product: magnets, magnets_powder_alloy, all_rare_earths, dysprosium, ...
        destination: Country, or "WORLD".
        tonnes: Gross mass of the goods [t].
        derived: True where it was computed from two reported figures.
    """

    period: str
    product: str
    destination: str
    tonnes: float
    derived: bool
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsCode:
    """A code of the Chinese tariff for a good; a hint, never the reach of a control.

    Attributes:
        elements: Elements that the code tells of; empty where it leaves them open.
    """

    code: str
    hs6: str
    good: str
    elements: tuple[str, ...]
    source: str
