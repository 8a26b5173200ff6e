"""What is worth asking: each missing field with what its answer may be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.bom import Supplier
from app.domain.context import EndUse
from app.domain.controls import Outcome, Rule, RuleApplies
from app.domain.questions import Question, QuestionKind
from app.domain.supply import MixRow, Stage
from app.domain.triple import Triple
from app.scoring.information import MissingField, missing_fields
from tests import factories as make
from tests import plain_world as plain


def asked(
    line: Any, found: Any, *measures: Any, context: Any = None, **reference: Any
) -> dict[tuple[QuestionKind, str | None], MissingField]:
    used = measures or (plain.duty(),)
    inputs = plain.inputs_of(
        plain.plain_reference(*used, **reference), [(line, found)], context=context
    )
    return {
        (one.question.kind, one.question.stage): one
        for one in missing_fields(plain.bench_of(inputs))
    }


KNOWN: dict[str, Any] = {"stock_days": 0.0}


def test_nothing_is_asked_where_everything_is_known() -> None:
    assert asked(plain.oxide_line(**KNOWN), plain.dysprosium()) == {}


def test_a_composition_in_doubt_is_asked_for_its_unsure_elements() -> None:
    unsure = replace(make.content("Dy"), fraction=Triple(0.0, 0.01, 0.04))
    found = make.found("1", unsure, make.content("Nd"), forms=("oxide",))
    line = replace(
        plain.oxide_line(**KNOWN),
        part_number="P-1",
        suppliers=(Supplier(name="Ochanomizu", country="CN"),),
    )

    one = asked(line, found, plain.duty(elements=["Dy"]))[QuestionKind.COMPOSITION, None]

    assert one.question == Question(
        kind=QuestionKind.COMPOSITION,
        line_id="1",
        part_number="P-1",
        description="part",
        suppliers=("Ochanomizu",),
        elements=("Dy",),
    )
    # Absent (0.3) leaves no interval; present leaves that of the duty alone, 0.496 to 0.776.
    width = 100.0 * (0.776**0.5 - 0.496**0.5)
    assert one.width_before == pytest.approx(100.0 * 0.776**0.5)
    assert one.width_after == pytest.approx(0.7 * width)
    assert one.upper_after == pytest.approx(0.7 * 100.0 * 0.776**0.5)
    assert one.shrinks == pytest.approx(one.width_before - one.width_after)


def test_a_composition_without_a_fraction_may_be_in_doubt_by_presence() -> None:
    unsure = replace(make.content("Dy"), fraction=None, presence=Triple(0.0, 0.5, 1.0))

    found = asked(plain.oxide_line(**KNOWN), make.found("1", unsure, forms=("oxide",)))

    assert (QuestionKind.COMPOSITION, None) in found


def test_an_unknown_origin_is_asked_for() -> None:
    # World output may be all Chinese or half; with a country it is neither.
    world = (
        make.mix_row(
            plain.S.SEPARATION,
            {"CN": 0.8, "MY": 0.2, "AU": 0.0},
            bounds={"CN": (0.4, 1.0), "MY": (0.0, 0.6), "AU": (0.0, 0.0)},
        ),
    )

    found = asked(plain.oxide_line(country=None, **KNOWN), plain.dysprosium(), world=world, feed=())

    assert found[QuestionKind.ORIGIN, None].shrinks > 5.0


def test_a_part_of_the_origin_may_be_known() -> None:
    line = replace(plain.oxide_line(**KNOWN), suppliers=(Supplier(country="MY", share=0.5),))

    found = asked(line, plain.dysprosium())

    # Half is Malaysian; the rest follows the world, 0.8 of it Chinese.
    assert found[QuestionKind.ORIGIN, None].upper_before > found[
        QuestionKind.ORIGIN, None
    ].upper_after  # fmt: skip


def wide(stage: Stage, other: str) -> MixRow:
    """Return feed in Japan, half Chinese, or none of it, or all."""
    bounds = {"CN": (0.0, 1.0), other: (0.0, 1.0)}
    return make.mix_row(stage, {"CN": 0.5, other: 0.5}, place="JP", bounds=bounds)


def test_countries_upstream_are_asked_for_unless_declared() -> None:
    found = make.found("1", make.content("Dy"), forms=("magnet",))
    feed = (wide(plain.S.MAGNET, "JP"), wide(plain.S.METAL, "MY"))
    unknown = plain.oxide_line(country="JP", **KNOWN)
    declared = plain.oxide_line(country="JP", sourcing=(("metal", "JP", 1.0),), **KNOWN)

    open_stages = set(asked(unknown, found, feed=feed))
    closed = set(asked(declared, found, feed=feed))

    assert (QuestionKind.SOURCING, "metal") in open_stages
    assert (QuestionKind.SOURCING, "magnet") not in open_stages
    assert (QuestionKind.SOURCING, "metal") not in closed
    assert (QuestionKind.SOURCING, "separation") in closed


def test_stock_is_asked_for_where_it_would_narrow_the_interval() -> None:
    ban = plain.duty(rules=(Rule(when="all", outcome=Outcome.PROHIBITED, applies=RuleApplies()),))
    unsure = replace(make.content("Dy"), fraction=Triple(0.0, 0.01, 0.04))
    found = make.found("1", unsure, forms=("oxide",))

    # Under a ban any stock lowers the upper end, while without dysprosium the lower end is 0.
    assert (QuestionKind.STOCK, None) in asked(plain.oxide_line(), found, ban)
    assert (QuestionKind.STOCK, None) not in asked(plain.oxide_line(**KNOWN), found, ban)
    assert (QuestionKind.STOCK, None) not in asked(
        plain.oxide_line(), found, ban, mitigation=plain.facts(stocks=())
    )


def test_the_form_is_asked_for_where_it_may_be_one_of_several() -> None:
    found = replace(plain.dysprosium(), forms=("oxide", "magnet"))
    duty = plain.duty(stages=[plain.R.MAGNET])

    assert (QuestionKind.FORM, None) in asked(plain.oxide_line(**KNOWN), found, duty)


def test_the_end_use_is_a_question_to_oneself() -> None:
    unknown = plain.question(end_use=EndUse.UNKNOWN)

    found = asked(plain.oxide_line(**KNOWN), plain.dysprosium(), context=unknown)

    one = found[QuestionKind.END_USE, None]
    assert one.question == Question(kind=QuestionKind.END_USE, line_id=None)


def test_a_certainly_military_sector_leaves_no_doubt() -> None:
    unknown = plain.question(end_use=EndUse.UNKNOWN)
    sectors = [make.sector("defence", military_prior=1.0)]

    found = asked(
        plain.oxide_line(sector="defence", **KNOWN),
        plain.dysprosium(),
        context=unknown,
        sectors=sectors,
    )

    # Civil has no probability; knowing that it is military shrinks the interval from below.
    assert found[QuestionKind.END_USE, None].shrinks > 0.0


def test_nothing_is_asked_about_a_product_without_rare_earths() -> None:
    unknown = plain.question(end_use=EndUse.UNKNOWN)

    assert asked(plain.oxide_line(), make.found("1"), context=unknown) == {}


def test_an_answer_that_would_not_show_is_not_asked_for() -> None:
    # Nothing restricts anything, so nothing is worth knowing.
    free = plain.inputs_of(
        plain.plain_reference(), [(plain.oxide_line(country=None), plain.dysprosium())]
    )

    assert missing_fields(plain.bench_of(free)) == ()
