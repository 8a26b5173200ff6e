"""Patches of single lines: what they replace, and what they refuse."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from app.domain.bom import SourcingShare, Supplier
from app.domain.supply import Stage
from app.domain.triple import Triple
from app.errors import InvalidNumberError, InvalidSharesError, UnknownKeyError
from app.scoring.patches import Inputs, Patch
from app.scoring.patches_composition import (
    ChangeForm,
    RemoveElements,
    ReplaceMaterial,
    SwitchDesign,
)
from app.scoring.patches_lines import ChangeLines, RaiseRecycled, RaiseStock, SecondSource
from tests import factories as make
from tests import plain_world as plain

ONE = frozenset({"1"})


def magnet(**changes: Any) -> Inputs:
    """Return a question about one magnet from JP."""
    line = plain.oxide_line(country="JP", **changes)
    found = make.found("1", make.content("Dy"), make.content("Nd"), forms=("magnet",))
    return plain.inputs_of(plain.plain_reference(), [(line, found)])


@pytest.mark.parametrize(
    "patch",
    [
        ChangeLines(line_ids=frozenset({"9"}), stock_days=1.0),
        RaiseStock(line_ids=frozenset({"9"})),
        RemoveElements(line_ids=frozenset({"9"}), elements=frozenset({"Dy"})),
    ],
)
def test_a_line_that_is_not_there_is_refused(patch: Patch) -> None:
    with pytest.raises(UnknownKeyError, match="no line '9'"):
        patch(magnet())


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_lies_between_0_and_1(share: float) -> None:
    for patch in (
        RaiseRecycled(line_ids=ONE, to_share=share),
        SecondSource(line_ids=ONE, stage=Stage.METAL, country="MY", share=share),
    ):
        with pytest.raises(InvalidSharesError, match="between 0 and 1"):
            patch(magnet())


@pytest.mark.parametrize(
    "patch", [RaiseStock(line_ids=ONE, to_days=-1.0), RaiseStock(line_ids=ONE, more_days=math.inf)]
)
def test_stock_is_0_days_or_more(patch: RaiseStock) -> None:
    with pytest.raises(InvalidNumberError, match="0 days or more"):
        patch(magnet())


def test_more_stock_comes_on_top_and_a_level_never_lowers() -> None:
    inputs = magnet(stock_days=50.0)

    assert RaiseStock(line_ids=ONE, more_days=10.0)(inputs).bom.lines[0].stock_days == 60.0
    assert RaiseStock(line_ids=ONE, to_days=10.0)(inputs).bom.lines[0].stock_days == 50.0


def test_new_suppliers_replace_what_was_declared_of_the_goods_own_stage() -> None:
    inputs = magnet(sourcing=(("magnet", "CN", 1.0), ("metal", "CN", 1.0)))

    changed = ChangeLines(suppliers=(Supplier(country="DE"),))(inputs)

    assert changed.bom.lines[0].suppliers == (Supplier(country="DE"),)
    assert [entry.stage for entry in changed.bom.lines[0].sourcing] == ["metal"]


def test_new_sourcing_replaces_the_stages_that_it_names() -> None:
    inputs = magnet(sourcing=(("separation", "CN", 0.8), ("metal", "CN", 1.0)))

    changed = ChangeLines(sourcing={"separation": (("MY", 0.3), ("AU", 0.7))})(inputs)

    assert changed.bom.lines[0].sourcing == (
        SourcingShare(stage="metal", country="CN", share=1.0),
        SourcingShare(stage="separation", country="MY", share=0.3),
        SourcingShare(stage="separation", country="AU", share=0.7),
    )


def test_a_second_maker_of_the_goods_is_a_new_supplier() -> None:
    changed = SecondSource(line_ids=ONE, stage=Stage.MAGNET, country="DE", share=0.25)(magnet())

    assert changed.bom.lines[0].suppliers == (
        Supplier(country="JP", share=0.75),
        Supplier(country="DE", share=0.25, new_relation=True),
    )


def test_all_from_the_second_maker_leaves_no_other() -> None:
    changed = SecondSource(line_ids=ONE, stage=Stage.MAGNET, country="DE", share=1.0)(magnet())

    assert [one.country for one in changed.bom.lines[0].suppliers] == ["DE"]


def test_a_second_source_where_nobody_is_named_is_a_declared_share() -> None:
    inputs = plain.inputs_of(
        plain.plain_reference(), [(plain.oxide_line(country=None), plain.dysprosium())]
    )

    changed = SecondSource(line_ids=ONE, stage=Stage.SEPARATION, country="MY", share=0.4)(inputs)

    assert changed.bom.lines[0].suppliers == ()
    assert changed.bom.lines[0].sourcing == (
        SourcingShare(stage="separation", country="MY", share=0.4),
    )


def test_a_line_without_rare_earths_can_be_changed_too() -> None:
    inputs = plain.inputs_of(plain.plain_reference(), [(plain.oxide_line(), make.found("1"))])

    changed = ChangeLines(suppliers=())(inputs)

    assert changed.bom.lines[0].suppliers == ()


def test_another_form_is_refused_unless_it_exists_and_skips_lines_without_rare_earths() -> None:
    with pytest.raises(UnknownKeyError, match="no product form 'powder'"):
        ChangeForm(line_ids=ONE, form="powder")(magnet())

    inputs = plain.inputs_of(plain.plain_reference(), [(plain.oxide_line(), make.found("1"))])
    assert ChangeForm(line_ids=ONE, form="oxide")(inputs).identified[0].forms == ()


def test_another_material_is_refused_unless_it_exists_and_keeps_the_mass() -> None:
    inputs = magnet()
    found = make.found("1", replace(make.content("Dy"), fraction=Triple.exactly(0.5)),
                       forms=("magnet",))  # fmt: skip
    inputs = replace(inputs, identified=(found,))

    with pytest.raises(UnknownKeyError, match="no material 'wood'"):
        ReplaceMaterial(material="wood")(inputs)

    changed = ReplaceMaterial(material="hot_magnet")(inputs).identified[0]
    # 1 kg of Dy at 50 % is 2 kg of magnet; 3 % of that.
    masses = {one.symbol: one.mass_kg for one in changed.elements}
    assert masses["Dy"] is not None
    assert masses["Dy"].nominal == pytest.approx(0.06)
    assert changed.material == "hot_magnet"
    assert changed.default_composition


def test_less_of_an_element_keeps_the_others_and_what_is_not_known() -> None:
    contents = (
        make.content("Dy"),
        make.content("Nd", mass_kg=None, fraction=None),
        make.content("Tb", mass_kg=None, fraction=None),
    )
    found = make.found("1", *contents, forms=("magnet",))
    inputs = replace(magnet(), identified=(found,))

    patch = SwitchDesign(
        line_ids=ONE,
        removes={"Dy": 0.6, "Nd": 0.5},
        adds={"Sm": None, "Tb": Triple.exactly(0.1)},
    )
    changed = {one.symbol: one for one in patch(inputs).identified[0].elements}

    assert changed["Dy"].mass_kg == Triple.exactly(0.4)
    assert (changed["Nd"].mass_kg, changed["Nd"].fraction) == (None, None)
    assert (changed["Sm"].mass_kg, changed["Sm"].fraction) == (None, None)
    assert changed["Tb"].fraction == Triple.exactly(0.1)
    # 1 kg of Dy is all of the material.
    assert changed["Tb"].mass_kg == Triple.exactly(0.1)


def test_a_new_element_has_no_mass_where_the_material_has_none() -> None:
    found = make.found("1", make.content("Dy", mass_kg=None), forms=("magnet",))
    inputs = replace(magnet(), identified=(found,))

    patch = SwitchDesign(line_ids=ONE, removes={}, adds={"Sm": Triple.exactly(0.3)})
    changed = {one.symbol: one for one in patch(inputs).identified[0].elements}

    assert changed["Sm"].mass_kg is None
    assert changed["Dy"] == found.elements[0]
