"""How a file was read: as facts for a report, and as English sentences for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.bom import FileFacts
from app.report.columns import printable

_SIGNS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "space"}

#: Delimiters that nobody sees on a page, as programmers write them.
_VISIBLE = {"\t": "\\t", " ": "\u2423"}


def delimiter_name(sign: str) -> str:
    """Return a delimiter as people say it."""
    return _SIGNS.get(sign, f"'{printable(sign)}'")


def file_facts(facts: FileFacts) -> Iterator[tuple[str, str]]:
    """Yield the key of a text and the fact, for each that the format has."""
    form = facts.format if facts.encoding is None else f"{facts.format}, {facts.encoding}"
    yield "about.file", form
    if facts.sheet is not None:
        yield "about.sheet", facts.sheet
    if facts.delimiter is not None:
        yield "about.delimiter", _VISIBLE.get(facts.delimiter, facts.delimiter)
    if facts.header_row is not None:
        yield "about.header_row", str(facts.header_row)
    if facts.columns:
        yield "about.columns", "; ".join(f"{header} = {field}" for header, field in facts.columns)
    if facts.ignored_columns:
        yield "about.ignored_columns", "; ".join(facts.ignored_columns)


def file_sentences(facts: FileFacts) -> Iterator[str]:
    """Yield how a file was read, which columns were used, and which were not."""
    parts = [f"read as {facts.format}"]
    if facts.encoding is not None:
        parts.append(f"encoding {facts.encoding}")
    if facts.delimiter is not None:
        parts.append(f"delimiter {delimiter_name(facts.delimiter)}")
    if facts.sheet is not None:
        parts.append(f"sheet '{printable(facts.sheet)}'")
    if facts.header_row:
        parts.append(f"header in row {facts.header_row}")
    yield ", ".join(parts)
    if facts.columns:
        used = (f"{printable(header)} = {field}" for header, field in facts.columns)
        yield f"columns used: {', '.join(used)}"
    if facts.ignored_columns:
        yield f"columns not used: {', '.join(printable(name) for name in facts.ignored_columns)}"
