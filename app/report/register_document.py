"""The register of export controls as one Markdown document: what is modelled, and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.controls import ControlMeasure, ControlRegister, LegalForce, Remark
from app.domain.provenance import Source
from app.report.register_measure import linked, measure_section, plain, source_line, standing_text

#: What each force of law means, in the order of the table.
_FORCES = {
    LegalForce.BINDING: "law",
    LegalForce.ANNOUNCED_ONLY: "announced or asked for, no act",
    LegalForce.UNACKNOWLEDGED: "practice that nobody admits",
    LegalForce.NOT_APPLICABLE: "an event, no act of law",
}

_READING = """\
Two clocks run. A status has a day **from which it applies** and a day **from which one could
know** it; a question about the past sees only what was known then. A status rests on one of four
things:

| basis | means |
|---|---|
| enacted | the instrument itself did it |
| scheduled | the instrument names this later day, and nobody has confirmed it since |
| stated | the issuer said so; no instrument that does it was found |
| reported | press or observers only |

Where a scheduled day and a statement disagree, the status is **unconfirmed**: the score takes the
best estimate, its upper bound the worst case, and the answer says so. Nothing is extended by
itself. A suspension counts up to and including its last day. Law and practice are kept apart: a
halt in practice never becomes a prohibition here; it acts on the expected delay.

The wording below is ours; the notices are binding in their own language. "Rules" marked *text
only* are shown to people and compute nothing. This page is no legal advice."""

_NOT_MODELLED = """\
Beside the rules marked *text only*, the open questions, and the measures that only stand in the
register:

- sanctions, embargoes and investment rules of any country that are no export control on rare
  earths; end users are compared with the Chinese lists named above and with no others;
- import duties and subsidies of the buyer's country, and contract law;
- the licence duties of goods that hold no rare earth;
- transit, and evasion through third countries: goods are taken to go where the question says;
- technology, services and conduct of persons: they are described, and count among the
  restrictions that a country has taken, but no line of a bill of materials is a technology."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a measure stands on the day of the document.

    Attributes:
        status: Its status, `not_published` where nobody could know of it.
        basis: What the status rests on.
        best_estimate, worst_case: For an unconfirmed status.
        role: What it does to a score, in words.
    """

    status: str
    since: date | None
    basis: str | None
    best_estimate: str | None
    worst_case: str | None
    role: str


def register_document(
    register: ControlRegister,
    sources: Mapping[str, Source],
    standings: Mapping[str, Standing],
    *,
    as_of: date,
) -> str:
    """Return the whole register in Markdown.

    Args:
        register: Measures, remarks and calendar.
        sources: Every source by key.
        standings: How each measure stands on the day.
        as_of: Day of the statuses.
    """
    measures = sorted(register.measures.values(), key=_order)
    lines = [
        *_head(register, as_of),
        *_overview(measures, standings),
        "",
        "## The measures",
        "",
        *(
            line
            for measure in measures
            for line in measure_section(
                measure, standing_text(_fields(standings[measure.id]), as_of),
                standings[measure.id].role, sources,
            )
        ),
        *_remarks(register, sources),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _order(measure: ControlMeasure) -> tuple[str, date, str]:
    """Return the key by which measures are sorted: China first, then by publication."""
    first = min(event.known_from for event in measure.timeline)
    return ("" if measure.exporter == "CN" else measure.exporter, first, measure.id)


def _fields(standing: Standing) -> tuple[str, date | None, str | None, str | None, str | None]:
    return (
        standing.status, standing.since, standing.basis, standing.best_estimate,
        standing.worst_case,
    )  # fmt: skip


def _head(register: ControlRegister, as_of: date) -> Iterator[str]:
    yield "# Export controls: what is modelled, and what is not"
    yield ""
    yield "Written by `make controls-document` from `app/data/controls`; do not edit."
    yield ""
    yield (
        f"**Knowledge ends on {register.knowledge_cutoff}.** Nothing published later is here. "
        f"Statuses are those of {as_of}: what was known by then, carried forward. "
        f"{len(register.measures)} measures, {len(register.observations)} observations and "
        f"{len(register.practice)} reports of practice are on record."
    )
    late = [event for event in register.scheduled_events if event.on_date >= as_of]
    passed = [
        event
        for event in register.scheduled_events
        if register.knowledge_cutoff < event.on_date < as_of
    ]
    yield ""
    yield "Days that passed after that and that nobody has confirmed:"
    yield ""
    yield from (f"- {event.on_date}: {plain(event.what)}" for event in passed)
    yield ""
    yield "Days to come:"
    yield ""
    yield from (f"- {event.on_date}: {plain(event.what)}" for event in late)
    yield ""
    yield "## How to read this page"
    yield ""
    yield _READING
    yield ""


def _overview(
    measures: Sequence[ControlMeasure], standings: Mapping[str, Standing]
) -> Iterator[str]:
    yield "## Overview"
    yield ""
    yield "| measure | number | force | status | since | rests on |"
    yield "|---|---|---|---|---|---|"
    for measure in measures:
        standing = standings[measure.id]
        cells = (
            linked(measure.id),
            plain(measure.official_number or "-"),
            _FORCES[measure.legal_force],
            standing.status.replace("_", " "),
            "-" if standing.since is None else standing.since.isoformat(),
            standing.basis or "-",
        )
        yield f"| {' | '.join(cells)} |"


def _remarks(register: ControlRegister, sources: Mapping[str, Source]) -> Iterator[str]:
    yield "## What is not modelled"
    yield ""
    yield _NOT_MODELLED
    yield ""
    yield "## What governments said to each other"
    yield ""
    yield "No law: none of this changes a status by itself."
    yield ""
    for remark in _of_kind(register.remarks, "commitment"):
        yield f"- **{remark.on_date}** {plain(remark.text)} ({plain(remark.detail)})."
        yield from (f"  - {source_line(sources[key])}" for key in remark.sources)
    yield ""
    yield "## Open questions, and what is assumed meanwhile"
    yield ""
    yield from (
        f"- **{remark.id}** {plain(remark.text)} - {plain(remark.detail)}."
        for remark in _of_kind(register.remarks, "open_question")
    )
    claims = tuple(_of_kind(register.remarks, "rejected_claim"))
    yield ""
    yield "## Claims that were met and not taken over"
    yield ""
    yield f"{len(claims)} claims of press, trackers and blogs contradict the notices:"
    yield ""
    for remark in claims:
        yield f'- **{remark.id}** "{plain(remark.text)}" - {plain(remark.detail)}.'


def _of_kind(remarks: Iterable[Remark], kind: str) -> Iterator[Remark]:
    return (remark for remark in remarks if remark.kind == kind)
