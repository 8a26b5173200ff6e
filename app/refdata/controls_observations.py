"""Reads what was observed of licensing: figures for the score, and reports for people."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.context import EndUse
from app.domain.controls import ControlMeasure, PracticeRecord
from app.domain.methodology import Kind
from app.domain.observations import Observation, ObservationBasis
from app.domain.places import EU
from app.domain.provenance import Confidence
from app.domain.triple import Triple
from app.refdata.controls_scope import read_countries
from app.refdata.countries import check_country, check_element, read_elements
from app.refdata.keyed_records import read_keyed_records
from app.refdata.partial_days import read_partial_day, read_partial_day_or_none
from app.refdata.sources import PROVENANCE_KEYS, read_provenance, read_sources
from app.refdata.text_record import TextRecord, gather

OBSERVATIONS_FILE = "controls/observations.yaml"
PRACTICE_FILE = "controls/practice.yaml"

#: Product forms of which goods cross a border under a name that the legal texts know.
TRADED_FORMS = frozenset(
    {"ore", "concentrate", "oxide", "salt", "metal", "alloy", "target", "magnet", "compound"}
)
EFFECTS = ("eases", "normal", "slows", "near_halt", "halt")
EVERYTHING = "*"

#: Fields that a basis must have; no other basis may have them.
_FIGURES = {
    ObservationBasis.FLOW_RATIO: ("flow_ratio", "months"),
    ObservationBasis.APPROVALS: ("refusal", "delays"),
    ObservationBasis.PRACTICE: ("kind",),
}
_FIGURE_KEYS = tuple(key for keys in _FIGURES.values() for key in keys)
_MOST_SPECIFIC_DELAYS = 3


def load_observations(
    root: Path, *, measures: Mapping[str, ControlMeasure], known_sources: AbstractSet[str]
) -> tuple[Observation, ...]:
    """Return the observations of the register.

    Raises:
        ReferenceDataError: The message has a line for every faulty record.
    """
    records = read_keyed_records(
        root,
        OBSERVATIONS_FILE,
        required=(
            "measure", "exporter", "basis", "known_from", "observed_to", "valid_days", "elements",
            "forms", "destinations", "end_use", "effect", "arithmetic", "status", "confidence",
            "sources",
        ),
        optional=(*_FIGURE_KEYS, *PROVENANCE_KEYS),
    )  # fmt: skip
    return gather(records, lambda item: _observation(*item, measures, known_sources))


def _observation(
    key: str,
    record: TextRecord,
    measures: Mapping[str, ControlMeasure],
    known_sources: AbstractSet[str],
) -> Observation:
    measure = _measure_of(record, measures)
    basis = record.choice("basis", ObservationBasis)
    for figure in _FIGURE_KEYS:
        if record.has(figure) != (figure in _FIGURES[basis]):
            raise record.error(f"{basis} has {' and '.join(_FIGURES[basis])}, no other figure")
    known_from, observed_to = record.day("known_from"), record.day("observed_to")
    if observed_to > known_from:
        raise record.error("'observed_to' must not be later than 'known_from'")
    valid_days = record.integer("valid_days")
    if valid_days < 1:
        raise record.error("'valid_days' must be 1 or more")
    elements = frozenset(read_elements(record, "elements"))
    if not elements <= {element for item in measure.scope.items for element in item.elements}:
        raise record.error(f"'elements' must be among those of {measure.id}")
    effect = record.text("effect")
    if effect not in EFFECTS:
        raise record.error(f"'effect' must be one of {', '.join(EFFECTS)}, not {effect!r}")
    return Observation(
        id=key,
        measure=measure.id,
        exporter=measure.exporter,
        basis=basis,
        known_from=known_from,
        observed_to=observed_to,
        valid_days=valid_days,
        elements=elements,
        forms=_forms(record),
        destinations=read_countries(record, "destinations"),
        end_use=record.choice("end_use", EndUse),
        arithmetic=record.text("arithmetic"),
        provenance=read_provenance(record, known_sources),
        months=_months(record),
        flow_ratio=_flow_ratio(record),
        refusal=_refusal(record),
        delays=_delays(record),
        kind=record.choice("kind", Kind) if record.has("kind") else None,
        effect=effect,
    )


def _measure_of(record: TextRecord, measures: Mapping[str, ControlMeasure]) -> ControlMeasure:
    measure = measures.get(record.text("measure"))
    if measure is None:
        raise record.error(f"'measure' names {record.text('measure')!r}, which is none")
    if measure.exporter != record.text("exporter"):
        raise record.error(f"'exporter' must be {measure.exporter}, that of {measure.id}")
    return measure


def _forms(record: TextRecord) -> frozenset[str]:
    forms = record.words("forms")
    strange = set(forms) - TRADED_FORMS
    if strange or len(set(forms)) != len(forms):
        raise record.error(
            f"'forms' must name some of {', '.join(sorted(TRADED_FORMS))}, once each"
        )
    return frozenset(forms)


def _months(record: TextRecord) -> int:
    if not record.has("months"):
        return 1
    months = record.integer("months")
    if months < 1:
        raise record.error("'months' must be 1 or more")
    return months


def _flow_ratio(record: TextRecord) -> Triple | None:
    if not record.has("flow_ratio"):
        return None
    flow = record.triple("flow_ratio")
    if flow.low < 0:
        raise record.error("'flow_ratio' must not be negative")
    return flow


def _refusal(record: TextRecord) -> Triple | None:
    if not record.has("refusal"):
        return None
    refusal = record.triple("refusal")
    if refusal.low < 0 or refusal.high > 1:
        raise record.error("'refusal' must lie between 0 and 1")
    return refusal


def _delays(record: TextRecord) -> tuple[float, float, float] | None:
    if not record.has("delays"):
        return None
    if len(record.words("delays")) != _MOST_SPECIFIC_DELAYS:
        raise record.error("'delays' must be [D10, D50, D90]")
    delays = record.triple("delays")
    if delays.low < 0:
        raise record.error("'delays' must not be negative")
    return delays.low, delays.nominal, delays.high


def load_practice(root: Path, known_sources: AbstractSet[str]) -> tuple[PracticeRecord, ...]:
    """Return the reports of practice.

    Raises:
        ReferenceDataError: The message has a line for every faulty record.
    """
    records = read_keyed_records(
        root,
        PRACTICE_FILE,
        required=(
            "destinations", "elements", "starts", "known_from", "effect", "what", "confidence",
            "sources",
        ),
        optional=("ends", "end_users", "low", "high", "unit", "note", "not_used"),
    )  # fmt: skip
    return gather(records, lambda item: _practice(*item, known_sources))


def _practice(key: str, record: TextRecord, known_sources: AbstractSet[str]) -> PracticeRecord:
    effect, end_users = record.text("effect"), record.text("end_users", "any")
    if effect not in EFFECTS:
        raise record.error(f"'effect' must be one of {', '.join(EFFECTS)}, not {effect!r}")
    if end_users not in ("any", "watch_listed"):
        raise record.error("'end_users' must be any or watch_listed")
    low, high = record.number_or_none("low"), record.number_or_none("high")
    if low is not None and high is not None and low > high:
        raise record.error("'low' must not be more than 'high'")
    starts, ends = read_partial_day(record, "starts"), read_partial_day_or_none(record, "ends")
    if ends is not None and ends < starts[: len(ends)]:
        raise record.error("'ends' must not be earlier than 'starts'")
    destinations, elements = record.texts("destinations"), record.texts("elements")
    return PracticeRecord(
        id=key,
        destinations=tuple(
            check_country(record, code, also={EU, EVERYTHING}) for code in destinations
        ),
        elements=elements
        if elements == (EVERYTHING,)
        else tuple(check_element(record, symbol) for symbol in elements),
        starts=starts,
        ends=ends,
        known_from=read_partial_day(record, "known_from"),
        effect=effect,
        what=record.text("what"),
        low=low,
        high=high,
        unit=record.text_or_none("unit"),
        note=record.text("note", ""),
        confidence=record.choice("confidence", Confidence),
        sources=read_sources(record, known_sources),
        end_users=end_users,
    )
