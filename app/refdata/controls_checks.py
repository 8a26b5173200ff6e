"""Checks of sense within one measure, and between the measures of the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    ElementsMode,
    MeasureType,
    Outcome,
    TimelineStatus,
)

#: From mild to severe, for the two ends of an unconfirmed status.
_SEVERITY = (
    TimelineStatus.ENDED,
    TimelineStatus.SUSPENDED,
    TimelineStatus.ANNOUNCED,
    TimelineStatus.IN_FORCE,
)

_ENTITY_TYPES = frozenset({MeasureType.ENTITY_PROHIBITION, MeasureType.ENTITY_ENHANCED_LICENCE})


def measure_faults(measure: ControlMeasure, name: str) -> Iterator[str]:
    """Yield what makes no sense in a measure that is right in form.

    Args:
        measure: The measure.
        name: Path of its file, which repeats issuer and id.
    """
    path = PurePosixPath(name)
    if path.stem != measure.id.lower() or path.parent.name != measure.exporter.lower():
        yield f"the file of {measure.id} of {measure.exporter} must lie in its issuer's folder"
    yield from _timeline_faults(measure)
    yield from _rule_faults(measure)
    yield from _entity_faults(measure)
    if bool(measure.suspends) != (measure.type is MeasureType.SUSPENSION_INSTRUMENT):
        yield "'suspends' belongs to a suspension instrument, and only to one"
    threshold = measure.scope.de_minimis
    if threshold is not None and not measure.scope.extraterritorial:
        yield "'de_minimis' without a way to reach goods abroad"


def _timeline_faults(measure: ControlMeasure) -> Iterator[str]:
    events = measure.timeline
    keys = [(event.on_date, event.known_from) for event in events]
    if not events:
        yield "'timeline' is empty"
    if keys != sorted(keys):
        yield "'timeline' must ascend by on_date, then known_from"
    if len(set(keys)) != len(keys):
        yield "'timeline' has two events with the same on_date and known_from"
    if measure.announced is not None and measure.announced not in {e.known_from for e in events}:
        yield f"'announced' {measure.announced} is the known_from of no event"
    starts = {e.on_date for e in events if e.status is TimelineStatus.IN_FORCE}
    if measure.effective_from is not None and measure.effective_from not in starts:
        yield f"'effective_from' {measure.effective_from} is the day of no event in_force"
    if measure.type is MeasureType.SUSPENSION_INSTRUMENT:
        return
    for event in events:
        if event.best_estimate is None or event.worst_case is None:
            continue
        if _SEVERITY.index(event.worst_case) < _SEVERITY.index(event.best_estimate):
            yield f"event of {event.on_date}: the worst case is milder than the best estimate"


def _rule_faults(measure: ControlMeasure) -> Iterator[str]:
    for rule in measure.rules:
        applies = rule.applies
        if applies is None or rule.outcome is Outcome.NOT_CONTROLLED:
            continue
        strange = applies.stages - measure.scope.stages
        if strange:
            yield f"rule {rule.when!r} speaks of {' '.join(sorted(strange))}, the scope does not"


def _entity_faults(measure: ControlMeasure) -> Iterator[str]:
    listed = measure.entity_list
    if (listed is None) == (measure.type in _ENTITY_TYPES):
        yield "'entities' belongs to an entity measure, and to each of them"
    if listed is None:
        return
    count = len(listed.entities)
    if listed.names_complete and listed.entity_count != count:
        yield f"'entity_count' is {listed.entity_count}, but {count} names are called complete"
    if not listed.names_complete and listed.entity_count <= count:
        yield f"'entity_count' is {listed.entity_count}, but {count} names are called incomplete"
    names = [name for entity in listed.entities for name in entity.names]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the entity name {name!r} is repeated"


def register_faults(measures: Mapping[str, ControlMeasure]) -> Iterator[str]:
    """Yield contradictions between measures."""
    for measure in measures.values():
        place = f"controls: {measure.id}"
        for suspended in measure.suspends:
            other = measures.get(suspended)
            if other is None:
                yield f"{place}: suspends {suspended}, which is no measure"
            elif not _is_suspended_by(other, measure):
                yield f"{place}: suspends {suspended}, whose timeline has no such event"
        if measure.scope.elements_mode is ElementsMode.ANY_DUAL_USE_LISTED and not _lists_goods(
            measures.values(), measure.exporter
        ):
            yield f"{place}: follows the dual-use list of {measure.exporter}, which has no measure"
        group = measures.get(measure.announcement)
        if group is not None and group.id != measure.id:
            yield f"{place}: 'announcement' is the id of another measure"


def _is_suspended_by(measure: ControlMeasure, instrument: ControlMeasure) -> bool:
    """Return whether a measure was suspended on a day on which the instrument came into force."""
    started = {
        event.on_date for event in instrument.timeline if event.status is TimelineStatus.IN_FORCE
    }
    return any(
        event.status is TimelineStatus.SUSPENDED and event.on_date in started
        for event in measure.timeline
    )


def _lists_goods(measures: Iterable[ControlMeasure], exporter: str) -> bool:
    return any(
        measure.exporter == exporter
        and measure.type is MeasureType.LICENCE_REQUIREMENT
        and measure.control_basis is ControlBasis.DUAL_USE
        and bool(measure.scope.items)
        for measure in measures
    )
