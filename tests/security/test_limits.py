"""Limits of bodies, computing and time, at the layer that keeps them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from app.api.intake import Intake, Places
from app.api.problems import add_handlers
from app.settings import Settings

Route = Callable[[Request], Awaitable[Response]]


async def echo_size(request: Request) -> Response:
    return Response(str(len(await request.body())))


def app_with(guarded: FastAPI, settings: Settings, route: Route = echo_size) -> FastAPI:
    app = FastAPI()
    app.state.service = guarded.state.service
    app.add_route("/v1/identify", route, methods=["POST", "GET"])
    add_handlers(app)
    app.add_middleware(Intake, settings=settings)
    return app


class Talk:
    """One request to an application, part by part, and what it answers."""

    def __init__(self, app: FastAPI, *, length: int | None = None, method: str = "POST") -> None:
        headers = [] if length is None else [(b"content-length", str(length).encode())]
        self._scope: Scope = {
            "type": "http", "method": method, "path": "/v1/identify", "raw_path": b"/v1/identify",
            "query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http",
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "root_path": "",
        }  # fmt: skip
        self._parts: asyncio.Queue[Message] = asyncio.Queue()
        self.sent: list[Message] = []
        self._answered = asyncio.Event()
        self.task = asyncio.ensure_future(self._run(app))

    async def _run(self, app: FastAPI) -> None:
        receive: Receive = self._parts.get

        async def send(message: Message) -> None:
            self.sent.append(message)
            self._answered.set()

        sender: Send = send
        await app(self._scope, receive, sender)

    def say(self, body: bytes, *, more: bool = False) -> None:
        self._parts.put_nowait({"type": "http.request", "body": body, "more_body": more})

    async def status(self) -> int:
        await self._answered.wait()
        return int(self.sent[0]["status"])

    def header(self, name: bytes) -> bytes | None:
        return dict(self.sent[0]["headers"]).get(name)


def limits(**changes: Any) -> Settings:
    return Settings(**{"body_seconds": 1, "body_idle_seconds": 1, **changes})


def test_a_body_that_stops_is_refused_and_its_connection_ends(guarded: FastAPI) -> None:
    async def stops() -> tuple[int, bytes | None]:
        talk = Talk(app_with(guarded, limits()), length=100)
        talk.say(b"half", more=True)
        status = await talk.status()
        await talk.task
        return status, talk.header(b"connection")

    assert asyncio.run(asyncio.wait_for(stops(), 5)) == (408, b"close")


def test_a_body_that_trickles_is_refused_although_it_never_stops(guarded: FastAPI) -> None:
    async def trickles() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        started = loop.time()
        talk = Talk(app_with(guarded, limits(body_seconds=1)), length=10_000)
        while not talk.sent:
            talk.say(b".", more=True)
            await asyncio.sleep(0.05)
        await talk.task
        return await talk.status(), loop.time() - started

    status, seconds = asyncio.run(asyncio.wait_for(trickles(), 8))

    assert status == 408
    assert 0.9 < seconds < 4


def test_who_finds_the_service_full_is_sent_away_unread(guarded: FastAPI) -> None:
    async def fills() -> tuple[list[int], bytes | None, int]:
        app = app_with(guarded, limits(max_scoring=1, max_waiting=2))
        inside = [Talk(app) for _ in range(3)]
        await asyncio.sleep(0.05)
        outside = Talk(app)
        refused = await outside.status()
        for talk in inside:
            talk.say(b"{}")
        statuses = [await talk.status() for talk in inside]
        after = Talk(app)
        after.say(b"{}")
        return [*statuses, refused], outside.header(b"retry-after"), await after.status()

    statuses, retry, after = asyncio.run(asyncio.wait_for(fills(), 5))

    assert statuses == [200, 200, 200, 503]
    assert retry is not None
    assert int(retry) >= 1
    assert after == 200


def test_all_bodies_together_have_a_limit_and_give_it_back(guarded: FastAPI) -> None:
    async def weighs() -> list[int]:
        app = app_with(guarded, limits(max_bytes_in_flight=1000))
        first = Talk(app)
        first.say(b"x" * 800, more=True)
        await asyncio.sleep(0.05)
        second = Talk(app)
        second.say(b"x" * 800)
        refused = await second.status()
        first.say(b"")
        good = await first.status()
        await first.task
        third = Talk(app)
        third.say(b"x" * 800)
        return [refused, good, await third.status()]

    assert asyncio.run(asyncio.wait_for(weighs(), 5)) == [503, 200, 200]


def test_no_more_compute_at_once_than_there_are_places(guarded: FastAPI) -> None:
    now = most = 0

    async def computes(request: Request) -> Response:
        nonlocal now, most
        await request.body()
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        return Response("done")

    async def crowd() -> list[int]:
        app = app_with(guarded, limits(max_scoring=2, max_waiting=50), computes)
        talks = [Talk(app) for _ in range(20)]
        for talk in talks:
            talk.say(b"{}")
        return [await talk.status() for talk in talks]

    assert asyncio.run(asyncio.wait_for(crowd(), 10)) == [200] * 20
    assert most == 2


def test_a_computation_without_end_is_answered_for(guarded: FastAPI) -> None:
    async def never(request: Request) -> Response:
        await request.body()
        await asyncio.sleep(1.6)
        return Response("too late")

    async def waits() -> tuple[int, int, list[bytes]]:
        app = app_with(guarded, limits(request_seconds=1, max_scoring=1), never)
        first, second = Talk(app), Talk(app)
        first.say(b"{}")
        second.say(b"{}")
        statuses = (await first.status(), await second.status())
        await first.task
        await second.task
        return *statuses, [bytes(part.get("body", b"")) for part in first.sent[1:]]

    first, second, bodies = asyncio.run(asyncio.wait_for(waits(), 10))

    assert (first, second) == (503, 503)
    assert b"LODESTONE_REQUEST_SECONDS" in b"".join(bodies)
    assert b"too late" not in b"".join(bodies), "one request has one answer"


def test_reading_needs_no_place(guarded: FastAPI) -> None:
    async def asks() -> int:
        app = app_with(guarded, limits(max_scoring=1, max_waiting=0))
        Talk(app)
        await asyncio.sleep(0.02)
        reading = Talk(app, method="GET")
        reading.say(b"")
        return await reading.status()

    assert asyncio.run(asyncio.wait_for(asks(), 5)) == 200


def test_a_place_is_not_lost_when_its_taker_goes() -> None:
    async def goes() -> None:
        places = Places(1)
        await places.take()
        waiting = [asyncio.ensure_future(places.take()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        places.give_back()
        waiting[1].cancel()
        await asyncio.sleep(0)
        await asyncio.wait_for(waiting[2], 1)
        places.give_back()
        await asyncio.wait_for(places.take(), 1)

    asyncio.run(goes())


@pytest.mark.parametrize("declared", [5, 50])
def test_a_declared_length_is_not_believed(guarded: FastAPI, declared: int) -> None:
    """What counts are the bytes that came, whatever was declared."""

    async def lies() -> int:
        talk = Talk(app_with(guarded, limits(max_bytes_in_flight=100)), length=declared)
        talk.say(b"x" * 90, more=True)
        talk.say(b"x" * 90)
        return await talk.status()

    assert asyncio.run(asyncio.wait_for(lies(), 5)) == 503
