"""The layer that keeps bodies and computing within what one process can hold."""

from __future__ import annotations

import asyncio
from collections import deque

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.metrics import SCORING, SHED, WAITING
from app.api.problems import problem_of
from app.errors import BodyTooSlowError, ServiceBusyError
from app.settings import Settings

_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
#: Streams many products and limits itself, so neither the sum of bytes nor the time of one answer
#: fits it.
_STREAMED = "/v1/catalogue"
#: A body up to this size is read to its end although it is refused, so that the connection lives.
_SMALL_BYTES = 64 * 1024
_RETRY_SECONDS = 2
_TOO_SLOW = 408


class Places:
    """Places to compute in; who finds none waits in turn.

    Args:
        most: Number of places.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._queue: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Take a place as soon as one is free."""
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back()  # it was our turn already
            raise

    def give_back(self) -> None:
        """Give a place to the next who waits."""
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Intake:
    """Bounds time, number and sum of the bodies, and the time until an answer begins.

    What is over is refused before its body is read: 408 for a body that is too slow, 503 with
    `Retry-After` for one too many. A computation that takes too long is answered with 503; it
    keeps its place until it ends, because a thread cannot be stopped.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._places = Places(settings.max_scoring)
        self._inside = 0
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _WITHOUT_BODY:
            await self.app(scope, receive, send)
            return
        if self._inside >= self._settings.max_scoring + self._settings.max_waiting:
            SHED.labels("queue").inc()
            busy = ServiceBusyError(
                "the service is full; nothing of the request was read",
                retry_after_seconds=_RETRY_SECONDS,
            )
            await problem_of(Request(scope), busy)(scope, receive, _closing(scope, send))
            return
        self._inside += 1
        WAITING.inc()
        request = _Request(self, scope, receive, send)
        try:
            await self.app(scope, request.receive, request.send)
        finally:
            self._inside -= 1
            WAITING.dec()
            request.leave()

    def hold(self, count: int) -> None:
        """Count bytes that a request brought.

        Raises:
            ServiceBusyError: All bodies together are too large.
        """
        self._bytes += count
        if self._bytes > self._settings.max_bytes_in_flight:
            SHED.labels("bytes").inc()
            raise ServiceBusyError(
                "the service holds as many bytes of requests as it may",
                retry_after_seconds=_RETRY_SECONDS,
            )

    def release(self, count: int) -> None:
        """Count bytes that are gone."""
        self._bytes -= count

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        return self._settings

    @property
    def places(self) -> Places:
        """Return the places to compute in."""
        return self._places


class _Request:
    """One request inside: what it holds, and until when it must be done."""

    def __init__(self, intake: Intake, scope: Scope, receive: Receive, send: Send) -> None:
        self._intake = intake
        self._scope = scope
        self._receive = receive
        self._send = send
        self._streamed = scope["path"] == _STREAMED
        self._bytes = 0
        self._deadline: float | None = None
        self._whole = False
        self._placed = False
        self._started = False
        self._given_up = False
        self._timer: asyncio.TimerHandle | None = None
        self._farewell: asyncio.Task[None] | None = None

    async def receive(self) -> Message:
        """Return the next part of the body, in time."""
        if self._whole:
            return await self._receive()
        message = await self._next_part()
        if message["type"] != "http.request":
            return message
        count = len(message.get("body", b""))
        if not self._streamed:
            self._bytes += count
            self._intake.hold(count)
        if not message.get("more_body", False):
            self._whole = True
            await self._begin()
        return message

    async def _next_part(self) -> Message:
        settings = self._intake.settings
        now = asyncio.get_running_loop().time()
        until = now + settings.body_idle_seconds
        if not self._streamed:
            if self._deadline is None:
                self._deadline = now + settings.body_seconds
            until = min(until, self._deadline)
        try:
            async with asyncio.timeout_at(until):
                return await self._receive()
        except TimeoutError as error:
            raise BodyTooSlowError(
                f"the body did not arrive in time: {settings.body_seconds} seconds in all "
                f"(LODESTONE_BODY_SECONDS), {settings.body_idle_seconds} seconds between two "
                "parts (LODESTONE_BODY_IDLE_SECONDS)"
            ) from error

    async def _begin(self) -> None:
        """Take a place to compute in, and start the clock."""
        if self._streamed:
            return
        seconds = self._intake.settings.request_seconds
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._give_up)
        await self._intake.places.take()
        if self._given_up:  # it waited too long, and was answered
            self._intake.places.give_back()
            raise ServiceBusyError("answered already", retry_after_seconds=_RETRY_SECONDS)
        self._placed = True
        SCORING.inc()

    def _give_up(self) -> None:
        """Answer in place of a computation that has not begun its answer."""
        if self._started:
            return
        self._given_up = True
        SHED.labels("time").inc()
        late = ServiceBusyError(
            f"no answer within {self._intake.settings.request_seconds} seconds "
            "(LODESTONE_REQUEST_SECONDS); send fewer lines, or come back later",
            retry_after_seconds=_RETRY_SECONDS,
        )
        answer = problem_of(Request(self._scope), late)
        self._farewell = asyncio.ensure_future(answer(self._scope, self._receive, self._send))

    async def send(self, message: Message) -> None:
        """Send a part of the answer, unless another was given already."""
        if self._given_up:
            return
        if message["type"] == "http.response.start":
            self._started = True
            if self._timer is not None:
                self._timer.cancel()
            if message["status"] == _TOO_SLOW or not (self._whole or _is_small(self._scope)):
                _add_close(message)
        await self._send(message)

    def leave(self) -> None:
        """Give back everything."""
        if self._timer is not None:
            self._timer.cancel()
        if self._placed:
            SCORING.dec()
            self._intake.places.give_back()
        self._intake.release(self._bytes)


def _is_small(scope: Scope) -> bool:
    """Return whether so little is still to come that the connection can be kept."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return bool(value.isdigit() and len(value) < 10 and int(value) <= _SMALL_BYTES)
    return False


def _add_close(message: Message) -> None:
    message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]


def _closing(scope: Scope, send: Send) -> Send:
    """Return a `send` that ends the connection if a large body is still to come."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start" and not _is_small(scope):
            _add_close(message)
        await send(message)

    return closing
