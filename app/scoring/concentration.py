"""How concentrated each stage is: for the world, the destination, and the company itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.places import CHINA, RECYCLED, UNKNOWN
from app.domain.provenance import Status
from app.domain.reference import ReferenceData
from app.domain.results import StageConcentration
from app.domain.supply import Chain, Stage
from app.domain.triple import Side
from app.errors import InvalidSharesError
from app.scoring.goods import ScoredLine
from app.scoring.snapshot import SupplySnapshot

SHARE_SUM_TOLERANCE = 1e-6

#: Form whose destination table describes sourcing at a stage.
FORM_AT_STAGE: Mapping[Stage, str] = {
    Stage.SEPARATION: "oxide",
    Stage.METAL: "metal",
    Stage.MAGNET: "magnet",
    Stage.COMPOUND: "compound",
}

Mix = Mapping[str, float]


def herfindahl_hirschman_index(shares: Mix) -> float:
    """Return the Herfindahl-Hirschman index of a supply stage.

    Args:
        shares: Share by country code [1], each 0-1, summing to 1. What nobody reports is the
            share of "ZZ", counted as one supplier, which errs towards more risk.

    Returns:
        The index on the 0-1 scale: 1/n for n equal suppliers, 1 for a single one.

    Raises:
        InvalidSharesError: A share is negative, or they do not sum to 1.

    References:
        docs/methodology.md, "Concentration".

    Examples:
        >>> herfindahl_hirschman_index({"AA": 0.5, "BB": 0.5})
        0.5
    """
    total = math.fsum(shares.values())
    if min(shares.values(), default=-1.0) < 0.0 or abs(total - 1.0) > SHARE_SUM_TOLERANCE:
        raise InvalidSharesError(
            f"shares must be non-negative and sum to 1, but sum to {total:.6f}; "
            "put the unreported rest under 'ZZ'"
        )
    return math.fsum(share**2 for share in shares.values())


def producers_of(
    mix: Mix, *, supply: SupplySnapshot, stage: Stage, element: str
) -> dict[str, float]:
    """Return a mix with traders replaced by the world's producers of the stage.

    A country without capacity at a stage only passes goods on; their origin is the world's.
    """
    world = supply.world(stage, element)
    seen: dict[str, float] = {}
    for country in sorted(mix):
        share = mix[country]
        if world is None or world.shares.get(country, 0.0) > 0.0:
            seen[country] = seen.get(country, 0.0) + share
            continue
        for origin, part in world.shares.items():
            if part > 0.0:
                seen[origin] = seen.get(origin, 0.0) + share * part
    return seen


def feed_of(
    mix: Mix, *, supply: SupplySnapshot, chain: Chain, stage: Stage, before: Stage, element: str
) -> dict[str, float]:
    """Return where plants of a stage, weighted by a mix, get their input."""
    feed: dict[str, float] = {}
    for country in sorted(mix):
        row = supply.feed(stage, country, element, chain.form)
        if row is not None:
            sources: Mix = row.shares
        elif before is Stage.MINING and supply.world_share(before, element, country) > 0.0:
            sources = {country: 1.0}
        else:
            world = supply.world(before, element)
            sources = world.shares if world is not None else {country: 1.0}
        for origin, share in sources.items():
            feed[origin] = feed.get(origin, 0.0) + mix[country] * share
    return {country: share for country, share in feed.items() if share > 0.0}


def company_mixes(
    line: ScoredLine, element: str, *, supply: SupplySnapshot, destination: str
) -> dict[Stage, dict[str, float]]:
    """Return the company's own mix at each stage of a line, traced upstream.

    A Japanese magnet made of Chinese oxide counts as Chinese at separation.
    """
    chain = line.chains[0]
    stages = [stage for stage in chain.stages if supply.world(stage, element) is not None]
    if not stages:
        return {}
    mix: dict[str, float] = {}
    for origin in line.origins:
        if origin.country == RECYCLED:
            continue
        parts: Mix = {origin.country: 1.0}
        if origin.country == UNKNOWN:
            parts = unknown_mix(chain.form, stages[-1], element, supply, destination)
        for country, share in parts.items():
            mix[country] = mix.get(country, 0.0) + origin.share * share
    declared = dict(line.sourcing)
    mixes: dict[Stage, dict[str, float]] = {}
    for place in range(len(stages) - 1, -1, -1):
        stage = stages[place]
        made = producers_of(_normalised(mix), supply=supply, stage=stage, element=element)
        mixes[stage] = made
        if place > 0:
            before = stages[place - 1]
            usual = feed_of(
                made, supply=supply, chain=chain, stage=stage, before=before, element=element
            )
            mix = _with_declared(declared.get(before, ()), usual)
    return mixes


def _with_declared(named: Sequence[tuple[str, float]], usual: Mix) -> dict[str, float]:
    rest = max(0.0, 1.0 - math.fsum(share for _, share in named))
    mix = {country: share * rest for country, share in usual.items()}
    for country, share in named:
        mix[country] = mix.get(country, 0.0) + share
    return mix


def unknown_mix(
    form: str, stage: Stage, element: str, supply: SupplySnapshot, destination: str
) -> dict[str, float]:
    """Return the blend of world and destination supply for goods of unknown origin."""
    world = supply.producers(stage, element)
    row = supply.destination_mix(form, destination, element)
    if row is None:
        return dict(world.shares)
    weight = supply.import_reliance(form, destination, element).nominal / 2.0
    mix = {country: weight * share for country, share in world.shares.items()}
    for country, share in row.shares.items():
        mix[country] = mix.get(country, 0.0) + (1.0 - weight) * share
    return mix


def _normalised(mix: Mix) -> dict[str, float]:
    total = math.fsum(mix.values())
    return {country: share / total for country, share in mix.items()} if total > 0.0 else {}


def destination_mix_at(
    stage: Stage, element: str, supply: SupplySnapshot, destination: str
) -> dict[str, float] | None:
    """Return how a destination sources goods of a stage, traders seen through, or None."""
    form = FORM_AT_STAGE.get(stage)
    row = supply.destination_mix(form, destination, element) if form is not None else None
    if row is None:
        return None
    return _normalised(producers_of(row.shares, supply=supply, stage=stage, element=element))


def stage_concentrations(
    chain: Chain,
    element: str,
    *,
    reference: ReferenceData,
    supply: SupplySnapshot,
    destination: str,
) -> tuple[StageConcentration, ...]:
    """Return one row for each stage of a chain that the element has, without a company.

    Args:
        chain: Chain of the product form.
        element: Element.
        reference: For the largest mine.
        supply: Tables on the day.
        destination: Country of import.
    """
    buying: dict[str, float] | None = None
    stages = [stage for stage in chain.stages if supply.world(stage, element) is not None]
    by_stage: dict[Stage, dict[str, float] | None] = {}
    for place in range(len(stages) - 1, -1, -1):
        stage = stages[place]
        own = destination_mix_at(stage, element, supply, destination)
        if own is None and buying is not None:
            own = _normalised(producers_of(buying, supply=supply, stage=stage, element=element))
        by_stage[stage] = own
        buying = None
        if own is not None and place > 0:
            buying = feed_of(
                own, supply=supply, chain=chain, stage=stage, before=stages[place - 1],
                element=element,
            )  # fmt: skip
    return tuple(_row(stage, element, reference, supply, by_stage[stage]) for stage in stages)


def with_company(
    rows: Sequence[StageConcentration], company: Mapping[Stage, Mix]
) -> tuple[StageConcentration, ...]:
    """Return rows with the company's own figures.

    Args:
        rows: One for each stage.
        company: The company's own mix by stage; empty without exposure.
    """
    if not company:
        return tuple(rows)
    return tuple(
        replace(row, china_company=mix.get(CHINA, 0.0), hhi_company=herfindahl_hirschman_index(mix))
        if (mix := company.get(Stage(row.stage)))
        else row
        for row in rows
    )


def _row(
    stage: Stage,
    element: str,
    reference: ReferenceData,
    supply: SupplySnapshot,
    destination: Mix | None,
) -> StageConcentration:
    world = supply.producers(stage, element)
    low, high = world.bound_of(CHINA) if CHINA in world.shares else (0.0, 0.0)
    mine = None
    if stage is Stage.MINING and element in reference.supply.largest_mines:
        known = reference.supply.largest_mines[element]
        mine = (known.mine, supply.largest_mine_share(element, Side.NOMINAL))
    return StageConcentration(
        stage=stage.value,
        china_world=world.shares.get(CHINA, 0.0),
        china_low=low,
        china_high=high,
        china_destination=destination.get(CHINA, 0.0) if destination else None,
        china_company=None,
        hhi_world=herfindahl_hirschman_index(world.shares),
        hhi_destination=herfindahl_hirschman_index(destination) if destination else None,
        hhi_company=None,
        largest_mine=mine,
        basis=Status(world.provenance.status).basis.value,
        sources=world.provenance.sources,
    )
