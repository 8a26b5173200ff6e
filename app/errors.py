"""Every error that Lodestone raises on purpose. Nothing here knows of HTTP."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong, where it is, and how to mend it.

    Attributes:
        code: Stable snake_case name of the kind of fault, for programs.
        detail: One sentence for a person; says what was expected.
        pointer: JSON pointer into the request, or None for a file.
        row: Physical row of a file, counted from 1, or None.
        column: Header text or letter of the column, or None.
    """

    code: str
    detail: str
    pointer: str | None = None
    row: int | None = None
    column: str | None = None


class ProcurementRiskError(Exception):
    """Root of everything that Lodestone raises on purpose."""


class InvalidInputError(ProcurementRiskError):
    """What the caller sent cannot be used; `faults` lists every reason at once."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class InvalidSharesError(InvalidInputError):
    """Shares are negative, over 1, or do not add up."""


class InvalidNumberError(InvalidInputError):
    """A number is not finite or lies outside its range."""


class UnreadableFileError(InvalidInputError):
    """A file cannot be read as any format that we know."""


class UnfitFileOptionError(UnreadableFileError):
    """What the caller says about a file (columns, sheet, encoding) does not fit that file."""


class UnsupportedFormatError(ProcurementRiskError):
    """What was sent is of a kind that we do not read; the message names those that we do."""


class UnknownAnswerFormatError(ProcurementRiskError):
    """The answer was wanted in a form that we do not write; the message names the others."""


class LimitExceededError(InvalidInputError):
    """A limit on size, depth, rows, expansion or time was passed; the message names it."""


class ServiceBusyError(ProcurementRiskError):
    """The service has no place for this request now; `retry_after_seconds` says when to return."""

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class BodyTooSlowError(ProcurementRiskError):
    """The rest of a request did not arrive in time."""


class UnknownKeyError(ProcurementRiskError):
    """The reference data hold no such measure, element or sector."""


class ReferenceDataError(ProcurementRiskError):
    """The reference data are broken; the service must not serve them."""


class BundleError(ReferenceDataError):
    """A bundle of reference data cannot be used.

    Attributes:
        reason: unreachable, unreadable, bad_signature, bad_digest, bad_data, older or key.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class RefreshError(ProcurementRiskError):
    """A source of newer figures could not be asked, or answered something that we cannot read.

    Attributes:
        source: Name of the source, as `lodestone refresh` calls it.
    """

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source


class SettingsError(ProcurementRiskError):
    """A setting is missing or unusable; the message lists all of them."""


class UnconvertibleSchemaError(ProcurementRiskError):
    """A schema says something for which an older version of OpenAPI has no words."""
