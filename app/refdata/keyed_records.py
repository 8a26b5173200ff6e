"""Reads a YAML file that maps ids to records."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from app.errors import ReferenceDataError
from app.refdata.text_record import TextRecord, gather
from app.refdata.yaml_text import read_yaml_text


def read_keyed_records(
    root: Path, name: str, *, required: Collection[str] = (), optional: Collection[str] = ()
) -> tuple[tuple[str, TextRecord], ...]:
    """Return (id, record) pairs in the order of the file.

    Args:
        root: Folder of the data.
        name: Path of the file below it.
        required: Keys that each record must have.
        optional: Further keys that it may have.

    Raises:
        ReferenceDataError: The file is no mapping, or a record lacks a key or has a strange one.
    """
    content = read_yaml_text(root / name, name=name)
    if not isinstance(content, dict):
        raise ReferenceDataError(f"{name}: must be a mapping of ids to records")
    return gather(
        content.items(),
        lambda item: (
            item[0],
            TextRecord(f"{name}: {item[0]}", item[1], required=required, optional=optional),
        ),
    )
