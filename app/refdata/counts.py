"""Counts the values of each data file and compares them with the smallest number on record.

A share, date or source that somebody deletes by mistake often leaves a file that is still well
formed; the count tells. Whoever removes a value on purpose lowers the number with it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import yaml

from app.errors import ReferenceDataError
from app.refdata.text_record import TextRecord
from app.refdata.yaml_text import NULLS, PARSER, read_yaml_text

COUNTS_FILE = "minimum_counts.yaml"

_SUFFIXES = frozenset({".csv", ".yaml"})

#: Columns whose cells hold several values.
_LIST_COLUMNS = frozenset({"sources", "elements"})


def data_files(root: Path) -> tuple[Path, ...]:
    """Return the data files below a folder, sorted by their path."""
    return tuple(
        sorted(
            (path for path in root.rglob("*") if path.suffix in _SUFFIXES and path.is_file()),
            key=lambda path: path.relative_to(root).as_posix(),
        )
    )


def count_values(content: str, *, name: str) -> int:
    """Return how many values a file holds.

    Args:
        content: The text of the file.
        name: Its name, which tells CSV from YAML.

    Returns:
        For YAML the keys, list items and values that are not null; for CSV the filled cells, a
        list of sources or elements counted by its length.

    Raises:
        ReferenceDataError: The text is neither.
    """
    try:
        return _count_csv(content) if name.endswith(".csv") else _count_yaml(content)
    except (csv.Error, yaml.YAMLError) as error:
        raise ReferenceDataError(f"{name}: cannot be read: {error}") from error


def _count_csv(content: str) -> int:
    """Return the number of filled cells, lists counted by their length."""
    rows = csv.reader(content.splitlines(keepends=True), strict=True)
    header = next((row for row in rows if row and not row[0].startswith("#")), [])
    lists = [column in _LIST_COLUMNS for column in header]
    return sum(
        len(cell.split()) if is_list else 1
        for row in rows
        for is_list, cell in zip(lists, row, strict=False)
        if cell
    )


def _count_yaml(content: str) -> int:
    """Return the number of scalars that are not null."""
    return sum(
        isinstance(event, yaml.ScalarEvent) and not (event.implicit[0] and event.value in NULLS)
        for event in yaml.parse(content, Loader=PARSER)
    )


def count_all(root: Path) -> dict[str, int]:
    """Return the number of values by file, this record itself left out.

    Raises:
        ReferenceDataError: A file cannot be read.
    """
    counts: dict[str, int] = {}
    for path in data_files(root):
        name = path.relative_to(root).as_posix()
        if name != COUNTS_FILE:
            try:
                content = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ReferenceDataError(f"{name}: cannot be read: {error}") from error
            counts[name] = count_values(content, name=name)
    return counts


def load_minimum_counts(root: Path) -> Mapping[str, int]:
    """Return the recorded number of values by file.

    Raises:
        ReferenceDataError: The record is missing or holds something else than numbers.
    """
    content = read_yaml_text(root / COUNTS_FILE, name=COUNTS_FILE)
    keys = content if isinstance(content, dict) else {}
    record = TextRecord(COUNTS_FILE, content, required=keys)
    return {name: record.integer(name) for name in keys}


def check_minimum_counts(root: Path) -> None:
    """Refuse a file that is missing or holds fewer values than are on record.

    Raises:
        ReferenceDataError: The message names every such file.
    """
    counts = count_all(root)
    messages = [
        f"{name}: holds {counts.get(name, 0)} values, fewer than the {minimum} of {COUNTS_FILE}; "
        "where they were removed on purpose, record the new number there"
        for name, minimum in load_minimum_counts(root).items()
        if counts.get(name, 0) < minimum
    ]
    if messages:
        raise ReferenceDataError("\n".join(messages))


def record_counts(root: Path) -> None:
    """Write the present number of values of each file as the smallest that is allowed."""
    lines = [
        "# yaml-language-server: $schema=schema/minimum_counts.schema.json",
        "# How many values each file holds: keys, items and values of YAML, filled cells of CSV.",
        "# Fewer is an error. `lodestone check-data --record` writes it; look at the difference.",
        *(f"{name}: {count}" for name, count in count_all(root).items()),
    ]
    (root / COUNTS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
