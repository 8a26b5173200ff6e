"""The sizes in the operator's guide are those of the figures that were accepted."""

from __future__ import annotations

import pytest

from tests.benchmarks.ratios import FIGURES, Figure, read
from tests.benchmarks.sizing import GUIDE, NOT_MEASURED, processes, sizes, with_sizes


def figure(name: str, value: float) -> Figure:
    return Figure(name=name, value=value, unit="", wanted="", reached=True, compared=False)


def test_the_guide_shows_the_sizes_of_the_figures() -> None:
    text = GUIDE.read_text(encoding="utf-8")

    assert with_sizes(text, read(FIGURES)) == text


@pytest.mark.parametrize(
    ("each_second", "cost_milliseconds", "needed"),
    [(1, 1.0, 1), (10, 70.0, 1), (10, 70.1, 2), (50, 200.0, 15)],
)
def test_a_process_is_planned_seven_tenths_full(
    each_second: float, cost_milliseconds: float, needed: int
) -> None:
    assert processes(each_second, cost_milliseconds) == needed


def test_a_size_without_a_figure_says_so() -> None:
    name = "f: request, 100 declared lines, new bodies"

    shown = sizes({name: figure(name, 140.0)})

    assert "| product of 100 lines | 140 ms | 5.0/s | 1 | 2 | 10 |" in shown
    assert shown.count(NOT_MEASURED) == 5
