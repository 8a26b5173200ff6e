"""A JSON body: bytes with a limit, strict syntax, and every fault of it at once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

import orjson
from fastapi import Request
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.api.faults import faults_of
from app.errors import (
    Fault,
    InvalidInputError,
    LimitExceededError,
    UnreadableFileError,
    UnsupportedFormatError,
)

_UTF8_MARK = b"\xef\xbb\xbf"
_NAME_END = re.compile(rb'"[ \t\r\n]*:')
_JSON_TYPES = ("application/json", "+json")

Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Body]):
    """A body after validation.

    Attributes:
        body: The validated request, or None where it has faults.
        raw: The plain JSON value, for checks across fields of a request that has faults;
            None where `body` is there.
        faults: What is wrong so far.
    """

    body: Body | None
    raw: object
    faults: tuple[Fault, ...]


def media_type_of(request: Request) -> str:
    """Return the media type of the body in lower case, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def refuse_encoded(request: Request) -> None:
    """Refuse a compressed body.

    Raises:
        UnsupportedFormatError: The body has a content encoding.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        raise UnsupportedFormatError("compressed bodies are not read; send the body as it is")


async def limited_body(request: Request, *, most_bytes: int, setting: str) -> bytes:
    """Return the body, or stop reading as soon as it passes its limit.

    Args:
        request: The request.
        most_bytes: Largest body [bytes].
        setting: Name of the limit, for the message.

    Raises:
        LimitExceededError: The body is larger.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > most_bytes:
        raise too_large(most_bytes, setting)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise too_large(most_bytes, setting)
    return bytes(body)


def too_large(most_bytes: int, setting: str) -> LimitExceededError:
    """Return the refusal of a body over its limit."""
    detail = (
        f"the body is larger than {most_bytes:,} bytes, the limit {setting} of this service; "
        "split the bill of materials"
    )
    return LimitExceededError(detail, (Fault(code="too_large", detail=detail),))


async def json_bytes(request: Request, *, most_bytes: int, setting: str) -> bytes:
    """Return the bytes of a JSON body, not yet parsed.

    Raises:
        UnsupportedFormatError: The media type is not JSON.
        LimitExceededError: The body is too large.
    """
    media_type = media_type_of(request)
    if not media_type.endswith(_JSON_TYPES):
        sent = f"'{media_type}'" if media_type else "no media type"
        raise UnsupportedFormatError(f"expected the media type application/json, got {sent}")
    refuse_encoded(request)
    return await limited_body(request, most_bytes=most_bytes, setting=setting)


@cache
def adapter_of(model: type[Body]) -> TypeAdapter[Body]:
    """Return the validator of a request, built once."""
    return TypeAdapter(model)


def parse(raw: bytes, model: type[Body], *, known_fields: tuple[str, ...]) -> Parsed[Body]:
    """Return the validated body with what is wrong with it.

    Args:
        raw: The body as sent, UTF-8 with or without a byte order mark.
        model: Schema of the request.
        known_fields: Names of all its fields, for hints.

    Raises:
        UnreadableFileError: It is no JSON; the message names line and column.
    """
    text = raw.removeprefix(_UTF8_MARK)
    try:
        body: Body | None = adapter_of(model).validate_json(text)
        faults: tuple[Fault, ...] = ()
    except ValidationError as error:
        errors = error.errors(include_url=False)
        if errors[0]["type"] == "json_invalid":
            raise _unreadable(str(errors[0]["ctx"]["error"])) from error
        body, faults = None, faults_of(errors, known_fields=known_fields)
    if body is not None and names_each_once(text):
        return Parsed(body, None, ())
    value, repeated = _plain_value(text)
    if repeated:
        body, faults = None, faults + repeated
    return Parsed(body, None if body is not None else value, faults)


def read(raw: bytes, model: type[Body]) -> Body:
    """Return the validated body of a request that needs no other checks.

    Raises:
        UnreadableFileError: It is no JSON.
        InvalidInputError: Something does not fit; every fault is listed.
    """
    parsed = parse(raw, model, known_fields=tuple(model.model_fields))
    refuse(parsed.faults)
    if parsed.body is None:  # a body without faults is there
        raise AssertionError
    return parsed.body


def _unreadable(reason: str) -> UnreadableFileError:
    detail = f"the body is no JSON (RFC 8259, UTF-8): {reason}"
    return UnreadableFileError(detail, (Fault(code="unreadable_json", detail=detail, pointer=""),))


def names_each_once(text: bytes) -> bool:
    """Return whether it is certain, and cheap to see, that no object holds a name twice.

    A parser keeps one of two equal names. Each name in the text ends in a quote and a colon, so
    there are at least as many of these as names; where the parsed value holds as many names as
    the text has of these, none was lost.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:  # it reads less than others do: large integers, for one
        return False
    return count_names(value) == count_name_ends(text)


def count_name_ends(text: bytes) -> int:
    """Return how often a quote is followed by a colon: never less often than there are names."""
    return len(_NAME_END.findall(text))


def count_names(value: object) -> int:
    """Return how many names the objects in a plain JSON value hold."""
    count = 0
    containers = [value]
    while containers:
        container = containers.pop()
        if isinstance(container, dict):
            count += len(container)
            containers += [one for one in container.values() if isinstance(one, dict | list)]
        elif isinstance(container, list):
            containers += [one for one in container if isinstance(one, dict | list)]
    return count


def _plain_value(text: bytes) -> tuple[object, tuple[Fault, ...]]:
    """Return the JSON value, and a fault for each name that an object holds twice.

    Parsers disagree on which of the two counts, so neither may.
    """
    repeated: list[Fault] = []

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) != len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    detail = f"an object holds the field '{name[:60]}' twice; give it once"
                    repeated.append(Fault(code="duplicate_key", detail=detail, pointer=""))
                seen.add(name)
        return value

    value: object = json.loads(text, object_pairs_hook=unique)
    return value, tuple(repeated)


def refuse(faults: tuple[Fault, ...]) -> None:
    """Raise all faults of a request at once.

    Raises:
        InvalidInputError: There is at least one.
    """
    if faults:
        count = len(faults)
        raise InvalidInputError(
            faults[0].detail if count == 1 else f"{count} things in the request do not fit", faults
        )
