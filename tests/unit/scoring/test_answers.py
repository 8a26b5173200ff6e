"""What an answer says beside the score: quality, steps, days to recover, rounding."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bom import BomLine
from app.domain.controls import ControlMeasure, LegalForce, Outcome, Rule, RuleApplies
from app.domain.exposure import IdentifiedLine
from app.domain.provenance import Basis
from app.domain.results import Assessment, ElementResult
from app.domain.rounding import largest_remainder, rounded
from app.domain.triple import ONE, ZERO, Triple
from app.scoring.assess import AssessOptions, assess
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
QUIET = make.with_parameters(crossings.no_structural_risk(), kappa=ZERO, o_max=ZERO)
Row = tuple[BomLine, IdentifiedLine]


def _row(line: BomLine, *, mass: float = 1.0, presence: Triple = ONE, symbol: str = "Dy") -> Row:
    content = make.content(symbol, mass_kg=mass, presence=presence)
    return line, make.found(line.line_id, content, forms=("oxide",))


def _answer(*rows: Row, measures: Sequence[ControlMeasure] = (), **more: object) -> Assessment:
    data = make.reference(*measures, methodology=QUIET)
    product = replace(make.bom(*(line for line, _ in rows)), **more)  # type: ignore[arg-type]  # fields of a product
    return assess(product, tuple(found for _, found in rows), data, context=make.context())


def _dy(answer: Assessment) -> ElementResult:
    return next(one for one in answer.elements if one.symbol == "Dy")


def test_the_quality_index_multiplies_three_shares_of_weight() -> None:
    measured = _row(make.line("1", suppliers={"A": 1.0}, stock_days=10.0), mass=3.0)
    unknown = _row(make.line("2"), mass=1.0)
    assumed = replace(unknown[1].elements[0], basis=Basis.ASSUMED)
    answer = _answer(measured, (unknown[0], replace(unknown[1], elements=(assumed,))))

    assert answer.quality == pytest.approx(0.75**3, abs=EXACT)
    assert "low_confidence" in answer.flags


def test_a_product_known_in_full_has_full_quality() -> None:
    answer = _answer(_row(make.line("1", suppliers={"A": 1.0}, stock_days=0.0)))

    assert answer.quality == 1.0
    assert "low_confidence" not in answer.flags


def test_the_waterfall_takes_off_recycling_then_stock_then_bridges() -> None:
    line = make.line(
        "1", suppliers={"A": 1.0}, recycled_share=0.5, stock_days=45.0, bridges=[(90.0, 0.5)]
    )
    answer = _answer(_row(line), measures=[make.measure(rules=BAN)])

    # Gross: half from A, half from the world (0.9 of A), for all of 180 days.
    gross = 0.5 + 0.5 * 0.9
    steps = [
        gross,
        0.5,
        0.5 * 135.0 / 180.0,
        0.5 * (45.0 + 0.5 * 90.0) / 180.0,
    ]
    found = answer.lines[0].waterfall
    assert [step.score for step in found] == pytest.approx([100.0 * math.sqrt(r) for r in steps])
    assert [step.step for step in found] == ["gross", "recycled", "inventory", "bridges"]
    assert math.fsum(step.change for step in found) == pytest.approx(answer.lines[0].score.nominal)


def test_best_and_worst_origin_are_told_apart_from_the_mix() -> None:
    answer = _answer(_row(make.line("1")), measures=[make.measure(rules=BAN)])

    assert answer.lines[0].best_origin == ("B", 0.0)
    assert answer.lines[0].worst_origin == ("A", 1.0)


def test_an_answer_may_leave_explanations_out() -> None:
    product = make.bom(make.line("1"))
    found = (make.found("1", make.content(), forms=("oxide",)),)
    options = AssessOptions(lines=False, waterfall=False, profile=False, sectors=False)

    answer = assess(
        product, found, make.reference(make.measure()), context=make.context(), options=options
    )

    line = answer.lines[0]
    assert (line.contributions, line.waterfall, line.best_origin, line.flags) == ((), (), None, ())
    assert answer.sectors == ()
    assert all(element.profile == () for element in answer.elements)
    assert answer.bom.score.nominal > 0.0


def test_the_time_to_recover_is_start_plus_the_middle_delay_of_the_binding_measure() -> None:
    line = make.line("1", suppliers={"A": 1.0}, stock_days=20.0)
    coming = make.measure(timeline=crossings.timeline((-30, crossings.IN_FORCE)))

    element = _dy(_answer(_row(line), measures=[coming]))

    assert element.time_to_survive_days == 20.0
    assert element.time_to_recover_days == 30.0 + 75.0
    assert element.gap_days == 85.0


def test_a_prohibition_has_no_time_to_recover() -> None:
    element = _dy(_answer(_row(make.line("1")), measures=[make.measure(rules=BAN)]))

    assert (element.time_to_recover_days, element.gap_days) == (None, None)


def test_without_measures_a_new_restriction_sets_the_time_to_recover() -> None:
    data = make.reference()
    product = make.bom(make.line("1", suppliers={"A": 1.0}))
    found = (make.found("1", make.content(), forms=("oxide",)),)

    element = _dy(assess(product, found, data, context=make.context()))

    assert element.time_to_recover_days == 90.0 + 75.0


def test_a_line_that_nothing_hits_has_no_time_to_recover() -> None:
    element = _dy(_answer(_row(make.line("1", suppliers={"B": 1.0}))))

    assert (element.time_to_survive_days, element.time_to_recover_days) == (0.0, None)


def test_an_element_that_no_line_holds_has_no_days() -> None:
    neodymium = next(one for one in _answer(_row(make.line("1"))).elements if one.symbol == "Nd")

    assert (neodymium.exposed, neodymium.time_to_survive_days) == (False, None)


def test_a_binding_measure_known_from_the_press_is_flagged() -> None:
    rumour = make.measure(legal_force=LegalForce.UNACKNOWLEDGED, rules=BAN)

    assert "press_only" in _answer(_row(make.line("1")), measures=[rumour]).flags


def test_what_is_only_possible_counts_at_the_unfavourable_end_alone() -> None:
    sure = _row(make.line("1", suppliers={"B": 1.0}))
    possible = _row(make.line("2", suppliers={"A": 1.0}), presence=Triple(0.0, 0.0, 1.0))
    answer = _answer(sure, possible, measures=[make.measure(rules=BAN)])

    score = _dy(answer).score
    assert score is not None
    assert (score.risk.low, score.risk.nominal, score.risk.high) == pytest.approx((0.0, 0.0, 0.5))
    assert answer.bom.score.risk.high == pytest.approx(0.75, abs=EXACT)
    assert _dy(answer).line_ids == ("1", "2")


def test_what_is_only_possible_never_softens_the_unfavourable_end() -> None:
    sure = _row(make.line("1", suppliers={"A": 1.0}))
    possible = _row(make.line("2", suppliers={"B": 1.0}), presence=Triple(0.0, 0.0, 1.0))
    answer = _answer(sure, possible, measures=[make.measure(rules=BAN)])

    score = _dy(answer).score
    assert score is not None
    assert score.risk.high == pytest.approx(1.0, abs=EXACT)


def test_the_mass_of_an_element_counts_where_it_is_there() -> None:
    likely = Triple(0.0, 0.5, 1.0)
    rows = [_row(make.line("1"), mass=2.0), _row(make.line("2"), mass=1.0, presence=likely)]

    assert _dy(_answer(*rows)).mass_kg == Triple(2.0, 2.5, 3.0)


def test_lost_revenue_is_that_of_the_worst_line() -> None:
    rows = [_row(make.line("1", suppliers={place: 1.0})) for place in ("A",)]
    answer = _answer(*rows, measures=[make.measure(rules=BAN)], daily_revenue=Decimal(1000))

    assert answer.bom.expected_lost_revenue == pytest.approx(180_000.0)
    assert answer.bom.worst_line_id == "1"
    assert _answer(*rows).bom.expected_lost_revenue is None


points = st.lists(st.floats(0.0, 100.0), min_size=1, max_size=12)


@given(points, st.integers(0, 3))
def test_rounded_parts_sum_to_the_rounded_whole_exactly(values: list[float], places: int) -> None:
    total = rounded(math.fsum(values), places)

    found = largest_remainder(values, total, places)

    exact = sum((Decimal(repr(value)) for value in found), Decimal(0))
    assert exact == Decimal(repr(total))
    step = 10.0**-places
    assert all(abs(one - value) <= step + 1e-9 for one, value in zip(found, values, strict=True))
