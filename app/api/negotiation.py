"""Which form of answer a client wants, and which forms there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from fastapi import Request

from app.api.faults import pointer_to
from app.errors import Fault, InvalidInputError, UnknownAnswerFormatError

JSON = "json"
HTML = "html"
XLSX = "xlsx"
CSV = "csv"
PDF = "pdf"

#: Media type by name of the form.
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        JSON: "application/json",
        HTML: "text/html",
        XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        CSV: "text/csv",
        PDF: "application/pdf",
    }
)

_NOT_ACCEPTABLE = 0.0


def wanted_form(request: Request, *, named: str | None, offered: tuple[str, ...]) -> str:
    """Return the form of the answer: the one named, else the one that `Accept` likes best.

    Args:
        request: The request with its `Accept` header.
        named: Value of `?format=`, or None.
        offered: Forms that the route makes, the default first.

    Raises:
        UnknownAnswerFormatError: None of them will do.
    """
    if named is not None:
        if named.strip().lower() not in offered:
            raise _refusal(f"'{named}'", offered)
        return named.strip().lower()
    header = request.headers.get("accept", "").strip()
    if not header:
        return offered[0]
    ranges = tuple(_ranges(header))
    liking = {form: _quality(MEDIA_TYPES[form], ranges) for form in offered}
    best = max(offered, key=lambda form: (liking[form], -offered.index(form)))
    if liking[best] <= _NOT_ACCEPTABLE:
        raise _refusal(f"'{header[:80]}'", offered)
    return best


def require_json(request: Request) -> None:
    """Refuse a request that accepts no JSON.

    Raises:
        UnknownAnswerFormatError: The `Accept` header leaves JSON out.
    """
    wanted_form(request, named=None, offered=(JSON,))


def refuse_parameters(request: Request) -> None:
    """Refuse query parameters on a route that takes none; one is likely meant for the body.

    Raises:
        InvalidInputError: There is at least one.
    """
    names = sorted(set(request.query_params))
    if names:
        faults = tuple(
            Fault(
                code="unknown_field",
                detail=f"this route takes no parameter '{name[:60]}'",
                pointer=pointer_to([name]),
            )
            for name in names
        )
        raise InvalidInputError("this route takes no query parameters", faults)


def _refusal(wanted: str, offered: tuple[str, ...]) -> UnknownAnswerFormatError:
    names = " and ".join(f"{form} ({MEDIA_TYPES[form]})" for form in offered)
    return UnknownAnswerFormatError(f"no answer is made as {wanted}; there is {names}")


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Yield media range and quality of each part of an `Accept` header."""
    for part in header.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _number(value.strip())
        yield media_range, quality


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0


def _quality(media_type: str, ranges: tuple[tuple[str, float], ...]) -> float:
    """Return the quality of the most specific range that holds a media type."""
    main = media_type.partition("/")[0]
    for candidate in (media_type, f"{main}/*", "*/*"):
        found = [quality for media_range, quality in ranges if media_range == candidate]
        if found:
            return max(found)
    return _NOT_ACCEPTABLE
