"""Problem documents (RFC 9457): one table from what went wrong to a status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import NamedTuple

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from app.api.faults import MOST_FAULTS, faults_of
from app.api.problem_page import POLICY as PAGE_POLICY
from app.api.problem_page import problem_page, wants_page
from app.api.schemas.queries import KNOWN_PARAMETERS
from app.api.versions import versions_of
from app.errors import (
    BodyTooSlowError,
    Fault,
    InvalidInputError,
    LimitExceededError,
    ProcurementRiskError,
    ServiceBusyError,
    UnfitFileOptionError,
    UnknownAnswerFormatError,
    UnknownKeyError,
    UnreadableFileError,
    UnsupportedFormatError,
)

MEDIA_TYPE = "application/problem+json"
#: Under this name the scope of a request says which kind of problem was answered.
PROBLEM_NOTE = "lodestone.problem"


class Kind(NamedTuple):
    """One kind of problem: its status, the last part of its type, its title."""

    status: int
    name: str
    title: str


#: What each class of error answers; the first class that fits counts.
KIND_OF: Mapping[type[ProcurementRiskError], Kind] = MappingProxyType(
    {
        UnfitFileOptionError: Kind(422, "invalid", "The request does not fit"),
        UnreadableFileError: Kind(400, "unreadable", "The request cannot be read"),
        UnknownKeyError: Kind(404, "not-found", "There is no such record"),
        UnknownAnswerFormatError: Kind(406, "not-acceptable", "No answer is made in this form"),
        LimitExceededError: Kind(413, "too-large", "A limit is passed"),
        BodyTooSlowError: Kind(408, "too-slow", "The request did not arrive in time"),
        UnsupportedFormatError: Kind(415, "unsupported", "The request comes in an unknown form"),
        InvalidInputError: Kind(422, "invalid", "The request does not fit"),
        ServiceBusyError: Kind(503, "busy", "The service has no place for this now"),
        ProcurementRiskError: Kind(500, "defect", "Something went wrong on our side"),
    }
)


def kind_of(error: ProcurementRiskError) -> Kind:
    """Return the kind of problem that an error of ours is."""
    return next(kind for one, kind in KIND_OF.items() if isinstance(error, one))


_DEFECT = "the service met a defect; nothing about your request was kept"


def problem(
    request: Request,
    kind: Kind,
    detail: str,
    *,
    faults: tuple[Fault, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem document as a response."""
    request.scope[PROBLEM_NOTE] = kind.name
    if wants_page(request):
        page_headers = {"content-security-policy": PAGE_POLICY, **(headers or {})}
        page = problem_page(request, detail, faults[:MOST_FAULTS])
        return Response(page, kind.status, media_type="text/html", headers=page_headers)
    document = problem_document(kind, detail, faults, instance=request.url.path)
    document.update(versions_of(request.app))
    return Response(
        orjson.dumps(document), kind.status, media_type=MEDIA_TYPE, headers=dict(headers or {})
    )


def problem_document(
    kind: Kind, detail: str, faults: Sequence[Fault], *, instance: str
) -> dict[str, object]:
    """Return a problem document, without the versions of the service.

    Args:
        kind: What went wrong.
        detail: In words.
        faults: Where; the first of them are listed.
        instance: What it is about: the path of a request, or a line of one.
    """
    listed = faults[:MOST_FAULTS]
    if len(faults) > len(listed):
        detail = f"{detail}; the first {MOST_FAULTS} are listed"
    return {
        "type": f"urn:lodestone:problem:{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": instance,
        "errors": [
            {
                "pointer": fault.pointer,
                "row": fault.row,
                "column": fault.column,
                "code": fault.code,
                "detail": fault.detail,
            }
            for fault in listed
        ],
    }


def problem_of(request: Request, error: ProcurementRiskError) -> Response:
    """Return the problem document of an error of ours."""
    kind = kind_of(error)
    if isinstance(error, ServiceBusyError):
        headers = {"retry-after": str(error.retry_after_seconds)}
        return problem(request, kind, str(error), headers=headers)
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return defect(request)
    faults = error.faults if isinstance(error, InvalidInputError) else ()
    return problem(request, kind, str(error), faults=faults)


def defect(request: Request) -> Response:
    """Return the answer to an error that nobody foresaw; it tells nothing about the inside."""
    return problem(request, KIND_OF[ProcurementRiskError], _DEFECT)


async def _on_our_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, ProcurementRiskError):  # registered for no other class
        raise error
    return problem_of(request, error)


async def _on_wrong_parameter(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):  # registered for no other class
        raise error
    faults = faults_of(error.errors(), known_fields=KNOWN_PARAMETERS)
    count = len(faults)
    detail = faults[0].detail if count == 1 else f"{count} parameters do not fit"
    return problem(request, KIND_OF[InvalidInputError], detail, faults=faults)


async def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):  # registered for no other class
        raise error
    phrase = HTTPStatus(error.status_code).phrase
    details = {
        404: f"there is nothing at {request.url.path}; /docs lists the routes",
        405: f"{request.method} is not possible at {request.url.path}",
    }
    kind = Kind(error.status_code, phrase.lower().replace(" ", "-"), phrase)
    detail = details.get(error.status_code, str(error.detail))
    return problem(request, kind, detail, headers=error.headers)


def add_handlers(app: FastAPI) -> None:
    """Make every error of the application answer with a problem document."""
    app.add_exception_handler(ProcurementRiskError, _on_our_error)
    app.add_exception_handler(RequestValidationError, _on_wrong_parameter)
    app.add_exception_handler(HTTPException, _on_http_error)
