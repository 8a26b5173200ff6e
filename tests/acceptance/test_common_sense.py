"""Common sense over the real data: laws of every day looked at, and no jump without a cause."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.bom import Bom
from app.domain.context import EndUse
from app.domain.triple import Side
from app.scoring.builtin_scenarios import Builtin, builtin_patches
from app.scoring.patches import Inputs
from tests.validation.jumps import scan
from tests.validation.probes import (
    DESTINATIONS,
    Probe,
    question,
    readings,
    shipped_reference,
    single_element_probes,
)

#: `make validation` looks at every day, civil and military, to every destination. Here each dated
#: day and its eve have their turn at one of the destinations, and each sixteenth week at all.
STRIDE_DAYS = 112

SEED_BEFORE = date(2026, 1, 5)
SEED_AFTER = date(2026, 1, 10)
MAGNET = Probe("magnet", ("Dy", "Nd", "Pr", "Tb"))


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize("place", range(len(DESTINATIONS)))
def test_no_law_is_broken_and_no_jump_lacks_a_dated_cause(place: int) -> None:
    found = scan(
        shipped_reference(),
        DESTINATIONS[place],
        stride_days=STRIDE_DAYS,
        military_every=10,
        turn=(place, len(DESTINATIONS)),
    )

    assert found.breaches == ()
    assert [jump for jump in found.jumps if jump.kind == "none"] == []
    assert found.days > 30
    assert found.military_days > 3


def test_the_seed_story_civil_differs_by_practice_and_military_by_law() -> None:
    civil = {
        day: readings([MAGNET], question("JP", day))[MAGNET] for day in (SEED_BEFORE, SEED_AFTER)
    }
    military = {
        day: readings([MAGNET], question("JP", day, end_use=EndUse.MILITARY))[MAGNET]
        for day in (SEED_BEFORE, SEED_AFTER)
    }

    assert civil[SEED_AFTER].score > civil[SEED_BEFORE].score
    assert military[SEED_AFTER].score > military[SEED_BEFORE].score
    ban = {cause[0] for cause in military[SEED_AFTER].causes}
    assert "CN-1-2026-JP" in ban
    assert "CN-1-2026-JP" not in {cause[0] for cause in military[SEED_BEFORE].causes}
    assert "CN-1-2026-JP" not in {cause[0] for cause in civil[SEED_AFTER].causes}


def test_the_seed_story_to_germany_differs_only_through_japan_and_the_world_market() -> None:
    before = readings([MAGNET], question("DE", SEED_BEFORE))[MAGNET]
    after = readings([MAGNET], question("DE", SEED_AFTER))[MAGNET]
    japan = readings([MAGNET], question("JP", SEED_BEFORE))[MAGNET]
    japan_after = readings([MAGNET], question("JP", SEED_AFTER))[MAGNET]

    grown = {
        (cause[0], cause[3])
        for cause in after.causes
        if after.causes[cause] > before.causes.get(cause, 0.0) + 1e-3
    }
    # Japan is the largest reference importer, and German magnets come from Japan in part.
    assert grown == {("market", ""), ("CN-18-2025", "JP")}
    assert 0.0 < after.score - before.score < japan_after.score - japan.score


@pytest.mark.parametrize("destination", DESTINATIONS)
@pytest.mark.parametrize("day", [date(2025, 1, 2), date(2025, 6, 2), date(2026, 3, 1)])
def test_a_written_ban_is_never_below_a_licence(destination: str, day: date) -> None:
    context = question(destination, day)
    inputs = Inputs(
        bom=Bom(id="", lines=()), identified=(), reference=shipped_reference(), context=context
    )
    banned = builtin_patches(Builtin.DESTINATION_BAN, inputs)[0](inputs).reference
    probes = single_element_probes()

    licence = readings(probes, context)
    ban = readings(probes, context, Side.NOMINAL, banned)

    for probe in probes:
        assert ban[probe].score >= licence[probe].score - 1e-9, probe.name
