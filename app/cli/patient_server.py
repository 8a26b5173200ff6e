"""The server below the application: it says where it listens, and does not wait for ever."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import typer
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.settings import Settings

#: Time for the head of a request to arrive [s], and its largest size [bytes].
HEAD_SECONDS = 10.0
MOST_HEAD_BYTES = 64 * 1024
_LINE = b"HTTP/1.1 %s\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


def config_of(app: Callable[..., object] | str, settings: Settings) -> uvicorn.Config:
    """Return how to serve an application, or the factory of one by its name."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http=PatientProtocol,
        ws="none",
        # A service that cannot begin must end, not answer each request with a defect.
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.stop_seconds,
    )


class Announcing(uvicorn.Server):
    """A server that says how to reach it, once it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets=sockets)
        if self.started:
            from app.cli.serve import announcement

            typer.echo(announcement(self.config.host, self._port()))

    def _port(self) -> int:
        for server in self.servers:
            for one in server.sockets:
                return int(one.getsockname()[1])
        return int(self.config.port)


class PatientProtocol(HttpToolsProtocol):
    """HTTP with an end to patience: the head of a request must arrive in time and be small.

    Bodies are the business of `app.api.intake`.
    """

    _head_bytes = 0
    _in_head = True
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # TCP
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        self._in_head, self._head_bytes = True, 0
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Stop waiting: the head is there."""
        self._in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and end the connection when a head grows too large."""
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES:
                self._refuse(b"431 Request Header Fields Too Large")

    def _wait(self) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(HEAD_SECONDS, self._refuse, b"408 Request Timeout")

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _refuse(self, status: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(_LINE % status)
            self.transport.close()
