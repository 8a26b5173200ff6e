"""Writes docs/validation.md: `python -m tests.validation`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from tests.validation.backtest import EVE, BackTest, back_test
from tests.validation.jumps import EVENT, FIRST_DAY, LAST_DAY, VINTAGE, Jump, Scan, scan
from tests.validation.probes import (
    DESTINATIONS,
    ELEMENTS,
    Probe,
    question,
    readings,
    shipped_reference,
)

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "validation.md"

#: Days on which a reviewer would look: before any control, each step of 2025 and 2026, today.
DATES = (
    date(2025, 1, 2),
    date(2025, 4, 3),
    date(2025, 4, 4),
    date(2025, 6, 30),
    date(2025, 10, 20),
    date(2025, 11, 20),
    date(2026, 1, 5),
    date(2026, 1, 10),
    date(2026, 3, 1),
    date(2026, 11, 23),
)
STOCKS = (0.0, 60.0)


def main(stride_days: int = 1) -> int:
    """Write the document; look at every day unless told to stride."""
    with ProcessPoolExecutor() as pool:
        scans = list(pool.map(_scan, DESTINATIONS, [stride_days] * len(DESTINATIONS)))
        tables = list(pool.map(_tables, DESTINATIONS))
    tests = [back_test(shipped_reference(), place) for place in DESTINATIONS]
    jumps = [jump for found in scans for jump in found.jumps]
    broken = [breach for found in scans for breach in found.breaches]
    lines = [*_head(), *(row for table in tables for row in table)]
    lines += [*_back_tests(tests), *_laws(scans), *_jumps(jumps, stride_days)]
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    untold = [jump for jump in jumps if jump.kind == "none"]
    print(  # noqa: T201  # the command reports to whoever ran it
        f"{DOCUMENT.name}: {len(jumps)} jumps, {len(untold)} without a dated cause, "
        f"{len(broken)} breaches of common sense"
    )
    return 1 if untold or broken else 0


def _scan(destination: str, stride_days: int) -> Scan:
    return scan(shipped_reference(), destination, stride_days=stride_days)


def _head() -> Iterator[str]:
    reference = shipped_reference()
    yield "# Validation"
    yield ""
    yield "Written by `make validation` from the shipped data; do not edit by hand."
    yield f"Data version `{reference.version}`, method version {reference.methodology.version}."
    yield ""
    yield "Every line of these tables is one element alone in one form, of unknown origin, for"
    yield "civil use, asked with the knowledge of its own day, horizon 180 days. Promethium has no"
    yield "market and no score."
    yield ""
    yield "## Scores by element, destination and day"
    yield ""


def _tables(destination: str) -> list[str]:
    rows: list[str] = []
    columns = [
        readings(
            tuple(
                Probe(form, (element,), stock)
                for form in ("oxide", "magnet")
                for stock in STOCKS
                for element in ELEMENTS
            ),
            question(destination, day),
        )
        for day in DATES
    ]
    for form in ("oxide", "magnet"):
        for stock in STOCKS:
            rows.append(f"### {form} to {destination}, stock {stock:.0f} days")
            rows.append("")
            rows.append("| element | " + " | ".join(str(day) for day in DATES) + " |")
            rows.append("|---|" + "---:|" * len(DATES))
            for element in (*ELEMENTS[:6], "Pm", *ELEMENTS[6:]):
                if element == "Pm":
                    rows.append("| Pm |" + " – |" * len(DATES))
                    continue
                cells = (
                    f"{column[Probe(form, (element,), stock)].score:.1f}" for column in columns
                )
                rows.append(f"| {element} | " + " | ".join(cells) + " |")
            rows.append("")
    return rows


def _back_tests(tests: list[BackTest]) -> Iterator[str]:
    yield "## Back-test of 2025"
    yield ""
    yield f"Scores of {EVE}, the eve of Announcement 18, with the knowledge of that day, against"
    yield "what happened: which elements were put under a licence in April (7 of 16) or by October"
    yield "2025 (12 of 16), and which share of exports then failed to leave."
    yield ""
    yield "| destination | AUC, April list | AUC, October list | rank correlation with the shock |"
    yield "|---|---:|---:|---:|"
    for test in tests:
        yield (
            f"| {test.destination} | {test.auc_first:.2f} | {test.auc_october:.2f} "
            f"| {test.rank_correlation:.2f} |"
        )
    yield ""
    shock = ", ".join(f"{element} {value:.2f}" for element, value in tests[0].shock.items())
    yield f"Shock (share of exports of raw forms that did not leave, world): {shock}."
    yield ""
    yield "What it proves: the structural item alone, before any control, already put most of the"
    yield "heavy elements above the light ones, since China separates nearly all of them. What it"
    yield "does not prove: sixteen elements of one country in one year are few cases and hang"
    yield "together; the parameters were chosen after the event; the shock is measured for some"
    yield "elements only and partly by judgement; and the score after the event reads the same"
    yield "observations that the shock is made of, so its correlation shows consistency, not"
    yield "foresight. Nobody should read the areas under the curve as hit rates of the future."
    yield ""


def _laws(scans: list[Scan]) -> Iterator[str]:
    yield "## Common sense"
    yield ""
    yield "On each day looked at, for 16 elements as oxide and as magnet: military use is never"
    yield "below civil use; a NdFeB magnet without Dy and Tb is never above the same with; Nd is"
    yield "never above Dy while only Dy needs a dual-use licence; declared Malaysian or Estonian"
    yield "separation is never above Chinese where they have capacity; before April 2025 nothing"
    yield "civil is more than moderate."
    yield ""
    yield "| destination | days looked at | of them with military use | breaches |"
    yield "|---|---:|---:|---:|"
    for place, found in zip(DESTINATIONS, scans, strict=True):
        yield f"| {place} | {found.days} | {found.military_days} | {len(found.breaches)} |"
    yield ""
    for found in scans:
        for breach in found.breaches:
            where = f"{breach.day} {breach.destination} {breach.probe}"
            yield f"- {where}: {breach.law}, {breach.detail}"
    yield ""


def _jumps(jumps: list[Jump], stride_days: int) -> Iterator[str]:
    yield "## Jumps from one day to the next"
    yield ""
    looked = "every day" if stride_days == 1 else f"every dated day and each {stride_days}th"
    yield f"From {FIRST_DAY} to {LAST_DAY}, {looked}, 16 elements, {', '.join(DESTINATIONS)},"
    yield "oxide and magnet: each change of more than 3 points, with the dated row that the"
    yield "explanation names. Elements that jump alike for one cause share a row."
    yield ""
    for title, kind in (
        ("Events and observations", EVENT),
        ("Data vintages", VINTAGE),
        ("Without a dated cause", "none"),
    ):
        chosen = [jump for jump in jumps if jump.kind == kind]
        yield f"### {title} ({len(chosen)})"
        yield ""
        if not chosen:
            yield "None."
            yield ""
            continue
        yield "| day | destination | form | elements (points) | cause |"
        yield "|---|---|---|---|---|"
        groups: dict[tuple[date, str, str, tuple[str, ...]], list[Jump]] = {}
        for jump in chosen:
            key = (jump.day, jump.destination, jump.probe.form, jump.causes)
            groups.setdefault(key, []).append(jump)
        for (day, place, form, causes), rows in sorted(groups.items()):
            cells = ", ".join(f"{row.probe.elements[0]} {row.change:+.1f}" for row in rows)
            yield f"| {day} | {place} | {form} | {cells} | {'; '.join(causes)} |"
        yield ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
