"""What-ifs: differences by cause, flips, and the built-in ones by name."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from app.domain.controls import EventBasis, TimelineStatus
from app.domain.results import Contribution
from app.errors import InvalidInputError
from app.scoring.builtin_scenarios import Builtin, Choices, builtin_patches
from app.scoring.patches_law import SetStatus
from app.scoring.patches_lines import RaiseStock
from app.scoring.scenarios import Scenarios, difference, flipped
from tests import factories as make
from tests import plain_world as plain


def row(factor: str, points: float, stage: str | None = "metal") -> Contribution:
    return Contribution(factor=factor, points=points, text=factor, sources=(), stage=stage)


def test_a_cause_that_vanishes_counts_with_a_minus() -> None:
    changes = difference([row("a", 30.0), row("b", 5.0)], [row("b", 9.0)])

    assert [(one.factor, one.points) for one in changes] == [("a", -30.0), ("b", 4.0)]


def test_small_changes_of_crossings_are_put_together_and_others_are_not() -> None:
    before = [row("a", 10.0), row("b", 10.0), row("market", 1.0, None)]
    after = [row("a", 10.2), row("b", 10.1), row("market", 1.05, None)]

    changes = difference(before, after, small=0.5)

    assert [one.factor for one in changes] == ["other", "market"]
    assert changes[0].points == pytest.approx(0.3)
    assert "2 crossings" in changes[0].text


def test_what_does_not_change_is_not_listed() -> None:
    assert difference([row("a", 3.0)], [row("a", 3.0)]) == ()


def test_bands_that_flip_are_listed_by_kind() -> None:
    inputs = plain.inputs_of(plain.plain_reference(plain.duty()))

    result = Scenarios(inputs).run("stock", [RaiseStock(line_ids=frozenset(), to_days=120.0)])

    # r falls from 0.552 (severe) to 0.1067 (moderate).
    assert [(kind, change.key) for kind, change in flipped(result)] == [
        ("bom", "bom"), ("element", "Dy"), ("line", "1"),
    ]  # fmt: skip
    assert all(change.after.band == "moderate" for _, change in flipped(result))


def test_sectors_are_compared_unless_they_are_left_out() -> None:
    reference = plain.plain_reference(plain.duty(), sectors=[make.sector("machines")])
    inputs = plain.inputs_of(reference)
    patches = builtin_patches(Builtin.DESTINATION_BAN, inputs)

    full = Scenarios(inputs).run("ban", patches)
    short = Scenarios(inputs, sectors=False).run("ban", patches)

    assert [change.key for change in full.sectors] == ["machines"]
    assert full.sectors[0].delta > 0.0
    assert short.sectors == ()
    assert short.bom == full.bom


def test_a_suspension_in_doubt_is_extended_beyond_its_best_estimate() -> None:
    # Nobody has confirmed it; by the best guess it is suspended until 60 days from now.
    day = make.TODAY
    timeline = (
        make.event(day - timedelta(days=300), TimelineStatus.IN_FORCE),
        make.event(
            day - timedelta(days=10),
            TimelineStatus.UNCONFIRMED,
            basis=EventBasis.STATED,
            known_from=day - timedelta(days=20),
            best=TimelineStatus.SUSPENDED,
            worst=TimelineStatus.IN_FORCE,
        ),
        make.event(
            day + timedelta(days=60),
            TimelineStatus.IN_FORCE,
            basis=EventBasis.SCHEDULED,
            known_from=day - timedelta(days=20),
        ),
    )
    inputs = plain.inputs_of(plain.plain_reference(plain.duty(timeline=timeline)))

    patches = builtin_patches(Builtin.SUSPENSION_EXTENDED, inputs)

    assert patches == (
        SetStatus(
            measure="CN-1",
            status=TimelineStatus.SUSPENDED,
            back_on=day + timedelta(days=60 + 365),
        ),
    )
    result = Scenarios(inputs).run("extended", patches)
    assert result.bom.after.high == 0.0
    assert result.bom.before.high > result.bom.before.nominal > 0.0


def test_a_suspension_without_end_is_not_extended() -> None:
    timeline = (
        make.event(make.TODAY - timedelta(days=300), TimelineStatus.IN_FORCE),
        make.event(make.TODAY - timedelta(days=10), TimelineStatus.SUSPENDED),
    )
    inputs = plain.inputs_of(plain.plain_reference(plain.duty(timeline=timeline)))

    assert builtin_patches(Builtin.SUSPENSION_EXTENDED, inputs) == ()


def test_the_replacing_country_can_be_chosen() -> None:
    inputs = plain.inputs_of(plain.plain_reference(plain.duty()))

    (patch,) = builtin_patches(Builtin.SUPPLIER_REPLACED, inputs, Choices(country="AU"))

    changed = patch(inputs)
    assert [(one.stage, one.country) for one in changed.bom.lines[0].sourcing] == [
        ("separation", "AU")
    ]


def test_only_the_flow_of_a_rare_earth_can_end() -> None:
    inputs = plain.inputs_of(plain.plain_reference(plain.duty()))

    with pytest.raises(InvalidInputError, match="no rare earth"):
        builtin_patches(Builtin.FLOW_ZERO, inputs, Choices(element="Fe"))


def test_contributions_add_up_over_a_change_of_the_world() -> None:
    inputs = plain.inputs_of(plain.plain_reference(plain.duty()))

    result = Scenarios(inputs).run("ban", builtin_patches(Builtin.DESTINATION_BAN, inputs))

    points = {one.factor: one.points for one in result.contributions}
    assert points == pytest.approx(
        {
            "measure:SUPPOSED-BAN@separation:CN": 100.0,
            "measure:CN-1@separation:CN": -100.0 * math.sqrt(0.552),
        }
    )
