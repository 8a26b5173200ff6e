"""Loads `sources.yaml` and reads the provenance of a row against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.provenance import Confidence, Provenance, Source, Status
from app.errors import ReferenceDataError
from app.refdata.partial_days import read_partial_day_or_none
from app.refdata.text_record import TextRecord, gather
from app.refdata.yaml_text import YamlText, read_yaml_text

SOURCES_FILE = "sources.yaml"

_REQUIRED = ("publisher", "title", "url_precision", "verified", "read")
_OPTIONAL = ("year", "published_on", "url", "licence", "note")
_PRECISIONS = ("page", "site", "none")
_YEAR = re.compile(r"\d{4}(-\d{4}|-\d{2})?|n\.d\.")

#: Confidence of a row that names none: the compilers graded only the rows of the score.
_CONFIDENCE_BY_STATUS = {
    Status.VERIFIED: Confidence.MEDIUM,
    Status.DERIVED: Confidence.MEDIUM,
    Status.MIXED: Confidence.LOW,
    Status.JUDGEMENT: Confidence.LOW,
    Status.UNVERIFIED: Confidence.LOW,
}

#: Keys of a record that `read_provenance` reads.
PROVENANCE_KEYS = ("status", "confidence", "sources", "method", "reference", "note")


class KnownSources(frozenset[str]):
    """The keys of all sources; notes which of them the rows of other files name."""

    cited: set[str]

    def __new__(cls, keys: Iterable[str]) -> KnownSources:
        """Return the keys, none of them cited yet."""
        known = super().__new__(cls, keys)
        known.cited = set()
        return known

    def __contains__(self, key: object) -> bool:
        """Return whether the key is known, and note it if so."""
        found = super().__contains__(key)
        if found:
            self.cited.add(str(key))
        return found


def load_sources(root: Path) -> Mapping[str, Source]:
    """Return every source by its key.

    Raises:
        ReferenceDataError: A source lacks a field, or a field cannot be right.
    """
    content = read_yaml_text(root / SOURCES_FILE, name=SOURCES_FILE)
    if not isinstance(content, dict):
        raise ReferenceDataError(f"{SOURCES_FILE}: must be a mapping of keys to sources")
    return {source.key: source for source in gather(content.items(), _source)}


def _source(item: tuple[str, YamlText]) -> Source:
    """Return one source from its key and fields."""
    key, fields = item
    record = TextRecord(f"{SOURCES_FILE}: {key}", fields, required=_REQUIRED, optional=_OPTIONAL)
    precision = record.text("url_precision")
    url = record.text_or_none("url")
    published_on = read_partial_day_or_none(record, "published_on")
    year = record.text_or_none("year")
    if precision not in _PRECISIONS:
        raise record.error(f"'url_precision' must be one of {', '.join(_PRECISIONS)}")
    if (url is None) != (precision == "none"):
        raise record.error("'url' must be there unless 'url_precision' is none")
    if year is not None and not _YEAR.fullmatch(year):
        raise record.error(f"'year' must be a year, a span of years or n.d., not {year!r}")
    return Source(
        key=key,
        publisher=record.text("publisher"),
        title=record.text("title"),
        year=year,
        published_on=published_on,
        url=url,
        url_precision=precision,
        verified=record.flag("verified"),
        read=record.text("read"),
        licence=record.text_or_none("licence"),
        note=record.text_or_none("note"),
    )


def read_sources(
    record: TextRecord, known_sources: AbstractSet[str], *, key: str = "sources"
) -> tuple[str, ...]:
    """Return the source keys of a record; every row must have one, and each must resolve.

    Raises:
        ReferenceDataError: There is none, one is repeated, or one is not in `sources.yaml`.
    """
    keys = record.words(key)
    if not keys:
        raise record.error(f"{key!r} is empty; every row needs a source")
    if len(set(keys)) != len(keys):
        raise record.error(f"{key!r} names a source twice: {' '.join(keys)}")
    for source in keys:
        if source not in known_sources:
            raise record.error(f"source {source!r} is not in {SOURCES_FILE}")
    return keys


def read_provenance(record: TextRecord, known_sources: AbstractSet[str]) -> Provenance:
    """Return status, confidence, method and sources of a record.

    A record without a confidence gets the one that its status implies.

    Raises:
        ReferenceDataError: Status, confidence or a source is missing or not known.
    """
    status = record.choice("status", Status)
    return Provenance(
        status=status,
        confidence=record.choice("confidence", Confidence)
        if record.has("confidence")
        else _CONFIDENCE_BY_STATUS[status],
        sources=read_sources(record, known_sources),
        method=record.text("method", ""),
        reference=record.text("reference", ""),
        note=record.text("note", ""),
    )
