"""Reads one measure of the register from its file."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    EntityList,
    EventBasis,
    LegalForce,
    ListedEntity,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    Scope,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.provenance import Confidence
from app.refdata.controls_checks import measure_faults
from app.refdata.controls_scope import read_scope
from app.refdata.countries import WITH_EU, check_country, read_country
from app.refdata.fault_list import FaultList
from app.refdata.partial_days import read_partial_day
from app.refdata.sources import read_sources
from app.refdata.text_record import TextRecord, gather
from app.refdata.yaml_text import read_yaml_text

_REQUIRED = (
    "id", "title", "exporter", "issuing_authority", "announcement", "type", "control_basis",
    "legal_force", "timeline", "scope", "rules", "confidence", "last_verified_on",
    "check_every_days", "sources",
)  # fmt: skip
_OPTIONAL = (
    "official_number", "announced", "effective_from", "entities", "suspends", "notes",
)  # fmt: skip

END_USES = frozenset(
    {
        "any", "military", "military_strength", "wmd", "terrorism", "advanced_semiconductor",
        "ai_military_potential", "humanitarian",
    }
)  # fmt: skip
END_USERS = frozenset({"any", "listed", "watch_listed", "listed_50pct_owned"})
PRECISIONS = ("day", "month", "year")

#: Stands in for a scope that could not be read; never leaves this module.
_NO_SCOPE = Scope(
    elements_mode=ElementsMode.NONE,
    items=(),
    stages=frozenset(),
    destinations=DestinationScope(mode=DestinationMode.ALL),
)


def read_measure(root: Path, name: str, known_sources: AbstractSet[str]) -> ControlMeasure:
    """Return the measure of one file.

    Args:
        root: Folder of the data.
        name: Path of the file below it.
        known_sources: Keys that the file may name.

    Raises:
        ReferenceDataError: The file is broken; the message has a line for every fault.
    """
    record = TextRecord(
        name, read_yaml_text(root / name, name=name), required=_REQUIRED, optional=_OPTIONAL
    )
    faults = FaultList()
    timeline = faults.attempt(lambda: _timeline(record, known_sources)) or ()
    scope = faults.attempt(lambda: read_scope(record)) or _NO_SCOPE
    rules = faults.attempt(lambda: _rules(record)) or ()
    entities = faults.attempt(lambda: _entity_list(record))
    sources = faults.attempt(lambda: read_sources(record, known_sources)) or ()
    measure = faults.result(
        faults.attempt(lambda: _measure(record, timeline, scope, rules, entities, sources))
    )
    faults.extend(f"{name}: {message}" for message in measure_faults(measure, name))
    faults.raise_if_any()
    return measure


def _measure(
    record: TextRecord,
    timeline: tuple[TimelineEvent, ...],
    scope: Scope,
    rules: tuple[Rule, ...],
    entities: EntityList | None,
    sources: tuple[str, ...],
) -> ControlMeasure:
    check_every = record.integer("check_every_days")
    if check_every < 1:
        raise record.error("'check_every_days' must be 1 or more")
    return ControlMeasure(
        id=record.text("id"),
        title=record.text("title"),
        exporter=read_country(record, "exporter", also=WITH_EU),
        issuing_authority=record.text("issuing_authority"),
        official_number=record.text_or_none("official_number"),
        announcement=record.text("announcement"),
        type=record.choice("type", MeasureType),
        control_basis=record.choice("control_basis", ControlBasis),
        legal_force=record.choice("legal_force", LegalForce),
        announced=record.day_or_none("announced"),
        effective_from=record.day_or_none("effective_from"),
        timeline=timeline,
        scope=scope,
        rules=rules,
        entity_list=entities,
        suspends=record.words("suspends"),
        notes=record.text("notes", ""),
        confidence=record.choice("confidence", Confidence),
        last_verified_on=read_partial_day(record, "last_verified_on"),
        sources=sources,
        check_every_days=check_every,
    )


def _timeline(measure: TextRecord, known_sources: AbstractSet[str]) -> tuple[TimelineEvent, ...]:
    records = measure.records(
        "timeline",
        required=("on_date", "status", "basis", "known_from", "source"),
        optional=("known_to", "best_estimate", "worst_case", "precision"),
    )
    return gather(records, lambda record: _event(record, known_sources))


def _event(record: TextRecord, known_sources: AbstractSet[str]) -> TimelineEvent:
    status = record.choice("status", TimelineStatus)
    if status is TimelineStatus.NOT_PUBLISHED:
        raise record.error("'status' not_published is no event")
    precision = record.text("precision", PRECISIONS[0])
    if precision not in PRECISIONS:
        raise record.error(f"'precision' must be one of {', '.join(PRECISIONS)}")
    known_from, known_to = record.day("known_from"), record.day_or_none("known_to")
    if known_to is not None and known_to <= known_from:
        raise record.error("'known_to' must be later than 'known_from'")
    best, worst = _estimate(record, "best_estimate"), _estimate(record, "worst_case")
    unconfirmed = status is TimelineStatus.UNCONFIRMED
    if (best is not None, worst is not None) != (unconfirmed, unconfirmed):
        raise record.error("an unconfirmed event has 'best_estimate' and 'worst_case', no other")
    (source,) = read_sources(record, known_sources, key="source")
    return TimelineEvent(
        on_date=record.day("on_date"),
        status=status,
        basis=record.choice("basis", EventBasis),
        known_from=known_from,
        known_to=known_to,
        source=source,
        best_estimate=best,
        worst_case=worst,
        precision=precision,
    )


def _estimate(record: TextRecord, key: str) -> TimelineStatus | None:
    if not record.has(key):
        return None
    status = record.choice(key, TimelineStatus)
    if status in (TimelineStatus.UNCONFIRMED, TimelineStatus.NOT_PUBLISHED):
        raise record.error(f"{key!r} must say what to assume, not {status}")
    return status


def _rules(measure: TextRecord) -> tuple[Rule, ...]:
    records = measure.records("rules", required=("when", "outcome"), optional=("applies", "detail"))
    return gather(
        records,
        lambda record: Rule(
            when=record.text("when"),
            outcome=record.choice("outcome", Outcome),
            applies=_applies(record),
            detail=record.text("detail", ""),
        ),
    )


def _applies(rule: TextRecord) -> RuleApplies | None:
    if not rule.has("applies"):
        return None
    record = rule.record(
        "applies", required=("end_uses", "end_users"), optional=("stages", "devices")
    )
    return RuleApplies(
        end_uses=_known_words(record, "end_uses", END_USES),
        end_users=_known_words(record, "end_users", END_USERS),
        stages=frozenset(record.choices("stages", RegisterStage)),
        devices=record.flag("devices", default=False),
    )


def _known_words(record: TextRecord, key: str, known: AbstractSet[str]) -> frozenset[str]:
    record.tell(key, "choices", sorted(known))
    words = record.words(key)
    unknown = [word for word in words if word not in known]
    if not words or unknown:
        raise record.error(f"{key!r} must name some of {', '.join(sorted(known))}; got {words}")
    return frozenset(words)


def _entity_list(measure: TextRecord) -> EntityList | None:
    if not measure.has("entities"):
        return None
    record = measure.record("entities", required=("names_complete", "entity_count", "listed"))
    entities = gather(record.records("listed", required=("names",), optional=("country",)), _entity)
    return EntityList(
        entities=entities,
        entity_count=record.integer("entity_count"),
        names_complete=record.flag("names_complete"),
    )


def _entity(record: TextRecord) -> ListedEntity:
    names = record.texts("names")
    country = record.text_or_none("country")
    return ListedEntity(
        names=names, country=None if country is None else check_country(record, country)
    )
