"""The shipped register against tables that a purchaser can read; nothing here is computed by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

import app
from app.domain.context import EndUse
from app.domain.controls import ControlMeasure, ControlRegister, RegisterStage
from app.domain.methodology import Methodology
from app.domain.places import EU_MEMBERS
from app.domain.results import ControlView
from app.refdata.controls import load_register
from app.refdata.methodology import load_methodology
from app.refdata.sources import load_sources
from app.refdata.yaml_text import YamlText, read_yaml_text
from app.scoring.control_match import strictest_outcome
from app.scoring.control_status import ControlQuestion, control_view
from app.scoring.end_users import end_user_lists
from app.scoring.timeline import status_on

DATA = Path(app.__file__).parent / "data"
HERE = Path(__file__).parent
ALL_KNOWN = "2026-11-23"

Row = Mapping[str, YamlText]


@cache
def shipped() -> tuple[ControlRegister, Methodology]:
    known = frozenset(load_sources(DATA))
    return load_register(DATA, known), load_methodology(DATA, known)


def mapping(value: YamlText) -> Row:
    assert isinstance(value, dict)
    return value


def rows(value: YamlText) -> list[Row]:
    assert isinstance(value, list)
    return [mapping(item) for item in value]


def words(value: YamlText) -> frozenset[str]:
    assert isinstance(value, list)
    return frozenset(str(item) for item in value)


def text(row: Row, key: str, default: str | None = None) -> str:
    value = row.get(key, default)
    assert isinstance(value, str), (key, row)
    return value


def day(row: Row, key: str, default: str | None = None) -> date:
    return date.fromisoformat(text(row, key, default))


def table(name: str) -> Row:
    return mapping(read_yaml_text(HERE / "law" / name))


def view_of(
    element: str,
    form: str,
    destination: str,
    *,
    as_of: date,
    known_on: date,
    end_use: EndUse = EndUse.CIVIL,
    holds: frozenset[str] = frozenset(),
    may_hold: frozenset[str] = frozenset(),
    end_user: str | None = None,
    exporter: str = "CN",
) -> ControlView:
    register, methodology = shipped()
    question = ControlQuestion(
        element=element,
        elements=holds | {element},
        form=form,
        destination=destination,
        end_use=end_use,
        as_of=as_of,
        known_on=known_on,
        end_user=end_user,
        exporter=exporter,
        possible=may_hold,
    )
    return control_view(register, methodology, question=question)


# --------------------------------------------------------------------------- single measures


def measure_tables() -> dict[str, Row]:
    files = sorted((HERE / "controls").glob("*.yaml"))
    return {text(row, "measure"): row for row in (mapping(read_yaml_text(f)) for f in files)}


def cases_of(part: str) -> list[tuple[str, Row]]:
    return [
        (measure, case)
        for measure, content in measure_tables().items()
        for case in rows(content.get(part, []))
    ]


def label(value: object) -> str:
    if isinstance(value, dict):
        return "-".join(str(value[key]) for key in ("as_of", "known_on", "rule") if key in value)
    return str(value)


@pytest.mark.parametrize(("measure_id", "case"), cases_of("cases"), ids=label)
def test_status_of_a_measure_around_each_event(measure_id: str, case: Row) -> None:
    measure = shipped()[0].measures[measure_id]

    resolved = status_on(measure, day(case, "as_of"), day(case, "known_on"))

    assert resolved.status == text(case, "expect"), case["because"]
    assert resolved.best_estimate == case.get("best_estimate")
    assert resolved.worst_case == case.get("worst_case")


@pytest.mark.parametrize("measure_id", sorted(shipped()[0].measures))
def test_every_event_has_its_first_day_and_the_day_before(measure_id: str) -> None:
    days = {day(case, "as_of") for case in rows(measure_tables()[measure_id]["cases"])}

    wanted = {
        on_date
        for event in shipped()[0].measures[measure_id].timeline
        for on_date in (event.on_date - timedelta(days=1), event.on_date)
    }

    assert wanted <= days


@pytest.mark.parametrize(("measure_id", "case"), cases_of("rules"), ids=label)
def test_rule_of_a_measure(measure_id: str, case: Row) -> None:
    if "element" in case:
        as_of = day(case, "as_of")
        element, form = text(case, "element"), text(case, "form")
        view = view_of(element, form, text(case, "destination"), as_of=as_of, known_on=as_of)
        assert view.status == case["expect"], case["because"]
        return

    outcome = strictest_outcome(
        shipped()[0].measures[measure_id],
        end_uses=frozenset({"any", text(case, "end_use")}),
        end_users=frozenset({"any", text(case, "end_user")}),
        stages=frozenset({RegisterStage(text(case, "form"))}),
    )

    assert outcome == case["expect"], case["because"]


@pytest.mark.parametrize("measure_id", sorted(shipped()[0].measures))
def test_every_computable_rule_has_a_case(measure_id: str) -> None:
    measure: ControlMeasure = shipped()[0].measures[measure_id]
    tested = {text(case, "rule") for case in rows(measure_tables()[measure_id].get("rules", []))}

    computable = {
        str(number)
        for number, rule in enumerate(measure.rules, start=1)
        if rule.applies is not None
    }

    assert tested == computable


def test_measures_on_a_day() -> None:
    register = shipped()[0]

    wrong = [
        (measure_id, case["as_of"], expected)
        for case in rows(table("measures_on_a_day.yaml")["cases"])
        for measure_id, expected in mapping(case["status"]).items()
        if status_on(
            register.measures[measure_id], day(case, "as_of"), day(case, "known_on")
        ).status
        != expected
    ]

    assert wrong == []


# ------------------------------------------------------------------------- law by destination

LAW = table("by_day_and_destination.yaml")
STATUS = {
    "O": "ordinary_licence",
    "L": "licence_required",
    "X": "prohibited",
    "A": "announced",
    "S": "suspended",
    "N": "not_controlled",
}


def check_code(code: str, view: ControlView, *, form: str, banned: bool) -> None:
    """Compare a view with a code of the table; a ban makes the worst case of `?` worse."""
    plain = code.rstrip("~")
    if plain.startswith("?"):
        assert view.status == "unconfirmed"
        assert view.best_estimate == STATUS[plain[1:]]
        assert view.worst_case == ("prohibited" if banned else "licence_required")
        return
    assert view.status == STATUS[plain[0]]
    assert view.expectation == ("refusal" if "!" in plain else None)
    if (
        form == "metal" and "!" in plain
    ):  # the annex of Announcement 61 names all seven only as metals
        assert (view.reexport == "presumption_of_denial") == plain.endswith("r")


@pytest.mark.parametrize("row", rows(LAW["rows"]), ids=lambda row: f"{row['as_of']}-{row['group']}")
@pytest.mark.parametrize("end_use", [EndUse.CIVIL, EndUse.MILITARY])
def test_law_by_day_and_destination(row: Row, end_use: EndUse) -> None:
    as_of, known_on = day(row, "as_of"), day(LAW, "known_on")
    codes = mapping(row[end_use.value])

    for element in words(mapping(LAW["groups"])[text(row, "group")]):
        for destination, code in codes.items():
            assert isinstance(code, str)
            for form in ("oxide", "salt", "metal"):
                view = view_of(
                    element, form, destination, as_of=as_of, known_on=known_on, end_use=end_use
                )
                banned = end_use is EndUse.MILITARY and destination in ("JP", "US")
                assert code.endswith("~") == (as_of > shipped()[0].knowledge_cutoff)
                check_code(code, view, form=form, banned=banned)


@pytest.mark.parametrize("row", rows(LAW["rows"]), ids=lambda row: f"{row['as_of']}-{row['group']}")
def test_no_rule_treats_a_member_of_the_union_apart(row: Row) -> None:
    as_of, known_on = day(row, "as_of"), day(LAW, "known_on")

    for element in words(mapping(LAW["groups"])[text(row, "group")]):
        statuses = {
            view_of(element, "metal", country, as_of=as_of, known_on=known_on).status
            for country in EU_MEMBERS
        }
        assert len(statuses) == 1


@pytest.mark.parametrize(
    "case",
    rows(table("same_day_other_knowledge.yaml")["cases"]),
    ids=lambda case: f"{case['as_of']}-{case['known_on']}",
)
def test_same_day_other_knowledge(case: Row) -> None:
    for element in words(mapping(LAW["groups"])[text(case, "group")]):
        for form in ("oxide", "salt", "metal"):
            view = view_of(
                element,
                form,
                text(case, "destination"),
                as_of=day(case, "as_of"),
                known_on=day(case, "known_on"),
            )
            check_code(text(case, "expect"), view, form="oxide", banned=False)


# ------------------------------------------------------------------------ parts and end users


@pytest.mark.parametrize(
    "case", rows(table("products.yaml")["cases"]), ids=lambda case: str(case["part"])
)
def test_part(case: Row) -> None:
    known_on = day(case, "known_on", ALL_KNOWN)
    view = view_of(
        text(case, "element"),
        text(case, "form"),
        text(case, "destination"),
        as_of=day(case, "as_of"),
        known_on=known_on,
        end_use=EndUse(text(case, "end_use")),
        holds=words(case["holds"]),
        may_hold=words(case.get("may_hold", [])),
        exporter=text(case, "exporter", "CN"),
    )

    for field, expected in mapping(case["expect"]).items():
        assert getattr(view, field) == expected, case["because"]
    for measure_id, expected in mapping(case["measures"]).items():
        measure = shipped()[0].measures[measure_id]
        assert status_on(measure, day(case, "as_of"), known_on).status == expected


@pytest.mark.parametrize(
    "case",
    rows(table("end_users.yaml")["cases"]),
    ids=lambda case: f"{case['end_user']}-{case['as_of']}",
)
def test_named_end_user(case: Row) -> None:
    as_of, end_user = day(case, "as_of"), text(case, "end_user")

    view = view_of(
        "Dy", "oxide", text(case, "destination"), as_of=as_of, known_on=as_of, end_user=end_user
    )
    listed = end_user_lists(shipped()[0], end_user, as_of=as_of, known_on=as_of).named

    assert view.status == case["expect"], case["because"]
    assert view.best_estimate == case.get("best_estimate")
    assert view.worst_case == case.get("worst_case")
    assert listed == (frozenset() if case["measure"] is None else {case["measure"]})
    if case["measure"] is None:
        assert any("no clearance" in note for note in view.notes)
