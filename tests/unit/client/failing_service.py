"""A service on the loopback that fails as told: one act a request, then it answers well."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NDJSON = "application/x-ndjson"


@dataclass(frozen=True)
class Act:
    """How one request is answered.

    Attributes:
        how: well, busy, reset, truncated, no_summary, slow, refused, too_large, disordered, drop.
        after: Answer lines that still come before it fails.
        retry_after: Header of a busy answer.
        poison: Product at which the connection breaks, every time.
    """

    how: str = "well"
    after: int = 0
    retry_after: str | None = "0"
    poison: str | None = None


@dataclass
class Service:
    """What was asked, and what is still to go wrong."""

    acts: list[Act] = field(default_factory=list)
    always: Act = Act()
    bodies: list[list[str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    largest: int = 10**9
    url: str = ""

    def next_act(self) -> Act:
        return self.acts.pop(0) if self.acts else self.always


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service

    def log_message(self, *_: Any) -> None:
        return

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("content-length", 0))))

    def _serve(self, body: bytes) -> None:
        lines = [json.loads(line)["id"] for line in body.splitlines() if b'"id"' in line]
        self.service.bodies.append(lines)
        self.service.headers.append({key.lower(): one for key, one in self.headers.items()})
        self.service.paths.append(self.path)
        act = self.service.next_act()
        if len(lines) > self.service.largest:
            act = Act("too_large")
        if act.how == "drop":
            self._reset()
        elif act.how == "busy":
            headers = {} if act.retry_after is None else {"retry-after": act.retry_after}
            self._problem(503, "Busy", headers)
        elif act.how == "refused":
            self._problem(422, "The request does not fit", {})
        elif act.how == "too_large":
            self._problem(413, "Too large", {})
        elif self.path.startswith("/v1/catalogue"):
            self._stream(lines, act)
        else:
            self._whole(200, "application/json", b'{"status": "ok"}', {})

    def _problem(self, status: int, title: str, headers: dict[str, str]) -> None:
        problem = {
            "title": title,
            "status": status,
            "detail": "as told",
            "errors": [{"pointer": "/destination", "code": "bad", "detail": "no country"}],
        }
        self._whole(status, "application/problem+json", json.dumps(problem).encode(), headers)

    def _whole(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, lines: list[str], act: Act) -> None:
        self.send_response(200)
        self.send_header("content-type", NDJSON)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for place, name in enumerate(lines):
            if act.how != "well" and place == act.after:
                self._fail(act, name)
                return
            if name == act.poison:
                self._reset()
                return
            self._chunk(_answer(name) + b"\n")
        if act.how != "no_summary":
            self._chunk(b'{"summary": {"products": %d}}\n' % len(lines))
        self._chunk(b"")

    def _fail(self, act: Act, name: str) -> None:
        if act.how == "reset":
            self._reset()
        elif act.how == "slow":
            time.sleep(0.4)
            self.close_connection = True
        elif act.how == "disordered":
            self._chunk(b'{"id": "another"}\n')
            self._chunk(b"")
        elif act.how == "truncated":
            answer = _answer(name)
            self._chunk(answer[: len(answer) // 2])
            self._chunk(b"")
        else:
            self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _reset(self) -> None:
        """Close with a reset instead of an orderly end."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        # The files over the socket would keep it open.
        self.rfile.close()
        self.connection.close()


def _answer(name: str) -> bytes:
    """Return an answer line; its text holds a sign that some take for the end of a line."""
    if name.startswith("bad"):
        return json.dumps({"id": name, "problem": {"title": "No lines", "status": 422}}).encode()
    text = {"id": name, "bom": {"score": float(len(name))}, "note": "a\u2028b"}
    return json.dumps(text, ensure_ascii=False).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Connections break here on purpose."""

    def shutdown_request(self, request: Any) -> None:
        try:
            super().shutdown_request(request)
        except OSError:
            return


@contextmanager
def running() -> Iterator[Service]:
    service = Service()
    handler = type("Handler", (_Handler,), {"service": service})
    with _Server(("127.0.0.1", 0), handler) as server:
        service.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
