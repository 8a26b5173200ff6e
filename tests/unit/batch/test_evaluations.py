"""Evaluations are kept by context, in bounds, and never for a named end user."""

from __future__ import annotations

from datetime import date

import pytest

from app.batch import evaluations as module
from app.batch.evaluations import Evaluations
from app.domain.context import AssessmentContext
from app.domain.reference import ReferenceData
from app.scoring.evaluation import SectorMemory


class Recorded:
    """Stands in for an evaluation; remembers for what it was made."""

    def __init__(
        self,
        reference: ReferenceData,
        context: AssessmentContext,
        *,
        sectors: SectorMemory,
        keeps_lines: bool = False,
    ) -> None:
        self.reference = reference
        self.context = context
        self.sectors = sectors
        self.keeps_lines = keeps_lines
        self.paths_kept = 0


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Evaluations:
    monkeypatch.setattr(module, "Evaluation", Recorded)
    return Evaluations(None, kept=2)  # type: ignore[arg-type] # nobody looks at it here


def context(day: int = 1, **changes: str) -> AssessmentContext:
    as_of = date(2026, 3, day)
    return AssessmentContext(destination="JP", as_of=as_of, known_on=as_of, **changes)  # type: ignore[arg-type] # any field


def lent(kept: Evaluations, wanted: AssessmentContext) -> Recorded:
    with kept.of(wanted) as evaluation:
        assert isinstance(evaluation, Recorded)
        return evaluation


def test_the_same_context_gets_the_same_evaluation(kept: Evaluations) -> None:
    assert lent(kept, context()) is lent(kept, context())


def test_the_language_makes_no_difference(kept: Evaluations) -> None:
    assert lent(kept, context(language="ja")) is lent(kept, context(language="de"))


def test_another_context_gets_another_evaluation(kept: Evaluations) -> None:
    assert lent(kept, context(1)) is not lent(kept, context(2))


def test_the_context_asked_least_recently_is_forgotten_first(kept: Evaluations) -> None:
    first, second = lent(kept, context(1)), lent(kept, context(2))

    lent(kept, context(1))
    lent(kept, context(3))

    assert lent(kept, context(1)) is first
    assert lent(kept, context(2)) is not second


def test_a_context_with_an_end_user_is_not_kept(kept: Evaluations) -> None:
    assert lent(kept, context(end_user="A")) is not lent(kept, context(end_user="A"))


def test_an_end_user_shares_the_default_goods_of_sectors_with_everybody(
    kept: Evaluations,
) -> None:
    everybody, somebody = lent(kept, context()), lent(kept, context(end_user="A"))

    assert somebody.sectors is everybody.sectors
    assert lent(kept, context(2)).sectors is not everybody.sectors


def test_lines_are_kept_for_one_customer_only(kept: Evaluations) -> None:
    assert not lent(kept, context()).keeps_lines
    assert lent(kept.of_one_customer(), context()).keeps_lines


def test_an_evaluation_that_remembers_too_much_is_replaced(kept: Evaluations) -> None:
    grown = lent(kept, context())
    grown.paths_kept = module.MOST_PATHS + 1

    assert lent(kept, context()) is not grown


def test_the_oldest_contexts_go_where_all_together_remember_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "Evaluation", Recorded)
    kept = Evaluations(None, kept=8)  # type: ignore[arg-type] # nobody looks at it here
    first, second = lent(kept, context(1)), lent(kept, context(2))
    first.paths_kept = second.paths_kept = module.MOST_PATHS
    monkeypatch.setattr(module, "MOST_PATHS_TOGETHER", module.MOST_PATHS + 1)

    lent(kept, context(3))

    assert lent(kept, context(2)) is second
    assert lent(kept, context(1)) is not first
