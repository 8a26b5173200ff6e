"""The text of the files that a new measure consists of: measure, source, acceptance rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.controls import DestinationMode, EventBasis, TimelineStatus
from app.refdata.measure_answers import (
    ALL_ELEMENTS,
    ENTITY_TYPES,
    LISTED,
    NO_ELEMENTS,
    MeasureAnswers,
    SourceAnswer,
)

_MODES = {ALL_ELEMENTS: "all", LISTED: "any_dual_use_listed", NO_ELEMENTS: "none"}
_ONE_DAY = timedelta(days=1)
_TOP_KEY = re.compile(r"([^\s#:][^:]*):\s*")
_STATES = {
    TimelineStatus.ANNOUNCED: "announced",
    TimelineStatus.IN_FORCE: "in force",
    TimelineStatus.ENDED: "ended",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """One change of status that the answers name."""

    on_date: date
    status: TimelineStatus
    basis: EventBasis


def events_of(answers: MeasureAnswers) -> tuple[NewEvent, ...]:
    """Return the timeline of a new measure.

    A day that the notice names and that nobody can have looked at yet is `scheduled`.
    """

    def event(on_date: date, status: TimelineStatus) -> NewEvent:
        seen = on_date <= max(answers.checked_on, answers.published_on)
        basis = EventBasis.ENACTED if seen else EventBasis.SCHEDULED
        return NewEvent(on_date=on_date, status=status, basis=basis)

    events = []
    if answers.published_on < answers.in_force_on:
        events.append(event(answers.published_on, TimelineStatus.ANNOUNCED))
    events.append(event(answers.in_force_on, TimelineStatus.IN_FORCE))
    if answers.last_day is not None:
        events.append(event(answers.last_day + _ONE_DAY, TimelineStatus.ENDED))
    return tuple(events)


def measure_text(answers: MeasureAnswers) -> str:
    """Return the file of the measure."""
    return "\n".join([*_head(answers), *_scope(answers), *_rest(answers)]) + "\n"


def _head(answers: MeasureAnswers) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../../schema/controls-measure.schema.json"
    yield f"# {answers.id}: {' '.join(answers.title.split())}"
    yield "# Written by `lodestone new-measure`; docs/data-guide.md says what each field means."
    yield f"id: {answers.id}"
    yield f"title: {_quoted(answers.title)}"
    yield f"exporter: {answers.exporter}"
    yield f"issuing_authority: {_quoted(answers.issuing_authority)}"
    number = answers.official_number
    yield f"official_number: {'null' if number is None else _quoted(number)}"
    yield f"announcement: {answers.announcement}"
    yield f"type: {answers.type}"
    yield f"control_basis: {answers.control_basis}"
    yield f"legal_force: {answers.legal_force}"
    yield f"announced: {answers.published_on}"
    yield f"effective_from: {answers.in_force_on}"
    yield "timeline:"
    for event in events_of(answers):
        yield (
            f"  - {{on_date: {event.on_date}, status: {event.status}, basis: {event.basis}, "
            f"known_from: {answers.published_on}, source: {answers.source.key}}}"
        )


def _scope(answers: MeasureAnswers) -> Iterator[str]:
    mode = _MODES.get(answers.elements[0], "explicit")
    yield "scope:"
    yield f"  elements_mode: {mode}"
    if mode == "explicit":
        yield f"  elements: {_list(answers.elements)}"
    yield f"  stages: {_list(answers.forms)}"
    yield "  destinations:"
    yield f"    mode: {answers.destination_mode}"
    if answers.destination_mode is not DestinationMode.ALL:
        yield f"    countries: {_list(answers.countries)}"


def _rest(answers: MeasureAnswers) -> Iterator[str]:
    yield "rules:"
    for rule in answers.rules:
        yield f"  - when: {_quoted(rule.when)}"
        yield f"    outcome: {rule.outcome}"
        yield (
            f"    applies: {{end_uses: {_list(rule.end_uses)}, end_users: {_list(rule.end_users)}}}"
        )
    if answers.type in ENTITY_TYPES:
        yield "entities:"
        yield f"  names_complete: {str(answers.names_complete).lower()}"
        yield f"  entity_count: {answers.entity_count}"
        yield "  listed:"
        for name in answers.names:
            yield f"    - {{names: [{_quoted(name)}]}}"
    if answers.notes:
        yield f"notes: {_quoted(answers.notes)}"
    yield f"confidence: {answers.confidence}"
    yield f"last_verified_on: {answers.checked_on}"
    yield f"check_every_days: {answers.check_every_days}"
    yield f"sources: [{answers.source.key}]"


def sources_text(present: str, source: SourceAnswer, *, published_on: date) -> str:
    """Return `sources.yaml` with an entry more, at its place in the alphabet."""
    entry = [
        f"{source.key}:",
        f"  publisher: {_quoted(source.publisher or '')}",
        f"  title: {_quoted(source.title or '')}",
        f'  year: "{published_on.year}"',
        f'  published_on: "{published_on}"',
        f"  url: {'null' if source.url is None else _quoted(source.url)}",
        f"  url_precision: {'none' if source.url is None else 'page'}",
        f"  verified: {str(source.verified).lower()}",
        f"  read: {_quoted(source.read)}",
    ]
    lines = present.splitlines()
    later = (
        number
        for number, line in enumerate(lines)
        if (found := _TOP_KEY.fullmatch(line)) and found[1] > source.key
    )
    at = next(later, len(lines))
    return "\n".join([*lines[:at], *entry, *lines[at:]]) + "\n"


def acceptance_text(answers: MeasureAnswers) -> str:
    """Return the acceptance table: what must hold around each day, worked out from the answers."""
    lines = [
        f"# {' '.join(answers.title.split())}",
        "# as_of: day of the question; known_on: last day of publication that counts.",
        "# Worked out from the dates of the notice.",
        f"measure: {answers.id}",
        "cases:",
    ]
    before = "not_published"
    for event in events_of(answers):
        state = _STATES[event.status]
        known = max(event.on_date, answers.published_on)
        lines += [
            _case(event.on_date - _ONE_DAY, known, before, f"the day before it is {state}"),
            _case(event.on_date, known, event.status, f"the first day {state}"),
        ]
        before = event.status
    unaware = answers.published_on - _ONE_DAY
    lines.append(_case(answers.in_force_on, unaware, "not_published", "nobody could know yet"))
    lines.append("rules:")
    for number, rule in enumerate(answers.rules, start=1):
        lines.append(
            f"  - {{rule: {number}, end_use: {rule.end_uses[0]}, end_user: {rule.end_users[0]}, "
            f"form: {answers.forms[0]}, expect: {rule.outcome},"
        )
        lines.append(f"     because: {_quoted(rule.when)}}}")
    return "\n".join(lines) + "\n"


def _case(as_of: date, known_on: date, expect: str, because: str) -> str:
    return (
        f"  - {{as_of: {as_of}, known_on: {known_on}, expect: {expect},\n     because: {because}}}"
    )


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"


def _quoted(text: str) -> str:
    """Return a text as YAML takes it on one line, whatever signs it holds."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
