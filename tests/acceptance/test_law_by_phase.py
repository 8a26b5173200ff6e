"""The Chinese package of October 2025 by phase and knowledge, by limb, by list and by use."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.context import EndUse
from app.domain.controls import Extraterritorial
from app.refdata.yaml_text import YamlText
from app.scoring.timeline import status_on
from tests.acceptance.test_controls import (
    Row,
    day,
    mapping,
    rows,
    shipped,
    table,
    text,
    view_of,
    words,
)

PHASES = table("four_phases.yaml")
CODES = {
    "NP": ("not_published", None, None),
    "A": ("announced", None, None),
    "I": ("in_force", None, None),
    "S": ("suspended", None, None),
    "uS": ("unconfirmed", "suspended", "in_force"),
    "uI": ("unconfirmed", "in_force", "in_force"),
}
LAW = {
    "O": ("ordinary_licence", None, None),
    "A": ("announced", None, None),
    "S": ("suspended", None, None),
    "L": ("licence_required", None, None),
    "uS": ("unconfirmed", "suspended", "licence_required"),
    "uI": ("unconfirmed", "licence_required", "licence_required"),
}


def texts(value: YamlText) -> list[str]:
    assert isinstance(value, list)
    return [str(item) for item in value]


KNOWN = [date.fromisoformat(known) for known in texts(PHASES["known_on"])]


def cells(grid: Row) -> list[tuple[date, date, str]]:
    return [
        (date.fromisoformat(as_of), known, code)
        for as_of, codes in grid.items()
        if as_of != "because"
        for known, code in zip(KNOWN, texts(codes), strict=True)
    ]


def test_every_phase_is_seen_from_five_days_of_knowledge() -> None:
    assert len(KNOWN) == 5
    for grid in mapping(PHASES["measures"]).values():
        days = {as_of.isoformat() for as_of, _, _ in cells(mapping(grid))}
        assert days == {
            "2025-10-09", "2025-11-07", "2026-11-10", "2026-11-11", "2027-01-10", "2027-01-11",
        }  # fmt: skip


@pytest.mark.parametrize("measure_id", sorted(mapping(PHASES["measures"])))
def test_phases_of_a_measure(measure_id: str) -> None:
    grid = mapping(mapping(PHASES["measures"])[measure_id])
    measure = shipped()[0].measures[measure_id]

    for as_of, known_on, code in cells(grid):
        found = status_on(measure, as_of, known_on)
        standing = (found.status, found.best_estimate, found.worst_case)
        assert standing == CODES[code], (as_of, known_on, grid["because"])


def test_phases_of_holmium_oxide() -> None:
    for as_of, known_on, code in cells(mapping(PHASES["holmium_oxide"])):
        view = view_of("Ho", "oxide", "JP", as_of=as_of, known_on=known_on)
        assert (view.status, view.best_estimate, view.worst_case) == LAW[code], (as_of, known_on)


LIMBS = table("three_limbs.yaml")


def test_each_of_the_three_limbs_has_its_days() -> None:
    ways = {text(limb, "way") for limb in rows(LIMBS["limbs"]) if "way" in limb}

    assert ways == {
        "chinese_origin_reexport", "foreign_made_de_minimis", "foreign_made_technology",
    }  # fmt: skip


@pytest.mark.parametrize("limb", rows(LIMBS["limbs"]), ids=lambda limb: str(limb["limb"]))
def test_limb_by_day(limb: Row) -> None:
    known_on = day(LIMBS, "known_on")
    if "way" in limb:
        clause = shipped()[0].measures[text(limb, "measure")]
        assert Extraterritorial(text(limb, "way")) in clause.scope.extraterritorial
    for case in rows(limb["days"]):
        as_of = day(case, "as_of")
        if "status" in case:
            measure = shipped()[0].measures[text(limb, "measure")]
            assert status_on(measure, as_of, known_on).status == case["status"], case["because"]
            continue
        view = view_of(
            "Dy", text(limb, "form"), "DE", as_of=as_of, known_on=known_on, exporter="JP",
            end_use=EndUse(text(limb, "end_use", "civil")),
        )  # fmt: skip
        found = (view.status, view.best_estimate, view.worst_case)
        wanted = (case["expect"], case.get("best_estimate"), case.get("worst_case"))
        assert found == wanted, (as_of, case["because"])


@pytest.mark.parametrize(
    "case",
    rows(table("lists_and_uses.yaml")["cases"]),
    ids=lambda case: "-".join(str(case[key]) for key in ("element", "destination", "as_of")),
)
def test_list_and_use(case: Row) -> None:
    as_of = day(case, "as_of")
    view = view_of(
        text(case, "element"), text(case, "form"), text(case, "destination"), as_of=as_of,
        known_on=as_of, end_use=EndUse(text(case, "end_use")), holds=words(case.get("holds", [])),
        end_user=None if "end_user" not in case else text(case, "end_user"),
    )  # fmt: skip

    assert view.status == case["expect"], case["because"]
    for field in ("best_estimate", "worst_case", "expectation", "if_military"):
        assert getattr(view, field) == case.get(field), (field, case["because"])


OWN = rows(table("own_products.yaml")["cases"])


def test_there_are_enough_own_cases_of_parts() -> None:
    published = {str(case["part"]) for case in rows(table("products.yaml")["cases"])}

    assert len(OWN) >= 40
    assert {str(case["part"]) for case in OWN} & published == set()


@pytest.mark.parametrize("case", OWN, ids=lambda case: f"{case['part']}-{case['as_of']}")
def test_own_case_of_a_part(case: Row) -> None:
    view = view_of(
        text(case, "element"), text(case, "form"), text(case, "destination"),
        as_of=day(case, "as_of"), known_on=day(case, "known_on", "2026-11-23"),
        end_use=EndUse(text(case, "end_use")), holds=words(case["holds"]),
        may_hold=words(case.get("may_hold", [])), exporter=text(case, "exporter", "CN"),
    )  # fmt: skip

    for field, expected in mapping(case["expect"]).items():
        assert getattr(view, field) == expected, case["because"]
    assert words(case.get("names", [])) <= set(view.measures), view.measures
