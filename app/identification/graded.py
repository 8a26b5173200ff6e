"""Turns grades of magnets in the text of a line into statements."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.exposure import EvidenceItem
from app.domain.vocabulary import WordRole
from app.identification.grades import find_grade, find_smco_grade, is_bare_grade
from app.identification.knowledge import Knowledge
from app.identification.lexicon import MAGNET_FAMILIES
from app.identification.line_text import LineText
from app.identification.statement import Statement, material_statement

#: A line of a grade and a size alone is short.
_LONGEST_BARE_GRADE = 60

#: Magnets whose names are stated and that have no grades of sintered magnets.
_NOT_SINTERED = frozenset(
    ("ndfeb_bonded_compression", "ndfeb_bonded_injection", "ndfeb_hot_deformed", "ndfeb_swarf",
     "ndfeb_ce_reduced", "smfen_bonded")
)  # fmt: skip


def grade_statements(
    text: LineText, knowledge: Knowledge, statements: list[Statement]
) -> Iterable[Statement]:
    """Return what grades of magnets say; they count next to a magnet, or quite alone."""
    families = {statement.family for statement in statements if statement.certain}
    if text.free_evidence or (families & MAGNET_FAMILIES) - {"ndfeb"}:
        return
    if any(statement.reference in _NOT_SINTERED for statement in statements):
        return
    for reading in text.readings:
        original = reading.text.original
        if not text.magnet and len(original) > _LONGEST_BARE_GRADE:
            continue
        upper = original.upper()
        searched = upper if len(upper) == len(original) else original
        smco = find_smco_grade(searched) if text.magnet else None
        grade = find_grade(searched, knowledge.reference.grade_rule)
        if smco is not None:
            start, end = smco.span()
            material, kind = knowledge.reference.default_materials["unknown_smco"], "grade"
        elif grade is not None and (
            text.magnet
            or (len(grade.suffix) > 1 and WordRole.SHAPE in text.roles)
            or is_bare_grade(original, grade, knowledge.bare_words)
        ):
            start, end, material = grade.start, grade.end, grade.material
            kind = "grade" if text.magnet else "grade_alone"
            if frozenset(("Dy", "Tb")) <= text.denied_elements:
                material = knowledge.reference.default_materials["free_of_heavy"]
        else:
            continue
        evidence = EvidenceItem(
            kind="grade", text=original[start:end].strip(), field=reading.name, start=start,
            end=end, reference=material,
        )  # fmt: skip
        yield material_statement(
            knowledge.reference.materials[material],
            knowledge,
            kind=kind,
            evidence=evidence,
            words=text.folded,
            states=True,
            without=text.denied_elements,
        )
        return
