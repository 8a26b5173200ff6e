"""The table of sizes in the operator's guide, written from the figures that were accepted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.ratios import FIGURES, Figure, read

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "operators-guide.md"
_BEGIN, _END = "<!-- sizes -->", "<!-- end of sizes -->"
#: Share of a core that is planned for; the rest is for bursts. The autoscaler aims at it too.
USED = 0.7
NOT_MEASURED = "not measured"

#: Load in words, and the figure with its processor time [ms].
REQUESTS = (
    ("product of 10 lines", "f: request, 10 declared lines, new bodies"),
    ("product of 100 lines", "f: request, 100 declared lines, new bodies"),
    ("product of 1,000 lines", "f: request, 1,000 declared lines, new bodies"),
    ("product of 100 lines of text only", "f: request, 100 lines of text"),
)
#: Load in words, and the figure with its lines for each second of a core.
CATALOGUES = (
    ("catalogue whose products repeat", "c: catalogue, lines that repeat, one worker"),
    ("catalogue of which no two lines are alike",
     "c: catalogue, lines of which no two are alike, one worker"),
)  # fmt: skip
RATES_PER_SECOND = (1, 10, 50)


def processes(each_second: float, cost_milliseconds: float) -> int:
    """Return how many processes, a core each, such a load needs.

    Examples:
        >>> processes(10, 200.0)
        3
    """
    return max(1, math.ceil(each_second * cost_milliseconds / 1000.0 / USED))


def sizes(figures: Mapping[str, Figure]) -> str:
    """Return both tables in Markdown; what has no figure says so."""
    rates = " | ".join(f"{rate}/s" for rate in RATES_PER_SECOND)
    rows = [
        f"| request | core time | one process, {USED:.0%} busy | processes for {rates} |",
        "|---|---|---|---" + "|---" * (len(RATES_PER_SECOND) - 1) + "|",
    ]
    for words, name in REQUESTS:
        if name not in figures:
            rows.append(f"| {words} | {NOT_MEASURED} |  |" + "  |" * len(RATES_PER_SECOND))
            continue
        cost = figures[name].value
        needed = " | ".join(str(processes(rate, cost)) for rate in RATES_PER_SECOND)
        rows.append(f"| {words} | {cost:,.0f} ms | {1000.0 * USED / cost:,.1f}/s | {needed} |")
    rows += ["", "| catalogue | one core | a million lines on one core |", "|---|---|---|"]
    for words, name in CATALOGUES:
        if name not in figures:
            rows.append(f"| {words} | {NOT_MEASURED} |  |")
            continue
        rate = figures[name].value
        rows.append(f"| {words} | {rate:,.0f} lines/s | {1e6 / rate / 60.0:,.1f} min |")
    return "\n".join(rows)


def with_sizes(text: str, figures: Mapping[str, Figure]) -> str:
    """Return the guide with the tables between its two marks."""
    head, _, rest = text.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    return f"{head}{_BEGIN}\n{sizes(figures)}\n{_END}{tail}"


def main() -> None:
    """Write the tables where the guide shows them."""
    text = GUIDE.read_text(encoding="utf-8")
    GUIDE.write_text(with_sizes(text, read(FIGURES)), encoding="utf-8")


if __name__ == "__main__":
    main()
