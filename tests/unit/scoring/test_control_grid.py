"""The register as a list and as a grid."""

from __future__ import annotations

import pytest

from app.domain.context import EndUse
from app.domain.controls import EventBasis, Extraterritorial, Outcome, RegisterStage
from app.domain.elements import RARE_EARTHS
from app.domain.results import ControlChange
from app.errors import UnknownKeyError
from app.scoring.control_grid import (
    GRID_FORMS,
    MeasureFilter,
    list_measures,
    register_grid,
    stages_of,
)
from tests import factories as make
from tests.factories import TODAY, event
from tests.law_factories import (
    ENDED,
    IN_FORCE,
    SUSPENDED,
    ban,
    day,
    licence,
    ordinary,
    rule,
    running,
)

REGISTER = make.register(
    licence(),
    ordinary(),
    ban(rules=(rule(Outcome.PROHIBITED, uses=("military",)),)),
    make.measure("B-1", exporter="B", timeline=running(SUSPENDED)),
)


def ids(**wanted: object) -> tuple[str, ...]:
    chosen = MeasureFilter(**wanted)  # type: ignore[arg-type]  # names are checked by the class
    return tuple(
        entry.measure.id for entry in list_measures(REGISTER, context=make.context(), wanted=chosen)
    )


def test_without_a_filter_all_are_listed_with_their_status() -> None:
    entries = list_measures(REGISTER, context=make.context(), wanted=MeasureFilter())

    assert [(entry.measure.id, entry.resolved.status) for entry in entries] == [
        ("A-BAN", IN_FORCE),
        ("A-DUAL", IN_FORCE),
        ("A-ORDINARY", IN_FORCE),
        ("B-1", SUSPENDED),
    ]


def test_what_nobody_could_know_is_not_listed() -> None:
    early = make.context(as_of=TODAY, known_on=day(-101))

    entries = list_measures(REGISTER, context=early, wanted=MeasureFilter())

    assert [entry.measure.id for entry in entries] == ["A-ORDINARY"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"exporter": "B"}, ("B-1",)),
        ({"destination": "D"}, ("A-DUAL", "A-ORDINARY", "B-1")),
        ({"end_use": EndUse.CIVIL}, ("A-DUAL", "A-ORDINARY", "B-1")),
        ({"end_use": EndUse.MILITARY}, ("A-BAN", "A-DUAL", "A-ORDINARY", "B-1")),
        ({"end_use": EndUse.UNKNOWN}, ("A-BAN", "A-DUAL", "A-ORDINARY", "B-1")),
        ({"element": "Dy"}, ("A-BAN", "A-DUAL", "A-ORDINARY", "B-1")),
        ({"element": "Nd"}, ("A-ORDINARY", "B-1")),
        ({"form": "magnet"}, ("A-BAN", "A-DUAL", "B-1")),
        ({"form": "derived_material"}, ("B-1",)),
        ({"form": "device_magnet"}, ()),
        ({"element": "Dy", "form": "magnet", "exporter": "A"}, ("A-BAN", "A-DUAL")),
        ({"element": "Nd", "form": "magnet", "exporter": "A"}, ()),
    ],
)
def test_filters(wanted: dict[str, object], expected: tuple[str, ...]) -> None:
    assert ids(**wanted) == expected


def test_a_measure_without_computable_rules_speaks_to_everybody() -> None:
    silent = make.register(make.measure(rules=()))

    entries = list_measures(
        silent, context=make.context(), wanted=MeasureFilter(end_use=EndUse.CIVIL)
    )

    assert len(entries) == 1


def test_a_form_may_be_named_as_in_the_chains_or_as_in_the_texts() -> None:
    assert stages_of("salt") == {RegisterStage.COMPOUND}
    assert stages_of("derived_material") == {RegisterStage.DERIVED_MATERIAL}
    with pytest.raises(UnknownKeyError, match="no product form 'sponge'"):
        stages_of("sponge")


def test_the_grid_has_a_cell_for_each_element_and_form() -> None:
    grid = register_grid(REGISTER, make.shipped_methodology(), context=make.context(), exporter="A")

    cells = {(cell.element, cell.form): cell.view.status for cell in grid.cells}
    assert len(cells) == len(RARE_EARTHS) * len(GRID_FORMS)
    assert cells["Dy", "magnet"] == "licence_required"
    assert cells["Nd", "oxide"] == "ordinary_licence"
    assert cells["Nd", "magnet"] == "not_controlled"


def test_the_grid_tells_what_changes_within_the_horizon() -> None:
    end = event(day(30), ENDED, basis=EventBasis.SCHEDULED, known_from=day(-30))
    later = event(day(90), ENDED, basis=EventBasis.SCHEDULED, known_from=day(-30))
    register = make.register(
        licence("A-1", timeline=(*running(), end)),
        licence("A-2", timeline=(*running(), later)),
        make.measure("B-1", exporter="B", timeline=(*running(), end)),
        ban("A-3", timeline=(*running(), end), abroad=(Extraterritorial.RETRANSFER_LIABILITY,)),
    )

    grid = register_grid(
        register,
        make.shipped_methodology(),
        context=make.context(horizon_days=60),
        forms=("oxide",),
        exporter="A",
    )

    assert grid.changes == tuple(
        ControlChange(on_date=day(30), measure=measure, status="ended", basis="scheduled")
        for measure in ("A-1", "A-3")
    )
