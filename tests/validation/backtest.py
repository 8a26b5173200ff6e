"""The back-test of 2025: did the score of the eve know who would be controlled and who hurt?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.reference import ReferenceData
from app.domain.triple import Side
from tests.validation.probes import ELEMENTS, Probe, question, readings

#: The last day before the licence duty of April 2025, and a day on which it had bitten.
EVE = date(2025, 4, 3)
AFTER = date(2025, 6, 30)

FIRST_MEASURE = "CN-18-2025"
SECOND_MEASURE = "CN-57-2025"


@dataclass(frozen=True, slots=True)
class BackTest:
    """What the scores of a day knew.

    Attributes:
        eve: Score of each element on the eve, with the knowledge of the eve.
        after: Score of each element when the licence duty had bitten.
        controlled_first: Elements of Announcement 18.
        controlled_by_october: The same with those of Announcement 57.
        shock: Share of exports that did not leave, where anybody measured it.
        auc_first, auc_october: Chance that a controlled element scored above another.
        rank_correlation: Spearman's rho between the later score and the shock.
    """

    destination: str
    eve: Mapping[str, float]
    after: Mapping[str, float]
    controlled_first: frozenset[str]
    controlled_by_october: frozenset[str]
    shock: Mapping[str, float]
    auc_first: float
    auc_october: float
    rank_correlation: float


def back_test(reference: ReferenceData, destination: str) -> BackTest:
    """Return the back-test for oxides bound for one destination."""
    probes = tuple(Probe("oxide", (element,)) for element in ELEMENTS)
    eve = _scores(probes, destination, EVE)
    after = _scores(probes, destination, AFTER)
    first = _listed(reference, FIRST_MEASURE)
    october = first | _listed(reference, SECOND_MEASURE)
    shock = observed_shock(reference)
    both = [element for element in ELEMENTS if element in shock]
    return BackTest(
        destination=destination,
        eve=eve,
        after=after,
        controlled_first=first,
        controlled_by_october=october,
        shock=shock,
        auc_first=area_under_curve(eve, first),
        auc_october=area_under_curve(eve, october),
        rank_correlation=spearman([after[e] for e in both], [shock[e] for e in both]),
    )


def _scores(probes: Sequence[Probe], destination: str, day: date) -> dict[str, float]:
    found = readings(probes, question(destination, day), Side.NOMINAL)
    return {probe.elements[0]: reading.score for probe, reading in found.items()}


def _listed(reference: ReferenceData, measure_id: str) -> frozenset[str]:
    items = reference.register.measures[measure_id].scope.items
    return frozenset().union(*(item.elements for item in items))


def observed_shock(reference: ReferenceData) -> dict[str, float]:
    """Return the share of exports of raw forms in 2025 that did not leave, by element [1].

    From the flow observations that describe 2025 without a destination; where several do, the
    one that covers most months. Elements that nobody measured are left out.
    """
    best: dict[str, tuple[tuple[int, str], float]] = {}
    for observation in reference.register.observations:
        raw = not observation.forms or "oxide" in observation.forms
        if observation.flow_ratio is None or not raw or observation.destinations:
            continue
        if observation.observed_to > date(2025, 12, 31):
            continue
        rank = (observation.months, observation.id)
        for element in observation.elements:
            if element not in best or rank > best[element][0]:
                best[element] = (rank, 1.0 - min(1.0, observation.flow_ratio.nominal))
    return {element: best[element][1] for element in sorted(best)}


def area_under_curve(scores: Mapping[str, float], positives: frozenset[str]) -> float:
    """Return the chance that a positive scores above a negative, ties counting half."""
    yes = [scores[element] for element in scores if element in positives]
    no = [scores[element] for element in scores if element not in positives]
    wins = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a in yes for b in no)
    return wins / (len(yes) * len(no))


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Spearman's rank correlation with average ranks for ties."""
    a, b = _ranks(first), _ranks(second)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    covariance = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    return covariance / spread**0.5 if spread > 0.0 else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    return [
        sum(1.0 for other in values if other < value)
        + (sum(1.0 for other in values if other == value) + 1.0) / 2.0
        for value in values
    ]
