"""Checks across the fields of a request: ids, parents, shares, sectors, units."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from app.api.faults import echo, pointer_to
from app.api.schemas.bom import LineBody
from app.batch.vocabulary import Vocabulary, suggest_word
from app.errors import Fault
from app.identification.units import UNITS, find_unit

#: Shares may exceed 1 by this much before somebody counted twice (methodology, "Sourcing").
SHARE_TOLERANCE = 0.001

#: Form of a code of UN/ECE Recommendation 20.
_REC_20_CODE = re.compile(r"[A-Z0-9]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineKeys:
    """What the checks need to know of one line; a field of the wrong type counts as absent."""

    line_id: str | None
    parent: str | None
    unit: str | None
    sector: str | None
    says_what: bool
    two_kinds_of_supplier: bool
    supplier_shares: tuple[float, ...]
    sourcing: tuple[tuple[str, float], ...]
    element_shares: tuple[tuple[float, ...], ...]


def keys_of(line: LineBody) -> LineKeys:
    """Return the keys of a line that passed validation."""
    materials = line.materials or []
    return LineKeys(
        line_id=line.line_id,
        parent=line.parent_line_id,
        unit=line.unit,
        sector=line.sector,
        says_what=bool(_has_text(line.description) or _has_text(line.part_number) or materials),
        two_kinds_of_supplier=line.supplier is not None and bool(line.suppliers),
        supplier_shares=tuple(supplier.share for supplier in line.suppliers or ()),
        sourcing=tuple((entry.stage, entry.share) for entry in line.sourcing or ()),
        element_shares=tuple(
            tuple(material.elements.values()) for material in materials if material.elements
        ),
    )


def keys_of_raw(line: object) -> LineKeys:
    """Return the keys of a line that may have faults, as far as they can be read.

    What has a fault of its own, such as a share over 1, counts as absent here.
    """
    fields = _mapping(line)
    materials = [_mapping(entry) for entry in _sequence(fields.get("materials"))]
    suppliers = [_mapping(entry) for entry in _sequence(fields.get("suppliers"))]
    sourcing = [_mapping(entry) for entry in _sequence(fields.get("sourcing"))]
    said = (fields.get("description"), fields.get("part_number"))
    return LineKeys(
        line_id=_text(fields.get("line_id")),
        parent=_text(fields.get("parent_line_id")),
        unit=_text(fields.get("unit")) or None,
        sector=_text(fields.get("sector")),
        says_what=not isinstance(line, dict)
        or any(_has_text(value) for value in said)
        or bool(fields.get("materials")),
        two_kinds_of_supplier=fields.get("supplier") is not None and bool(suppliers),
        supplier_shares=tuple(_numbers(entry.get("share", 1.0) for entry in suppliers)),
        sourcing=tuple(
            (stage, share)
            for entry in sourcing
            for stage, share in [(_text(entry.get("stage")), entry.get("share"))]
            if stage is not None and _is_share(share)
        ),
        element_shares=tuple(
            tuple(_numbers(_mapping(entry.get("elements")).values())) for entry in materials
        ),
    )


def line_faults(
    lines: Sequence[LineKeys], vocabulary: Vocabulary, *, path: Sequence[str | int]
) -> tuple[Fault, ...]:
    """Return what does not fit across the lines of a request.

    Args:
        lines: Keys of the lines, in their order.
        vocabulary: Sectors of the reference data.
        path: Path of the list of lines in the request.
    """
    faults = [*_repeated_ids(lines, path), *_parent_faults(lines, path)]
    for place, line in enumerate(lines):
        faults.extend(_faults_of_line(line, vocabulary, [*path, place]))
    return tuple(faults)


def sector_fault(word: str, vocabulary: Vocabulary, path: Sequence[str | int]) -> Fault | None:
    """Return the fault of a sector that the reference data do not hold, or None."""
    if vocabulary.sector(word) is not None:
        return None
    near = vocabulary.suggest_sector(word)
    hint = f"did you mean {near!r}? " if near else ""
    return Fault(
        code="unknown_sector",
        detail=f"{echo(word)} is no sector; {hint}/v1/sectors lists ids and aliases",
        pointer=pointer_to(path),
    )


def _faults_of_line(
    line: LineKeys, vocabulary: Vocabulary, path: list[str | int]
) -> Iterator[Fault]:
    if not line.says_what:
        yield Fault(
            code="empty_line",
            detail="a line needs a description, a part number or materials",
            pointer=pointer_to(path),
        )
    if line.unit is not None and not _is_unit(line.unit):
        near = suggest_word(line.unit, UNITS)
        hint = f"; did you mean {near!r}?" if near else ""
        yield Fault(
            code="unknown_unit",
            detail=f"{echo(line.unit)} is no UN/ECE Recommendation 20 code or common unit{hint}",
            pointer=pointer_to([*path, "unit"]),
        )
    if line.sector is not None:
        fault = sector_fault(line.sector, vocabulary, [*path, "sector"])
        if fault is not None:
            yield fault
    yield from _share_faults(line, path)


def _is_unit(word: str) -> bool:
    """Return whether a word may be a unit.

    Recommendation 20 has over two thousand codes; one that we do not convert is still a unit,
    and identification says on the line that it gives no mass for it.
    """
    return find_unit(word) is not None or _REC_20_CODE.fullmatch(word) is not None


def _share_faults(line: LineKeys, path: list[str | int]) -> Iterator[Fault]:
    if line.two_kinds_of_supplier:
        yield Fault(
            code="two_kinds_of_supplier",
            detail="give either `supplier` or `suppliers`, not both",
            pointer=pointer_to([*path, "supplier"]),
        )
    yield from _over_one(line.supplier_shares, "of the suppliers", [*path, "suppliers"])
    by_stage: dict[str, list[float]] = {}
    for stage, share in line.sourcing:
        by_stage.setdefault(stage, []).append(share)
    for stage, shares in by_stage.items():
        yield from _over_one(shares, f"at stage {stage[:20]}", [*path, "sourcing"])
    for place, shares_of_elements in enumerate(line.element_shares):
        yield from _over_one(
            shares_of_elements, "of the elements", [*path, "materials", place, "elements"]
        )


def _over_one(shares: Sequence[float], whose: str, path: Sequence[str | int]) -> Iterator[Fault]:
    total = math.fsum(shares) if shares else 0.0
    if total > 1.0 + SHARE_TOLERANCE:
        yield Fault(
            code="shares_over_one",
            detail=f"the shares {whose} sum to {total:.6g}, expected at most 1",
            pointer=pointer_to(path),
        )


def _repeated_ids(lines: Sequence[LineKeys], path: Sequence[str | int]) -> Iterator[Fault]:
    counts = Counter(line.line_id for line in lines if line.line_id is not None)
    if len(counts) == len(lines):
        return
    seen: set[str] = set()
    for place, line in enumerate(lines):
        if line.line_id is None:
            continue
        if line.line_id in seen:
            yield Fault(
                code="duplicate_line_id",
                detail=f"{echo(line.line_id)} is the id of {counts[line.line_id]} lines; "
                "give each line its own",
                pointer=pointer_to([*path, place, "line_id"]),
            )
        seen.add(line.line_id)


def _parent_faults(lines: Sequence[LineKeys], path: Sequence[str | int]) -> Iterator[Fault]:
    parents = {line.line_id: line.parent for line in lines if line.line_id is not None}
    in_cycle = _cycles(parents)
    for place, line in enumerate(lines):
        if line.parent is None:
            continue
        where = pointer_to([*path, place, "parent_line_id"])
        if line.parent not in parents:
            yield Fault(
                code="unknown_parent",
                detail=f"there is no line with the id {echo(line.parent)}",
                pointer=where,
            )
        elif line.line_id in in_cycle:
            yield Fault(
                code="parent_cycle",
                detail=f"following the parents of {echo(line.line_id)} leads back to it",
                pointer=where,
            )


def _cycles(parents: Mapping[str, str | None]) -> set[str]:
    """Return the ids that are their own ancestors."""
    done: set[str] = set()
    in_cycle: set[str] = set()
    for start in parents:
        trail: dict[str, None] = {}
        step: str | None = start
        while step is not None and step in parents and step not in done and step not in trail:
            trail[step] = None
            step = parents[step]
        if step is not None and step in trail:
            ids = list(trail)
            in_cycle.update(ids[ids.index(step) :])
        done.update(trail)
    return in_cycle


def _has_text(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _numbers(values: Iterable[object]) -> Iterator[float]:
    for value in values:
        if _is_share(value):
            yield value


def _is_share(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
