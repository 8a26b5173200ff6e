"""Requests that compare two dates, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.api.json_body import parse, refuse
from app.api.requests import KNOWN_FIELDS, bom_faults
from app.api.schemas.law import DiffRequest
from app.api.service import Service
from app.errors import Fault

_KNOWN_FIELDS = tuple(dict.fromkeys((*KNOWN_FIELDS, "from", "to", "as_of", "known_on")))


def read_diff_request(raw: bytes, service: Service) -> DiffRequest:
    """Return the validated request.

    Raises:
        UnreadableFileError: The bytes are no JSON.
        LimitExceededError: There are more lines than the service takes.
        InvalidInputError: Something does not fit; every fault is listed.
    """
    parsed = parse(raw, DiffRequest, known_fields=_KNOWN_FIELDS)
    faults = bom_faults(parsed, service.vocabulary, most_lines=service.settings.max_lines)
    refuse((*faults, *_second_dates(parsed.body)))
    if parsed.body is None:  # a body without faults is there
        raise AssertionError
    return parsed.body


def _second_dates(body: DiffRequest | None) -> Iterator[Fault]:
    """Yield days that stand beside `from` and `to`: they would say something else than these."""
    if body is None:
        return
    for name in ("as_of", "known_on"):
        if getattr(body, name) is not None:
            yield Fault(
                code="not_here",
                detail=f"give '{name}' in `from` and in `to`, not beside them",
                pointer=f"/{name}",
            )


def contexts_of(body: DiffRequest) -> tuple[tuple[date, date], tuple[date, date]]:
    """Return both clocks of both sides; what is not said of knowledge is that day's own."""
    first, second = body.from_, body.to
    return (
        (first.as_of, first.known_on or first.as_of),
        (second.as_of, second.known_on or second.as_of),
    )
