"""Reads kinds of optical glass with lanthanum (`H-ZLaF52`, `TAFD25`) in a field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.domain.exposure import EvidenceItem
from app.identification.knowledge import Knowledge
from app.identification.reading import FieldReading
from app.identification.statement import Statement, material_statement

#: Makers write a letter before the kind; without it the case must be that of lanthanum.
_SURE = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z]{1,2}-(Z?L[aA](?:SF|F|K|L|H|M)[A-Za-z]{0,2}|TAFD?)"
    r"|(La(?:K|SF|FN|KN|SK)[nN]?|TAFD))\d{1,3}[A-Z]{0,2}(?![A-Za-z0-9])"
)
#: Kinds of one maker without a letter, which may be any code: they need a word for glass.
_HINTED = re.compile(
    r"(?<![A-Za-z0-9-])(TAF|TAC|LAC|LACL|LAK|LASF|LAF)\d{1,3}[A-Z]?(?![A-Za-z0-9])"
)
#: What each kind has; a cheap test before the search.
_SIGN = re.compile("L[aA]|TA[FC]")
_HEAVY = ("LASF", "LAH", "ZLAF", "TAF")


class PrintedGlass(NamedTuple):
    """A kind of optical glass with lanthanum; `heavy` for the dense flints."""

    heavy: bool
    start: int
    end: int


def may_hold_glass(text: str) -> bool:
    """Return whether a text may hold a kind of optical glass with lanthanum."""
    return _SIGN.search(text) is not None


def find_lanthanum_glass(text: str, *, hinted: bool) -> PrintedGlass | None:
    """Return the first kind of optical glass with lanthanum in a text, or None.

    Args:
        text: As the caller wrote it.
        hinted: The line has a word for glass.

    Examples:
        >>> find_lanthanum_glass("H-ZLaF52 gob", hinted=False).heavy
        True
        >>> find_lanthanum_glass("LaF3, LAK9, S-LAM cover", hinted=False) is None
        True
        >>> find_lanthanum_glass("TAC8", hinted=True).heavy
        False
    """
    match = _SURE.search(text) or (_HINTED.search(text) if hinted else None)
    if match is None:
        return None
    kind = next(group for group in match.groups() if group).upper()
    return PrintedGlass(kind.startswith(_HEAVY), *match.span())


def glass_statements(
    reading: FieldReading, knowledge: Knowledge, *, hinted: bool
) -> Iterable[Statement]:
    """Return what the kind of an optical glass in a field says."""
    glass = find_lanthanum_glass(reading.text.original, hinted=hinted)
    if glass is None:
        return
    material = "optical_glass_lasf" if glass.heavy else "optical_glass_lak"
    evidence = EvidenceItem(
        kind="grade", text=reading.text.original[glass.start : glass.end], field=reading.name,
        start=glass.start, end=glass.end, reference=material,
    )  # fmt: skip
    yield material_statement(
        knowledge.reference.materials[material], knowledge, kind="material", evidence=evidence
    )
