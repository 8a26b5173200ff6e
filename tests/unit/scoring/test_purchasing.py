"""What purchasing can do: when it is offered, and when not."""

from __future__ import annotations

from dataclasses import replace

from app.domain.controls import (
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    TimelineStatus,
)
from app.domain.supply import GovernanceRisk
from app.domain.triple import Triple
from app.scoring.mitigation import (
    all_candidates,
)
from tests import factories as make
from tests import plain_world as plain
from tests.unit.scoring.benches import magnet_bench, offered, oxide_bench


def test_magnets_that_stand_no_heat_and_oxides_have_no_lower_grade() -> None:
    cool = plain.known_materials(plain.material(grade_suffix=""))

    assert "design:grade_down" in offered(magnet_bench())
    assert "design:grade_down" not in offered(magnet_bench(identification=cool))
    assert "design:grade_down" not in offered(magnet_bench(material=None))
    assert "design:grade_down" not in offered(oxide_bench())


def test_an_assembly_is_offered_for_magnets_from_abroad() -> None:
    assert "other:buy_assembly" in offered(magnet_bench())
    assert "other:buy_assembly" not in offered(magnet_bench(country="JP"))
    assert "other:buy_assembly" not in offered(oxide_bench())


def test_recycling_is_for_magnets_whose_elements_are_recovered() -> None:
    assert "recycling:closed_loop" in offered(magnet_bench())
    assert "recycling:closed_loop" not in offered(oxide_bench())
    only_sm = plain.facts(plants=[plain.plant("Scrap", "JP", "recycling", elements=["Sm"])])
    assert "recycling:closed_loop" not in offered(magnet_bench(mitigation=only_sm))


def test_a_general_licence_is_offered_where_somebody_gives_any() -> None:
    magnets = [RegisterStage.MAGNET]
    duty = plain.duty(elements=["Dy"], stages=magnets)
    given = plain.duty("CN-2", type=MeasureType.FACILITATION, stages=magnets)
    oxides = plain.duty("CN-2", type=MeasureType.FACILITATION, stages=[RegisterStage.OXIDE])
    no_papers = plain.facts(measures=[plain.advice("safety_stock")])

    assert "licence:general" in offered(magnet_bench(measures=[duty, given]))
    assert "licence:general" not in offered(magnet_bench(measures=[duty]))
    assert "licence:general" not in offered(magnet_bench(measures=[duty, oxides]))
    assert "licence:general" not in offered(magnet_bench(measures=[duty, given], country="JP"))
    assert "licence:general" not in offered(
        magnet_bench(measures=[duty, given], mitigation=no_papers)
    )


def test_early_orders_are_for_a_start_that_is_known() -> None:
    today = make.TODAY
    announced = (
        make.event(today, TimelineStatus.ANNOUNCED),
        make.event(today.replace(month=4), TimelineStatus.IN_FORCE, known_from=today),
    )
    undated = (
        make.event(today.replace(year=2025), TimelineStatus.IN_FORCE),
        make.event(today, TimelineStatus.SUSPENDED),
    )

    early = offered(
        plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty(timeline=announced))))
    )

    assert "to arrive before 2026-04-01, when CN-1 may start" in early["other:early_orders"].text
    assert "other:early_orders" not in offered(oxide_bench())
    assert "other:early_orders" not in offered(
        plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty(timeline=undated))))
    )


def test_nothing_that_may_yet_come_is_ordered_early() -> None:
    structural = plain.plain_methodology(lambda0=Triple.exactly(0.5))
    risky = {**plain.NO_GOVERNANCE, "CN": 0.8}
    data = plain.plain_reference(methodology=structural)
    data = replace(
        data,
        supply=replace(
            data.supply,
            governance={
                country: GovernanceRisk(country=country, value=value, dimensions=6)
                for country, value in risky.items()
            },
        ),
    )

    found = offered(plain.bench_of(plain.inputs_of(data)))

    assert "other:early_orders" not in found
    # Half the horizon until it may start, and 75 days for its first licences.
    assert "150 days" in found["stock:licence_time"].text


def test_after_a_ban_no_licence_is_waited_for() -> None:
    rules = (Rule(when="all", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty(rules=rules))))

    found = offered(bench)

    assert "stock:licence_time" not in found
    assert "stock:vendor" in found


def test_a_vendors_stock_is_as_large_as_the_facts_know() -> None:
    assert "stock:vendor" not in offered(oxide_bench(mitigation=plain.facts(stocks=())))
    assert "91 days" in offered(oxide_bench())["stock:vendor"].text


def test_nothing_is_offered_for_a_product_without_rare_earths() -> None:
    inputs = plain.inputs_of(plain.plain_reference(), [(plain.oxide_line(), make.found("1"))])

    assert all_candidates(plain.bench_of(inputs)) == ()
