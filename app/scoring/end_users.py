"""Whether an end user stands on an entity list. No match is never a clearance."""

from __future__ import annotations

import unicodedata
from datetime import date

from app.domain.controls import ControlMeasure, ControlRegister, TimelineStatus
from app.scoring.timeline import status_on

#: Words that say what kind of company it is, not which one.
LEGAL_FORMS: frozenset[str] = frozenset(
    "ag bv co company corp corporation gk gmbh inc incorporated kg kk limited llc llp ltd nv "
    "oy plc pte pty sa sas se spa spol sro srl 株式会社 有限会社 合同会社 有限公司 股份有限公司".split()
)

_FORMS_WITHOUT_SPACE = ("股份有限公司", "有限公司", "株式会社", "有限会社", "合同会社")


def normalised_name(name: str) -> str:
    """Return a company name without case, width, punctuation and legal form.

    Examples:
        >>> normalised_name("IHI Aerospace Co., Ltd.")
        'ihi aerospace'
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    for form in _FORMS_WITHOUT_SPACE:
        text = text.replace(form, " ")
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def listed_measures(
    register: ControlRegister, end_user: str | None, *, as_of: date, known_on: date
) -> frozenset[str]:
    """Return the entity measures that name an end user and were published by then.

    Names are compared exactly once case, width, punctuation and legal form are gone.

    Args:
        register: All measures.
        end_user: Name as the caller gave it, or None.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
    """
    if end_user is None or not end_user.strip():
        return frozenset()
    wanted = normalised_name(end_user)
    return frozenset(
        measure.id
        for measure in register.measures.values()
        if names(measure, wanted)
        and status_on(measure, as_of, known_on).status is not TimelineStatus.NOT_PUBLISHED
    )


def names(measure: ControlMeasure, wanted: str) -> bool:
    """Return whether an entity list holds a normalised name."""
    if measure.entity_list is None:
        return False
    return any(
        normalised_name(name) == wanted
        for entity in measure.entity_list.entities
        for name in entity.names
    )


def incomplete_lists(register: ControlRegister, as_of: date, known_on: date) -> tuple[str, ...]:
    """Return the ids of lists in force of which not every name could be read."""
    return tuple(
        measure_id
        for measure_id, measure in sorted(register.measures.items())
        if measure.entity_list is not None
        and not measure.entity_list.names_complete
        and status_on(measure, as_of, known_on).status
        in (TimelineStatus.IN_FORCE, TimelineStatus.UNCONFIRMED)
    )
