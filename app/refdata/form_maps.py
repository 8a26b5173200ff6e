"""Loads the maps from families, kinds and names of other tables to product forms."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from app.domain.controls import RegisterStage
from app.refdata.sources import read_sources
from app.refdata.text_record import TextRecord
from app.refdata.yaml_text import read_yaml_text

FORMS_FILE = "supply/forms.yaml"

_MAPS = (
    "material_families", "materials", "component_materials", "components", "substance_kinds",
    "register_stages",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMaps:
    """From names of other tables to forms; None where no rare earth or no goods are meant.

    Attributes:
        material_families: By family of a material.
        materials: By id of a material, before its family.
        component_materials: Form of a component by the form of its material.
        components: By id of a component without one material.
        substance_kinds: By kind of a chemical substance.
        register_stages: By name in a legal text.
    """

    material_families: Mapping[str, str | None]
    materials: Mapping[str, str | None]
    component_materials: Mapping[str, str | None]
    components: Mapping[str, str | None]
    substance_kinds: Mapping[str, str | None]
    register_stages: Mapping[RegisterStage, str | None]


def load_form_maps(
    root: Path, *, chains: AbstractSet[str], known_sources: AbstractSet[str]
) -> FormMaps:
    """Return the maps.

    Raises:
        ReferenceDataError: A form has no chain, a stage of the register is missing or unknown,
            or a source does not resolve.
    """
    top = TextRecord(
        FORMS_FILE,
        read_yaml_text(root / FORMS_FILE, name=FORMS_FILE),
        required=("status", "sources", *_MAPS),
    )
    read_sources(top, known_sources)
    maps = {name: _forms(top, name, chains) for name in _MAPS}
    stages = maps["register_stages"]
    known = {stage.value for stage in RegisterStage}
    if stages.keys() != known:
        raise top.error(f"'register_stages' must name {', '.join(sorted(known))}, each once")
    return FormMaps(
        material_families=maps["material_families"],
        materials=maps["materials"],
        component_materials=maps["component_materials"],
        components=maps["components"],
        substance_kinds=maps["substance_kinds"],
        register_stages={RegisterStage(name): form for name, form in stages.items()},
    )


def _forms(top: TextRecord, name: str, chains: AbstractSet[str]) -> dict[str, str | None]:
    """Return one map whose values are forms or nothing."""
    record = TextRecord(f"{top.place}.{name}", top.mapping(name), optional=top.mapping(name))
    forms = {key: record.text_or_none(key) for key in top.mapping(name)}
    for key, form in forms.items():
        if form is not None and form not in chains:
            raise record.error(f"{key!r}: {form!r} is no product form")
    return forms
