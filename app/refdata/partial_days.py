"""Reads dates of which only the month or year may be known."""

from __future__ import annotations

import re
from datetime import date

from app.refdata.text_record import TextRecord

_PARTIAL_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_FIRST_DAY = "YYYY-01-01"


def read_partial_day(record: TextRecord, key: str) -> str:
    """Return a date written YYYY, YYYY-MM or YYYY-MM-DD.

    Raises:
        ReferenceDataError: It is missing or written otherwise.
    """
    text = record.text(key)
    if not is_partial_day(text):
        raise record.error(f"{key!r} must be YYYY[-MM[-DD]], not {text!r}")
    return text


def is_partial_day(text: str) -> bool:
    """Return whether a text is a year, a month or a day that the calendar has."""
    if not _PARTIAL_DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + _FIRST_DAY[len(text) :])
    except ValueError:
        return False
    return True


def read_partial_day_or_none(record: TextRecord, key: str) -> str | None:
    """Return a date as above, or None where there is none.

    Raises:
        ReferenceDataError: It is written otherwise.
    """
    return read_partial_day(record, key) if record.has(key) else None
