"""A plug-in of pytest that writes down each request which tests send through the test client.

`LEAK_RECORDING=file pytest -p tests.security.recorder tests/api` leaves one JSON object a line:
method, target, header fields and body. A request that came before is written once.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette import testclient

RECORDING = "LEAK_RECORDING"
#: Larger bodies are counted only: they are bombs, and their content is blanks.
MOST_BYTES = 2_000_000
_LEFT_OUT = {"host", "content-length", "connection", "user-agent", "transfer-encoding"}


def written(method: str, target: str, headers: dict[str, str], body: bytes) -> str:
    """Return a request as a line."""
    kept = {name: text for name, text in headers.items() if name.lower() not in _LEFT_OUT}
    coded = base64.b64encode(body).decode()
    return json.dumps({"method": method, "target": target, "headers": kept, "body": coded})


@pytest.fixture(scope="session", autouse=True)
def _recorded() -> Iterator[None]:
    path = Path(os.environ[RECORDING])
    usual = testclient._TestClientTransport.handle_request
    seen: set[bytes] = set()

    def recording(self: Any, request: Any) -> Any:
        body = request.read()
        target = request.url.raw_path.decode("latin-1")
        mark = hashlib.sha256(f"{request.method} {target} ".encode() + body).digest()
        if mark not in seen and len(body) <= MOST_BYTES:
            seen.add(mark)
            with path.open("a", encoding="utf-8") as file:
                file.write(written(request.method, target, dict(request.headers), body) + "\n")
        return usual(self, request)

    patch = pytest.MonkeyPatch()
    patch.setattr(testclient._TestClientTransport, "handle_request", recording)
    yield
    patch.undo()
