"""Servers of other people, as a test needs them: they keep what they get, and may misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: What a listener answers to a path and a body: status and body; None hangs up without a word.
Answer = Callable[[str, bytes], tuple[int, bytes] | None]


class Listener(ThreadingHTTPServer):
    """An HTTP server on a port of its own.

    Attributes:
        got: Path and body of each request.
        answer: What it answers; may be exchanged while it runs.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answer: Answer, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self.got: list[tuple[str, bytes]] = []

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Listener

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.got.append((self.path, body))
        answer = self.server.answer(self.path, body)
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer[0])
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer[1])))
        self.end_headers()
        self.wfile.write(answer[1])

    do_GET = do_POST = _serve  # noqa: N815 - names of the library

    def log_message(self, *_: object) -> None:  # says nothing
        return


@contextmanager
def listening(answer: Answer, port: int = 0) -> Iterator[Listener]:
    """Run a listener in a thread."""
    with Listener(answer, port) as listener:
        thread = threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            listener.shutdown()
            thread.join(timeout=10)
