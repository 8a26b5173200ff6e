"""Successors of rows in a table of country shares: the newest row stays, a newer one follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.refdata.csv_table import read_csv_table
from app.refdata.refresh_proposal import Change, with_rows
from app.refdata.supply_mixes import ROW_COLUMNS, ROW_OPTIONAL, SHARE_COLUMNS, SHARE_OPTIONAL
from app.refdata.text_record import TextRecord

_Key = TypeVar("_Key")


class MixSuccessors:
    """Rows that follow those of one table on a day.

    Args:
        root: Folder of the data.
        table: `world`, `feed` or `destination`.
        starts_on: First day on which the new rows are valid.
    """

    def __init__(self, root: Path, table: str, *, starts_on: date) -> None:
        self._root = root
        self._rows_name = f"supply/{table}_rows.csv"
        self._shares_name = f"supply/{table}_shares.csv"
        self._starts_on = starts_on
        self._rows: list[list[str]] = []
        self._shares: list[list[str]] = []
        self._present: dict[str, dict[str, TextRecord]] = {}
        for share in read_csv_table(
            root / self._shares_name, SHARE_COLUMNS, optional=SHARE_OPTIONAL, name=self._shares_name
        ):
            row = self._present.setdefault(share.text("row"), {})
            row[share.text("country")] = share
        self.changes: list[Change] = []

    @property
    def count(self) -> int:
        """Return how many rows follow."""
        return len(self._rows)

    def newest(self, key_of: Callable[[TextRecord], _Key | None]) -> dict[_Key, TextRecord]:
        """Return the newest row for each key; rows without a key, or not older, are left out."""
        found: dict[_Key, TextRecord] = {}
        for record in read_csv_table(
            self._root / self._rows_name, ROW_COLUMNS, optional=ROW_OPTIONAL, name=self._rows_name
        ):
            key = key_of(record)
            if key is None or record.day("valid_from") >= self._starts_on:
                continue
            if key not in found or found[key].day("valid_from") < record.day("valid_from"):
                found[key] = record
        return found

    def shares_of(self, record: TextRecord) -> dict[str, float]:
        """Return the shares of a row by country."""
        lines = self._present[record.text("row")]
        return {country: line.number("share") for country, line in lines.items()}

    def follow(
        self, record: TextRecord, shares: Mapping[str, float], values: Mapping[str, str]
    ) -> None:
        """Add a row that follows another.

        Args:
            record: The row before; the new one is of the same stage, place and elements.
            shares: Its shares, which sum to 1; bounds stay at the distance that they had.
            values: Cells that differ beside name, days and count.
        """
        old_name = record.text("row")
        name = f"{old_name[: -len(self._starts_on.isoformat())]}{self._starts_on}"
        cells = {column: record.text(column, "") for column in ROW_COLUMNS}
        cells |= {"row": name, "valid_from": str(self._starts_on), "valid_to": "", **values}
        cells["countries"] = str(len(shares))
        self._rows.append([cells[column] for column in ROW_COLUMNS])
        before = self._present[old_name]
        for country, share in shares.items():
            self._shares.append([name, country, f"{share:g}", *_bounds(before.get(country), share)])
        old = self.shares_of(record)
        self.changes += [
            Change(table=self._shares_name, subject=f"{old_name} {country}",
                   old=old.get(country), new=shares.get(country))
            for country in sorted(old.keys() | shares.keys())
            if old.get(country) != shares.get(country)
        ]  # fmt: skip

    def files(self) -> dict[str, str]:
        """Return the two files with the new rows; none where nothing follows."""
        if not self._rows:
            return {}
        return {
            self._rows_name: with_rows(self._root, self._rows_name, self._rows),
            self._shares_name: with_rows(self._root, self._shares_name, self._shares),
        }


def _bounds(line: TextRecord | None, share: float) -> tuple[str, str]:
    """Return low and high at the same distance from the share as before, within 0 to 1."""
    low = None if line is None else line.number_or_none("low")
    high = None if line is None else line.number_or_none("high")
    if line is None or low is None or high is None:
        return "", ""
    middle = line.number("share")
    return (
        f"{max(0.0, round(share - (middle - low), 4)):g}",
        f"{min(1.0, round(share + (high - middle), 4)):g}",
    )
