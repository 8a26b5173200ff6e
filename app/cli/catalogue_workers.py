"""Who answers the products of a catalogue: processes on this machine, or a service elsewhere."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol

from app.errors import InvalidInputError, ServiceBusyError

if TYPE_CHECKING:
    import httpx

    from app.api.catalogue_product import ProductAnswerer, Terms
    from app.batch.catalogue import ProductScore, State
    from app.cli.catalogue_sources import Item
    from app.settings import Settings

#: An answer without a line end, and what the summary needs of it.
Answer = tuple[bytes, "ProductScore"]

_TRIES = 6
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_TIMEOUT_SECONDS = 300.0
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})


class Workers(Protocol):
    """Answers batches of products, several at the same time."""

    def submit(self, items: Sequence[Item], first: int) -> Future[list[Answer]]:
        """Begin a batch.

        Args:
            items: The products.
            first: Place of the first of them in the catalogue, counted from 1.
        """

    def summary(self, state: State) -> bytes:
        """Return the last line of the answer."""

    def close(self) -> None:
        """Let everything go."""


# ---------------------------------------------------------------------------- on this machine

#: The answerer of a worker process: one process serves one catalogue.
_answerer: ProductAnswerer | None = None


def _start(settings: Settings, terms: Terms) -> None:
    """Load the reference data once in a worker process."""
    global _answerer  # noqa: PLW0603 - a worker process has nowhere else to keep it
    gc.disable()
    from app.api.catalogue_product import ProductAnswerer
    from app.main import load_engine

    _answerer = ProductAnswerer(load_engine(settings), terms)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def _answer(items: Sequence[Item], first: int) -> list[Answer]:
    if _answerer is None:  # the pool has run `_start`
        raise AssertionError
    return [
        _answerer.answer_file(item.content, item.name, place)
        if item.name
        else _answerer.answer(item.content, place)
        for place, item in enumerate(items, start=first)
    ]


def _summary(state: State) -> bytes:
    if _answerer is None:  # the pool has run `_start`
        raise AssertionError
    from app.api.catalogue_product import summary_line
    from app.batch.catalogue import CatalogueSummary

    return summary_line(CatalogueSummary.restored(state), _answerer.engine, complete=True)


class LocalWorkers:
    """Processes that each hold the reference data; raw bytes go in and out.

    Args:
        count: Number of processes.
        settings: Where the reference data are, and limits.
        terms: What holds for every product.
    """

    def __init__(self, count: int, settings: Settings, terms: Terms) -> None:
        self._pool = ProcessPoolExecutor(
            count,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(settings, terms),
        )

    def submit(self, items: Sequence[Item], first: int) -> Future[list[Answer]]:
        """Begin a batch in the next free process."""
        return self._pool.submit(_answer, items, first)

    def summary(self, state: State) -> bytes:
        """Return the last line of the answer."""
        return self._pool.submit(_summary, state).result()

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)


# ------------------------------------------------------------------------------- a service


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A service and what is asked of it.

    Attributes:
        url: Its address.
        query: Context and detail as query parameters.
        key: API key, or None.
    """

    url: str
    query: dict[str, str]
    key: str | None


class RemoteWorkers:
    """Threads that each wait for the service; what fails for a while is tried again.

    Args:
        count: Requests at the same time.
        remote: The service.
        transport: For tests; None for the network.
    """

    def __init__(
        self, count: int, remote: Remote, transport: httpx.BaseTransport | None = None
    ) -> None:
        import httpx

        headers = {"x-api-key": remote.key} if remote.key else {}
        self._query = remote.query
        self._client = httpx.Client(
            base_url=remote.url,
            headers=headers,
            timeout=_TIMEOUT_SECONDS,
            transport=transport,
            limits=httpx.Limits(max_connections=count),
        )
        self._pool = ThreadPoolExecutor(count)

    def submit(self, items: Sequence[Item], first: int) -> Future[list[Answer]]:
        """Begin a batch as soon as a connection is free."""
        return self._pool.submit(self._answer, items, first)

    def summary(self, state: State) -> bytes:
        """Return the last line: counts, and no score, because the answers hold rounded ones."""
        import orjson

        from app.batch.catalogue import CatalogueSummary

        summary = CatalogueSummary.restored(state)
        return orjson.dumps({"summary": {"complete": True, **summary.counts()}})

    def close(self) -> None:
        """End the connections."""
        self._pool.shutdown(cancel_futures=True)
        self._client.close()

    def _answer(self, items: Sequence[Item], first: int) -> list[Answer]:
        if any(item.name for item in items):
            return [self._answer_file(item, place) for place, item in enumerate(items, start=first)]
        body = b"".join(item.content + b"\n" for item in items)
        response = self._sent(
            "/v1/catalogue", content=body, headers={"content-type": "application/x-ndjson"}
        )
        lines = response.content.splitlines()[:-1]
        if len(lines) != len(items):
            raise ServiceBusyError("the service answered too few lines", retry_after_seconds=0)
        return [_placed(line, place) for place, line in enumerate(lines, start=first)]

    def _answer_file(self, item: Item, place: int) -> Answer:
        import orjson

        response = self._sent(
            "/v1/assessments/upload", files={"file": (item.name, item.content)}, refusable=True
        )
        product_id = item.name.rpartition(".")[0] or item.name
        document = response.json()
        if response.is_success:
            document = {"id": product_id, **document}
        else:
            document = {"id": product_id, "place": place, "problem": document}
        return _placed(orjson.dumps(document), place)

    def _sent(
        self,
        path: str,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        files: dict[str, tuple[str, bytes]] | None = None,
        refusable: bool = False,
    ) -> httpx.Response:
        """Return the good answer of the service.

        Raises:
            InvalidInputError: It refuses the whole request, such as for a wrong key.
            ServiceBusyError: It could not be had after several tries.
        """
        import httpx

        pause, why = _FIRST_PAUSE_SECONDS, ""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(min(pause, _LONGEST_PAUSE_SECONDS) * (0.5 + random.random() / 2))  # noqa: S311 - spreads clients
                pause *= 2
            try:
                response = self._client.post(
                    path, params=self._query, content=content, headers=headers, files=files
                )
            except httpx.TransportError as error:
                why = type(error).__name__
                continue
            if response.is_success or (refusable and response.status_code in {400, 413, 415, 422}):
                return response
            why = f"status {response.status_code}"
            if response.status_code not in _AGAIN:
                raise InvalidInputError(f"{self._client.base_url} refuses: {why}")
            wait = response.headers.get("retry-after", "")
            pause = max(pause, float(wait)) if wait.isdigit() else pause
        raise ServiceBusyError(
            f"{self._client.base_url} did not answer after {_TRIES} tries ({why}); go on with "
            "--resume",
            retry_after_seconds=0,
        )


def _placed(line: bytes, place: int) -> Answer:
    """Return an answer of the service with its place in the whole catalogue."""
    import orjson

    from app.batch.catalogue import ProductScore

    document = orjson.loads(line)
    problem = document.get("problem")
    if problem is not None:
        document["place"] = place
        problem["instance"] = f"/v1/catalogue#{place}"
        kind = str(problem.get("type", "")).rpartition(":")[2]
        return orjson.dumps(document), ProductScore(place=place, id=document["id"], problem=kind)
    bom = document["bom"]
    score = ProductScore(
        place=place,
        id=document["id"],
        risk=(0.0, 0.0, 0.0),
        score=bom["score"],
        band=bom["band"],
        lines=bom["lines_in"],
    )
    return line, score
