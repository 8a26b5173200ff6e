"""Reads what stands beside the measures: calendar, remarks, trade figures, customs codes."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.controls import Remark, ScheduledEvent
from app.domain.entities import NameRules
from app.domain.observations import CustomsCode, TradeObservation
from app.domain.provenance import Confidence
from app.refdata.countries import read_country, read_elements
from app.refdata.csv_table import read_csv_table
from app.refdata.sources import read_sources
from app.refdata.text_record import TextRecord, gather, unique
from app.refdata.yaml_text import read_yaml_text

REGISTER_FILE = "controls/register.yaml"
REMARKS_FILE = "controls/remarks.yaml"
TRADE_FILE = "controls/trade_observations.csv"
CODES_FILE = "controls/customs_codes.csv"

_WORLD = frozenset({"WORLD"})
_PERIOD = re.compile(r"\d{4}(-\d{2}(/\d{4}-\d{2})?)?")
_PRODUCTS = frozenset(
    {
        "magnets", "magnets_powder_alloy", "all_rare_earths", "dysprosium", "terbium",
        "dysprosium_and_terbium",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterHead:
    """What holds for the register as a whole."""

    knowledge_cutoff: date
    warn_after_days: int
    scheduled_events: tuple[ScheduledEvent, ...]
    name_rules: NameRules
    compiled_on: date | None


def load_head(root: Path, known_sources: AbstractSet[str]) -> RegisterHead:
    """Return cutoff and calendar.

    Raises:
        ReferenceDataError: The file is broken, or its calendar does not ascend.
    """
    record = TextRecord(
        REGISTER_FILE,
        read_yaml_text(root / REGISTER_FILE, name=REGISTER_FILE),
        required=("knowledge_cutoff", "warn_after_days", "scheduled_events", "name_matching"),
        optional=("compiled_on", "knowledge_cutoff_note"),
    )
    events = gather(
        record.records("scheduled_events", required=("on_date", "what", "source")),
        lambda item: ScheduledEvent(
            on_date=item.day("on_date"),
            what=item.text("what"),
            source=read_sources(item, known_sources, key="source")[0],
        ),
    )
    days = [event.on_date for event in events]
    if days != sorted(days):
        raise record.error("'scheduled_events' must ascend by on_date")
    return RegisterHead(
        knowledge_cutoff=record.day("knowledge_cutoff"),
        warn_after_days=record.integer("warn_after_days"),
        scheduled_events=events,
        name_rules=_name_rules(record),
        compiled_on=record.day_or_none("compiled_on"),
    )


def _name_rules(head: TextRecord) -> NameRules:
    record = head.record("name_matching", required=("same_from", "near_from", "sound_letters"))
    rules = NameRules(
        same_from=record.number("same_from"),
        near_from=record.number("near_from"),
        sound_letters=record.integer("sound_letters"),
    )
    if not 0.5 <= rules.near_from <= rules.same_from <= 1.0:
        raise record.error("0.5 <= near_from <= same_from <= 1 must hold")
    if rules.sound_letters < 1:
        raise record.error("'sound_letters' must be 1 or more")
    return rules


def load_remarks(root: Path, known_sources: AbstractSet[str]) -> tuple[Remark, ...]:
    """Return commitments, open questions and rejected claims.

    Raises:
        ReferenceDataError: The file is broken or repeats an id.
    """
    record = TextRecord(
        REMARKS_FILE,
        read_yaml_text(root / REMARKS_FILE, name=REMARKS_FILE),
        required=("commitments", "open_questions", "rejected_claims"),
    )
    commitments = record.records(
        "commitments",
        required=("id", "on_date", "known_from", "parties", "text", "confidence", "sources"),
    )
    questions = record.records(
        "open_questions", required=("id", "text", "assumed", "settled_by", "sources")
    )
    claims = record.records(
        "rejected_claims", required=("id", "text", "seen_at", "reason", "sources")
    )
    remarks = (
        *gather(commitments, lambda item: _commitment(item, known_sources)),
        *gather(
            questions,
            lambda item: _remark(
                item,
                "open_question",
                f"assumed: {item.text('assumed')}; settled by: {item.text('settled_by')}",
                known_sources,
            ),
        ),
        *gather(
            claims,
            lambda item: _remark(
                item,
                "rejected_claim",
                f"seen at: {item.text('seen_at')}; why not: {item.text('reason')}",
                known_sources,
            ),
        ),
    )
    return tuple(unique(REMARKS_FILE, ((remark.id, remark) for remark in remarks)).values())


def _commitment(record: TextRecord, known_sources: AbstractSet[str]) -> Remark:
    parties = gather(
        record.words("parties"),
        lambda code: read_country(TextRecord(record.place, {"x": code}, required=("x",)), "x"),
    )
    confidence = record.choice("confidence", Confidence)
    record.day("known_from")
    return Remark(
        id=record.text("id"),
        kind="commitment",
        text=record.text("text"),
        detail=f"by {', '.join(parties)}; confidence {confidence}",
        on_date=record.day("on_date").isoformat(),
        sources=read_sources(record, known_sources),
    )


def _remark(record: TextRecord, kind: str, detail: str, known_sources: AbstractSet[str]) -> Remark:
    return Remark(
        id=record.text("id"),
        kind=kind,
        text=record.text("text"),
        detail=detail,
        sources=read_sources(record, known_sources),
    )


def load_trade(root: Path, known_sources: AbstractSet[str]) -> tuple[TradeObservation, ...]:
    """Return the figures of Chinese customs.

    Raises:
        ReferenceDataError: A row is broken, or two speak of the same.
    """
    columns = ("period", "product", "destination", "tonnes", "derived", "source", "note")
    rows = read_csv_table(root / TRADE_FILE, columns, optional=("note",), name=TRADE_FILE)
    trade = gather(rows, lambda row: _trade(row, known_sources))
    unique(TRADE_FILE, (((row.period, row.product, row.destination), row) for row in trade))
    return trade


def _trade(row: TextRecord, known_sources: AbstractSet[str]) -> TradeObservation:
    period, product, tonnes = row.text("period"), row.text("product"), row.number("tonnes")
    if not _PERIOD.fullmatch(period):
        raise row.error(f"'period' must be YYYY, YYYY-MM or YYYY-MM/YYYY-MM, not {period!r}")
    if product not in _PRODUCTS:
        raise row.error(f"'product' must be one of {', '.join(sorted(_PRODUCTS))}")
    if tonnes < 0:
        raise row.error("'tonnes' must not be negative")
    return TradeObservation(
        period=period,
        product=product,
        destination=read_country(row, "destination", also=_WORLD),
        tonnes=tonnes,
        derived=row.flag("derived"),
        source=read_sources(row, known_sources, key="source")[0],
        note=row.text("note", ""),
    )


def load_customs_codes(root: Path, known_sources: AbstractSet[str]) -> tuple[CustomsCode, ...]:
    """Return codes of the Chinese tariff.

    Raises:
        ReferenceDataError: A row is broken, or a code stands there twice.
    """
    columns = ("code", "hs6", "good", "elements", "source")
    rows = read_csv_table(root / CODES_FILE, columns, optional=("elements",), name=CODES_FILE)
    codes = gather(rows, lambda row: _customs_code(row, known_sources))
    unique(CODES_FILE, ((row.code, row) for row in codes))
    return codes


def _customs_code(row: TextRecord, known_sources: AbstractSet[str]) -> CustomsCode:
    code, heading = row.text("code"), row.text("hs6")
    if not code.isdigit() or len(code) not in (8, 10) or not code.startswith(heading):
        raise row.error(f"'code' {code!r} must have 8 or 10 digits and start with its 'hs6'")
    return CustomsCode(
        code=code,
        hs6=heading,
        good=row.text("good"),
        elements=read_elements(row, "elements"),
        source=read_sources(row, known_sources, key="source")[0],
    )
