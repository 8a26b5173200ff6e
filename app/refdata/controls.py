"""Loads the register of export controls: measures, observations, practice and what is beside."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path
from types import MappingProxyType

from app.domain.controls import ControlMeasure, ControlRegister
from app.errors import ReferenceDataError
from app.refdata.controls_checks import register_faults
from app.refdata.controls_measure import read_measure
from app.refdata.controls_observations import load_observations, load_practice
from app.refdata.controls_tables import (
    REGISTER_FILE,
    RegisterHead,
    load_customs_codes,
    load_head,
    load_remarks,
    load_trade,
)
from app.refdata.fault_list import FaultList
from app.refdata.text_record import gather, unique

CONTROLS_FOLDER = "controls"


def load_register(root: Path, known_sources: AbstractSet[str]) -> ControlRegister:
    """Return the register.

    Args:
        root: Folder of the data.
        known_sources: Keys that a row may name.

    Raises:
        ReferenceDataError: A file is broken, or measures contradict each other; the message has
            a line for every fault that could be found.
    """
    faults = FaultList()
    head = faults.attempt(lambda: load_head(root, known_sources))
    measures = faults.attempt(lambda: _load_measures(root, known_sources))
    remarks = faults.attempt(lambda: load_remarks(root, known_sources)) or ()
    practice = faults.attempt(lambda: load_practice(root, known_sources)) or ()
    trade = faults.attempt(lambda: load_trade(root, known_sources)) or ()
    codes = faults.attempt(lambda: load_customs_codes(root, known_sources)) or ()
    by_id = faults.result(measures)
    start = faults.result(head)
    observations = faults.attempt(
        lambda: load_observations(root, measures=by_id, known_sources=known_sources)
    )
    faults.extend(register_faults(by_id))
    faults.extend(_late_knowledge(by_id, start))
    faults.raise_if_any()
    return ControlRegister(
        measures=MappingProxyType(by_id),
        observations=observations or (),
        practice=practice,
        scheduled_events=start.scheduled_events,
        remarks=remarks,
        knowledge_cutoff=start.knowledge_cutoff,
        warn_after_days=start.warn_after_days,
        trade=trade,
        customs_codes=codes,
        name_rules=start.name_rules,
        compiled_on=start.compiled_on,
    )


def _load_measures(root: Path, known_sources: AbstractSet[str]) -> dict[str, ControlMeasure]:
    """Return the measures by id, in the order of their files."""
    folder = root / CONTROLS_FOLDER
    names = sorted(path.relative_to(root).as_posix() for path in folder.glob("*/*.yaml"))
    if not names:
        raise ReferenceDataError(f"{CONTROLS_FOLDER}: holds no measure")
    measures = gather(names, lambda name: read_measure(root, name, known_sources))
    return unique(CONTROLS_FOLDER, ((measure.id, measure) for measure in measures))


def _late_knowledge(measures: dict[str, ControlMeasure], head: RegisterHead) -> list[str]:
    """Return events that the register knows of although its knowledge ends before."""
    return [
        f"{REGISTER_FILE}: 'knowledge_cutoff' {head.knowledge_cutoff} lies before {measure.id} "
        f"could be known on {event.known_from}"
        for measure in measures.values()
        for event in measure.timeline
        if event.known_from > head.knowledge_cutoff
    ]
