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

#: Findings kept while one list is identified, so that repeated parts are read once.
_MEMORY = 16384


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
        self, lines: Sequence[BomLine], *, bom_sector: str | None = None
    ) -> tuple[IdentifiedLine, ...]:
        """Return what each line holds, in order; assemblies do not count their parts twice."""
        memory: dict[Hashable, Finding] = {}
        identified = []
        for line in lines:
            key = _text_of(line)
            finding = memory.get(key)
            if finding is None:
                finding = decide(line, self._knowledge, sector=line.sector or bom_sector)
                if len(memory) >= _MEMORY:
                    memory.clear()
                memory[key] = finding
            identified.append(_identified(line, finding))
        return without_double_counting(lines, identified)

    def identify_bom(self, bom: Bom) -> tuple[IdentifiedLine, ...]:
        """Return what each line of a bill of materials holds, in the order of its lines."""
        return self.identify_lines(bom.lines, bom_sector=bom.sector)


def compile_identifier(reference: IdentificationReference) -> Identifier:
    """Return an identifier over the reference data; built once, at start."""
    return Identifier(Knowledge(reference))


def _text_of(line: BomLine) -> Hashable:
    """Return all that a finding depends on."""
    unit = find_unit(line.unit)
    return (
        line.description,
        line.part_number,
        line.category,
        line.hs_code,
        line.sector,
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
