"""Whether an end user or a supplier stands on an entity list. No match is never a clearance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.controls import ControlMeasure, ControlRegister, TimelineStatus
from app.domain.entities import (
    CONTROLLING_SHARE,
    EntityMatch,
    MatchKind,
    NameRules,
    OwnerShare,
)
from app.scoring.names import (
    begins_like,
    edit_distance,
    has_kana,
    normalised_name,
    similarity,
    sound,
    trigrams,
)
from app.scoring.timeline import status_on

#: Statuses in which a list says nothing of anybody.
_SILENT = frozenset({TimelineStatus.NOT_PUBLISHED, TimelineStatus.ENDED})

EXACT: Final = "exact"
SPELLING: Final = "spelling"
SOUND: Final = "sound"
GROUP: Final = "group"

#: Names that share fewer of their trigrams are not looked at more closely (Dice coefficient).
_SHARED_TRIGRAMS = 0.3


@dataclass(frozen=True, slots=True)
class EndUserLists:
    """What entity lists say of an end user, by how surely.

    Attributes:
        named: Lists that name it.
        near: Lists that hold a name near its own; they count at the unfavourable end only.
        owned: Probability at each end that a listed firm holds it at 50 per cent or more [1];
            None where nobody said who owns it.
    """

    named: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    owned: tuple[float, float, float] | None = None


NOBODY = EndUserLists()


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One spelling of a listed name, ready to compare."""

    measure: str
    listed_name: str
    normal: str
    sound: str
    kana: bool


class _Postings:
    """Finds texts that share enough runs of three characters with another (Dice coefficient)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._sizes = [len(trigrams(text)) for text in texts]
        self._by_trigram: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for trigram in trigrams(text):
                self._by_trigram.setdefault(trigram, []).append(place)

    def near(self, text: str) -> set[int]:
        """Return the places of the texts that are worth a closer look."""
        own = trigrams(text)
        shared: Counter[int] = Counter()
        for trigram in own:
            shared.update(self._by_trigram.get(trigram, ()))
        return {
            place
            for place, count in shared.items()
            if 2 * count >= _SHARED_TRIGRAMS * (len(own) + self._sizes[place])
        }


class NameIndex:
    """The names of all entity lists, ready to compare with many others.

    Args:
        measures: Measures of which those with an entity list are taken.
        rules: When two names are taken for one.
    """

    def __init__(self, measures: Iterable[ControlMeasure], rules: NameRules) -> None:
        self._rules = rules
        self._spellings = [
            _spelling(measure.id, name)
            for measure in measures
            if measure.entity_list is not None
            for entity in measure.entity_list.entities
            for name in entity.names
        ]
        self._letters = _Postings([spelling.normal for spelling in self._spellings])
        self._sounds = _Postings([spelling.sound for spelling in self._spellings])
        self._by_first_word: dict[str, list[int]] = {}
        for place, spelling in enumerate(self._spellings):
            self._by_first_word.setdefault(spelling.normal.split()[0], []).append(place)

    def matches(self, name: str | None) -> tuple[EntityMatch, ...]:
        """Return the lists with this name or one near it, the likest name of each, by list.

        Args:
            name: Name as the caller gave it, or None.
        """
        wanted = normalised_name(name or "")
        if not wanted:
            return ()
        best: dict[str, EntityMatch] = {}
        for place in self._candidates(wanted):
            match = self._compare(wanted, self._spellings[place])
            if match is None:
                continue
            known = best.get(match.measure)
            if known is None or _order(match) > _order(known):
                best[match.measure] = match
        return tuple(best[measure] for measure in sorted(best))

    def _candidates(self, wanted: str) -> list[int]:
        """Return the spellings that share letters, a first word or a sound, in their order."""
        found = self._letters.near(wanted)
        found.update(self._by_first_word.get(wanted.split(maxsplit=1)[0], ()))
        heard = sound(wanted)
        if len(heard) >= self._rules.sound_letters:
            found |= self._sounds.near(heard)
        return sorted(found)

    def _compare(self, wanted: str, spelling: _Spelling) -> EntityMatch | None:
        how: MatchKind = SPELLING
        alike = similarity(wanted, spelling.normal)
        if alike < self._rules.near_from and has_kana(wanted) != spelling.kana:
            alike, how = self._by_sound(wanted, spelling), SOUND
        if alike < self._rules.same_from and begins_like(wanted, spelling.normal):
            how = GROUP
        if alike >= self._rules.near_from or how == GROUP:
            exact = alike == 1.0 and how == SPELLING
            return EntityMatch(
                measure=spelling.measure,
                listed_name=spelling.listed_name,
                similarity=alike,
                how=EXACT if exact else how,
                # A sound alone is a reason to ask, not to take a name for the listed one.
                counts=how == SPELLING and alike >= self._rules.same_from,
            )
        return None

    def _by_sound(self, wanted: str, spelling: _Spelling) -> float:
        heard = sound(wanted)
        shortest = min(len(heard), len(spelling.sound))
        if shortest < self._rules.sound_letters:
            return 0.0
        longest = max(len(heard), len(spelling.sound))
        return 1.0 - edit_distance(heard, spelling.sound) / longest


def _spelling(measure: str, name: str) -> _Spelling:
    normal = normalised_name(name)
    return _Spelling(measure, name, normal, sound(normal), has_kana(normal))


def _order(match: EntityMatch) -> tuple[bool, bool, float, str]:
    return match.counts, match.how != GROUP, match.similarity, match.listed_name


def name_index(register: ControlRegister, *, as_of: date, known_on: date) -> NameIndex:
    """Return the names of the lists that had been published on a day and have not ended.

    A list that is suspended is among them: its state decides what it means.

    Args:
        register: All measures.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
    """
    return NameIndex(
        (
            measure
            for _, measure in sorted(register.measures.items())
            if measure.entity_list is not None
            and status_on(measure, as_of, known_on).status not in _SILENT
        ),
        register.name_rules,
    )


def end_user_lists(
    register: ControlRegister,
    end_user: str | None,
    owners: tuple[OwnerShare, ...] = (),
    *,
    as_of: date,
    known_on: date,
) -> EndUserLists:
    """Return what the lists say of an end user and of those who own it.

    Args:
        register: All measures.
        end_user: Name as the caller gave it, or None.
        owners: Who owns it, as far as the caller says.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
    """
    if not (end_user or "").strip() and not owners:
        return NOBODY
    index = name_index(register, as_of=as_of, known_on=known_on)
    found = index.matches(end_user)
    return EndUserLists(
        named=frozenset(match.measure for match in found if match.counts),
        near=frozenset(match.measure for match in found if not match.counts and match.how != GROUP),
        owned=_owned(index, owners) if owners else None,
    )


def _owned(index: NameIndex, owners: tuple[OwnerShare, ...]) -> tuple[float, float, float] | None:
    """Return the probability at each end that a listed firm holds half of an end user [1].

    The notices speak of a firm that holds 50 per cent or more; whether shares of several listed
    firms add up is open, so they do at the unfavourable end.
    """
    sure = possible = single = Decimal(0)
    for owner in owners:
        matches = index.matches(owner.name)
        if any(match.counts for match in matches):
            sure += owner.share
            single = max(single, owner.share)
        elif any(match.how != GROUP for match in matches):
            possible += owner.share
    if single >= CONTROLLING_SHARE:
        return (1.0, 1.0, 1.0)
    if sure + possible >= CONTROLLING_SHARE:
        return (0.0, 0.0, 1.0)
    unnamed = 1 - sum((owner.share for owner in owners), Decimal(0))
    if sure + possible + max(unnamed, Decimal(0)) < CONTROLLING_SHARE:
        return (0.0, 0.0, 0.0)
    return None


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
