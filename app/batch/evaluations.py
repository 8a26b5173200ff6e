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

    def __init__(self, reference: ReferenceData, kept: int = KEPT, *, named: bool = False) -> None:
        self._reference = reference
        self._kept = kept
        self._named = named
        self._lock = threading.Lock()
        self._evaluations: OrderedDict[AssessmentContext, Evaluation] = OrderedDict()
        self._sectors: OrderedDict[AssessmentContext, SectorMemory] = OrderedDict()

    def of_one_customer(self) -> Evaluations:
        """Return evaluations that keep contexts with an end user, too, for one catalogue.

        Sectors' default goods do not depend on anybody's goods and are shared.
        """
        own = Evaluations(self._reference, self._kept, named=True)
        own._sectors = self._sectors
        own._lock = self._lock
        return own

    @contextmanager
    def of(self, context: AssessmentContext) -> Iterator[Evaluation]:
        """Lend the evaluation of a context; its memory grows safely under several threads."""
        everybody = replace(context, language="en", end_user=None, end_user_owners=())
        with self._lock:
            sectors = self._sectors.setdefault(everybody, {})
            self._sectors.move_to_end(everybody)
            _shorten(self._sectors, KEPT_SECTORS)
            nameless = context.end_user is None and not context.end_user_owners
            if nameless or self._named:
                key = replace(context, language="en")
                found = self._evaluations.get(key)
                if found is None:
                    found = Evaluation(self._reference, key, sectors=sectors)
                    self._evaluations[key] = found
                self._evaluations.move_to_end(key)
                _shorten(self._evaluations, self._kept)
            else:
                found = Evaluation(self._reference, context, sectors=sectors)
        yield found


def _shorten(memory: OrderedDict[AssessmentContext, _Kept], kept: int) -> None:
    """Forget the contexts that nobody has asked for the longest."""
    while len(memory) > kept:
        memory.popitem(last=False)
