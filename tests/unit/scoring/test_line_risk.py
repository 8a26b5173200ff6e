"""One element in one line: sourcing, unknown origin and form, presence, all three ends."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from app.domain.bom import BomLine
from app.domain.controls import Outcome, RegisterStage, Rule, RuleApplies
from app.domain.exposure import ElementContent
from app.domain.methodology import Methodology
from app.domain.places import RECYCLED
from app.domain.reference import ReferenceData
from app.domain.supply import ImportRelianceRow, MixRow, Stage
from app.domain.triple import ONE, ZERO, Side, Triple
from app.scoring.attribution import Severity
from app.scoring.evaluation import Evaluation, without_protection
from app.scoring.goods import ScoredLine
from app.scoring.kernel import NO_BUFFER, Buffer
from app.scoring.line_risk import (
    MARKET,
    SINGLE_SUPPLIER,
    ElementRisk,
    single_origins,
    split_risk,
)
from app.scoring.scored_lines import scored_lines
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT

BAN = (Rule(when="always", outcome=Outcome.PROHIBITED, applies=RuleApplies()),)
OXIDE_BAN = make.measure("A-1", stages=[RegisterStage.OXIDE], rules=BAN)


def quiet() -> Methodology:
    """Return the method without structural risk, scarcity and supplier risk: r is S alone."""
    return make.with_parameters(crossings.no_structural_risk(), kappa=ZERO, o_max=ZERO)


def _data(*rows: MixRow, reliance: Triple | None = None, **supply: object) -> ReferenceData:
    found = make.supply(destination_mixes=rows, **supply)  # type: ignore[arg-type]  # named as in the factory
    if reliance is not None:
        row = ImportRelianceRow(
            destination="C",
            stage=Stage.SEPARATION,
            elements=frozenset({"Dy"}),
            value=reliance,
            provenance=make.SURE,
        )
        found = replace(found, import_reliance=(row,))
    return make.reference(OXIDE_BAN, supply_side=found, methodology=quiet())


def _scored(
    data: ReferenceData,
    line: BomLine,
    *contents: ElementContent,
    forms: tuple[str, ...] = ("oxide",),
) -> ScoredLine:
    found = make.found("1", *(contents or (make.content(),)), forms=forms)
    (scored,) = scored_lines(make.bom(line), (found,), data, make.context())
    return scored


def _risks(
    data: ReferenceData,
    line: BomLine,
    *contents: ElementContent,
    forms: tuple[str, ...] = ("oxide",),
) -> dict[str, tuple[float, float, float]]:
    scored = _scored(data, line, *contents, forms=forms)
    return {one.content.symbol: one.risks for one in Evaluation(data, make.context()).line(scored)}


def _nominal(data: ReferenceData, line: BomLine, forms: tuple[str, ...] = ("oxide",)) -> float:
    return _risks(data, line, forms=forms)["Dy"][1]


def test_declared_suppliers_count_by_their_shares() -> None:
    # A bans its oxide; B's is free.
    assert _nominal(_data(), make.line(suppliers={"A": 0.3, "B": 0.7})) == pytest.approx(0.3)


def test_recycled_material_crosses_no_control() -> None:
    line = make.line(suppliers={"A": 1.0}, recycled_share=0.4)

    assert _nominal(_data(), line) == pytest.approx(0.6, abs=EXACT)


def test_a_supplier_in_the_bloc_of_the_destination_crosses_no_border() -> None:
    assert _nominal(_data(), make.line(suppliers={"C": 1.0})) == pytest.approx(0.9, abs=EXACT)
    world = (make.mix_row(Stage.SEPARATION, {"A": 0.9, "C": 0.1}),)
    assert _nominal(_data(world=world), make.line(suppliers={"C": 1.0})) == 0.0


def test_unknown_origin_takes_the_world_where_the_destination_tells_nothing() -> None:
    assert _nominal(_data(), make.line()) == pytest.approx(0.9, abs=EXACT)


def test_unknown_origin_blends_world_and_destination_by_import_reliance() -> None:
    sourcing = make.mix_row(Stage.SEPARATION, {"A": 0.2, "B": 0.8}, place="C")
    half = Triple.exactly(0.5)

    # Reliance 1 (not known): one half each. Reliance 0.5: a quarter of the world.
    assert _nominal(_data(sourcing), make.line()) == pytest.approx(0.5 * 0.9 + 0.5 * 0.2)
    assert _nominal(_data(sourcing, reliance=half), make.line()) == pytest.approx(
        0.25 * 0.9 + 0.75 * 0.2
    )


@pytest.mark.parametrize(
    ("own", "low", "high"),
    [
        # The world is worse than the own sourcing: less reliance is favourable.
        (0.2, 0.1 * 0.9 + 0.9 * 0.2, 0.5 * 0.9 + 0.5 * 0.2),
        # The world is better: more reliance is favourable.
        (1.0, 0.5 * 0.9 + 0.5 * 1.0, 0.1 * 0.9 + 0.9 * 1.0),
    ],
)
def test_import_reliance_is_taken_at_the_end_that_counts(
    own: float, low: float, high: float
) -> None:
    shares = {"A": own, "B": 1.0 - own} if own < 1.0 else {"A": 1.0}
    sourcing = make.mix_row(Stage.SEPARATION, shares, place="C")

    found = _risks(_data(sourcing, reliance=Triple(0.2, 0.6, 1.0)), make.line())["Dy"]

    assert found == pytest.approx((low, 0.3 * 0.9 + 0.7 * own, high), abs=EXACT)


def test_unknown_origin_shifts_the_shares_of_the_world_inside_their_bounds() -> None:
    bounds = {"A": (0.6, 0.95), "B": (0.05, 0.4)}
    world = (make.mix_row(Stage.SEPARATION, {"A": 0.9, "B": 0.1}, bounds=bounds),)

    assert _risks(_data(world=world), make.line())["Dy"] == pytest.approx((0.6, 0.9, 0.95))


def test_an_unknown_form_takes_the_worst_and_spans_all() -> None:
    # As an oxide from B the goods are free; as a magnet from B 0.7 of the oxide inside is not.
    found = _risks(_data(), make.line(suppliers={"B": 1.0}), forms=("oxide", "magnet"))["Dy"]

    assert found == pytest.approx((0.0, 0.7, 0.7), abs=EXACT)


def test_a_form_of_which_nothing_is_known_is_left_out() -> None:
    world = (make.mix_row(Stage.SEPARATION, {"A": 1.0}),)
    only_compounds = {**make.CHAINS, "compound": replace(
        make.CHAINS["oxide"], form="compound", stages=(Stage.COMPOUND,)
    )}  # fmt: skip
    data = _data(world=world, chains=only_compounds)

    assert _nominal(data, make.line(), forms=("compound", "oxide")) == 1.0
    assert _nominal(data, make.line(), forms=("compound",)) == 0.0


@pytest.mark.parametrize(
    ("presence", "fraction", "expected"),
    [
        (ONE, ONE, (0.9, 0.9, 0.9)),
        (Triple(0.0, 0.5, 1.0), None, (0.0, 0.45, 0.9)),
        (ONE, Triple(0.0, 0.02, 0.05), (0.0, 0.9, 0.9)),
        (ONE, Triple(0.0, 0.0, 0.05), (0.0, 0.0, 0.9)),
    ],
)
def test_presence_multiplies_the_risk_at_each_end(
    presence: Triple, fraction: Triple | None, expected: tuple[float, float, float]
) -> None:
    content = make.content(presence=presence, fraction=fraction)

    assert _risks(_data(), make.line(), content)["Dy"] == pytest.approx(expected, abs=EXACT)


def test_an_element_that_may_be_absent_controls_the_magnet_only_where_it_is_there() -> None:
    ban = make.measure("A-1", elements=["Dy"], stages=[RegisterStage.MAGNET], rules=BAN)
    data = make.reference(ban, methodology=quiet())
    dysprosium = make.content("Dy", fraction=Triple(0.0, 0.02, 0.05))
    line = make.line(suppliers={"A": 1.0})

    found = _risks(data, line, dysprosium, make.content("Nd"), forms=("magnet",))

    # Without dysprosium nothing spills over at the favourable end, either.
    assert found["Nd"] == pytest.approx((0.0, 1.0, 1.0), abs=EXACT)


def test_the_three_terms_combine_as_independent_stops() -> None:
    data = make.reference(make.measure(timeline=make.in_force_for(130)))
    line = _scored(data, make.line(suppliers={"A": 1.0}))

    found = Evaluation(data, make.context()).line(line)[0].nominal

    together = 1.0 - (1.0 - found.path) * (1.0 - found.market) * (1.0 - found.supplier)
    assert found.risk == pytest.approx(together, abs=EXACT)
    assert min(found.path, found.market, found.supplier) > 0.0
    assert math.fsum(found.causes.values()) == pytest.approx(found.risk, abs=EXACT)


def test_a_risk_is_split_by_the_logarithms_of_its_terms() -> None:
    path = Severity(0.5, own=((("M", "metal", "A", "C"), 0.3), (("N", "metal", "A", "C"), 0.2)))

    found = split_risk(0.6, path, 0.2, 0.0)

    logs = (math.log(2.0), -math.log(0.8))
    of_path = 0.6 * logs[0] / sum(logs)
    assert found[("M", "metal", "A", "C")] == pytest.approx(0.6 * of_path, abs=EXACT)
    assert found[("N", "metal", "A", "C")] == pytest.approx(0.4 * of_path, abs=EXACT)
    assert found[MARKET] == pytest.approx(0.6 * logs[1] / sum(logs), abs=EXACT)
    assert SINGLE_SUPPLIER not in found


def test_no_risk_has_no_causes() -> None:
    assert split_risk(0.0, Severity(0.0), 0.0, 0.0) == {}


def test_a_certain_stop_can_be_split() -> None:
    found = split_risk(1.0, Severity(1.0, own=((("M", "metal", "A", "C"), 1.0),)), 0.5, 0.1)

    assert math.fsum(found.values()) == pytest.approx(1.0, abs=EXACT)
    assert found[("M", "metal", "A", "C")] > 0.9


def test_evaluations_that_explain_nothing_name_no_causes() -> None:
    data = _data()
    line = _scored(data, make.line())
    evaluator = Evaluation(data, make.context()).evaluator(Side.HIGH)

    found: ElementRisk = evaluator.risk(line, line.contents[0])

    assert found.risk == pytest.approx(0.9)
    assert found.causes == {}


def test_single_origins_are_those_who_make_the_goods() -> None:
    data = _data()
    evaluator = Evaluation(data, make.context()).evaluator(Side.NOMINAL)
    chain = data.supply.chains["oxide"]

    found = single_origins(evaluator.paths(_scored(data, make.line()), chain), "Dy")

    assert found == pytest.approx({"A": 1.0, "B": 0.0}, abs=EXACT)


def test_without_protection_takes_away_what_is_asked() -> None:
    data = _data()
    line = _scored(data, make.line(stock_days=30.0, bridges=[(60.0, 0.5)], recycled_share=0.25))

    bare = without_protection(line, ("recycled", "inventory", "bridges"))
    no_stock = without_protection(line, ("inventory",))

    assert bare.buffer == NO_BUFFER
    assert RECYCLED not in {origin.country for origin in bare.origins}
    assert no_stock.buffer == Buffer(0.0, line.buffer.bridges)
    assert no_stock.origins == line.origins
    assert without_protection(line, ()) == line
