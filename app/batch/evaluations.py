"""Evaluations of the contexts that were asked last, shared by all requests of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from app.domain.context import AssessmentContext
from app.domain.reference import ReferenceData
from app.scoring.evaluation import Evaluation, SectorMemory

_Kept = TypeVar("_Kept")

#: Contexts whose paths are kept; each grows to some megabytes.
KEPT = 8

#: Contexts whose default goods of sectors are kept; a few kilobytes each, dear to compute.
KEPT_SECTORS = 256


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
        self._sectors: OrderedDict[AssessmentContext, SectorMemory] = OrderedDict()

    @contextmanager
    def of(self, context: AssessmentContext) -> Iterator[Evaluation]:
        """Lend the evaluation of a context; its memory grows safely under several threads."""
        everybody = replace(context, language="en", end_user=None, end_user_owners=())
        with self._lock:
            sectors = self._sectors.setdefault(everybody, {})
            self._sectors.move_to_end(everybody)
            _shorten(self._sectors, KEPT_SECTORS)
            if context.end_user is None and not context.end_user_owners:
                found = self._evaluations.get(everybody)
                if found is None:
                    found = Evaluation(self._reference, everybody, sectors=sectors)
                    self._evaluations[everybody] = found
                self._evaluations.move_to_end(everybody)
                _shorten(self._evaluations, self._kept)
            else:
                found = Evaluation(self._reference, context, sectors=sectors)
        yield found


def _shorten(memory: OrderedDict[AssessmentContext, _Kept], kept: int) -> None:
    """Forget the contexts that nobody has asked for the longest."""
    while len(memory) > kept:
        memory.popitem(last=False)
