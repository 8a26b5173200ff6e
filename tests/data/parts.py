"""Which loader reads which data file, so that a test can load only the part that it touched."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from app.refdata.background import load_background
from app.refdata.controls import load_register
from app.refdata.controls_measure import read_measure
from app.refdata.elements import load_elements
from app.refdata.form_maps import load_form_maps
from app.refdata.materials import load_identification
from app.refdata.methodology import load_methodology
from app.refdata.mitigation import load_mitigation
from app.refdata.sector_background import load_facts
from app.refdata.sectors import load_sectors
from app.refdata.sources import load_sources
from app.refdata.supply import load_supply
from app.refdata.supply_background import load_deposits, load_figures, load_imports
from app.refdata.supply_chains import load_table_notes
from app.refdata.supply_mixes import load_mix_table
from app.refdata.supply_tables import (
    load_governance,
    load_import_reliance,
    load_importers,
    load_largest_mines,
    load_prices,
)
from tests.data import shipped

Load = Callable[[Path, AbstractSet[str]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A loader and the beginnings of the names of the files that it reads."""

    load: Load
    files: tuple[str, ...]

    def reads(self, name: str) -> bool:
        return name.startswith(self.files)


#: Narrow loaders first: a test takes the first part that reads its file.
PARTS: tuple[Part, ...] = (
    Part(load=lambda root, _known: load_sources(root), files=("sources.yaml",)),
    Part(load=lambda root, _known: load_governance(root), files=("supply/governance",)),
    Part(load=lambda root, _known: load_importers(root), files=("supply/importers",)),
    Part(load=load_import_reliance, files=("supply/import_reliance",)),
    Part(load=load_largest_mines, files=("supply/largest_mine",)),
    Part(load=load_table_notes, files=("supply/tables",)),
    Part(
        load=lambda root, known: load_prices(
            root, elements=shipped.elements().elements, known_sources=known
        ),
        files=("supply/prices",),
    ),
    *(
        Part(
            load=lambda root, known, table=table: load_mix_table(  # type: ignore[misc] # bound now
                root, table, known_sources=known, chains=shipped.supply().chains.keys()
            ),
            files=(f"supply/{table}_",),
        )
        for table in ("world", "feed", "destination")
    ),
    Part(load=load_imports, files=("supply/imports",)),
    Part(load=load_deposits, files=("supply/deposit",)),
    Part(load=load_facts, files=("supply/facts", "sectors/facts")),
    Part(
        load=load_figures,
        files=tuple(f"{table}.csv" for table in shipped.background().figures),
    ),
    Part(load=load_elements, files=("elements/",)),
    Part(
        load=lambda root, known: load_form_maps(
            root, chains=shipped.supply().chains.keys(), known_sources=known
        ),
        files=("supply/forms",),
    ),
    Part(
        load=lambda root, known: load_supply(
            root, elements=shipped.elements().elements, known_sources=known
        ),
        files=("supply/chains",),
    ),
    Part(
        load=lambda root, known: load_background(
            root, known_sources=known, sectors=shipped.sectors().keys()
        ),
        files=(
            "supply/capacities", "supply/eu_assessment", "sectors/application",
            "sectors/element_applications",
        ),
    ),
    Part(
        load=lambda root, known: load_sectors(
            root, known_sources=known, chains=shipped.supply().chains.keys()
        ),
        files=("sectors/",),
    ),
    Part(
        load=lambda root, known: load_mitigation(
            root, known_sources=known, sectors=shipped.sectors().keys()
        ),
        files=("mitigation/",),
    ),
    Part(
        load=lambda root, known: load_methodology(root, frozenset(known)),
        files=("methodology/",),
    ),
    Part(load=load_register, files=("controls/",)),
    Part(
        load=load_identification,
        files=("materials/", "components/", "substances/", "words/"),
    ),
)  # fmt: skip


def loader_of(name: str) -> Load:
    """Return the narrowest loader that reads a file."""
    if name.startswith("controls/") and name.count("/") > 1:
        return lambda root, known: read_measure(root, name, known)
    for part in PARTS:
        if part.reads(name):
            return part.load
    raise AssertionError(f"no loader reads {name}")
