"""Evaluations of the contexts that were asked last, shared by all requests of a process."""

from __future__ import annotations

import gc
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

#: Paths of goods that one context, and all together, may remember; some 0.2 MB each. A catalogue
#: of a company's products has about a hundred, files of many companies go on and on.
MOST_PATHS, MOST_PATHS_TOGETHER = 500, 1_500

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
        is_grown = False
        everybody = replace(context, language="en", end_user=None, end_user_owners=())
        with self._lock:
            sectors = self._sectors.setdefault(everybody, {})
            self._sectors.move_to_end(everybody)
            _shorten(self._sectors, KEPT_SECTORS)
            nameless = context.end_user is None and not context.end_user_owners
            if nameless or self._named:
                key = replace(context, language="en")
                found = self._evaluations.get(key)
                is_grown = found is not None and found.paths_kept > MOST_PATHS
                if found is None or is_grown:
                    # Who still computes with the old one keeps it until done.
                    found = Evaluation(
                        self._reference, key, sectors=sectors, keeps_lines=self._named
                    )
                    self._evaluations[key] = found
                self._evaluations.move_to_end(key)
                _shorten(self._evaluations, self._kept)
                _lighten(self._evaluations)
            else:
                found = Evaluation(self._reference, context, sectors=sectors)
        if is_grown:
            gc.collect()  # what was let go holds itself in circles; rare, some tenths of a second
        yield found


def _lighten(evaluations: OrderedDict[AssessmentContext, Evaluation]) -> None:
    """Forget the oldest contexts while all together remember too much; the last one stays."""
    kept = sum(evaluation.paths_kept for evaluation in evaluations.values())
    while kept > MOST_PATHS_TOGETHER and len(evaluations) > 1:
        kept -= evaluations.popitem(last=False)[1].paths_kept


def _shorten(memory: OrderedDict[AssessmentContext, _Kept], kept: int) -> None:
    """Forget the contexts that nobody has asked for the longest."""
    while len(memory) > kept:
        memory.popitem(last=False)
