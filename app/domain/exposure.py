"""What a line holds of each rare earth, as identification found it and scoring takes it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.domain.provenance import Basis
from app.domain.triple import ONE, Triple


class LineOutcome(enum.StrEnum):
    """Whether a line holds rare earths."""

    RARE_EARTHS_FOUND = "rare_earths_found"
    NO_RARE_EARTHS = "no_rare_earths"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One reason for an outcome: what was seen, where, and which reference row it met.

    Attributes:
        kind: declaration, cas, ec, formula, grade, material, product_declaration, component,
            hs_code, name, negation or none.
        text: The words that were seen.
        field: Field of the line in which they stood.
        start, end: Span of the words in that field, or None.
        reference: Id of the material, component or substance.
    """

    kind: str
    text: str
    field: str
    start: int | None = None
    end: int | None = None
    reference: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementContent:
    """One element in a line.

    Attributes:
        mass_kg: Contained element per product, all units of the line [kg]; None where no mass
            can be given (the element is there, its amount is not known).
        fraction: Mass fraction of the element in the material that crosses the border [1];
            decides co-containment: an end of 0 means that the material may be without it.
        presence: Probability that the line holds the element at all [1]; (0, p, 1) for what
            is only likely, (0, 0, 1) for what is only possible.
        basis: declared, derived or assumed.
    """

    symbol: str
    mass_kg: Triple | None
    fraction: Triple | None
    presence: Triple = ONE
    basis: Basis = Basis.DERIVED
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedLine:
    """The outcome of identification for one line.

    Attributes:
        forms: Chain forms that the goods may have, best first; several mean "not known which"
            and the score takes the worst. Empty where nothing was found.
        material: Id of the material or component that the composition comes from.
        confidence: That the outcome is right [1], 0-1.
        reason: One sentence; always present when the outcome is `undetermined`.
        question: What to ask the supplier, or None.
        warnings: (code, text) pairs.
    """

    line_id: str
    outcome: LineOutcome
    confidence: float
    elements: tuple[ElementContent, ...]
    forms: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]
    reason: str
    material: str | None = None
    question: str | None = None
    default_composition: bool = False
    warnings: tuple[tuple[str, str], ...] = ()
