"""Rules of other countries act on the score where they should, and general licences lapse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from app.domain.bom import BomLine, SourcingShare, Supplier
from app.domain.reference import ReferenceData
from app.domain.triple import Side
from app.scoring.engine import Ends
from app.scoring.evaluation import Evaluation
from app.scoring.scale import score_of
from app.scoring.scored_lines import scored_lines
from tests import product_factories as make
from tests.validation.probes import question, shipped_reference

#: What rounding leaves of equal scores.
SAME = 1e-9

#: Points that a rule adds where it stops nothing: it is one restriction more, and it hits others,
#: so that a market is a little scarcer.
NEXT_TO_NOTHING = 0.2


def without(measure_id: str) -> ReferenceData:
    """Return the shipped data as if one measure had never been."""
    reference = shipped_reference()
    measures = {key: one for key, one in reference.register.measures.items() if key != measure_id}
    assert len(measures) == len(reference.register.measures) - 1
    register = replace(reference.register, measures=MappingProxyType(measures))
    return replace(reference, register=register)


def score(
    element: str,
    form: str,
    *,
    supplier: str,
    destination: str,
    as_of: date,
    reference: ReferenceData | None = None,
    stages: dict[str, str] | None = None,
    licence_to: date | None = None,
) -> float:
    """Return the nominal score of a line of one element from a supplier's country."""
    used = reference or shipped_reference()
    context = question(destination, as_of)
    line = BomLine(
        line_id="1",
        quantity=1.0,
        suppliers=(Supplier(country=supplier, general_licence_valid_to=licence_to),),
        sourcing=tuple(
            SourcingShare(stage=stage, country=country, share=1.0)
            for stage, country in (stages or {}).items()
        ),
    )
    identified = (make.found("1", make.content(element), forms=(form,)),)
    (scored,) = scored_lines(make.bom(line), identified, used, context)
    evaluator = Evaluation(used, context).variant(Ends.all_at(Side.NOMINAL), explains=False)
    gamma = used.methodology.parameters.gamma
    return score_of(evaluator.risk(scored, scored.contents[0]).risk, gamma=gamma)


# --------------------------------------------------------------------------- other countries


@pytest.mark.parametrize(
    ("measure", "element", "supplier", "destination", "before", "since"),
    [
        ("VN-LAW-2025", "Nd", "VN", "JP", date(2020, 12, 31), date(2026, 3, 1)),
        ("VN-LAW-2025", "Dy", "VN", "KR", date(2020, 12, 31), date(2022, 3, 1)),
        ("MY-MORATORIUM-2024", "La", "MY", "CN", date(2023, 9, 10), date(2024, 1, 1)),
        ("MY-MORATORIUM-2024", "Nd", "MY", "JP", date(2023, 9, 10), date(2026, 3, 1)),
    ],
)
def test_a_ban_of_raw_ore_acts_on_ore_of_that_country_once_it_is_known(
    measure: str, element: str, supplier: str, destination: str, before: date, since: date
) -> None:
    def with_and_without(form: str, as_of: date) -> tuple[float, float]:
        banned, free = (
            score(element, form, supplier=supplier, destination=destination, as_of=as_of,
                  reference=reference)
            for reference in (None, without(measure))
        )  # fmt: skip
        return banned, free

    banned, free = with_and_without("ore", since)
    assert banned > free + 10
    banned, free = with_and_without("ore", before)
    assert banned == pytest.approx(free, abs=SAME)


@pytest.mark.parametrize(
    ("supplier", "measure"), [("VN", "VN-LAW-2025"), ("MY", "MY-MORATORIUM-2024")]
)
def test_a_ban_of_raw_ore_stops_no_separated_goods_of_that_country(
    supplier: str, measure: str
) -> None:
    stages = {"mining": "AU", "separation": supplier}
    day = date(2026, 3, 1)

    banned, free = (
        score("Nd", "oxide", supplier=supplier, destination="JP", as_of=day, stages=stages,
              reference=reference)
        for reference in (None, without(measure))
    )  # fmt: skip

    assert 0.0 <= banned - free < NEXT_TO_NOTHING


def test_indias_request_acts_on_neodymium_from_india_to_japan_and_nowhere_else() -> None:
    def gain(element: str, destination: str, as_of: date) -> float:
        stages = {"mining": "IN", "separation": "IN"}
        asked, free = (
            score(element, "oxide", supplier="IN", destination=destination, as_of=as_of,
                  stages=stages, reference=reference)
            for reference in (None, without("IN-IREL-2025"))
        )  # fmt: skip
        return asked - free

    assert gain("Nd", "JP", date(2025, 7, 1)) > 1.0
    assert gain("Pr", "JP", date(2025, 7, 1)) > 1.0
    assert gain("Nd", "JP", date(2025, 6, 12)) == pytest.approx(0.0, abs=SAME)
    assert 0.0 <= gain("Nd", "DE", date(2025, 7, 1)) < NEXT_TO_NOTHING
    assert gain("La", "JP", date(2025, 7, 1)) == pytest.approx(0.0, abs=SAME)


def test_myanmars_war_acts_on_heavy_feed_of_china_and_on_no_other() -> None:
    def gain(element: str, mined_in: str, as_of: date) -> float:
        stages = {"mining": mined_in, "separation": "CN"}
        disrupted, free = (
            score(element, "oxide", supplier="CN", destination="JP", as_of=as_of, stages=stages,
                  reference=reference)
            for reference in (None, without("MM-KACHIN-2024"))
        )  # fmt: skip
        return disrupted - free

    assert gain("Dy", "MM", date(2025, 2, 1)) > 0.0
    assert gain("Dy", "MM", date(2024, 9, 30)) == pytest.approx(0.0, abs=SAME)
    assert gain("Dy", "AU", date(2025, 2, 1)) == pytest.approx(0.0, abs=SAME)
    assert gain("Nd", "MM", date(2025, 2, 1)) == pytest.approx(0.0, abs=SAME)


# --------------------------------------------------------------------------- general licences

#: Last day of the first general licences: given on 2 December 2025, for a year.
LAST_DAY = date(2026, 12, 1)


def magnet(as_of: date, licence_to: date | None) -> float:
    return score(
        "Dy", "magnet", supplier="CN", destination="DE", as_of=as_of, licence_to=licence_to
    )


def test_a_general_licence_that_a_supplier_declares_lowers_the_score_while_it_runs() -> None:
    day = date(2026, 3, 1)

    assert magnet(day, LAST_DAY) < magnet(day, None) - 15


def test_the_licences_of_december_2025_count_for_nothing_from_2_december_2026() -> None:
    day = date(2026, 12, 2)

    assert magnet(day, LAST_DAY) == magnet(day, None)
    assert magnet(day, date(2027, 12, 1)) < magnet(day, None) - 15


def test_a_licence_helps_less_the_nearer_its_end_and_no_renewal_is_assumed() -> None:
    days = [date(2026, 6, 1), date(2026, 8, 1), date(2026, 10, 1), date(2026, 11, 1), LAST_DAY]

    helps = [magnet(day, None) - magnet(day, LAST_DAY) for day in days]

    assert helps == sorted(helps, reverse=True)
    assert helps[0] > 20
    assert helps[-1] == pytest.approx(0.0, abs=SAME)


def test_a_licence_of_goods_that_need_none_changes_nothing() -> None:
    day = date(2026, 3, 1)

    with_it, without_it = (
        score("Nd", "magnet", supplier="CN", destination="DE", as_of=day, licence_to=licence)
        for licence in (LAST_DAY, None)
    )

    assert with_it <= without_it
    assert without_it - with_it < magnet(day, None) - magnet(day, LAST_DAY)
