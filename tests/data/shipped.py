"""The shipped data, part by part and loaded once, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import app
from app.domain.background import Background
from app.domain.mitigation import MitigationReference
from app.domain.provenance import Source
from app.domain.sectors import Sector
from app.domain.supply import SupplyReference
from app.refdata.background import load_background
from app.refdata.elements import ElementTable, load_elements
from app.refdata.mitigation import load_mitigation
from app.refdata.sectors import load_sectors
from app.refdata.sources import load_sources
from app.refdata.supply import load_supply

ROOT = Path(app.__file__).parent / "data"


@cache
def sources() -> Mapping[str, Source]:
    return load_sources(ROOT)


@cache
def known() -> frozenset[str]:
    return frozenset(sources())


@cache
def elements() -> ElementTable:
    return load_elements(ROOT, known())


@cache
def supply() -> SupplyReference:
    return load_supply(ROOT, elements=elements().elements, known_sources=known())


@cache
def sectors() -> Mapping[str, Sector]:
    return load_sectors(ROOT, known_sources=known(), chains=supply().chains.keys())


@cache
def mitigation() -> MitigationReference:
    return load_mitigation(ROOT, known_sources=known(), sectors=sectors().keys())


@cache
def background() -> Background:
    return load_background(ROOT, known_sources=known(), sectors=sectors().keys())
