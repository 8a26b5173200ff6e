"""One thing that a line says about its rare earths, with the evidence for it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.domain.exposure import EvidenceItem
from app.domain.materials import Material, Substance
from app.domain.provenance import Basis
from app.identification.content import Content, substance_contents
from app.identification.knowledge import Knowledge, has_word

#: Kinds of evidence that name chemistry, strongest first.
RANKS = (
    "declaration", "cas", "ec", "formula", "grade", "grade_alone", "material", "element",
    "rare_earth", "product_declaration", "hs_code",
)  # fmt: skip

_DEVICE_OF_FORM = {
    "magnet": "device_magnet",
    "compound": "device_compound",
    "alloy": "device_metal",
    "metal": "device_metal",
    "target": "device_metal",
}


class Amount(enum.IntEnum):
    """How much of the goods a statement speaks of.

    Attributes:
        WHOLE: All of it, as far as the text tells.
        PRINTED: A share that the text prints.
        INGREDIENT: A part of unknown share.
    """

    WHOLE = 0
    PRINTED = 1
    INGREDIENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement.

    Attributes:
        kind: Kind of the evidence.
        certain: States rare earths; otherwise it only suggests them.
        family: Family of the material, or "" where it is none.
        default: The composition is that of a class, not of a grade that is stated.
        density_kg_per_m3: Of the material, or None.
        recalled: No document was read for what the goods are made of.
    """

    kind: str
    contents: tuple[Content, ...]
    forms: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]
    subject: str
    reference: str | None = None
    certain: bool = True
    family: str = ""
    default: bool = False
    amount: Amount = Amount.WHOLE
    density_kg_per_m3: float | None = None
    recalled: bool = False

    @property
    def rank(self) -> int:
        """Return the place of the evidence in the order of strength, 0 strongest."""
        return RANKS.index(self.kind)


def device_forms(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms of a device that holds goods of these forms."""
    return tuple(dict.fromkeys(_DEVICE_OF_FORM.get(form, form) for form in forms))


def material_statement(
    material: Material,
    knowledge: Knowledge,
    *,
    kind: str,
    evidence: EvidenceItem,
    words: str = "",
    states: bool = False,
    without: frozenset[str] = frozenset(),
) -> Statement:
    """Return what the name of a material says.

    Args:
        material: What the name stands for.
        knowledge: The reference data.
        kind: Kind of the evidence.
        evidence: The name in the text.
        words: The whole line as searched, in which words may make the material more exact.
        states: The name itself names a rare earth.
        without: Elements that the text denies.
    """
    material = refined(material, knowledge, words)
    processes: tuple[str, ...] = ()
    if material.grade_suffix is not None and material.by_process:
        processes = tuple(
            process
            for process, process_words in knowledge.process_words.items()
            if process in material.by_process and has_word(words, process_words)
        )
    return Statement(
        kind=kind,
        contents=knowledge.material_contents(material, processes, without),
        forms=(material.form,) if material.form else (),
        evidence=(evidence,),
        subject=material.name,
        reference=material.id,
        certain=states or material.total.low > 0,
        family=material.family,
        default=material.id in knowledge.default_materials,
        density_kg_per_m3=material.density_kg_per_m3,
        recalled=material.id in knowledge.recalled,
    )


def refined(material: Material, knowledge: Knowledge, words: str) -> Material:
    """Return the more exact material that other words of the line tell, or the same."""
    for better, hints in knowledge.refinements.get(material.id, ()):
        if has_word(words, hints):
            return knowledge.reference.materials[better]
    return material


def substance_statement(substance: Substance, *, kind: str, evidence: EvidenceItem) -> Statement:
    """Return what the name or number of a substance says."""
    return Statement(
        kind=kind,
        contents=substance_contents(substance),
        forms=(substance.form,),
        evidence=(evidence,),
        subject=substance.name,
        reference=substance.id,
        recalled=substance.provenance.status.basis is Basis.ASSUMED,
    )
