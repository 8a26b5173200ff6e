"""The law on the day: instruments along time for each group of elements, and their particulars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from app.domain.controls import (
    ControlBasis,
    EventBasis,
    MeasureType,
    RegisterStage,
    TimelineStatus,
)
from app.domain.places import CHINA
from app.report.charts.timeline import Lane, Span, timeline
from app.report.markup import Child, Markup, code, english, joined, tag
from app.report.phrases import core_sentence
from app.report.sections.page import Page, section, table
from app.report.subject import MeasureOnDay

_DAYS_BEFORE = 420
_DAYS_AFTER = 365
_DRAWN = frozenset(
    {
        TimelineStatus.IN_FORCE,
        TimelineStatus.SUSPENDED,
        TimelineStatus.ANNOUNCED,
        TimelineStatus.UNCONFIRMED,
    }
)
_UNSAID = frozenset({EventBasis.SCHEDULED, EventBasis.STATED})
#: Kinds of instruments that stop or slow goods; the others stand on the timeline only if cited.
_BITES = frozenset(
    {
        MeasureType.LICENCE_REQUIREMENT,
        MeasureType.PROHIBITION,
        MeasureType.PRESUMPTION_OF_DENIAL,
        MeasureType.CASE_BY_CASE,
        MeasureType.DE_FACTO_EMBARGO,
    }
)
#: Goods behind a product; ore, plant and technology stand on the timeline only if cited.
_GOODS = frozenset(
    {
        RegisterStage.OXIDE,
        RegisterStage.COMPOUND,
        RegisterStage.METAL,
        RegisterStage.ALLOY,
        RegisterStage.TARGET,
        RegisterStage.MAGNET,
        RegisterStage.DERIVED_MATERIAL,
    }
)


def controls_section(page: Page) -> Markup | None:
    """Return timelines, notes and the table of measures; None where no measure matters."""
    if not page.exposed:
        return None
    drawings = _timelines(page)
    return section(page, "controls", drawings, _notes(page), _measures(page))


def _timelines(page: Page) -> list[Markup]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for element in page.exposed:
        ids = tuple(
            key
            for key, one in page.subject.measures.items()
            if element.symbol in one.elements and _shown(one, page)
        )
        groups.setdefault(ids, []).append(element.symbol)
    return [
        _timeline(ids, symbols, page, place)
        for place, (ids, symbols) in enumerate(groups.items(), start=1)
    ]


def _frame(page: Page) -> tuple[date, date, date]:
    as_of = page.subject.context.as_of
    after = max(_DAYS_AFTER, page.subject.context.horizon_days)
    return as_of - timedelta(days=_DAYS_BEFORE), as_of, as_of + timedelta(days=after)


def _shown(one: MeasureOnDay, page: Page) -> bool:
    return (one.cited or _bites(one)) and bool(_spans(one, page))


def _bites(one: MeasureOnDay) -> bool:
    measure = one.measure
    return (
        measure.exporter == CHINA
        and measure.type in _BITES
        and measure.control_basis is not ControlBasis.ORDINARY_TRADE
        and bool(measure.scope.stages & _GOODS)
    )


def _spans(one: MeasureOnDay, page: Page) -> tuple[Span, ...]:
    first, as_of, last = _frame(page)
    ends = [event.on_date for event in one.events[1:]] + [last]
    spans: list[Span] = []
    for event, end in zip(one.events, ends, strict=True):
        if event.status not in _DRAWN or end <= first or event.on_date >= last:
            continue
        due = event.on_date > as_of or event.basis in _UNSAID
        span = Span(starts=event.on_date, ends=min(end, last), status=event.status.value, due=due)
        before = spans[-1] if spans else None
        if before and (before.status, before.due, before.ends) == (span.status, due, span.starts):
            spans[-1] = replace(before, ends=span.ends)
        else:
            spans.append(span)
    return tuple(spans)


def _timeline(ids: tuple[str, ...], symbols: list[str], page: Page, place: int) -> Markup:
    words, subject = page.words, page.subject
    names = words.listed([f"{subject.element_name(one)} ({one})" for one in symbols])
    title = tag("h3", names)
    if not ids:
        return joined(title, tag("p", words.say("controls.no_measure")))
    lanes = [Lane(name=key, spans=_spans(subject.measures[key], page)) for key in ids]
    label = words.say(
        "controls.label",
        elements=names,
        measures=words.say("list.semicolon").join(_in_words(lane, page) for lane in lanes),
    )
    figure = timeline(
        lanes,
        frame=_frame(page),
        names={one.value: words.say(f"timeline.{one.value}") for one in _DRAWN},
        today=subject.context.as_of.isoformat(),
        label=label,
        key=f"time{place}",
    )
    scroller = tag("div", figure, class_="wide", tabindex=0, role="region", aria_label=names)
    return tag("div", title, scroller, class_="keep")


def _in_words(lane: Lane, page: Page) -> str:
    words = page.words
    parts = [
        words.say(
            "controls.span",
            status=words.say(f"timeline.{span.status}"),
            date=span.starts.isoformat(),
        )
        + (f" ({words.say('controls.due')})" if span.due else "")
        for span in lane.spans
    ]
    return f"{lane.name}: {words.listed(parts)}"


def _notes(page: Page) -> Markup | None:
    """Return what qualifies the law, each sentence once with the elements it is about."""
    notes: dict[str, list[str]] = {}
    for element in page.exposed:
        for note in element.control.notes if element.control else ():
            notes.setdefault(note, []).append(element.symbol)
    if not notes:
        return None
    items = [
        tag("li", tag("b", ", ".join(symbols)), ": ", core_sentence(note, page.words))
        for note, symbols in notes.items()
    ]
    return joined(tag("h3", page.words.say("controls.notes")), tag("ul", items, class_="notes"))


def _measures(page: Page) -> Markup | None:
    words = page.words
    shown = [one for one in page.subject.measures.values() if one.cited or _shown(one, page)]
    if not shown:
        return None
    head: list[Child] = [
        words.say(f"col.{name}") for name in ("measure", "what", "status", "next_step", "elements")
    ]
    rows = [_row(one, page) for one in shown]
    caption = words.say("controls.measures")
    return joined(tag("h3", caption), table(head, rows, class_="measures", caption=caption))


def _row(one: MeasureOnDay, page: Page) -> list[Child]:
    words, measure = page.words, one.measure
    what = joined(
        words.say(f"type.{measure.type.value}"),
        tag("br"),
        tag("small", english(measure.title)),
        " ",
        page.citations.mark(measure.sources),
    )
    status = joined(
        words.say(f"timeline.{one.status.value}"),
        [joined(tag("br"), tag("small", words.say("controls.since", date=_day(one.since))))]
        if one.since
        else None,
    )
    elements = [symbol for symbol in page.subject.reference.elements if symbol in one.elements]
    return [code(measure.id), what, status, _next(one, page), " ".join(elements) or "–"]


def _next(one: MeasureOnDay, page: Page) -> Markup | str:
    words, as_of = page.words, page.subject.context.as_of
    before = [event.status for event in one.events if event.on_date <= as_of][-1:]
    upcoming = [event for event in one.events if event.on_date > as_of]
    statuses = [*before, *(event.status for event in upcoming)]
    changes = [
        event
        for event, (old, new) in zip(upcoming, pairwise(statuses), strict=False)
        if old is not new
    ] if before else upcoming  # fmt: skip
    if not changes:
        return "–"
    event = changes[0]
    return joined(
        _day(event.on_date),
        ": ",
        words.say(f"timeline.{event.status.value}"),
        tag("br"),
        tag("small", words.say(f"certainty.{event.basis.value}")),
    )


def _day(value: date) -> str:
    """Return a day that is not broken at the end of a line."""
    return value.isoformat().replace("-", "\u2011")
