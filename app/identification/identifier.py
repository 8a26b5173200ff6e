"""The door of this room: lines in, identified lines out, in the same order."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from app.domain.bom import Bom, BomLine
from app.domain.exposure import IdentifiedLine, LineOutcome
from app.domain.materials import IdentificationReference
from app.identification.content import Finding
from app.identification.decision import decide
from app.identification.knowledge import Knowledge
from app.identification.masses import element_contents
from app.identification.parents import without_double_counting
from app.identification.units import Dimension, find_unit


class Memory:
    """Findings of lines already read, so that repeated parts are read once.

    One belongs to one call, or to one stream of products of one customer: it holds what their
    lines say. It is bounded, and no answer depends on it.

    Args:
        most: Findings that it keeps before it begins anew.
        same_objects: Whether whole lines are known again by identity, for callers that hand in
            the same object for the same line.
    """

    def __init__(self, most: int = 16384, *, same_objects: bool = False) -> None:
        self._most = most
        self._findings: dict[Hashable, Finding] = {}
        self._lines: dict[tuple[int, str | None], tuple[BomLine, IdentifiedLine]] | None = (
            {} if same_objects else None
        )

    def find_line(self, line: BomLine, sector: str | None) -> IdentifiedLine | None:
        """Return what was found in this very object, or None."""
        known = self._lines.get((id(line), sector)) if self._lines else None
        return None if known is None else known[1]

    def keep_line(self, line: BomLine, sector: str | None, found: IdentifiedLine) -> None:
        """Keep what was found in a line; the line is kept, too, so that its identity is its own."""
        if self._lines is None:
            return
        if len(self._lines) >= self._most:
            self._lines.clear()
        self._lines[id(line), sector] = (line, found)

    def find(self, key: Hashable) -> Finding | None:
        """Return the finding of a line that says the same, or None."""
        return self._findings.get(key)

    def keep(self, key: Hashable, finding: Finding) -> None:
        """Keep a finding; a full memory begins anew."""
        if len(self._findings) >= self._most:
            self._findings.clear()
        self._findings[key] = finding


class Identifier:
    """Tells which rare earths the lines of a bill of materials hold.

    Immutable, so that threads may share one. Nothing of a line outlives the call.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def identify(self, line: BomLine, *, bom_sector: str | None = None) -> IdentifiedLine:
        """Return what a line holds.

        Args:
            line: The line; its text may be anything.
            bom_sector: Sector of the product, for a line without one.
        """
        return _identified(line, decide(line, self._knowledge, sector=line.sector or bom_sector))

    def identify_lines(
        self,
        lines: Sequence[BomLine],
        *,
        bom_sector: str | None = None,
        memory: Memory | None = None,
    ) -> tuple[IdentifiedLine, ...]:
        """Return what each line holds, in order; assemblies do not count their parts twice.

        Args:
            lines: The lines of one product.
            bom_sector: Sector of the product, for lines without one.
            memory: Of a stream of products; None for one of this call.
        """
        memory = memory or Memory()
        identified = []
        for line in lines:
            sector = line.sector or bom_sector
            found = memory.find_line(line, sector)
            if found is None:
                found = self._read(line, sector, memory)
                memory.keep_line(line, sector, found)
            identified.append(found)
        return without_double_counting(lines, identified)

    def _read(self, line: BomLine, sector: str | None, memory: Memory) -> IdentifiedLine:
        key = _text_of(line, sector)
        finding = memory.find(key)
        if finding is None:
            finding = decide(line, self._knowledge, sector=sector)
            memory.keep(key, finding)
        return _identified(line, finding)

    def identify_bom(self, bom: Bom, *, memory: Memory | None = None) -> tuple[IdentifiedLine, ...]:
        """Return what each line of a bill of materials holds, in the order of its lines."""
        return self.identify_lines(bom.lines, bom_sector=bom.sector, memory=memory)


def compile_identifier(reference: IdentificationReference) -> Identifier:
    """Return an identifier over the reference data; built once, at start."""
    return Identifier(Knowledge(reference))


def _text_of(line: BomLine, sector: str | None) -> Hashable:
    """Return all that a finding depends on."""
    unit = find_unit(line.unit)
    return (
        line.description,
        line.part_number,
        line.category,
        line.hs_code,
        sector,
        line.manufacturer,
        line.materials,
        line.product_type,
        line.raw,
        tuple(supplier.name for supplier in line.suppliers),
        unit is not None and unit.dimension is Dimension.MASS,
    )


def _identified(line: BomLine, finding: Finding) -> IdentifiedLine:
    """Return a finding with the masses of its line."""
    found = finding.outcome is LineOutcome.RARE_EARTHS_FOUND
    elements, warnings = element_contents(finding, line, certain=found)
    return IdentifiedLine(
        line_id=line.line_id,
        outcome=finding.outcome,
        confidence=finding.confidence,
        elements=elements,
        forms=finding.forms,
        evidence=finding.evidence,
        reason=finding.reason,
        material=finding.material,
        question=finding.question,
        default_composition=finding.default_composition,
        warnings=(*finding.warnings, *warnings),
    )
