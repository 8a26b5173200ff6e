"""The shipped supply tables agree with each other and with what they were derived from."""

from __future__ import annotations

import math
from datetime import date

import pytest

from app.domain.elements import RARE_EARTHS
from app.domain.provenance import Status
from app.domain.supply import MixRow, Stage
from tests.data import shipped

SAMPLE_YEAR = "2023"


def world(stage: Stage, element: str) -> list[MixRow]:
    rows = [r for r in shipped.supply().world if r.stage is stage and element in r.elements]
    return sorted(rows, key=lambda row: row.valid_from)


def destination(place: str, stage: Stage, element: str, *, known_from: date) -> MixRow:
    (row,) = [
        row
        for row in shipped.supply().destination_mixes
        if (row.place, row.stage, row.valid_from) == (place, stage, known_from)
        and element in row.elements
        and row.provenance.sources == ("baci",)
    ]
    return row


def test_every_row_of_the_compiled_tables_is_there() -> None:
    data = shipped.supply()

    # Two rows of Malaysian separation were added; one feed row was added and one dropped.
    assert len(data.world) == 164 + 2
    assert len(data.feed) == 182 + 1 - 1
    assert len(data.destination_mixes) == 192
    assert len(data.import_reliance) == 34
    assert len(data.governance) == 209
    assert len(data.largest_mines) == 16
    assert sum(row.provenance.status is Status.VERIFIED for row in data.world) == 18


def test_sixteen_elements_have_a_market_and_the_chain_that_leads_to_it() -> None:
    for element in RARE_EARTHS:
        stages = shipped.elements().stages[element]

        assert bool(stages) == (element != "Pm")
        for stage in stages:
            assert world(stage, element), (element, stage)


@pytest.mark.parametrize("element", ["Dy", "Tb"])
def test_malaysia_separates_heavy_elements_from_the_day_of_the_first_report(element: str) -> None:
    before, first, measured = world(Stage.SEPARATION, element)

    assert "MY" not in before.shares
    assert first.valid_from == date(2025, 5, 16)
    assert first.shares == measured.shares
    assert first.provenance.status is Status.JUDGEMENT
    assert measured.provenance.status is Status.DERIVED


def test_malaysian_feed_of_heavy_elements_is_australian() -> None:
    rows = [
        row for row in shipped.supply().feed if row.stage is Stage.SEPARATION and row.place == "MY"
    ]

    assert {"Dy", "Tb", "Gd", "Y", "Lu"} <= {element for row in rows for element in row.elements}
    assert all(row.shares == {"AU": 1.0} for row in rows)


def test_no_feed_row_speaks_of_plants_that_have_no_output() -> None:
    assert not [row for row in shipped.supply().feed
                if row.stage is Stage.SEPARATION and row.place == "AU"]  # fmt: skip


def test_mine_shares_follow_from_tonnes_and_ore_composition() -> None:
    sites = [site for site in shipped.background().deposits if site.tonnes_reo and site.used]
    scenarios = {
        figure.subject: figure.low
        for figure in shipped.background().figures["supply/mining_scenarios"]
        if figure.series == "usgs_2025"
    }

    for element, printed in scenarios.items():
        tonnes = {site.id: (site.tonnes_reo or 0) * site.used[element] for site in sites}
        china = math.fsum(tonnes[site.id] for site in sites if site.countries == ("CN",))

        # 110 t of Malaysian clay are in the printed figure and not among the deposits.
        assert china / math.fsum(tonnes.values()) == pytest.approx(printed, abs=1.5e-3)


def test_the_newest_mine_share_of_china_is_the_mean_of_its_bases() -> None:
    scenarios: dict[str, dict[str, float]] = {}
    for figure in shipped.background().figures["supply/mining_scenarios"]:
        scenarios.setdefault(figure.series, {})[figure.subject] = figure.low

    for element in scenarios["usgs_2025"].keys() - {"Nd", "Pr"}:  # these two have a third base
        mean = (scenarios["usgs_2025"][element] + scenarios["wmd_2024"][element]) / 2

        assert world(Stage.MINING, element)[-1].shares["CN"] == pytest.approx(mean, abs=2e-4)


def test_the_largest_mine_is_within_the_output_of_its_country() -> None:
    for element, mine in shipped.supply().largest_mines.items():
        if mine.mine != "Bayan Obo":
            continue
        newest = world(Stage.MINING, element)[-1]
        of_china = {
            figure.subject: figure.low
            for figure in shipped.background().figures["supply/bayan_obo"]
        }[element]

        assert mine.value.nominal == mine.vintages[-1][1]
        assert mine.value.nominal / of_china == pytest.approx(newest.shares["CN"], abs=0.06)


def imports(destination_code: str, product: str, measure: str) -> dict[str, float]:
    return {
        figure.origin: figure.value
        for figure in shipped.background().imports
        if figure.origin is not None
        and (figure.destination, figure.product) == (destination_code, product)
        and (figure.period, figure.measure) == (SAMPLE_YEAR, measure)
    }


@pytest.mark.parametrize("place", ["JP", "US", "KR", "IN", "DE", "EU", "GB", "VN", "TH"])
@pytest.mark.parametrize(
    ("stage", "element", "product", "measure"),
    [
        (Stage.SEPARATION, "Ce", "HS284610", "weight_share"),
        (Stage.SEPARATION, "La", "HS284690", "weight_share"),
        (Stage.SEPARATION, "Nd", "HS284690", "value_share"),
        (Stage.METAL, "La", "HS280530", "weight_share"),
        (Stage.METAL, "Nd", "HS280530", "value_share"),
    ],
)
def test_sourcing_of_2023_follows_from_the_import_statistics(
    place: str, stage: Stage, element: str, product: str, measure: str
) -> None:
    row = destination(place, stage, element, known_from=date(2025, 1, 31))
    traded = imports(place, product, measure)

    compared = [country for country in traded if country in row.shares and country != "ZZ"]
    assert compared
    for country in compared:
        assert row.shares[country] == pytest.approx(traded[country], abs=3e-4)


def test_prices_are_public_and_none_is_of_a_trade_agency() -> None:
    prices = shipped.supply().prices

    assert prices.keys() == set(RARE_EARTHS) - {"Pm", "Tm"}
    for price in prices.values():
        assert all(source.startswith("usgs_") for source in price.provenance.sources)


def test_what_may_not_be_redistributed_is_not_there() -> None:
    restricted = {
        "adamas_prices", "argus_eu_may2025", "argus_eu_sep2025", "bgs_wms", "komis",
        "smm_2025_2026",
    }  # fmt: skip

    assert not restricted & shipped.known()


def test_no_importer_is_china_and_each_has_a_governance_risk() -> None:
    importers = shipped.supply().importers

    assert "CN" not in importers
    assert importers.keys() <= shipped.supply().governance.keys()
    assert math.fsum(importers.values()) == pytest.approx(1.0, abs=1e-9)
