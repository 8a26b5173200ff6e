"""Whatever the service does, each product is answered once or listed as not answered."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from app.client import (
    AsyncClient,
    CatalogueAnswer,
    CatalogueSummary,
    Client,
    InterruptedCatalogueError,
    Progress,
    RetryPolicy,
)
from tests.unit.client.failing_service import Act, Service, running

QUICK = RetryPolicy(attempts=3, first_wait_seconds=0.0)
NAMES = [f"P-{number}" for number in range(12)]
PRODUCTS = [{"id": name, "lines": [{"description": "magnet"}]} for name in NAMES]


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as service:
        yield service


def plain(
    service: Service, products: Any = PRODUCTS, **options: Any
) -> tuple[list[CatalogueAnswer], CatalogueSummary]:
    retries = options.pop("retries", QUICK)
    with Client(service.url, timeout=0.15, retries=retries, sleep=lambda _: None) as client:
        run = client.catalogue(products, destination="JP", **options)
        return list(run), run.summary


def awaited(
    service: Service, products: Any = PRODUCTS, **options: Any
) -> tuple[list[CatalogueAnswer], CatalogueSummary]:
    retries = options.pop("retries", QUICK)

    async def at_once(_: float) -> None:
        return

    async def go() -> tuple[list[CatalogueAnswer], CatalogueSummary]:
        async with AsyncClient(service.url, timeout=0.15, retries=retries, sleep=at_once) as client:
            run = client.catalogue(products, destination="JP", **options)
            return [answer async for answer in run], run.summary

    return asyncio.run(go())


both = pytest.mark.parametrize("asked", [plain, awaited])


def assert_each_once(
    answers: list[CatalogueAnswer], summary: CatalogueSummary, names: list[str]
) -> None:
    answered = {answer.index: answer.id for answer in answers}
    missing = {one.index: one.id for one in summary.unanswered}
    assert len(answered) == len(answers) == summary.answered
    assert len(missing) == len(summary.unanswered)
    assert answered.keys().isdisjoint(missing)
    assert answered | missing == dict(enumerate(names))


@both
def test_a_service_that_works_answers_each_in_order(service: Service, asked: Any) -> None:
    answers, summary = asked(service, part_size=5)

    assert [answer.id for answer in answers] == NAMES
    assert [answer.score for answer in answers] == [float(len(name)) for name in NAMES]
    assert (summary.answered, summary.repeated, summary.unanswered) == (12, 0, [])
    assert [len(body) for body in service.bodies] == [5, 5, 2]
    assert set(service.paths) == {"/v1/catalogue?destination=JP"}


@both
@pytest.mark.parametrize(
    ("act", "sent_again"),
    [
        (Act("busy"), 12),
        (Act("busy", retry_after=None), 12),
        (Act("drop"), 12),
        (Act("reset", after=0), 12),
        (Act("reset", after=7), 5),
        (Act("truncated", after=4), 8),
        (Act("short", after=4), 8),
        (Act("slow", after=3), 9),
        (Act("disordered", after=2), 10),
    ],
)
def test_after_a_failure_only_the_rest_is_sent_again(
    service: Service, asked: Any, act: Act, sent_again: int
) -> None:
    service.acts = [act]

    answers, summary = asked(service)

    assert_each_once(answers, summary, NAMES)
    assert (summary.answered, summary.repeated) == (12, 1)
    # What a reset overtakes on its way is lost and asked for again.
    assert len(service.bodies) == 2
    assert len(service.bodies[1]) >= sent_again
    if act.how != "reset":
        assert service.bodies[1] == NAMES[12 - sent_again :]


@both
def test_an_answer_without_its_summary_is_complete_if_every_product_is(
    service: Service, asked: Any
) -> None:
    service.acts = [Act("no_summary", after=99)]

    answers, summary = asked(service)

    assert_each_once(answers, summary, NAMES)
    assert len(service.bodies) == 1


@both
def test_progress_starts_the_count_of_attempts_anew(service: Service, asked: Any) -> None:
    service.acts = [Act("truncated", after=1) for _ in range(9)]

    answers, summary = asked(service)

    assert_each_once(answers, summary, NAMES)
    assert (summary.answered, summary.repeated) == (12, 9)


@both
def test_a_product_that_breaks_the_connection_each_time_is_left_out_alone(
    service: Service, asked: Any
) -> None:
    service.always = Act(poison="P-4")

    answers, summary = asked(service)

    assert_each_once(answers, summary, NAMES)
    assert [one.id for one in summary.unanswered] == ["P-4"]
    assert summary.unanswered[0].reason


@both
def test_a_service_that_stays_busy_leaves_a_list(service: Service, asked: Any) -> None:
    service.always = Act("busy")

    answers, summary = asked(service, part_size=5)

    assert answers == []
    assert_each_once(answers, summary, NAMES)
    assert {one.reason for one in summary.unanswered} == {
        "503 Busy; as told; /destination: no country"
    }
    # Three attempts for the first part; a service that is silent is asked once for each other.
    assert len(service.bodies) == 3 + 1 + 1


@both
def test_a_longer_wait_than_ours_is_not_waited_for(service: Service, asked: Any) -> None:
    service.always = Act("busy", retry_after="3600")

    answers, summary = asked(service)

    assert_each_once(answers, summary, NAMES)
    assert (len(service.bodies), summary.answered) == (1, 0)


@both
def test_nobody_there_leaves_a_list(service: Service, asked: Any) -> None:
    service.url = "http://127.0.0.1:9"

    answers, summary = asked(service)

    assert_each_once(answers, summary, NAMES)
    assert summary.answered == 0


@both
def test_a_refusal_of_the_whole_stops_and_names_what_waits(service: Service, asked: Any) -> None:
    service.acts = [Act(), Act("refused")]

    with pytest.raises(InterruptedCatalogueError, match="product 5 and all after it: 422") as told:
        asked(service, part_size=5)

    assert [one.id for one in told.value.unanswered] == NAMES[5:10]


@both
def test_what_is_too_large_at_once_is_sent_in_halves(service: Service, asked: Any) -> None:
    service.largest = 3

    answers, summary = asked(service)

    assert_each_once(answers, summary, NAMES)
    assert summary.answered == 12


@both
def test_a_product_that_is_too_large_alone_is_listed(service: Service, asked: Any) -> None:
    service.largest = 0

    answers, summary = asked(service, PRODUCTS[:3])

    assert_each_once(answers, summary, NAMES[:3])
    assert [one.reason.partition(";")[0] for one in summary.unanswered] == ["413 Too large"] * 3


@both
def test_a_bad_product_has_its_problem_and_the_rest_go_on(service: Service, asked: Any) -> None:
    products = ['{"id": "a"}', "", b'{"id": "bad-1"}\n', '{"id": "c"}']
    seen: list[Progress] = []

    answers, summary = asked(service, products, progress=seen.append)

    assert [(answer.index, answer.id) for answer in answers] == [(0, "a"), (1, "bad-1"), (2, "c")]
    assert answers[1].problem == {"title": "No lines", "status": 422}
    assert answers[1].score is None
    assert summary.problems == 1
    assert seen == [
        Progress(answered=1, problems=0, repeated=0),
        Progress(answered=2, problems=1, repeated=0),
        Progress(answered=3, problems=1, repeated=0),
    ]


def test_products_are_read_only_as_they_are_sent(service: Service) -> None:
    read: list[int] = []

    def products() -> Iterator[dict[str, Any]]:
        for number in range(100):
            read.append(number)
            yield {"id": f"P-{number}"}

    with Client(service.url, retries=QUICK) as client:
        answers = iter(client.catalogue(products(), part_size=4))
        next(answers)
        so_far = len(read)
        rest = list(answers)

    assert so_far == 5
    assert len(rest) == 99


def test_products_may_come_from_an_asynchronous_source(service: Service) -> None:
    async def products() -> AsyncIterator[dict[str, Any]]:
        for product in PRODUCTS:
            yield product

    answers, summary = awaited(service, products(), part_size=5)

    assert_each_once(answers, summary, NAMES)
    assert summary.answered == 12


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_failures_loses_and_doubles_nothing(service: Service, seed: int) -> None:
    chance = random.Random(seed)
    ways = ["well", "busy", "drop", "reset", "truncated", "short", "disordered"]
    service.acts = [Act(chance.choice(ways), after=chance.randrange(6)) for _ in range(20)]

    answers, summary = plain(service, part_size=chance.choice([1, 3, 5, 12]))

    assert_each_once(answers, summary, NAMES)
