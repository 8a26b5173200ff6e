"""Strategies for whole worlds: supply tables, measures, observations, a product, a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from app.domain.bom import BomLine, Supplier
from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import ControlMeasure, RegisterStage
from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.supply import Chain, ImportRelianceRow, MixRow, Price, Stage, SupplyReference
from app.domain.triple import ONE, Triple
from tests import factories as make
from tests.property.control_strategies import (
    COUNTRIES,
    ELEMENTS,
    LISTED_FIRM,
    TRADERS,
    Choose,
    chosen,
    day,
    measure_set_of,
    observation_set_of,
)
from tests.property.worlds import World

R = RegisterStage
S = Stage

#: One to four stages, with and without the mine, forms that catch their whole content and not.
CHAINS: Mapping[str, Chain] = {
    form: Chain(form=form, stages=stages, register_stages=names)
    for form, stages, names in (
        ("oxide", (S.SEPARATION,), ((R.OXIDE,),)),
        ("salt", (S.MINING, S.SEPARATION), ((R.ORE, R.CONCENTRATE), (R.COMPOUND, R.OXIDE))),
        ("metal", (S.SEPARATION, S.METAL), ((R.OXIDE,), (R.METAL,))),
        ("alloy", (S.SEPARATION, S.METAL), ((R.OXIDE,), (R.ALLOY,))),
        (
            "magnet",
            (S.MINING, S.SEPARATION, S.METAL, S.MAGNET),
            ((R.ORE, R.CONCENTRATE), (R.OXIDE,), (R.METAL, R.ALLOY), (R.MAGNET,)),
        ),
        ("device_magnet", (S.SEPARATION, S.MAGNET, S.DEVICE), ((R.OXIDE,), (R.MAGNET,), ())),
    )
}
SOURCING_STAGE: Mapping[str, Stage] = {
    "oxide": S.SEPARATION,
    "salt": S.SEPARATION,
    "metal": S.METAL,
    "alloy": S.METAL,
    "magnet": S.MAGNET,
}
WORLD_STAGES = (S.MINING, S.SEPARATION, S.METAL, S.MAGNET, S.DEVICE)

FORMS: tuple[tuple[str, ...], ...] = (
    *((form,) for form in CHAINS),
    ("magnet",),
    ("oxide", "magnet"),
    ("salt", "alloy"),
)

STOCKS = (None, 0.0, 20.0, 200.0, 45.0, 0.0, 0.0, 0.0)

#: Weights of the makers in a mix, China first; the last stands for world output without it.
MIXES: tuple[dict[str, float], ...] = tuple(
    {country: part / sum(raw) for country, part in zip(COUNTRIES, raw, strict=True) if part}
    for raw in (
        (9, 1, 0, 0), (1, 0, 0, 0), (7, 1, 1, 1), (5, 3, 2, 0), (4, 0, 3, 3), (2, 5, 2, 1),
        (19, 0, 1, 0), (0, 1, 1, 1), (7, 2, 1, 0),
    )
)  # fmt: skip


NO_BOUNDS: Mapping[str, tuple[float, float]] = {}
GOVERNANCE = {"CN": 0.6, "JP": 0.2, "DE": 0.15, "FR": 0.25}

PRICES: Mapping[str, Price] = {
    element: Price(
        element=element,
        usd_per_kg=Triple(0.5 * usd, usd, 2.0 * usd),
        product="oxide",
        market="FOB",
        reference="2025",
        known_from=make.LONG_AGO,
        provenance=make.SURE,
    )
    for element, usd in (("Dy", 300.0), ("Nd", 80.0), ("Tb", 1000.0))
}

_FLIPS = (False, True)
_SPANS = ("exact", "wide", "default")
_DAYS = (make.LONG_AGO, day(-400), day(30))
_FEED_STAGES = (S.SEPARATION, S.METAL, S.MAGNET)
_FEED_PLACES = (*COUNTRIES, "KR")
_FEED_COUNTS = (0, 1, 2, 3)
_MIX_PLACES = ("JP", "KR", "EU")
_MIX_COUNTS = (0, 1, 2)
_GOVERNED = (COUNTRIES, COUNTRIES[1:], COUNTRIES[:2], COUNTRIES)
_IMPORTERS = ({"JP": 0.7, "DE": 0.3}, {"KR": 1.0})
_RELIANCES = (Triple(0.2, 0.5, 0.9), ONE)
_RELIANT = (("JP", S.SEPARATION), ("JP", S.MAGNET), ("EU", S.MAGNET))


def _row(
    choose: Choose,
    stage: Stage,
    *,
    place: str | None = None,
    elements: Sequence[str] = ELEMENTS,
    valid_from: date = make.LONG_AGO,
) -> MixRow:
    """Choose a row of shares that are exact, or span a range."""
    shares = choose(MIXES)
    span = choose(_SPANS)
    bounds = {
        "exact": None,
        "wide": {country: (share / 4.0, 1.0) for country, share in shares.items()},
        "default": NO_BOUNDS,
    }[span]
    return make.mix_row(
        stage, shares, place=place, elements=elements, bounds=bounds, valid_from=valid_from
    )


def _placed(choose: Choose, counts: Sequence[int], places: Sequence[str]) -> list[MixRow]:
    """Choose some rows of plants or destinations, at most one for each of them."""
    pairs = {(choose(_FEED_STAGES), choose(places)) for _ in range(choose(counts))}
    return [
        _row(choose, stage, place=place)
        for stage, place in sorted(pairs, key=lambda pair: (pair[0].value, pair[1]))
    ]


def supply_of(choose: Choose) -> SupplyReference:
    """Choose world output, feed, destination mixes, reliance and governance."""
    # An element may lack the mine or the metal stage.
    lacking = {S.MINING: choose(_FLIPS), S.METAL: choose(_FLIPS)}
    world = [
        _row(choose, stage, elements=("Dy", "Nd") if lacking.get(stage) else ELEMENTS)
        for stage in WORLD_STAGES
    ]
    if choose(_FLIPS):
        world.append(_row(choose, S.SEPARATION, elements=("Dy",), valid_from=choose(_DAYS)))
    destination, stage = choose(_RELIANT)
    found = make.supply(
        world=world,
        feed=_placed(choose, _FEED_COUNTS, _FEED_PLACES),
        destination_mixes=_placed(choose, _MIX_COUNTS, _MIX_PLACES),
        governance={country: GOVERNANCE[country] for country in choose(_GOVERNED)},
        importers=choose(_IMPORTERS),
        chains=CHAINS,
    )
    reliance = ImportRelianceRow(
        destination=destination,
        stage=stage,
        elements=frozenset(ELEMENTS),
        value=choose(_RELIANCES),
        provenance=make.SURE,
    )
    return replace(found, import_reliance=(reliance,), sourcing_stage=SOURCING_STAGE, prices=PRICES)


_PRESENCES = (ONE, ONE, ONE, ONE, Triple(0.0, 0.4, 1.0), Triple(0.0, 0.0, 1.0), ONE)
_FRACTIONS = (
    ONE,
    Triple(0.01, 0.02, 0.05),
    Triple(0.0, 0.03, 0.08),
    Triple(0.0, 0.0, 0.05),
    None,
    ONE,
)
_MASSES = (0.1, 0.5, 2.0)
_SYMBOLS = (("Dy",), ("Nd",), ("Dy", "Nd"), ("Nd", "Tb"), ("Nd", "Dy", "Tb"), ("Tb",))


def contents_of(choose: Choose) -> tuple[ElementContent, ...]:
    """Choose one to three elements: certain, likely or only possible."""
    return tuple(
        make.content(
            symbol,
            mass_kg=choose(_MASSES),
            fraction=choose(_FRACTIONS),
            presence=choose(_PRESENCES),
        )
        for symbol in choose(_SYMBOLS)
    )


_SUPPLIER_COUNTS = (0, 1, 2)
_SUPPLIER_COUNTRIES = (*COUNTRIES, *TRADERS, None, "CN", "CN")
_SUPPLIER_SHARES = (0.25, 0.5)
_LICENCES = (None, None, day(40), day(200), day(-5))


def _supplier_of(choose: Choose) -> Supplier:
    return Supplier(
        country=choose(_SUPPLIER_COUNTRIES),
        share=choose(_SUPPLIER_SHARES),
        general_licence_valid_to=choose(_LICENCES),
        new_relation=choose(_FLIPS),
    )


#: Declared shares at upstream stages and at the last one: none, all of it, or a part.
_SOURCINGS: tuple[tuple[tuple[str, str, float], ...], ...] = (
    *[()] * 6,
    (("separation", "CN", 1.0),),
    (("separation", "JP", 0.5),),
    (("mining", "KR", 0.6),),
    (("magnet", "JP", 0.5),),
)
_BRIDGES: tuple[tuple[tuple[float, float], ...], ...] = (
    *[()] * 5,
    ((60.0, 0.5),),
    ((0.0, 0.2), (100.0, 0.5)),
    ((30.0, 0.9), (30.0, 0.9)),
)
_QUANTITIES = (1.0, 2.0, 40.0)
_RECYCLED = (0.0, 0.0, 0.3, 0.0)
_SECTORS = (None, "machines", "defence")
_UNIT_PRICES = (None, Decimal("2.5"), Decimal(900))
_REVENUES = (None, Decimal(10), Decimal(300))


def row_of(choose: Choose, line_id: str) -> tuple[BomLine, IdentifiedLine]:
    """Choose a line with rare earths and its identification."""
    line = make.line(
        line_id,
        stock_days=choose(STOCKS),
        bridges=choose(_BRIDGES),
        quantity=choose(_QUANTITIES),
        sourcing=choose(_SOURCINGS),
        recycled_share=choose(_RECYCLED),
        sector=choose(_SECTORS),
    )
    line = replace(
        line,
        suppliers=tuple(_supplier_of(choose) for _ in range(choose(_SUPPLIER_COUNTS))),
        unit_price=choose(_UNIT_PRICES),
        currency="USD",
        revenue_at_risk=choose(_REVENUES),
    )
    return line, make.found(line_id, *contents_of(choose), forms=choose(FORMS))


#: One line that no world holds.
more_rows = chosen(lambda choose: row_of(choose, "9"))

_DESTINATIONS = ("JP", "DE", "CN", "KR", "JP", "JP")
_END_USES = tuple(EndUse)
_END_USERS = (None, None, LISTED_FIRM)
_HORIZONS = (180, 180, 90, 365, 30, 180)


def context_of(choose: Choose) -> AssessmentContext:
    """Choose a question."""
    return make.context(
        destination=choose(_DESTINATIONS),
        end_use=choose(_END_USES),
        end_user=choose(_END_USERS),
        horizon_days=choose(_HORIZONS),
    )


SECTORS = (
    make.sector("machines"),
    make.sector("defence", levels={"Dy": 3, "Tb": 1}, military_prior=1.0),
)


def worlds(
    *,
    lines: int = 1,
    controls: st.SearchStrategy[tuple[ControlMeasure, ...]] | None = None,
    observed: bool = True,
) -> st.SearchStrategy[World]:
    """Return a strategy for worlds.

    Args:
        lines: Number of lines of the product.
        controls: Measures; any where None.
        observed: Whether there may be observations of them.
    """

    def world_of(choose: Choose) -> World:
        found = [row_of(choose, str(place + 1)) for place in range(lines)]
        data = make.reference(
            *(measure_set_of(choose) if controls is None else ()),
            supply_side=supply_of(choose),
            observations=observation_set_of(choose) if observed else (),
            sectors=SECTORS,
        )
        return World(
            data,
            context_of(choose),
            make.bom(*(line for line, _ in found)),
            tuple(one for _, one in found),
        )

    drawn = chosen(world_of)
    if controls is None:
        return drawn
    return st.builds(lambda world, found: world.with_measures(*found), drawn, controls)
