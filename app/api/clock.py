"""The one place that asks what day it is; everything else is told."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now_utc() -> datetime:
    """Return the moment in UTC, for operation alone: no answer about goods depends on it."""
    return datetime.now(tz=UTC)


def today_utc() -> date:
    """Return the calendar day in UTC."""
    return now_utc().date()
