"""Quick answers about changed goods: what is kept, what is held, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.triple import Triple
from app.errors import InvalidInputError
from app.scoring.assess import assess
from app.scoring.evaluation import Evaluation
from app.scoring.patches import Inputs
from app.scoring.patches_composition import RemoveElements
from app.scoring.patches_lines import RaiseStock
from app.scoring.patches_method import MultiplyDelays
from tests import factories as make
from tests import plain_world as plain

ALL = frozenset[str]()


def two_lines() -> Inputs:
    """Return a line of risk 0.552 and one of risk 0.1 x 0.552, both of weight 1."""
    rows = [
        (plain.oxide_line("1"), make.found("1", make.content("Dy"), forms=("oxide",))),
        (
            plain.oxide_line("2", recycled_share=0.9),
            make.found("2", make.content("Tb"), forms=("oxide",)),
        ),
    ]
    return plain.inputs_of(plain.plain_reference(plain.duty()), rows)


def test_another_world_needs_another_bench() -> None:
    bench = plain.bench_of(two_lines())

    with pytest.raises(InvalidInputError, match="evaluate the new world anew"):
        bench.risk_of(MultiplyDelays(factor=2.0)(bench.inputs))


def test_lines_that_do_not_change_are_not_evaluated_again() -> None:
    bench = plain.bench_of(two_lines())
    changed = RaiseStock(line_ids=frozenset({"2"}), to_days=60.0)(bench.inputs)

    risk = bench.risk_of(changed)

    assert risk.lines["1"] is not bench.base.lines["1"]
    assert risk.lines["1"] == bench.base.lines["1"]
    assert risk.lines["2"][1] == pytest.approx(0.1 * 0.2586667, abs=1e-6)


def test_a_line_that_loses_its_rare_earths_is_left_out_or_held_at_no_risk() -> None:
    bench = plain.bench_of(two_lines())
    freed = RemoveElements(elements=frozenset({"Tb"}))(bench.inputs)

    left_out = bench.risk_of(freed)
    held = bench.risk_of(freed, hold_weights=True)

    # Half of the worst line and half of the mean: of one line, or of two.
    assert bench.base.bom[1] == pytest.approx(0.552 * (0.5 + 0.5 * 0.55))
    assert left_out.bom[1] == pytest.approx(0.552)
    assert held.bom[1] == pytest.approx(0.552 * (0.5 + 0.5 * 0.5))


def test_a_line_that_counted_goes_on_counting_when_only_a_trace_is_possible() -> None:
    trace = replace(make.content("Tb"), presence=Triple(0.0, 0.0, 1.0))
    rows = [
        (plain.oxide_line("1"), make.found("1", make.content("Dy"), forms=("oxide",))),
        (
            plain.oxide_line("2"),
            make.found("2", make.content("Nd"), trace, forms=("oxide",)),
        ),
    ]
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    freed = RemoveElements(elements=frozenset({"Nd"}))(bench.inputs)
    risk = bench.risk_of(freed, hold_weights=True)

    # The second line weighs 2 kg of 3.
    assert risk.bom[1] == pytest.approx(0.552 * (0.5 + 0.5 / 3.0))


def test_lines_without_weight_count_nowhere() -> None:
    rows = [
        (plain.oxide_line("1"), make.found("1", make.content("Dy"), forms=("oxide",))),
        (
            plain.oxide_line("2", quantity=0.0),
            make.found("2", make.content("Tb", mass_kg=0.0), forms=("oxide",)),
        ),
    ]

    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    assert [risk.line.line_id for risk in bench.line_risks()] == ["1"]
    assert set(bench.base.lines) == {"1"}
    assert set(bench.base.elements) == {"Dy"}


def test_a_product_without_rare_earths_is_at_no_risk() -> None:
    inputs = plain.inputs_of(plain.plain_reference(), [(plain.oxide_line(), make.found("1"))])

    bench = plain.bench_of(inputs)

    assert bench.base.bom == (0.0, 0.0, 0.0)
    assert bench.base.maximum == 0.0
    assert bench.line_risks() == ()


@pytest.mark.parametrize("count", range(1, 12))
def test_lines_that_are_alike_give_the_risk_of_an_assessment_to_the_last_bit(count: int) -> None:
    names = [str(number) for number in range(count)]
    rows = [(plain.oxide_line(name, recycled_share=0.37), plain.dysprosium(name)) for name in names]
    inputs = plain.inputs_of(plain.plain_reference(plain.duty()), rows)

    base = plain.bench_of(inputs).base
    answer = assess(inputs.bom, inputs.identified, inputs.reference, context=inputs.context)

    risk = answer.bom.score.risk
    assert base.bom == (risk.low, risk.nominal, risk.high)
    element = next(one for one in answer.elements if one.symbol == "Dy").score
    assert element is not None
    assert base.elements["Dy"] == (element.risk.low, element.risk.nominal, element.risk.high)


def test_an_evaluation_tells_how_many_paths_it_remembers() -> None:
    bench = plain.bench_of(two_lines())

    known = bench.evaluation.paths_kept
    bench.risk_of(RaiseStock(line_ids=frozenset({"2"}), to_days=60.0)(bench.inputs))

    assert known > 0
    assert bench.evaluation.paths_kept >= known
    assert Evaluation(bench.inputs.reference, bench.inputs.context).paths_kept == 0
