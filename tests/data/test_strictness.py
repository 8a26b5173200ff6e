"""One wrong value at a time in the shipped files: the message says what was expected."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import ReferenceDataError
from tests.data import shipped
from tests.data.mutants import replaced
from tests.data.parts import loader_of


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("strict") / "data"
    shutil.copytree(shipped.ROOT, copy)
    return copy


CASES = [
    # file, text that is replaced once, text instead, what the message says
    ("elements/elements.csv", "Sc,21", "Xx,21", "'Xx' is not the symbol of a rare earth"),
    ("elements/elements.csv", "0.65196", "1.65196", "'oxide_factor' must lie between 0 and 1"),
    ("elements/elements.csv", "0.65196,scandium", "0.65196,middle", "'group' must be one of"),
    ("elements/elements.csv", "mining separation metal compound", "mining sep", "'stages' is"),
    ("supply/chains.yaml", "stages: [mining]", "stages: [mine]", "'stages' is 'mine'"),
    ("supply/chains.yaml", "[ore, concentrate]]", "[ore], [oxide]]", "one list for each stage"),
    ("supply/chains.yaml", "[mining, separation]", "[separation, mining]", "order of processing"),
    ("supply/chains.yaml", "[oxide]]", "[oxides]]", "'oxides' is no stage of the register"),
    ("supply/chains.yaml", "sources: [judgement]", "sources: []", "'sources' is empty"),
    ("supply/tables.yaml", "value: [0.3, 0.6, 1.0]", "value: [0.6, 0.3, 1.0]", "low <= nominal"),
    ("supply/tables.yaml", "sources: [baci]", "sources: [bacchus]", "source 'bacchus' is not"),
    ("supply/governance.csv", "AD,0.2288,6", "AD,0.3,6", "'risk' is 0.3, but the estimates give"),
    ("supply/governance.csv", "AD,0.2288,6", "AD,0.2288,5", "'dimensions' must be 6"),
    ("supply/governance.csv", "AD,0.2288,6", "QQ,0.2288,6", "'QQ' is no country code"),
    ("supply/governance.csv", "AE,", "AD,", "'AD' is repeated"),
    ("supply/governance.csv", "EU,0.308,6", "FM,0.308,6", "no estimate is given"),
    ("supply/import_reliance.csv", "0.6,0.9,1.0", "0.9,0.6,1.0", "low <= nominal <= high"),
    ("supply/import_reliance.csv", "JP,metal", "JP,separation", "is repeated"),
    ("supply/import_reliance.csv", "JP,metal", "JP,smelting", "'stage' is 'smelting'"),
    ("supply/largest_mine_vintages.csv", "La,2024-01-31", "La,2022-01-31", "must ascend"),
    ("supply/largest_mine_vintages.csv", "Sc,2023-03-16", "Pm,2023-03-16", "no vintage for Sc"),
    ("supply/largest_mines.csv", "Sc,,", "Pm,,", "no vintage for Pm"),
    ("supply/importers.csv", "0.6041", "0.6141", "does not follow from the imports"),
    ("supply/importers.csv", "0.6041", "0.6042", "'weight' does not sum to 1"),
    ("supply/importers.csv", "US,", "JP,", "'JP' is repeated"),
    ("supply/prices.csv", "981.66,981.66", "981.66,990", "does not follow from 640.0 per kg"),
    ("supply/prices.csv", "640,640,670", "670,640,670", "low <= nominal <= high does not hold"),
    ("supply/prices.csv", "640,640,670", "-1,640,670", "a price must be positive"),
    ("supply/prices.csv", "1027.67,2026-02-06", "1027.67,", "'known_from' is missing"),
    ("supply/prices.csv", ",gk,no free source found", ",gk,", "needs a 'reason'"),
    ("supply/deposits.csv", "bayan_obo,", "bayan_oboe,", "'bayan_oboe' has 0 lines"),
    ("supply/deposits.csv", ",188650,", ",-1,", "'tonnes_reo_2025' is negative"),
    ("supply/deposits.csv", "Inner Mongolia\",CN", "Inner Mongolia\",QQ", "is no country code"),
    ("supply/deposit_fractions.csv", "0.230145", "0.330145", "'bayan_obo' does not sum to 1"),
    ("supply/deposit_fractions.csv", "bayan_obo,La", "bayan_obo,Ce", "the element is repeated"),
    ("supply/deposit_fractions.csv", "0.230145,false", "0.230145,no", "must be true or false"),
    ("supply/imports.csv", "value_usd,338765303", "value_eur,338765303", "'measure' must be one"),
    ("supply/imports.csv", "value_usd,338765303", "value_usd,-1", "'value' is negative"),
    ("supply/imports.csv", "JP,CN,", "JP,,", "a share needs an 'origin'"),
    ("supply/imports.csv", "JP,VN,", "JP,CN,", "is repeated"),
    ("supply/mine_output.csv", "0.6316,0.6316", "0.6316,0.5", "'high' lies below 'low'"),
    ("supply/mine_output.csv", "0.6316,0.6316", "1.6316,1.6316", "must lie between 0 and 1"),
    ("supply/eu_assessment_2017.csv", "Dy,5.2", "Xx,5.2", "not the symbol of a rare earth"),
    ("supply/capacities.csv", ",MY,", ",QQ,", "'QQ' is no country code"),
    ("supply/facts.yaml", "kind: trade", "kind: gossip", "'kind' must be one of"),
    ("supply/forms.yaml", "ndfeb: magnet", "ndfeb: brick", "'brick' is no product form"),
    ("supply/forms.yaml", "reagent: null", "reactant: null", "'register_stages' must name"),
    ("sectors/sectors.yaml", "\n  kind: final", "\n  kind: last", "'kind' must be one of final"),
    ("sectors/sectors.yaml", "scrutiny: medium", "scrutiny: some", "'scrutiny' must be one of"),
    ("sectors/sectors.yaml", "military_prior: 0.03", "military_prior: 3", "between 0 and 1"),
    ("sectors/sectors.yaml", "[car parts,", "[EV,", "alias 'EV' names both"),
    ("sectors/sectors.yaml", "archetype_end_use: unknown", "archetype_end_use: war", "is 'war'"),
    ("sectors/dependence.csv", "electronics,Sc,1", "electronics,Sc,4", "must be 1, 2 or 3"),
    ("sectors/dependence.csv", "electronics,Sc,1", "electronica,Sc,1", "'sector' must be one of"),
    ("sectors/dependence.csv", "electronics,Sc,1", "telecom,Sc,1", "is repeated"),
    ("sectors/archetypes.csv", "electronics,target", "electronics,brick", "'form' must be one of"),
    ("sectors/archetypes.csv", "NdFeB,ndfeb_sintered_h", ",ndfeb_sintered_h", "go together"),
    ("sectors/archetypes.csv", ",Pr Nd Tb Dy,", ",Pr Nd Tb,", "must hold each element of"),
    ("sectors/element_sector.csv", "Sc,energy_other,0.701", "Sc,energy_other,0.5", "sums to"),
    ("sectors/groups.csv", "electronics semiconductors", "electronica", "is no sector"),
    ("sectors/applications.yaml", "Nd: 0.694", "Nd: 0.894", "shares sum to 1.2000, not 1"),
    ("sectors/applications.yaml", "Nd: 0.694", "Nd: -0.1", "a share is negative"),
    ("sectors/applications.yaml", "Nd: 0.694", "Xx: 0.694", "not the symbol of a rare earth"),
    ("sectors/element_applications.yaml", "Sc:", "Xx:", "'Xx' is not the symbol"),
    ("sectors/element_applications.yaml", "sofc: 0.7", "soft: 0.7", "'soft' is no application"),
    ("sectors/element_applications.yaml", "sofc: 0.7", "sofc: 0.6", "shares sum to 0.9000"),
    ("sectors/application_sectors.yaml", "- application: magnets_ndfeb", "- application: glue",
     "'glue' is no application"),
    ("sectors/application_sectors.yaml", "electronics: 0.23", "electronica: 0.23", "no sector"),
    ("sectors/application_sectors.yaml", "[0.15, 0.3]", "[0.25, 0.3]", "must enclose its share"),
    ("mitigation/alternatives.yaml", "kind: design", "kind: fashion", "'kind' is 'fashion'"),
    ("mitigation/alternatives.yaml", "Nd: 1.0", "Nd: 1.5", "each share of 'removes' must lie"),
    ("mitigation/alternatives.yaml", "[micromobility,", "[mobility,", "'mobility' is no sector"),
    ("mitigation/alternatives.yaml", "[9, 18, 36]", "[19, 18, 36]", "low <= nominal <= high"),
    ("mitigation/suppliers.yaml", "not_yet_commercial: [Sm,", "not_yet_commercial: [Sc,",
     "'not_yet_commercial' names an element that 'elements' does not"),
    ("mitigation/suppliers.yaml", "state: operating", "state: humming", "'state' is 'humming'"),
    ("mitigation/suppliers.yaml", "headquarters: AU", "headquarters: AUS", "no country code"),
    ("mitigation/facts.yaml", "[0.6, 0.75]", "[0.75, 0.6]", "two or three that ascend"),
    ("mitigation/facts.yaml", "id: process_scrap", "id: eol_rate", "'eol_rate' is repeated"),
    ("mitigation/procurement_measures.yaml", "[1, 3, 8]", "[1, 3]", "one number or [low"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    CASES,
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_one_wrong_value_is_found_and_explained(
    root: Path, name: str, old: str, new: str, message: str
) -> None:
    content = (root / name).read_text(encoding="utf-8")
    assert old in content

    with (
        replaced(root, name, content.replace(old, new, 1)),
        pytest.raises(ReferenceDataError) as error,
    ):
        loader_of(name)(root, shipped.known())

    assert message in str(error.value)


def test_a_file_of_records_must_be_a_mapping(root: Path) -> None:
    with (
        replaced(root, "sectors/sectors.yaml", "- a\n"),
        pytest.raises(ReferenceDataError, match=r"sectors/sectors\.yaml: must be a mapping of ids"),
    ):
        loader_of("sectors/sectors.yaml")(root, shipped.known())
