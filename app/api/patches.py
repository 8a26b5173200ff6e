"""From validated patch bodies to patches of the core, and what may be wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from app.api.checks import SHARE_TOLERANCE
from app.api.faults import echo, pointer_to
from app.api.schemas import patches as bodies
from app.api.schemas.patches import PatchBody
from app.domain.bom import Bridge, Supplier
from app.domain.controls import Outcome, RegisterStage, TimelineStatus
from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.errors import Fault, UnknownKeyError
from app.scoring.builtin_scenarios import GOODS, licences_stall
from app.scoring.patches import Inputs, Patch
from app.scoring.patches_composition import ChangeForm, RemoveElements, ReplaceMaterial
from app.scoring.patches_law import AddMeasure, MoveDates, SetFlow, SetOutcome, SetStatus
from app.scoring.patches_lines import ChangeLines, SecondSource
from app.scoring.patches_method import MultiplyDelays, SetParameter, span_of
from app.scoring.patches_supply import MineOutage, SetShares, ShareTable

Path = Sequence[str | int]


def patches_from(body: PatchBody, inputs: Inputs, *, place: int) -> tuple[Patch, ...]:
    """Return the patches of one body.

    Args:
        body: A validated change.
        inputs: The question, for what depends on the register.
        place: Place among the patches of the what-if; keeps supposed ids apart.
    """
    if isinstance(body, bodies.LicencesStallBody):
        return licences_stall(inputs, frozenset(body.elements))
    return (_law(body, place) or _world(body) or _goods(body),)


def _law(body: PatchBody, place: int) -> Patch | None:
    """Return a patch of the register, None for a body of another kind."""
    match body:
        case bodies.AddMeasureBody():
            forms = GOODS if body.forms is None else frozenset(map(RegisterStage, body.forms))
            return AddMeasure(
                id=body.id,
                exporter=body.exporter,
                elements=frozenset(body.elements),
                stages=forms,
                destinations=frozenset(body.destinations),
                outcome=Outcome(body.outcome),
                in_force_from=body.in_force_from,
            )
        case bodies.SetStatusBody():
            return SetStatus(
                measure=body.measure,
                status=TimelineStatus(body.status),
                on_date=body.on_date,
                back_on=body.back_on,
            )
        case bodies.MoveDatesBody():
            return MoveDates(measure=body.measure, days=body.days)
        case bodies.SetOutcomeBody():
            return SetOutcome(measure=body.measure, outcome=Outcome(body.outcome))
        case bodies.SetFlowBody():
            return SetFlow(
                id=f"SUPPOSED-FLOW-{place}",
                measure=body.measure,
                elements=frozenset(body.elements),
                forms=frozenset(body.forms),
                destinations=frozenset(body.destinations),
                flow=body.flow,
            )
        case _:
            return None


def _world(body: PatchBody) -> Patch | None:
    """Return a patch of supply or method, None for a body of another kind."""
    match body:
        case bodies.DelaysBody():
            return MultiplyDelays(factor=body.factor)
        case bodies.SetParameterBody():
            return SetParameter(name=body.name, value=body.value)
        case bodies.SetSharesBody():
            return SetShares(
                table=ShareTable(body.table),
                stage=Stage(body.stage),
                place=body.place,
                elements=frozenset(body.elements),
                shares=body.shares,
            )
        case bodies.MineOutageBody():
            return MineOutage(mine=body.mine, country=body.country)
        case _:
            return None


def _goods(body: PatchBody) -> Patch:
    """Return a patch of the goods."""
    match body:
        case bodies.SetLinesBody():
            return _lines(body)
        case bodies.SecondSourceBody():
            return SecondSource(
                line_ids=frozenset(body.line_ids),
                stage=Stage(body.stage),
                country=body.country,
                share=body.share,
            )
        case bodies.RemoveElementsBody():
            return RemoveElements(
                line_ids=frozenset(body.line_ids), elements=frozenset(body.elements)
            )
        case bodies.ReplaceMaterialBody():
            return ReplaceMaterial(line_ids=frozenset(body.line_ids), material=body.material)
        case bodies.ChangeFormBody():
            return ChangeForm(line_ids=frozenset(body.line_ids), form=body.form)
        case _:
            raise AssertionError


def _lines(body: bodies.SetLinesBody) -> ChangeLines:
    sourcing: dict[str, tuple[tuple[str, float], ...]] | None = None
    if body.sourcing is not None:
        sourcing = {}
        for entry in body.sourcing:
            earlier = sourcing.get(entry.stage, ())
            sourcing[entry.stage] = (*earlier, (entry.country, entry.share))
    return ChangeLines(
        line_ids=frozenset(body.line_ids),
        stock_days=body.stock_days,
        recycled_share=body.recycled_share,
        suppliers=None
        if body.suppliers is None
        else tuple(
            Supplier(
                name=one.name,
                country=one.country,
                share=one.share,
                general_licence_valid_to=one.general_licence_valid_to,
                new_relation=one.new_relation,
            )
            for one in body.suppliers
        ),
        sourcing=sourcing,
        bridges=None
        if body.bridges is None
        else tuple(Bridge(from_day=one.from_day, share=one.share) for one in body.bridges),
        licence_valid_to=body.general_licence_valid_to,
    )


def patch_faults(
    patches: Sequence[PatchBody],
    reference: ReferenceData,
    *,
    line_ids: AbstractSet[str],
    path: Path,
) -> Iterator[Fault]:
    """Yield what does not fit: ids that nothing has, shares over 1, places that are missing.

    Args:
        patches: Changes of one what-if, in their order.
        reference: Register, method, materials.
        line_ids: Ids of the lines of the request.
        path: Path of the list in the request.
    """
    measures = set(reference.register.measures)
    for place, body in enumerate(patches):
        here = [*path, place]
        if isinstance(body, bodies.AddMeasureBody):
            if body.id in measures:
                yield _fault("duplicate_measure", f"measure {echo(body.id)} exists", here, "id")
            measures.add(body.id)
        yield from _unknown_names(body, reference, measures, line_ids, here)
        yield from _share_faults(body, here)


def _unknown_names(
    body: PatchBody,
    reference: ReferenceData,
    measures: AbstractSet[str],
    line_ids: AbstractSet[str],
    path: Path,
) -> Iterator[Fault]:
    measure = getattr(body, "measure", None)
    if measure is not None and measure not in measures:
        detail = f"there is no measure {echo(measure)}; /v1/controls lists all"
        yield _fault("unknown_measure", detail, path, "measure")
    for number, line_id in enumerate(getattr(body, "line_ids", ())):
        if line_id not in line_ids:
            detail = f"there is no line with the id {echo(line_id)}"
            yield _fault("unknown_line", detail, path, "line_ids", number)
    if isinstance(body, bodies.ReplaceMaterialBody):
        if body.material not in reference.identification.materials:
            detail = f"there is no material {echo(body.material)}"
            yield _fault("unknown_material", detail, path, "material")
    elif isinstance(body, bodies.SetParameterBody):
        yield from _parameter_faults(body, reference, path)
    elif isinstance(body, bodies.MineOutageBody):
        yield from _mine_faults(body, reference, path)


def _parameter_faults(
    body: bodies.SetParameterBody, reference: ReferenceData, path: Path
) -> Iterator[Fault]:
    try:
        low, high = span_of(reference.methodology.parameters, body.name)
    except UnknownKeyError as error:
        yield _fault("unknown_parameter", f"{error}; /v1/methodology lists all", path, "name")
        return
    if not low <= body.value <= high:
        code = "too_small" if body.value < low else "too_large"
        detail = f"{body.name} lies between {low:g} and {high:g}, got {body.value:g}"
        yield _fault(code, detail, path, "value")


def _mine_faults(
    body: bodies.MineOutageBody, reference: ReferenceData, path: Path
) -> Iterator[Fault]:
    if (body.mine is None) is (body.country is None):
        yield _fault("missing", "give either `mine` or `country`", path)
    names = sorted({one.mine for one in reference.supply.largest_mines.values() if one.mine})
    if body.mine is not None and body.mine not in names:
        detail = f"no element has {echo(body.mine)} as its largest mine; there is {names}"
        yield _fault("unknown_mine", detail, path, "mine")


def _share_faults(body: PatchBody, path: Path) -> Iterator[Fault]:
    if isinstance(body, bodies.SetLinesBody):
        yield from _over_one([one.share for one in body.suppliers or ()], path, "suppliers")
        by_stage: dict[str, list[float]] = {}
        for entry in body.sourcing or ():
            by_stage.setdefault(entry.stage, []).append(entry.share)
        for shares in by_stage.values():
            yield from _over_one(shares, path, "sourcing")
    elif isinstance(body, bodies.SetSharesBody):
        total = math.fsum(body.shares.values())
        if abs(total - 1.0) > SHARE_TOLERANCE:
            detail = f"the shares sum to {total:.6g}, expected 1"
            yield _fault("shares_not_one", detail, path, "shares")
        if (body.place is None) is not (body.table == "world"):
            detail = "feed and destination need a place; world output has none"
            yield _fault(
                "missing" if body.place is None else "unknown_field", detail, path, "place"
            )


def _over_one(shares: Sequence[float], path: Path, name: str) -> Iterator[Fault]:
    total = math.fsum(shares)
    if total > 1.0 + SHARE_TOLERANCE:
        detail = f"the shares sum to {total:.6g}, expected at most 1"
        yield _fault("shares_over_one", detail, path, name)


def _fault(code: str, detail: str, path: Path, *steps: str | int) -> Fault:
    return Fault(code=code, detail=detail, pointer=pointer_to([*path, *steps]))
