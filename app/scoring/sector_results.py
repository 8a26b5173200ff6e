"""Results of sectors: own goods blended with what the sector depends on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.context import EndUse
from app.domain.exposure import ElementContent
from app.domain.places import UNKNOWN
from app.domain.results import SectorContribution, SectorResult
from app.domain.sectors import ArchetypeLine, Sector
from app.domain.supply import Chain
from app.domain.triple import ONE
from app.scoring.aggregation import Player, pooled
from app.scoring.end_users import NOBODY
from app.scoring.evaluation import Evaluation
from app.scoring.goods import Origin, ScoredLine, thresholds_of
from app.scoring.kernel import NO_BUFFER
from app.scoring.merged_lines import Group
from app.scoring.scale import interval_score
from app.scoring.serial import serial_attribution

#: Level of dependence at which products stop.
STOPS = 3

Risks = tuple[float, float, float]
NO_RISK: Risks = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Own:
    """The company's own goods in a sector: share of weight and risk by element."""

    shares: Mapping[str, float]
    risks: Mapping[str, Risks]


def sector_results(groups: Sequence[Group], evaluation: Evaluation) -> tuple[SectorResult, ...]:
    """Return one result for each sector of the taxonomy, those with own lines included.

    Args:
        groups: Rare-earth lines by class.
        evaluation: Evaluation that computed them.

    References:
        docs/methodology.md, "Sectors".
    """
    by_sector: dict[str, list[Group]] = {}
    for group in groups:
        if group.lines.line.sector is not None:
            by_sector.setdefault(group.lines.line.sector, []).append(group)
    return tuple(
        _sector(sector, by_sector[sector.id], evaluation)
        if sector.id in by_sector
        else evaluation.sector_alone(sector, lambda one: _sector(one, (), evaluation))
        for sector in evaluation.reference.sectors.values()
    )


def _sector(sector: Sector, lines: Sequence[Group], evaluation: Evaluation) -> SectorResult:
    parameters = evaluation.methodology.parameters
    own = _own_goods(lines)
    reference = evaluation.sector_reference(sector, archetype_risks)
    psi = parameters.psi if own.shares else 0.0
    squares = {e: float(d.level**2) for e, d in sector.dependence.items()}
    total = math.fsum(squares.values())
    elements = sorted(set(own.shares) | set(squares))
    risks = {e: own.risks.get(e, reference.get(e, NO_RISK)) for e in elements}
    # Without any known dependence the company's own goods are all there is.
    own_weight = psi if total > 0.0 else 1.0
    weights = {
        e: own_weight * own.shares.get(e, 0.0)
        + ((1.0 - psi) * squares.get(e, 0.0) / total if total > 0.0 else 0.0)
        for e in elements
    }
    leading = [
        e
        for e in elements
        if own.shares.get(e, 0.0) > 0.0
        or (e in sector.dependence and sector.dependence[e].level >= STOPS)
    ]
    low, nominal, high = (_blend(risks, weights, leading, end, parameters.beta) for end in range(3))
    score = interval_score(
        low, nominal, high, gamma=parameters.gamma, bands=evaluation.methodology.bands
    )
    parts = _parts(risks, weights, leading, parameters.beta)
    scale = score.nominal / nominal if nominal > 0.0 else 0.0
    rows = [
        SectorContribution(element=e, points=parts[e] * scale) for e in elements if parts[e] > 0.0
    ]
    rows.sort(key=lambda row: (-row.points, row.element))
    return SectorResult(
        id=sector.id,
        score=score,
        basis="bom" if own.shares else "reference",
        contributions=tuple(rows),
        worst_element=max(leading, key=lambda e: (risks[e][1], e), default=None),
    )


def _blend(
    risks: Mapping[str, Risks],
    weights: Mapping[str, float],
    leading: Sequence[str],
    end: int,
    beta: float,
) -> float:
    worst = max((risks[element][end] for element in leading), default=0.0)
    mean = math.fsum(weights[element] * risks[element][end] for element in weights)
    return beta * worst + (1.0 - beta) * mean


def _parts(
    risks: Mapping[str, Risks],
    weights: Mapping[str, float],
    leading: Sequence[str],
    beta: float,
) -> dict[str, float]:
    """Return the nominal part of each element; they sum to the blend."""
    parts = {element: (1.0 - beta) * weights[element] * risks[element][1] for element in weights}
    serial = serial_attribution(
        [risks[element][1] for element in leading], [weights[element] for element in leading]
    )
    for element, layer in zip(leading, serial, strict=True):
        parts[element] += beta * layer
    return parts


def _own_goods(groups: Sequence[Group]) -> _Own:
    players: dict[str, list[Player]] = {}
    for group in groups:
        lines = group.lines
        for holding in group.holdings:
            if holding.weights:
                place = holding.place
                players.setdefault(lines.symbols[place], []).append(
                    Player(
                        lines.element_risks[place],
                        math.fsum(holding.weights),
                        lines.only_possible[place],
                    )
                )
    masses = {
        element: math.fsum(p.weight for p in rows if not p.possible_only)
        for element, rows in players.items()
    }
    total = math.fsum(masses.values())
    risks: dict[str, Risks] = {}
    for element, rows in players.items():
        mean = pooled(rows, beta=0.0)
        risks[element] = (mean.low, mean.nominal, mean.high)
    # What is only possible is none of the company's goods: the default goods speak for it.
    shares = {element: mass / total for element, mass in masses.items() if mass > 0.0}
    return _Own(shares, {element: risks[element] for element in shares})


def archetype_risks(sector: Sector, evaluation: Evaluation) -> dict[str, Risks]:
    """Return the risk of each element in a sector's default goods, at the three ends.

    Lines with a product hold its elements together; the elements of the others stand alone.
    """
    found: dict[str, list[Risks]] = {}
    for archetype in sector.archetype:
        chain = evaluation.reference.supply.chains[archetype.form]
        groups = (
            (archetype.elements,)
            if archetype.product is not None
            else tuple((element,) for element in archetype.elements)
        )
        for elements in groups:
            line = _default_line(sector, archetype, elements, chain, evaluation)
            for outcome in evaluation.line(line):
                found.setdefault(outcome.content.symbol, []).append(outcome.risks)
    return {
        element: (
            math.fsum(row[0] for row in rows) / len(rows),
            math.fsum(row[1] for row in rows) / len(rows),
            math.fsum(row[2] for row in rows) / len(rows),
        )
        for element, rows in sorted(found.items())
    }


def _default_line(
    sector: Sector,
    archetype: ArchetypeLine,
    elements: Sequence[str],
    chain: Chain,
    evaluation: Evaluation,
) -> ScoredLine:
    declared = EndUse(sector.archetype_end_use)
    end_use = evaluation.context.end_use if declared is EndUse.UNKNOWN else declared
    return ScoredLine(
        line_id=f"{sector.id}/{archetype.form}",
        sector=sector.id,
        contents=tuple(
            ElementContent(symbol=element, mass_kg=None, fraction=ONE)
            for element in sorted(elements)
        ),
        chains=(chain,),
        origins=(Origin(UNKNOWN, 1.0),),
        supplier_shares=None,
        sourcing=(),
        buffer=NO_BUFFER,
        end_use=end_use,
        prior=sector.military_prior,
        lists=NOBODY,
        thresholds=thresholds_of(evaluation.reference),
        stock_measured=False,
        composition_declared=False,
        default_composition=True,
    )
