"""When a request is sent again, and after how long."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

#: Answers that say "later", not "wrong". The service keeps no state, so every request is safe to
#: repeat, and the same request gives the same answer.
REPEATED = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and how patiently a request is repeated.

    Attributes:
        attempts: Most attempts without any progress; 1 never repeats.
        first_wait_seconds: Wait before the second attempt where the service names none; it
            doubles from there.
        longest_wait_seconds: No wait is longer. Where the service asks for a longer one, the
            request ends with its problem instead.
        jitter: Part of a wait of our own that is left to chance [1], so that many clients do not
            come back in the same moment.
    """

    attempts: int = 5
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 60.0
    jitter: float = 0.25

    def wait_seconds(
        self,
        attempt: int,
        *,
        asked_seconds: float | None,
        chance: Callable[[], float] = random.random,
    ) -> float | None:
        """Return how long to wait after an attempt [s], or None to give up.

        Args:
            attempt: Number of attempts so far without progress, from 1.
            asked_seconds: What the service asked for [s], or None.
            chance: Gives numbers from 0 to 1.
        """
        if attempt >= self.attempts:
            return None
        if asked_seconds is not None:
            return None if asked_seconds > self.longest_wait_seconds else asked_seconds
        wait = self.first_wait_seconds * float(2 ** (attempt - 1))
        wait *= 1.0 + self.jitter * (2.0 * chance() - 1.0)
        return min(wait, self.longest_wait_seconds)


def asked_wait_seconds(headers: httpx.Headers) -> float | None:
    """Return what `Retry-After` asks for [s]: a number of seconds, or a date of HTTP."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    # A date without a zone is one of Greenwich, as HTTP has it.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    now = datetime.now(UTC)  # noqa: TID251 - the wait until a moment that the service named
    return max(0.0, (moment - now).total_seconds())
