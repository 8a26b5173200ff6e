"""What a request costs against an echo of the same body, and what the core costs alone.

The floor is an application of one route that parses the body and writes it again. Both are
called in process, in turn, on the same bodies; costs are processor time, so that a busy machine
changes both. `same` asks with bodies seen before, `new` with bodies that share nothing but their
kind with earlier ones.
"""

from __future__ import annotations

import asyncio
import gc
import math
import time
from collections.abc import Iterator, Mapping, MutableMapping
from datetime import date
from functools import cache
from typing import Any

import orjson
import pytest
from fastapi import FastAPI, Request, Response

from app.api.requests import bom_from, context_from, read_assessment_request
from app.batch.pipeline import Engine, build_engine
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.exposure import IdentifiedLine
from app.main import create_app
from app.refdata.load import load_reference_data
from app.scoring.assess import AssessOptions, assess
from app.settings import Settings
from tests.benchmarks.products import request_body
from tests.benchmarks.ratios import Figure, interleaved, keep

ROUNDS = 5
GOAL, GATE, TEXT_GATE = 3.0, 5.0, 8.0
NOMINAL_LINES_PER_SECOND, WHOLE_LINES_PER_SECOND = 300_000.0, 60_000.0
MOST_EXPONENT = 1.05

#: Nominal scores with their causes; bounds come with them, because one class costs next to nothing.
NOMINAL = AssessOptions(
    lines=False, waterfall=False, profile=False, sectors=False, abroad=False, each_line=False
)
WHOLE = AssessOptions(lines=False, waterfall=False, abroad=False, each_line=False)


@pytest.fixture(scope="module", autouse=True)
def settled() -> Iterator[None]:
    """Collect as the service does."""
    engine()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    yield
    gc.unfreeze()


@cache
def engine() -> Engine:
    return build_engine(load_reference_data())


@cache
def application() -> FastAPI:
    return create_app(Settings(log_level="error"), engine())


@cache
def echo() -> FastAPI:
    app = FastAPI()

    @app.post("/v1/assessments")
    async def _(request: Request) -> Response:
        body = orjson.dumps(orjson.loads(await request.body()))
        return Response(body, media_type="application/json")

    return app


async def _ask(app: FastAPI, body: bytes, detail: str) -> None:
    """Call an application as a server does and take the whole answer."""
    parts = iter([{"type": "http.request", "body": body, "more_body": False}])
    status: list[int] = []

    async def receive() -> MutableMapping[str, Any]:
        return next(parts, {"type": "http.disconnect"})

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1",
        "method": "POST", "scheme": "http", "path": "/v1/assessments",
        "raw_path": b"/v1/assessments", "query_string": f"detail={detail}".encode(),
        "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "headers": [
            (b"host", b"localhost"), (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ],
    }  # fmt: skip
    await app(scope, receive, send)
    assert status == [200]


def cost(app: FastAPI, bodies: list[bytes], detail: str = "elements") -> float:
    """Return the processor time of a request [s]."""

    async def all_of_them() -> float:
        started = time.process_time()
        for body in bodies:
            await _ask(app, body, detail)
        return (time.process_time() - started) / len(bodies)

    return asyncio.run(all_of_them())


def ratio(
    lines: int, *, declared: bool, detail: str = "elements", new: bool = False, also: str = ""
) -> float:
    """Return the cost in floors; with a name, keep the cost itself too, for the table of sizes."""
    count = max(1, 100 // lines)
    seeds = iter(range(1000, 100_000))

    def bodies() -> list[bytes]:
        first = next(seeds) * count if new else 0
        return [request_body(lines, declared=declared, seed=first + one) for one in range(count)]

    cost(application(), bodies(), detail)
    asked: list[list[bytes]] = []

    def floor() -> float:
        asked.append(bodies())
        return cost(echo(), asked[-1])

    floor_cost, our_cost = interleaved(
        ROUNDS, floor, lambda: cost(application(), asked[-1], detail)
    )
    if also:
        keep(
            Figure(
                name=f"f: {also}", value=1000.0 * our_cost, unit="ms", wanted="reported",
                reached=True, compared=False, note="processor time",
            )
        )  # fmt: skip
    return our_cost / floor_cost


@pytest.mark.parametrize("lines", [10, 100, 1000])
@pytest.mark.parametrize("new", [False, True])
def test_a_declared_request_against_an_echo(lines: int, new: bool) -> None:
    what = f"request, {lines:,} declared lines, {'new' if new else 'same'} bodies"
    found = ratio(lines, declared=True, new=new, also=what)

    keep(
        Figure(
            name=f"a: {what}",
            value=found, unit="x floor", wanted=f"goal {GOAL:g}, gate {GATE:g}",
            reached=found <= GATE, compared=True,
        )
    )  # fmt: skip


@pytest.mark.parametrize("lines", [10, 100, 1000])
def test_a_request_of_text_against_an_echo(lines: int) -> None:
    what = f"request, {lines:,} lines of text"
    found = ratio(lines, declared=False, also=what)

    keep(
        Figure(
            name=f"a: {what}", value=found, unit="x floor",
            wanted=f"at most {TEXT_GATE:g}", reached=found <= TEXT_GATE, compared=True,
        )
    )  # fmt: skip


@pytest.mark.parametrize("detail", ["summary", "full"])
def test_other_depths_against_an_echo(detail: str) -> None:
    found = ratio(100, declared=True, detail=detail)

    keep(
        Figure(
            name=f"a: request, 100 declared lines, detail {detail}", value=found, unit="x floor",
            wanted="reported", reached=True, compared=True,
        )
    )  # fmt: skip


# ------------------------------------------------------------------------------ the core alone


@cache
def goods(lines: int, seed: int) -> tuple[Bom, tuple[IdentifiedLine, ...], AssessmentContext]:
    request = read_assessment_request(
        request_body(lines, seed=seed), engine().vocabulary, most_lines=lines
    )
    bom = bom_from(request.bom, engine().vocabulary)
    context = context_from(request, today_utc=date(2026, 3, 1), default_destination=None)
    return bom, engine().identify(bom), context


def core_cost(lines: int, options: AssessOptions, seed: int = 1) -> float:
    """Return the processor time of the core for a product [s]; goods of each kind are known."""
    bom, identified, context = goods(lines, seed)
    with engine().evaluations.of(context) as evaluation:
        started = time.process_time()
        assess(
            bom,
            identified,
            engine().reference,
            context=context,
            options=options,
            evaluation=evaluation,
        )
        return time.process_time() - started


@pytest.mark.parametrize(
    ("name", "options", "wanted"),
    [
        ("nominal with causes", NOMINAL, NOMINAL_LINES_PER_SECOND),
        ("bounds, profile and quality", WHOLE, WHOLE_LINES_PER_SECOND),
    ],
)
def test_the_core_alone(name: str, options: AssessOptions, wanted: float) -> None:
    lines = 10_000
    core_cost(lines, options)
    body = request_body(lines, seed=1)

    def floor() -> float:
        started = time.process_time()
        orjson.dumps(orjson.loads(body))
        return time.process_time() - started

    floor_cost, our_cost = interleaved(ROUNDS, floor, lambda: core_cost(lines, options))

    rate = lines / our_cost
    keep(
        Figure(
            name=f"b: core alone, {name}", value=rate, unit="lines/s",
            wanted=f"at least {wanted:,.0f}", reached=rate >= wanted, compared=False,
            more_is_better=True, note="one core",
        ),
        Figure(
            name=f"b: core alone, {name}, against the floor", value=our_cost / floor_cost,
            unit="x floor", wanted="reported", reached=True, compared=True,
        ),
    )  # fmt: skip


def exponent(small: float, large: float, factor: float) -> float:
    return math.log(large / small) / math.log(factor)


@pytest.mark.parametrize(("name", "options"), [("nominal", NOMINAL), ("whole", WHOLE)])
def test_the_core_grows_with_the_lines(name: str, options: AssessOptions) -> None:
    sizes = (1_000, 10_000)
    for size in sizes:
        core_cost(size, options)
    small, large = interleaved(ROUNDS, *(lambda n=n: core_cost(n, options) for n in sizes))

    found = exponent(small, large, sizes[1] / sizes[0])
    keep(
        Figure(
            name=f"d: exponent over lines, {name}", value=found, unit="",
            wanted=f"below {MOST_EXPONENT}", reached=found < MOST_EXPONENT, compared=False,
        )
    )  # fmt: skip
    assert found < MOST_EXPONENT
