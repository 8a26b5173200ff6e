"""Lists what a person should look at again. The day comes as an argument: nothing here asks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.controls import (
    ControlMeasure,
    ControlRegister,
    EventBasis,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.freshness import check_due_on, check_is_due
from app.domain.provenance import Source, Status
from app.domain.reference import ReferenceData
from app.domain.supply import MixRow, SupplyReference

#: Age from which a newest vintage of shares is listed [days]: publishers revise once a year, and
#: one missed edition may happen.
VINTAGE_DAYS = 730

#: What weighs most first: law that nobody knows, then law that nobody looked at, then figures.
_ORDER = (
    "unconfirmed_event", "scheduled_event", "cutoff", "measure", "observation", "vintage",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleItem:
    """One thing that is due.

    Attributes:
        kind: cutoff, scheduled_event, unconfirmed_event, measure, observation or vintage.
        subject: Id or name of the thing.
        due_on: Day since which it is due.
        text: What there is to do.
        urls: Where to look: addresses of the sources behind it.
    """

    kind: str
    subject: str
    due_on: date
    text: str
    urls: tuple[str, ...] = ()


def stale(
    reference: ReferenceData, today: date, *, vintage_days: int = VINTAGE_DAYS
) -> tuple[StaleItem, ...]:
    """Return what is due on a day: doubts about the law first, the longest overdue of a kind first.

    A measure that has ended is history; nobody needs to look at it again.

    Args:
        reference: The reference data.
        today: The day to look from.
        vintage_days: Age from which the newest vintage of shares is listed [days].
    """
    sources = reference.sources
    items = (
        *_cutoff(reference.register, today),
        *_scheduled(reference.register, today, sources),
        *_unconfirmed(reference.register, today, sources),
        *_measures(reference.register, today, sources),
        *_observations(reference.register, today, sources),
        *_vintages(reference.supply, today, timedelta(days=vintage_days), sources),
    )
    return tuple(
        sorted(items, key=lambda item: (_ORDER.index(item.kind), item.due_on, item.subject))
    )


def _urls(sources: Mapping[str, Source], keys: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of some sources, each once, in their order."""
    found = (sources[key].url for key in keys)
    return tuple(dict.fromkeys(url for url in found if url is not None))


def _cutoff(register: ControlRegister, today: date) -> Iterator[StaleItem]:
    """Yield the register as a whole when its knowledge is old."""
    due_on = register.knowledge_cutoff + timedelta(days=register.warn_after_days)
    if today > due_on:
        yield StaleItem(
            kind="cutoff",
            subject="register",
            due_on=due_on,
            text=f"nothing after {register.knowledge_cutoff} is known; read the issuers' notices",
        )


def _scheduled(
    register: ControlRegister, today: date, sources: Mapping[str, Source]
) -> Iterator[StaleItem]:
    """Yield days of the calendar that have come."""
    for event in register.scheduled_events:
        if event.on_date <= today:
            yield StaleItem(
                kind="scheduled_event",
                subject=event.source or "calendar",
                due_on=event.on_date,
                text=f"was due: {event.what}",
                urls=_urls(sources, [event.source] if event.source else []),
            )


def _unconfirmed(
    register: ControlRegister, today: date, sources: Mapping[str, Source]
) -> Iterator[StaleItem]:
    """Yield instruments whose status on the day rests on a schedule or is itself in doubt."""
    for measure in register.measures.values():
        event = _event_of(measure, today)
        if event is None:
            continue
        if event.status is TimelineStatus.UNCONFIRMED:
            text = f"nobody knows; {event.best_estimate} is assumed, {event.worst_case} may hold"
        elif event.basis is EventBasis.SCHEDULED:
            text = f"{event.status} was scheduled for this day; find out whether it came"
        else:
            continue
        yield StaleItem(
            kind="unconfirmed_event",
            subject=measure.id,
            due_on=event.on_date,
            text=text,
            urls=_urls(sources, [event.source, *measure.sources]),
        )


def _event_of(measure: ControlMeasure, today: date) -> TimelineEvent | None:
    """Return the event that decides the status on a day, as known on it."""
    past = [
        event
        for event in measure.timeline
        if event.on_date <= today
        and event.known_from <= today
        and (event.known_to is None or today < event.known_to)
    ]
    return max(past, key=lambda event: (event.on_date, event.known_from), default=None)


def _measures(
    register: ControlRegister, today: date, sources: Mapping[str, Source]
) -> Iterator[StaleItem]:
    """Yield instruments that were not looked at for longer than they should be."""
    for measure in register.measures.values():
        if check_is_due(measure, today):
            yield StaleItem(
                kind="measure",
                subject=measure.id,
                due_on=check_due_on(measure),
                text=f"last verified on {measure.last_verified_on}; does it still hold?",
                urls=_urls(sources, measure.sources),
            )


def _observations(
    register: ControlRegister, today: date, sources: Mapping[str, Source]
) -> Iterator[StaleItem]:
    """Yield observations that no longer count in full."""
    for observation in register.observations:
        due_on = observation.known_from + timedelta(days=observation.valid_days)
        if due_on <= today:
            yield StaleItem(
                kind="observation",
                subject=observation.id,
                due_on=due_on,
                text="no longer counts in full; look for newer figures",
                urls=_urls(sources, observation.provenance.sources),
            )


def _vintages(
    supply: SupplyReference, today: date, age: timedelta, sources: Mapping[str, Source]
) -> Iterator[StaleItem]:
    """Yield stages and places whose newest shares are old; judgements have no new edition."""
    tables = (
        ("world", supply.world), ("feed", supply.feed), ("destination", supply.destination_mixes),
    )  # fmt: skip
    for table, rows in tables:
        elements: dict[tuple[str, date], list[str]] = {}
        keys: dict[tuple[str, date], list[str]] = {}
        for (stage, place, element), row in _newest(rows).items():
            if row.provenance.status is not Status.JUDGEMENT and row.valid_from + age < today:
                subject = " ".join(word for word in (table, stage, place) if word)
                elements.setdefault((subject, row.valid_from), []).append(element)
                keys.setdefault((subject, row.valid_from), []).extend(row.provenance.sources)
        for (subject, known_since), symbols in elements.items():
            yield StaleItem(
                kind="vintage",
                subject=subject,
                due_on=known_since + age,
                text=f"the newest shares of {' '.join(sorted(symbols))} are known since "
                f"{known_since}; look for a new edition",
                urls=_urls(sources, keys[subject, known_since]),
            )


def _newest(rows: tuple[MixRow, ...]) -> dict[tuple[str, str | None, str], MixRow]:
    """Return the newest row by stage, place and element."""
    newest: dict[tuple[str, str | None, str], MixRow] = {}
    for row in rows:
        for element in row.elements:
            key = (row.stage.value, row.place, element)
            if key not in newest or row.valid_from > newest[key].valid_from:
                newest[key] = row
    return newest
