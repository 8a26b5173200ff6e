"""Look-ups in the facts on ways out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.triple import Triple
from app.scoring.candidates import (
    benchmark,
    material_of,
    months,
    purchasing_measure,
)
from tests import factories as make
from tests import plain_world as plain


def test_facts_are_found_by_name() -> None:
    data = plain.plain_reference()
    found = purchasing_measure(data, "safety_stock")

    assert found is not None
    assert found.id == "safety_stock"
    assert purchasing_measure(data, "prayer") is None
    assert benchmark(data, "recycling") == (0.25, ("gk",))
    assert benchmark(data, "unheard") is None
    assert months(Triple.exactly(365.0 / 7.0)).nominal == pytest.approx(12.0)


def test_the_material_of_a_part_is_that_inside_it() -> None:
    data = plain.plain_reference(
        identification=plain.known_materials(components=[plain.component("motor", "hot_magnet")])
    )
    found = make.found("1", make.content())

    assert material_of(found, data) is None
    for key in ("hot_magnet", "motor"):
        material = material_of(replace(found, material=key), data)
        assert material is not None
        assert material.id == "hot_magnet"
