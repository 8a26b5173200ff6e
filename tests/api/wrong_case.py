"""What a wrong request is and what must come back, with short ways to write one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.api.requests import assessment, magnet_line

ASSESSMENTS = "/v1/assessments"
IDENTIFY = "/v1/identify"
UPLOAD = "/v1/assessments/upload"
LINE = "/bom/lines/0"
JSON = {"content-type": "application/json"}
CSV_FILE = {"file": ("bom.csv", b"part_number,description,quantity\nA,NdFeB magnet N42,1\n")}
FORM = {"destination": "JP"}


@dataclass(frozen=True)
class Wrong:
    """A request and what must come back."""

    name: str
    status: int
    code: str | None = None
    pointer: str | None = None
    method: str = "POST"
    path: str = ASSESSMENTS
    sent: dict[str, Any] = field(default_factory=dict)
    others: int = 0
    """How many faults beside this one come with it."""


def body(name: str, code: str, pointer: str, request: dict[str, Any]) -> Wrong:
    return Wrong(name, 422, code, pointer, sent={"json": request})


def line(name: str, code: str, pointer: str, **changes: Any) -> Wrong:
    return body(name, code, LINE + pointer, assessment(magnet_line(**changes)))


def raw(name: str, status: int, code: str, pointer: str | None, content: bytes) -> Wrong:
    return Wrong(name, status, code, pointer, sent={"content": content, "headers": JSON})


def text_of(request: dict[str, Any]) -> str:
    return json.dumps(request)


def query(name: str, code: str, pointer: str, path: str, **params: Any) -> Wrong:
    return Wrong(name, 422, code, pointer, method="GET", path=path, sent={"params": params})


def upload(name: str, status: int, code: str | None, pointer: str | None, **sent: Any) -> Wrong:
    return Wrong(name, status, code, pointer, path=UPLOAD, sent=sent)
