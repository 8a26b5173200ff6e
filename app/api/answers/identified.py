"""What lines hold, without scores: of a request, and of a file."""

from __future__ import annotations

from collections.abc import Sequence

from app.api.answers.assessment import DISCLAIMER, file_answer
from app.api.answers.lines import identified_line
from app.api.schemas.identified import FileIdentifyAnswer, IdentifiedRow, IdentifyAnswer
from app.api.versions import Versions
from app.domain.bom import Bom, BomLine
from app.domain.exposure import IdentifiedLine


def identify_answer(lines: Sequence[IdentifiedLine], versions: Versions) -> IdentifyAnswer:
    """Return what each line holds, without scores."""
    return {
        **versions,
        "lines": [identified_line(line) for line in lines],
        "disclaimer": DISCLAIMER,
    }


def file_identify_answer(
    bom: Bom, found: Sequence[IdentifiedLine], versions: Versions
) -> FileIdentifyAnswer:
    """Return what each line of a file holds, and how the file was read."""
    return {
        **versions,
        "file": None if bom.file is None else file_answer(bom.file),
        "lines": [_row(line, one) for line, one in zip(bom.lines, found, strict=True)],
        "disclaimer": DISCLAIMER,
    }


def _row(line: BomLine, found: IdentifiedLine) -> IdentifiedRow:
    head = identified_line(found)
    for code, text, _ in line.warnings:
        head["warnings"].append({"code": code, "text": text})
    return {**head, "row": line.row, "sheet": line.sheet}
