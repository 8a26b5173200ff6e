"""What a person says about a new measure, before it becomes files: read and checked here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.controls import (
    ControlBasis,
    DestinationMode,
    LegalForce,
    MeasureType,
    Outcome,
    RegisterStage,
)
from app.domain.provenance import Confidence
from app.refdata.controls_measure import END_USERS, END_USES
from app.refdata.controls_scope import read_countries
from app.refdata.countries import WITH_EU, check_element, read_country
from app.refdata.text_record import TextRecord, gather
from app.refdata.yaml_text import YamlText

#: Words that stand for a way of naming elements.
ALL_ELEMENTS, LISTED, NO_ELEMENTS = "all", "listed", "none"

#: Words that stand for every form of goods, and for every destination but some.
ALL, ALL_BUT = "all", "all_but"

ENTITY_TYPES = frozenset({MeasureType.ENTITY_PROHIBITION, MeasureType.ENTITY_ENHANCED_LICENCE})

_REQUIRED = (
    "id", "title", "exporter", "issuing_authority", "type", "published_on", "in_force_on",
    "elements", "forms", "destinations", "rules", "source",
)  # fmt: skip
_OPTIONAL = (
    "official_number", "announcement", "control_basis", "legal_force", "last_day", "names",
    "names_complete", "entity_count", "confidence", "checked_on", "check_every_days", "notes",
    "knowledge_cutoff",
)  # fmt: skip
_ID = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+")
_KEY = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")

#: Days until somebody should look again, where nobody says otherwise.
_CHECK_EVERY_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswer:
    """One rule of the notice."""

    when: str
    outcome: Outcome
    end_uses: tuple[str, ...]
    end_users: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAnswer:
    """The document that was read; one that `sources.yaml` holds already has a key only."""

    key: str
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    read: str = "full"
    verified: bool = True

    @property
    def is_new(self) -> bool:
        """Return whether an entry must be written."""
        return self.publisher is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAnswers:
    """Everything that the files of a new measure are made from.

    Attributes:
        elements: Symbols, or one of `all`, `listed` (whatever is dual-use listed) and `none`.
        last_day: Last day on which it applies, None where the notice names none.
        checked_on: Day on which somebody last looked whether it still holds.
        knowledge_cutoff: New end of the register's knowledge, None to leave it.
    """

    id: str
    title: str
    exporter: str
    issuing_authority: str
    official_number: str | None
    announcement: str
    type: MeasureType
    control_basis: ControlBasis
    legal_force: LegalForce
    published_on: date
    in_force_on: date
    last_day: date | None
    elements: tuple[str, ...]
    forms: tuple[RegisterStage, ...]
    destination_mode: DestinationMode
    countries: tuple[str, ...]
    rules: tuple[RuleAnswer, ...]
    names: tuple[str, ...]
    names_complete: bool
    entity_count: int
    confidence: Confidence
    checked_on: date
    check_every_days: int
    notes: str
    source: SourceAnswer
    knowledge_cutoff: date | None


def read_answers(content: YamlText, *, place: str) -> MeasureAnswers:
    """Return the answers of a file or of a conversation.

    Args:
        content: The answers by name.
        place: How messages call them.

    Raises:
        ReferenceDataError: An answer is missing, unknown, or makes no sense.
    """
    record = TextRecord(place, content, required=_REQUIRED, optional=_OPTIONAL)
    kind = record.choice("type", MeasureType)
    published, starts = record.day("published_on"), record.day("in_force_on")
    last_day = record.day_or_none("last_day")
    if last_day is not None and last_day < max(starts, published):
        raise record.error("'last_day' lies before the measure is published or in force")
    mode, countries = _destinations(record)
    names = tuple(record.texts("names")) if record.has("names") else ()
    return MeasureAnswers(
        id=_matching(record, "id", _ID, "such as CN-99-2031, in capitals"),
        title=record.text("title"),
        exporter=read_country(record, "exporter", also=WITH_EU),
        issuing_authority=record.text("issuing_authority"),
        official_number=record.text_or_none("official_number"),
        announcement=record.text("announcement", record.text("id")),
        type=kind,
        control_basis=_basis(record, kind),
        legal_force=_force(record),
        published_on=published,
        in_force_on=starts,
        last_day=last_day,
        elements=_elements(record),
        forms=_forms(record),
        destination_mode=mode,
        countries=countries,
        rules=_rules(record),
        names=names,
        names_complete=record.flag("names_complete", default=True),
        entity_count=record.integer("entity_count") if record.has("entity_count") else len(names),
        confidence=_confidence(record),
        checked_on=record.day_or_none("checked_on") or published,
        check_every_days=(
            record.integer("check_every_days")
            if record.has("check_every_days")
            else _CHECK_EVERY_DAYS
        ),
        notes=record.text("notes", ""),
        source=_source(record),
        knowledge_cutoff=record.day_or_none("knowledge_cutoff"),
    )


def _matching(record: TextRecord, key: str, pattern: re.Pattern[str], example: str) -> str:
    value = record.text(key)
    if not pattern.fullmatch(value):
        raise record.error(f"{key!r} must be written {example}, not {value!r}")
    return value


def _basis(record: TextRecord, kind: MeasureType) -> ControlBasis:
    if record.has("control_basis"):
        return record.choice("control_basis", ControlBasis)
    return ControlBasis.ENTITY_LIST if kind in ENTITY_TYPES else ControlBasis.DUAL_USE


def _force(record: TextRecord) -> LegalForce:
    if record.has("legal_force"):
        return record.choice("legal_force", LegalForce)
    return LegalForce.BINDING


def _confidence(record: TextRecord) -> Confidence:
    if record.has("confidence"):
        return record.choice("confidence", Confidence)
    return Confidence.MEDIUM


def _elements(record: TextRecord) -> tuple[str, ...]:
    words = record.words("elements")
    if words in ((ALL_ELEMENTS,), (LISTED,), (NO_ELEMENTS,)):
        return words
    if not words or len(set(words)) != len(words):
        raise record.error("'elements' must name each element once, or be all, listed or none")
    return gather(words, lambda symbol: check_element(record, symbol))


def _forms(record: TextRecord) -> tuple[RegisterStage, ...]:
    if record.words("forms") == (ALL,):
        return tuple(RegisterStage)
    forms = record.choices("forms", RegisterStage)
    if not forms or len(set(forms)) != len(forms):
        raise record.error("'forms' must name each form once, or be all")
    return forms


def _destinations(record: TextRecord) -> tuple[DestinationMode, tuple[str, ...]]:
    """Return mode and codes of `all`, `JP US` or `all_but CN`."""
    words = record.words("destinations")
    if words == (ALL,):
        return DestinationMode.ALL, ()
    mode = DestinationMode.ALL_EXCEPT if words[:1] == (ALL_BUT,) else DestinationMode.ONLY
    codes = words[1:] if mode is DestinationMode.ALL_EXCEPT else words
    listed: list[YamlText] = list(codes)
    named = TextRecord(record.place, {"destinations": listed}, required=("destinations",))
    if not read_countries(named, "destinations"):
        raise record.error("'destinations' must be all, country codes, or all_but and codes")
    return mode, tuple(codes)


def _rules(record: TextRecord) -> tuple[RuleAnswer, ...]:
    records = record.records(
        "rules", required=("when", "outcome"), optional=("end_uses", "end_users")
    )
    if not records:
        raise record.error("'rules' is empty; say at least once what happens when")
    return gather(
        records,
        lambda rule: RuleAnswer(
            when=rule.text("when"),
            outcome=rule.choice("outcome", Outcome),
            end_uses=_known(rule, "end_uses", sorted(END_USES)),
            end_users=_known(rule, "end_users", sorted(END_USERS)),
        ),
    )


def _known(record: TextRecord, key: str, known: Sequence[str]) -> tuple[str, ...]:
    words = record.words(key) or ("any",)
    if not set(words) <= set(known):
        raise record.error(f"{key!r} must be some of {', '.join(known)}")
    return words


def _source(record: TextRecord) -> SourceAnswer:
    source = record.record(
        "source", required=("key",), optional=("publisher", "title", "url", "read", "verified")
    )
    key = _matching(source, "key", _KEY, "such as mofcom-99-2031, in small letters")
    if source.has("publisher") != source.has("title"):
        raise source.error("a new source needs 'publisher' and 'title'; a known one only its key")
    return SourceAnswer(
        key=key,
        publisher=source.text_or_none("publisher"),
        title=source.text_or_none("title"),
        url=source.text_or_none("url"),
        read=source.text("read", "full"),
        verified=source.flag("verified", default=True),
    )
