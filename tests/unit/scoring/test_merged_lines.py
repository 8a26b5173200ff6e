"""Lines that are alike are evaluated once: the answer is that of each line on its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.bom import Bom, BomLine
from app.domain.exposure import IdentifiedLine
from app.domain.results import Assessment
from app.domain.triple import Triple
from app.scoring import de_minimis, scored_lines
from app.scoring.assess import AssessOptions, assess
from app.scoring.evaluation import Evaluation
from app.scoring.reexport import abroad_report
from tests import factories as make
from tests.unit.scoring.test_reexport import data, made_abroad, sending_on

WORLD = replace(
    data(made_abroad(), sending_on()),
    sectors={"machines": make.sector(), "grid": make.sector("grid")},
)


def product(*quantities: float) -> tuple[Bom, tuple[IdentifiedLine, ...]]:
    """Return lines of one kind, and one of another kind after every second of them."""
    lines: list[BomLine] = []
    found: list[IdentifiedLine] = []
    for place, quantity in enumerate(quantities):
        symbols = ("Dy",) if place % 3 < 2 else ("Nd", "Dy")
        line_id = f"L{place}"
        lines.append(make.line(line_id, quantity=quantity))
        mass = Triple.exactly(0.01 * quantity)
        contents = [replace(make.content(symbol), mass_kg=mass) for symbol in symbols]
        found.append(make.found(line_id, *contents, forms=("magnet",)))
    return make.bom(*lines), tuple(found)


def answer(
    bom: Bom,
    found: tuple[IdentifiedLine, ...],
    evaluation: Evaluation,
    options: AssessOptions | None = None,
) -> Assessment:
    return assess(
        bom,
        found,
        WORLD,
        context=evaluation.context,
        options=options or AssessOptions(),
        evaluation=evaluation,
    )


def test_an_answer_is_the_same_when_all_of_it_is_remembered() -> None:
    evaluation = Evaluation(WORLD, make.context())
    bom, found = product(3.0, 1.0, 2.0, 2.0, 5.0)

    first = answer(bom, found, evaluation)

    assert answer(bom, found, evaluation) == first
    assert answer(bom, found, Evaluation(WORLD, make.context())) == first


def test_splitting_a_line_into_equal_lines_changes_no_score() -> None:
    evaluation = Evaluation(WORLD, make.context())

    whole = answer(*product(6.0), evaluation)
    split = answer(*product(2.0, 4.0), evaluation)

    assert split.bom.score.nominal == pytest.approx(whole.bom.score.nominal, rel=1e-12)
    assert sum(split.bom.line_points.values()) == pytest.approx(
        sum(whole.bom.line_points.values()), rel=1e-12
    )
    assert split.bom.line_points["L1"] == pytest.approx(2.0 * split.bom.line_points["L0"])


def test_equal_lines_all_come_back_and_the_last_of_equals_is_the_worst() -> None:
    result = answer(*product(5.0, 1.0), Evaluation(WORLD, make.context()))

    assert [line.line_id for line in result.lines] == ["L0", "L1"]
    assert result.bom.worst_line_id == "L1"
    dysprosium = next(one for one in result.elements if one.symbol == "Dy")
    assert dysprosium.line_ids == ("L0", "L1")


def test_without_lines_of_their_own_everything_else_stays() -> None:
    evaluation = Evaluation(WORLD, make.context())
    bom, found = product(3.0, 1.0, 2.0)

    full = answer(bom, found, evaluation)
    brief = answer(bom, found, evaluation, AssessOptions(each_line=False))

    assert brief == replace(full, lines=())


def test_without_causes_the_scores_stay() -> None:
    evaluation = Evaluation(WORLD, make.context())
    bom, found = product(3.0, 1.0, 2.0)

    full = answer(bom, found, evaluation)
    brief = answer(bom, found, evaluation, AssessOptions(causes=False))

    assert full.bom.contributions
    assert brief.bom == replace(full.bom, contributions=())
    assert brief.elements == tuple(
        replace(one, contributions=(), concentration=()) for one in full.elements
    )


def test_answer_and_report_take_lines_that_are_ready() -> None:
    evaluation = Evaluation(WORLD, make.context())
    bom, found = product(3.0, 1.0, 2.0)
    ready = scored_lines.scored_lines(bom, found, WORLD, evaluation.context, evaluation.goods)

    given = abroad_report(bom, found, evaluation, ready)

    assert answer(bom, found, evaluation) == assess(
        bom, found, WORLD, context=evaluation.context, evaluation=evaluation, scored=ready
    )
    assert given == abroad_report(bom, found, evaluation)
    assert [one.line_id for one in given.reexport] == ["L0", "L1", "L2"]


def test_full_memories_begin_anew_and_answers_stay_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bom, found = product(3.0, 1.0, 2.0)
    expected = answer(bom, found, Evaluation(WORLD, make.context()))
    monkeypatch.setattr(scored_lines, "MOST_KEPT", 1)
    monkeypatch.setattr(de_minimis, "_MOST_SHAPES", 1)
    stocked = replace(
        bom, lines=(*bom.lines, make.line("L9", quantity=1.0, stock_days=30.0, sector="grid"))
    )
    also = (*found, make.found("L9", make.content("Tb"), forms=("oxide",)))
    evaluation = Evaluation(WORLD, make.context())

    answer(stocked, also, evaluation)

    assert answer(bom, found, evaluation) == expected


def test_a_price_makes_a_test_of_its_own() -> None:
    bom, found = product(3.0, 1.0)
    priced = replace(
        bom,
        lines=(
            bom.lines[0],
            replace(bom.lines[1], unit_price=Decimal(9), currency="USD", quantity=1.0),
        ),
    )

    tests = abroad_report(priced, found, Evaluation(WORLD, make.context())).de_minimis

    assert [(one.line_id, one.lacks) for one in tests] == [("L0", "price"), ("L1", "")]


def test_lines_are_known_again_by_identity_where_they_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bom, found = product(1.0, 2.0, 3.0)
    context = make.context()
    evaluation = Evaluation(WORLD, context, keeps_lines=True)

    first, again, dearer = (
        scored_lines.scored_lines(one, found, WORLD, context, evaluation.goods)
        for one in (bom, bom, replace(bom, unit_price=Decimal(5), currency="USD"))
    )
    monkeypatch.setattr(scored_lines, "MOST_LINES", 1)
    anew = scored_lines.scored_lines(bom, found, WORLD, context, evaluation.goods)

    assert [one is other for one, other in zip(first, again, strict=True)] == [True] * 3
    assert not any(one is other for one, other in zip(first, dearer, strict=True))
    assert not any(one is other for one, other in zip(first, anew, strict=True))
    assert anew == first
    fresh = Evaluation(WORLD, context)
    assert answer(bom, found, evaluation) == answer(bom, found, fresh)


def test_masses_and_ids_can_be_left_out_and_change_no_score() -> None:
    bom, found = product(1.0, 2.0, 3.0)
    evaluation = Evaluation(WORLD, make.context())

    whole = answer(bom, found, evaluation)
    short = answer(bom, found, evaluation, AssessOptions(amounts=False))

    assert all(one.mass_kg is None and not one.line_ids for one in short.elements)
    assert [one.score for one in short.elements] == [one.score for one in whole.elements]
    assert [one.exposed for one in short.elements] == [one.exposed for one in whole.elements]
    assert any(one.line_ids for one in whole.elements)
