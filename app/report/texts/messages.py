"""Sentences of the core in the language of a report: exact ones, patterns with slots, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from re import Pattern
from string import Formatter

from app.report.texts.sentences_answer import SENTENCES as OF_ANSWERS
from app.report.texts.sentences_notes import SENTENCES as OF_NOTES
from app.report.texts.sentences_parts import SENTENCES as OF_PARTS
from app.report.texts.sentences_warnings import SENTENCES as OF_WARNINGS

_TRANSLATED = ("de", "ja", "zh")
_OR = " or "
_JOINTS: Mapping[str, str] = {"en": " or ", "de": " oder ", "ja": "または", "zh": "或"}
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
    elements joined by "or".
    """

    def __init__(
        self, language: str, rows: Mapping[str, str], notes: Mapping[str, str] | None = None
    ) -> None:
        self._language = language
        self._exact = {text: there for text, there in rows.items() if "{" not in text}
        self._patterns = [(_pattern(text), there) for text, there in rows.items() if "{" in text]
        self._notes = notes or {}
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
                    **{slot: self._filled(text) for slot, text in match.groupdict().items()}
                )
        return None

    def _filled(self, text: str) -> str:
        if text in self._exact:
            return self._exact[text]
        parts = (self._exact.get(part, part) for part in text.split(_OR))
        return _JOINTS[self._language].join(parts)


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


@cache
def messages_in(code: str) -> Messages:
    """Return the sentences in a language; in English they stay as they are but for codes."""
    rows = [row for block in (OF_ANSWERS, OF_WARNINGS, OF_PARTS) for row in rows_of(block)]
    if code not in _TRANSLATED:
        english = {key: key for key, _ in rows if "{" in key}
        words = {key: f"“{key.replace('_', ' ')}”" for key in _ENGLISH_CODES}
        return Messages(code, {**words, **english})
    notes = {key: there[code] for key, there in rows_of(OF_NOTES)}
    return Messages(code, {key: there[code] for key, there in rows}, notes)
