"""Every jump of a score from one day to the next, with the dated row that caused it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.reference import ReferenceData
from app.scoring.engine import STRUCTURAL
from app.scoring.timeline import announced_on
from tests.validation.probes import Probe, Reading, question, readings, single_element_probes

FIRST_DAY = date(2025, 1, 1)
LAST_DAY = date(2026, 11, 23)

#: A change of this many points from one day to the next must have a dated cause.
JUMP_POINTS = 3.0

#: Days between two looks where nothing is dated, and the change that makes us look closer.
STRIDE_DAYS = 7
DRIFT_POINTS = 2.5

#: Causes that follow a listing of goods: a restriction also raises the chance of the next.
LISTED = (STRUCTURAL,)

EVENT = "event"
VINTAGE = "data vintage"


@dataclass(frozen=True, slots=True)
class Jump:
    """One jump and the dated rows of the same day that its causes name."""

    destination: str
    probe: Probe
    day: date
    before: float
    after: float
    causes: tuple[str, ...]
    kind: str

    @property
    def change(self) -> float:
        """Return the change in points."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class DatedRow:
    """Something in the data that starts or ends on a day.

    Attributes:
        kind: "event" or "data vintage".
        name: What it is.
        causes: Names of which the explanation must hold at least one; empty for a vintage,
            which changes every cause that rests on the table.
    """

    kind: str
    name: str
    causes: frozenset[str] = frozenset()


def dated_rows(reference: ReferenceData) -> dict[date, tuple[DatedRow, ...]]:
    """Return, for each day on which something dated starts or ends, what it is.

    Events of measures, observations that begin or pass their validity, drafts and
    restrictions that grow too old, and rows of the supply tables.
    """
    found: dict[date, list[DatedRow]] = {}

    def add(day: date, kind: str, name: str, *causes: str) -> None:
        found.setdefault(day, []).append(DatedRow(kind, name, frozenset(causes)))

    timing = reference.methodology.timing
    for measure in reference.register.measures.values():
        for event in measure.timeline:
            for day in (event.on_date, event.known_from, event.known_to):
                if day is not None:
                    add(day, EVENT, f"{measure.id} {event.status.value}", measure.id, *LISTED)
        published = announced_on(measure)
        add(published, EVENT, f"{measure.id} published", measure.id, STRUCTURAL)
        window = timedelta(days=timing.restriction_window_days + 1)
        add(published + window, EVENT, f"{measure.id} leaves the two-year window", STRUCTURAL)
        lapse = timedelta(days=timing.draft_lapses_after_days + 1)
        for event in measure.timeline:
            add(event.known_from + lapse, EVENT, f"{measure.id} draft lapses", measure.id)
    for observation in reference.register.observations:
        under = observation.measure
        add(observation.known_from, EVENT, observation.id, under)
        stale = timedelta(days=observation.valid_days)
        add(observation.known_from + stale, EVENT, f"{observation.id} starts to fade", under)
        gone = timedelta(days=observation.valid_days + timing.observation_fade_days)
        add(observation.known_from + gone, EVENT, f"{observation.id} has faded", under)
    supply = reference.supply
    for table, rows in (
        ("world output", supply.world),
        ("feed", supply.feed),
        ("sourcing", supply.destination_mixes),
    ):
        for row in rows:
            where = f" {row.place}" if row.place else ""
            name = f"{table} {row.stage.value}{where} ({row.provenance.sources[0]})"
            add(row.valid_from, VINTAGE, name)
            if row.valid_to is not None:
                add(row.valid_to, VINTAGE, f"{name} ends")
    for mine in supply.largest_mines.values():
        for valid_from, _ in mine.vintages:
            add(valid_from, VINTAGE, f"largest mine of {mine.element}")
    return {day: tuple(dict.fromkeys(rows)) for day, rows in found.items()}


def find_jumps(
    reference: ReferenceData, destination: str, *, stride_days: int = STRIDE_DAYS
) -> list[Jump]:
    """Return the jumps of all single-element lines to one destination.

    Every dated day and its eve are looked at. Between them the score can only drift; where it
    drifts by more than a little over a stride, every day of the stride is looked at too.

    Args:
        reference: The data that ship.
        destination: Country of import.
        stride_days: Days between two looks where nothing is dated; 1 looks at every day.
    """
    rows = dated_rows(reference)
    seen: dict[date, Mapping[Probe, Reading]] = {}
    probes = single_element_probes()

    def look(day: date) -> Mapping[Probe, Reading]:
        if day not in seen:
            seen[day] = readings(probes, question(destination, day))
        return seen[day]

    days = _days(rows, stride_days)
    for earlier, later in zip(days, days[1:], strict=False):
        moved = _moved(look(earlier), look(later))
        if moved > DRIFT_POINTS:
            for step in range(1, (later - earlier).days):
                look(earlier + timedelta(days=step))
    jumps: list[Jump] = []
    for day in sorted(seen):
        eve = seen.get(day - timedelta(days=1))
        if eve is None:
            continue
        for probe, reading in seen[day].items():
            if abs(reading.score - eve[probe].score) > JUMP_POINTS:
                jumps.append(_jump(destination, probe, day, eve[probe], reading, rows))
    return jumps


def _days(rows: Iterable[date], stride_days: int) -> list[date]:
    days = {FIRST_DAY, LAST_DAY}
    day = FIRST_DAY
    while day < LAST_DAY:
        days.add(day)
        day += timedelta(days=stride_days)
    for dated in rows:
        days |= {dated, dated - timedelta(days=1)}
    return sorted(day for day in days if FIRST_DAY <= day <= LAST_DAY)


def _moved(before: Mapping[Probe, Reading], after: Mapping[Probe, Reading]) -> float:
    return max(abs(after[probe].score - before[probe].score) for probe in before)


def _jump(
    destination: str,
    probe: Probe,
    day: date,
    before: Reading,
    after: Reading,
    rows: Mapping[date, tuple[DatedRow, ...]],
) -> Jump:
    named = frozenset(cause[0] for cause in (*before.causes, *after.causes))
    told = [row for row in rows.get(day, ()) if row.kind == VINTAGE or row.causes & named]
    kinds = {row.kind for row in told}
    kind = EVENT if EVENT in kinds else VINTAGE if kinds else "none"
    return Jump(
        destination,
        probe,
        day,
        before.score,
        after.score,
        tuple(row.name for row in told if row.kind == kind),
        kind,
    )
