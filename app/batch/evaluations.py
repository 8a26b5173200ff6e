"""Evaluations of the contexts that were asked last, shared by all requests of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.domain.context import AssessmentContext
from app.domain.reference import ReferenceData
from app.scoring.evaluation import Evaluation

#: Contexts that are kept; a service sees few (destinations x end uses x today).
KEPT = 32


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
        yield self._find(context)

    def _find(self, context: AssessmentContext) -> Evaluation:
        key = replace(context, language="en")
        if key.end_user is not None:
            return Evaluation(self._reference, key)
        with self._lock:
            found = self._evaluations.get(key)
            if found is None:
                found = Evaluation(self._reference, key)
                self._evaluations[key] = found
                while len(self._evaluations) > self._kept:
                    self._evaluations.popitem(last=False)
            else:
                self._evaluations.move_to_end(key)
        return found
