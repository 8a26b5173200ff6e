"""Words that depend on the reference data: the sectors and everything they are called."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.reference import ReferenceData


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sector ids by folded id, alias or name."""

    sectors: Mapping[str, str]

    def sector(self, word: str) -> str | None:
        """Return the id of the sector that a word names, or None."""
        return self.sectors.get(_folded(word))

    def suggest_sector(self, word: str) -> str | None:
        """Return the id that was probably meant, or None."""
        near = suggest_word(word, self.sectors)
        return self.sectors[near] if near else None


def vocabulary_of(reference: ReferenceData) -> Vocabulary:
    """Return the words of the loaded data. An id goes before an alias, an alias before a name."""
    words: dict[str, str] = {}
    for sector in reference.sectors.values():
        words[_folded(sector.id)] = sector.id
    for sector in reference.sectors.values():
        for alias in sector.aliases:
            words.setdefault(_folded(alias), sector.id)
    for sector in reference.sectors.values():
        for name in sector.names.values():
            words.setdefault(_folded(name), sector.id)
    return Vocabulary(MappingProxyType(words))


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def suggest_word(text: str, allowed: Iterable[str]) -> str | None:
    """Return the nearest allowed word, or None where none is near.

    Examples:
        >>> suggest_word("Civil", ["civil", "military"]), suggest_word("xyz", ["civil"])
        ('civil', None)
    """
    words = list(allowed)
    folded = {word.casefold(): word for word in reversed(words)}
    close = difflib.get_close_matches(text.strip().casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None
