"""What the loader of the register reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from app.domain.controls import (
    DestinationMode,
    Extraterritorial,
    Outcome,
    RegisterStage,
    TimelineStatus,
)
from app.domain.observations import ObservationBasis
from app.domain.places import EU_MEMBERS
from app.domain.triple import Triple
from tests.unit.refdata.controls_folder import MEASURE, load


def test_a_measure_is_read_with_both_clocks(tmp_path: Path) -> None:
    measure = load(tmp_path).measures["XX-7-2031"]

    assert [event.status for event in measure.timeline][-1] is TimelineStatus.UNCONFIRMED
    assert measure.timeline[3].known_to == date(2031, 5, 20)
    assert measure.timeline[4].best_estimate is TimelineStatus.SUSPENDED
    assert measure.timeline[4].worst_case is TimelineStatus.IN_FORCE
    assert measure.announced == date(2031, 3, 1)
    assert measure.official_number is None
    assert measure.notes == ""


def test_scope_and_items_are_read_exactly(tmp_path: Path) -> None:
    scope = load(tmp_path).measures["XX-7-2031"].scope

    assert scope.destinations.mode is DestinationMode.ONLY
    assert scope.destinations.countries == EU_MEMBERS | {"US"}
    assert scope.extraterritorial == {Extraterritorial.FOREIGN_MADE_DE_MINIMIS}
    assert scope.de_minimis is not None
    assert scope.de_minimis.threshold == Decimal("0.001")
    oxide, magnet = scope.items
    assert oxide.elements == {"Dy"}
    assert oxide.stages == {RegisterStage.OXIDE}
    assert magnet.elements == {"Dy", "Tb"}
    assert magnet.stages == {RegisterStage.MAGNET}
    assert (oxide.complete, magnet.complete) == (True, False)
    assert oxide.cn_codes == ("2846901500",)


def test_without_items_every_element_is_controlled_in_every_form(tmp_path: Path) -> None:
    everything = "  elements_mode: all\n  stages: [oxide]\n"
    old = MEASURE[MEASURE.index("  elements_mode") : MEASURE.index("  destinations")]
    items = MEASURE[MEASURE.index("  items:") : MEASURE.index("rules:")]

    register = load(
        tmp_path,
        **{
            old: ("controls/jp/xx-7-2031.yaml", everything),
            items: (
                "controls/jp/xx-7-2031.yaml",
                "  condition: {property: size, below: 5, at_least: 1.5}\n",
            ),
            "stages: [magnet]": ("controls/jp/xx-7-2031.yaml", "stages: [oxide]"),
        },
    )

    (item,) = register.measures["XX-7-2031"].scope.items
    assert len(item.elements) == 16
    assert "Pm" not in item.elements
    assert item.condition is not None
    assert (item.condition.below, item.condition.at_least) == (Decimal(5), Decimal("1.5"))


def test_rules_and_entities_are_read(tmp_path: Path) -> None:
    register = load(tmp_path)

    first, second = register.measures["XX-7-2031"].rules
    assert first.applies is not None
    assert first.applies.stages == {RegisterStage.MAGNET}
    assert (second.applies, second.outcome) == (None, Outcome.PROHIBITED)
    listed = register.measures["XX-8-2031"].entity_list
    assert listed is not None
    assert listed.entities[0].names == ("Listed Works Ltd", "株式会社リスト")
    assert register.measures["XX-9-2031"].suspends == ("XX-7-2031",)


def test_observations_are_read_by_their_basis(tmp_path: Path) -> None:
    flow, approvals, practice = load(tmp_path).observations

    assert flow.basis is ObservationBasis.FLOW_RATIO
    assert (flow.flow_ratio, flow.months) == (Triple(0.1, 0.2, 0.3), 2)
    assert flow.destinations == EU_MEMBERS
    assert (approvals.refusal, approvals.delays) == (Triple(0.1, 0.2, 0.3), (10.0, 20.0, 30.0))
    assert (approvals.months, approvals.specificity) == (1, 0)
    assert (practice.kind, practice.effect) == ("stalled", "halt")


def test_what_stands_beside_is_read(tmp_path: Path) -> None:
    register = load(tmp_path)

    assert register.knowledge_cutoff == date(2031, 6, 15)
    assert [event.on_date.month for event in register.scheduled_events] == [5, 7]
    assert [record.end_users for record in register.practice] == ["watch_listed", "any"]
    assert [remark.kind for remark in register.remarks] == [
        "commitment",
        "open_question",
        "rejected_claim",
    ]
    assert [row.tonnes for row in register.trade] == [12.5, 3.0]
    assert [code.elements for code in register.customs_codes] == [("Dy",), ()]
