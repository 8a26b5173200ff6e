"""How sure, what to ask, and when lines stop, as they are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.api.answers.figures import days, optional_days, significant
from app.api.schemas.what_if_answers import (
    CalendarAnswer,
    CertaintyAnswer,
    LineStopAnswer,
    QuestionsAnswer,
    SpreadAnswer,
)
from app.domain.rounding import rounded
from app.report.questions import by_supplier, supplier_letter
from app.scoring.certainty import Certainty, Spread
from app.scoring.information import MissingField
from app.scoring.stress_calendar import LineStop, StressCalendar
from app.scoring.uncertainty import TornadoBar


def certainty_answer(found: Certainty, bars: Sequence[TornadoBar]) -> CertaintyAnswer:
    """Return spreads, ranks and the effect of each input alone."""
    return {
        "points": found.points,
        "bom": _spread(found.bom),
        "elements": [_spread(one) for one in found.elements],
        "ranks": [
            {"upper": one.upper, "lower": one.lower, "stays": significant(one.stays)}
            for one in found.ranks
        ],
        "tornado": [
            {"input": bar.name, "low": rounded(bar.low), "high": rounded(bar.high)} for bar in bars
        ],
    }


def _spread(spread: Spread) -> SpreadAnswer:
    return {
        "key": spread.key,
        "p10": rounded(spread.p10),
        "p50": rounded(spread.p50),
        "p90": rounded(spread.p90),
    }


def questions_answer(
    missing: Sequence[MissingField], *, language: str, element_names: Mapping[str, str]
) -> QuestionsAnswer:
    """Return what is worth asking, with a letter to each supplier.

    Args:
        missing: What is not known, the most worthwhile first.
        language: Language of the letters.
        element_names: Names of elements in it, by symbol.
    """
    letters = by_supplier([one.question for one in missing])
    return {
        "missing": [
            {
                "kind": one.question.kind.value,
                "line_id": one.question.line_id,
                "elements": list(one.question.elements),
                "stage": one.question.stage,
                "suppliers": list(one.question.suppliers),
                "shrinks": rounded(one.shrinks),
                "upper_before": rounded(one.upper_before),
                "upper_after": rounded(one.upper_after),
            }
            for one in missing
        ],
        "letters": [
            {
                "supplier": name,
                "text": supplier_letter(asked, language=language, element_names=element_names),
            }
            for name, asked in letters.items()
        ],
    }


def calendar_answer(found: StressCalendar) -> CalendarAnswer:
    """Return a year by month, and when lines stop."""
    return {
        "id": found.id,
        "months": [
            {
                "from_day": month.from_day.isoformat(),
                "to_day": month.to_day.isoformat(),
                "product_days": days(month.product_days),
                "element_days": {symbol: days(value) for symbol, value in month.element_days},
            }
            for month in found.months
        ],
        "line_stops": [_line_stop(stop) for stop in found.stops],
    }


def _line_stop(stop: LineStop) -> LineStopAnswer:
    return {
        "line_id": stop.line_id,
        "element": stop.element,
        "measure": stop.measure,
        "stops_on": None if stop.stops_on is None else stop.stops_on.isoformat(),
        "resumes_on": None if stop.resumes_on is None else stop.resumes_on.isoformat(),
        "stops_on_if_slow": None
        if stop.stops_on_if_slow is None
        else stop.stops_on_if_slow.isoformat(),
        "stock_days": days(stop.stock_days),
        "wait_days": optional_days(stop.wait_days),
    }
