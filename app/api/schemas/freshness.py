"""How old the knowledge behind an answer is, as it is answered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict


class PassedDay(TypedDict):
    """A day of the calendar that passed without anybody having said what it brought."""

    on_date: str
    what: str


class FreshnessAnswer(TypedDict):
    """How far the register can be trusted on the day of the question."""

    knowledge_cutoff: Annotated[str, Field(description="Day of the newest source.")]
    days_past_cutoff: Annotated[
        int, Field(description="Days from there to the day of the question.", ge=0)
    ]
    scheduled_passed: Annotated[
        list[PassedDay],
        Field(description="Scheduled days after the newest source that nobody has confirmed."),
    ]
    checks_overdue: Annotated[
        list[str],
        Field(description="Measures of this answer that were due for another look by then."),
    ]
