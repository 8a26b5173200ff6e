"""The test vectors of the methodology, worked out by hand before the code."""

from __future__ import annotations

import math

import pytest

from app.domain.bom import Bridge
from app.domain.methodology import Kind
from app.domain.triple import Side
from app.scoring.aggregation import Player, pooled
from app.scoring.assess import assess
from app.scoring.end_use import CIVIL_MARKET
from app.scoring.engine import Ends, Engine
from app.scoring.evaluation import Evaluation
from app.scoring.kernel import (
    Activation,
    Buffer,
    Disruption,
    stockout_share,
    strictest_active,
    uncovered_share,
)
from app.scoring.market import Market
from app.scoring.path import Goods, Leg, PathEvaluator
from app.scoring.scale import score_of
from app.scoring.scored_lines import scored_lines
from app.scoring.serial import serial_attribution
from tests import factories as make

EXACT = 1e-9
SIX_PLACES = 5e-7

STOCK_DAYS = (0.0, 30.0, 60.0, 90.0, 120.0)


def _phase(kind: Kind, *, initial: bool) -> tuple[float, tuple[float, float, float]]:
    severity = make.shipped_methodology().severities[kind]
    delays = severity.initial if initial and severity.initial else severity.established
    return severity.refusal.nominal, delays


@pytest.mark.parametrize(
    ("kind", "initial", "expected"),
    [
        (Kind.INDIVIDUAL_LICENCE, True, (0.613333, 0.446667, 0.28, 0.18, 0.106667)),
        (Kind.INDIVIDUAL_LICENCE, False, (0.552, 0.385333, 0.258667, 0.18, 0.106667)),
        (Kind.STRICT_LICENCE, True, (0.830417, 0.66375, 0.497083, 0.344167, 0.205)),
        (Kind.STALLED, False, (0.97, 0.803333, 0.636667, 0.47, 0.313333)),
        (Kind.PROHIBITED, False, (1.0, 0.833333, 0.666667, 0.5, 0.333333)),
    ],
)
def test_kernel_of_each_kind_by_stock(
    kind: Kind, initial: bool, expected: tuple[float, ...]
) -> None:
    refusal, delays = _phase(kind, initial=initial)

    found = [
        stockout_share(
            Disruption(refusal, delays, 0.0, math.inf),
            buffer=Buffer(stock),
            horizon_days=180.0,
            weights=(0.3, 0.4, 0.3),
        )
        for stock in STOCK_DAYS
    ]

    assert found == pytest.approx(expected, abs=SIX_PLACES)


def test_kernel_of_an_announced_licence_duty_that_starts_in_thirty_days() -> None:
    refusal, delays = _phase(Kind.INDIVIDUAL_LICENCE, initial=True)

    found = stockout_share(
        Disruption(refusal, delays, 30.0, math.inf),
        buffer=Buffer(),
        horizon_days=180.0,
        weights=(0.3, 0.4, 0.3),
    )

    assert found == pytest.approx(0.58, abs=EXACT)


def test_the_strictest_active_measure_binds() -> None:
    found = dict(strictest_active([Activation("A", 1.0, 0.4), Activation("B", 0.35, 0.9)]))

    assert found == pytest.approx({"B": 0.315, "A": 0.26}, abs=EXACT)
    assert math.fsum(found.values()) == pytest.approx(0.575, abs=EXACT)


def test_serial_attribution_of_three_players() -> None:
    found = serial_attribution([0.1, 0.4, 0.4], [1, 2, 1])

    assert found == pytest.approx([0.025, 0.25, 0.125], abs=EXACT)


def test_bom_of_three_lines() -> None:
    players = [
        Player((risk, risk, risk), weight, possible_only=False)
        for risk, weight in ((0.1, 1.0), (0.4, 2.0), (0.04, 1.0))
    ]

    found = pooled(players, beta=0.5)

    assert found.nominal == pytest.approx(0.3175, abs=EXACT)
    assert score_of(found.nominal, gamma=0.5) == pytest.approx(56.3471, abs=5e-5)
    assert found.parts == pytest.approx((0.0275, 0.28, 0.01), abs=EXACT)


BUFFER = Buffer(30.0, (Bridge(from_day=120.0, share=0.3),))


def _engine(explains: bool = True) -> Engine:
    # Both forms adapt as worked goods do in the worked example.
    method = make.shipped_methodology()
    method = make.with_parameters(method, adaptation_raw=method.parameters.adaptation_worked)
    data = make.reference(make.measure("A-1"), methodology=method)
    return Engine(data, make.context(), ends=Ends.all_at(Side.NOMINAL), explains=explains)


def _paths(engine: Engine) -> PathEvaluator:
    chain = engine.reference.supply.chains["magnet"]
    return PathEvaluator(engine, Goods(chain, frozenset({"Dy"}), BUFFER, CIVIL_MARKET))


@pytest.mark.parametrize(
    ("index", "exporter", "importer", "expected"),
    [
        (0, "A", "B", 0.150468211592),
        (0, "B", "A", 0.000826657294),
        (1, "A", "C", 0.150064320882),
        (1, "B", "C", 0.001649653718),
    ],
)
def test_worked_example_crossings(
    index: int, exporter: str, importer: str, expected: float
) -> None:
    found = _paths(_engine()).crossing("Dy", index, exporter, importer, None)

    assert found.value == pytest.approx(expected, abs=EXACT)


@pytest.mark.parametrize(("exporter", "expected"), [("A", 0.150064320882), ("B", 0.106803647522)])
def test_worked_example_paths(exporter: str, expected: float) -> None:
    found = _paths(_engine()).severity("Dy", 1, Leg(exporter, "C", final=True, declared=True))

    assert found.value == pytest.approx(expected, abs=EXACT)
    assert math.fsum(found.addends.values()) == pytest.approx(expected, abs=EXACT)


def test_worked_example_market() -> None:
    engine = _engine()
    chain = engine.reference.supply.chains["magnet"]

    uncovered = uncovered_share(BUFFER, 180.0)
    market = Market(engine)

    assert uncovered == pytest.approx(0.733333333333, abs=EXACT)
    assert market.severity(chain, "Dy") == pytest.approx(0.200150013446, abs=EXACT)
    assert market.scarcity(chain, "Dy", uncovered) == pytest.approx(0.037867282446, abs=EXACT)


def test_worked_example_end_to_end() -> None:
    data = _engine().reference
    product = make.bom(
        make.line(suppliers={"A": 0.25, "B": 0.75}, stock_days=30.0, bridges=[(120.0, 0.3)])
    )
    identified = (make.found("1", make.content("Dy")),)

    evaluation = Evaluation(data, make.context())
    (scored,) = scored_lines(product, identified, data, make.context())
    risk = evaluation.line(scored)[0].nominal
    result = assess(product, identified, data, context=make.context())

    assert risk.path == pytest.approx(0.117618815862, abs=EXACT)
    assert risk.market == pytest.approx(0.037867282446, abs=EXACT)
    assert risk.supplier == pytest.approx(0.009166666667, abs=EXACT)
    assert risk.risk == pytest.approx(0.158814398280, abs=EXACT)
    dy = next(element for element in result.elements if element.symbol == "Dy")
    assert dy.score is not None
    assert dy.score.nominal == pytest.approx(39.851524, abs=SIX_PLACES)
    shares = {"path": 0.0, "market": 0.0, "single_supplier": 0.0}
    for part in dy.contributions:
        shares[part.factor if part.factor in shares else "path"] += part.points / 39.851524
    assert list(shares.values()) == pytest.approx([0.723539951, 0.223211628, 0.053248421], abs=1e-7)
