"""The question that an assessment answers: where to, what for, for whom, on which day."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from app.domain.entities import OwnerShare


class EndUse(enum.StrEnum):
    """What the goods are for; `unknown` is scored from civil to military as an interval."""

    CIVIL = "civil"
    MILITARY = "military"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentContext:
    """Everything about a question but the goods themselves.

    Attributes:
        destination: Country of import, ISO 3166-1 alpha-2.
        end_use: civil, military or unknown.
        end_user: Name of the end user, matched against the entity lists; may be None.
        as_of: The day that the question is about.
        known_on: Only what was published by this day counts.
        horizon_days: Length of the period that the score looks ahead [days], 1-1095.
        language: en, ja, zh or de, for names and texts.
        end_user_owners: Who owns how much of the end user, as far as the caller says.
    """

    destination: str
    as_of: date
    known_on: date
    end_use: EndUse = EndUse.UNKNOWN
    end_user: str | None = None
    horizon_days: int = 180
    language: str = "en"
    end_user_owners: tuple[OwnerShare, ...] = ()
