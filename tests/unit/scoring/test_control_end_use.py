"""What end use, suspension and doubt do to a status."""

from __future__ import annotations

from dataclasses import replace

from app.domain.controls import (
    ControlBasis,
    EventBasis,
)
from app.domain.results import ControlChange
from app.domain.triple import Triple
from tests import factories as make
from tests.factories import event
from tests.law_factories import (
    ENDED,
    IN_FORCE,
    METAL,
    MILITARY,
    SUSPENDED,
    UNKNOWN,
    ask,
    ban,
    day,
    in_doubt,
    licence,
    ordinary,
    reexport,
    running,
)


def test_a_ban_bites_through_the_list_on_its_end_use_only() -> None:
    measures = (licence(), ban())

    assert ask(*measures, end_use=MILITARY).status == "prohibited"
    assert ask(*measures, end_use=MILITARY).measures == ("A-BAN", "A-DUAL")
    assert ask(*measures).status == "licence_required"
    assert ask(*measures).measures == ("A-DUAL", "A-BAN")


def test_a_ban_finds_nothing_that_is_not_listed() -> None:
    assert ask(ban(), end_use=MILITARY).status == "not_controlled"
    assert ask(licence(), ban(), element="Nd", end_use=MILITARY).measures == ()
    assert ask(licence(timeline=running(ENDED)), ban(), end_use=MILITARY).measures == ()


def test_a_ban_of_other_forms_says_nothing() -> None:
    metals = ban()
    metals = replace(metals, scope=replace(metals.scope, stages=frozenset({METAL})))

    assert ask(licence(), metals, end_use=MILITARY).status == "licence_required"


def test_a_term_without_definition_is_a_note_for_civil_goods() -> None:
    notes = ask(licence(), ban()).notes

    assert any("a term without definition" in note for note in notes)
    assert ask(licence(), ban(), end_use=MILITARY).notes == ()


def test_a_military_end_user_can_expect_a_refusal() -> None:
    view = ask(licence(), end_use=MILITARY)

    assert (view.status, view.expectation) == ("licence_required", "refusal")
    assert view.licence_days == Triple(90.0, 180.0, 365.0)
    assert ask(licence()).expectation is None


def test_a_foreign_licence_says_nothing_of_refusal() -> None:
    foreign = make.measure(control_basis=ControlBasis.FOREIGN)

    assert ask(foreign, end_use=MILITARY).expectation is None


def test_an_unknown_end_use_reads_as_civil_and_tells_of_the_other() -> None:
    view = ask(licence(), ban(), end_use=UNKNOWN)

    assert (view.status, view.if_military) == ("licence_required", "prohibited")
    assert ask(licence(), ban()).if_military is None


def test_items_of_a_suspended_measure_do_not_make_a_ban_bite() -> None:
    view = ask(licence(timeline=running(SUSPENDED)), ban(), end_use=MILITARY)

    assert (view.status, view.best_estimate, view.worst_case) == (
        "suspended", "suspended", "prohibited",
    )  # fmt: skip
    assert any("is open; at worst the status is prohibited" in note for note in view.notes)


def test_a_suspended_ban_sleeps_by_itself() -> None:
    dormant = ask(
        licence(timeline=running(SUSPENDED)), ban(timeline=running(SUSPENDED)), end_use=MILITARY
    )
    awake = ask(licence(), ban(timeline=running(SUSPENDED)), end_use=MILITARY)

    assert dormant.worst_case is None
    assert awake.status == "licence_required"


def test_doubt_about_the_only_measure_is_unconfirmed() -> None:
    view = ask(ordinary(), licence(timeline=in_doubt()))

    assert (view.status, view.certainty) == ("unconfirmed", "stated")
    assert (view.best_estimate, view.worst_case) == ("suspended", "licence_required")
    assert view.measures == ("A-DUAL", "A-ORDINARY")
    assert "Nobody has confirmed by a legal act" in view.notes[0]


def test_doubt_reaches_the_ban_behind_the_list() -> None:
    view = ask(licence(timeline=in_doubt()), ban(), end_use=MILITARY)

    assert (view.status, view.best_estimate, view.worst_case) == (
        "unconfirmed", "suspended", "prohibited",
    )  # fmt: skip
    assert view.certainty == "stated"


def test_doubt_that_could_change_nothing_is_no_doubt() -> None:
    doubtful = licence("A-DOUBT", timeline=in_doubt())

    view = ask(licence(), doubtful)

    assert (view.status, view.certainty) == ("licence_required", "enacted")
    assert view.measures == ("A-DUAL", "A-DOUBT")


def test_a_return_in_silence_is_told() -> None:
    back = event(day(-10), IN_FORCE, basis=EventBasis.SCHEDULED, known_from=day(-300))

    view = ask(licence(timeline=(*running(SUSPENDED, -300), back)))

    assert (view.status, view.certainty) == ("licence_required", "scheduled")
    assert view.notes == (
        "The suspension of A-DUAL ran out by its own text; nobody has said so since.",
    )


def test_the_next_change_is_the_first_of_all_measures() -> None:
    soon = event(day(9), ENDED, basis=EventBasis.SCHEDULED, known_from=day(-9))
    later = event(day(30), SUSPENDED, known_from=day(-9))

    view = ask(
        licence(timeline=(*running(), later)),
        licence("A-OTHER", timeline=(*running(), soon)),
        reexport((*running(), event(day(2), ENDED, known_from=day(-9)))),
    )

    assert view.next_change == ControlChange(
        on_date=day(9), measure="A-OTHER", status="ended", basis="scheduled"
    )
