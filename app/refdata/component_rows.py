"""Loads components, classes of parts, and kinds of parts without rare earths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.materials import Component, Material, PartClass, RareEarthFreePart
from app.domain.triple import Triple
from app.domain.vocabulary import Name, Strength, Topic
from app.refdata.countries import read_elements
from app.refdata.csv_table import read_csv_table
from app.refdata.identification_rows import (
    check_count,
    check_form,
    check_known,
    read_document,
    read_fractions,
    read_names,
    read_words,
)
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique

COMPONENTS_FILE = "components/components.csv"
MASSES_FILE = "components/masses.csv"
NAMES_FILE = "components/names.csv"
CLASSES_FILE = "components/part_classes.yaml"
FREE_FILE = "components/rare_earth_free.yaml"
YIELD_FILE = "components/process_yield.yaml"

_COLUMNS = (
    "id", "name", "unit", "form", "topic", "material",
    "active_low_g", "active_nominal_g", "active_high_g",
    "total_low_g", "total_nominal_g", "total_high_g",
    "probability", "named_chemistry", "hs_codes", "sectors", "basis", "status", "sources",
    "contested", "note",
)  # fmt: skip
_OPTIONAL = (
    "material", "active_low_g", "active_nominal_g", "active_high_g",
    "total_low_g", "total_nominal_g", "total_high_g",
    "probability", "hs_codes", "sectors", "contested", "note",
)  # fmt: skip

_SIDES = ("low", "nominal", "high")

_GRAM = 1e-3

_MINIMUM_COMPONENTS = 108
_MINIMUM_FREE = 12


def load_components(
    root: Path, materials: Mapping[str, Material], known_sources: AbstractSet[str]
) -> Mapping[str, Component]:
    """Return every component by its id; masses in kg.

    Raises:
        ReferenceDataError: A row, a mass or a name cannot be right.
    """
    records = read_csv_table(
        root / COMPONENTS_FILE, _COLUMNS, optional=_OPTIONAL, name=COMPONENTS_FILE
    )
    check_count(COMPONENTS_FILE, len(records), _MINIMUM_COMPONENTS)
    ids = frozenset(row.text("id") for row in records)
    masses: defaultdict[str, dict[str, Triple]] = defaultdict(dict)
    columns = ("component", "element", "low_g", "nominal_g", "high_g")
    for (component, element), value in read_fractions(
        root, MASSES_FILE, columns, ids, scale=_GRAM
    ).items():
        masses[component][element] = value
    names = read_names(root, NAMES_FILE, "component", ids)
    rows = gather(
        records,
        lambda row: _component(
            row,
            known_sources,
            materials=materials,
            masses=masses.get(row.text("id"), {}),
            names=names.get(row.text("id"), ()),
        ),
    )
    return unique(COMPONENTS_FILE, [(component.id, component) for component in rows])


def _component(
    row: TextRecord,
    known_sources: AbstractSet[str],
    *,
    materials: Mapping[str, Material],
    masses: Mapping[str, Triple],
    names: tuple[Name, ...],
) -> Component:
    """Return one component."""
    has_material = row.has("material")
    if has_material != row.has("active_nominal_g"):
        raise row.error("'material' and the mass of active material go together")
    active = (
        row.ordered("active", *(row.number(f"active_{side}_g") for side in _SIDES)).scaled(_GRAM)
        if has_material
        else None
    )
    return Component(
        id=row.text("id"),
        name=row.text("name"),
        unit=row.text("unit"),
        form=check_form(row, row.text("form")),
        topic=row.choice("topic", Topic),
        masses_kg=masses,
        names=names,
        provenance=read_provenance(row, known_sources),
        active_material_kg=active,
        material=check_known(row, "material", materials) if has_material else None,
        probability=row.share("probability") if row.has("probability") else None,
        named_chemistry=row.flag("named_chemistry"),
        hs_codes=row.words("hs_codes"),
        sectors=row.words("sectors"),
        contested=row.text_or_none("contested"),
    )


def load_part_classes(
    root: Path,
    materials: Mapping[str, Material],
    components: Mapping[str, Component],
    known_sources: AbstractSet[str],
) -> Mapping[str, PartClass]:
    """Return every class of parts by its id.

    Raises:
        ReferenceDataError: A class refers to a row that is not there, or lacks a field.
    """
    required = (
        "id", "name", "topic", "form", "elements", "probability", "reason", "question", "names",
        "sources", "status",
    )  # fmt: skip
    document = read_document(root, CLASSES_FILE, ("classes",))
    optional = ("component", "component_by_word", "material", "weak_names", "hints")
    records = document.records("classes", required=required, optional=optional)

    def part_class(row: TextRecord) -> PartClass:
        return PartClass(
            id=row.text("id"),
            name=row.text("name"),
            form=check_form(row, row.text("form")),
            topic=row.choice("topic", Topic),
            elements=read_elements(row, "elements"),
            probability=row.share("probability"),
            names=(*read_words(row, "names", Strength.STRONG), *_weak_names(row)),
            reason=row.text("reason"),
            question=row.text("question"),
            provenance=read_provenance(row, known_sources),
            component=check_known(row, "component", components) if row.has("component") else None,
            material=check_known(row, "material", materials) if row.has("material") else None,
            hints=row.words("hints"),
            component_by_word=_by_word(row, components),
        )

    return unique(CLASSES_FILE, [(item.id, item) for item in gather(records, part_class)])


def _by_word(row: TextRecord, components: Mapping[str, Component]) -> Mapping[str, str]:
    """Return the component of a class by a word of the line."""
    words = row.mapping("component_by_word")
    table = row.record("component_by_word", required=words) if words else None
    return {word: check_known(table, word, components) for word in words} if table else {}


def _weak_names(row: TextRecord) -> tuple[Name, ...]:
    """Return the names of a class that need one of its hints."""
    if not row.has("weak_names"):
        return ()
    if not row.words("hints"):
        raise row.error("'weak_names' need 'hints'")
    return read_words(row, "weak_names", Strength.WEAK)


def load_rare_earth_free_parts(
    root: Path, materials: Mapping[str, Material], known_sources: AbstractSet[str]
) -> tuple[RareEarthFreePart, ...]:
    """Return the kinds of parts that hold no rare earth.

    Raises:
        ReferenceDataError: A kind is repeated or lacks a field.
    """
    required = ("id", "name", "topics", "names", "sources", "status")
    records = read_document(root, FREE_FILE, ("parts",)).records(
        "parts", required=required, optional=("materials",)
    )
    check_count(FREE_FILE, len(records), _MINIMUM_FREE)

    def free_part(row: TextRecord) -> RareEarthFreePart:
        for material in row.words("materials"):
            if material not in materials or not materials[material].rare_earth_free:
                raise row.error(f"{material!r} is no material without rare earths")
        return RareEarthFreePart(
            id=row.text("id"),
            name=row.text("name"),
            topics=row.choices("topics", Topic),
            names=read_words(row, "names", Strength.STRONG),
            provenance=read_provenance(row, known_sources),
            materials=row.words("materials"),
        )

    rows = gather(records, free_part)
    return tuple(unique(FREE_FILE, [(part.id, part) for part in rows]).values())


def load_magnet_yield(root: Path, known_sources: AbstractSet[str]) -> Triple:
    """Return rare earth in magnets per rare earth bought for them [1].

    Raises:
        ReferenceDataError: It is no share, or has no source.
    """
    document = read_document(root, YIELD_FILE, ("magnet_yield", "sources", "status"), ("note",))
    read_provenance(document, known_sources)
    magnet_yield = document.triple("magnet_yield")
    if not 0 < magnet_yield.low <= magnet_yield.high <= 1:
        raise document.error("'magnet_yield' must lie between 0 and 1")
    return magnet_yield
