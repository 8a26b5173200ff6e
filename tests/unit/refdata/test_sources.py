"""Sources, and the provenance of rows that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.provenance import Confidence, Status
from app.errors import ReferenceDataError
from app.refdata.sources import KnownSources, load_sources, read_provenance, read_sources
from app.refdata.text_record import TextRecord

GOOD = {
    "publisher": "P",
    "title": "T",
    "year": "2025",
    "published_on": "2025-06",
    "url": "https://example.org/x",
    "url_precision": "page",
    "verified": "true",
    "read": "full",
}


def write(tmp_path: Path, **change: str) -> Path:
    fields = GOOD | change
    lines = ["s1:", *(f"  {key}: {value}" for key, value in fields.items())]
    (tmp_path / "sources.yaml").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def row(**values: str) -> TextRecord:
    return TextRecord("f: row 2", values, optional=values)


def test_a_source_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    source = load_sources(write(tmp_path))["s1"]

    assert (source.key, source.publisher, source.year) == ("s1", "P", "2025")
    assert (source.published_on, source.verified) == ("2025-06", True)
    assert (source.licence, source.note) == (None, None)


def test_a_source_without_an_address_says_so(tmp_path: Path) -> None:
    source = load_sources(write(tmp_path, url="null", url_precision="none"))["s1"]

    assert source.url is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"publisher": "null"}, "'publisher' is missing"),
        ({"url": "null"}, "'url' must be there unless 'url_precision' is none"),
        ({"url_precision": "none"}, "'url' must be there unless 'url_precision' is none"),
        ({"url_precision": "exact"}, "'url_precision' must be one of page, site, none"),
        ({"published_on": "June 2025"}, "'published_on' must be YYYY[-MM[-DD]]"),
        ({"published_on": "2025-13"}, "'published_on' must be YYYY[-MM[-DD]]"),
        ({"year": "soon"}, "'year' must be a year"),
        ({"verified": "yes"}, "'verified' must be true or false"),
        ({"colour": "red"}, "key 'colour' is not known"),
    ],
)
def test_a_broken_source_is_refused(tmp_path: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        load_sources(write(tmp_path, **change))

    assert str(error.value).startswith(f"sources.yaml: s1: {message}")


def test_a_file_without_sources_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("- a")

    with pytest.raises(ReferenceDataError, match=r"sources\.yaml: must be a mapping"):
        load_sources(tmp_path)


def test_known_sources_note_what_was_cited() -> None:
    known = KnownSources(["a", "b"])

    assert "a" in known
    assert "c" not in known
    assert known.cited == {"a"}


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ("", "'sources' is empty"),
        ("a a", "'sources' names a source twice: a a"),
        ("a c", "source 'c' is not in sources.yaml"),
    ],
)
def test_every_row_needs_sources_that_resolve(sources: str, message: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        read_sources(row(sources=sources), {"a", "b"})

    assert str(error.value).startswith(f"f: row 2: {message}")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("verified", Confidence.MEDIUM),
        ("derived", Confidence.MEDIUM),
        ("mixed", Confidence.LOW),
        ("judgement", Confidence.LOW),
        ("unverified", Confidence.LOW),
    ],
)
def test_the_status_implies_a_confidence_where_none_is_given(
    status: str, expected: Confidence
) -> None:
    provenance = read_provenance(row(status=status, sources="a"), {"a"})

    assert provenance.status is Status(status)
    assert provenance.confidence is expected


def test_a_given_confidence_counts() -> None:
    provenance = read_provenance(row(status="judgement", confidence="high", sources="a"), {"a"})

    assert provenance.confidence is Confidence.HIGH
