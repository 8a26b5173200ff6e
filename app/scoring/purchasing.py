"""Candidates: what a purchasing department can do, from stock to a licence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.domain.controls import ControlMeasure, MeasureType, TimelineStatus
from app.domain.mitigation import Affiliation, ProcurementMeasure, SiteState
from app.domain.places import bloc
from app.domain.supply import Stage
from app.scoring.candidates import (
    DAYS_PER_MONTH,
    ActionKind,
    Candidate,
    PatchMaker,
    Readiness,
    benchmark,
    material_of,
    months,
    per_cent,
    purchasing_measure,
    unique_sources,
)
from app.scoring.counterfactual import most_stock_days
from app.scoring.levers import (
    HEAVY_IN_MAGNETS,
    LICENCE_YEAR,
    MAGNET_FORMS,
    can_do_without_heavy,
)
from app.scoring.line_results import LineRisk
from app.scoring.patches import Patch
from app.scoring.patches_composition import ChangeForm, RemoveElements
from app.scoring.patches_lines import ChangeLines, RaiseRecycled, RaiseStock
from app.scoring.recovery import recovery_of
from app.scoring.timeline import status_on
from app.scoring.workbench import Workbench

RECYCLING_LEAST = "recycling"
RECYCLER = "recycling"
DEVICE_MAGNET = "device_magnet"


def purchasing_candidates(bench: Workbench) -> Iterator[Candidate]:
    """Yield what purchasing can do: stock, early orders, a licence, recycled metal, ...

    Args:
        bench: The product in its context.
    """
    makers: tuple[tuple[str, Callable[[Workbench, ProcurementMeasure], Candidate | None]], ...] = (
        ("safety_stock", _licence_time_stock),
        ("vendor_stock", _usual_stock),
        ("licence_file", _early_orders),
        ("toll_recycling", _recycled),
        ("grade_down", _grade_down),
        ("buy_assembly", _assembly),
    )
    for measure_id, make in makers:
        measure = purchasing_measure(bench.inputs.reference, measure_id)
        candidate = make(bench, measure) if measure is not None else None
        if candidate is not None:
            yield candidate
    licence = _general_licence(bench)
    if licence is not None:
        yield licence


def _by_days(days: Mapping[str, float], *, more: bool) -> PatchMaker:
    """Return what raises the stock of each line to (or by) its own number of days."""

    def make(line_ids: frozenset[str]) -> tuple[Patch, ...]:
        return tuple(
            RaiseStock(
                line_ids=frozenset({line_id}),
                to_days=0.0 if more else days[line_id],
                more_days=days[line_id] if more else 0.0,
            )
            for line_id in sorted(line_ids)
        )

    return make


@dataclass(frozen=True, slots=True)
class _Wait:
    """How long a line waits under the measure that hits it most.

    Attributes:
        days: Days from today until deliveries come again.
        measure: Id of that measure, or "structural".
        start_days: Days until it starts.
    """

    days: float
    measure: str
    start_days: float


def _waits(bench: Workbench) -> dict[str, _Wait]:
    """Return the longest wait of each line that has one; after a ban nothing comes again."""
    found: dict[str, _Wait] = {}
    for risk in bench.line_risks():
        recoveries = (
            recovery_of(risk.line, outcome, bench.evaluation) for outcome in risk.outcomes
        )
        waits = [
            _Wait(one.median_days, one.measure, one.start_days)
            for one in recoveries
            if one is not None and one.median_days is not None
        ]
        if waits:
            found[risk.line.line_id] = max(waits, key=lambda wait: (wait.days, wait.measure))
    return found


def _days_in_words(days: Mapping[str, float]) -> str:
    low, high = min(days.values()), max(days.values())
    return f"{low:.0f} days" if round(low) == round(high) else f"{low:.0f} to {high:.0f} days"


def _measures_sources(bench: Workbench, measure_ids: frozenset[str]) -> tuple[str, ...]:
    measures = bench.inputs.reference.register.measures
    return unique_sources(
        *(measures[one].sources for one in sorted(measure_ids) if one in measures)
    )


def _licence_time_stock(bench: Workbench, measure: ProcurementMeasure) -> Candidate | None:
    """Return stock for the time from order to arrival: licence plus the usual lead time."""
    waits = _waits(bench)
    lead = {line.line_id: line.lead_time_days or 0.0 for line in bench.inputs.bom.lines}
    most = most_stock_days(bench)
    days = {
        line_id: min(most, math.ceil(wait.days + lead[line_id])) for line_id, wait in waits.items()
    }
    if not days:
        return None
    return Candidate(
        id="stock:licence_time",
        kind=ActionKind.STOCK,
        text=f"{measure.name}: {_days_in_words(days)}{_outlasting(days, bench)}",
        line_ids=frozenset(days),
        make=_by_days(days, more=False),
        lead_time_months=months(measure.lead_time_weeks),
        readiness=Readiness.PRACTICE,
        trade_off=(
            "Ties up capital; while a licence duty holds, the stock itself waits for licences. "
            f"{measure.text}"
        ),
        sources=unique_sources(
            measure.provenance.sources,
            _measures_sources(bench, frozenset(wait.measure for wait in waits.values())),
        ),
    )


def _outlasting(days: Mapping[str, float], bench: Workbench) -> str:
    """Return the words to add where stock alone lasts as long as the question looks ahead."""
    horizon = bench.inputs.context.horizon_days
    if min(days.values()) < horizon:
        return ""
    return f", which outlasts the {horizon} days that the score looks ahead; see longer horizons"


def _usual_stock(bench: Workbench, measure: ProcurementMeasure) -> Candidate | None:
    """Return the largest stock that private firms usually hold, kept by the vendor."""
    fact = next(
        (one for one in bench.inputs.reference.mitigation.stocks if one.id == "company"), None
    )
    line_ids = frozenset(risk.line.line_id for risk in bench.line_risks())
    if fact is None or not line_ids:
        return None
    days = dict.fromkeys(
        sorted(line_ids), float(round(max(fact.values["months"]) * DAYS_PER_MONTH))
    )
    return Candidate(
        id="stock:vendor",
        kind=ActionKind.STOCK,
        text=f"{measure.name}: {_days_in_words(days)}, the most that is usual",
        line_ids=line_ids,
        make=_by_days(days, more=False),
        lead_time_months=months(measure.lead_time_weeks),
        readiness=Readiness.PRACTICE,
        trade_off=measure.text,
        sources=unique_sources(measure.provenance.sources, fact.provenance.sources),
    )


def _early_orders(bench: Workbench, measure: ProcurementMeasure) -> Candidate | None:
    """Return orders that arrive before a measure starts whose day is known.

    Once a licence duty is in force it meets early orders like all others, so this is none for
    lines that wait for licences already.
    """
    waits = {
        line_id: wait for line_id, wait in _waits(bench).items() if _starts_on_a_day(wait, bench)
    }
    if not waits:
        return None
    # What the first licences will take, bought while none is needed.
    days = {
        line_id: float(math.ceil(wait.days - wait.start_days)) for line_id, wait in waits.items()
    }
    first = bench.inputs.context.as_of + timedelta(
        days=min(wait.start_days for wait in waits.values())
    )
    names = frozenset(wait.measure for wait in waits.values())
    return Candidate(
        id="other:early_orders",
        kind=ActionKind.OTHER,
        text=(
            f"Order {_days_in_words(days)} of need in advance, to arrive before "
            f"{first.isoformat()}, when {', '.join(sorted(names))} may start"
        ),
        line_ids=frozenset(days),
        make=_by_days(days, more=True),
        lead_time_months=months(measure.lead_time_weeks),
        readiness=Readiness.PRACTICE,
        trade_off=f"The forecast must hold that much longer. {measure.text}",
        sources=unique_sources(measure.provenance.sources, _measures_sources(bench, names)),
    )


def _starts_on_a_day(wait: _Wait, bench: Workbench) -> bool:
    """Return whether a known event makes a measure start then; some starts are only assumed."""
    context = bench.inputs.context
    measure = bench.inputs.reference.register.measures.get(wait.measure)
    if measure is None or wait.start_days == 0.0:
        return False
    start = context.as_of + timedelta(days=wait.start_days)
    coming = status_on(measure, context.as_of, context.known_on).upcoming
    return any(event.on_date == start for event in coming)


def _recycled(bench: Workbench, measure: ProcurementMeasure) -> Candidate | None:
    """Return closed-loop metal for magnets, as much as the benchmark asks for."""
    least = benchmark(bench.inputs.reference, RECYCLING_LEAST)
    if least is None:
        return None
    share, sources = least
    recyclers = [
        supplier
        for supplier in bench.inputs.reference.mitigation.suppliers.values()
        if supplier.affiliation is Affiliation.NON_CHINA
        and any(
            site.state is SiteState.OPERATING and RECYCLER in (site.stages or supplier.stages)
            for site in supplier.sites
        )
    ]
    recovered = frozenset(
        symbol
        for one in recyclers
        for symbol in frozenset(one.elements) - frozenset(one.not_yet_commercial)
    )
    line_ids = frozenset(
        risk.line.line_id
        for risk in bench.line_risks()
        if any(chain.form in MAGNET_FORMS for chain in risk.line.chains)
        and recovered & frozenset(risk.line.elements)
    )
    if not line_ids:
        return None
    names = ", ".join(sorted(one.name for one in recyclers))
    return Candidate(
        id="recycling:closed_loop",
        kind=ActionKind.RECYCLING,
        text=f"{measure.name}: {per_cent(share)} of the need ({names})",
        line_ids=line_ids,
        make=lambda chosen: (RaiseRecycled(line_ids=chosen, to_share=share),),
        lead_time_months=months(measure.lead_time_weeks),
        readiness=Readiness.NICHE,
        trade_off=measure.text,
        sources=unique_sources(
            measure.provenance.sources, sources, *(one.provenance.sources for one in recyclers)
        ),
    )


def _grade_down(bench: Workbench, measure: ProcurementMeasure) -> Candidate | None:
    """Return a magnet grade without Dy and Tb, for grades that are made for heat."""
    found_by_id = {found.line_id: found for found in bench.inputs.identified}
    line_ids = frozenset(
        risk.line.line_id
        for risk in bench.line_risks()
        if can_do_without_heavy(risk.line)
        and (material := material_of(found_by_id[risk.line.line_id], bench.inputs.reference))
        is not None
        and material.grade_suffix
    )
    if not line_ids:
        return None
    return Candidate(
        id="design:grade_down",
        kind=ActionKind.DESIGN,
        text=f"{measure.name}; it pays for any {measure.use_when}",
        line_ids=line_ids,
        make=lambda chosen: (RemoveElements(elements=HEAVY_IN_MAGNETS, line_ids=chosen),),
        lead_time_months=months(measure.lead_time_weeks),
        readiness=Readiness.PRACTICE,
        trade_off=f"Only where the magnet stays cool enough. {measure.text}",
        sources=unique_sources(measure.provenance.sources),
    )


def _assembly(bench: Workbench, measure: ProcurementMeasure) -> Candidate | None:
    """Return buying the assembly where bare magnets come from abroad."""
    home = bloc(bench.inputs.context.destination)
    abroad = {
        line.line_id
        for line in bench.inputs.bom.lines
        if any(one.country is not None and bloc(one.country) != home for one in line.suppliers)
    }
    line_ids = frozenset(
        risk.line.line_id
        for risk in bench.line_risks()
        if risk.line.line_id in abroad and risk.line.chains[0].last is Stage.MAGNET
    )
    if not line_ids or DEVICE_MAGNET not in bench.inputs.reference.supply.chains:
        return None
    return Candidate(
        id="other:buy_assembly",
        kind=ActionKind.OTHER,
        text=measure.name,
        line_ids=line_ids,
        make=lambda chosen: (ChangeForm(line_ids=chosen, form=DEVICE_MAGNET),),
        lead_time_months=months(measure.lead_time_weeks),
        readiness=Readiness.PRACTICE,
        trade_off=measure.text,
        sources=unique_sources(measure.provenance.sources),
    )


def _general_licence(bench: Workbench) -> Candidate | None:
    """Return a general licence of the supplier, where its country gives any on the day."""
    context = bench.inputs.context
    register = bench.inputs.reference.register
    papers = purchasing_measure(bench.inputs.reference, "licence_file")
    given = [
        measure
        for _, measure in sorted(register.measures.items())
        if measure.type is MeasureType.FACILITATION
        and status_on(measure, context.as_of, context.known_on).status is TimelineStatus.IN_FORCE
    ]
    line_ids = frozenset(
        risk.line.line_id
        for risk in bench.line_risks()
        if any(_covers(measure, risk, bench) for measure in given)
    )
    if papers is None or not line_ids:
        return None
    until = context.as_of + LICENCE_YEAR
    return Candidate(
        id="licence:general",
        kind=ActionKind.LICENCE,
        text="; ".join(measure.title for measure in given),
        line_ids=line_ids,
        make=lambda chosen: (ChangeLines(line_ids=chosen, licence_valid_to=until),),
        lead_time_months=months(papers.lead_time_weeks),
        readiness=Readiness.PRACTICE,
        trade_off=" ".join(measure.notes for measure in given),
        sources=unique_sources(*(measure.sources for measure in given), papers.provenance.sources),
    )


def _covers(measure: ControlMeasure, risk: LineRisk, bench: Workbench) -> bool:
    """Return whether a facilitation is for goods like these from one of the line's suppliers."""
    line = next(one for one in bench.inputs.bom.lines if one.line_id == risk.line.line_id)
    goods = frozenset(stage for chain in risk.line.chains for stage in chain.register_stages[-1])
    return bool(measure.scope.stages & goods) and any(
        supplier.country == measure.exporter for supplier in line.suppliers
    )
