"""What a signal to end does first: readiness goes, then after a while the server stops."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from fastapi import FastAPI

LOG = logging.getLogger("lodestone.access")


@contextmanager
def draining_on_signal(app: FastAPI) -> Iterator[None]:
    """Take readiness away on the first signal to end, and let the server stop after the drain time.

    Answers then close their connections, so that callers move to another process before this one
    stops listening. A second signal stops at once. Stands in front of the handler that the server
    has set, if it has set one.
    """
    usual = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield
        return
    loop = asyncio.get_running_loop()
    seconds = app.state.service.settings.drain_seconds

    def begin(number: int, frame: FrameType | None) -> None:
        if app.state.draining:
            usual(number, frame)
            return
        app.state.draining = True
        LOG.warning("event=draining seconds=%d", seconds)
        if seconds:
            loop.call_soon_threadsafe(loop.call_later, seconds, usual, number, frame)
        else:
            usual(number, frame)

    signal.signal(signal.SIGTERM, begin)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGTERM) is begin:
            signal.signal(signal.SIGTERM, usual)
