"""Loads materials and the rules of magnet grades."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.materials import GradeRule, Material, Refinement
from app.domain.registry_numbers import is_cas_number
from app.domain.triple import Triple
from app.domain.vocabulary import Name
from app.refdata.csv_table import read_csv_table
from app.refdata.identification_rows import (
    check_count,
    check_form,
    check_known,
    read_document,
    read_fractions,
    read_names,
)
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique

MATERIALS_FILE = "materials/materials.csv"
FRACTIONS_FILE = "materials/fractions.csv"
PROCESSES_FILE = "materials/process_fractions.csv"
NAMES_FILE = "materials/names.csv"
GRADES_FILE = "materials/grades.yaml"

_COLUMNS = (
    "id", "name", "family", "form", "rare_earth_free", "total_low", "total_nominal", "total_high",
    "formula", "cas", "hs_codes", "sectors", "grade_suffix", "grade_examples",
    "max_working_temperature_c", "density_kg_per_m3", "status", "sources", "control_hint", "note",
)  # fmt: skip
_OPTIONAL = (
    "form", "formula", "cas", "hs_codes", "sectors", "grade_suffix", "grade_examples",
    "max_working_temperature_c", "density_kg_per_m3", "control_hint", "note",
)  # fmt: skip

_FIGURES = ("low", "nominal", "high")

_MINIMUM_ROWS = 154

#: Printed for a magnet grade without letters.
_NO_SUFFIX = "-"

_SUM_TOLERANCE = 1e-6

_DEFAULTS = ("unknown_grade", "unknown_smco", "unknown_nimh", "free_of_heavy")

_GRADE_KEYS = (
    "energy_products_mgoe", "suffixes", "ferrite_prefixes", "smco_examples", "sources", "status",
    "default_materials", "process_words", "refinements",
)  # fmt: skip


def load_materials(root: Path, known_sources: AbstractSet[str]) -> Mapping[str, Material]:
    """Return every material by its id.

    Raises:
        ReferenceDataError: A row, a fraction or a name cannot be right.
    """
    records = read_csv_table(
        root / MATERIALS_FILE, _COLUMNS, optional=_OPTIONAL, name=MATERIALS_FILE
    )
    check_count(MATERIALS_FILE, len(records), _MINIMUM_ROWS)
    ids = frozenset(row.text("id") for row in records)
    fractions: defaultdict[str, dict[str, Triple]] = defaultdict(dict)
    for (material, element), value in read_fractions(
        root, FRACTIONS_FILE, ("material", "element", *_FIGURES), ids
    ).items():
        fractions[material][element] = value
    processes: defaultdict[str, dict[str, dict[str, Triple]]] = defaultdict(dict)
    for (material, process, element), value in read_fractions(
        root, PROCESSES_FILE, ("material", "process", "element", *_FIGURES), ids
    ).items():
        processes[material].setdefault(process, {})[element] = value
    names = read_names(root, NAMES_FILE, "material", ids)
    rows = gather(
        records,
        lambda row: _material(
            row,
            known_sources,
            fractions=fractions.get(row.text("id"), {}),
            processes=processes.get(row.text("id"), {}),
            names=names.get(row.text("id"), ()),
        ),
    )
    return unique(MATERIALS_FILE, [(material.id, material) for material in rows])


def _material(
    row: TextRecord,
    known_sources: AbstractSet[str],
    *,
    fractions: Mapping[str, Triple],
    processes: Mapping[str, Mapping[str, Triple]],
    names: tuple[Name, ...],
) -> Material:
    """Return one material."""
    free = row.flag("rare_earth_free")
    total = row.ordered("total", *(row.share(f"total_{side}") for side in _FIGURES))
    if free != (not fractions) or free != (total.high == 0):
        raise row.error("a material without rare earths has no fractions, any other has some")
    if math.fsum(value.low for value in fractions.values()) > total.high + _SUM_TOLERANCE:
        raise row.error("the low fractions add up to more than the highest total")
    if any(value.high > 1 for value in fractions.values()):
        raise row.error("a mass fraction is over 1")
    for number in row.words("cas"):
        if not is_cas_number(number):
            raise row.error(f"{number!r} is no CAS number")
    suffix = row.text_or_none("grade_suffix")
    return Material(
        id=row.text("id"),
        name=row.text("name"),
        family=row.text("family"),
        form=None if free else check_form(row, row.text("form")),
        fractions=fractions,
        total=total,
        names=names,
        provenance=read_provenance(row, known_sources),
        rare_earth_free=free,
        formula=row.text_or_none("formula"),
        cas=row.words("cas"),
        hs_codes=row.words("hs_codes"),
        sectors=row.words("sectors"),
        by_process=processes,
        grade_suffix="" if suffix == _NO_SUFFIX else suffix,
        grade_examples=row.words("grade_examples"),
        max_working_temperature_c=row.number_or_none("max_working_temperature_c"),
        density_kg_per_m3=row.number_or_none("density_kg_per_m3"),
        control_hint=row.text_or_none("control_hint"),
    )


def load_grades(
    root: Path, materials: Mapping[str, Material], known_sources: AbstractSet[str]
) -> tuple[GradeRule, Mapping[str, str], tuple[Refinement, ...]]:
    """Return the rule of magnet grades, the material to assume by open question, refinements.

    Raises:
        ReferenceDataError: A suffix is repeated, or names a material that is not there.
    """
    document = read_document(root, GRADES_FILE, _GRADE_KEYS, ("note",))
    suffixes = document.records("suffixes", required=("suffix", "temperature_c", "material"))
    rows = unique(GRADES_FILE, [(row.text("suffix").strip(_NO_SUFFIX), row) for row in suffixes])
    products = document.number_list("energy_products_mgoe")
    if len(products) != 2 or not 0 < products[0] < products[1]:
        raise document.error("'energy_products_mgoe' must be [smallest, largest]")
    processes = document.record("process_words", optional=document.mapping("process_words"))
    rule = GradeRule(
        energy_products=(int(products[0]), int(products[1])),
        materials={key: check_known(row, "material", materials) for key, row in rows.items()},
        temperatures_c={key: row.number("temperature_c") for key, row in rows.items()},
        ferrite_prefixes=document.words("ferrite_prefixes"),
        smco_examples=document.words("smco_examples"),
        process_words={key: processes.words(key) for key in document.mapping("process_words")},
        provenance=read_provenance(document, known_sources),
    )
    defaults = document.record("default_materials", required=_DEFAULTS)
    refinements = tuple(
        Refinement(
            material=check_known(row, "from", materials),
            better=check_known(row, "to", materials),
            words=row.words("words"),
        )
        for row in document.records("refinements", required=("from", "to", "words"))
    )
    return rule, {key: check_known(defaults, key, materials) for key in _DEFAULTS}, refinements
