"""The one place that asks what day it is; everything else is told."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today_utc() -> date:
    """Return the calendar day in UTC."""
    return datetime.now(tz=UTC).date()
