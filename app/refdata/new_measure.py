"""Adds a measure to a folder of reference data, once a copy of the folder has passed all checks."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.reference import ReferenceData
from app.errors import ReferenceDataError
from app.refdata.controls_tables import REGISTER_FILE
from app.refdata.counts import record_counts
from app.refdata.load import load_reference_data
from app.refdata.measure_answers import MeasureAnswers
from app.refdata.measure_files import acceptance_text, measure_text, sources_text
from app.refdata.sources import SOURCES_FILE, load_sources

_CUTOFF = re.compile(r"^(knowledge_cutoff: *)(\d{4}-\d{2}-\d{2})", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasure:
    """What is to be written.

    Attributes:
        data: Text by path below the folder of data.
        acceptance: Text of the acceptance table.
        acceptance_name: Its file name.
        known_until: Where the knowledge of the register ended before.
    """

    data: Mapping[str, str]
    acceptance: str
    acceptance_name: str
    known_until: date


def prepare(root: Path, answers: MeasureAnswers) -> NewMeasure:
    """Return the files of a new measure of a folder of data; nothing is written.

    Raises:
        ReferenceDataError: The measure exists, or its source is neither known nor described.
    """
    name = f"controls/{answers.exporter.lower()}/{answers.id.lower()}.yaml"
    if (root / name).exists():
        raise ReferenceDataError(
            f"{name}: exists already; a later notice about it is one more event in its timeline"
        )
    files = {name: measure_text(answers)}
    source, known = answers.source, load_sources(root)
    if source.is_new:
        if source.key in known:
            raise ReferenceDataError(
                f"{SOURCES_FILE}: {source.key} exists already; give its key alone, or another key"
            )
        present = (root / SOURCES_FILE).read_text(encoding="utf-8")
        files[SOURCES_FILE] = sources_text(present, source, published_on=answers.published_on)
    elif source.key not in known:
        raise ReferenceDataError(
            f"{SOURCES_FILE}: there is no {source.key}; give its publisher and title too"
        )
    known_until, head = _with_cutoff(root, answers)
    if head is not None:
        files[REGISTER_FILE] = head
    return NewMeasure(
        data=files,
        acceptance=acceptance_text(answers),
        acceptance_name=f"{answers.id.lower()}.yaml",
        known_until=known_until,
    )


def _with_cutoff(root: Path, answers: MeasureAnswers) -> tuple[date, str | None]:
    """Return the end of knowledge, and the register's head with a later one, None to leave it.

    Raises:
        ReferenceDataError: The notice is newer than the register's knowledge, and nobody said up
            to which day it was looked for others.
    """
    text = (root / REGISTER_FILE).read_text(encoding="utf-8")
    found = _CUTOFF.search(text)
    if found is None:
        raise ReferenceDataError(f"{REGISTER_FILE}: 'knowledge_cutoff' is missing")
    present = date.fromisoformat(found[2])
    wanted = answers.knowledge_cutoff or present
    if answers.published_on > wanted:
        raise ReferenceDataError(
            f"the notice is of {answers.published_on}, but the register's knowledge ends on "
            f"{wanted}; look whether anything else was published since, then give that day as "
            "'knowledge_cutoff'"
        )
    if wanted <= present:
        return present, None
    return present, f"{text[: found.start()]}{found[1]}{wanted}{text[found.end() :]}"


def add_measure(root: Path, acceptance: Path, new: NewMeasure) -> ReferenceData:
    """Write a new measure, and return the reference data with it.

    A copy of the folder is changed and checked first, so that a mistake leaves no trace.

    Args:
        root: Folder of the data.
        acceptance: Folder of the acceptance tables; made where it is missing.
        new: What to write.

    Raises:
        ReferenceDataError: The data with the measure are not sound; nothing was written.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(root, copy)
        _write(copy, new.data)
        load_reference_data(copy)
    _write(root, new.data)
    record_counts(root)
    acceptance.mkdir(parents=True, exist_ok=True)
    (acceptance / new.acceptance_name).write_text(new.acceptance, encoding="utf-8")
    return load_reference_data(root)


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
