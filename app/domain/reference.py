"""The reference data as one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.background import Background
from app.domain.controls import ControlRegister
from app.domain.elements import Element
from app.domain.materials import IdentificationReference
from app.domain.methodology import Methodology
from app.domain.mitigation import MitigationReference
from app.domain.provenance import Source
from app.domain.sectors import Sector
from app.domain.supply import SupplyReference


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceData:
    """Everything that the service knows about the world; loaded once, never changed.

    Attributes:
        version: Digest of all data files, short hexadecimal.
        cited_sources: Keys of the sources that some row names.
        background: Figures that no score reads: deposits, checks, peers, context.
    """

    version: str
    sources: Mapping[str, Source]
    elements: Mapping[str, Element]
    supply: SupplyReference
    register: ControlRegister
    sectors: Mapping[str, Sector]
    methodology: Methodology
    identification: IdentificationReference
    mitigation: MitigationReference
    cited_sources: frozenset[str] = frozenset()
    background: Background = field(default_factory=Background)
