"""The answer to a catalogue, written while it is computed."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api.catalogue_product import ProductAnswerer, summary_line
from app.api.spool import Spool, zstd_is_there
from app.batch.catalogue import CatalogueSummary
from app.batch.pipeline import Engine

MEDIA_TYPE = "application/x-ndjson"

#: A thread takes products until they come to this size, then the loop sends their answers.
_BATCH_BYTES = 64 * 1024
_MOST_IN_A_BATCH = 50


class _Encoder(Protocol):
    name: str

    def part(self, data: bytes) -> bytes:
        """Return bytes from which a reader can have all of the data."""

    def end(self) -> bytes:
        """Return the last bytes."""


class _Plain:
    name = ""

    def part(self, data: bytes) -> bytes:
        return data

    def end(self) -> bytes:
        return b""


class _Gzip:
    name = "gzip"

    def __init__(self) -> None:
        self._stream = zlib.compressobj(level=1, wbits=31)

    def part(self, data: bytes) -> bytes:
        return self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._stream.flush()


class _Zstd:
    name = "zstd"

    def __init__(self) -> None:
        import zstandard  # noqa: PLC0415 - an extra

        self._flush = zstandard.COMPRESSOBJ_FLUSH_BLOCK
        self._stream = zstandard.ZstdCompressor(level=1).compressobj()

    def part(self, data: bytes) -> bytes:
        packed: bytes = self._stream.compress(data)
        rest: bytes = self._stream.flush(self._flush)
        return packed + rest

    def end(self) -> bytes:
        rest: bytes = self._stream.flush()
        return rest


def encoder_for(accepts: str) -> _Encoder:
    """Return the best encoding that an `Accept-Encoding` header names, plain if it names none."""
    wanted = set()
    for entry in accepts.lower().split(","):
        name, _, weight = entry.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            wanted.add(name.strip())
    if "zstd" in wanted and zstd_is_there():
        return _Zstd()
    return _Gzip() if "gzip" in wanted else _Plain()


class Ndjson(Response):
    """One JSON document a line."""

    media_type = MEDIA_TYPE


class CatalogueStream(Ndjson):
    """Scores batch after batch in a thread and sends each before the next begins.

    A reader that is slow slows the work; one that leaves ends it.

    Args:
        spool: The catalogue, in whole.
        answerer: Answers its products.
        engine: Reference data.
        most_bytes: Longest line [bytes].
        accepts: The `Accept-Encoding` header of the request.
    """

    def __init__(
        self,
        spool: Spool,
        answerer: ProductAnswerer,
        engine: Engine,
        *,
        most_bytes: int,
        accepts: str,
    ) -> None:
        self._answerer = answerer
        self._engine = engine
        self._encoder = encoder_for(accepts)
        self._lines = enumerate(spool.lines(most_bytes), start=1)
        self._summary = CatalogueSummary()
        headers = {"vary": "accept-encoding"}
        if self._encoder.name:
            headers["content-encoding"] = self._encoder.name
        super().__init__(None, 200, headers=headers)
        # Nobody knows yet how long the answer is.
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        del scope  # nothing of it is needed any more
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await self._send(send, leaving)
        finally:
            leaving.cancel()

    async def _send(self, send: Send, leaving: asyncio.Future[None]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        while batch := await run_in_threadpool(self._next_batch):
            if leaving.done():
                return
            part = self._encoder.part(batch)
            await send({"type": "http.response.body", "body": part, "more_body": True})
        last = summary_line(self._summary, self._engine, complete=True) + b"\n"
        body = self._encoder.part(last) + self._encoder.end()
        await send({"type": "http.response.body", "body": body, "more_body": False})

    def _next_batch(self) -> bytes:
        """Return the answers to the next products, nothing after the last."""
        return b"".join(self._answers())

    def _answers(self) -> Iterator[bytes]:
        size = 0
        for place, line in islice(self._lines, _MOST_IN_A_BATCH):
            answer, score = self._answerer.answer(line, place)
            self._summary.add(score)
            yield answer
            yield b"\n"
            size += len(line) + len(answer)
            if size > _BATCH_BYTES:
                return


async def _left(receive: Receive) -> None:
    """Return when the reader has left; the body is in whole, so nothing else can come."""
    message = await receive()
    while message["type"] != "http.disconnect":
        message = await receive()
