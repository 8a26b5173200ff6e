"""How many requests a caller has left, in this process or in a store that all share."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import cast

from limits import parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from app.api.clock import now_utc

LOG = logging.getLogger("lodestone.access")

_STORE_SECONDS = 0.25
#: After a failure the shared store is left alone for this long, and each process counts for itself.
_PAUSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What a caller has left in the current window."""

    allowed: bool
    most: int
    window_seconds: int
    left: int
    reset_seconds: int

    def headers(self) -> Mapping[str, str]:
        """Return the header fields that say so, and when to come back if nothing is left."""
        named = {
            "ratelimit-policy": f'"requests";q={self.most};w={self.window_seconds}',
            "ratelimit": f'"requests";r={self.left};t={self.reset_seconds}',
        }
        return named if self.allowed else named | {"retry-after": str(self.reset_seconds)}


class RateLimiter:
    """Counts requests of callers in fixed windows.

    Args:
        limit: Requests in a time, such as 600/minute.
        store: Address of a Redis or Valkey, or None.
    """

    def __init__(self, limit: str, store: str | None = None) -> None:
        self._limit = parse(limit)
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._shared = None if store is None else FixedWindowRateLimiter(_shared(store))
        self._shared_again_at = 0.0

    async def hit(self, caller: str) -> Standing:
        """Count one request and return what is left."""
        if self._shared is not None and monotonic() >= self._shared_again_at:
            try:
                return await self._counted(self._shared, caller)
            except StorageError as error:
                self._shared_again_at = monotonic() + _PAUSE_SECONDS
                cause = type(error.storage_error).__name__
                LOG.log(logging.ERROR, "event=rate_store_unreachable error=%s", cause)
        return await self._counted(self._own, caller)

    async def store_answers(self) -> bool:
        """Return whether the shared store can be reached."""
        if self._shared is None:
            return False
        try:
            return await self._shared.storage.check()
        except (StorageError, OSError):
            return False

    async def _counted(self, limiter: FixedWindowRateLimiter, caller: str) -> Standing:
        allowed = await limiter.hit(self._limit, caller)
        stats = await limiter.get_window_stats(self._limit, caller)
        window = self._limit.get_expiry()
        wait = math.ceil(stats.reset_time - now_utc().timestamp())
        return Standing(
            allowed=allowed,
            most=self._limit.amount,
            window_seconds=window,
            left=max(0, stats.remaining),
            # A clock that jumped must not send anybody away for a day.
            reset_seconds=min(max(1, wait), window),
        )


def _shared(store: str) -> Storage:
    address = store.replace("valkey", "redis", 1)
    storage = storage_from_string(
        f"async+{address}",
        implementation="redispy",
        wrap_exceptions=True,
        socket_timeout=_STORE_SECONDS,
        socket_connect_timeout=_STORE_SECONDS,
    )
    return cast(Storage, storage)  # the address says async
