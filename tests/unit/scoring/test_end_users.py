"""Names of end users against entity lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.controls import (
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    EntityList,
    ListedEntity,
    MeasureType,
    TimelineEvent,
    TimelineStatus,
)
from app.scoring.end_users import incomplete_lists, listed_measures, normalised_name
from tests import factories as make
from tests.factories import TODAY, event

IN_FORCE = event(TODAY - timedelta(days=10), TimelineStatus.IN_FORCE)


def entity_list(
    *names: str,
    measure_id: str = "A-LIST",
    count: int | None = None,
    timeline: tuple[TimelineEvent, ...] = (IN_FORCE,),
) -> ControlMeasure:
    measure = make.measure(measure_id, type=MeasureType.ENTITY_PROHIBITION, timeline=timeline)
    entities = EntityList(
        entities=tuple(ListedEntity(names=(name,)) for name in names),
        entity_count=len(names) if count is None else count,
        names_complete=count is None,
    )
    return replace(measure, entity_list=entities)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IHI Aerospace Co., Ltd.", "ihi aerospace"),
        ("OMNIPOL a.s.", "omnipol"),
        ("EXCALIBUR ARMY spol. s.r.o.", "excalibur army"),
        ("TCOM, Limited Partnership", "tcom"),
        ("ＴＤＫ株式会社", "tdk"),
        ("㈱トーキン", "トーキン"),
        ("漢翔航空工業股份有限公司", "漢翔航空工業"),
        ("Smith & Sons", "smith sons"),
        ("Smith and Sons", "smith sons"),
        ("K.K. Tokin", "tokin"),
        ("The Company Ltd", "the company ltd"),
    ],
)
def test_normalised_name(name: str, expected: str) -> None:
    assert normalised_name(name) == expected


def test_a_listed_name_is_found_however_it_is_written() -> None:
    register = make.register(entity_list("Listed Works, Inc."), make.measure())

    assert listed_measures(register, "LISTED WORKS", as_of=TODAY, known_on=TODAY) == {"A-LIST"}
    assert listed_measures(register, "Listed", as_of=TODAY, known_on=TODAY) == frozenset()


@pytest.mark.parametrize("end_user", [None, "", "  ", "., -"])
def test_no_name_matches_nothing(end_user: str | None) -> None:
    register = make.register(entity_list("Listed Works, Inc."))

    assert listed_measures(register, end_user, as_of=TODAY, known_on=TODAY) == frozenset()


def test_a_list_counts_from_its_publication_until_its_end() -> None:
    ended = (IN_FORCE, event(TODAY, TimelineStatus.ENDED))
    register = make.register(entity_list("Listed Works", timeline=ended))
    start, before = IN_FORCE.on_date, IN_FORCE.on_date - timedelta(days=1)

    assert listed_measures(register, "Listed Works", as_of=start, known_on=start) == {"A-LIST"}
    assert listed_measures(register, "Listed Works", as_of=before, known_on=TODAY) == frozenset()
    assert listed_measures(register, "Listed Works", as_of=start, known_on=before) == frozenset()
    assert listed_measures(register, "Listed Works", as_of=TODAY, known_on=TODAY) == frozenset()


def test_a_suspended_list_still_names() -> None:
    timeline = (IN_FORCE, event(TODAY, TimelineStatus.SUSPENDED))
    register = make.register(entity_list("Listed Works", timeline=timeline))

    assert listed_measures(register, "Listed Works", as_of=TODAY, known_on=TODAY) == {"A-LIST"}


def test_incomplete_lists_are_named() -> None:
    here = DestinationScope(mode=DestinationMode.ONLY, countries=frozenset({"C"}))
    short = entity_list("One", measure_id="A-SHORT", count=5)
    short = replace(short, scope=replace(short.scope, destinations=here))
    register = make.register(short, entity_list("All"), make.measure())

    assert incomplete_lists(register, TODAY, TODAY) == ("A-SHORT",)
    assert incomplete_lists(register, TODAY, TODAY, destination="C") == ("A-SHORT",)
    assert incomplete_lists(register, TODAY, TODAY, destination="D") == ()
    assert incomplete_lists(register, TODAY - timedelta(days=20), TODAY) == ()
