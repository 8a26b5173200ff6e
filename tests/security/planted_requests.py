"""Requests with our words in everything that they hold: path, query, fields, form, file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.security.canaries import Planter

_BOUNDARY = "lodestone-boundary"
FORM_TYPE = f"multipart/form-data; boundary={_BOUNDARY}"
#: Shorter texts may stand in a log for another reason.
_SHORTEST = 12


@dataclass(frozen=True)
class Sent:
    """One request as it goes out."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


def form_of(name: str, content: bytes, **fields: str) -> bytes:
    """Return a form with a file; `FORM_TYPE` is its media type."""
    parts = [
        f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
        for key, text in ({"destination": "JP"} | fields).items()
    ]
    head = (
        f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    )
    return b"".join([*parts, head.encode(), content, f"\r\n--{_BOUNDARY}--\r\n".encode()])


def planted(one: Sent, planter: Planter) -> Sent:
    """Return a request with our words; the hard way changes its address and headers too."""
    target, headers = one.target, dict(one.headers)
    if planter.hard:
        target = _target(one.target, planter)
        headers |= {"x-api-key": planter.word("key"), "authorization": planter.word("Bearer key")}
    media_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    if not one.body:
        return Sent(one.method, target, headers, b"")
    if media_type.startswith("multipart/form-data"):
        boundary = re.search(r"boundary=\"?([^\";]+)", media_type)
        body = _form(one.body, boundary[1].encode(), planter) if boundary else one.body
    else:
        body = planter.json_bytes(one.body)
    return Sent(one.method, target, headers, body)


def _target(target: str, planter: Planter) -> str:
    path, _, query = target.partition("?")
    if path.count("/") > 2 and not path.endswith("/upload"):
        path += quote(planter.word())
    values = [f"{part}{quote(planter.word())}" for part in query.split("&") if part]
    values.append(f"{quote(planter.word())}={quote(planter.word())}")
    return f"{path}?{'&'.join(values)}"


def _form(body: bytes, boundary: bytes, planter: Planter) -> bytes:
    parts = body.split(b"--" + boundary)
    out = []
    for part in parts:
        head, gap, content = part.partition(b"\r\n\r\n")
        if not gap:
            out.append(part)
            continue
        end = b"\r\n" if content.endswith(b"\r\n") else b""
        content = content.removesuffix(b"\r\n")
        if b"filename=" in head:
            head = re.sub(
                rb'filename="[^"]*"', b'filename="' + planter.word().encode() + b'"', head
            )
            content = planter.file(content) if content else content
        elif planter.hard or b'name="end_user"' in head:
            content = planter.word(content.decode("utf-8", "replace")).encode()
        out.append(head + gap + content + end)
    return (b"--" + boundary).join(out)


def texts_of(one: Sent, free: frozenset[str]) -> Iterator[str]:
    """Yield the longer free texts of a JSON body, those that nothing else would say."""
    try:
        yield from _texts(json.loads(one.body), "", free)
    except (ValueError, RecursionError):
        return


def _texts(value: Any, name: str, free: frozenset[str]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, key, free)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name, free)
    elif isinstance(value, str) and name in free and _SHORTEST <= len(value) <= 500:
        yield value
