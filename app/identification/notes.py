"""Reads cells of a file that no field of ours holds: material columns and remarks.

A material column counts like a declared material. A remark is free speech, in which a name may
stand for anything; it only makes a magnet or a machine more exact that the line already names,
or says that an article is a magnetic one.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.bom import BomLine
from app.domain.vocabulary import Topic, WordRole
from app.identification.knowledge import Knowledge
from app.identification.lexicon import MAGNET_FAMILIES
from app.identification.line_text import LineText
from app.identification.named import named_statements
from app.identification.parts import Part, find_part
from app.identification.reading import read_field
from app.identification.statement import Statement

_MATERIAL_COLUMNS = (
    "material", "werkstoff", "材質", "材质", "材料", "matériau", "matière", "composition",
    "zusammensetzung", "substance", "chemistry", "grade", "재질", "materiał", "materiale",
)  # fmt: skip

_MAGNETIC = frozenset((Topic.MAGNET, Topic.MACHINE, Topic.MOTOR, Topic.SOUND, Topic.GENERATOR))


#: Class of articles that remarks may speak of.
_MAGNETIC_ARTICLE = "magnetic_article"


def note_statements(
    line: BomLine, text: LineText, knowledge: Knowledge, known: list[Statement]
) -> list[Statement]:
    """Return what unused cells of a line add to what its fields say."""
    statements: list[Statement] = []
    if not line.raw or any(statement.certain for statement in known):
        return statements
    part = find_part(text, knowledge)
    for column, cell in line.raw:
        is_material = any(word in column.lower() for word in _MATERIAL_COLUMNS)
        if not cell or not (is_material or (part is not None and part.topic in _MAGNETIC)):
            continue
        reading = read_field(f"raw/{column}", cell, knowledge.lexicon)
        own = replace(
            text,
            readings=(reading,),
            folded=f"{reading.text.folded}| {text.folded}",
            roles=text.roles | reading.roles,
            magnet=text.magnet or WordRole.MAGNET in reading.roles,
            matter=text.matter or is_material,
        )
        found = [item for item in named_statements(own, knowledge) if item.certain]
        statements += [item for item in found if is_material or item.family in MAGNET_FAMILIES]
    return statements


def note_part(line: BomLine, text: LineText, knowledge: Knowledge) -> Part | None:
    """Return the magnetic article that a remark speaks of, or None."""
    if text.is_accessory or Topic.MAGNET in text.cancelled:
        return None
    for column, cell in line.raw:
        if not cell:
            continue
        reading = read_field(f"raw/{column}", cell, knowledge.lexicon)
        if any(hit.entry.reference == _MAGNETIC_ARTICLE for hit in reading.standing):
            return find_part(replace(text, readings=(reading,)), knowledge)
    return None
