"""Named end users, and goods that leave another country."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.observations import ObservationBasis
from app.domain.triple import Triple
from tests import factories as make
from tests.law_factories import (
    MILITARY,
    SUSPENDED,
    ask,
    ban,
    entity_list,
    in_doubt,
    licence,
    observation,
    reexport,
    report,
    running,
)


def test_a_listed_end_user_is_prohibited() -> None:
    measures = (licence(), entity_list("A-LIST", "Listed Works"))

    assert ask(*measures, end_user="Listed Works Ltd.").status == "prohibited"
    assert ask(*measures, end_user="Listed Works Ltd.").notes == (
        "The end user is named by A-LIST.",
    )
    assert ask(*measures).measures == ("A-DUAL",)


def test_another_end_user_is_not_cleared() -> None:
    partly = entity_list("A-LIST", "Listed Works")
    names = partly.entity_list
    assert names is not None
    partly = replace(partly, entity_list=replace(names, entity_count=9, names_complete=False))

    assert ask(licence(), entity_list("A-LIST", "X"), end_user="Other").notes == (
        "The end user matches no listed name, which is no clearance.",
    )
    assert ask(licence(), partly, end_user="Other").notes == (
        (
            "The end user matches no listed name, which is no clearance; not every name could be "
            "read of A-LIST."
        ),
    )


def test_a_suspended_list_is_told() -> None:
    view = ask(
        licence(),
        entity_list("A-LIST", "Listed Works", timeline=running(SUSPENDED)),
        end_user="Listed Works",
    )

    assert view.status == "licence_required"
    assert "A-LIST is suspended; if it returns, it bites at once." in view.notes


def test_doubt_about_a_list_is_unconfirmed() -> None:
    view = ask(
        licence(), entity_list("A-LIST", "Listed Works", timeline=in_doubt()),
        end_user="Listed Works",
    )  # fmt: skip

    assert (view.status, view.best_estimate, view.worst_case) == (
        "unconfirmed", "licence_required", "prohibited",
    )  # fmt: skip


def test_a_watch_listed_end_user_needs_an_enhanced_licence() -> None:
    view = ask(
        licence(timeline=running(offset=-400)),
        entity_list("A-WATCH", "Watched Works", watch=True),
        end_user="Watched Works",
        practice=(
            report(effect="slows"), report("LP-2", effect="near_halt", end_users="watch_listed"),
        ),
        observations=(observation(ObservationBasis.APPROVALS),),
    )  # fmt: skip

    assert (view.status, view.practice) == ("enhanced_licence", "near_halt")
    assert view.licence_days == Triple(63.0, 120.0, 240.0)


@pytest.mark.parametrize(("watch", "name"), [(False, "Listed Works"), (True, "Watched Works")])
def test_a_rule_on_listed_users_knows_every_list_in_force(*, watch: bool, name: str) -> None:
    lists = entity_list("A-LIST", name, watch=watch)
    asleep = entity_list("A-LIST", name, watch=watch, timeline=running(SUSPENDED))

    assert ask(licence(), lists, reexport(running()), end_user=name).reexport == "prohibited"
    assert ask(licence(), asleep, reexport(running()), end_user=name).reexport == "licence_required"


def test_sending_on_from_abroad_is_a_status_of_its_own() -> None:
    assert ask(licence(), reexport(running())).reexport == "licence_required"
    view = ask(licence(), reexport(running()), end_use=MILITARY)
    assert (view.status, view.reexport) == ("licence_required", "presumption_of_denial")
    assert ask(licence(), reexport(running(SUSPENDED))).reexport is None
    assert ask(licence()).reexport is None


def test_doubt_about_sending_on_is_told() -> None:
    view = ask(licence(), reexport(in_doubt()))

    assert (view.status, view.reexport) == ("licence_required", "unconfirmed")
    assert any("binds those who send the goods on" in note for note in view.notes)


def test_goods_of_another_country_fall_under_what_reaches_abroad() -> None:
    view = ask(licence(), reexport(running()), ban(), exporter="B")

    assert (view.status, view.measures, view.reexport) == (
        "licence_required", ("A-REEXPORT",), None,
    )  # fmt: skip
    assert view.notes == ("A-REEXPORT holds if the goods come from A or hold material from there.",)


def test_liability_abroad_is_for_bans_only() -> None:
    measures = (licence(), ban())

    assert ask(*measures, exporter="B").status == "not_controlled"
    assert ask(*measures, exporter="B", end_use=MILITARY).status == "prohibited"
    assert ask(licence(), ban(abroad=()), exporter="B", end_use=MILITARY).status == "not_controlled"


def test_a_measure_never_reaches_goods_on_their_way_into_its_own_country() -> None:
    assert ask(reexport(running()), exporter="B", destination="A").status == "not_controlled"


def test_a_measure_of_the_union_governs_its_members() -> None:
    union = make.measure("EU-1", exporter="EU")

    assert ask(union, exporter="DE").status == "licence_required"
    assert ask(union, exporter="B").status == "not_controlled"
