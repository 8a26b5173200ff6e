"""What a report costs on top of the assessment, for a product of a thousand lines.

Run with `make bench`. Costs are processor time and the best of some rounds; each form is also
printed as a ratio to the assessment of the same product, asked before.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import pytest

from app.api.answer_forms import report_in
from app.batch.pipeline import Engine, build_engine
from app.refdata.load import load_reference_data
from tests.reports.long_product import long_product

ROUNDS = 5
#: Most for the page on top of the assessment [s], and its largest size [bytes].
MOST_SECONDS = 0.5
MOST_BYTES = 1_000_000


def best_of(work: Callable[[], object]) -> float:
    """Return the least processor time of some rounds [s]."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build_engine(load_reference_data())


def test_reports_of_a_thousand_lines(engine: Engine) -> None:
    product = long_product(engine)
    assessment = best_of(lambda: long_product(engine))
    tell(f"\nassessment of {len(product.bom.lines)} lines, asked before: {assessment:.3f} s")

    costs, sizes = {}, {}
    for form in ("html", "xlsx", "csv"):
        start = time.process_time()
        sizes[form] = len(report_in(form, product, engine))
        first = time.process_time() - start
        costs[form] = best_of(partial(report_in, form, product, engine))
        tell(
            f"{form}: {costs[form]:.3f} s ({costs[form] / assessment:.2f} of the assessment), "
            f"the first one {first:.3f} s, {sizes[form]:,} bytes"
        )

    assert costs["html"] < MOST_SECONDS
    assert sizes["html"] < MOST_BYTES


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
