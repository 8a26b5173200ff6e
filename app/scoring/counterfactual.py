"""The smallest single change that brings a product, a line or an element into a milder band."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.methodology import Band
from app.domain.mitigation import MitigationFact
from app.domain.supply import Stage
from app.errors import InvalidInputError, UnknownKeyError
from app.scoring.goods import ScoredLine
from app.scoring.levers import GRADE, LICENCE, RECYCLED, SECOND_SOURCE, STOCK, Lever, levers
from app.scoring.patches import Patch, apply_patches
from app.scoring.scale import band_of
from app.scoring.variants import PointRisk
from app.scoring.workbench import Workbench

#: The search ends when the amount is known to this part of itself.
PRECISION = 0.005
#: Amounts below this part of the greatest one count as nothing.
SMALLEST = 1e-6
SIGNIFICANT_DIGITS = 4
#: Elements that are looked at when nobody names any.
MOST_ELEMENTS = 5

#: What is done at a stage.
STAGE_DOING: Mapping[Stage, str] = {
    Stage.SEPARATION: "separation",
    Stage.METAL: "metal making",
    Stage.MAGNET: "magnet making",
    Stage.COMPOUND: "making of the worked material",
}

#: Key of the largest stock target among the cited facts, and its name there.
STOCK_FACT = "target_days_high_risk_max"


class TargetKind(enum.StrEnum):
    """What is to come into the band."""

    BOM = "bom"
    ELEMENT = "element"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Target:
    """What is to come into which band.

    Attributes:
        key: Symbol or line id; empty for the product.
        band: The band that is to be reached; a milder one is as good.
    """

    kind: TargetKind
    key: str
    band: str


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """One single change and whether it is enough.

    Attributes:
        lever: stock, second_source, recycled, grade or licence.
        value: Smallest amount that is enough, days for stock, a share else; None where the
            change is all or nothing, or not enough.
        reaches: Whether the band is reached.
        score: Score of the target after the change, or after the most of it.
        patch: The change itself.
    """

    target: Target
    lever: str
    value: float | None
    reaches: bool
    score: float
    stage: Stage | None
    country: str | None
    patch: Patch


def milder_band(band: str, bands: Sequence[Band]) -> str | None:
    """Return the next milder band, None below the mildest."""
    names = [one.name for one in bands]
    place = names.index(band)
    return names[place - 1] if place else None


def upper_edge(band: str, bands: Sequence[Band]) -> float:
    """Return the score from which a band is passed; infinite for the most severe one.

    Raises:
        InvalidInputError: There is no such band.
    """
    names = [one.name for one in bands]
    if band not in names:
        raise InvalidInputError(f"there is no band {band!r}; there is {', '.join(names)}")
    place = names.index(band) + 1
    return bands[place].from_score if place < len(bands) else math.inf


def counterfactuals(bench: Workbench, target: Target) -> tuple[Counterfactual, ...]:
    """Return the smallest change of each kind, those that are enough first.

    Nothing is returned for a target that is in the band already. Of second sources only the
    best of each stage is kept.

    Args:
        bench: The product in its context.
        target: What is to come into which band.

    Raises:
        InvalidInputError: There is no such band.
        UnknownKeyError: The product has no such line or element.

    References:
        docs/what-if.md, "Counterfactuals".
    """
    edge = upper_edge(target.band, bench.evaluation.methodology.bands)
    lines = _lines_of(target, bench)
    if _score(target, bench.nominal_of(bench.inputs), bench) < edge:
        return ()
    found = [
        _searched(lever, target, edge, bench)
        for lever in levers(
            bench.inputs,
            lines,
            elements=_elements_of(target, lines),
            supply=bench.evaluation.supply,
            most_stock_days=most_stock_days(bench),
        )
    ]
    return tuple(sorted(_best_sources(found), key=_order))


def usual_targets(bench: Workbench, band: str | None = None) -> tuple[Target, ...]:
    """Return what one would like to see in a milder band: product, worst line, worst elements.

    Args:
        bench: The product in its context.
        band: The band to be reached; None means the next milder one of each target.
    """
    base = bench.base
    lines = sorted(base.lines, key=lambda line_id: (-base.lines[line_id][1], line_id))
    elements = sorted(base.elements, key=lambda symbol: (-base.elements[symbol][1], symbol))
    wanted = [
        (TargetKind.BOM, "", base.bom[1]),
        *((TargetKind.LINE, line_id, base.lines[line_id][1]) for line_id in lines[:1]),
        *(
            (TargetKind.ELEMENT, symbol, base.elements[symbol][1])
            for symbol in elements[:MOST_ELEMENTS]
        ),
    ]
    bands = bench.evaluation.methodology.bands
    return tuple(
        Target(kind, key, reached)
        for kind, key, risk in wanted
        if (reached := band or milder_band(band_of(bench.score(risk), bands), bands)) is not None
    )


def none_alone_can(found: Sequence[Counterfactual]) -> bool:
    """Return whether no single change is enough."""
    return bool(found) and not any(one.reaches for one in found)


def in_words(one: Counterfactual) -> str:
    """Return what a change is, as a purchaser would put it: rounded up, never less."""
    share = f"{math.ceil(100.0 * one.value)} %" if one.value is not None else "all"
    where = STAGE_DOING[one.stage] if one.stage is not None else ""
    words = {
        STOCK: f"{math.ceil(one.value)} days of stock" if one.value is not None else "more stock",
        SECOND_SOURCE: f"{share} of {where} from {one.country}",
        RECYCLED: f"{share} closed-loop recycled material",
        GRADE: "a grade without Dy and Tb",
        LICENCE: "a general licence of the suppliers",
    }
    return words[one.lever]


def most_stock_days(bench: Workbench) -> float:
    """Return the largest stock target that a cited fact names [days], else the horizon."""
    facts: Sequence[MitigationFact] = bench.inputs.reference.mitigation.stocks
    named = [max(fact.values[STOCK_FACT]) for fact in facts if STOCK_FACT in fact.values]
    return max(named, default=float(bench.inputs.context.horizon_days))


def _lines_of(target: Target, bench: Workbench) -> tuple[ScoredLine, ...]:
    weighed = {risk.line.line_id for risk in bench.line_risks()}
    lines = tuple(line for line in bench.lines if line.line_id in weighed)
    if target.kind is TargetKind.BOM:
        return lines
    if target.kind is TargetKind.LINE:
        chosen = tuple(line for line in lines if line.line_id == target.key)
    else:
        chosen = tuple(line for line in lines if target.key in line.elements)
    if not chosen:
        raise UnknownKeyError(f"no line with rare earths goes by {target.key!r}")
    return chosen


def _elements_of(target: Target, lines: Sequence[ScoredLine]) -> frozenset[str]:
    if target.kind is TargetKind.ELEMENT:
        return frozenset({target.key})
    return frozenset(symbol for line in lines for symbol in line.elements)


def _score(target: Target, risk: PointRisk, bench: Workbench) -> float:
    if target.kind is TargetKind.BOM:
        return bench.score(risk.bom)
    rows = risk.elements if target.kind is TargetKind.ELEMENT else risk.lines
    # What is no longer there is at no risk.
    return bench.score(rows.get(target.key, 0.0))


def _searched(lever: Lever, target: Target, edge: float, bench: Workbench) -> Counterfactual:
    def score_at(amount: float) -> float:
        changed = apply_patches(bench.inputs, (lever.patch(amount),))
        return _score(target, bench.nominal_of(changed), bench)

    def found(value: float | None, *, reaches: bool, score: float) -> Counterfactual:
        return Counterfactual(
            target, lever.kind, value, reaches, score, lever.stage, lever.country,
            lever.patch(lever.most if value is None else value),
        )  # fmt: skip

    at_most = score_at(lever.most)
    if at_most >= edge or not lever.gradual:
        return found(None, reaches=at_most < edge, score=at_most)
    low, high = 0.0, lever.most
    while high - low > PRECISION * high and high > SMALLEST * lever.most:
        middle = (low + high) / 2.0
        if score_at(middle) < edge:
            high = middle
        else:
            low = middle
    value = min(rounded_up(high), lever.most)
    return found(value, reaches=True, score=score_at(value))


def rounded_up(value: float) -> float:
    """Return a positive amount with four significant digits, never less than it was.

    Examples:
        >>> rounded_up(58.1203), rounded_up(0.25)
        (58.13, 0.25)
    """
    places = SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(value))
    scale = 10.0**places
    up = math.ceil(value * scale) / scale
    return max(up, value)


def _best_sources(found: Sequence[Counterfactual]) -> Iterator[Counterfactual]:
    """Yield every change, but of the second sources of one stage only the best."""
    best: dict[Stage | None, Counterfactual] = {}
    for one in found:
        if one.lever != SECOND_SOURCE:
            yield one
        elif one.stage not in best or _order(one) < _order(best[one.stage]):
            best[one.stage] = one
    yield from best.values()


def _order(one: Counterfactual) -> tuple[bool, str, float, float, str]:
    """Return what is better first: enough, then by kind, then the smaller amount."""
    return (
        not one.reaches,
        one.lever,
        one.value if one.value is not None else 1.0,
        one.score,
        one.country or "",
    )
