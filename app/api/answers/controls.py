"""The register as an answer: measures with both clocks, and the grid of a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.api.answers.assessment import context_answer
from app.api.answers.elements import control
from app.api.answers.freshness import freshness_answer
from app.api.answers.reference import source_answer
from app.api.schemas.answers import NextChange
from app.api.schemas.controls import (
    ControlList,
    ControlTable,
    EventAnswer,
    ItemAnswer,
    MeasureRecord,
    ObservationAnswer,
    OneControl,
    RuleAnswer,
)
from app.api.versions import versions_from
from app.domain.context import AssessmentContext
from app.domain.controls import (
    ControlledItems,
    ControlMeasure,
    Rule,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.observations import Observation
from app.domain.reference import ReferenceData
from app.domain.results import ControlChange
from app.scoring.control_grid import ControlGrid, MeasureEntry
from app.scoring.timeline import ResolvedStatus


def control_list(
    entries: Sequence[MeasureEntry], reference: ReferenceData, *, as_of: date, known_on: date
) -> ControlList:
    """Return measures with their status on the day of the question."""
    return {
        **versions_from(reference),
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "freshness": freshness_answer(
            reference.register, as_of, (entry.measure.id for entry in entries)
        ),
        "controls": [_record(entry.measure, entry.resolved, known_on) for entry in entries],
    }


def one_control(
    entry: MeasureEntry, reference: ReferenceData, *, as_of: date, known_on: date
) -> OneControl:
    """Return one measure with what was observed under it and every source in full."""
    measure = entry.measure
    observations = [
        observation
        for observation in reference.register.observations
        if observation.measure == measure.id and observation.known_from <= known_on
    ]
    keys = {*measure.sources, *(event.source for event in measure.timeline)}
    keys.update(key for one in observations for key in one.provenance.sources)
    return {
        **versions_from(reference),
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "freshness": freshness_answer(reference.register, as_of, (measure.id,)),
        "control": _record(measure, entry.resolved, known_on),
        "observations": [_observation(observation) for observation in observations],
        "sources": [source_answer(reference.sources[key]) for key in sorted(keys)],
    }


def control_status(
    grid: ControlGrid, reference: ReferenceData, context: AssessmentContext
) -> ControlTable:
    """Return the law for each element and form, and what changes within the horizon."""
    return {
        **versions_from(reference),
        "context": context_answer(context),
        "freshness": freshness_answer(reference.register, context.as_of),
        "cells": [
            {"element": cell.element, "form": cell.form, "control": control(cell.view)}
            for cell in grid.cells
        ],
        "changes": [_change(change) for change in grid.changes],
    }


def _change(change: ControlChange) -> NextChange:
    return {
        "on_date": change.on_date.isoformat(),
        "measure": change.measure,
        "status": change.status,
        "basis": change.basis,
    }


def _record(measure: ControlMeasure, resolved: ResolvedStatus, known_on: date) -> MeasureRecord:
    scope = measure.scope
    coming = resolved.upcoming[0] if resolved.upcoming else None
    listed = measure.entity_list
    return {
        "id": measure.id,
        "title": measure.title,
        "exporter": measure.exporter,
        "issuing_authority": measure.issuing_authority,
        "official_number": measure.official_number,
        "type": measure.type.value,
        "control_basis": measure.control_basis.value,
        "legal_force": measure.legal_force.value,
        "announced": _day(measure.announced),
        "effective_from": _day(measure.effective_from),
        "status": resolved.status.value,
        "since": _day(resolved.since),
        "certainty": None if resolved.event is None else resolved.event.basis.value,
        "best_estimate": _value(resolved.best_estimate),
        "worst_case": _value(resolved.worst_case),
        "next_change": None if coming is None else _coming(measure.id, coming),
        "timeline": [_event(event, known_on) for event in measure.timeline],
        "elements": sorted({element for item in scope.items for element in item.elements}),
        "stages": sorted(stage.value for stage in scope.stages),
        "items": [_item(item) for item in scope.items],
        "destinations": {
            "mode": scope.destinations.mode.value,
            "countries": sorted(scope.destinations.countries),
        },
        "extraterritorial": sorted(way.value for way in scope.extraterritorial),
        "de_minimis": None
        if scope.de_minimis is None
        else {
            "basis": scope.de_minimis.basis,
            "threshold": str(scope.de_minimis.threshold),
        },
        "rules": [_rule(rule) for rule in measure.rules],
        "entity_list": None
        if listed is None
        else {
            "count": listed.entity_count,
            "names_complete": listed.names_complete,
            "names": [list(entity.names) for entity in listed.entities],
        },
        "hs6": list(scope.hs6),
        "cn_codes": list(scope.cn_codes),
        "control_codes": list(scope.control_codes),
        "suspends": list(measure.suspends),
        "notes": measure.notes,
        "confidence": measure.confidence.value,
        "last_verified_on": measure.last_verified_on,
        "sources": list(measure.sources),
    }


def _coming(measure_id: str, event: TimelineEvent) -> NextChange:
    return {
        "on_date": event.on_date.isoformat(),
        "measure": measure_id,
        "status": event.status.value,
        "basis": event.basis.value,
    }


def _event(event: TimelineEvent, known_on: date) -> EventAnswer:
    overtaken = event.known_to is not None and event.known_to <= known_on
    return {
        "on_date": event.on_date.isoformat(),
        "status": event.status.value,
        "basis": event.basis.value,
        "known_from": event.known_from.isoformat(),
        "known_to": _day(event.known_to),
        "counts": event.known_from <= known_on and not overtaken,
        "best_estimate": _value(event.best_estimate),
        "worst_case": _value(event.worst_case),
        "precision": event.precision,
        "source": event.source,
    }


def _item(item: ControlledItems) -> ItemAnswer:
    condition = item.condition
    words = None
    if condition is not None:
        bounds = [
            f"{word} {bound}"
            for word, bound in (("below", condition.below), ("at least", condition.at_least))
            if bound is not None
        ]
        words = " ".join([condition.property, *bounds])
    return {
        "label": item.label,
        "elements": sorted(item.elements),
        "stages": sorted(stage.value for stage in item.stages),
        "complete": item.complete,
        "condition": words,
    }


def _rule(rule: Rule) -> RuleAnswer:
    applies = rule.applies
    return {
        "when": rule.when,
        "outcome": rule.outcome.value,
        "end_uses": None if applies is None else sorted(applies.end_uses),
        "end_users": None if applies is None else sorted(applies.end_users),
    }


def _observation(observation: Observation) -> ObservationAnswer:
    return {
        "id": observation.id,
        "basis": observation.basis.value,
        "known_from": observation.known_from.isoformat(),
        "observed_to": observation.observed_to.isoformat(),
        "elements": sorted(observation.elements),
        "forms": sorted(observation.forms),
        "destinations": sorted(observation.destinations),
        "end_use": observation.end_use,
        "text": observation.arithmetic,
        "sources": list(observation.provenance.sources),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _value(status: TimelineStatus | None) -> str | None:
    return None if status is None else status.value
