"""Tables that are right in themselves and contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.errors import ReferenceDataError
from app.refdata.consistency import check_consistency
from app.refdata.form_maps import FormMaps, load_form_maps
from app.refdata.load import load_reference_data
from tests.data import shipped


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference_data()


@pytest.fixture(scope="module")
def maps() -> FormMaps:
    return load_form_maps(
        shipped.ROOT, chains=shipped.supply().chains.keys(), known_sources=shipped.known()
    )


def without_world(reference: ReferenceData, stage: Stage, element: str) -> ReferenceData:
    rows = tuple(
        row
        for row in reference.supply.world
        if row.stage is not stage or element not in row.elements
    )
    return replace(reference, supply=replace(reference.supply, world=rows))


def without_mine(reference: ReferenceData) -> ReferenceData:
    mines = {key: mine for key, mine in reference.supply.largest_mines.items() if key != "Nd"}
    return replace(reference, supply=replace(reference.supply, largest_mines=mines))


def with_sector(reference: ReferenceData, **changes: object) -> ReferenceData:
    sector = replace(reference.sectors["wind_energy"], **changes)  # type: ignore[arg-type] # fields
    return replace(reference, sectors={**reference.sectors, sector.id: sector})


def with_goods(reference: ReferenceData, **changes: str) -> ReferenceData:
    (line,) = reference.sectors["wind_energy"].archetype
    changed = replace(line, **changes)  # type: ignore[arg-type] # fields
    return with_sector(reference, archetype=(changed,))


def with_alternative(reference: ReferenceData, **changes: tuple[str, ...]) -> ReferenceData:
    alternative = replace(reference.mitigation.alternatives["eesm"], **changes)  # type: ignore[arg-type] # fields
    alternatives = {**reference.mitigation.alternatives, "eesm": alternative}
    return replace(reference, mitigation=replace(reference.mitigation, alternatives=alternatives))


def with_material(reference: ReferenceData, key: str, form: str) -> ReferenceData:
    known = reference.identification
    materials = {**known.materials, key: replace(known.materials[key], form=form)}
    return replace(reference, identification=replace(known, materials=materials))


def with_component(reference: ReferenceData, key: str, form: str) -> ReferenceData:
    known = reference.identification
    components = {**known.components, key: replace(known.components[key], form=form)}
    return replace(reference, identification=replace(known, components=components))


def with_substance(reference: ReferenceData, form: str) -> ReferenceData:
    known = reference.identification
    key = next(iter(known.substances))
    substances = {**known.substances, key: replace(known.substances[key], form=form)}
    return replace(reference, identification=replace(known, substances=substances))


def test_the_shipped_tables_agree(reference: ReferenceData, maps: FormMaps) -> None:
    check_consistency(reference, stages=shipped.elements().stages, form_maps=maps)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: without_world(data, Stage.SEPARATION, "Dy"),
         "supply/world_rows.csv: no world shares for Dy at stage separation"),
        (lambda data: without_world(data, Stage.DEVICE, "Dy"),
         "supply/world_rows.csv: no world shares for Dy at stage device"),
        (without_mine, "supply/largest_mines.csv: no row for Nd"),
        (lambda data: with_sector(data, archetype=()),
         "sectors/archetypes.csv: no default goods for 'wind_energy'"),
        (lambda data: with_goods(data, material="unheard_of"),
         "sectors/archetypes.csv: 'wind_energy' names no known material 'unheard_of'"),
        (lambda data: with_goods(data, form="alloy"),
         "'ndfeb_wind' has the form magnet, not alloy as in the goods of 'wind_energy'"),
        (lambda data: with_alternative(data, components=("warp_drive",)),
         "mitigation/alternatives.yaml: 'eesm' names no component 'warp_drive'"),
        (lambda data: with_alternative(data, materials=("unheard_of",)),
         "mitigation/alternatives.yaml: 'eesm' names no material 'unheard_of'"),
        (lambda data: with_material(data, "ndfeb_wind", "alloy"),
         "supply/forms.yaml: material 'ndfeb_wind' is alloy, not magnet"),
        (lambda data: with_component(data, "ev_traction_motor", "device_metal"),
         "supply/forms.yaml: component 'ev_traction_motor' is device_metal, not device_magnet"),
        (lambda data: with_component(data, "f35", "device_metal"),
         "supply/forms.yaml: component 'f35' is device_metal, not device_magnet"),
        (lambda data: with_substance(data, "ore"), "supply/forms.yaml: substance "),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_and_names_the_file(
    reference: ReferenceData,
    maps: FormMaps,
    change: Callable[[ReferenceData], ReferenceData],
    message: str,
) -> None:
    with pytest.raises(ReferenceDataError) as error:
        check_consistency(change(reference), stages=shipped.elements().stages, form_maps=maps)

    assert message in str(error.value)


@pytest.mark.parametrize(
    ("element", "stages", "message"),
    [
        ("Pm", (Stage.MINING,), "Pm must have stages if it has a market, else none"),
        ("Nd", (), "Nd must have stages if it has a market, else none"),
        ("Eu", (Stage.MINING, Stage.SEPARATION), "Eu lacks the stage metal"),
    ],
)
def test_stages_and_world_shares_must_agree(
    reference: ReferenceData,
    maps: FormMaps,
    element: str,
    stages: tuple[Stage, ...],
    message: str,
) -> None:
    changed = {**shipped.elements().stages, element: stages}

    with pytest.raises(ReferenceDataError) as error:
        check_consistency(reference, stages=changed, form_maps=maps)

    assert message in str(error.value)
