"""Evaluations of the contexts that were asked last, shared by all requests of a process."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.domain.context import AssessmentContext
from app.domain.reference import ReferenceData
from app.scoring.evaluation import Evaluation

#: Contexts that are kept. Each holds the paths of all its supply chains, some 80 MB.
KEPT = 2


class Evaluations:
    """The evaluations of recent contexts; the answers are those of fresh ones.

    Only what the score depends on tells contexts apart: the language does not. An end user is
    a customer's secret, so contexts that name one are not kept.
    """

    def __init__(self, reference: ReferenceData, kept: int = KEPT) -> None:
        self._reference = reference
        self._kept = kept
        self._lock = threading.Lock()
        self._evaluations: OrderedDict[AssessmentContext, Evaluation] = OrderedDict()

    @contextmanager
    def of(self, context: AssessmentContext) -> Iterator[Evaluation]:
        """Lend the evaluation of a context; its memory grows safely under several threads."""
        if context.end_user is None and not context.end_user_owners:
            yield self._find(replace(context, language="en"))
            return
        yield Evaluation(self._reference, context)
        _forget()

    def _find(self, key: AssessmentContext) -> Evaluation:
        with self._lock:
            found = self._evaluations.get(key)
            if found is None:
                self._make_room()
                found = Evaluation(self._reference, key)
                self._evaluations[key] = found
            else:
                self._evaluations.move_to_end(key)
        return found

    def _make_room(self) -> None:
        """Forget contexts until there is room for one more."""
        if len(self._evaluations) >= self._kept:
            while len(self._evaluations) >= self._kept:
                self._evaluations.popitem(last=False)
            _forget()


def _forget() -> None:
    """Free the memory of evaluations that nobody holds any more.

    One is large and full of cycles, and the service makes the collector's own rounds rare.
    """
    gc.collect()
