"""A product with everything that was found out about it, as reports and the API lay it out."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.abroad import NOTHING_ABROAD, AbroadReport
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.exposure import IdentifiedLine
from app.domain.results import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWarning:
    """Something that the reader of an answer must know before relying on it.

    Attributes:
        code: Stable snake_case name, for programs.
        text: One sentence for a person.
        pointer: JSON pointer into the request, or None where it concerns the whole answer.
        row: Physical row of a file, counted from 1, or None.
        column: Header text or letter of the column, or None.
    """

    code: str
    text: str
    pointer: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedBom:
    """A question and its answer.

    Attributes:
        bom: The lines as they came in.
        identified: What each holds, in the same order.
        assessment: Scores with their explanations.
        warnings: What limits the answer, whole answer first, then line by line.
        abroad: What rules on goods made abroad say; empty where nobody asked.
    """

    bom: Bom
    context: AssessmentContext
    identified: tuple[IdentifiedLine, ...]
    assessment: Assessment
    warnings: tuple[AnswerWarning, ...]
    abroad: AbroadReport = NOTHING_ABROAD
