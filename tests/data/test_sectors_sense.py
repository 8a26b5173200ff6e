"""The shipped sectors agree with the tables that they were computed from."""

from __future__ import annotations

import pytest

from app.domain.elements import RARE_EARTHS
from tests.data import shipped


def test_the_compiled_rows_are_there() -> None:
    sectors = shipped.sectors()

    assert len(sectors) == 25
    assert sum(len(sector.dependence) for sector in sectors.values()) == 213
    assert len(shipped.background().applications) == 23
    assert len(shipped.background().application_splits) == 25
    assert len(shipped.mitigation().alternatives) == 48
    assert len(shipped.mitigation().suppliers) == 70
    assert len(shipped.mitigation().procurement_measures) == 12


@pytest.mark.parametrize("element", sorted(set(RARE_EARTHS) - {"Pm"}))
def test_end_use_is_application_share_times_sector_share(element: str) -> None:
    use = shipped.background().element_uses[element]
    general = {
        split.application: split for split in shipped.background().application_splits
        if split.element is None
    }  # fmt: skip
    special = {
        split.application: split for split in shipped.background().application_splits
        if split.element == element
    }  # fmt: skip
    expected: dict[str, float] = {}
    for application, share in use.shares.items():
        for name, part in (special.get(application) or general[application]).shares.items():
            expected[name] = expected.get(name, 0.0) + share * part

    for sector_id, sector in shipped.sectors().items():
        printed = sector.end_use_shares.get(element, 0.0)
        # Shares below 0.0005 were dropped; printed ones have four decimals.
        assert printed == pytest.approx(expected.get(sector_id, 0.0), abs=6e-4), sector_id


def test_no_element_is_without_a_sector_that_depends_on_it() -> None:
    dependent = {e for sector in shipped.sectors().values() for e in sector.dependence}

    assert dependent == set(RARE_EARTHS) - {"Pm"}


def test_only_defence_is_military_by_default() -> None:
    assert [
        sector.id for sector in shipped.sectors().values() if sector.archetype_end_use != "unknown"
    ] == ["defence"]
    assert shipped.sectors()["defence"].military_prior == 1.0


def test_automotive_names_the_electric_vehicles_and_says_that_it_is_ambiguous() -> None:
    sector = shipped.sectors()["automotive_ev"]

    assert "automotive" in sector.aliases
    assert "ambiguous" in sector.provenance.note


def test_economic_weights_follow_from_their_divisions() -> None:
    figures = shipped.background().figures["sectors/economic_weights"]
    divisions = {f.subject: f.low for f in figures if f.series == "nace_division"}
    printed = {f.subject: f.low for f in figures if f.series == "sector_value_added"}
    computed: dict[str, float] = {}
    for figure in figures:
        if figure.series.startswith("share_of_division_"):
            value = divisions[figure.series.removeprefix("share_of_division_")] * figure.low
            computed[figure.subject] = computed.get(figure.subject, 0.0) + value

    assert printed == pytest.approx(computed, abs=0.51)


def test_an_alternative_never_removes_what_it_adds() -> None:
    for alternative in shipped.mitigation().alternatives.values():
        fully_removed = {e for e, share in alternative.removes.items() if share == 1.0}

        assert not fully_removed & set(alternative.adds), alternative.id


def test_chinese_makers_are_known_only_to_be_recognised() -> None:
    for supplier in shipped.mitigation().suppliers.values():
        if supplier.affiliation == "china":
            assert supplier.headquarters == "CN"
            assert "not an alternative" in supplier.provenance.note
