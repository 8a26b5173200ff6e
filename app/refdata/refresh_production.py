"""Newer mine output from the data release of the US Geological Survey on ScienceBase."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.places import UNSPECIFIED
from app.refdata.csv_table import read_csv_table
from app.refdata.measure_answers import SourceAnswer
from app.refdata.refresh_fetch import Fetcher, field_of
from app.refdata.refresh_mixes import MixSuccessors
from app.refdata.refresh_places import named_country
from app.refdata.refresh_proposal import Change, Proposal, Wanted, rounded_shares, with_rows
from app.refdata.supply_background import FIGURE_COLUMNS
from app.refdata.text_record import TextRecord

NAME = "usgs"

#: ScienceBase item of the edition of 2026; each edition has another one.
ITEM_OF_2026 = "696a75d5d4be0228872d3bf8"

_ADDRESS = "https://www.sciencebase.gov/catalog/item/{item}"
_FILE = re.compile(r"MCS(\d{4})_Commodities_Data\.csv")
_COLUMNS = frozenset(
    {"MCS chapter", "Country", "Statistics", "Statistics_detail", "Unit", "Year", "Value"}
)
_CHAPTER = "RARE EARTHS"
_UNIT = "metric tons"
_YEAR = re.compile(r"(\d{4})(_estimated)?")
_NUMBER = re.compile(r"[<>]?\d{1,3}(,\d{3})*|[<>]?\d+")
_WORLD = "world"

#: Words for nothing, and for what the publisher does not tell.
_ZERO = frozenset({"—", "-", "–", "0"})
_UNTOLD = frozenset({"NA", "W", ""})

_OUTPUT = "supply/mine_output.csv"
_METHOD = (
    "derived: shares of the row before, each country scaled by how its mine output in t REO moved "
    "between {old} and {new}, as if the ore of its sites had stayed the same; to be replaced by a "
    "sum over sites"
)


@dataclass(frozen=True, slots=True)
class _Output:
    """Mine output of one year [t REO] by country, and whether the publisher estimated it."""

    tonnes: Mapping[str, float]
    world: float | None


def propose_production(root: Path, fetcher: Fetcher, wanted: Wanted) -> Proposal:
    """Return mine output of the newest edition, and world shares that follow from it.

    Raises:
        RefreshError: ScienceBase cannot be asked, or the table is not what we know.
    """
    edition, url = _table_of(fetcher, wanted.item)
    years = _mine_output(fetcher, fetcher.content(url))
    old, new = sorted(years)[-2:]
    key = f"usgs_mcs{edition}_csv"
    proposal = Proposal(
        name="US Geological Survey, Mineral Commodity Summaries",
        source=SourceAnswer(
            key=key, publisher="U.S. Geological Survey", verified=False,
            title=f"Mineral Commodity Summaries {edition} data release",
            url=_ADDRESS.format(item=wanted.item), read="fetched by lodestone refresh",
        ),
    )  # fmt: skip
    output, output_changes = _output_rows(root, years, (old, new), edition, wanted)
    shares = _scaled(root, years[old], years[new], (old, new), key, wanted.asked_on)
    proposal.files = {_OUTPUT: with_rows(root, _OUTPUT, output), **shares.files()}
    proposal.rows = len(output) + shares.count
    proposal.changes = [*output_changes, *shares.changes]
    proposal.notes = [
        (
            f"World shares were scaled by output, {old} to {new}: compute them anew from sites and "
            "ore composition where a country opened another kind of mine."
        ),
        (
            "The CSV is not corrected when the PDF is: read the version history beside it "
            f"(pubs.usgs.gov, periodicals, mcs{edition}, versionHist.txt)."
        ),
        "Only mining moves; separation, metal and magnet shares have other sources.",
    ]
    return proposal


def _table_of(fetcher: Fetcher, item: str) -> tuple[str, str]:
    """Return edition and address of the table of an item of the catalogue."""
    answer = fetcher.document(_ADDRESS.format(item=item), {"format": "json"})
    files = field_of(answer, "files")
    for file in files if isinstance(files, list) else ():
        name = field_of(file, "name")
        found = _FILE.fullmatch(name) if isinstance(name, str) else None
        url = field_of(file, "downloadUri") or field_of(file, "url")
        if found is not None and isinstance(url, str):
            return found[1], url
    raise fetcher.error(f"item {item} holds no file MCSyyyy_Commodities_Data.csv")


def _mine_output(fetcher: Fetcher, content: bytes) -> dict[str, _Output]:
    """Return mine output by year; at least two years, each with China."""
    table = csv.DictReader(io.StringIO(content.decode("cp1252", errors="replace"), newline=""))
    if not set(table.fieldnames or ()) >= _COLUMNS:
        raise fetcher.error(f"the table has the columns {', '.join(table.fieldnames or ())}")
    tonnes: dict[str, dict[str, float]] = {}
    world: dict[str, float] = {}
    for row in table:
        year = _YEAR.fullmatch((row["Year"] or "").strip())
        if year is None or not _is_mine_output(row):
            continue
        value = _value(fetcher, row)
        if value is None:
            continue
        name = row["Country"].strip()
        if name.casefold().startswith("world"):
            world[year[1]] = value
            continue
        country = named_country(name)
        if country is None:
            raise fetcher.error(f"the country {name!r} is not known by that name")
        by_country = tonnes.setdefault(year[1], {})
        by_country[country] = by_country.get(country, 0.0) + value
    years = {
        year: _Output(found, world.get(year)) for year, found in tonnes.items() if found.get("CN")
    }
    if len(years) < 2:
        raise fetcher.error("the table has no mine output of rare earths for two years")
    return years


def _is_mine_output(row: Mapping[str, str]) -> bool:
    words = f"{row['Statistics']} {row['Statistics_detail']}".casefold()
    return (
        row["MCS chapter"].strip().upper() == _CHAPTER
        and "World Mine Production" in (row.get("Section") or "World Mine Production")
        and "mine production" in words
        and row["Unit"].strip().casefold().startswith(_UNIT)
    )


def _value(fetcher: Fetcher, row: Mapping[str, str]) -> float | None:
    """Return the tonnes of a row, None where they are not told."""
    text = row["Value"].strip()
    if text in _UNTOLD:
        return None
    if text in _ZERO:
        return 0.0
    if not _NUMBER.fullmatch(text):
        raise fetcher.error(f"mine output of {row['Country']} is {text!r}")
    return float(text.lstrip("<>").replace(",", ""))


def _figures(output: _Output) -> list[tuple[str, float]]:
    rows = sorted(output.tonnes.items(), key=lambda pair: (pair[0] == UNSPECIFIED, pair[0]))
    return rows if output.world is None else [*rows, (_WORLD, output.world)]


def _output_rows(
    root: Path,
    years: Mapping[str, _Output],
    shown: tuple[str, str],
    edition: str,
    wanted: Wanted,
) -> tuple[list[list[str]], list[Change]]:
    """Return rows of the table of mine output, and what they change of the last figures."""
    last: dict[tuple[str, str], float] = {}
    series = f"usgs_mcs{edition}"
    for record in read_csv_table(
        root / _OUTPUT, FIGURE_COLUMNS, optional=("high", "note"), name=_OUTPUT
    ):
        if record.text("series") == series:
            # The edition is there already: this is how it stands today.
            series = f"usgs_mcs{edition}_{wanted.asked_on}"
        if record.text("series").startswith("usgs_mcs"):
            last[record.text("subject"), record.text("period")] = record.number("low")
    rows: list[list[str]] = []
    changes: list[Change] = []
    for year in shown:
        for subject, value in _figures(years[year]):
            note = "rounded by the publisher" if subject == _WORLD else ""
            tonnes = f"{value:.10g}"
            rows.append([series, subject, year, tonnes, tonnes, "t REO", "unverified",
                         f"usgs_mcs{edition}_csv", note])  # fmt: skip
            old = last.get((subject, year))
            if old != value:
                subject_text = f"{subject} {year}, t REO"
                changes.append(Change(table=_OUTPUT, subject=subject_text, old=old, new=value))
    return rows, changes


def _scaled(
    root: Path, old: _Output, new: _Output, years: tuple[str, str], key: str, starts_on: date
) -> MixSuccessors:
    """Return mining rows that follow the newest of each element, scaled by output."""
    world = MixSuccessors(root, "world", starts_on=starts_on)
    for record in world.newest(_elements_of_mining).values():
        moved = {
            country: share * _factor(country, old, new)
            for country, share in world.shares_of(record).items()
        }
        sources = [key, *(one for one in record.words("sources") if one != key)]
        world.follow(
            record,
            rounded_shares(moved),
            {
                "reference": f"{years[1]}, scaled from the row before",
                "status": "derived",
                "confidence": "low",
                "sources": " ".join(sources),
                "method": _METHOD.format(old=years[0], new=years[1]),
            },
        )
    return world


def _elements_of_mining(record: TextRecord) -> str | None:
    """Return the elements of a row of mining that rests on the Survey's tonnes."""
    mined = record.text("stage") == "mining" and "usgs" in record.text("sources")
    return record.text("elements") if mined else None


def _factor(country: str, old: _Output, new: _Output) -> float:
    """Return how a country's output moved; one that is not named stays as it was."""
    before, after = old.tonnes.get(country), new.tonnes.get(country)
    return 1.0 if not before or after is None else after / before
