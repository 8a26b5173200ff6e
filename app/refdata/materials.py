"""Loads everything that identification knows, from materials to words."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.elements import RARE_EARTHS
from app.domain.materials import IdentificationReference
from app.refdata.component_rows import (
    load_components,
    load_magnet_yield,
    load_part_classes,
    load_rare_earth_free_parts,
)
from app.refdata.material_rows import load_grades, load_materials
from app.refdata.substance_rows import load_classifications, load_hs_hints, load_substances
from app.refdata.vocabulary_rows import (
    load_element_names,
    load_generic_terms,
    load_hints,
    load_host_crystals,
    load_judgements,
    load_product_declarations,
    load_vocabulary,
)


def load_identification(root: Path, known_sources: AbstractSet[str]) -> IdentificationReference:
    """Return the reference data of identification.

    Args:
        root: Folder of the data.
        known_sources: Keys of `sources.yaml`.

    Raises:
        ReferenceDataError: A file is missing or broken; the message lists all faults of it.
    """
    materials = load_materials(root, known_sources)
    components = load_components(root, materials, known_sources)
    substances = load_substances(root, known_sources)
    grade_rule, default_materials, refinements = load_grades(root, materials, known_sources)
    family_hints, topic_hints, form_words = load_hints(root, materials)
    confidence, probability = load_judgements(root, known_sources)
    metal_cas = {
        symbol: metal.cas
        for symbol in RARE_EARTHS
        if (metal := substances.get(f"{symbol.lower()}_metal")) and metal.cas
    }
    return IdentificationReference(
        materials=materials,
        components=components,
        part_classes=load_part_classes(root, materials, components, known_sources),
        rare_earth_free_parts=load_rare_earth_free_parts(root, materials, known_sources),
        substances=substances,
        hs_hints=load_hs_hints(root, known_sources),
        classifications=load_classifications(root, known_sources),
        generic_terms=load_generic_terms(root, materials, known_sources),
        element_names=load_element_names(root, metal_cas),
        grade_rule=grade_rule,
        family_hints=family_hints,
        topic_hints=topic_hints,
        host_crystals=load_host_crystals(root),
        form_words=form_words,
        refinements=refinements,
        default_materials=default_materials,
        words=load_vocabulary(root),
        product_declarations=load_product_declarations(root, materials, known_sources),
        evidence_confidence=confidence,
        precision_probability=probability,
        magnet_yield=load_magnet_yield(root, known_sources),
    )
