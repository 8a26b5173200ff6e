"""Short ways to one crossing or one path of invented reference data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.domain.context import AssessmentContext, EndUse
from app.domain.controls import TimelineEvent, TimelineStatus
from app.domain.methodology import Methodology
from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.domain.triple import ZERO, Side
from app.scoring.end_use import Use, use_of
from app.scoring.end_users import EndUserLists
from app.scoring.engine import Ends, Engine
from app.scoring.kernel import NO_BUFFER, Buffer
from app.scoring.path import Goods, Leg, PathEvaluator
from tests import factories as make

IN_FORCE = TimelineStatus.IN_FORCE
SUSPENDED = TimelineStatus.SUSPENDED
ANNOUNCED = TimelineStatus.ANNOUNCED
ENDED = TimelineStatus.ENDED

#: What two sums of the same floats may differ by.
EXACT = 1e-12
SEPARATION, MAGNET = 0, 1


def days_ago(days: int) -> date:
    """Return the day so many days before the day of the question."""
    return make.TODAY - timedelta(days=days)


def timeline(*events: tuple[int, TimelineStatus]) -> tuple[TimelineEvent, ...]:
    """Return events by the days that have passed since; coming ones have been known for a year."""
    return tuple(
        make.event(days_ago(days), status, known_from=days_ago(max(days, 365)))
        for days, status in events
    )


def no_structural_risk() -> Methodology:
    """Return the method in which nobody restricts anything of his own accord."""
    return make.with_parameters(make.shipped_methodology(), lambda0=ZERO)


def use_for(
    end_use: EndUse = EndUse.CIVIL,
    side: Side = Side.NOMINAL,
    *,
    sector: str | None = None,
    prior: float = 0.2,
    listed: Iterable[str] = (),
) -> Use:
    """Return a use at one end."""
    return use_of(
        end_use,
        sector=sector,
        prior=prior,
        lists=EndUserLists(named=frozenset(listed)),
        methodology=make.shipped_methodology(),
        side=side,
    )


def paths(
    data: ReferenceData,
    *,
    form: str = "magnet",
    side: Side = Side.NOMINAL,
    use: Use | None = None,
    contained: Iterable[str] = ("Dy",),
    buffer: Buffer = NO_BUFFER,
    sourcing: tuple[tuple[Stage, tuple[tuple[str, float], ...]], ...] = (),
    reached: Iterable[str] = (),
    context: AssessmentContext | None = None,
) -> PathEvaluator:
    """Return the evaluator of the paths of some goods, with its causes."""
    engine = Engine(data, context or make.context(), ends=Ends.all_at(side), explains=True)
    goods = Goods(
        data.supply.chains[form],
        frozenset(contained),
        buffer,
        use or use_for(side=side),
        sourcing,
        frozenset(reached),
    )
    return PathEvaluator(engine, goods)


def sigma(
    found: PathEvaluator,
    exporter: str,
    importer: str = "C",
    *,
    index: int = MAGNET,
    element: str = "Dy",
) -> float:
    """Return the severity of the last leg from a declared supplier, nothing upstream counted."""
    leg = Leg(exporter, importer, final=True, declared=True)
    return found._crossing(element, index, leg).value
