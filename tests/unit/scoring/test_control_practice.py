"""Practice beside the law: a word, and the days to a licence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.controls import (
    ControlBasis,
    MeasureType,
    PracticeRecord,
)
from app.domain.observations import ObservationBasis
from app.domain.triple import Triple
from tests import factories as make
from tests.law_factories import (
    ENDED,
    MILITARY,
    ask,
    ban,
    licence,
    observation,
    ordinary,
    report,
    running,
)


def test_practice_comes_from_the_deciding_observation() -> None:
    halt = observation(ObservationBasis.PRACTICE, effect="halt", destinations=("C",))
    slow = observation(ObservationBasis.APPROVALS, effect="slows")

    view = ask(licence(), observations=(slow, halt), practice=(report(effect="near_halt"),))

    assert (view.status, view.practice) == ("licence_required", "halt")
    assert view.licence_days == Triple(90.0, 180.0, 365.0)


def test_an_approval_rate_brings_its_own_days() -> None:
    view = ask(licence(), observations=(observation(ObservationBasis.APPROVALS),))

    assert view.licence_days == Triple(10.0, 20.0, 30.0)


def test_a_flow_of_goods_leaves_the_days_to_the_kind() -> None:
    flow = observation(ObservationBasis.FLOW_RATIO, effect=None)

    view = ask(
        licence(timeline=running(offset=-400)), observations=(flow,),
        practice=(report(effect="near_halt"),),
    )  # fmt: skip

    assert view.practice == "near_halt"
    assert view.licence_days == Triple(30.0, 63.0, 150.0)


def test_a_new_licence_duty_takes_longer() -> None:
    assert ask(licence(timeline=running(offset=-10))).licence_days == Triple(60.0, 75.0, 150.0)


def test_practice_says_nothing_of_a_ban_or_of_military_use() -> None:
    seen = (observation(ObservationBasis.APPROVALS),)

    assert ask(licence(), end_use=MILITARY, observations=seen).practice is None
    assert ask(licence(), ban(), end_use=MILITARY, practice=(report(),)).practice is None
    assert ask(licence(), ban(), end_use=MILITARY, practice=(report(),)).licence_days is None


def test_a_halt_that_nobody_decreed_is_practice_and_never_law() -> None:
    halt = make.measure(
        "A-HALT", type=MeasureType.DE_FACTO_EMBARGO, control_basis=ControlBasis.CUSTOMS_PRACTICE
    )

    view = ask(ordinary(), halt, element="Nd")

    assert (view.status, view.practice) == ("ordinary_licence", "halt")
    ended = replace(halt, timeline=running(ENDED))
    assert ask(ordinary(), ended, element="Nd").practice is None


@pytest.mark.parametrize(
    ("record", "practice"),
    [
        (report(), "slows"),
        (report(effect="eases"), "normal"),
        (report(destinations=("*",), elements=("Dy",)), "slows"),
        (report(destinations=("*",), elements=("Tb",)), None),
        (report(destinations=("*",)), None),
        (report(destinations=("D",)), None),
        (report(starts="2026-03-02"), None),
        (report(ends="2026-02"), None),
        (report(ends="2026-03"), "slows"),
        (report(known_from="2026-03"), None),
        (report(known_from="2026-03-01"), "slows"),
        (report(end_users="watch_listed"), None),
    ],
)
def test_which_reports_speak_of_a_buyer(record: PracticeRecord, practice: str | None) -> None:
    assert ask(licence(), practice=(record,)).practice == practice


def test_the_report_that_names_most_goes_first() -> None:
    everywhere = report("LP-A", destinations=("*",), elements=("Dy",), effect="halt")
    here = report("LP-B", effect="slows", starts="2025-11")
    newer = report("LP-C", effect="near_halt")

    assert ask(licence(), practice=(everywhere, here)).practice == "slows"
    assert ask(licence(), practice=(everywhere, here, newer)).practice == "near_halt"


def test_reports_on_the_union_speak_of_its_members() -> None:
    assert (
        ask(licence(), destination="DE", practice=(report(destinations=("EU",)),)).practice
        == "slows"
    )


def test_reports_do_not_speak_of_an_ordinary_licence() -> None:
    assert ask(ordinary(), element="Nd", practice=(report(),)).practice is None
