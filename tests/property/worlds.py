"""A small invented world with a question, and what the core makes of it at each end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.bom import Bom, BomLine
from app.domain.context import AssessmentContext
from app.domain.controls import ControlMeasure
from app.domain.exposure import IdentifiedLine
from app.domain.methodology import Methodology
from app.domain.observations import Observation
from app.domain.reference import ReferenceData
from app.domain.results import Assessment
from app.domain.supply import MixRow
from app.domain.triple import Side
from app.scoring.assess import assess
from app.scoring.engine import Ends
from app.scoring.evaluation import Evaluation
from app.scoring.line_risk import ElementRisk
from app.scoring.scored_lines import scored_lines
from tests import factories as make

#: What two sums of the same floats may differ by.
TINY = 1e-12
EVERY_END = (Side.LOW, Side.NOMINAL, Side.HIGH)
NOMINAL_ONLY = (Side.NOMINAL,)

#: (line, element)
Place = tuple[str, str]


@dataclass(frozen=True, repr=False)
class World:
    """Reference data, a question and a product."""

    data: ReferenceData
    context: AssessmentContext
    product: Bom
    found: tuple[IdentifiedLine, ...]

    def __repr__(self) -> str:
        """Say what a person needs to follow a counterexample; the whole would be endless."""
        about = self.context
        rows = [
            *(f"measure {_of_measure(one)}" for one in self.measures.values()),
            *(f"seen {_of_observation(one)}" for one in self.data.register.observations),
            *(f"world {_of_row(row)}" for row in self.data.supply.world),
            *(f"feed {_of_row(row)}" for row in self.data.supply.feed),
            *(f"sourcing {_of_row(row)}" for row in self.data.supply.destination_mixes),
            *(f"line {_of_line(line)}: {_of_found(found)}" for line, found in self.rows),
        ]
        question = (
            f"{about.end_use.value} goods to {about.destination} for {about.end_user}, "
            f"{about.horizon_days} days from {about.as_of}"
        )
        return "\n".join((f"World: {question}", *rows))

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Make hypothesis print that, too."""
        printer.text(repr(self))

    @property
    def measures(self) -> Mapping[str, ControlMeasure]:
        return self.data.register.measures

    @property
    def lines(self) -> tuple[BomLine, ...]:
        return self.product.lines

    def with_measures(self, *measures: ControlMeasure) -> World:
        """Return the world with other measures; observations stay."""
        found = make.register(*measures, observations=self.data.register.observations)
        return replace(self, data=replace(self.data, register=found))

    def with_one_more(self, measure: ControlMeasure) -> World:
        return self.with_measures(*self.measures.values(), measure)

    def with_observations(self, *observations: Observation) -> World:
        found = replace(self.data.register, observations=observations)
        return replace(self, data=replace(self.data, register=found))

    def with_supply(self, **changes: Any) -> World:
        return replace(self, data=replace(self.data, supply=replace(self.data.supply, **changes)))

    def with_method(self, methodology: Methodology) -> World:
        return replace(self, data=replace(self.data, methodology=methodology))

    def with_parameters(self, **changes: object) -> World:
        return self.with_method(make.with_parameters(self.data.methodology, **changes))

    def with_context(self, **changes: Any) -> World:
        return replace(self, context=replace(self.context, **changes))

    def with_lines(self, change: Callable[[BomLine], BomLine]) -> World:
        lines = tuple(change(line) for line in self.product.lines)
        return replace(self, product=replace(self.product, lines=lines))

    def with_rows(self, rows: Sequence[tuple[BomLine, IdentifiedLine]]) -> World:
        """Return the world with other lines and their identifications."""
        return replace(
            self,
            product=replace(self.product, lines=tuple(line for line, _ in rows)),
            found=tuple(found for _, found in rows),
        )

    @property
    def rows(self) -> list[tuple[BomLine, IdentifiedLine]]:
        return list(zip(self.product.lines, self.found, strict=True))


def _of_measure(measure: ControlMeasure) -> str:
    scope = measure.scope
    events = ", ".join(f"{event.status.value} {event.on_date}" for event in measure.timeline)
    rules = ", ".join(
        f"{rule.outcome.value} {sorted(rule.applies.end_uses) if rule.applies else None}"
        for rule in measure.rules
    )
    items = "; ".join(f"{sorted(i.elements)} x {len(i.stages)} forms" for i in scope.items)
    reach = "+".join(sorted(scope.extraterritorial))
    return (
        f"{measure.id} of {measure.exporter}: {measure.type.value} ({measure.control_basis.value}, "
        f"{measure.legal_force.value}) {reach} [{rules}] on [{items}] "
        f"{sorted(scope.stages)[:3]} to {scope.destinations.mode.value} "
        f"{sorted(scope.destinations.countries)}: {events}"
    )


def _of_observation(one: Observation) -> str:
    figure = one.flow_ratio or one.kind or (one.refusal, one.delays)
    filters = [sorted(chosen) for chosen in (one.elements, one.forms, one.destinations)]
    return f"{one.id} of {one.measure} on {one.known_from}: {figure}, {one.months} months {filters}"


def _of_row(row: MixRow) -> str:
    shares = ", ".join(f"{country} {share:.3f}" for country, share in row.shares.items())
    return f"{row.stage.value} {row.place or ''} {sorted(row.elements)}: {shares}"


def _of_line(line: BomLine) -> str:
    suppliers = ", ".join(
        f"{one.country} {one.share} {one.general_licence_valid_to or ''}"
        f"{' new' if one.new_relation else ''}"
        for one in line.suppliers
    )
    upstream = ", ".join(f"{one.stage} {one.country} {one.share}" for one in line.sourcing)
    return (
        f"{line.line_id} from [{suppliers}] [{upstream}] recycled {line.recycled_share}, "
        f"stock {line.stock_days}, bridges {[(b.from_day, b.share) for b in line.bridges]}, "
        f"sector {line.sector}, revenue {line.revenue_at_risk}, price {line.unit_price}"
    )


def _of_found(found: IdentifiedLine) -> str:
    held = ", ".join(
        f"{one.symbol} fraction {one.fraction} presence {one.presence}" for one in found.elements
    )
    return f"{'/'.join(found.forms)} of {held}"


def raw_risks(world: World, side: Side) -> dict[Place, ElementRisk]:
    """Return what one evaluation finds, not yet ordered with the others."""
    return risks_with(world, Ends.all_at(side), explains=side is Side.NOMINAL)


def risks_with(world: World, ends: Ends, *, explains: bool = False) -> dict[Place, ElementRisk]:
    """Return what an evaluation finds with each group of inputs at its own end."""
    evaluator = Evaluation(world.data, world.context).variant(ends, explains=explains)
    return {
        (line.line_id, content.symbol): evaluator.risk(line, content)
        for line in scored_lines(world.product, world.found, world.data, world.context)
        for content in line.contents
    }


def published_risks(world: World) -> dict[Place, tuple[float, float, float]]:
    """Return r at the three ends as published."""
    evaluation = Evaluation(world.data, world.context)
    return {
        (line.line_id, outcome.content.symbol): outcome.risks
        for line in scored_lines(world.product, world.found, world.data, world.context)
        for outcome in evaluation.line(line)
    }


def answer(world: World) -> Assessment:
    """Return the whole answer of the core."""
    return assess(world.product, world.found, world.data, context=world.context)


def assert_never_lower(
    less: World, more: World, ends: Sequence[Side] = EVERY_END, factor: float = 1.0
) -> None:
    """Assert that every r of `more`, times a factor, is at least that of `less`."""
    for side in ends:
        before, after = raw_risks(less, side), raw_risks(more, side)
        assert before.keys() == after.keys()
        for place, risk in before.items():
            found = after[place].risk * factor
            assert found >= risk.risk - TINY, f"{place} at {side.name}: {risk.risk} to {found}"


def assert_unchanged(one: World, other: World, ends: Sequence[Side] = EVERY_END) -> None:
    """Assert that every r is the same, to rounding."""
    assert_never_lower(one, other, ends)
    assert_never_lower(other, one, ends)
