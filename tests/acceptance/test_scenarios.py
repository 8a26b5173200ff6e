"""What-ifs and actions against tables worked out by hand: the files in `scenarios/`."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from app.api.examples import example_text
from app.api.patches import patches_from
from app.api.requests import bom_from, context_from, read_assessment_request
from app.api.schemas.patches import PatchBody
from app.batch.pipeline import Engine, build_engine
from app.domain.bom import BomLine, Supplier
from app.domain.controls import (
    ControlBasis,
    ControlMeasure,
    EventBasis,
    MeasureType,
    Outcome,
    RegisterStage,
    Rule,
    RuleApplies,
    TimelineStatus,
)
from app.domain.elements import RARE_EARTHS
from app.domain.exposure import IdentifiedLine
from app.domain.triple import Triple
from app.refdata.load import load_reference_data
from app.scoring.builtin_scenarios import Builtin, Choices, builtin_patches
from app.scoring.counterfactual import Target, TargetKind, counterfactuals
from app.scoring.mitigation import all_candidates, ranked_actions
from app.scoring.patches import Inputs, Patch
from app.scoring.scenarios import Scenarios
from app.scoring.stress_calendar import stress_calendars
from tests import factories as make
from tests import plain_world as plain

FOLDER = Path(__file__).parent / "scenarios"
Row = dict[str, Any]
PATCHES: TypeAdapter[list[PatchBody]] = TypeAdapter(list[PatchBody])
CLOSE = 1e-6


@cache
def table(name: str) -> Row:
    found: Row = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def rows(name: str, key: str = "cases") -> list[Row]:
    return list(table(name)[key])


def named(row: Row) -> str:
    return str(row["id"])


# ------------------------------------------------------------------------ the plain world


def measure_of(row: Row) -> ControlMeasure:
    """Return one Chinese measure in the state that a row describes."""
    known = make.TODAY - timedelta(days=100)
    timeline = make.in_force_for(int(row.get("age", 400)))
    if "suspended_until" in row:
        until = make.event(
            row["suspended_until"],
            TimelineStatus.IN_FORCE,
            basis=EventBasis.SCHEDULED,
            known_from=known,
        )
        timeline = (*timeline, make.event(known, TimelineStatus.SUSPENDED), until)
    if "announced_for" in row:
        timeline = (
            make.event(known, TimelineStatus.ANNOUNCED),
            make.event(row["announced_for"], TimelineStatus.IN_FORCE, known_from=known),
        )
    ban, facilitation = row.get("ban", False), row.get("facilitation", False)
    outcome = Outcome.PROHIBITED if ban else Outcome.LICENCE
    kinds = {
        (False, False): MeasureType.LICENCE_REQUIREMENT,
        (True, False): MeasureType.PROHIBITION,
        (False, True): MeasureType.FACILITATION,
    }
    return make.measure(
        row["id"],
        exporter="CN",
        timeline=timeline,
        type=kinds[ban, facilitation],
        control_basis=ControlBasis.DUAL_USE,
        elements=row.get("elements", RARE_EARTHS),
        stages=[RegisterStage(name) for name in row.get("stages", RegisterStage)],
        rules=(Rule(when="every export", outcome=outcome, applies=RuleApplies()),),
    )


def line_of(row: Row, place: int) -> tuple[BomLine, IdentifiedLine]:
    """Return one line as a row describes it; Chinese dysprosium oxide by default."""
    line_id = row.get("id", str(place + 1))
    country = row.get("country", "CN")
    shares = row.get("suppliers", {country: 1.0} if country else {})
    line = BomLine(
        line_id=line_id,
        quantity=1.0,
        suppliers=tuple(Supplier(country=one, share=share) for one, share in shares.items()),
        stock_days=row.get("stock_days"),
        lead_time_days=row.get("lead_time_days"),
    )
    contents = [make.content(symbol) for symbol in row.get("elements", ["Dy"])]
    found = make.found(line_id, *contents, forms=(row.get("form", "oxide"),))
    return line, IdentifiedLine(
        **{
            field: getattr(found, field)
            for field in IdentifiedLine.__dataclass_fields__
            if field != "material"
        },
        material=row.get("material"),
    )


def inputs_of(row: Row) -> Inputs:
    measures = [measure_of(one) for one in row.get("measures", [{"id": "CN-1"}])]
    kappa = Triple.exactly(float(row.get("kappa", 0.0)))
    ferrite = plain.material("ferrite", fractions={}, form=None, grade_suffix=None)
    reference = plain.plain_reference(
        *measures,
        methodology=plain.plain_methodology(kappa=kappa),
        identification=plain.known_materials(plain.material(), ferrite),
        mitigation=plain.facts(plain.alternative()),
    )
    lines = [line_of(one, place) for place, one in enumerate(row.get("lines", [{}]))]
    return plain.inputs_of(reference, lines)


def patches_of(row: Row, inputs: Inputs) -> tuple[Patch, ...]:
    patches: list[Patch] = []
    if "builtin" in row:
        choices = Choices(element=row.get("element"))
        patches.extend(builtin_patches(Builtin(row["builtin"]), inputs, choices))
    text = json.dumps(row.get("patches", []), default=str)
    for place, body in enumerate(PATCHES.validate_json(text)):
        patches.extend(patches_from(body, inputs, place=place))
    return tuple(patches)


BY_HAND = [*rows("law"), *rows("goods"), *rows("builtin")]


def test_the_tables_are_as_long_as_promised() -> None:
    keys = ("actions", "changes", "stops", "calendar")
    everything = [
        *BY_HAND,
        *rows("shipped"),
        *(row for key in keys for row in rows("actions", key)),
    ]

    assert len(everything) >= 80
    assert len({(row["id"], str(row)) for row in everything}) == len(everything)
    assert all(len(str(row["because"])) > 10 for row in everything)


@pytest.mark.parametrize("row", BY_HAND, ids=named)
def test_a_what_if_gives_the_risk_worked_out_by_hand(row: Row) -> None:
    inputs = inputs_of(row)

    result = Scenarios(inputs).run(row["id"], patches_of(row, inputs))

    assert result.bom.before.risk.nominal == pytest.approx(row["before"], abs=CLOSE)
    assert result.bom.after.risk.nominal == pytest.approx(row["after"], abs=CLOSE)


@pytest.mark.parametrize("row", rows("actions", "actions"), ids=named)
def test_an_action_leaves_the_risk_worked_out_by_hand(row: Row) -> None:
    bench = plain.bench_of(inputs_of(row))

    actions = {one.candidate.id: one for one in ranked_actions(bench, all_candidates(bench))}

    risk = (actions[row["id"]].after / 100.0) ** 2
    assert risk == pytest.approx(row["after"], abs=CLOSE)


@pytest.mark.parametrize("row", rows("actions", "changes"), ids=named)
def test_the_smallest_change_is_the_one_worked_out_by_hand(row: Row) -> None:
    bench = plain.bench_of(inputs_of(row))
    target = Target(TargetKind.BOM, "", row["band"])

    found = {one.lever: one for one in counterfactuals(bench, target)}[row["lever"]]

    assert found.reaches is (row["values"] is not None)
    if row["values"]:
        assert found.value is not None
        assert row["values"][0] <= found.value <= row["values"][1]
    else:
        assert found.value is None


@pytest.mark.parametrize("row", rows("actions", "stops"), ids=named)
def test_a_line_stops_on_the_day_worked_out_by_hand(row: Row) -> None:
    bench = plain.bench_of(inputs_of(row))

    (stop,) = stress_calendars(bench, ())[0].stops

    assert stop.stops_on == row["stops_on"]
    assert stop.resumes_on == row["resumes_on"]
    assert stop.stops_on_if_slow == row["if_slow"]


@pytest.mark.parametrize("row", rows("actions", "calendar"), ids=named)
def test_a_year_has_the_days_worked_out_by_hand(row: Row) -> None:
    bench = plain.bench_of(inputs_of(row))

    months = stress_calendars(bench, ())[0].months

    assert [month.product_days for month in months] == pytest.approx(row["days"], abs=CLOSE)
    assert months[0].from_day == make.TODAY
    assert months[-1].to_day == date(2027, 3, 1)


# ------------------------------------------------------------------------ the shipped data


@cache
def engine() -> Engine:
    return build_engine(load_reference_data())


@cache
def shipped(example: str) -> Scenarios:
    used = engine()
    request = read_assessment_request(
        example_text(example).encode(), used.vocabulary, most_lines=1000
    )
    bom = bom_from(request.bom, used.vocabulary)
    context = context_from(request, today_utc=make.TODAY, default_destination=None)
    inputs = Inputs(
        bom=bom, identified=used.identify(bom), reference=used.reference, context=context
    )
    return Scenarios(inputs, sectors=False)


@pytest.mark.parametrize("row", rows("shipped"), ids=named)
def test_a_what_if_over_the_shipped_data_goes_the_right_way(row: Row) -> None:
    scenarios = shipped(row["example"])

    result = scenarios.run(row["id"], patches_of(row, scenarios.inputs))

    deltas = {change.key: change.delta for change in result.elements}
    assert {symbol: deltas[symbol] > 0.0 for symbol in row.get("rises", ())} == dict.fromkeys(
        row.get("rises", ()), True
    )
    assert {symbol: deltas[symbol] < 0.0 for symbol in row.get("falls", ())} == dict.fromkeys(
        row.get("falls", ()), True
    )
    assert {symbol: deltas[symbol] == 0.0 for symbol in row.get("stays", ())} == dict.fromkeys(
        row.get("stays", ()), True
    )
    more = row.get("more", ())
    assert all(deltas[one] > deltas[two] for one, two in pairwise(more))
