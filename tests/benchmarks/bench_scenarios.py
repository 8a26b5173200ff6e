"""What what-ifs, actions and the tornado cost, as ratios to a plain assessment.

Run with `make bench`. A plain assessment comes cold (nothing remembered) and warm (asked before on
the same evaluation). Costs are processor time and the best of some rounds. Cold is compared with
cold and warm with warm: a warm what-if has been asked before, too. A what-if that changes the world
has no memory to use, so it is cold whenever it is new; that ratio is printed beside.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

import pytest

from app.api.examples import example_text
from app.api.requests import bom_from, context_from, read_assessment_request
from app.batch.pipeline import build_engine
from app.refdata.load import load_reference_data
from app.scoring.assess import assess
from app.scoring.builtin_scenarios import Builtin, builtin_patches
from app.scoring.evaluation import Evaluation
from app.scoring.mitigation import all_candidates, ranked_actions
from app.scoring.patches import Inputs, Patch, apply_patches
from app.scoring.scenarios import COMPARED
from app.scoring.uncertainty import tornado
from app.scoring.workbench import Workbench

EXAMPLE = "traction-motor"
ACTIONS = 20
COLD_ROUNDS, WARM_ROUNDS = 2, 60
MOST_PER_SCENARIO, MOST_PER_TWENTY, MOST_PER_TORNADO = 1.2, 10.0, 60.0


@cache
def inputs() -> Inputs:
    engine = build_engine(load_reference_data())
    request = read_assessment_request(
        example_text(EXAMPLE).encode(), engine.vocabulary, most_lines=1000
    )
    bom = bom_from(request.bom, engine.vocabulary)
    context = context_from(request, today_utc=date(2026, 3, 1), default_destination=None)
    gc.collect()
    gc.freeze()
    return Inputs(
        bom=bom, identified=engine.identify(bom), reference=engine.reference, context=context
    )


def plain(of: Inputs, evaluation: Evaluation | None = None) -> None:
    assess(of.bom, of.identified, of.reference, context=of.context, evaluation=evaluation)


def best(rounds: int, work: Callable[[], object]) -> float:
    """Return the least processor time of some rounds [s]."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def fresh() -> Evaluation:
    return Evaluation(inputs().reference, inputs().context)


@cache
def cold_plain() -> float:
    return best(COLD_ROUNDS, lambda: plain(inputs()))


@cache
def warm_plain() -> float:
    evaluation = fresh()
    plain(inputs(), evaluation)
    return best(WARM_ROUNDS, lambda: plain(inputs(), evaluation))


def scenario(patches: Sequence[Patch], evaluation: Evaluation | None) -> None:
    """Answer a what-if next to a base that is known."""
    changed = apply_patches(inputs(), patches)
    assess(
        changed.bom,
        changed.identified,
        changed.reference,
        context=changed.context,
        options=COMPARED,
        evaluation=evaluation,
    )


def report(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def told(name: str, cold: float, warm: float) -> tuple[float, float]:
    cold_ratio, warm_ratio = cold / cold_plain(), warm / warm_plain()
    report(
        f"\n{name}: cold {cold * 1000:.0f} ms = {cold_ratio:.2f} x {cold_plain() * 1000:.0f} ms; "
        f"warm {warm * 1000:.1f} ms = {warm_ratio:.2f} x {warm_plain() * 1000:.1f} ms"
    )
    return cold_ratio, warm_ratio


@pytest.mark.parametrize("builtin", list(Builtin))
def test_a_what_if_costs_about_an_assessment(builtin: Builtin) -> None:
    patches = builtin_patches(builtin, inputs())
    changed = apply_patches(inputs(), patches)
    evaluation = Evaluation(changed.reference, changed.context)

    cold = best(COLD_ROUNDS, lambda: scenario(patches, None))
    scenario(patches, evaluation)
    warm = best(WARM_ROUNDS, lambda: scenario(patches, evaluation))

    ratios = told(f"what-if {builtin.value}", cold, warm)
    if changed.reference is inputs().reference:
        report(f"  new beside a warm base: {_new_goods(patches) / warm_plain():.2f} x warm")
    else:
        report(f"  new beside a warm base: another world, {cold / warm_plain():.0f} x warm")
    assert max(ratios) < MOST_PER_SCENARIO


def _new_goods(patches: Sequence[Patch]) -> float:
    """Return what goods that were never seen cost where their world is warm [s]."""
    times = []
    for _ in range(COLD_ROUNDS):
        evaluation = fresh()
        plain(inputs(), evaluation)
        started = time.process_time()
        scenario(patches, evaluation)
        times.append(time.process_time() - started)
    return min(times)


def test_twenty_actions_cost_a_few_assessments() -> None:
    def work(evaluation: Evaluation) -> None:
        bench = Workbench(inputs(), evaluation)
        candidates = all_candidates(bench)
        assert len(candidates) >= ACTIONS
        ranked_actions(bench, candidates[:ACTIONS])

    evaluation = fresh()
    cold = best(COLD_ROUNDS, lambda: work(fresh()))
    work(evaluation)
    warm = best(WARM_ROUNDS, lambda: work(evaluation))

    ratios = told("twenty actions", cold, warm)
    assert max(ratios) < MOST_PER_TWENTY


def test_the_tornado_over_all_inputs_costs_at_most_its_evaluations() -> None:
    def work(evaluation: Evaluation) -> None:
        bench = Workbench(inputs(), evaluation)
        weights = [bench.weight_of(line.line_id) for line in bench.lines]
        tornado(bench.lines, weights, evaluation)

    evaluation = fresh()
    cold = best(COLD_ROUNDS, lambda: work(fresh()))
    plain(inputs(), evaluation)
    warm = best(COLD_ROUNDS, lambda: work(evaluation))

    # Each end of each input is another world: nothing that is warm can serve it.
    ratios = told("tornado", cold, warm)
    lines_alone = best(COLD_ROUNDS, lambda: Workbench(inputs(), fresh()))
    report(f"  against the lines alone, without sectors: {cold / lines_alone:.1f} x")
    assert ratios[0] < MOST_PER_TORNADO
    assert cold / lines_alone < MOST_PER_TORNADO
