"""Checks of sense between the tables, once each of them is right in itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.elements import WITHOUT_MARKET
from app.domain.materials import IdentificationReference
from app.domain.mitigation import MitigationReference
from app.domain.reference import ReferenceData
from app.domain.sectors import Sector
from app.domain.supply import Stage, SupplyReference
from app.errors import ReferenceDataError
from app.refdata.elements import ELEMENTS_FILE
from app.refdata.form_maps import FormMaps
from app.refdata.mitigation import ALTERNATIVES_FILE
from app.refdata.sectors import ARCHETYPES_FILE
from app.refdata.supply_tables import MINES_FILE

_WORLD_FILE = "supply/world_rows.csv"
_FORMS_FILE = "supply/forms.yaml"


def check_consistency(
    reference: ReferenceData, *, stages: Mapping[str, tuple[Stage, ...]], form_maps: FormMaps
) -> None:
    """Refuse tables that contradict each other.

    Args:
        reference: The whole of the reference data.
        stages: Stages at which somebody makes something of each element.
        form_maps: Maps from families and kinds to product forms.

    Raises:
        ReferenceDataError: The message has a line for each contradiction, naming the file.
    """
    messages = [
        *_world_gaps(reference.supply, stages),
        *_archetype_faults(reference.sectors, reference.identification),
        *_alternative_faults(reference.mitigation, reference.identification),
        *_form_faults(reference.identification, form_maps),
    ]
    if messages:
        raise ReferenceDataError("\n".join(messages))


def _world_gaps(supply: SupplyReference, stages: Mapping[str, tuple[Stage, ...]]) -> Iterator[str]:
    """Yield stages of an element without world shares, and shares of stages that it lacks."""
    shown = {(element, row.stage) for row in supply.world for element in row.elements}
    for element, own in stages.items():
        if (element in WITHOUT_MARKET) != (not own):
            yield f"{ELEMENTS_FILE}: {element} must have stages if it has a market, else none"
        for stage in Stage:
            # Devices are made of whatever has a stage before them.
            expected = stage in own or (stage is Stage.DEVICE and bool(own))
            if expected and (element, stage) not in shown:
                yield f"{_WORLD_FILE}: no world shares for {element} at stage {stage}"
            if not expected and (element, stage) in shown:
                yield f"{_WORLD_FILE}: {element} lacks the stage {stage} in {ELEMENTS_FILE}"
        if own and element not in supply.largest_mines:
            yield f"{MINES_FILE}: no row for {element}"


def _archetype_faults(
    sectors: Mapping[str, Sector], identification: IdentificationReference
) -> Iterator[str]:
    """Yield sectors without default goods, and default goods of an unknown material."""
    for sector in sectors.values():
        if not sector.archetype:
            yield f"{ARCHETYPES_FILE}: no default goods for {sector.id!r}"
        for line in sector.archetype:
            if line.material is None:
                continue
            material = identification.materials.get(line.material)
            if material is None:
                yield f"{ARCHETYPES_FILE}: {sector.id!r} names no known material {line.material!r}"
                continue
            if material.form != line.form:
                yield (
                    f"{ARCHETYPES_FILE}: {line.material!r} has the form {material.form}, "
                    f"not {line.form} as in the goods of {sector.id!r}"
                )


def _alternative_faults(
    mitigation: MitigationReference, identification: IdentificationReference
) -> Iterator[str]:
    """Yield alternatives that name a component or material that is not there."""
    for alternative in mitigation.alternatives.values():
        for component in alternative.components:
            if component not in identification.components:
                yield f"{ALTERNATIVES_FILE}: {alternative.id!r} names no component {component!r}"
        for material in alternative.materials:
            if material not in identification.materials:
                yield f"{ALTERNATIVES_FILE}: {alternative.id!r} names no material {material!r}"


def _form_faults(identification: IdentificationReference, maps: FormMaps) -> Iterator[str]:
    """Yield materials and substances whose form is not the one that the maps give."""
    for material in identification.materials.values():
        if material.rare_earth_free:
            continue
        expected = maps.materials.get(material.id, maps.material_families.get(material.family))
        if material.form != expected:
            yield f"{_FORMS_FILE}: material {material.id!r} is {material.form}, not {expected}"
    for component in identification.components.values():
        expected = maps.components.get(component.id)
        if component.id not in maps.components and component.material is not None:
            made_of = identification.materials[component.material].form
            # A device of a device's material (a battery cell) keeps its form.
            expected = maps.component_materials.get(made_of or "", made_of)
        if component.form != expected:
            yield f"{_FORMS_FILE}: component {component.id!r} is {component.form}, not {expected}"
    for substance in identification.substances.values():
        expected = maps.substance_kinds.get(substance.kind)
        if substance.form != expected:
            yield f"{_FORMS_FILE}: substance {substance.id!r} is {substance.form}, not {expected}"
