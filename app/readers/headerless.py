"""Columns of a table without a header, told by their content. Careful: it says so in the notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.readers.fields import Field

_COUNT = re.compile(r"\d{1,5}(?:[.,]\d{1,3})?\s*(?:pcs|pc|ea|stk|stück|个|個|x)?\.?", re.IGNORECASE)
_CODE = re.compile(r"(?=\S*\d)[\w./+#-]{3,40}", re.ASCII)
_MASS = re.compile(r"\d+(?:[.,]\d+)?\s*(?:k?g|mg)", re.IGNORECASE)


def infer_columns(samples: Mapping[int, Sequence[str]]) -> dict[int, Field]:
    """Return the fields of the columns that content makes clear; empty where none describes a part.

    Args:
        samples: Filled cells by column.
    """
    if len(samples) < 2:
        return {}
    fields: dict[int, Field] = {}
    longest = max((len(sample) for sample in samples.values()), default=0)
    counts = [
        index
        for index, sample in samples.items()
        if len(sample) >= 0.6 * longest and _share(_COUNT, sample) >= 0.8
    ]
    running = [index for index in counts if _is_running_number(samples[index])]
    quantities = [index for index in counts if index not in running]
    if running:
        fields[running[0]] = Field.POSITION
    if quantities:
        fields[quantities[0]] = Field.QUANTITY
    for index, sample in samples.items():
        if index not in fields and _share(_MASS, sample) >= 0.8:
            fields[index] = Field.UNIT_MASS
            break
    rest = {
        index: sample
        for index, sample in samples.items()
        if index not in fields and index not in counts
    }
    codes = [index for index, sample in rest.items() if _share(_CODE, sample) >= 0.7]
    texts = [index for index in rest if index not in codes]
    if texts:
        fields[max(texts, key=lambda index: (_mean_length(rest[index]), -index))] = (
            Field.DESCRIPTION
        )
    if codes:
        fields[codes[0]] = Field.PART_NUMBER
    described = {Field.DESCRIPTION, Field.PART_NUMBER} & set(fields.values())
    return fields if described and Field.QUANTITY in fields.values() else {}


def _share(pattern: re.Pattern[str], sample: Sequence[str]) -> float:
    return sum(1 for text in sample if pattern.fullmatch(text)) / len(sample) if sample else 0.0


def _mean_length(sample: Sequence[str]) -> float:
    return sum(len(text) for text in sample) / len(sample)


def _is_running_number(sample: Sequence[str]) -> bool:
    numbers = [int(text) for text in sample if text.isdecimal() and len(text) < 6]
    if len(numbers) < len(sample) or len(numbers) < 3:
        return False
    return all(later - earlier in {1, 5, 10, 100} for earlier, later in pairwise(numbers))
