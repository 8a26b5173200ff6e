"""Which lines a rule on sending on reaches, and what is left to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.abroad import NOTHING_ABROAD, AbroadReport, Reached
from app.domain.bom import BomLine
from app.domain.controls import ControlMeasure, DeMinimis, Extraterritorial, RegisterStage
from app.domain.exposure import IdentifiedLine
from app.domain.provenance import Basis
from app.domain.reference import ReferenceData
from app.domain.supply import Price, Stage
from app.domain.triple import Triple
from app.scoring.evaluation import Evaluation
from app.scoring.reexport import abroad_report
from tests import factories as make

SENDING_ON = Extraterritorial.CHINESE_ORIGIN_REEXPORT
MADE_ABROAD = Extraterritorial.FOREIGN_MADE_DE_MINIMIS
TECHNOLOGY = Extraterritorial.FOREIGN_MADE_TECHNOLOGY


def sending_on(**changes: object) -> ControlMeasure:
    return make.measure(
        "A-5",
        elements=("Dy",),
        stages=(RegisterStage.MAGNET, RegisterStage.OXIDE),
        extraterritorial=(SENDING_ON,),
        **changes,  # type: ignore[arg-type]  # named as in the factory
    )


def made_abroad(*ways: Extraterritorial) -> ControlMeasure:
    measure = make.measure(
        "A-6",
        elements=("Dy",),
        stages=(RegisterStage.MAGNET,),
        extraterritorial=ways or (MADE_ABROAD,),
    )
    limit = DeMinimis(basis="value", threshold=Decimal("0.001"))
    return replace(measure, scope=replace(measure.scope, de_minimis=limit))


def data(*measures: ControlMeasure) -> ReferenceData:
    price = Price(
        element="Dy", usd_per_kg=Triple(100.0, 200.0, 400.0), product="oxide", market="FOB",
        reference="2025", known_from=make.LONG_AGO, provenance=make.SURE,
    )  # fmt: skip
    return make.reference(*measures, supply_side=replace(make.supply(), prices={"Dy": price}))


def report(
    reference: ReferenceData,
    *lines: tuple[BomLine, IdentifiedLine],
    end_user: str | None = None,
    days_ago: int = 0,
) -> AbroadReport:
    context = make.context(end_user=end_user)
    context = replace(context, known_on=context.known_on - timedelta(days=days_ago))
    return abroad_report(
        make.bom(*(line for line, _ in lines)),
        tuple(found for _, found in lines),
        Evaluation(reference, context),
    )


def magnet(
    line_id: str = "1",
    *,
    suppliers: Mapping[str, float] | None = None,
    sourcing: Sequence[tuple[str, str, float]] = (),
    recycled: float = 0.0,
    price: int | None = None,
    forms: Sequence[str] = ("magnet",),
    presence: Triple | None = None,
    element: str = "Dy",
) -> tuple[BomLine, IdentifiedLine]:
    line = make.line(line_id, suppliers=suppliers, sourcing=sourcing, recycled_share=recycled)
    if price is not None:
        line = replace(line, unit_price=Decimal(price), currency="USD")
    content = make.content(element, presence=presence or Triple.exactly(1.0))
    return line, make.found(line_id, content, forms=forms)


@pytest.mark.parametrize(
    ("case", "share", "basis", "reached"),
    [
        (magnet(suppliers={"A": 1.0}), 1.0, Basis.DECLARED, Reached.YES),
        # Plants of B buy 0.7 of their oxide in A.
        (magnet(suppliers={"B": 1.0}), 0.7, Basis.DERIVED, Reached.CANNOT_TELL),
        (magnet(suppliers={"A": 0.5, "B": 0.5}), 0.85, Basis.DERIVED, Reached.CANNOT_TELL),
        # 0.8 of the world's magnets come from A, 0.2 from B.
        (magnet(), 0.94, Basis.DERIVED, Reached.CANNOT_TELL),
        (
            magnet(suppliers={"B": 1.0}, sourcing=[("separation", "B", 1.0)]),
            0.0, Basis.DECLARED, Reached.NO,
        ),
        (
            magnet(suppliers={"B": 1.0}, sourcing=[("separation", "A", 1.0)]),
            1.0, Basis.DECLARED, Reached.YES,
        ),
        (
            magnet(suppliers={"B": 1.0}, sourcing=[("separation", "B", 0.5)]),
            0.35, Basis.DERIVED, Reached.CANNOT_TELL,
        ),
        (magnet(suppliers={"A": 1.0}, recycled=0.4), 0.6, Basis.DECLARED, Reached.CANNOT_TELL),
        (
            magnet(suppliers={"A": 1.0}, presence=Triple(0.0, 0.5, 1.0)),
            1.0, Basis.DECLARED, Reached.CANNOT_TELL,
        ),
    ],
)  # fmt: skip
def test_origin_decides_whether_sending_on_is_reached(
    case: tuple[BomLine, IdentifiedLine], share: float, basis: Basis, reached: Reached
) -> None:
    (entry,) = report(data(sending_on()), case).reexport

    assert entry.origin.share == pytest.approx(share, abs=1e-12)
    assert entry.origin.basis is basis
    assert entry.reached is reached
    assert entry.elements == ("Dy",)


def test_goods_that_are_no_item_are_left_out() -> None:
    assert report(data(sending_on()), magnet(element="Nd")).reexport == ()


def test_without_such_a_measure_there_is_nothing_to_say() -> None:
    assert report(data(make.measure()), magnet()) == NOTHING_ABROAD


def test_a_measure_that_nobody_could_know_says_nothing() -> None:
    assert report(data(sending_on()), magnet(), days_ago=401) == NOTHING_ABROAD


def test_goods_without_any_figures_may_come_from_the_issuer() -> None:
    bare = make.supply(world=[make.mix_row(Stage.MAGNET, {"A": 1.0}, elements=("Nd",))])
    reference = replace(data(sending_on()), supply=bare)

    (entry,) = report(reference, magnet(suppliers={"B": 1.0})).reexport

    assert entry.origin.share == 1.0


def test_the_value_test_needs_material_of_the_issuer() -> None:
    reference = data(made_abroad())
    foreign = magnet("2", suppliers={"B": 1.0}, sourcing=[("separation", "B", 1.0)], price=100)

    first, second = report(reference, magnet(suppliers={"B": 1.0}, price=100), foreign).de_minimis

    assert (first.outcome, second.outcome) == ("caught", "not_caught")
    assert second.why == "by the declared shares none of the material comes from A"
    assert first.low == second.low == 1


def test_a_product_with_a_price_is_tested_itself() -> None:
    reference = data(replace(sending_on(), announcement="A-6"), made_abroad())
    oxide = reference.register.measures["A-5"].scope.items[0]
    only_oxide = replace(oxide, stages=frozenset({RegisterStage.OXIDE}))
    material = reference.register.measures["A-5"]
    material = replace(material, scope=replace(material.scope, items=(only_oxide,)))
    reference = replace(
        reference, register=make.register(material, reference.register.measures["A-6"])
    )
    line, found = magnet(suppliers={"A": 1.0}, forms=("oxide",), price=10)
    bom = replace(make.bom(line), unit_price=Decimal(1000), currency="USD")

    tests = abroad_report(bom, (found,), Evaluation(reference, make.context())).de_minimis

    assert [(test.line_id, test.outcome) for test in tests] == [
        (None, "caught"),
        ("1", "not_caught"),
    ]


def test_a_line_without_rare_earths_is_not_tested() -> None:
    plain = (make.line("0"), make.found("0"))

    assert report(data(made_abroad(), sending_on()), plain) == NOTHING_ABROAD


def codes(found: AbroadReport) -> dict[str, tuple[str, ...]]:
    return {question.code: question.line_ids for question in found.questions}


def test_each_open_point_is_asked_once_with_its_lines() -> None:
    reference = data(sending_on(), made_abroad(MADE_ABROAD, TECHNOLOGY))
    lines = (
        magnet("1", suppliers={"A": 1.0}, price=100),
        magnet("2", suppliers={"B": 1.0}),
        magnet("3", suppliers={"B": 1.0}, price=100, presence=Triple(0.0, 0.5, 1.0)),
        magnet("4", suppliers={"B": 1.0}, price=100, sourcing=[("separation", "B", 1.0)]),
        magnet("5", suppliers={"A": 1.0}, forms=("oxide",)),
        magnet("6", element="Nd"),
    )

    assert codes(report(reference, *lines)) == {
        "origin": ("2", "3"),
        "content": ("3",),
        "price": ("2",),
        "technology": ("1", "2", "3", "4"),
        "end_user": ("1", "2", "3", "4", "5"),
    }


def test_a_named_end_user_is_not_asked_for() -> None:
    asked = codes(report(data(sending_on()), magnet(), end_user="Example Works"))

    assert asked == {"origin": ("1",)}


def test_goods_without_the_issuers_material_leave_nothing_to_ask() -> None:
    foreign = magnet(suppliers={"B": 1.0}, sourcing=[("separation", "B", 1.0)])

    assert report(data(sending_on()), foreign).questions == ()
