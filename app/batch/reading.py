"""A file to a bill of materials that the core accepts: what does not fit is dropped and told."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence

from app.batch.file_options import NO_OPTIONS, FileOptions
from app.batch.vocabulary import Vocabulary
from app.domain.bom import Bom, BomLine, SourcingShare, Supplier
from app.domain.supply import Stage
from app.errors import Fault, LimitExceededError

#: (code, sentence, column) of something that was wrong with a line.
Remark = tuple[str, str, str | None]

_STAGES = frozenset(stage.value for stage in Stage)
#: Shares may exceed 1 by this much before somebody counted twice (methodology, "Sourcing").
_SHARE_TOLERANCE = 0.001
_LONGEST_DAYS = 36_500.0


def read_file(
    content: bytes,
    *,
    name: str,
    vocabulary: Vocabulary,
    most_lines: int,
    options: FileOptions = NO_OPTIONS,
) -> Bom:
    """Return the bill of materials of a file.

    A file is seldom made for us, so a value that does not fit is left out with a warning on
    its line; the line itself stays.

    Args:
        content: The whole file.
        name: Its name, from which a product without an id gets one.
        vocabulary: Sectors of the reference data.
        most_lines: Most lines that are taken.
        options: What the caller says about the file.

    Raises:
        UnfitFileOptionError: An option does not fit the file.
        UnreadableFileError: The file is of no known format, or broken.
        LimitExceededError: It passes a limit of the reader, or has too many lines.
    """
    from app.readers import read_bom  # noqa: PLC0415 - dozens of formats, none needed at start

    bom = read_bom(content, filename=name or None, options=options.read_options())
    if len(bom.lines) > most_lines:
        detail = (
            f"the file holds {len(bom.lines):,} lines, more than {most_lines:,}, the limit "
            "LODESTONE_MAX_LINES; split it"
        )
        raise LimitExceededError(detail, (Fault(code="too_many_lines", detail=detail),))
    sector, remarks = _known_sector(bom.sector, vocabulary)
    notes = tuple((code, text) for code, text, _ in remarks)
    file = bom.file
    if file is not None and notes:
        file = dataclasses.replace(file, notes=file.notes + notes)
    return dataclasses.replace(
        bom,
        sector=sector,
        file=file,
        lines=tuple(fitting_line(line, vocabulary) for line in bom.lines),
    )


def fitting_line(line: BomLine, vocabulary: Vocabulary) -> BomLine:
    """Return a line without the values that the core would refuse, each with a warning."""
    remarks: list[Remark] = []
    sector, of_sector = _known_sector(line.sector, vocabulary)
    remarks.extend(of_sector)
    recycled = _within(line.recycled_share, 1.0, "recycled_share", remarks) or 0.0
    stock = _within(line.stock_days, _LONGEST_DAYS, "stock_days", remarks)
    lead = _within(line.lead_time_days, _LONGEST_DAYS, "lead_time_days", remarks)
    suppliers = _fitting_suppliers(line.suppliers, remarks)
    sourcing = tuple(_fitting_sourcing(line.sourcing, remarks))
    bridges = tuple(
        bridge
        for bridge in line.bridges
        if _within(bridge.from_day, _LONGEST_DAYS, "bridges", remarks) is not None
        and _within(bridge.share, 1.0, "bridges", remarks) is not None
    )
    return dataclasses.replace(
        line,
        sector=sector,
        recycled_share=recycled,
        stock_days=stock,
        lead_time_days=lead,
        suppliers=suppliers,
        sourcing=sourcing,
        bridges=bridges,
        warnings=line.warnings + tuple(remarks),
    )


def _known_sector(
    word: str | None, vocabulary: Vocabulary
) -> tuple[str | None, tuple[Remark, ...]]:
    if word is None:
        return None, ()
    sector = vocabulary.sector(word)
    if sector is not None:
        return sector, ()
    text = f"'{word[:60]}' is no sector and was not used; /v1/sectors lists ids and aliases"
    return None, (("unknown_sector", text, "sector"),)


def _within(
    value: float | None, highest: float, column: str, remarks: list[Remark]
) -> float | None:
    if value is None:
        return None
    if math.isfinite(value) and 0.0 <= value <= highest:
        return value
    text = f"{value:g} is not between 0 and {highest:g} and was not used"
    remarks.append(("out_of_range", text, column))
    return None


def _fitting_suppliers(
    suppliers: Sequence[Supplier], remarks: list[Remark]
) -> tuple[Supplier, ...]:
    """Return suppliers whose shares sum to at most 1; several without shares share equally."""
    kept = [
        supplier
        for supplier in suppliers
        if _within(supplier.share, 1.0, "suppliers", remarks) is not None
    ]
    total = math.fsum(supplier.share for supplier in kept)
    if total <= 1.0 + _SHARE_TOLERANCE:
        return tuple(kept)
    text = f"the shares of the suppliers sum to {total:.4g} and were scaled to 1"
    remarks.append(("shares_over_one", text, "suppliers"))
    return tuple(dataclasses.replace(supplier, share=supplier.share / total) for supplier in kept)


def _fitting_sourcing(
    sourcing: Sequence[SourcingShare], remarks: list[Remark]
) -> Iterator[SourcingShare]:
    """Yield entries of known stages; a stage whose shares exceed 1 is left out."""
    by_stage: dict[str, list[SourcingShare]] = {}
    for entry in sourcing:
        stage = entry.stage.strip().casefold()
        if stage not in _STAGES:
            text = f"'{entry.stage[:40]}' is no stage and was not used; use {_stage_names()}"
            remarks.append(("unknown_stage", text, "sourcing"))
        elif _within(entry.share, 1.0, "sourcing", remarks) is not None:
            by_stage.setdefault(stage, []).append(dataclasses.replace(entry, stage=stage))
    for stage, entries in by_stage.items():
        total = math.fsum(entry.share for entry in entries)
        if total > 1.0 + _SHARE_TOLERANCE:
            text = f"the shares at stage {stage} sum to {total:.4g} and were not used"
            remarks.append(("shares_over_one", text, "sourcing"))
        else:
            yield from entries


def _stage_names() -> str:
    return ", ".join(stage.value for stage in Stage)
