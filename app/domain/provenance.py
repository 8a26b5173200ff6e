"""Where a figure comes from and how far to trust it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Basis(enum.StrEnum):
    """How a value came into the answer."""

    DECLARED = "declared"
    REPORTED = "reported"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Status(enum.StrEnum):
    """What the compiler of a reference figure did with its source."""

    VERIFIED = "verified"
    DERIVED = "derived"
    MIXED = "mixed"
    JUDGEMENT = "judgement"
    UNVERIFIED = "unverified"

    @property
    def basis(self) -> Basis:
        """Return the basis that an answer shows for a figure of this status."""
        return _BASIS_OF_STATUS[self]


_BASIS_OF_STATUS = {
    Status.VERIFIED: Basis.REPORTED,
    Status.DERIVED: Basis.DERIVED,
    Status.MIXED: Basis.DERIVED,
    Status.JUDGEMENT: Basis.ASSUMED,
    Status.UNVERIFIED: Basis.ASSUMED,
}


class Confidence(enum.StrEnum):
    """How much the compiler trusts a row."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document, data set or judgement that figures rest on.

    Attributes:
        key: Name by which rows refer to it.
        url: Address, or None where none was kept (`url_precision` is then "none").
        url_precision: page, site or none.
        verified: False where nobody of the compilers read it.
        read: What was read of it: full, excerpt, copy, cited, computed, none, ...
    """

    key: str
    publisher: str
    title: str
    year: str | None
    published_on: str | None
    url: str | None
    url_precision: str
    verified: bool
    read: str
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Status, confidence, method and sources of one reference row."""

    status: Status
    confidence: Confidence
    sources: tuple[str, ...]
    method: str = ""
    reference: str = ""
    note: str = ""
