"""Loads the table of the seventeen elements."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from app.domain.elements import RARE_EARTHS, Element
from app.domain.supply import Stage
from app.errors import ReferenceDataError
from app.refdata.countries import read_element
from app.refdata.csv_table import read_csv_table
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather

ELEMENTS_FILE = "elements/elements.csv"

COLUMNS = (
    "symbol", "atomic_number", "name_en", "name_de", "name_ja", "name_zh", "atomic_weight",
    "oxide", "oxide_factor", "group", "feed_group", "stages", "status", "sources",
)  # fmt: skip

_GROUPS = frozenset({"light", "heavy", "scandium", "none"})
_LANGUAGES = ("en", "de", "ja", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementTable:
    """The elements, and the stages at which somebody makes something of each."""

    elements: Mapping[str, Element]
    stages: Mapping[str, tuple[Stage, ...]]


def load_elements(root: Path, known_sources: AbstractSet[str]) -> ElementTable:
    """Return the seventeen elements in order of atomic number.

    Raises:
        ReferenceDataError: One is missing, repeated or out of order, or a field is wrong.
    """
    records = read_csv_table(
        root / ELEMENTS_FILE, COLUMNS, optional=("stages",), name=ELEMENTS_FILE
    )
    pairs = gather(records, lambda record: _element(record, known_sources))
    symbols = tuple(element.symbol for element, _ in pairs)
    if symbols != RARE_EARTHS:
        raise ReferenceDataError(
            f"{ELEMENTS_FILE}: must list {' '.join(RARE_EARTHS)}, not {' '.join(symbols)}"
        )
    return ElementTable(
        elements={element.symbol: element for element, _ in pairs},
        stages={element.symbol: stages for element, stages in pairs},
    )


def _element(
    record: TextRecord, known_sources: AbstractSet[str]
) -> tuple[Element, tuple[Stage, ...]]:
    """Return one element and its stages."""
    group = record.text("group")
    if group not in _GROUPS:
        raise record.error(f"'group' must be one of {', '.join(sorted(_GROUPS))}, not {group!r}")
    factor = record.number("oxide_factor")
    if not 0 < factor < 1:
        raise record.error(f"'oxide_factor' must lie between 0 and 1, not {factor}")
    element = Element(
        symbol=read_element(record, "symbol"),
        atomic_number=record.integer("atomic_number"),
        names={language: record.text(f"name_{language}") for language in _LANGUAGES},
        oxide=record.text("oxide"),
        oxide_factor=factor,
        group=group,
        feed_group=record.text("feed_group"),
        sources=read_provenance(record, known_sources).sources,
    )
    return element, record.choices("stages", Stage)
