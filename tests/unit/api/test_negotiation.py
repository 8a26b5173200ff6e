"""Which form of answer a client gets."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from app.api.negotiation import CSV, JSON, refuse_parameters, wanted_form
from app.errors import InvalidInputError, UnknownAnswerFormatError


def request(accept: str | None = None, query: bytes = b"") -> Request:
    headers = [] if accept is None else [(b"accept", accept.encode())]
    return Request({"type": "http", "headers": headers, "query_string": query})


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/*", CSV),
        ("text/csv", CSV),
        ("application/json, text/csv", JSON),
        ("application/json;q=0.5, text/csv", CSV),
        ("text/csv;q=0.2, application/json;q=0.1", CSV),
        ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("application/json;q=0, */*", CSV),
        ("text/csv;q=often", CSV),
        ("TEXT/CSV", CSV),
    ],
)
def test_the_best_liked_form_is_made(accept: str | None, form: str) -> None:
    assert wanted_form(request(accept), named=None, offered=(JSON, CSV)) == form


def test_a_named_form_goes_before_the_header() -> None:
    assert wanted_form(request("text/csv"), named="JSON", offered=(JSON, CSV)) == JSON


@pytest.mark.parametrize("named", ["html", "", "xlsx"])
def test_a_form_that_is_not_made_is_refused_with_those_that_are(named: str) -> None:
    with pytest.raises(UnknownAnswerFormatError, match=r"json \(application/json\) and csv"):
        wanted_form(request(), named=named, offered=(JSON, CSV))


def test_a_header_that_leaves_everything_out_is_refused() -> None:
    with pytest.raises(UnknownAnswerFormatError):
        wanted_form(request("image/png"), named=None, offered=(JSON, CSV))


def test_parameters_on_a_route_without_any_are_refused_by_name() -> None:
    with pytest.raises(InvalidInputError) as caught:
        refuse_parameters(request(query=b"b=1&a=2&a=3"))

    assert [fault.pointer for fault in caught.value.faults] == ["/a", "/b"]


def test_no_parameters_are_no_fault() -> None:
    refuse_parameters(request())
