"""Sectors by hand: own goods, dependence, default goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.domain.bom import BomLine
from app.domain.controls import Outcome, Rule, RuleApplies
from app.domain.exposure import IdentifiedLine
from app.domain.results import Assessment, SectorResult
from app.domain.sectors import ArchetypeLine, Sector
from app.domain.triple import ONE, ZERO, Triple
from app.scoring.assess import assess
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
#: Everything with dysprosium that leaves A is banned; 0.9 of the world's oxide comes from there.
DY_BAN = make.measure("A-1", elements=["Dy"], rules=BAN)


def _sector(levels: Mapping[str, int], *, product: str | None = None) -> Sector:
    found = make.sector("machines", levels=levels)
    archetype = ArchetypeLine(form="oxide", elements=tuple(levels), product=product, material=None)
    return replace(found, archetype=(archetype,))


def _assess(
    sector: Sector, *rows: tuple[BomLine, IdentifiedLine], destination: str = "C"
) -> Assessment:
    method = make.with_parameters(crossings.no_structural_risk(), kappa=ZERO, o_max=ZERO)
    data = make.reference(DY_BAN, methodology=method, sectors=[sector])
    lines, found = [row[0] for row in rows], tuple(row[1] for row in rows)
    return assess(make.bom(*lines), found, data, context=make.context(destination=destination))


def _of(
    sector: Sector, *rows: tuple[BomLine, IdentifiedLine], destination: str = "C"
) -> SectorResult:
    (result,) = _assess(sector, *rows, destination=destination).sectors
    return result


def _row(
    line_id: str = "1",
    *,
    supplier: str = "A",
    masses: Mapping[str, float] | None = None,
    sector: str | None = "machines",
    presence: Triple = ONE,
) -> tuple[BomLine, IdentifiedLine]:
    held = masses or {"Dy": 1.0}
    contents = (make.content(e, mass_kg=mass, presence=presence) for e, mass in held.items())
    line = replace(make.line(line_id, suppliers={supplier: 1.0}, sector=sector), quantity=None)
    return line, make.found(line_id, *contents, forms=("oxide",))


def test_a_sector_without_own_lines_is_scored_on_its_default_goods() -> None:
    # Dependence squared: Dy 9 of 13, Nd 4 of 13; default goods of unknown origin: Dy 0.9, Nd 0.
    result = _of(_sector({"Dy": 3, "Nd": 2}))

    expected = 0.5 * 0.9 + 0.5 * (9.0 / 13.0) * 0.9
    assert result.basis == "reference"
    assert result.score.risk.nominal == pytest.approx(expected, abs=EXACT)
    assert [row.element for row in result.contributions] == ["Dy"]
    assert result.contributions[0].points == pytest.approx(result.score.nominal, abs=1e-9)
    assert result.worst_element == "Dy"


def test_own_goods_weigh_seven_tenths() -> None:
    # Own goods: 3 kg Dy from A (r 1), 1 kg Nd from A (r 0). Level 3 alone leads besides own goods.
    row = _row(masses={"Dy": 3.0, "Nd": 1.0})
    result = _of(_sector({"Dy": 2, "Nd": 3}), row)

    weight_dy = 0.7 * 0.75 + 0.3 * 4.0 / 13.0
    assert result.basis == "bom"
    assert result.score.risk.nominal == pytest.approx(0.5 * 1.0 + 0.5 * weight_dy, abs=EXACT)


def test_elements_without_own_goods_take_the_risk_of_the_default_goods() -> None:
    result = _of(_sector({"Dy": 3, "Nd": 1}), _row(masses={"Nd": 1.0}))

    # Own neodymium is free; dysprosium of the default goods: 0.9, at weight 0.3 x 9/10.
    expected = 0.5 * 0.9 + 0.5 * 0.3 * 0.9 * 0.9
    assert result.score.risk.nominal == pytest.approx(expected, abs=EXACT)


def test_an_element_on_which_products_do_not_stop_leads_only_where_it_is_held() -> None:
    sector = _sector({"Dy": 2})

    assert _of(sector).score.risk.nominal == pytest.approx(0.5 * 0.9, abs=EXACT)
    assert _of(sector, _row()).score.risk.nominal == pytest.approx(1.0, abs=EXACT)
    assert _of(sector).worst_element is None


def test_a_sector_of_which_no_dependence_is_known_counts_own_goods_alone() -> None:
    sector = replace(_sector({"Dy": 3}), dependence={})

    assert _of(sector).score.risk.nominal == 0.0
    assert _of(sector).worst_element is None
    assert _of(sector, _row()).score.risk.nominal == pytest.approx(1.0, abs=EXACT)


def test_lines_of_other_sectors_do_not_count() -> None:
    assert _of(_sector({"Dy": 3}), _row(sector=None)).basis == "reference"


def test_own_lines_of_one_element_are_averaged_by_weight() -> None:
    rows = [_row("1", masses={"Dy": 1.0}), _row("2", supplier="B", masses={"Dy": 3.0})]

    result = _of(_sector({"Dy": 3}), *rows)

    # r of dysprosium: one quarter from A.
    assert result.score.risk.nominal == pytest.approx(0.25, abs=EXACT)


def test_what_a_line_only_may_hold_is_none_of_the_companys_goods() -> None:
    possible = _row("1", presence=Triple(0.0, 0.0, 1.0))
    sure = _row("2", masses={"Nd": 1.0})
    sector = _sector({"Dy": 3})

    assert _of(sector, possible).basis == "reference"
    # Dysprosium keeps the risk of the default goods, and no weight of its own.
    expected = 0.5 * 0.9 + 0.5 * 0.3 * 0.9
    assert _of(sector, possible, sure).score.risk.nominal == pytest.approx(expected, abs=EXACT)


def test_the_elements_of_a_default_product_control_each_other() -> None:
    def magnet(product: str | None) -> Sector:
        found = _sector({"Dy": 1, "Nd": 3})
        archetype = ArchetypeLine(
            form="magnet", elements=("Dy", "Nd"), product=product, material=None
        )
        return replace(found, archetype=(archetype,))

    together, apart = (
        next(row.points for row in _of(magnet(product)).contributions if row.element == "Nd")
        for product in ("NdFeB", None)
    )

    assert together > apart


def test_default_goods_in_two_lines_are_averaged() -> None:
    sector = _sector({"Dy": 3})
    oxide = sector.archetype[0]
    magnet = replace(oxide, form="magnet")
    sector = replace(sector, archetype=(oxide, magnet))

    # Oxide 0.9; magnets: 0.8 of A, and 0.2 of B with 0.7 of A's oxide.
    expected = (0.9 + (0.8 + 0.2 * 0.7)) / 2.0
    assert _of(sector).score.risk.nominal == pytest.approx(expected, abs=EXACT)


def test_an_element_without_default_goods_counts_as_free() -> None:
    sector = replace(_sector({"Dy": 3}), archetype=())

    assert _of(sector).score.risk.nominal == 0.0


def test_default_goods_take_the_sectors_end_use_before_an_unknown_one() -> None:
    military = replace(_sector({"Dy": 3}), archetype_end_use="military")
    rules = (
        Rule(
            when="military use",
            outcome=Outcome.PROHIBITED,
            applies=RuleApplies(end_uses=frozenset({"military"})),
        ),
    )
    ban = make.measure("A-1", rules=rules)
    method = make.with_parameters(crossings.no_structural_risk(), kappa=ZERO, o_max=ZERO)
    data = make.reference(ban, methodology=method, sectors=[military])

    (result,) = assess(make.bom(), (), data, context=make.context()).sectors

    assert result.score.risk.nominal == pytest.approx(0.9, abs=EXACT)
