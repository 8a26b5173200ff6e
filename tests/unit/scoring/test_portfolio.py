"""Several products: what they share, and what helps most of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.bom import Supplier
from app.domain.supply import GovernanceRisk
from app.domain.triple import Triple
from app.scoring.mitigation import all_candidates, ranked_actions
from app.scoring.portfolio import PointKind, SharedPoint, shared_actions, shared_points
from app.scoring.workbench import Workbench
from tests import plain_world as plain


def product(
    product_id: str,
    *suppliers: Supplier,
    form: str = "oxide",
    lines: int = 1,
    measures: bool = True,
) -> Workbench:
    """Return a product of equal lines from some suppliers."""
    data = plain.plain_reference(*([plain.duty()] if measures else []))
    rows = [
        (
            replace(plain.oxide_line(str(place)), suppliers=suppliers),
            plain.dysprosium(str(place), form=form),
        )
        for place in range(lines)
    ]
    return plain.bench_of(plain.inputs_of(data, rows, id=product_id))


def points(*benches: Workbench) -> dict[tuple[PointKind, str], SharedPoint]:
    return {(one.kind, one.key): one for one in shared_points(benches)}


OCHA = Supplier(name="Ocha", country="CN", share=0.7)
REST = Supplier(name="Rest", country="MY", share=0.3)


def test_a_maker_of_two_thirds_is_a_shared_point() -> None:
    found = points(product("A", OCHA, REST), product("B", OCHA, REST))

    maker = found[PointKind.MAKER, "Ocha"]
    assert maker.products == ("A", "B")
    # 70 % of a line whose r is 0.7 x 0.552.
    assert maker.weight == pytest.approx(2 * 0.7 * 100 * (0.7 * 0.552) ** 0.5)
    assert (PointKind.MAKER, "Rest") not in found


def test_a_maker_without_a_name_and_a_single_product_share_nothing() -> None:
    nameless = Supplier(country="CN")

    found = points(product("A", nameless), product("B", nameless))

    assert PointKind.MAKER not in {kind for kind, _ in found}
    assert shared_points([product("A", OCHA)]) == ()


def test_a_stage_counts_by_what_restricts_it_today() -> None:
    benches = (product("A", OCHA, lines=2), product("B", OCHA))

    stage = points(*benches)[PointKind.STAGE, "separation:CN"]

    assert stage.products == ("A", "B")
    # Nothing else is at risk, so it stands for the whole of both scores.
    scores = [bench.score(bench.base.bom[1]) for bench in benches]
    assert stage.weight == pytest.approx(sum(scores))


def test_where_nothing_is_restricted_no_stage_is_shared() -> None:
    free = [product(name, OCHA, measures=False) for name in ("A", "B")]

    assert {kind for kind, _ in points(*free)} == {PointKind.MAKER}


def test_a_mine_counts_where_the_chain_begins_with_one() -> None:
    found = points(product("A", OCHA, form="salt"), product("B", OCHA, form="salt"))
    without = points(product("A", OCHA), product("B", OCHA))

    mine = found[PointKind.MINE, "Example Mine"]
    assert mine.products == ("A", "B")
    assert mine.weight > 0.0
    assert (PointKind.MINE, "Example Mine") not in without


def test_a_mine_without_a_name_is_no_shared_point() -> None:
    benches = []
    for name in ("A", "B"):
        bench = product(name, OCHA, form="salt")
        supply = bench.inputs.reference.supply
        nameless = {
            symbol: replace(mine, mine=None) for symbol, mine in supply.largest_mines.items()
        }
        data = replace(bench.inputs.reference, supply=replace(supply, largest_mines=nameless))
        benches.append(plain.bench_of(replace(bench.inputs, reference=data)))

    assert PointKind.MINE not in {kind for kind, _ in points(*benches)}


def test_what_helps_most_products_comes_first() -> None:
    both = [product("A", OCHA), product("C", OCHA)]

    ranked = {bench.inputs.bom.id: ranked_actions(bench, all_candidates(bench)) for bench in both}
    found = shared_actions(ranked)

    assert [len(one.risk_removed) for one in found] == [2] * len(found)
    totals = [one.total for one in found]
    assert totals == sorted(totals, reverse=True)
    assert found[0].total == pytest.approx(sum(found[0].risk_removed.values()))
    assert found[0].text


def test_what_removes_nothing_helps_nobody() -> None:
    bench = product("A", OCHA)
    (action, *_) = ranked_actions(bench, all_candidates(bench))

    assert shared_actions({"A": ()}) == ()
    assert shared_actions({"A": (replace(action, risk_removed=-1.0),)}) == ()


def test_a_restriction_that_may_yet_come_makes_no_stage_shared() -> None:
    benches = []
    for name in ("A", "B"):
        bench = product(name, OCHA, measures=False)
        method = plain.plain_methodology(lambda0=Triple.exactly(0.5))
        supply = bench.inputs.reference.supply
        risky = GovernanceRisk(country="CN", value=0.8, dimensions=6)
        data = replace(
            bench.inputs.reference,
            methodology=method,
            supply=replace(supply, governance={**supply.governance, "CN": risky}),
        )
        benches.append(plain.bench_of(replace(bench.inputs, reference=data)))

    assert all(bench.base.bom[1] > 0.0 for bench in benches)
    assert PointKind.STAGE not in {kind for kind, _ in points(*benches)}


def test_elements_without_a_mine_share_none() -> None:
    bench = product("A", OCHA, form="salt")
    data = replace(
        bench.inputs.reference,
        supply=replace(bench.inputs.reference.supply, largest_mines={}),
    )
    again = [
        plain.bench_of(
            replace(bench.inputs, reference=data, bom=replace(bench.inputs.bom, id=name))
        )
        for name in ("A", "B")
    ]

    assert PointKind.MINE not in {kind for kind, _ in points(*again)}
