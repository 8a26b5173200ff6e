"""Designs: which lines they fit, what they take out and bring in."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.controls import (
    RegisterStage,
)
from app.domain.triple import Triple
from tests import factories as make
from tests import plain_world as plain
from tests.unit.scoring.benches import magnet_bench, offered, ranked


def test_a_design_fits_by_material_or_component() -> None:
    by_material = magnet_bench(plain.alternative())
    by_component = magnet_bench(
        plain.alternative(materials=(), components=("motor",)),
        material="motor",
        identification=plain.known_materials(components=[plain.component("motor", "hot_magnet")]),
    )

    assert "design:other_design" in offered(by_material)
    assert "design:other_design" in offered(by_component)


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"name": None, "description": "Magnet for TRACTION"}, True),
        ({"name": "Pump"}, False),
        ({"sector": None}, False),
        ({"material": None}, False),
    ],
)
def test_a_design_fits_by_sector_family_and_application(
    changes: dict[str, Any], fits: bool
) -> None:
    asked: dict[str, Any] = {
        "name": "Traction motor", "sector": "machines", "material": "hot_magnet", **changes,
    }  # fmt: skip
    bench = magnet_bench(
        plain.alternative(
            materials=(), components=("motor", "unheard"), sectors=("machines",),
            applications=("tractions (second axle)",),
        ),
        identification=plain.known_materials(
            components=[plain.component("motor", "hot_magnet")]
        ),
        sectors=[make.sector("machines")],
        **asked,
    )  # fmt: skip

    assert ("design:other_design" in offered(bench)) is fits


def test_a_design_of_another_family_does_not_fit() -> None:
    bench = magnet_bench(
        plain.alternative(materials=(), components=("lamp", "void"), sectors=("machines",)),
        identification=plain.known_materials(
            plain.material(),
            plain.material("glow", family="phosphor"),
            components=[plain.component("lamp", "glow"), plain.component("void", None)],
        ),
        sectors=[make.sector("machines")],
        sector="machines",
        name="Traction motor",
    )

    assert "design:other_design" not in offered(bench)


@pytest.mark.parametrize(
    ("removes", "fits"),
    [
        ({"Sm": 1.0}, False),
        ({"Dy": 1.0, "Eu": 1.0, "Y": 1.0}, False),
        ({"Dy": 1.0, "Nd": 1.0, "Eu": 1.0, "Y": 1.0, "Ce": 1.0}, True),
        ({"Dy": 0.6}, True),
    ],
)
def test_a_line_must_hold_what_a_design_takes_out(removes: dict[str, float], fits: bool) -> None:
    bench = magnet_bench(plain.alternative(removes=removes))

    assert ("design:other_design" in offered(bench)) is fits


def test_a_design_that_takes_out_a_part_says_that_the_rest_is_needed() -> None:
    part = ranked(magnet_bench(plain.alternative(removes={"Dy": 0.6})))["design:other_design"]

    assert part.risk_removed == 0.0
    assert "what is left is needed as before" in part.candidate.trade_off
    assert part.candidate.text.startswith("Another magnet: needs less Dy (-60 %). It works")


def test_a_design_that_brings_in_another_element_can_add_risk() -> None:
    duty = plain.duty(elements=["Sm"], stages=[RegisterStage.MAGNET])
    swapped = plain.alternative(adds=("Sm",), materials=("hot_magnet", "samarium"))
    samarium = plain.material("samarium", fractions={"Sm": Triple.exactly(0.25)})

    bench = magnet_bench(
        swapped,
        measures=[duty],
        identification=plain.known_materials(plain.material(), samarium),
    )
    action = ranked(bench)["design:other_design"]

    # Spill-over (0.3 x 0.552) becomes the duty itself.
    assert action.risk_removed < 0.0
    assert (action.after / 100.0) ** 2 == pytest.approx(0.552)
    assert "brings in Sm" in action.candidate.text


def test_an_element_that_comes_in_without_a_known_share_is_certain_all_the_same() -> None:
    duty = plain.duty(elements=["Sm"], stages=[RegisterStage.MAGNET])

    action = ranked(magnet_bench(plain.alternative(adds=("Sm",)), measures=[duty]))

    assert action["design:other_design"].risk_removed < 0.0
