"""Loads what a buyer can do: alternatives, suppliers, facts, sourcing law, measures."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.mitigation import (
    Affiliation,
    Alternative,
    AlternativeKind,
    KnownSupplier,
    Maturity,
    MitigationFact,
    MitigationReference,
    ProcurementMeasure,
    SiteState,
    SourcingLaw,
    SupplierSite,
)
from app.refdata.countries import check_element, read_country, read_elements
from app.refdata.keyed_records import read_keyed_records
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique
from app.refdata.yaml_text import read_yaml_text

ALTERNATIVES_FILE = "mitigation/alternatives.yaml"
SUPPLIERS_FILE = "mitigation/suppliers.yaml"
FACTS_FILE = "mitigation/facts.yaml"
MEASURES_FILE = "mitigation/procurement_measures.yaml"

_MAX_VALUES = 3


def load_mitigation(
    root: Path, *, known_sources: AbstractSet[str], sectors: AbstractSet[str]
) -> MitigationReference:
    """Return everything that is known of ways out.

    Args:
        root: Folder of the data.
        known_sources: Keys that a row may name.
        sectors: Ids of sectors.

    Raises:
        ReferenceDataError: A file is broken; the message names file and row.
    """
    alternatives = gather(
        read_keyed_records(
            root,
            ALTERNATIVES_FILE,
            required=(
                "name", "kind", "applications", "removes", "maturity", "effect", "trade_off",
                "status", "sources",
            ),
            optional=(
                "keeps", "adds", "lead_time_months", "components", "materials", "sectors", "note",
            ),
        ),
        lambda item: _alternative(*item, known_sources=known_sources, sectors=sectors),
    )  # fmt: skip
    suppliers = gather(
        read_keyed_records(
            root,
            SUPPLIERS_FILE,
            required=(
                "name", "headquarters", "affiliation", "stages", "elements", "sites", "status",
                "sources",
            ),
            optional=("not_yet_commercial", "aliases", "note"),
        ),
        lambda item: _supplier(*item, known_sources=known_sources),
    )  # fmt: skip
    measures = gather(
        read_keyed_records(
            root,
            MEASURES_FILE,
            required=("name", "lever", "use_when", "lead_time_weeks", "text", "status", "sources"),
        ),
        lambda item: _measure(*item, known_sources=known_sources),
    )
    facts = TextRecord(
        FACTS_FILE,
        read_yaml_text(root / FACTS_FILE, name=FACTS_FILE),
        required=("recycling", "stocks", "sourcing_law", "capacity", "shortage"),
    )
    return MitigationReference(
        alternatives={alternative.id: alternative for alternative in alternatives},
        suppliers={supplier.id: supplier for supplier in suppliers},
        recycling=_facts(facts, "recycling", known_sources),
        stocks=_facts(facts, "stocks", known_sources),
        sourcing_law=_laws(facts, known_sources),
        procurement_measures=measures,
        capacity=_fact(_single(facts, "capacity"), known_sources),
        shortage=_fact(_single(facts, "shortage"), known_sources),
    )


def _alternative(
    key: str, record: TextRecord, *, known_sources: AbstractSet[str], sectors: AbstractSet[str]
) -> Alternative:
    """Return one alternative."""
    removes = {
        check_element(record, symbol): share for symbol, share in record.numbers("removes").items()
    }
    if not all(0 < share <= 1 for share in removes.values()):
        raise record.error("each share of 'removes' must lie above 0 and at most at 1")
    for sector in record.words("sectors"):
        if sector not in sectors:
            raise record.error(f"{sector!r} is no sector")
    return Alternative(
        id=key,
        name=record.text("name"),
        kind=record.choice("kind", AlternativeKind),
        applications=record.words("applications"),
        removes=removes,
        keeps=read_elements(record, "keeps"),
        adds=read_elements(record, "adds"),
        maturity=record.choice("maturity", Maturity),
        effect=record.text("effect"),
        trade_off=record.text("trade_off"),
        lead_time_months=record.triple("lead_time_months")
        if record.has("lead_time_months")
        else None,
        components=record.words("components"),
        materials=record.words("materials"),
        sectors=record.words("sectors"),
        provenance=read_provenance(record, known_sources),
    )


def _supplier(key: str, record: TextRecord, *, known_sources: AbstractSet[str]) -> KnownSupplier:
    """Return one supplier with its sites."""
    elements = read_elements(record, "elements")
    pending = read_elements(record, "not_yet_commercial")
    if not set(pending) <= set(elements):
        raise record.error("'not_yet_commercial' names an element that 'elements' does not")
    stages = record.words("stages")
    sites = gather(
        record.records(
            "sites", required=("country", "state", "capacity"), optional=("place", "stages")
        ),
        lambda site: _site(site, stages),
    )
    return KnownSupplier(
        id=key,
        name=record.text("name"),
        headquarters=read_country(record, "headquarters"),
        affiliation=record.choice("affiliation", Affiliation),
        stages=stages,
        elements=elements,
        not_yet_commercial=pending,
        sites=sites,
        aliases=record.words("aliases"),
        provenance=read_provenance(record, known_sources),
    )


def _site(site: TextRecord, stages: tuple[str, ...]) -> SupplierSite:
    """Return one plant of a company that does these stages."""
    own = site.words("stages")
    if not set(own) <= set(stages):
        raise site.error("'stages' of a site names a stage that the company does not do")
    return SupplierSite(
        country=read_country(site, "country"),
        place=site.text("place", ""),
        state=site.choice("state", SiteState),
        capacity=site.text("capacity"),
        stages=own,
    )


def _measure(
    key: str, record: TextRecord, *, known_sources: AbstractSet[str]
) -> ProcurementMeasure:
    """Return one measure of a purchasing department."""
    return ProcurementMeasure(
        id=key,
        name=record.text("name"),
        lever=record.text("lever"),
        use_when=record.text("use_when"),
        lead_time_weeks=record.triple("lead_time_weeks"),
        text=record.text("text"),
        provenance=read_provenance(record, known_sources),
    )


_FACT = ("id", "text", "values", "status", "sources")
_FACT_OPTIONAL = ("region", "note")


def _single(facts: TextRecord, key: str) -> TextRecord:
    """Return a fact that stands alone."""
    return facts.record(key, required=_FACT, optional=_FACT_OPTIONAL)


def _facts(
    facts: TextRecord, key: str, known_sources: AbstractSet[str]
) -> tuple[MitigationFact, ...]:
    """Return a list of facts, each with an id of its own."""
    records = facts.records(key, required=_FACT, optional=_FACT_OPTIONAL)
    found = gather(records, lambda record: _fact(record, known_sources))
    return tuple(unique(facts.place, [(fact.id, fact) for fact in found]).values())


def _fact(record: TextRecord, known_sources: AbstractSet[str]) -> MitigationFact:
    """Return one fact."""
    return MitigationFact(
        id=record.text("id"),
        region=read_country(record, "region") if record.has("region") else None,
        text=record.text("text"),
        values=_values(record),
        provenance=read_provenance(record, known_sources),
    )


def _values(record: TextRecord) -> Mapping[str, tuple[float, ...]]:
    """Return the figures of a fact: one each, or two or three that ascend."""
    values = record.number_lists("values")
    for name, numbers in values.items():
        if not 1 <= len(numbers) <= _MAX_VALUES or list(numbers) != sorted(numbers):
            raise record.error(f"{name!r} must be one figure, or two or three that ascend")
    return values


def _laws(facts: TextRecord, known_sources: AbstractSet[str]) -> tuple[SourcingLaw, ...]:
    """Return the sourcing laws."""
    records = facts.records(
        "sourcing_law", required=("id", "region", "text", "status", "sources"), optional=("note",)
    )
    laws = gather(
        records,
        lambda record: SourcingLaw(
            id=record.text("id"),
            region=read_country(record, "region"),
            text=record.text("text"),
            provenance=read_provenance(record, known_sources),
        ),
    )
    return tuple(unique(facts.place, [(law.id, law) for law in laws]).values())
