"""Loads the three tables of country shares: world output, feed of plants, sourcing.

Each table is two files: `<name>_rows.csv` says what a row speaks for and where it comes from,
`<name>_shares.csv` holds its shares, one country a line. `countries` in the first counts the
lines in the second, so that none gets lost unseen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from app.domain.supply import MixRow, Stage
from app.errors import ReferenceDataError
from app.refdata.countries import WITH_EU, WITH_UNSPECIFIED, read_country, read_elements
from app.refdata.csv_table import read_csv_table
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather

#: How far the shares of a row may be from a sum of 1.
SHARE_SUM_TOLERANCE = 1e-9

ROW_COLUMNS = (
    "row", "stage", "place", "elements", "chain", "product", "valid_from", "valid_to",
    "reference", "status", "confidence", "sources", "countries", "method", "note",
)  # fmt: skip
ROW_OPTIONAL = ("place", "chain", "product", "valid_to", "reference", "note")
SHARE_COLUMNS = ("row", "country", "share", "low", "high")
SHARE_OPTIONAL = ("low", "high")

#: Name of a table -> whether its rows speak of a place.
MIX_TABLES: Mapping[str, bool] = {"world": False, "feed": True, "destination": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """One table and what its rows may name."""

    name: str
    known_sources: AbstractSet[str]
    chains: AbstractSet[str]

    @property
    def rows_name(self) -> str:
        """Return how messages call the file of rows."""
        return f"supply/{self.name}_rows.csv"

    @property
    def shares_name(self) -> str:
        """Return how messages call the file of shares."""
        return f"supply/{self.name}_shares.csv"


def load_mix_table(
    root: Path, table: str, *, known_sources: AbstractSet[str], chains: AbstractSet[str]
) -> tuple[MixRow, ...]:
    """Return the rows of one table, in the order of the file.

    Args:
        root: Folder of the data.
        table: `world`, `feed` or `destination`.
        known_sources: Keys that a row may name.
        chains: Product forms that a row may be limited to.

    Raises:
        ReferenceDataError: A share, bound, country, element, date or source is wrong, a sum is
            not 1, or two rows tie.
    """
    files = _Table(name=table, known_sources=known_sources, chains=chains)
    rows = read_csv_table(
        root / files.rows_name, ROW_COLUMNS, optional=ROW_OPTIONAL, name=files.rows_name
    )
    shares = _shares_by_row(
        read_csv_table(
            root / files.shares_name,
            SHARE_COLUMNS,
            optional=SHARE_OPTIONAL,
            name=files.shares_name,
        )
    )
    ids = [record.text("row") for record in rows]
    _check_ids(ids, shares, files)
    mixes = gather(rows, lambda record: _mix_row(record, shares[record.text("row")], files))
    _check_ties(files.rows_name, zip(ids, mixes, strict=True))
    return mixes


def _shares_by_row(records: Iterable[TextRecord]) -> dict[str, list[TextRecord]]:
    """Return the share lines grouped by the row that they belong to."""
    shares: dict[str, list[TextRecord]] = {}
    for record in records:
        shares.setdefault(record.text("row"), []).append(record)
    return shares


def _check_ids(ids: list[str], shares: Mapping[str, object], files: _Table) -> None:
    """Refuse repeated rows, rows without shares and shares without a row."""
    known = set(ids)
    messages = [f"{files.rows_name}: {row!r} is repeated" for row in known if ids.count(row) > 1]
    messages += [
        f"{files.shares_name}: {row!r} of {files.rows_name} has no shares"
        for row in ids
        if row not in shares
    ]
    messages += [
        f"{files.shares_name}: {row!r} is no row of {files.rows_name}"
        for row in shares
        if row not in known
    ]
    if messages:
        raise ReferenceDataError("\n".join(messages))


def _mix_row(record: TextRecord, lines: list[TextRecord], files: _Table) -> MixRow:
    """Return one row with its shares."""
    shares, bounds = _shares(lines)
    row = record.text("row")
    if len(lines) != record.integer("countries"):
        raise ReferenceDataError(
            f"{files.shares_name}: {row!r} has {len(lines)} lines, "
            f"but {record.place} counts {record.text('countries')}"
        )
    total = math.fsum(shares.values())
    if abs(total - 1) > SHARE_SUM_TOLERANCE:
        raise ReferenceDataError(
            f"{files.shares_name}: shares of {row!r} sum to {total:.9f}, not 1"
        )
    valid_from, valid_to = record.day("valid_from"), record.day_or_none("valid_to")
    if valid_to is not None and valid_to < valid_from:
        raise record.error("'valid_to' lies before 'valid_from'")
    chain = record.text_or_none("chain")
    if chain is not None and chain not in files.chains:
        raise record.error(f"'chain' {chain!r} is no product form")
    return MixRow(
        stage=record.choice("stage", Stage),
        place=_place(record, files.name),
        elements=frozenset(read_elements(record, "elements")),
        chain=chain,
        valid_from=valid_from,
        valid_to=valid_to,
        shares=shares,
        bounds=bounds,
        provenance=read_provenance(record, files.known_sources),
        product=record.text_or_none("product"),
    )


def _place(record: TextRecord, table: str) -> str | None:
    """Return the country that a row speaks of; world output has none."""
    if not MIX_TABLES[table]:
        if record.has("place"):
            raise record.error("'place' must be empty for world output")
        return None
    return read_country(record, "place", also=WITH_EU)


def _shares(lines: list[TextRecord]) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Return share and bounds by country."""
    shares: dict[str, float] = {}
    bounds: dict[str, tuple[float, float]] = {}
    for line in lines:
        country = read_country(line, "country", also=WITH_UNSPECIFIED)
        if country in shares:
            raise line.error(f"country {country!r} is repeated")
        share = shares[country] = line.share("share")
        if line.has("low") != line.has("high"):
            raise line.error("'low' and 'high' must both be given, or both be empty")
        if line.has("low"):
            low, high = line.share("low"), line.share("high")
            if not low <= share <= high:
                raise line.error(f"low <= share <= high does not hold: {low}, {share}, {high}")
            bounds[country] = (low, high)
    return shares, bounds


def _check_ties(rows_name: str, rows: Iterable[tuple[str, MixRow]]) -> None:
    """Refuse two rows between which the selection could not decide.

    Of the rows that are valid on a day the one with the fewest elements counts, then the newest;
    so two rows tie that speak of the same, are as specific and start on the same day.
    """
    seen: dict[tuple[object, ...], str] = {}
    messages: list[str] = []
    for row, mix in rows:
        for element in sorted(mix.elements):
            key = (mix.stage, mix.place, mix.chain, element, len(mix.elements), mix.valid_from)
            other = seen.setdefault(key, row)
            if other != row:
                messages.append(f"{rows_name}: {row!r} and {other!r} tie for {element}")
    if messages:
        raise ReferenceDataError("\n".join(messages))
