"""Whether an end user stands on an entity list. No match is never a clearance."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.domain.controls import ControlMeasure, ControlRegister, TimelineStatus
from app.scoring.timeline import status_on

#: Words that say what kind of company it is, not which one; "and" is often written "&".
_UNTELLING: frozenset[str] = frozenset(
    "ab ag and as asa bhd bv co company corp corporation gk gmbh inc incorporated jsc kabushiki "
    "kaisha kg kk limited llc llp lp ltd nv oy oyj partnership plc pte pty pvt sa sas sdn se spa "
    "spol spolka sro srl the 株".split()
)

#: The same where a language writes no blanks; the longer ones first.
_ATTACHED_FORMS = ("股份有限公司", "有限公司", "株式会社", "有限会社", "合同会社")

#: "S.A." or "s. r. o.": single letters with full stops are one word.
_INITIALS = re.compile(r"\b\w(?:\.\s?\w\b)+\.?")

#: Statuses in which a list says nothing of anybody.
_SILENT = frozenset({TimelineStatus.NOT_PUBLISHED, TimelineStatus.ENDED})


def normalised_name(name: str) -> str:
    """Return a company name without case, width, punctuation and legal form.

    Examples:
        >>> normalised_name("IHI Aerospace Co., Ltd.")
        'ihi aerospace'
        >>> normalised_name("EXCALIBUR ARMY spol. s.r.o.")
        'excalibur army'
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    for form in _ATTACHED_FORMS:
        text = text.replace(form, " ")
    text = _INITIALS.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", text)
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    kept = [word for word in words if word not in _UNTELLING]
    return " ".join(kept or words)


def listed_measures(
    register: ControlRegister, end_user: str | None, *, as_of: date, known_on: date
) -> frozenset[str]:
    """Return the entity measures that name an end user, had been published, and have not ended.

    Names are compared exactly once case, width, punctuation and legal form are gone. A list
    that is suspended is among them: its state decides what it means.

    Args:
        register: All measures.
        end_user: Name as the caller gave it, or None.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
    """
    wanted = normalised_name(end_user or "")
    if not wanted:
        return frozenset()
    return frozenset(
        measure.id
        for measure in register.measures.values()
        if names(measure, wanted) and status_on(measure, as_of, known_on).status not in _SILENT
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


def incomplete_lists(
    register: ControlRegister, as_of: date, known_on: date, *, destination: str | None = None
) -> tuple[str, ...]:
    """Return the ids of live lists of which not every name could be read.

    Args:
        register: All measures.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
        destination: Only lists that reach goods bound for this country; None for all.
    """
    return tuple(
        measure_id
        for measure_id, measure in sorted(register.measures.items())
        if measure.entity_list is not None
        and not measure.entity_list.names_complete
        and (destination is None or measure.scope.destinations.includes(destination))
        and status_on(measure, as_of, known_on).status not in _SILENT
    )
