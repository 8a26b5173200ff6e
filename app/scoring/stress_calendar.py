"""When deliveries are likely to be missing: month by month, and the day on which a line stops."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.scoring.evaluation import Evaluation
from app.scoring.line_results import LineRisk
from app.scoring.patches import Inputs, Patch, apply_patches, same_world
from app.scoring.recovery import Recovery, recovery_of
from app.scoring.second_sources import worst_element
from app.scoring.workbench import Workbench

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """Expected stock-out days from one day up to another, of the product and each element.

    Attributes:
        product_days: Of the product's worst line, which stops it.
    """

    from_day: date
    to_day: date
    product_days: float
    element_days: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LineStop:
    """When a line runs out of what it holds, if the measure that hits it most applies.

    Attributes:
        element: Element of the line that is hit most.
        measure: Id of the measure, or "structural" for a restriction that may still come.
        stops_on: First day without material, None where stock outlasts the median wait.
        resumes_on: Day on which half of the deliveries have come, None after a ban.
        stops_on_if_slow: The same where licences take as long as one in ten does (D90).
        stock_days: Stock and what it is measured against [days].
        wait_days: Median days until deliveries come again, counted from today; None after a ban.
    """

    line_id: str
    element: str
    measure: str
    stops_on: date | None
    resumes_on: date | None
    stops_on_if_slow: date | None
    stock_days: float
    wait_days: float | None


@dataclass(frozen=True, slots=True)
class StressCalendar:
    """A year under one set of assumptions."""

    id: str
    months: tuple[Month, ...]
    stops: tuple[LineStop, ...]


def stress_calendars(
    bench: Workbench, scenarios: Sequence[tuple[str, Sequence[Patch]]]
) -> tuple[StressCalendar, ...]:
    """Return the year as things are, then under each scenario.

    Args:
        bench: The product in its context.
        scenarios: Key and patches of each.

    References:
        docs/what-if.md, "Stress calendar" and "Line stops".
    """
    found = [_calendar("base", bench)]
    for scenario_id, patches in scenarios:
        changed = apply_patches(bench.inputs, patches)
        shared = bench.evaluation if same_world(changed, bench.inputs) else None
        found.append(_calendar(scenario_id, _bench(changed, shared)))
    return tuple(found)


def _bench(inputs: Inputs, evaluation: Evaluation | None) -> Workbench:
    return Workbench(inputs, evaluation or Evaluation(inputs.reference, inputs.context))


def _calendar(scenario_id: str, bench: Workbench) -> StressCalendar:
    lines = bench.line_risks()
    return StressCalendar(
        scenario_id,
        _months(lines, bench),
        tuple(stop for line in lines if (stop := line_stop(line, bench)) is not None),
    )


def month_edges(first: date, months: int) -> tuple[date, ...]:
    """Return a day and the same day of each following month, or that month's last.

    Examples:
        >>> [day.isoformat() for day in month_edges(date(2026, 1, 31), 2)]
        ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    edges = []
    for step in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
        last = calendar.monthrange(year, month + 1)[1]
        edges.append(date(year, month + 1, min(first.day, last)))
    return tuple(edges)


def _months(lines: Sequence[LineRisk], bench: Workbench) -> tuple[Month, ...]:
    """Return what each month adds: stock-out days up to its end less those up to its start.

    A longer look ahead can find fewer days of scarcity, where a substitute ends them; a month
    takes none back.
    """
    edges = month_edges(bench.inputs.context.as_of, MONTHS)
    symbols = sorted({symbol for line in lines for symbol in line.line.elements})
    before, product_before = dict.fromkeys(symbols, 0.0), 0.0
    months: list[Month] = []
    for start, end in pairwise(edges):
        horizon = (end - edges[0]).days
        by_element, worst = _stockout_days(lines, horizon, bench)
        by_element = {symbol: max(days, before[symbol]) for symbol, days in by_element.items()}
        worst = max(worst, product_before)
        months.append(
            Month(
                start,
                end,
                worst - product_before,
                tuple((symbol, by_element[symbol] - before[symbol]) for symbol in symbols),
            )
        )
        before, product_before = by_element, worst
    return tuple(months)


def _stockout_days(
    lines: Sequence[LineRisk], horizon_days: int, bench: Workbench
) -> tuple[dict[str, float], float]:
    """Return expected stock-out days by element and of the worst line, from today on."""
    risks: dict[str, list[tuple[float, float]]] = {}
    worst = 0.0
    for line in lines:
        if line.possible_only:
            continue
        found = bench.evaluation.profile_risks(line.line, horizon_days)
        worst = max(worst, *found)
        for symbol, risk in zip(line.line.elements, found, strict=True):
            weight = line.weight.by_element.get(symbol, 0.0)
            risks.setdefault(symbol, []).append((risk, weight))
    days = {
        symbol: horizon_days * _mean(risks.get(symbol, []))
        for symbol in sorted({symbol for line in lines for symbol in line.line.elements})
    }
    return days, horizon_days * worst


def _mean(pairs: Sequence[tuple[float, float]]) -> float:
    total = math.fsum(weight for _, weight in pairs)
    return math.fsum(risk * weight for risk, weight in pairs) / total if total > 0.0 else 0.0


def line_stop(line: LineRisk, bench: Workbench) -> LineStop | None:
    """Return when a line stops under the measure that hits it most, None where nothing does.

    Args:
        line: A rare-earth line with its risk.
        bench: The product in its context.
    """
    symbol = worst_element(line)
    outcome = next(one for one in line.outcomes if one.content.symbol == symbol)
    recovery = recovery_of(line.line, outcome, bench.evaluation)
    if recovery is None:
        return None
    today = bench.inputs.context.as_of
    stock = line.line.buffer.stock_days
    median = recovery.median_days
    slow = None if recovery.delays is None else recovery.start_days + recovery.delays[2]
    return LineStop(
        line_id=line.line.line_id,
        element=symbol,
        measure=recovery.measure,
        stops_on=_stop(today, stock, recovery, median),
        resumes_on=None if median is None else today + timedelta(days=math.ceil(median)),
        stops_on_if_slow=_stop(today, stock, recovery, slow),
        stock_days=stock,
        wait_days=median,
    )


def _stop(today: date, stock: float, recovery: Recovery, until: float | None) -> date | None:
    """Return the day on which stock runs out, None where deliveries come first.

    Until the measure starts, deliveries come and the stock stays as it is.
    """
    out = recovery.start_days + stock
    if until is not None and out >= until:
        return None
    return today + timedelta(days=math.floor(out))
