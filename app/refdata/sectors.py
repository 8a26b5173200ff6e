"""Loads the sectors with dependence, default goods, end-use shares and groups."""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from app.domain.background import SectorGroup
from app.domain.context import EndUse
from app.domain.sectors import ArchetypeLine, Dependence, Sector
from app.errors import ReferenceDataError
from app.refdata.countries import read_element, read_elements
from app.refdata.csv_table import read_csv_table
from app.refdata.keyed_records import read_keyed_records
from app.refdata.sources import read_provenance, read_sources
from app.refdata.text_record import TextRecord, gather, unique

SECTORS_FILE = "sectors/sectors.yaml"
DEPENDENCE_FILE = "sectors/dependence.csv"
ARCHETYPES_FILE = "sectors/archetypes.csv"
ELEMENT_SECTOR_FILE = "sectors/element_sector.csv"
GROUPS_FILE = "sectors/groups.csv"

_KINDS = frozenset({"final", "intermediate"})
_SCRUTINY = frozenset({"low", "medium", "high", "very_high"})
_LANGUAGES = ("en", "de", "ja", "zh")
_MAX_LEVEL = 3

#: Shares below 0.0005 were dropped from the table of end uses, at most 25 of an element.
_END_USE_SUM_TOLERANCE = 25 * 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Tables that are spread over the sectors."""

    dependence: Mapping[str, Mapping[str, Dependence]]
    archetypes: Mapping[str, tuple[ArchetypeLine, ...]]
    end_use_shares: Mapping[str, Mapping[str, float]]
    groups: tuple[SectorGroup, ...]


def load_sectors(
    root: Path, *, known_sources: AbstractSet[str], chains: AbstractSet[str]
) -> Mapping[str, Sector]:
    """Return the sectors by id, in the order of the file.

    Args:
        root: Folder of the data.
        known_sources: Keys that a row may name.
        chains: Product forms that a default line may have.

    Raises:
        ReferenceDataError: A field is wrong, a sector of a table is not known, an alias is used
            twice, or default goods and dependence differ.
    """
    records = read_keyed_records(
        root,
        SECTORS_FILE,
        required=(
            "names", "description", "kind", "codes", "aliases", "scrutiny", "scrutiny_reason",
            "archetype_end_use", "military_prior", "status", "confidence", "sources",
        ),
        optional=("note",),
    )  # fmt: skip
    ids = {key for key, _ in records}
    parts = _Parts(
        dependence=_load_dependence(root, ids, known_sources),
        archetypes=_load_archetypes(root, sectors=ids, chains=chains, known_sources=known_sources),
        end_use_shares=_load_end_use_shares(root, ids, known_sources),
        groups=load_groups(root, sectors=ids, known_sources=known_sources),
    )
    sectors = gather(records, lambda item: _sector(*item, parts=parts, known_sources=known_sources))
    _check_aliases(sectors)
    return {sector.id: sector for sector in sectors}


def _sector(
    key: str, record: TextRecord, *, parts: _Parts, known_sources: AbstractSet[str]
) -> Sector:
    """Return one sector."""
    names = record.record("names", required=_LANGUAGES)
    codes = record.record("codes", optional=record.mapping("codes"))
    dependence = parts.dependence.get(key, {})
    archetype = parts.archetypes.get(key, ())
    shown = [element for line in archetype for element in line.elements]
    if len(set(shown)) != len(shown) or set(shown) != set(dependence):
        raise ReferenceDataError(
            f"{ARCHETYPES_FILE}: the default goods of {key!r} must hold each element of "
            f"{DEPENDENCE_FILE} once"
        )
    return Sector(
        id=key,
        names={language: names.text(language) for language in _LANGUAGES},
        description=record.text("description"),
        kind=_one_of(record, "kind", _KINDS),
        codes={system: codes.words(system) for system in record.mapping("codes")},
        aliases=record.words("aliases"),
        groups=tuple(group.id for group in parts.groups if key in group.sectors),
        scrutiny=_one_of(record, "scrutiny", _SCRUTINY),
        dependence=dependence,
        archetype_end_use=record.choice("archetype_end_use", EndUse).value,
        archetype=archetype,
        military_prior=record.share("military_prior"),
        end_use_shares=parts.end_use_shares.get(key, {}),
        provenance=read_provenance(record, known_sources),
        scrutiny_reason=record.text("scrutiny_reason"),
    )


def _one_of(record: TextRecord, key: str, allowed: AbstractSet[str]) -> str:
    """Return a text that must be one of a few."""
    value = record.text(key)
    if value not in allowed:
        raise record.error(f"{key!r} must be one of {', '.join(sorted(allowed))}, not {value!r}")
    return value


def read_sector(record: TextRecord, key: str, sectors: AbstractSet[str]) -> str:
    """Return the id of a sector.

    Raises:
        ReferenceDataError: There is no such sector.
    """
    return _one_of(record, key, sectors)


def _load_dependence(
    root: Path, sectors: AbstractSet[str], known_sources: AbstractSet[str]
) -> Mapping[str, Mapping[str, Dependence]]:
    """Return the dependence by sector and element."""
    records = read_csv_table(
        root / DEPENDENCE_FILE,
        ("sector", "element", "level", "use", "status", "sources"),
        name=DEPENDENCE_FILE,
    )

    def parse(record: TextRecord) -> tuple[tuple[str, str], Dependence]:
        read_provenance(record, known_sources)
        level = record.integer("level")
        if not 1 <= level <= _MAX_LEVEL:
            raise record.error(f"'level' must be 1, 2 or 3, not {level}")
        element = read_element(record, "element")
        sector = read_sector(record, "sector", sectors)
        return (sector, element), Dependence(element=element, level=level, use=record.text("use"))

    result: dict[str, dict[str, Dependence]] = {}
    for (sector, element), dependence in unique(DEPENDENCE_FILE, gather(records, parse)).items():
        result.setdefault(sector, {})[element] = dependence
    return result


def _load_archetypes(
    root: Path,
    *,
    sectors: AbstractSet[str],
    chains: AbstractSet[str],
    known_sources: AbstractSet[str],
) -> Mapping[str, tuple[ArchetypeLine, ...]]:
    """Return the default lines by sector."""
    records = read_csv_table(
        root / ARCHETYPES_FILE,
        ("sector", "form", "product", "material", "elements", "status", "sources"),
        optional=("product", "material"),
        name=ARCHETYPES_FILE,
    )

    def parse(record: TextRecord) -> tuple[str, ArchetypeLine]:
        read_provenance(record, known_sources)
        if record.has("product") != record.has("material"):
            raise record.error("'product' and 'material' go together")
        line = ArchetypeLine(
            form=_one_of(record, "form", chains),
            elements=read_elements(record, "elements"),
            product=record.text_or_none("product"),
            material=record.text_or_none("material"),
        )
        return read_sector(record, "sector", sectors), line

    result: dict[str, tuple[ArchetypeLine, ...]] = {}
    for sector, line in gather(records, parse):
        result[sector] = (*result.get(sector, ()), line)
    return result


def _load_end_use_shares(
    root: Path, sectors: AbstractSet[str], known_sources: AbstractSet[str]
) -> Mapping[str, Mapping[str, float]]:
    """Return the share of world use of each element by sector."""
    records = read_csv_table(
        root / ELEMENT_SECTOR_FILE,
        ("element", "sector", "share", "status", "sources"),
        name=ELEMENT_SECTOR_FILE,
    )

    def parse(record: TextRecord) -> tuple[tuple[str, str], float]:
        read_provenance(record, known_sources)
        pair = (read_element(record, "element"), read_sector(record, "sector", sectors))
        return pair, record.share("share")

    shares = unique(ELEMENT_SECTOR_FILE, gather(records, parse))
    result: dict[str, dict[str, float]] = {}
    for (element, sector), share in shares.items():
        result.setdefault(sector, {})[element] = share
    for element in {element for element, _ in shares}:
        total = math.fsum(share for (symbol, _), share in shares.items() if symbol == element)
        if not 1 - _END_USE_SUM_TOLERANCE <= total <= 1 + _END_USE_SUM_TOLERANCE:
            raise ReferenceDataError(f"{ELEMENT_SECTOR_FILE}: {element} sums to {total:.4f}, not 1")
    return result


def load_groups(
    root: Path, *, sectors: AbstractSet[str], known_sources: AbstractSet[str]
) -> tuple[SectorGroup, ...]:
    """Return the bundles of sectors.

    Raises:
        ReferenceDataError: A bundle is repeated, or names a sector or source that is not known.
    """
    records = read_csv_table(
        root / GROUPS_FILE, ("id", "name", "sectors", "sources"), name=GROUPS_FILE
    )

    def parse(record: TextRecord) -> SectorGroup:
        members = record.words("sectors")
        for member in members:
            if member not in sectors:
                raise record.error(f"{member!r} is no sector")
        return SectorGroup(
            id=record.text("id"),
            name=record.text("name"),
            sectors=members,
            sources=read_sources(record, known_sources),
        )

    groups = gather(records, parse)
    return tuple(unique(GROUPS_FILE, [(group.id, group) for group in groups]).values())


def _check_aliases(sectors: tuple[Sector, ...]) -> None:
    """Refuse a word that would name two sectors."""
    owners: dict[str, str] = {sector.id.casefold(): sector.id for sector in sectors}
    for sector in sectors:
        for alias in sector.aliases:
            owner = owners.setdefault(alias.casefold(), sector.id)
            if owner != sector.id:
                raise ReferenceDataError(
                    f"{SECTORS_FILE}: alias {alias!r} names both {owner!r} and {sector.id!r}"
                )
