"""The client for code that awaits."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from . import exchange
from .catalogue import (
    USUAL_PART,
    CatalogueAnswer,
    CatalogueSummary,
    PartBuilder,
    Product,
    ProgressListener,
)
from .course import RECOVERABLE, Course
from .exchange import Call
from .faults import UnreachableError
from .results import Assessment, assessment_from
from .retries import REPEATED, RetryPolicy, asked_wait_seconds

Document = Mapping[str, Any]
Given = Document | bytes | str


class AsyncClient:
    """A connection to one service. Use it as an asynchronous context manager, or await `close`.

    Args:
        base_url: Address of the service, such as "https://risk.example.com".
        api_key: Key of the deployment, sent as `X-API-Key`.
        token: Token of an issuer, sent as `Authorization: Bearer`.
        auth: Any other way to sign in that httpx knows, such as OAuth2 with renewal.
        headers: More headers for every request.
        timeout: Longest wait for a connection and for each part of an answer [s].
        retries: How often and how patiently a request is repeated.
        transport: Another transport of httpx, for tests and proxies.
        sleep: Waits for some seconds.
    """

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str | None = None,
        token: str | None = None,
        auth: httpx.Auth | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | httpx.Timeout = exchange.USUAL_TIMEOUT,
        retries: RetryPolicy | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            auth=auth,
            headers=exchange.headers_for(api_key=api_key, token=token, headers=headers),
            timeout=timeout,
            transport=transport,
        )
        self._retries = retries or RetryPolicy()
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        """Open the connection."""
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        """Close the connection."""
        await self._http.__aexit__(kind, error, trace)

    async def close(self) -> None:
        """Close the connection."""
        await self._http.aclose()

    async def assess(
        self, bom: Document, *, detail: str | None = None, **context: object
    ) -> Assessment:
        """Return the assessment of a bill of materials.

        Args:
            bom: A bill of materials, or a whole request with its context.
            detail: full, elements; None is full. The summary has no such form: use `send`.
            context: destination, end_use, as_of and so on; goes before that of the request.

        Raises:
            ProblemError: The service refused, or could not.
            UnreachableError: No answer came.
        """
        body = exchange.request_of(bom, context)
        return assessment_from(
            await self.send(exchange.post("/v1/assessments", body, detail=detail))
        )

    async def assess_file(
        self, file: str | Path | bytes, *, name: str | None = None, **context: object
    ) -> Assessment:
        """Return the assessment of a file; errors as for `assess`."""
        return assessment_from(await self.send(exchange.upload(file, name=name, context=context)))

    async def identify(self, lines: Sequence[Document]) -> dict[str, Any]:
        """Return which rare earths the lines hold."""
        return await self.send(exchange.post("/v1/identify", {"lines": list(lines)}))

    async def scenarios(
        self, bom: Document, scenarios: Sequence[Document], **context: object
    ) -> dict[str, Any]:
        """Return scores before and after each what-if."""
        body = exchange.request_of(bom, context) | {"scenarios": list(scenarios)}
        return await self.send(exchange.post("/v1/scenarios", body))

    async def mitigations(self, bom: Document, **context: object) -> dict[str, Any]:
        """Return actions, those that remove most risk first."""
        return await self.send(exchange.post("/v1/mitigations", exchange.request_of(bom, context)))

    async def controls(self, **filters: object) -> dict[str, Any]:
        """Return the register of export controls."""
        return await self.send(exchange.get("/v1/controls", **filters))

    async def control_status(self, **context: object) -> dict[str, Any]:
        """Return the law for each element and form."""
        return await self.send(exchange.get("/v1/controls/status", **context))

    async def elements(self, **context: object) -> dict[str, Any]:
        """Return the supply side of the 17 elements."""
        return await self.send(exchange.get("/v1/elements", **context))

    async def reference(self) -> dict[str, Any]:
        """Return versions, sources and age of the reference data."""
        return await self.send(exchange.get("/v1/reference"))

    async def send(self, call: Call) -> dict[str, Any]:
        """Return the JSON answer to any request; errors as for `assess`."""
        attempt = 0
        while True:
            attempt += 1
            try:
                response = await self._http.request(**call.arguments())
            except httpx.TransportError as error:
                wait = self._retries.wait_seconds(attempt, asked_seconds=None)
                if wait is None:
                    raise UnreachableError(
                        f"no answer after {attempt} attempts: {str(error) or type(error).__name__}"
                    ) from error
            else:
                asked = asked_wait_seconds(response.headers)
                later = response.status_code in REPEATED
                wait = self._retries.wait_seconds(attempt, asked_seconds=asked) if later else None
                if wait is None:
                    return exchange.document_of(exchange.checked(response))
            await self._sleep(wait)

    def catalogue(
        self,
        products: Iterable[Given] | AsyncIterable[Given],
        *,
        progress: ProgressListener | None = None,
        part_size: int = USUAL_PART,
        **context: object,
    ) -> AsyncCatalogue:
        """Return the answers to many products, which come while they are read.

        Args:
            products: Bills of materials, as objects or as lines of NDJSON; read as needed.
            progress: Called after each answer.
            part_size: Most products of one request.
            context: destination, end_use, as_of, detail and so on for all of them.
        """
        course = Course(self._retries, progress)
        query = exchange.as_query(context)
        return AsyncCatalogue(course, self._catalogue(course, products, part_size, query))

    async def _catalogue(
        self,
        course: Course,
        products: Iterable[Given] | AsyncIterable[Given],
        part_size: int,
        query: Mapping[str, str],
    ) -> AsyncIterator[CatalogueAnswer]:
        async for some in _parts(products, size=part_size):
            course.take(some)
            while (part := course.part) is not None:
                call = exchange.catalogue_part(course.content(part), query)
                try:
                    async with self._http.stream(**call.arguments()) as response:
                        if not response.is_success:
                            await response.aread()
                        exchange.checked(response)
                        course.begun()
                        async for data in response.aiter_bytes():
                            for answer in part.feed(data):
                                yield course.count(answer)
                    part.end()
                except RECOVERABLE as error:
                    await self._sleep(course.failed(error))


class AsyncCatalogue:
    """Answers to a catalogue: iterate once, then look at `summary`."""

    def __init__(self, course: Course, answers: AsyncIterator[CatalogueAnswer]) -> None:
        self._course = course
        self._answers = answers

    @property
    def summary(self) -> CatalogueSummary:
        """Return what became of the products so far; final after the last answer."""
        return self._course.summary

    def __aiter__(self) -> AsyncIterator[CatalogueAnswer]:
        """Yield each product's answer once, in order.

        Raises:
            InterruptedCatalogueError: The service refuses, and would refuse all the rest.
        """
        return self._answers


async def _parts(
    products: Iterable[Given] | AsyncIterable[Given], *, size: int
) -> AsyncIterator[list[Product]]:
    """Yield the products in parts of bounded number and size."""
    part = PartBuilder(size=size)
    if isinstance(products, AsyncIterable):
        async for given in products:
            if full := part.add(given):
                yield full
    else:
        for given in products:
            if full := part.add(given):
                yield full
    if part.waiting:
        yield part.waiting
