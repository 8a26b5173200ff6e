"""One request and its answer, the same for both clients: addresses, headers, bodies, problems."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from .faults import ProblemError, UnexpectedAnswerError
from .retries import asked_wait_seconds

#: Waiting for the connection, and for each part of an answer [s].
USUAL_TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_PROBLEM = "application/problem+json"
_JSON = "application/json"
NDJSON = "application/x-ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that can be sent as often as needed."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    form: Mapping[str, str] | None = None
    file: tuple[str, bytes] | None = None

    def arguments(self) -> dict[str, Any]:
        """Return what httpx wants to know; the trace is a new one for each attempt."""
        arguments: dict[str, Any] = {
            "method": self.method,
            "url": self.path,
            "params": dict(self.query),
            "headers": {"traceparent": new_traceparent(), **self.headers},
        }
        if self.content is not None:
            arguments["content"] = self.content
        if self.file is not None:
            arguments["files"] = {"file": self.file}
            arguments["data"] = dict(self.form or {})
        return arguments


def headers_for(
    *, api_key: str | None, token: str | None, headers: Mapping[str, str] | None
) -> dict[str, str]:
    """Return the headers of every request."""
    answer = {"accept": _JSON, "user-agent": "lodestone-client", **(headers or {})}
    if api_key is not None:
        answer["x-api-key"] = api_key
    if token is not None:
        answer["authorization"] = f"Bearer {token}"
    return answer


def new_traceparent() -> str:
    """Return a new trace context (W3C), by which a request is found in the log of the service."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def get(path: str, **query: object) -> Call:
    """Return a request for a record or a list."""
    return Call(method="GET", path=path, query=as_query(query))


def post(path: str, body: Mapping[str, Any], **query: object) -> Call:
    """Return a request with a JSON body."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"content-type": _JSON}
    return Call(method="POST", path=path, query=as_query(query), headers=headers, content=content)


def upload(file: str | Path | bytes, *, name: str | None, context: Mapping[str, object]) -> Call:
    """Return a request that scores a file.

    Args:
        file: Path of the file, or its content.
        name: Name under which it is sent; None takes that of the path.
        context: The question, as form fields.
    """
    if isinstance(file, bytes):
        content, called = file, name or "bom"
    else:
        content, called = Path(file).read_bytes(), name or Path(file).name
    return Call(
        method="POST",
        path="/v1/assessments/upload",
        form=as_query(context),
        file=(called, content),
    )


def as_query(given: Mapping[str, object]) -> dict[str, str]:
    """Return parameters as text, without those that are not given."""
    return {key: str(value) for key, value in given.items() if value is not None}


def request_of(bom: Mapping[str, Any], context: Mapping[str, object]) -> dict[str, Any]:
    """Return the body of an assessment from a whole request or from a bill of materials."""
    given = {key: value for key, value in context.items() if value is not None}
    if "bom" in bom:
        return {**bom, **given}
    return {**given, "bom": dict(bom)}


def checked(response: httpx.Response) -> httpx.Response:
    """Return a good answer whose body was read.

    Raises:
        ProblemError: The service refused, or could not.
    """
    if response.is_success:
        return response
    problem: Any = {}
    if response.headers.get("content-type", "").split(";")[0] in {_PROBLEM, _JSON}:
        try:
            problem = response.json()
        except ValueError:
            problem = {}
    if not isinstance(problem, dict):
        problem = {}
    raise ProblemError(
        response.status_code, problem, retry_after_seconds=asked_wait_seconds(response.headers)
    )


def document_of(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object that a good answer holds.

    Raises:
        UnexpectedAnswerError: It holds none.
    """
    try:
        document = response.json()
    except ValueError as error:
        raise UnexpectedAnswerError("the answer is no JSON; is the address right?") from error
    if not isinstance(document, dict):
        raise UnexpectedAnswerError("the answer is no JSON object; is the address right?")
    return document


def catalogue_part(content: bytes, query: Mapping[str, str]) -> Call:
    """Return a request with some products of a catalogue, one a line."""
    headers = {"content-type": NDJSON, "accept": f"{NDJSON}, {_PROBLEM};q=0.5"}
    return Call(method="POST", path="/v1/catalogue", query=query, headers=headers, content=content)
