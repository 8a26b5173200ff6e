"""Figures of the benchmarks: kept as JSON, shown as a table, compared with those committed."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FIGURES = Path(__file__).with_name("figures.json")
#: Measured here, committed by whoever accepts them.
FRESH = Path(__file__).resolve().parents[2] / "build" / "figures.json"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"
#: A figure that is worse by more than this share than the committed one is a loss.
MOST_LOSS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure.

    Attributes:
        name: Stable key.
        value: The figure.
        unit: Such as "x floor" or "lines/s".
        wanted: What it should reach, in words.
        reached: Whether it does.
        compared: Whether a loss counts; only what does not depend on the machine.
        more_is_better: Which way is good.
        note: How it was measured, in a few words.
    """

    name: str
    value: float
    unit: str
    wanted: str
    reached: bool
    compared: bool
    more_is_better: bool = False
    note: str = ""


def interleaved(rounds: int, *works: Callable[[], float]) -> list[float]:
    """Return the median cost of each work, all measured in turn so that noise hits all alike."""
    seen: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for place, work in enumerate(works):
            seen[place].append(work())
    return [statistics.median(one) for one in seen]


def keep(*figures: Figure) -> None:
    """Add figures to those measured here, and print them."""
    FRESH.parent.mkdir(exist_ok=True)
    known = read(FRESH) if FRESH.exists() else {}
    for one in figures:
        known[one.name] = one
        verdict = "reached" if one.reached else "NOT reached"
        sys.stdout.write(f"{one.name}: {one.value:,.4g} {one.unit} ({one.wanted}: {verdict})\n")
    document = {name: _plain(one) for name, one in sorted(known.items())}
    FRESH.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _plain(one: Figure) -> dict[str, object]:
    return {
        "value": round(one.value, 4),
        "unit": one.unit,
        "wanted": one.wanted,
        "reached": one.reached,
        "compared": one.compared,
        "more_is_better": one.more_is_better,
        "note": one.note,
    }


def read(path: Path) -> dict[str, Figure]:
    """Return the figures of a file by name."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return {name: Figure(name=name, **one) for name, one in document.items()}


def losses(before: dict[str, Figure], now: dict[str, Figure]) -> list[str]:
    """Return what is worse than it was by more than is allowed, in words."""
    found = []
    for name, old in sorted(before.items()):
        new = now.get(name)
        if new is None or not old.compared or old.value <= 0.0:
            continue
        worse = old.value / new.value if old.more_is_better else new.value / old.value
        if worse > 1.0 + MOST_LOSS:
            found.append(f"{name}: {old.value:,.4g} before, {new.value:,.4g} now ({old.unit})")
    return found


def _shown(one: Figure) -> str:
    text = f"{one.value:,.0f}" if one.value >= 1000.0 else f"{one.value:.3g}"
    return f"{text} {one.unit}".strip()


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    rows = ["| figure | measured | wanted | reached |", "| --- | --- | --- | --- |"]
    rows.extend(
        f"| {one.name}{f' ({one.note})' if one.note else ''} | {_shown(one)} | "
        f"{one.wanted} | {'yes' if one.reached else '**no**'} |"
        for one in figures
    )
    return "\n".join(rows)


def _write_table() -> None:
    """Put the fresh figures where the document shows them."""
    text = DOCUMENT.read_text(encoding="utf-8")
    head, _, rest = text.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    shown = table(list(read(FRESH).values()))
    DOCUMENT.write_text(f"{head}{_BEGIN}\n{shown}\n{_END}{tail}", encoding="utf-8")


def main(command: str) -> int:
    """Show, take or compare the fresh figures; 1 where something is lost."""
    if command == "table":
        _write_table()
        return 0
    if command == "accept":
        FIGURES.write_bytes(FRESH.read_bytes())
        return 0
    found = losses(read(FIGURES), read(FRESH))
    for loss in found:
        sys.stdout.write(f"lost: {loss}\n")
    sys.stdout.write(f"{len(found)} figures are worse by more than {MOST_LOSS:.0%}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "compare"))
