"""Sentences of the core in the language of a report: exact ones, patterns with slots, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from re import Pattern
from string import Formatter
from types import MappingProxyType

from app.report.texts.sentences_actions import patterns_of_actions, words_of_actions
from app.report.texts.sentences_answer import SENTENCES as OF_ANSWERS
from app.report.texts.sentences_notes import SENTENCES as OF_NOTES
from app.report.texts.sentences_parts import SENTENCES as OF_PARTS
from app.report.texts.sentences_warnings import SENTENCES as OF_WARNINGS

_TRANSLATED = ("de", "ja", "zh")
_OR = " or "
_JOINTS: Mapping[str, str] = {"en": " or ", "de": " oder ", "ja": "または", "zh": "或"}
#: How a share of an element reads, such as "4.2 % of Sc".
_SHARE_OF = re.compile(r"([0-9.]+) % of ([A-Z][a-z]?)")
_SHARES: Mapping[str, str] = {"de": r"\1 % bei \2", "ja": r"\2の\1 %", "zh": r"\2的\1 %"}
#: Slot that holds the code of a country.
_COUNTRY = "country"
_MOST_KEPT = 2000
#: Codes that stand in a sentence of the core, as English puts them into words.
_ENGLISH_CODES = (
    "not_controlled", "ordinary_licence", "announced", "suspended", "unconfirmed",
    "licence_required", "enhanced_licence", "case_by_case", "presumption_of_denial", "prohibited",
    "in_force", "not_published",
)  # fmt: skip


class Messages:
    """Finds the translation of a sentence.

    What fills a slot is translated by the exact rows where they hold it: the code of a status, or
    elements joined by "or". The code of a country becomes its name.
    """

    def __init__(
        self,
        language: str,
        rows: Mapping[str, str],
        *,
        countries: Mapping[str, str],
        notes: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._language = language
        self._countries = countries
        self._exact = {text: there for text, there in rows.items() if "{" not in text}
        self._patterns = [(_pattern(text), there) for text, there in rows.items() if "{" in text]
        self._notes = notes
        self._kept: dict[str, str | None] = {}

    def translated(self, english: str, code: str | None = None) -> str | None:
        """Return a sentence in this language, or None if nobody has translated it.

        Args:
            english: The sentence of the core.
            code: Code of the remark that it belongs to; a translation of the code serves where
                the sentence itself has none.
        """
        found = self._exact.get(english) or self._by_pattern(english)
        if found is None and code is not None:
            found = self._notes.get(code) or self._notes.get(f"*_{code.rpartition('_')[2]}")
            found = found or self._notes.get("*_" + "_".join(code.split("_")[-2:]))
        return english if found is None and self._language == "en" else found

    def _by_pattern(self, english: str) -> str | None:
        if english not in self._kept:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            self._kept[english] = self._matched(english)
        return self._kept[english]

    def _matched(self, english: str) -> str | None:
        for pattern, there in self._patterns:
            match = pattern.fullmatch(english)
            if match is not None:
                return there.format(
                    **{slot: self._filled(slot, text) for slot, text in match.groupdict().items()}
                )
        return None

    def _filled(self, slot: str, text: str) -> str:
        if slot == _COUNTRY:
            return self._countries.get(text, text)
        if text in self._exact:
            return self._exact[text]
        parts = (self._exact.get(part, part) for part in text.split(_OR))
        return self._shares(_JOINTS[self._language].join(parts))

    def _shares(self, text: str) -> str:
        if self._language not in _SHARES or _SHARE_OF.search(text) is None:
            return text
        told = _SHARE_OF.sub(_SHARES[self._language], text)
        return told.replace(".", ",") if self._language == "de" else told


def _pattern(text: str) -> Pattern[str]:
    """Return the expression of a sentence with slots."""
    parts = (
        re.escape(literal) + (f"(?P<{slot}>.+?)" if slot is not None else "")
        for literal, slot, _, _ in Formatter().parse(text)
    )
    return re.compile("".join(parts), re.DOTALL)


def rows_of(block: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the key of each row of a block, and its translations by language."""
    for paragraph in block.strip().split("\n\n"):
        key, *lines = paragraph.splitlines()
        yield key, {line[:2]: line[4:] for line in lines}


def messages_in(code: str, countries: Mapping[str, str]) -> Messages:
    """Return the sentences in a language; in English they stay as they are but for codes.

    Args:
        code: en, de, ja or zh.
        countries: Names of countries in that language by code.
    """
    rows = [row for block in (OF_ANSWERS, OF_WARNINGS, OF_PARTS) for row in rows_of(block)]
    # The patterns of actions begin with a slot, so that they come after all narrower ones.
    rows += [(key, dict(there)) for key, there in (*words_of_actions(), *patterns_of_actions())]
    if code not in _TRANSLATED:
        english = {key: key for key, _ in rows if "{" in key}
        words = {key: f"“{key.replace('_', ' ')}”" for key in _ENGLISH_CODES}
        return Messages(code, {**words, **english}, countries=countries)
    notes = {key: there[code] for key, there in rows_of(OF_NOTES)}
    translated = {key: there[code] for key, there in rows}
    return Messages(code, translated, countries=countries, notes=notes)
