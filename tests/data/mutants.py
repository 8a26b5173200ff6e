"""Broken copies of the data files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

from app.refdata.yaml_text import PARSER

Span = tuple[int, int, str]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

#: A day that no calendar has, in the form that a date must have.
NO_DAY = "2025-02-30"


@contextmanager
def replaced(root: Path, name: str, content: str) -> Iterator[None]:
    """Put other content into a file for a while."""
    path = root / name
    before = path.read_bytes()
    path.write_text(content, encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(before)


def scalars(content: str) -> list[Span]:
    """Return (start, end, value) of every scalar of a YAML text."""
    return [
        span_of(event)
        for event in yaml.parse(content, Loader=PARSER)
        if isinstance(event, yaml.ScalarEvent)
    ]


def span_of(scalar: yaml.ScalarEvent) -> Span:
    """Return start, end and value of a scalar."""
    assert scalar.start_mark is not None
    assert scalar.end_mark is not None
    return scalar.start_mark.index, scalar.end_mark.index, scalar.value


def block_keys(content: str) -> list[Span]:
    """Return the keys that begin a line, but for those of flow mappings."""
    found: list[Span] = []
    is_key: list[bool | None] = []  # of the next scalar of each open block mapping
    for event in yaml.parse(content, Loader=PARSER):
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            is_key.pop()
        elif isinstance(event, yaml.NodeEvent):
            if is_key and is_key[-1] and isinstance(event, yaml.ScalarEvent):
                span = span_of(event)
                if not content[content.rfind("\n", 0, span[0]) + 1 : span[0]].strip():
                    found.append(span)
            if is_key and is_key[-1] is not None:
                is_key[-1] = not is_key[-1]
            if isinstance(event, yaml.MappingStartEvent):
                is_key.append(None if event.flow_style else True)
            elif isinstance(event, yaml.SequenceStartEvent):
                is_key.append(None)
    return found


def without_scalar(content: str, span: Span, *, instead: str = "null") -> str:
    """Return a YAML text with one scalar replaced."""
    return content[: span[0]] + instead + content[span[1] :]


def days(content: str) -> list[Span]:
    """Return the scalars of a YAML text that are days."""
    return [span for span in scalars(content) if _DAY.fullmatch(span[2])]


def csv_rows(content: str) -> tuple[str, list[list[str]]]:
    """Return remarks and header of a table as text, and its rows as cells."""
    lines = content.splitlines(keepends=True)
    head = next(number for number, line in enumerate(lines) if not line.startswith("#")) + 1
    return "".join(lines[:head]), list(csv.reader(lines[head:]))


def csv_text(head: str, rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return head + stream.getvalue()


def columns_of(head: str) -> list[str]:
    """Return the column names of a table."""
    return head.splitlines()[-1].split(",")


def is_day(cell: str) -> bool:
    """Return whether a cell is a day."""
    return _DAY.fullmatch(cell) is not None
