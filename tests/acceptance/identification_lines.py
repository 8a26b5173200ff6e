"""Loads the labelled lines of identification and compares them with what is identified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine, LineOutcome
from app.domain.materials import IdentificationReference
from app.identification import Identifier, compile_identifier
from app.refdata.materials import load_identification
from app.refdata.sources import load_sources
from app.refdata.text_record import TextRecord
from app.refdata.yaml_text import read_yaml_text

FOLDER = Path(__file__).parent / "identification"
DATA = Path(__file__).parents[2] / "app" / "data"

#: Groups of a file: what the text says about rare earths.
FOUND, POSSIBLE, NONE = "found", "possible", "none"

_NOT_LABELLED = ("false_friends.yaml", "positive_cases.yaml")


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """One line with what a reader would say about it.

    Attributes:
        group: found, possible or none.
        elements: What must be reported.
        absent: What must not be reported.
        outcome: Where not that of the group: any, or not_found (none or undetermined).
    """

    file: str
    language: str
    group: str
    text: str
    elements: tuple[str, ...]
    absent: tuple[str, ...]
    outcome: str | None
    why: str


@cache
def reference() -> IdentificationReference:
    """Return the shipped data."""
    return load_identification(DATA, frozenset(load_sources(DATA)))


@cache
def identifier() -> Identifier:
    """Return the identifier over the shipped data."""
    return compile_identifier(reference())


@cache
def labelled_lines() -> tuple[LabelledLine, ...]:
    """Return all labelled lines, in the order of the files."""
    files = sorted(path for path in FOLDER.glob("*.yaml") if path.name not in _NOT_LABELLED)
    return tuple(line for path in files for line in _lines_of(path))


def _lines_of(path: Path) -> Iterable[LabelledLine]:
    document = TextRecord(path.name, read_yaml_text(path), required=("language", "cases"))
    cases = document.record("cases", optional=(FOUND, POSSIBLE, NONE))
    for group in (FOUND, POSSIBLE, NONE):
        for row in cases.records(
            group, required=("text", "why"), optional=("elements", "absent", "outcome")
        ):
            yield LabelledLine(
                file=path.name,
                language=document.text("language"),
                group=group,
                text=row.text("text"),
                elements=row.words("elements"),
                absent=row.words("absent"),
                outcome=row.text_or_none("outcome"),
                why=row.text("why"),
            )


def identify(text: str) -> IdentifiedLine:
    """Return what a line with this description holds."""
    return identifier().identify(BomLine(line_id="1", description=text, quantity=1.0, unit="pc"))


def reported(line: IdentifiedLine) -> frozenset[str]:
    """Return the elements that a line may hold by its answer."""
    return frozenset(item.symbol for item in line.elements if item.presence.high > 0)


def fault_of(label: LabelledLine) -> str | None:
    """Return what is wrong with the answer for a labelled line, or None."""
    answer = identify(label.text)
    elements = reported(answer)
    wanted = {
        FOUND: (LineOutcome.RARE_EARTHS_FOUND,),
        POSSIBLE: (LineOutcome.UNDETERMINED,),
        NONE: (LineOutcome.NO_RARE_EARTHS, LineOutcome.UNDETERMINED),
    }[label.group]
    if label.outcome != "any" and answer.outcome not in wanted:
        return f"is {answer.outcome.value} ({answer.reason})"
    if missing := [symbol for symbol in label.elements if symbol not in elements]:
        return f"lacks {' '.join(missing)}; has {' '.join(sorted(elements))} ({answer.reason})"
    if strange := [symbol for symbol in label.absent if symbol in elements]:
        return f"reports {' '.join(strange)} although the text denies it"
    if answer.outcome is LineOutcome.UNDETERMINED and not answer.reason:
        return "is undetermined without a reason"
    return None


@dataclass(frozen=True, slots=True)
class Score:
    """Recall and precision of `rare_earths_found` over labelled lines."""

    lines: int
    labelled_found: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """Return the share of lines that state a rare earth and were found [1]."""
        return self.right / self.labelled_found

    @property
    def precision(self) -> float:
        """Return the share of found lines that state a rare earth [1]."""
        return self.right / self.found


def score_of(labels: Sequence[LabelledLine]) -> Score:
    """Return recall and precision; a line with a wrong element counts as not found.

    A line that may be told either way counts for nothing.
    """
    labels = [label for label in labels if label.outcome != "any"]
    found = right = 0
    for label in labels:
        is_found = identify(label.text).outcome is LineOutcome.RARE_EARTHS_FOUND
        found += is_found
        right += is_found and label.group == FOUND and fault_of(label) is None
    return Score(
        lines=len(labels),
        labelled_found=sum(label.group == FOUND for label in labels),
        found=found,
        right=right,
    )
