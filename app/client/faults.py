"""What can go wrong between a caller and the service, one class for each thing to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalogue import Unanswered


class ClientError(Exception):
    """Root of everything that this client raises on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that the service found wrong with a request."""

    code: str
    detail: str
    pointer: str | None
    row: int | None
    column: str | None


class ProblemError(ClientError):
    """The service answered with a problem (RFC 9457).

    Attributes:
        status: HTTP status.
        title: What kind of problem it is.
        detail: What is wrong, in a sentence.
        faults: Everything that is wrong with the request, with pointers into it.
        retry_after_seconds: When the service wants to be asked again, or None.
    """

    def __init__(
        self,
        status: int,
        problem: Mapping[str, Any],
        *,
        retry_after_seconds: float | None = None,
    ) -> None:
        self.status = status
        self.title = str(problem.get("title") or f"HTTP {status}")
        self.detail = str(problem.get("detail") or "")
        self.faults = tuple(_fault(one) for one in problem.get("errors") or ())
        self.retry_after_seconds = retry_after_seconds
        parts = [f"{status} {self.title}", self.detail]
        parts.extend(f"{one.pointer or one.column or one.row}: {one.detail}" for one in self.faults)
        super().__init__("; ".join(part for part in parts if part))


def _fault(found: Mapping[str, Any]) -> Fault:
    return Fault(
        code=str(found.get("code", "")),
        detail=str(found.get("detail", "")),
        pointer=found.get("pointer"),
        row=found.get("row"),
        column=found.get("column"),
    )


class UnreachableError(ClientError):
    """No answer came, however often it was tried; the last reason is the cause."""


class UnexpectedAnswerError(ClientError):
    """What came back is not what this service answers; is the address right?"""


class InterruptedCatalogueError(ClientError):
    """The service refused the rest of a catalogue, for a reason that no repetition mends.

    Attributes:
        unanswered: Every product that was sent or waiting and got no answer.
    """

    def __init__(self, message: str, unanswered: Sequence[Unanswered]) -> None:
        super().__init__(message)
        self.unanswered = tuple(unanswered)
