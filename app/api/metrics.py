"""What operators count, in the text format of Prometheus. Nothing here holds a part of a BOM."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.process_collector import ProcessCollector

#: Set by `serve` where several processes share the port; each writes its counts there.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_REGISTRY = CollectorRegistry()
ProcessCollector(registry=_REGISTRY)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Counter(
    "lodestone_requests", "Requests answered.", ("method", "route", "status"), registry=_REGISTRY
)
SECONDS = Histogram(
    "lodestone_request_seconds",
    "Time from the first byte asked for to the last byte answered.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=_REGISTRY,
)
LINES = Counter("lodestone_lines_scored", "Lines of bills of materials scored.", registry=_REGISTRY)
BANDS = Counter("lodestone_boms", "Bills scored, by band.", ("band",), registry=_REGISTRY)
PROBLEMS = Counter(
    "lodestone_problems", "Problem documents, by kind.", ("kind",), registry=_REGISTRY
)
AUTH_FAILURES = Counter(
    "lodestone_auth_failures", "Requests of unknown or unfit callers.", ("reason",),
    registry=_REGISTRY,
)  # fmt: skip
SCORING = Gauge(
    "lodestone_scoring", "Requests that compute now.", registry=_REGISTRY,
    multiprocess_mode="livesum",
)  # fmt: skip
WAITING = Gauge(
    "lodestone_waiting", "Requests with a body that are received or wait.", registry=_REGISTRY,
    multiprocess_mode="livesum",
)  # fmt: skip
SHED = Counter(
    "lodestone_shed", "Requests refused because the service was full.", ("reason",),
    registry=_REGISTRY,
)  # fmt: skip


@cache
def _requests(method: str, route: str, status: int) -> Counter:
    return REQUESTS.labels(method, route, str(status))


@cache
def _seconds(route: str) -> Histogram:
    return SECONDS.labels(route)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request.

    Args:
        method: Method as sent; an unknown one counts as other.
        route: Pattern of the route, of which there are few; never the address as sent.
        status: Status of the answer.
        seconds: How long it took [s].
    """
    _requests(method if method in _METHODS else "other", route, status).inc()
    _seconds(route).observe(seconds)


def forget_dead_processes() -> None:
    """Drop what processes that died were doing; what they counted stays."""
    folder = os.environ.get(SHARED_FOLDER)
    if not folder:
        return
    for path in Path(folder).glob("gauge_live*_*.db"):
        number = path.stem.rpartition("_")[2]
        if number.isdigit() and not _lives(int(number)):
            mark_process_dead(int(number))  # type: ignore[no-untyped-call] # the library's own


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def counts_text() -> str:
    """Return the counts of this process, or of all processes that share the port."""
    if os.environ.get(SHARED_FOLDER):
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call] # the library's own
        return generate_latest(together).decode()
    return generate_latest(_REGISTRY).decode()
