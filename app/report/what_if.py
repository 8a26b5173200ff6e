"""What-ifs and actions as tables for a terminal, from their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.report.columns import row, wrapped

COLUMNS = 100

#: An answer as it goes out; the schemas of the API say what is in it.
Answer = Mapping[str, Any]

_CHANGE = (10, 8, 8, 8, 22)
_ACTION = (7, 7, 7, 8, 10)
_MOST_CAUSES = 5
_MOST_SHARED = 10


def scenario_table(answers: Sequence[Answer]) -> str:
    """Return what-ifs as text: the product, elements that move, what explains it."""
    lines = [line for answer in answers for line in (*_scenario(answer), "")]
    return "\n".join(lines)


def _scenario(answer: Answer) -> Iterator[str]:
    yield f"What if: {answer['id']}"
    if not answer["changes"]:
        yield from wrapped("  Nothing in the register fits this what-if on the day.", COLUMNS)
    yield from row(("", "before", "after", "delta", "band"), _CHANGE, tail="", columns=COLUMNS)
    yield from _change("product", answer["bom"])
    for element in answer["elements"]:
        if element["delta"]:
            yield from _change(element["symbol"], element)
    for cause in answer["contributions"][:_MOST_CAUSES]:
        yield from row(
            (f"  {cause['points']:+.1f}",), (8,), tail=str(cause["text"]), columns=COLUMNS
        )


def _change(name: str, change: Answer) -> Iterator[str]:
    bands = str(change["band_before"])
    if change["band_after"] != change["band_before"]:
        bands += f" -> {change['band_after']}"
    cells = (
        name,
        f"{change['before']:.1f}",
        f"{change['after']:.1f}",
        f"{change['delta']:+.1f}",
        bands,
    )
    yield from row(cells, _CHANGE, tail="", columns=COLUMNS)


def mitigation_table(name: str, parts: Answer) -> str:
    """Return actions as text, the best first, with the best set and single changes."""
    lines = [f"What could be done about {name}", *_actions(parts["actions"])]
    best = parts["best_set"]
    if best is not None:
        lines += ["", f"Best together within {best['within_months']:g} months"]
        for action, step in zip(best["actions"], best["steps"], strict=True):
            lines.append(f"  {action} -> {step:.1f}")
        lines += wrapped(str(best["note"]) + ".", COLUMNS)
    lines += ["", *_counterfactuals(parts["counterfactuals"])]
    for law in parts["sourcing_laws"]:
        lines += wrapped(f"Sourcing law: {law['text']}", COLUMNS)
    lines += [*_calendar(parts["calendar"]), *_certainty(parts["certainty"])]
    lines += _questions(parts["questions"])
    return "\n".join(lines) + "\n"


def _actions(actions: Sequence[Answer]) -> Iterator[str]:
    head = ("risk -", "upper -", "days -", "months", "maturity")
    yield from row(head, _ACTION, tail="action [id]", columns=COLUMNS)
    for action in actions:
        months = action["lead_time_months"]
        cells = (
            f"{action['risk_removed']:.1f}",
            f"{action['upper_bound_removed']:.1f}",
            f"{action['stockout_days_removed']:.1f}",
            "-" if months is None else f"{months:.0f}",
            str(action["maturity"]),
        )
        tail = f"{action['text']} [{action['id']}] - {action['trade_off']}"
        yield from row(cells, _ACTION, tail=tail, columns=COLUMNS)


def _counterfactuals(rows: Sequence[Answer]) -> Iterator[str]:
    if rows:
        yield "What alone would be enough"
    for one in rows:
        # The last row of a target that nothing brings there says so.
        if one["reaches"] or one["lever"] is None:
            yield f"  {one['target']} into {one['band']}: {one['change']}"


def _calendar(calendars: Sequence[Answer] | None) -> Iterator[str]:
    for calendar in calendars or ():
        yield ""
        yield f"Expected stock-out days of the product, {calendar['id']}"
        for month in calendar["months"]:
            yield f"  {month['from_day']} to {month['to_day']}: {month['product_days']:.1f}"
        for stop in calendar["line_stops"]:
            day = stop["stops_on"] or f"no stop; if slow {stop['stops_on_if_slow'] or 'neither'}"
            yield f"  line {stop['line_id']}: {day} ({stop['element']}, {stop['measure']})"


def _certainty(found: Answer | None) -> Iterator[str]:
    if found is None:
        return
    yield ""
    yield f"P10, P50, P90 over {found['points']} points"
    for one in (found["bom"], *found["elements"]):
        yield f"  {one['key']:8} {one['p10']:6.1f} {one['p50']:6.1f} {one['p90']:6.1f}"
    for pair in found["ranks"]:
        yield f"  {pair['upper']} stays above {pair['lower']}: {100 * pair['stays']:.0f} %"
    for bar in found["tornado"][:_MOST_CAUSES]:
        yield f"  {bar['input']:24} {bar['low']:6.1f} to {bar['high']:6.1f}"


def _questions(found: Answer | None) -> list[str]:
    if found is None:
        return []
    letters = [str(letter["text"]) for letter in found["letters"]]
    return ["", *"\n\n".join(letters).splitlines()]


def portfolio_table(portfolio: Answer) -> str:
    """Return what several products share as text."""
    lines = ["What the products share"]
    for point in portfolio["shared_points"][:_MOST_SHARED]:
        names = ", ".join(point["products"])
        lines.append(f"  {point['kind']:6} {point['key']} ({point['weight']:.1f} points): {names}")
    lines += ["", "What helps most of them"]
    for action in portfolio["shared_actions"][:_MOST_SHARED]:
        count = len(action["risk_removed"])
        lines.append(f"  {count} products, {action['total']:.1f} points: {action['id']}")
    return "\n".join(lines) + "\n"
