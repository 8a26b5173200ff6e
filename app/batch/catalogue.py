"""Many products: what they share while they are scored, and what they come to together."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from app.batch.evaluations import Evaluations
from app.batch.pipeline import Engine, assess_bom
from app.domain.answer import AssessedBom
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.methodology import Methodology
from app.domain.rounding import rounded
from app.identification import Memory
from app.scoring.assess import AssessOptions
from app.scoring.scale import interval_score

#: Products that the summary lists, the worst first.
MOST_WORST = 20
#: Lines whose findings one catalogue keeps.
_MOST_FINDINGS = 8_192

DAILY_REVENUE = "daily_revenue"
COUNT = "count"


class Session:
    """One catalogue of one customer: repeated parts are read once, repeated goods scored once.

    What it remembers goes with it. No answer depends on it.

    Args:
        engine: Reference data and identifier.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._memory = Memory(_MOST_FINDINGS, same_objects=True)
        self._evaluations: Evaluations = engine.evaluations.of_one_customer()

    def assess(self, bom: Bom, context: AssessmentContext, options: AssessOptions) -> AssessedBom:
        """Return the assessment of one product, the same as alone."""
        return assess_bom(
            bom,
            self.engine,
            context,
            options,
            memory=self._memory,
            evaluations=self._evaluations,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductScore:
    """What the summary needs to know of one product.

    Attributes:
        place: Place in the catalogue, counted from 1.
        id: Key of the product, or None where it has none that could be read.
        risk: r of the product at the three ends [1]; None where it has a problem.
        score, band: Published score of the nominal end, and its band.
        lines: Lines of the product.
        daily_revenue: Revenue per day in `currency`, or None.
        problem: Kind of its problem, or None.
    """

    place: int
    id: str | None
    risk: tuple[float, float, float] | None = None
    score: float = 0.0
    band: str = ""
    lines: int = 0
    daily_revenue: Decimal | None = None
    currency: str | None = None
    problem: str | None = None


def product_score(assessed: AssessedBom, place: int) -> ProductScore:
    """Return what the summary needs to know of an assessed product."""
    score = assessed.assessment.bom.score
    return ProductScore(
        place=place,
        id=assessed.bom.id,
        risk=(score.risk.low, score.risk.nominal, score.risk.high),
        score=score.nominal,
        band=score.band,
        lines=len(assessed.bom.lines),
        daily_revenue=assessed.bom.daily_revenue,
        currency=assessed.bom.currency,
    )


class WorstProduct(TypedDict):
    """One of the products with the highest scores."""

    id: str | None
    place: int
    score: float
    band: str


class Counts(TypedDict):
    """How many products a catalogue has, and the worst of them."""

    products: int
    answered: int
    failed: int
    lines: int
    problems: dict[str, int]
    worst: list[WorstProduct]


class SummaryDocument(Counts):
    """What a catalogue comes to; scores are null where no product was answered."""

    bands: dict[str, int]
    weight_basis: str
    score: float | None
    low: float | None
    high: float | None
    band: str | None


class State(TypedDict):
    """A summary as plain values, for a checkpoint."""

    counts: list[int]
    problems: dict[str, int]
    bands: dict[str, int]
    plain: list[float]
    weighted: list[float]
    revenue: float
    all_state_revenue: bool
    currencies: list[str | None]
    worst: list[tuple[int, str | None, float, str]]


class CatalogueSummary:
    """Sums over the products of a catalogue, added in their order; its size is bounded.

    The score of the whole is that of the mean risk of the products, weighted by revenue where
    every product states one in the same currency, else each counts the same.

    References:
        docs/methodology.md, "Putting lines together".
    """

    def __init__(self) -> None:
        self._products = self._answered = self._lines = 0
        self._problems: Counter[str] = Counter()
        self._bands: Counter[str] = Counter()
        self._plain = [0.0, 0.0, 0.0]
        self._weighted = [0.0, 0.0, 0.0]
        self._revenue = 0.0
        self._all_state_revenue = True
        self._currencies: set[str | None] = set()
        self._worst: list[tuple[float, int, ProductScore]] = []

    @property
    def products(self) -> int:
        """Return how many products were added."""
        return self._products

    @property
    def failed(self) -> int:
        """Return how many of them have a problem."""
        return self._products - self._answered

    def add(self, product: ProductScore) -> None:
        """Add the next product."""
        self._products += 1
        if product.risk is None:
            self._problems[product.problem or "defect"] += 1
            return
        self._answered += 1
        self._lines += product.lines
        self._bands[product.band] += 1
        revenue = float(product.daily_revenue or 0)
        self._all_state_revenue &= product.daily_revenue is not None
        if len(self._currencies) < 2:
            self._currencies.add(product.currency)
        self._revenue += revenue
        for end, risk in enumerate(product.risk):
            self._plain[end] += risk
            self._weighted[end] += revenue * risk
        # The heap's top is the mildest that is kept: a worse one, or an earlier equal, stays.
        entry = (product.score, -product.place, product)
        if len(self._worst) < MOST_WORST:
            heapq.heappush(self._worst, entry)
        elif entry[:2] > self._worst[0][:2]:
            heapq.heapreplace(self._worst, entry)

    def state(self) -> State:
        """Return all of it as plain values, from which it can be made again."""
        return {
            "counts": [self._products, self._answered, self._lines],
            "problems": dict(self._problems),
            "bands": dict(self._bands),
            "plain": list(self._plain),
            "weighted": list(self._weighted),
            "revenue": self._revenue,
            "all_state_revenue": self._all_state_revenue,
            "currencies": sorted(self._currencies, key=str),
            "worst": [
                (one.place, one.id, one.score, one.band)
                for _, _, one in sorted(self._worst, reverse=True, key=_rank)
            ],
        }

    @classmethod
    def restored(cls, state: State) -> CatalogueSummary:
        """Return the summary that a state describes."""
        summary = cls()
        summary._products, summary._answered, summary._lines = state["counts"]
        summary._problems.update(state["problems"])
        summary._bands.update(state["bands"])
        summary._plain = list(state["plain"])
        summary._weighted = list(state["weighted"])
        summary._revenue = state["revenue"]
        summary._all_state_revenue = state["all_state_revenue"]
        summary._currencies = set(state["currencies"])
        summary._worst = [
            (score, -place, ProductScore(place=place, id=name, score=score, band=band))
            for place, name, score, band in state["worst"]
        ]
        heapq.heapify(summary._worst)
        return summary

    def counts(self) -> Counts:
        """Return what can be told without the method."""
        return {
            "products": self._products,
            "answered": self._answered,
            "failed": self.failed,
            "lines": self._lines,
            "problems": dict(sorted(self._problems.items())),
            "worst": [_worst(entry[2]) for entry in sorted(self._worst, reverse=True, key=_rank)],
        }

    def document(self, methodology: Methodology) -> SummaryDocument:
        """Return the summary of what was added so far.

        Args:
            methodology: Scale and bands.
        """
        by_revenue = self._all_state_revenue and len(self._currencies) == 1 and self._revenue > 0.0
        sums, total = (
            (self._weighted, self._revenue) if by_revenue else (self._plain, self._answered)
        )
        score = None
        if self._answered:
            low, nominal, high = (min(1.0, part / total) for part in sums)
            score = interval_score(
                low,
                nominal,
                high,
                gamma=methodology.parameters.gamma,
                bands=methodology.bands,
            )
        return {
            **self.counts(),
            "bands": {band.name: self._bands[band.name] for band in methodology.bands},
            "weight_basis": DAILY_REVENUE if by_revenue else COUNT,
            "score": None if score is None else rounded(score.nominal),
            "low": None if score is None else rounded(score.low),
            "high": None if score is None else rounded(score.high),
            "band": None if score is None else score.band,
        }


def _rank(entry: tuple[float, int, ProductScore]) -> tuple[float, int]:
    return entry[:2]


def _worst(product: ProductScore) -> WorstProduct:
    return {
        "id": product.id,
        "place": product.place,
        "score": rounded(product.score),
        "band": product.band,
    }
