"""Every jump of a score from one day to the next, with the dated row that caused it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.reference import ReferenceData
from app.scoring.engine import STRUCTURAL
from app.scoring.timeline import announced_on
from tests.validation.laws import Breach, breaches, probes_of
from tests.validation.probes import Probe, Reading, question, readings, single_element_probes

FIRST_DAY = date(2025, 1, 1)
LAST_DAY = date(2026, 11, 23)

#: A change of this many points from one day to the next must have a dated cause.
JUMP_POINTS = 3.0

#: Days between two looks where nothing is dated, and the change that makes us look closer.
STRIDE_DAYS = 7
DRIFT_POINTS = 2.5

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
    for day, row in (
        *_measure_rows(reference), *_observation_rows(reference), *_vintage_rows(reference)
    ):  # fmt: skip
        found.setdefault(day, []).append(row)
    return {day: tuple(dict.fromkeys(rows)) for day, rows in found.items()}


def _measure_rows(reference: ReferenceData) -> Iterator[tuple[date, DatedRow]]:
    timing = reference.methodology.timing
    window = timedelta(days=timing.restriction_window_days + 1)
    lapse = timedelta(days=timing.draft_lapses_after_days + 1)
    for measure in reference.register.measures.values():
        # A restriction also raises the chance of the next one.
        causes = frozenset({measure.id, STRUCTURAL})
        for event in measure.timeline:
            row = DatedRow(EVENT, f"{measure.id} {event.status.value}", causes)
            for day in (event.on_date, event.known_from, event.known_to):
                if day is not None:
                    yield day, row
            yield event.known_from + lapse, DatedRow(EVENT, f"{measure.id} draft lapses", causes)
        published = announced_on(measure)
        yield published, DatedRow(EVENT, f"{measure.id} published", causes)
        left = DatedRow(EVENT, f"{measure.id} leaves the two-year window", causes)
        yield published + window, left


def _observation_rows(reference: ReferenceData) -> Iterator[tuple[date, DatedRow]]:
    fade = timedelta(days=reference.methodology.timing.observation_fade_days)
    for observation in reference.register.observations:
        causes = frozenset({observation.measure})
        start = observation.known_from
        stale = start + timedelta(days=observation.valid_days)
        yield start, DatedRow(EVENT, observation.id, causes)
        yield stale, DatedRow(EVENT, f"{observation.id} starts to fade", causes)
        yield stale + fade, DatedRow(EVENT, f"{observation.id} has faded", causes)


def _vintage_rows(reference: ReferenceData) -> Iterator[tuple[date, DatedRow]]:
    supply = reference.supply
    for table, rows in (
        ("world output", supply.world),
        ("feed", supply.feed),
        ("sourcing", supply.destination_mixes),
    ):
        for row in rows:
            where = f" {row.place}" if row.place else ""
            name = f"{table} {row.stage.value}{where} ({row.provenance.sources[0]})"
            yield row.valid_from, DatedRow(VINTAGE, name)
            if row.valid_to is not None:
                yield row.valid_to, DatedRow(VINTAGE, f"{name} ends")
    for mine in supply.largest_mines.values():
        for valid_from, _ in mine.vintages:
            yield valid_from, DatedRow(VINTAGE, f"largest mine of {mine.element}")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan of one destination found, and on how many days it looked."""

    jumps: tuple[Jump, ...]
    breaches: tuple[Breach, ...]
    days: int
    military_days: int


def scan(
    reference: ReferenceData, destination: str, *, stride_days: int = STRIDE_DAYS,
    military_every: int = 1, turn: tuple[int, int] | None = None,
) -> Scan:  # fmt: skip
    """Return the jumps of all single-element lines to one destination, and breaches of the laws.

    Every dated day and its eve are looked at. Between them the score can only drift; where it
    drifts by more than a little over a stride, every day of the stride is looked at too.

    Args:
        reference: The data that ship.
        destination: Country of import.
        stride_days: Days between two looks where nothing is dated; 1 looks at every day.
        military_every: Military use is held against civil use on each n-th day looked at.
        turn: (k, n) looks at the k-th of each n dated days and its eve only, and not at what
            drifts between them; n such scans together look at every dated day.
    """
    rows = dated_rows(reference)
    seen: dict[date, Mapping[Probe, Reading]] = {}

    def look(day: date) -> Mapping[Probe, Reading]:
        if day not in seen:
            seen[day] = readings(probes_of(reference, destination, day), question(destination, day))
        return seen[day]

    dated = sorted(day for day in rows if FIRST_DAY < day <= LAST_DAY)
    days = _days(dated if turn is None else dated[turn[0] :: turn[1]], stride_days)
    for earlier, later in itertools.pairwise(days):
        moved = _moved(look(earlier), look(later))
        if moved > DRIFT_POINTS and turn is None:
            for step in range(1, (later - earlier).days):
                look(earlier + timedelta(days=step))
    found: list[Breach] = []
    for place, day in enumerate(sorted(seen)):
        military = place % military_every == 0
        found += breaches(reference, destination, day, seen[day], military=military)
    return Scan(
        tuple(_jumps(destination, seen, rows)),
        tuple(found),
        len(seen),
        len(range(0, len(seen), military_every)),
    )


def _jumps(
    destination: str,
    seen: Mapping[date, Mapping[Probe, Reading]],
    rows: Mapping[date, tuple[DatedRow, ...]],
) -> Iterator[Jump]:
    for day in sorted(seen):
        eve = seen.get(day - timedelta(days=1))
        if eve is None:
            continue
        jumping = [
            probe
            for probe in single_element_probes()
            if abs(seen[day][probe].score - eve[probe].score) > JUMP_POINTS
        ]
        if not jumping:
            continue
        # Causes cost time and are asked for only where they are told.
        before = readings(jumping, question(destination, day - timedelta(days=1)))
        after = readings(jumping, question(destination, day))
        for probe in jumping:
            yield _jump(destination, probe, day, before[probe], after[probe], rows)


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
    return max(abs(after[probe].score - before[probe].score) for probe in single_element_probes())


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
