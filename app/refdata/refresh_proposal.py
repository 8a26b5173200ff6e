"""A proposed change of the reference data: files beside the live ones, and what they change."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.errors import InvalidInputError, ReferenceDataError
from app.refdata.load import load_reference_data
from app.refdata.measure_answers import SourceAnswer
from app.refdata.measure_files import sources_text
from app.refdata.sources import SOURCES_FILE, load_sources

#: Relative change from which a person must look at the figure: sources revise and err.
LARGE_JUMP = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to ask for.

    Attributes:
        year: Year of governance estimates and imports; None for the newest that is likely out.
        item: ScienceBase item of the edition of the Mineral Commodity Summaries.
        asked_on: Day of the question.
    """

    year: int | None
    item: str
    asked_on: date

    def year_behind(self, years: int) -> int:
        """Return the year to ask for of a source that lags behind by so many."""
        return self.asked_on.year - years if self.year is None else self.year


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure that would change; None where there is none on that side."""

    table: str
    subject: str
    old: float | None
    new: float | None

    @property
    def is_large(self) -> bool:
        """Return whether the figure appears, vanishes or jumps."""
        if self.old is None or self.new is None:
            return True
        return abs(self.new - self.old) > LARGE_JUMP * max(abs(self.old), 1e-9)


@dataclass(slots=True, kw_only=True)
class Proposal:
    """What a source would change.

    Attributes:
        name: Name of the source.
        source: Entry for `sources.yaml`.
        files: New text of each file that would change, by path below the data.
        changes: Figures before and after.
        notes: What a person must know or do, a sentence each.
        rows: Number of rows that the files gain or renew.
    """

    name: str
    source: SourceAnswer
    files: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0


def csv_lines(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def with_rows(root: Path, name: str, rows: Sequence[Sequence[str]]) -> str:
    """Return a table of the data with rows more at its end."""
    present = (root / name).read_text(encoding="utf-8")
    return present + ("" if present.endswith("\n") else "\n") + csv_lines(rows)


def rounded_shares(weights: Mapping[str, float], digits: int = 4) -> dict[str, float]:
    """Return shares that sum to 1 after rounding, largest first; the largest takes the rest.

    Examples:
        >>> rounded_shares({"AA": 1, "BB": 1, "CC": 1})
        {'AA': 0.3334, 'BB': 0.3333, 'CC': 0.3333}
    """
    total = sum(weights.values())
    order = sorted(weights, key=lambda key: (-weights[key], key))
    shares = {key: round(weights[key] / total, digits) for key in order}
    rest = 1.0 - sum(shares[key] for key in order[1:])
    shares[order[0]] = round(rest, digits)
    return shares


def check_output(root: Path, output: Path) -> None:
    """Refuse a folder in which a proposal could touch live data or mix with another one.

    Raises:
        InvalidInputError: The folder lies in the data, or holds something.
    """
    if output.resolve().is_relative_to(root.resolve()):
        raise InvalidInputError(
            f"{output} lies in the live data; a proposal goes elsewhere, for a person to look at"
        )
    if output.exists() and any(output.iterdir()):
        raise InvalidInputError(f"{output} is not empty; name another folder")


def write_proposal(root: Path, output: Path, proposal: Proposal, *, fetched_on: date) -> str | None:
    """Write a proposal, and return what is wrong with the data once it is taken over.

    The folder holds `data`, to be laid over the live data; `changes.csv`, each figure before and
    after; and `CHANGES.md` for the person who decides.

    Args:
        root: Folder of the live data, which stays as it is.
        output: Folder of the proposal.
        proposal: What to write.
        fetched_on: Day on which the source was asked.
    """
    files = dict(proposal.files)
    if proposal.source.key not in load_sources(root):
        present = (root / SOURCES_FILE).read_text(encoding="utf-8")
        files[SOURCES_FILE] = sources_text(present, proposal.source, published_on=fetched_on)
    for name, text in files.items():
        path = output / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    fault = _fault(root, files)
    rows = [
        (change.table, change.subject, _figure(change.old), _figure(change.new))
        for change in proposal.changes
    ]
    header = ("table", "subject", "before", "after")
    (output / "changes.csv").write_text(csv_lines([header, *rows]), encoding="utf-8")
    page = _page(proposal, sorted(files), fault, fetched_on)
    (output / "CHANGES.md").write_text(page, encoding="utf-8")
    return fault


def _fault(root: Path, files: Mapping[str, str]) -> str | None:
    """Return what the checks say of the data with the proposal, None where all is sound."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(root, copy)
        for name, text in files.items():
            (copy / name).write_text(text, encoding="utf-8")
        try:
            load_reference_data(copy)
        except ReferenceDataError as error:
            return str(error)
    return None


def _page(proposal: Proposal, files: Sequence[str], fault: str | None, fetched_on: date) -> str:
    large = [change for change in proposal.changes if change.is_large]
    small = [change for change in proposal.changes if not change.is_large]
    checks = (
        "With them the data pass every check."
        if fault is None
        else f"With them the data do **not** pass the checks:\n\n```\n{fault}\n```"
    )
    lines = [
        f"# Proposed change from {proposal.name}",
        "",
        (
            f"Asked on {fetched_on}. {proposal.rows} rows are new or renewed; {len(large)} figures "
            f"appear, vanish or move by more than {LARGE_JUMP:.0%}."
        ),
        "",
        "Nothing live was touched. Files to lay over the data, once a person agrees:",
        "",
        *(f"- `data/{name}`" for name in files),
        "",
        checks,
        "",
        "## To do",
        "",
        *(f"- {note}" for note in proposal.notes),
        (
            f"- Open the source, compare some figures, and set `verified` and `read` of "
            f"`{proposal.source.key}` in `sources.yaml` to what you did."
        ),
        (
            "- Copy the files, `lodestone check-data --record`, then look at what moves: "
            "`make snapshot`, `lodestone diff`."
        ),
        "",
        f"## Look at each of these ({len(large)})",
        "",
        *_table(large),
        "",
        f"## Other changes ({len(small)})",
        "",
        *_table(small),
    ]
    return "\n".join(lines) + "\n"


def _table(changes: Sequence[Change]) -> list[str]:
    if not changes:
        return ["None."]
    return [
        "| table | figure | before | after |",
        "|---|---|---:|---:|",
        *(
            f"| {change.table} | {change.subject} | {_figure(change.old) or '-'} "
            f"| {_figure(change.new) or '-'} |"
            for change in changes
        ),
    ]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
