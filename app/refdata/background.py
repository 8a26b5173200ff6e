"""Composes the figures that no score reads."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.background import Background
from app.refdata.sector_background import (
    load_application_splits,
    load_applications,
    load_element_uses,
    load_facts,
)
from app.refdata.sectors import load_groups
from app.refdata.supply_background import (
    load_capacities,
    load_deposits,
    load_eu_assessments,
    load_figures,
    load_imports,
)


def load_background(
    root: Path, *, known_sources: AbstractSet[str], sectors: AbstractSet[str]
) -> Background:
    """Return everything that explains, checks or puts into context what the score reads.

    Args:
        root: Folder of the data.
        known_sources: Keys that a row may name.
        sectors: Ids of sectors.

    Raises:
        ReferenceDataError: A file is broken; the message names file and row.
    """
    applications = load_applications(root, known_sources)
    return Background(
        figures=load_figures(root, known_sources),
        deposits=load_deposits(root, known_sources),
        capacities=load_capacities(root, known_sources),
        imports=load_imports(root, known_sources),
        eu_assessments=load_eu_assessments(root, known_sources),
        facts=load_facts(root, known_sources),
        groups=load_groups(root, sectors=sectors, known_sources=known_sources),
        applications=applications,
        element_uses=load_element_uses(
            root, applications=applications.keys(), known_sources=known_sources
        ),
        application_splits=load_application_splits(
            root,
            applications=applications.keys(),
            sectors=sectors,
            known_sources=known_sources,
        ),
    )
