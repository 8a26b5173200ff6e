"""Names on entity lists: how they are compared, and what a comparison found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

MatchKind = Literal["exact", "spelling", "sound", "group"]

#: Share from which an owner controls a firm, in the words of the notices "50 per cent or more".
CONTROLLING_SHARE = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRules:
    """When two names are taken for one.

    Attributes:
        same_from: Similarity from which a name counts as the listed one [1].
        near_from: Similarity from which it is shown, and counts at the unfavourable end [1].
        sound_letters: Consonants that a name needs to be compared by its sound.
    """

    same_from: float = 0.9
    near_from: float = 0.8
    sound_letters: int = 6


DEFAULT_NAME_RULES = NameRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerShare:
    """Who owns how much of an end user [1], as the caller declares it."""

    name: str
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMatch:
    """A name that is, or is near, one on an entity list.

    Attributes:
        measure: Id of the list.
        listed_name: Spelling on the list that came nearest.
        similarity: 1 for the same name [1].
        how: exact, spelling, sound, or group (the name begins like a listed one).
        counts: True where it is taken for the listed name.
    """

    measure: str
    listed_name: str
    similarity: float
    how: MatchKind
    counts: bool
