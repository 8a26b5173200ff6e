"""Loads the parameters, severities and tables of the method from `app/data/methodology`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.domain.controls import ControlBasis, MeasureType, Outcome
from app.domain.methodology import (
    Band,
    EndUseMatch,
    Evidence,
    Kind,
    KindRule,
    Methodology,
    ParameterNote,
    Parameters,
    Severity,
    Timing,
)
from app.domain.triple import Triple
from app.refdata.text_record import TextRecord, gather
from app.refdata.yaml_text import read_yaml_text

_TRIPLES = (
    "lambda0", "mu", "kappa", "alpha", "o_max", "delay_multiplier", "p_draft", "p_announced",
    "p_reactivated", "p_expired", "upstream_military", "retransfer", "spill_magnet",
)  # fmt: skip
_BY_SIDE = ("adaptation_raw", "adaptation_worked")
_SINGLE = ("restriction_cap", "gamma", "beta", "psi")
_NOTE_KEYS = ("value", "text", "basis", "source")

BY_TYPE = "by_type"
ANY = "any"
PRIOR = "prior"


def load_methodology(root: Path, known_sources: frozenset[str]) -> Methodology:
    """Return the method, read and checked.

    Args:
        root: Directory of the data files.
        known_sources: Keys that a figure may name as its source.

    Raises:
        ReferenceDataError: A file breaks its form, or a table has gaps.
    """
    folder = root / "methodology"
    main = _record(folder, "parameters.yaml", (
        "version", "parameters", "credence", "credence_source", "timing", "timing_source",
        "bands", "bands_source", "low_confidence_below",
    ))  # fmt: skip
    severities = _record(
        folder, "severities.yaml", ("quantile_weights", "source", "basis", "kinds")
    )
    kinds = _record(folder, "kinds.yaml", ("source", "outcomes", "types"))
    end_uses = _record(
        folder, "end_uses.yaml",
        ("source", "military_prior_default", "owned_by_listed", "matches"),
    )  # fmt: skip
    for record, key in (
        (main, "credence_source"), (main, "timing_source"), (main, "bands_source"),
        (severities, "source"), (kinds, "source"), (end_uses, "source"),
    ):  # fmt: skip
        _check_source(record, key, known_sources)
    parameters, notes = _parameters(main, known_sources)
    return Methodology(
        version=main.text("version"),
        parameters=parameters,
        timing=_timing(main),
        severities=_severities(severities),
        kind_rules=_kind_rules(kinds),
        outcome_kinds=_outcomes(kinds),
        end_use_matches=gather(
            end_uses.records(
                "matches",
                required=("measure_end_use", "line_end_use", "match"),
                optional=("sectors",),
            ),
            _match,
        ),
        military_prior_default=end_uses.share("military_prior_default"),
        owned_by_listed=end_uses.triple("owned_by_listed"),
        quantile_weights=_three(severities, "quantile_weights"),
        bands=_bands(main),
        low_confidence_below=main.share("low_confidence_below"),
        notes=notes,
    )


def _record(folder: Path, name: str, required: tuple[str, ...]) -> TextRecord:
    place = f"methodology/{name}"
    return TextRecord(place, read_yaml_text(folder / name, name=place), required=required)


def _check_source(record: TextRecord, key: str, known_sources: frozenset[str]) -> None:
    if record.text(key) not in known_sources:
        raise record.error(f"source {record.text(key)!r} is not in sources.yaml")


def _three(record: TextRecord, key: str) -> tuple[float, float, float]:
    words = record.words(key)
    if len(words) != 3:
        raise record.error(f"{key!r} must be three numbers")
    numbers = record.number_list(key)
    return numbers[0], numbers[1], numbers[2]


def _parameters(
    main: TextRecord, known_sources: frozenset[str]
) -> tuple[Parameters, tuple[ParameterNote, ...]]:
    names = (*_TRIPLES, *_BY_SIDE, *_SINGLE)
    entries = main.record("parameters", required=names)
    found = {name: entries.record(name, required=_NOTE_KEYS) for name in names}
    for record in found.values():
        _check_source(record, "source", known_sources)
    notes = tuple(
        ParameterNote(name=name, text=record.text("text"), basis=record.text("basis"))
        for name, record in found.items()
    )
    triples: Mapping[str, Triple] = {name: found[name].triple("value") for name in _TRIPLES}
    credence = main.record("credence", required=tuple(evidence.value for evidence in Evidence))
    by_evidence = {
        evidence: credence.record(evidence.value, required=("value", "basis")).triple("value")
        for evidence in Evidence
    }
    return (
        Parameters(
            **triples,
            adaptation_raw=_three(found["adaptation_raw"], "value"),
            adaptation_worked=_three(found["adaptation_worked"], "value"),
            restriction_cap=found["restriction_cap"].number("value"),
            gamma=found["gamma"].share("value"),
            beta=found["beta"].share("value"),
            psi=found["psi"].share("value"),
            credence=by_evidence,
        ),
        notes,
    )


def _timing(main: TextRecord) -> Timing:
    record = main.record("timing", required=(
        "initial_phase_days", "established_from_days", "observation_fade_days",
        "restriction_window_days", "draft_lapses_after_days", "embargo_holds_after_days",
        "horizons",
    ))  # fmt: skip
    timing = Timing(
        initial_phase_days=record.integer("initial_phase_days"),
        established_from_days=record.integer("established_from_days"),
        observation_fade_days=record.integer("observation_fade_days"),
        restriction_window_days=record.integer("restriction_window_days"),
        draft_lapses_after_days=record.integer("draft_lapses_after_days"),
        embargo_holds_after_days=record.integer("embargo_holds_after_days"),
        horizons=tuple(int(days) for days in record.number_list("horizons")),
    )
    if not timing.initial_phase_days < timing.established_from_days:
        raise record.error("initial_phase_days must come before established_from_days")
    return timing


def _severities(record: TextRecord) -> dict[Kind, Severity]:
    entries = record.record("kinds", required=tuple(kind.value for kind in Kind))
    found: dict[Kind, Severity] = {}
    for kind in Kind:
        row = entries.record(kind.value, required=("refusal", "established"), optional=("initial",))
        found[kind] = Severity(
            refusal=row.triple("refusal"),
            established=_three(row, "established"),
            initial=_three(row, "initial") if row.has("initial") else None,
        )
    return found


def _kind_rule(row: TextRecord) -> KindRule:
    basis = row.text("control_basis")
    return KindRule(
        type=row.choice("type", MeasureType),
        control_basis=None if basis == ANY else row.choice("control_basis", ControlBasis),
        kind=row.choice("kind", Kind),
        counts_as_restriction=row.flag("counts_as_restriction"),
        refusal=row.triple("refusal") if row.has("refusal") else None,
    )


def _kind_rules(record: TextRecord) -> tuple[KindRule, ...]:
    rows = record.records(
        "types",
        required=("type", "control_basis", "kind", "counts_as_restriction"),
        optional=("refusal",),
    )
    rules = gather(rows, _kind_rule)
    missing = sorted(kind.value for kind in MeasureType if kind not in {r.type for r in rules})
    if missing:
        raise record.error(f"no row for the types {', '.join(missing)}")
    return rules


def _outcomes(record: TextRecord) -> dict[Outcome, Kind | None]:
    row = record.record("outcomes", required=tuple(outcome.value for outcome in Outcome))
    return {
        outcome: None if row.text(outcome.value) == BY_TYPE else row.choice(outcome.value, Kind)
        for outcome in Outcome
    }


def _match(row: TextRecord) -> EndUseMatch:
    words = row.words("match")
    if len(words) != 3:
        raise row.error("'match' must be three numbers or 'prior'")
    low, nominal, high = (None if word == PRIOR else _share(row, word) for word in words)
    return EndUseMatch(
        measure_end_use=row.text("measure_end_use"),
        line_end_use=row.text("line_end_use"),
        sectors=frozenset(row.words("sectors")),
        match=(low, nominal, high),
    )


def _share(row: TextRecord, word: str) -> float:
    return TextRecord(row.place, {"match": word}, required=("match",)).share("match")


def _band(row: TextRecord) -> Band:
    return Band(name=row.text("name"), from_score=row.number("from_score"))


def _bands(main: TextRecord) -> tuple[Band, ...]:
    bands = gather(main.records("bands", required=("name", "from_score")), _band)
    starts = [band.from_score for band in bands]
    if not bands or starts[0] != 0.0 or sorted(set(starts)) != starts:
        raise main.error("bands must start at 0 and ascend")
    return bands
