"""Published criticality indices: their formulas, their limits, three published results."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from app.errors import InvalidNumberError, InvalidSharesError
from app.scoring.reference_indices import (
    EU_IMPORTANCE_THRESHOLD,
    EU_SUPPLY_RISK_THRESHOLD,
    EuSupplyRiskInputs,
    eu_economic_importance,
    eu_governance_risk,
    eu_import_reliance,
    eu_supply_risk,
    eu_weighted_concentration,
    geopolitical_supply_risk,
    nstc_screening,
    usgs_2020_supply_risk,
)


def inputs(
    *,
    world: float | None = 9.2,
    own: float | None = 1.8,
    reliance: float = 1.0,
    recycling: float = 0.0,
    substitution: float = 1.0,
) -> EuSupplyRiskInputs:
    return EuSupplyRiskInputs(
        hhi_global=world,
        hhi_eu=own,
        import_reliance=reliance,
        recycling_input_rate=recycling,
        substitution_index=substitution,
    )


@pytest.mark.parametrize(
    ("given", "computed", "published"),
    [
        (inputs(recycling=0.38), 3.41, 3.4),
        (inputs(recycling=0.31), 3.795, 3.8),
        (inputs(world=5.685, own=None, recycling=0.01), 5.628, 5.6),
    ],
    ids=["europium 2017", "yttrium 2017", "erbium 2023, processing, world supply only"],
)
def test_three_published_eu_supply_risks_come_out(
    given: EuSupplyRiskInputs, computed: float, published: float
) -> None:
    risk = eu_supply_risk(given)

    assert risk == pytest.approx(computed, abs=5e-4)
    assert round(risk, 1) == published


def test_the_governance_risk_behind_erbium_is_that_of_china_within_rounding() -> None:
    # 5.61 to 5.71 is what the published 5.6 admits at a recycling rate of 1 per cent.
    concentration = eu_weighted_concentration({"CN": 1.0}, {"CN": eu_governance_risk(-0.3425)})

    assert 5.61 <= concentration <= 5.71


def test_without_net_imports_eu_sourcing_alone_counts() -> None:
    assert eu_supply_risk(inputs(world=None, own=2.0, reliance=-0.2)) == 2.0
    assert eu_supply_risk(inputs(world=9.0, own=2.0, reliance=0.0)) == 2.0


def test_with_poor_eu_data_world_supply_alone_counts() -> None:
    assert eu_supply_risk(inputs(world=9.0, own=None, reliance=0.4)) == 9.0


def test_import_reliance_blends_world_supply_and_eu_sourcing() -> None:
    assert eu_supply_risk(inputs(world=8.0, own=2.0, reliance=0.5)) == pytest.approx(3.5)


def test_full_recycling_or_full_substitution_leaves_no_risk() -> None:
    assert eu_supply_risk(inputs(recycling=1.0)) == 0.0
    assert eu_supply_risk(inputs(substitution=0.0)) == 0.0


def test_trade_parameters_raise_or_lower_the_concentration() -> None:
    shares, risk = {"CN": 0.5, "DE": 0.5}, {"CN": 6.0, "DE": 2.0}

    plain = eu_weighted_concentration(shares, risk)
    barred = eu_weighted_concentration(shares, risk, {"CN": 1.5, "DE": 0.8})

    assert plain == pytest.approx(2.0)
    assert barred == pytest.approx(0.25 * 6.0 * 1.5 + 0.25 * 2.0 * 0.8)


def test_economic_importance_is_the_value_added_that_hangs_on_the_material() -> None:
    importance = eu_economic_importance(
        {"C27": 0.25, "C29": 0.5}, {"C27": 40.0, "C28": 200.0, "C29": 160.0}, 0.9
    )

    assert importance == pytest.approx((0.25 * 40 + 0.5 * 160) * 10 / 200 * 0.9)


def test_nobody_counts_as_risky_within_the_own_region() -> None:
    everybody = geopolitical_supply_risk(
        world_production={"CN": 3.0, "FR": 1.0},
        imports={"CN": 2.0, "FR": 2.0},
        political_stability={"CN": -0.5, "FR": 0.5},
        domestic_production=0.0,
    )
    without_own = geopolitical_supply_risk(
        world_production={"CN": 3.0, "FR": 1.0},
        imports={"CN": 2.0, "FR": 2.0},
        political_stability={"CN": -0.5},
        domestic_production=0.0,
        own_region=frozenset({"FR"}),
    )

    concentration = (3 / 4) ** 2 + (1 / 4) ** 2
    assert everybody == pytest.approx(concentration * (2 * 0.6 + 2 * 0.4) / 4)
    assert without_own == pytest.approx(concentration * 2 * 0.6 / 4)


def test_american_indices_are_geometric_means() -> None:
    expected = (0.2 * 0.5 * 0.8) ** (1 / 3)

    assert usgs_2020_supply_risk(
        disruption_potential=0.2, trade_exposure=0.5, economic_vulnerability=0.8
    ) == pytest.approx(expected)
    assert nstc_screening(
        supply_risk=0.2, production_growth=0.5, market_dynamics=0.8
    ) == pytest.approx(expected)


def test_import_reliance_of_a_net_exporter_is_not_positive() -> None:
    assert eu_import_reliance(imports=1.0, exports=3.0, production=4.0) == -1.0


def test_the_published_thresholds() -> None:
    assert (EU_SUPPLY_RISK_THRESHOLD, EU_IMPORTANCE_THRESHOLD) == (1.0, 2.8)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: eu_governance_risk(2.6), "estimate lies outside"),
        (lambda: eu_supply_risk(inputs(reliance=1.1)), "import reliance lies outside"),
        (lambda: eu_supply_risk(inputs(recycling=-0.1)), "recycling rate lies outside"),
        (lambda: eu_supply_risk(inputs(substitution=1.1)), "substitution index lies outside"),
        (lambda: eu_supply_risk(inputs(recycling=math.nan)), "recycling rate lies outside"),
        (lambda: eu_supply_risk(inputs(own=None, reliance=0.0)), "EU sourcing is needed"),
        (lambda: eu_supply_risk(inputs(world=None)), "world supply is needed"),
        (lambda: eu_weighted_concentration({"AA": 1.0}, {}), "no governance risk is given for AA"),
        (lambda: eu_import_reliance(imports=-1.0, exports=0.0, production=1.0), "imports lies"),
        (lambda: eu_import_reliance(imports=1.0, exports=1.0, production=0.0), "apparent"),
        (lambda: eu_economic_importance({"A": 0.5}, {"B": 1.0}, 1.0), "no value added is given"),
        (lambda: eu_economic_importance({}, {}, 1.0), "largest value added lies outside"),
        (lambda: eu_economic_importance({}, {"A": 1.0}, 1.5), "substitution index lies outside"),
        (
            lambda: usgs_2020_supply_risk(
                disruption_potential=1.2, trade_exposure=0.5, economic_vulnerability=0.5
            ),
            "indicator lies outside",
        ),
        (
            lambda: geopolitical_supply_risk(
                world_production={"AA": 1.0},
                imports={"AA": 1.0},
                political_stability={},
                domestic_production=0.0,
            ),
            "no political stability is given for AA",
        ),
        (
            lambda: geopolitical_supply_risk(
                world_production={},
                imports={"AA": 1.0},
                political_stability={"AA": 0.0},
                domestic_production=0.0,
            ),
            "world production lies outside",
        ),
        (
            lambda: geopolitical_supply_risk(
                world_production={"AA": 1.0},
                imports={"AA": -1.0},
                political_stability={"AA": 0.0},
                domestic_production=0.0,
            ),
            "imports lies outside",
        ),
    ],
)
def test_what_lies_outside_its_range_is_refused(call: Callable[[], float], message: str) -> None:
    with pytest.raises(InvalidNumberError, match=message):
        call()


@pytest.mark.parametrize("shares", [{"AA": 0.5}, {"AA": 1.2, "BB": -0.2}, {}])
def test_shares_that_do_not_sum_to_one_are_refused(shares: dict[str, float]) -> None:
    with pytest.raises(InvalidSharesError):
        eu_weighted_concentration(shares, {"AA": 5.0, "BB": 5.0})


@pytest.mark.parametrize("shares", [{"AA": 1.2}, {"AA": -0.1}])
def test_shares_of_use_over_one_or_negative_are_refused(shares: dict[str, float]) -> None:
    with pytest.raises(InvalidSharesError):
        eu_economic_importance(shares, {"AA": 1.0}, 1.0)
