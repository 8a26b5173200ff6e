"""Loads everything of the supply side that the score reads."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.elements import Element
from app.domain.supply import SupplyReference
from app.refdata.supply_chains import load_chains, load_table_notes
from app.refdata.supply_mixes import load_mix_table
from app.refdata.supply_tables import (
    load_governance,
    load_import_reliance,
    load_importers,
    load_largest_mines,
    load_prices,
)


def load_supply(
    root: Path, *, elements: Mapping[str, Element], known_sources: AbstractSet[str]
) -> SupplyReference:
    """Return the supply side of the reference data.

    Args:
        root: Folder of the data.
        elements: The seventeen elements.
        known_sources: Keys that a row may name.

    Raises:
        ReferenceDataError: A file is broken; the message names file and row.
    """
    chains = load_chains(root, known_sources)
    notes = load_table_notes(root, known_sources)
    world, feed, destination = (
        load_mix_table(root, table, known_sources=known_sources, chains=chains.chains.keys())
        for table in ("world", "feed", "destination")
    )
    return SupplyReference(
        chains=chains.chains,
        world=world,
        feed=feed,
        destination_mixes=destination,
        sourcing_stage=chains.sourcing_stage,
        import_reliance=load_import_reliance(root, known_sources),
        governance=load_governance(root),
        governance_provenance=notes.governance,
        governance_missing=notes.governance_missing,
        largest_mines=load_largest_mines(root, known_sources),
        importers=load_importers(root),
        importers_valid_from=notes.importers_valid_from,
        importers_provenance=notes.importers,
        prices=load_prices(root, elements=elements, known_sources=known_sources),
    )
