"""What to do next while a catalogue runs: go on, wait and send again, halve, or give up. No I/O."""

from __future__ import annotations

import httpx

from .catalogue import (
    CatalogueAnswer,
    CatalogueSummary,
    Part,
    Product,
    ProgressListener,
    refuses_everything,
)
from .faults import InterruptedCatalogueError, ProblemError, UnexpectedAnswerError
from .retries import RetryPolicy

#: What ends an attempt; whatever waits then is sent again or listed.
RECOVERABLE = (ProblemError, UnexpectedAnswerError, httpx.RequestError)


class Course:
    """The parts of a catalogue that still wait, and what is known of the service by now.

    Args:
        policy: How often and how patiently to repeat.
        progress: Called after each answer.
    """

    def __init__(self, policy: RetryPolicy, progress: ProgressListener | None) -> None:
        self.summary = CatalogueSummary()
        self._policy = policy
        self._progress = progress
        self._parts: list[Part] = []
        self._attempt = 0
        self._before = 0
        self._begun = False
        #: After the service stayed silent for a whole part, each further part is tried once.
        self._silent = False

    def take(self, products: list[Product]) -> None:
        """Take products that are to be answered next."""
        self._parts = [Part(products)]
        self._attempt = 0

    @property
    def part(self) -> Part | None:
        """Return the part to send next, or None when nothing waits."""
        while self._parts and self._parts[0].done:
            del self._parts[0]
            self._attempt = 0
        return self._parts[0] if self._parts else None

    def content(self, part: Part) -> bytes:
        """Return the body of the next attempt."""
        self._attempt += 1
        self._before = len(part.waiting)
        self._begun = False
        return part.content()

    def begun(self) -> None:
        """Say that the service takes this part."""
        self._begun = True
        self._silent = False

    def count(self, answer: CatalogueAnswer) -> CatalogueAnswer:
        """Return an answer, counted."""
        self.summary.answered += 1
        self.summary.problems += answer.problem is not None
        if self._progress is not None:
            self._progress(self.summary.progress())
        return answer

    def failed(self, error: Exception) -> float:
        """Return how long to wait before going on [s].

        Raises:
            InterruptedCatalogueError: The service refuses, and would refuse every other part.
        """
        part = self.part
        if part is None:
            return 0.0
        if isinstance(error, ProblemError):
            if refuses_everything(error):
                unanswered = part.given_up(str(error))
                raise InterruptedCatalogueError(
                    f"the service refused product {part.waiting[0].index} and all after it: "
                    f"{error}",
                    unanswered,
                ) from error
            if error.status == 413:
                self._halve(part, str(error))
                return 0.0
        if len(part.waiting) < self._before:
            self._attempt = 1
        asked = error.retry_after_seconds if isinstance(error, ProblemError) else None
        wait = self._policy.wait_seconds(self._attempt, asked_seconds=asked)
        if wait is None or (self._silent and not self._begun):
            self._give_up(part, _reason(error))
            return 0.0
        self.summary.repeated += 1
        return wait

    def _halve(self, part: Part, reason: str) -> None:
        if len(part.waiting) == 1:
            self.summary.unanswered.extend(part.given_up(reason))
            del self._parts[0]
        else:
            self._parts[:1] = part.halves()
        self._attempt = 0

    def _give_up(self, part: Part, reason: str) -> None:
        """Leave out the product at which answers end each time, or a part that nobody takes."""
        if self._begun:
            first, rest = Part(part.waiting[:1]), Part(part.waiting[1:])
            self.summary.unanswered.extend(first.given_up(reason))
            self._parts[:1] = [rest]
        else:
            self._silent = True
            self.summary.unanswered.extend(part.given_up(reason))
            del self._parts[0]
        self._attempt = 0


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
