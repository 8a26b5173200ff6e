"""Second sources: plants that work today, in countries with output, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.mitigation import Affiliation, SiteState
from app.domain.supply import Stage
from app.scoring.second_sources import plants_in
from tests import plain_world as plain
from tests.unit.scoring.benches import magnet_bench, offered, oxide_bench


@pytest.mark.parametrize(
    "plants",
    [
        [],
        [plain.plant("Kuala", "MY", "separation_heavy", state=SiteState.CONSTRUCTION)],
        [plain.plant("Kuala", "MY", "separation_heavy", state=SiteState.RAMP)],
        [plain.plant("Kuala", "MY", "separation_heavy", pending=["Dy"])],
        [plain.plant("Kuala", "MY", "separation_heavy", elements=["Nd"])],
        [plain.plant("Kuala", "MY", "oxides", "trading")],
        [plain.plant("Kuala", "MY", "magnet_ndfeb")],
        [plain.plant("Kuala", "MY", "separation_heavy", "mining", site_stages=["mining"])],
        [plain.plant("Kuala", "MY", "separation_heavy", affiliation=Affiliation.CHINA)],
        [plain.plant("Kuala", "MY", "separation_heavy", affiliation=Affiliation.RESTRICTED)],
        [plain.plant("Sydney", "AU", "separation_heavy")],
    ],
)
def test_what_does_not_work_or_sell_today_is_no_second_source(plants: list[Any]) -> None:
    bench = oxide_bench(mitigation=plain.facts(plants=plants))

    assert [one for one in offered(bench) if one.startswith("second_source")] == []


def test_a_country_under_sanctions_is_left_out_whoever_works_there() -> None:
    plants = [
        plain.plant("Kuala", "MY", "separation_heavy"),
        plain.plant("Barred", "MY", "mining", affiliation=Affiliation.RESTRICTED),
    ]

    assert "second_source:separation:MY" not in offered(
        oxide_bench(mitigation=plain.facts(plants=plants))
    )


def test_a_second_source_names_its_plants_shares_and_sources() -> None:
    candidate = offered(oxide_bench())["second_source:separation:MY"]

    assert (
        "Take 35 % of oxides and compounds from MY (at work there: Kuala Oxides)" in candidate.text
    )
    assert "20 % of Dy" in candidate.trade_off
    assert candidate.sources == ("gk",)
    assert candidate.lead_time_months is not None
    assert candidate.lead_time_months.nominal == pytest.approx(13 / 52.142857 * 12, rel=1e-3)


def test_who_delivers_that_much_already_is_no_second_source() -> None:
    line = plain.oxide_line(sourcing=(("separation", "MY", 0.4), ("separation", "CN", 0.6)))
    data = plain.plain_reference(plain.duty())
    bench = plain.bench_of(plain.inputs_of(data, [(line, plain.dysprosium())]))

    assert "second_source:separation:MY" not in offered(bench)


@pytest.mark.parametrize(
    "facts",
    [
        plain.facts(recycling=()),
        plain.facts(measures=()),
        plain.facts(recycling=(plain.fact("crma_benchmark"),)),
    ],
)
def test_without_the_benchmark_or_the_measure_nothing_is_offered(facts: Any) -> None:
    found = offered(magnet_bench(mitigation=facts))

    assert not [one for one in found if one.startswith(("second_source", "recycling"))]


def test_plants_are_listed_by_name() -> None:
    plants = [plain.plant("B", "JP", "metal"), plain.plant("A", "JP", "alloy")]
    data = plain.plain_reference(mitigation=plain.facts(plants=plants))

    found = plants_in("JP", Stage.METAL, frozenset({"Dy"}), data)

    assert [one.name for one in found] == ["A", "B"]
