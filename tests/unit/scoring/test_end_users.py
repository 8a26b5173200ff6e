"""Names of end users against entity lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.context import EndUse
from app.domain.controls import (
    ControlMeasure,
    ControlRegister,
    DestinationMode,
    DestinationScope,
    EntityList,
    ListedEntity,
    MeasureType,
    Outcome,
    Rule,
    RuleApplies,
    TimelineEvent,
    TimelineStatus,
)
from app.domain.entities import OwnerShare
from app.domain.results import ControlView
from app.domain.triple import Side
from app.scoring.control_status import ControlQuestion, control_view
from app.scoring.end_use import rule_match, use_of
from app.scoring.end_users import (
    NOBODY,
    EndUserLists,
    end_user_lists,
    incomplete_lists,
    name_index,
)
from app.scoring.names import normalised_name
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


def listed_measures(
    register: ControlRegister, end_user: str | None, *, as_of: date, known_on: date
) -> frozenset[str]:
    return end_user_lists(register, end_user, as_of=as_of, known_on=known_on).named


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


def owners(**shares: str) -> tuple[OwnerShare, ...]:
    return tuple(
        OwnerShare(name=name.replace("_", " "), share=Decimal(share))
        for name, share in shares.items()
    )


def test_nobody_is_looked_up_without_a_name_or_an_owner() -> None:
    register = make.register(entity_list("Listed Works"))

    assert end_user_lists(register, "  ", as_of=TODAY, known_on=TODAY) is NOBODY


def test_owners_alone_are_looked_up() -> None:
    register = make.register(entity_list("Listed Works"))

    lists = end_user_lists(register, None, owners(Listed_Works="0.5"), as_of=TODAY, known_on=TODAY)

    assert lists == EndUserLists(owned=(1.0, 1.0, 1.0))


def test_the_likest_spelling_of_a_list_is_told() -> None:
    register = make.register(entity_list("Listed Worx", "Listed Works", "Listed Works Inn"))

    (match,) = name_index(register, as_of=TODAY, known_on=TODAY).matches("Listed Works")

    assert (match.listed_name, match.similarity, match.how) == ("Listed Works", 1.0, "exact")


def test_a_name_that_counts_goes_before_a_nearer_group() -> None:
    first = entity_list("Example Machine Building", measure_id="A-1")
    second = entity_list("Example", measure_id="A-2")
    index = name_index(make.register(first, second), as_of=TODAY, known_on=TODAY)

    matches = index.matches("Example Machine Bilding")

    assert [(match.measure, match.how, match.counts) for match in matches] == [
        ("A-1", "spelling", True),
        ("A-2", "group", False),
    ]


def test_short_names_are_not_compared_by_sound() -> None:
    index = name_index(make.register(entity_list("Roger")), as_of=TODAY, known_on=TODAY)

    assert index.matches("ロジャー") == ()


def test_a_near_name_counts_at_the_unfavourable_end_only() -> None:
    lists = EndUserLists(named=frozenset({"A-1"}), near=frozenset({"A-2"}))

    listed = {
        side: use_of(
            EndUse.CIVIL, sector=None, prior=0.0, lists=lists,
            methodology=make.shipped_methodology(), side=side,
        ).listed
        for side in Side
    }  # fmt: skip

    assert listed == {
        Side.LOW: {"A-1"}, Side.NOMINAL: {"A-1"}, Side.HIGH: {"A-1", "A-2"},
    }  # fmt: skip


def test_declared_owners_go_before_the_prior() -> None:
    rule = RuleApplies(end_users=frozenset({"listed_50pct_owned"}))
    method = make.shipped_methodology()

    def match(owned: tuple[float, float, float] | None, side: Side) -> float:
        use = use_of(
            EndUse.CIVIL, sector=None, prior=0.0, lists=EndUserLists(owned=owned),
            methodology=method, side=side,
        )  # fmt: skip
        return rule_match(
            rule, measure=make.measure(), military=False, use=use, listed_share=1.0,
            methodology=method, side=side,
        )  # fmt: skip

    assert match((1.0, 1.0, 1.0), Side.LOW) == 1.0
    assert match((0.0, 0.0, 1.0), Side.NOMINAL) == 0.0
    assert match((0.0, 0.0, 0.0), Side.HIGH) == 0.0
    assert match(None, Side.HIGH) == method.owned_by_listed.high > 0.0


def test_a_possible_owner_makes_the_worst_case_worse() -> None:
    denied = Rule(
        when="held by a listed firm",
        outcome=Outcome.PROHIBITED,
        applies=RuleApplies(end_users=frozenset({"listed_50pct_owned"})),
    )
    licence = Rule(when="always", outcome=Outcome.LICENCE, applies=RuleApplies())
    register = make.register(
        make.measure("A-1", rules=(licence, denied)),
        entity_list("First Works", "Second Works", measure_id="A-2"),
    )
    question = ControlQuestion(
        element="Dy", elements=frozenset(), form="oxide", destination="C", exporter="A",
        end_use=EndUse.CIVIL, as_of=TODAY, known_on=TODAY,
    )  # fmt: skip

    def view(**shares: str) -> ControlView:
        lists = end_user_lists(register, "Works", owners(**shares), as_of=TODAY, known_on=TODAY)
        asked = replace(question, end_user="Works", lists=lists)
        return control_view(register, make.shipped_methodology(), question=asked)

    together = view(First_Works="0.3", Second_Works="0.3", Other="0.4")
    alone = view(First_Works="0.6", Other="0.4")
    nobody = view(Other="1")

    assert (together.status, together.worst_case) == ("licence_required", "prohibited")
    assert "If the end user is or belongs to a listed firm, the status is prohibited." in (
        together.notes
    )
    assert (alone.status, alone.worst_case) == ("prohibited", None)
    assert (nobody.status, nobody.worst_case) == ("licence_required", None)
