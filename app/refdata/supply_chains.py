"""Loads the chains of processing stages, and what holds for whole tables of the supply side."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.controls import RegisterStage
from app.domain.provenance import Provenance
from app.domain.supply import Chain, Stage
from app.domain.triple import Triple
from app.refdata.sources import PROVENANCE_KEYS, read_provenance
from app.refdata.text_record import TextRecord, gather
from app.refdata.yaml_text import read_yaml_text

CHAINS_FILE = "supply/chains.yaml"
TABLES_FILE = "supply/tables.yaml"

_DATED = ("status", "sources", "valid_from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """Product forms and the table that each is sourced from."""

    chains: Mapping[str, Chain]
    sourcing_stage: Mapping[str, Stage]


def load_chains(root: Path, known_sources: AbstractSet[str]) -> Chains:
    """Return the chains by form.

    Raises:
        ReferenceDataError: A stage is not known, or the two lists of a form differ in length.
    """
    top = TextRecord(
        CHAINS_FILE,
        read_yaml_text(root / CHAINS_FILE, name=CHAINS_FILE),
        required=("status", "confidence", "sources", "forms"),
    )
    read_provenance(top, known_sources)
    forms = top.mapping("forms")
    records = gather(
        forms,
        lambda form: TextRecord(
            f"{CHAINS_FILE}: {form}",
            forms[form],
            required=("stages", "register_stages"),
            optional=("sourcing_stage", "note"),
        ),
    )
    chains = gather(zip(forms, records, strict=True), lambda pair: _chain(*pair))
    return Chains(
        chains={chain.form: chain for chain in chains},
        sourcing_stage={
            form: record.choice("sourcing_stage", Stage)
            for form, record in zip(forms, records, strict=True)
            if record.has("sourcing_stage")
        },
    )


def _chain(form: str, record: TextRecord) -> Chain:
    """Return one chain."""
    stages = record.choices("stages", Stage)
    names = record.lists("register_stages")
    if len(names) != len(stages):
        raise record.error("'register_stages' must have one list for each stage")
    if list(stages) != sorted(stages, key=list(Stage).index):
        raise record.error("'stages' must stand in the order of processing")
    known = {stage.value: stage for stage in RegisterStage}
    for name in (name for group in names for name in group):
        if name not in known:
            raise record.error(f"{name!r} is no stage of the register")
    return Chain(
        form=form,
        stages=stages,
        register_stages=tuple(tuple(known[name] for name in group) for group in names),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNotes:
    """What holds for whole tables."""

    governance: Provenance
    governance_missing: Triple
    importers: Provenance
    importers_valid_from: date


def load_table_notes(root: Path, known_sources: AbstractSet[str]) -> TableNotes:
    """Return provenance and dates of whole tables.

    Raises:
        ReferenceDataError: A key, date or source is missing or wrong.
    """
    top = TextRecord(
        TABLES_FILE,
        read_yaml_text(root / TABLES_FILE, name=TABLES_FILE),
        required=("governance", "governance_missing", "importers", "largest_mines", "prices"),
    )
    governance = top.record("governance", required=_DATED, optional=PROVENANCE_KEYS)
    importers = top.record("importers", required=_DATED, optional=PROVENANCE_KEYS)
    missing = top.record(
        "governance_missing", required=("value", "status", "sources"), optional=PROVENANCE_KEYS
    )
    read_provenance(missing, known_sources)
    governance.day("valid_from")
    for key in ("largest_mines", "prices"):
        top.record(key, required=("note",))
    return TableNotes(
        governance=read_provenance(governance, known_sources),
        governance_missing=missing.triple("value"),
        importers=read_provenance(importers, known_sources),
        importers_valid_from=importers.day("valid_from"),
    )
