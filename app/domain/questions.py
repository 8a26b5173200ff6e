"""Questions whose answers would make an assessment surer."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class QuestionKind(enum.StrEnum):
    """What is not known."""

    COMPOSITION = "composition"
    ORIGIN = "origin"
    SOURCING = "sourcing"
    FORM = "form"
    STOCK = "stock"
    END_USE = "end_use"


#: What only the buyer itself can answer.
INTERNAL_QUESTIONS: frozenset[QuestionKind] = frozenset({QuestionKind.STOCK, QuestionKind.END_USE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask.

    Attributes:
        line_id: The line that it is about; None for the whole product.
        part_number, description: How the buyer calls the part.
        suppliers: Names of those who deliver the part; none where nobody is named.
        elements: Symbols of the rare earths in question.
        stage: Stage whose countries are asked for (sourcing), else None.
    """

    kind: QuestionKind
    line_id: str | None
    part_number: str | None = None
    description: str | None = None
    suppliers: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    stage: str | None = None
