"""What changes of the law, as tables for a terminal, from the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.report.columns import row, wrapped

COLUMNS = 100

#: An answer as it goes out; the schemas of the API say what is in it.
Answer = Mapping[str, Any]

_FLIP = (8, 18)
_MOVE = (10, 8, 8, 8, 22)


def diff_table(answers: Sequence[Answer]) -> str:
    """Return comparisons as text: for which elements and lines the law flipped, and bands."""
    return "\n".join(line for answer in answers for line in (*_diff(answer), "")) + "\n"


def _diff(answer: Answer) -> Iterator[str]:
    yield f"{answer['id']}: {_side(answer['from'])} -> {_side(answer['to'])}"
    flips = answer["flips"]
    if not flips:
        yield "  No element for which the law reads differently."
    else:
        yield from row(("element", "where"), _FLIP, tail="law", columns=COLUMNS)
        for flip in flips:
            yield from row(
                (f"  {flip['element']}", _where(flip)), _FLIP, tail=_law(flip), columns=COLUMNS
            )
        notices = {change["measure"]: change for flip in flips for change in flip["measures"]}
        for _, change in sorted(notices.items()):
            yield from wrapped(f"  {_notice(change)}", COLUMNS)
    if answer["bands"]:
        yield from row(("band", "before", "after", "", ""), _MOVE, tail="", columns=COLUMNS)
        for band in answer["bands"]:
            yield from row(
                (
                    f"  {_key(band)}", f"{band['before']:.1f}", f"{band['after']:.1f}", "",
                    f"{band['band_before']} -> {band['band_after']}",
                ),
                _MOVE, tail="", columns=COLUMNS,
            )  # fmt: skip
    product = answer["bom"]
    yield f"  score of the product {product['before']:.1f} -> {product['after']:.1f}"


def _side(side: Answer) -> str:
    known = "" if side["known_on"] == side["as_of"] else f" as known on {side['known_on']}"
    return f"{side['as_of']}{known} (data {side['reference_data_version']})"


def _where(flip: Answer) -> str:
    if flip["line_id"] is None:
        return "whole product" if flip["exposed"] else "not in it"
    return f"line {flip['line_id']}" + (", inside" if flip["inside"] else "")


def _law(flip: Answer) -> str:
    return f"{_reading(flip['before'])} -> {_reading(flip['after'])}"


def _reading(reading: Answer) -> str:
    if reading["worst_case"] is None:
        return str(reading["status"])
    return f"{reading['status']} ({reading['best_estimate']} to {reading['worst_case']})"


def _notice(change: Answer) -> str:
    since = "" if change["on_date"] is None else f" from {change['on_date']}"
    sure = "" if change["basis"] is None else f", {change['basis']}"
    sources = f" [{' '.join(change['sources'])}]" if change["sources"] else ""
    return f"{change['measure']}: {change['before']} -> {change['after']}{since}{sure}{sources}"


def _key(band: Answer) -> str:
    return "product" if band["kind"] == "bom" else str(band["key"])


def calendar_table(answer: Answer) -> str:
    """Return a calendar as text, with scores on both sides of each day where there are any."""
    lines = [f"Within {answer['context']['horizon_days']} days of {answer['context']['as_of']}:"]
    if not answer["days"]:
        lines.append("  nothing is known to be due.")
    for day in answer["days"]:
        lines.extend(_day(day))
    lines.append(f"The register's newest source is of {answer['freshness']['knowledge_cutoff']}.")
    return "\n".join(lines) + "\n"


def _day(day: Answer) -> Iterator[str]:
    score = day.get("bom")
    moved = "" if score is None else f"  score {score['before']:.1f} -> {score['after']:.1f}"
    yield f"{day['on_date']}{moved}"
    for entry in day["entries"]:
        yield from wrapped(f"  {entry['text']}", COLUMNS)
    flipped = day.get("flipped_elements") or sorted(
        {cell["element"] for cell in day.get("flips", ())}
    )
    if flipped:
        yield from wrapped(f"  The law reads differently for {', '.join(flipped)}.", COLUMNS)
