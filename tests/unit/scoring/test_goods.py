"""From a BOM line and its identification to what the core evaluates."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.bom import BomLine, Bridge, SourcingShare
from app.domain.context import EndUse
from app.domain.exposure import ElementContent
from app.domain.places import RECYCLED, UNKNOWN
from app.domain.provenance import Basis
from app.domain.supply import Stage
from app.domain.triple import ONE, Side, Triple
from app.errors import InvalidNumberError, InvalidSharesError
from app.scoring.goods import ScoredLine, presence_at, unit_spend
from app.scoring.scored_lines import scored_lines
from tests import factories as make

EXACT = 1e-12
SECTORS = (
    replace(make.sector("machines", military_prior=0.07), aliases=("Machine Building",)),
    make.sector("defence", military_prior=1.0),
)


def _scored(
    line: BomLine,
    *contents: ElementContent,
    forms: tuple[str, ...] = ("magnet",),
    product_sector: str | None = None,
) -> ScoredLine:
    (found,) = scored_lines(
        make.bom(line, sector=product_sector),
        (make.found("1", *(contents or (make.content(),)), forms=forms),),
        make.reference(sectors=SECTORS),
        make.context(),
    )
    return found


def _shares(line: BomLine, forms: tuple[str, ...] = ("magnet",)) -> dict[str, float]:
    return {origin.country: origin.share for origin in _scored(line, forms=forms).origins}


def test_only_lines_that_may_hold_rare_earths_are_scored() -> None:
    lines = make.bom(make.line("1"), make.line("2"), make.line("3"))
    formless = replace(make.found("3", make.content()), forms=())
    identified = (make.found("1"), make.found("2", make.content()), formless)

    found = scored_lines(lines, identified, make.reference(), make.context())

    assert [line.line_id for line in found] == ["2"]


def test_without_suppliers_the_origin_is_not_known() -> None:
    assert _shares(make.line()) == {UNKNOWN: 1.0}


def test_shares_below_one_leave_the_rest_not_known() -> None:
    assert _shares(make.line(suppliers={"A": 0.6})) == pytest.approx({"A": 0.6, UNKNOWN: 0.4})


def test_a_supplier_without_a_country_is_not_known() -> None:
    line = make.line(suppliers={"A": 1.0})
    line = replace(line, suppliers=(replace(line.suppliers[0], country=None),))

    assert _shares(line) == {UNKNOWN: 1.0}


@pytest.mark.parametrize("total", [0.9991, 1.0009])
def test_shares_about_one_are_normalised(total: float) -> None:
    found = _shares(make.line(suppliers={"A": total / 2.0, "B": total / 2.0}))

    assert found == pytest.approx({"A": 0.5, "B": 0.5}, abs=EXACT)


def test_shares_over_one_are_an_error_of_the_request() -> None:
    with pytest.raises(InvalidSharesError, match=r"sum to 1\.100"):
        _scored(make.line(suppliers={"A": 0.6, "B": 0.5}))


def test_recycled_material_takes_its_share_from_all_others_in_proportion() -> None:
    found = _shares(make.line(suppliers={"A": 0.5, "B": 0.3}, recycled_share=0.2))

    expected = {"A": 0.4, "B": 0.24, RECYCLED: 0.2, UNKNOWN: 0.16}
    assert found == pytest.approx(expected, abs=EXACT)


def test_shares_declared_for_the_last_stage_go_before_those_of_suppliers() -> None:
    line = make.line(
        suppliers={"A": 1.0},
        sourcing=[("magnet", "B", 0.7), ("magnet", "B", 0.1), ("separation", "A", 1.0)],
    )
    found = _scored(line)

    assert {one.country: one.share for one in found.origins} == pytest.approx(
        {"B": 0.8, UNKNOWN: 0.2}
    )
    assert found.sourcing == ((Stage.SEPARATION, (("A", 1.0),)),)
    # The single supplier is the one who delivers, wherever his goods are made.
    assert found.supplier_shares == (1.0,)


def test_a_single_supplier_stands_behind_the_declared_last_stage() -> None:
    line = make.line(suppliers={"A": 1.0}, sourcing=[("magnet", "B", 1.0)])
    line = replace(line, suppliers=(replace(line.suppliers[0], new_relation=True),))

    assert _scored(line).origins[0].relation.new


def test_of_several_suppliers_none_stands_behind_the_declared_last_stage() -> None:
    line = make.line(suppliers={"A": 0.5, "B": 0.5}, sourcing=[("magnet", "B", 1.0)])
    line = replace(line, suppliers=tuple(replace(s, new_relation=True) for s in line.suppliers))

    assert not _scored(line).origins[0].relation.new


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan, math.inf])
def test_impossible_shares_are_refused(share: float) -> None:
    wrong = [
        make.line(suppliers={"A": share}),
        make.line(recycled_share=share),
        make.line(bridges=[(10.0, share)]),
        replace(make.line(), sourcing=(SourcingShare(stage="mining", country="A", share=share),)),
    ]
    for line in wrong:
        with pytest.raises(InvalidSharesError):
            _scored(line)


def test_shares_of_one_stage_over_one_are_refused() -> None:
    line = make.line(sourcing=[("mining", "A", 0.6), ("mining", "B", 0.5)])

    with pytest.raises(InvalidSharesError, match="stage mining"):
        _scored(line)


@pytest.mark.parametrize("days", [-1.0, math.nan, math.inf])
def test_impossible_days_are_refused(days: float) -> None:
    for line in (make.line(stock_days=days), make.line(bridges=[(days, 0.5)])):
        with pytest.raises(InvalidNumberError):
            _scored(line)


@pytest.mark.parametrize(
    "content",
    [
        make.content(presence=Triple(0.0, 0.5, 1.5)),
        make.content(fraction=Triple(-0.1, 0.0, 0.1)),
    ],
)
def test_impossible_contents_are_refused(content: ElementContent) -> None:
    with pytest.raises(InvalidSharesError, match="Dy"):
        _scored(make.line(), content)


def test_negative_masses_are_refused() -> None:
    with pytest.raises(InvalidNumberError, match="0 kg or more"):
        _scored(make.line(), make.content(mass_kg=-1.0))


def test_bridges_stand_in_order_of_their_day() -> None:
    found = _scored(make.line(stock_days=12.0, bridges=[(90.0, 0.1), (10.0, 0.2)]))

    assert found.buffer.stock_days == 12.0
    assert found.buffer.bridges == (
        Bridge(from_day=10.0, share=0.2),
        Bridge(from_day=90.0, share=0.1),
    )


@pytest.mark.parametrize(
    ("own", "product", "expected"),
    [
        (None, None, None),
        ("defence", "machines", "defence"),
        (None, " Machines ", "machines"),
        ("MACHINE building", None, "machines"),
        ("no such sector", "machines", "machines"),
        ("no such sector", None, None),
    ],
)
def test_a_lines_sector_goes_before_the_products(
    own: str | None, product: str | None, expected: str | None
) -> None:
    assert _scored(make.line(sector=own), product_sector=product).sector == expected


def test_the_military_prior_is_that_of_the_sector() -> None:
    assert _scored(make.line(sector="machines")).prior == 0.07
    assert _scored(make.line()).prior == 0.03


def test_what_the_quality_index_asks_for() -> None:
    assumed = replace(make.content("Nd"), basis=Basis.ASSUMED)

    assert _scored(make.line(stock_days=0.0)).stock_measured
    assert not _scored(make.line()).stock_measured
    assert _scored(make.line(), make.content()).composition_declared
    assert not _scored(make.line(), make.content(), assumed).composition_declared


@pytest.mark.parametrize(
    ("fraction", "presence", "expected"),
    [
        (ONE, ONE, (1.0, 1.0, 1.0)),
        (None, Triple(0.0, 0.4, 1.0), (0.0, 0.4, 1.0)),
        (Triple(0.0, 0.03, 0.08), ONE, (0.0, 1.0, 1.0)),
        (Triple(0.0, 0.0, 0.08), Triple(0.5, 0.6, 0.7), (0.0, 0.0, 0.7)),
    ],
)
def test_presence_is_nothing_where_the_fraction_may_be_nothing(
    fraction: Triple | None, presence: Triple, expected: tuple[float, float, float]
) -> None:
    content = make.content(fraction=fraction, presence=presence)

    assert tuple(presence_at(content, side) for side in Side) == expected


def test_contents_decide_together_only_where_one_element_controls_the_whole() -> None:
    possible = make.content("Dy", fraction=Triple(0.0, 0.0, 0.05))
    method = make.shipped_methodology()
    for form, low, high in (
        ("magnet", frozenset({"Nd"}), frozenset({"Nd", "Dy"})),
        ("oxide", frozenset(), frozenset()),
    ):
        line = _scored(make.line(), possible, make.content("Nd"), forms=(form,))
        held = [
            line.goods_at(line.chains[0], content=side, use=side, methodology=method).contained
            for side in (Side.LOW, Side.HIGH)
        ]
        assert held == [low, high]


def test_use_at_each_end_of_an_unknown_end_use() -> None:
    (line,) = scored_lines(
        make.bom(make.line(sector="machines")),
        (make.found("1", make.content()),),
        make.reference(sectors=SECTORS),
        make.context(end_use=EndUse.UNKNOWN),
    )
    method = make.shipped_methodology()

    assert [line.use_at(side, method).military for side in Side] == [0.0, 0.07, 1.0]


def test_spend_needs_price_and_quantity() -> None:
    priced = replace(make.line(quantity=2.5), unit_price=Decimal("1.2"))

    assert unit_spend(priced) == Decimal("3.00")
    assert unit_spend(replace(priced, quantity=None)) is None
    assert unit_spend(make.line()) is None
