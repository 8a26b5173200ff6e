"""The words of a report in one language: texts, countries, days, figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter

from app.report.figures import one_decimal
from app.report.markup import Child, Markup, escaped, joined
from app.report.texts import TEXTS
from app.report.texts.messages import Messages, messages_in

LANGUAGES = ("en", "ja", "de", "zh")

_LOCALES = {"en": "en_GB", "ja": "ja", "de": "de", "zh": "zh_Hans_CN"}
#: Languages that write a comma before the decimals.
_COMMA = frozenset({"de"})


class Language:
    """Says things in one language.

    Attributes:
        code: en, ja, de or zh.
        tag: Language tag of the document.
    """

    def __init__(self, code: str, texts: Mapping[str, str], messages: Messages) -> None:
        self.code = code
        self.tag = "zh-Hans" if code == "zh" else code
        self._texts = texts
        self._messages = messages

    def say(self, key: str, **slots: object) -> str:
        """Return a text with its slots filled."""
        text = self._texts[key]
        return text.format(**slots) if slots else text

    def has(self, key: str) -> bool:
        """Return whether there is a text of this name."""
        return key in self._texts

    def counted(self, key: str, number: int, **slots: object) -> str:
        """Return a text about a number of things, in the form that suits the number."""
        return self.say(f"{key}.{'one' if number == 1 else 'other'}", n=number, **slots)

    def markup(self, key: str, **slots: Child) -> Markup:
        """Return a text whose slots may hold markup; everything else is escaped."""
        parts: list[Child] = []
        for literal, slot, _, _ in Formatter().parse(self._texts[key]):
            parts.append(escaped(literal))
            if slot is not None:
                parts.append(slots[slot])
        return joined(*parts)

    def inside(self, text: str) -> str:
        """Return a phrase as it reads within a sentence; German nouns keep their capital."""
        return text[:1].lower() + text[1:] if self.code == "en" else text

    def sentence(self, english: str, code: str | None = None) -> str | None:
        """Return what a sentence of the core means in this language, or None if not known."""
        return self._messages.translated(english, code)

    def country(self, country_code: str) -> str:
        """Return the name of a country."""
        return _territories(self.code).get(country_code, country_code)

    def countries(self) -> Mapping[str, str]:
        """Return the names of all countries by code."""
        return _territories(self.code)

    def day(self, value: date) -> str:
        """Return a day as people write it."""
        from babel.dates import format_date  # noqa: PLC0415 - only reports need it

        return format_date(value, format="long", locale=_LOCALES[self.code])

    def number(self, text: str) -> str:
        """Return a figure, written with a point, as people write it.

        Examples:
            >>> language("de").number("79.3"), language("en").number("79.3")
            ('79,3', '79.3')
        """
        return text.replace(".", ",") if self.code in _COMMA else text

    def tenths(self, value: float) -> str:
        """Return a figure with one decimal."""
        return self.number(one_decimal(value))

    def whole(self, value: float) -> str:
        """Return a figure without decimals."""
        return f"{value:.0f}"

    def per_cent(self, share: float) -> str:
        """Return a share [1] in per cent, without decimals but for small ones."""
        value = 100.0 * share
        text = f"{value:.1f}" if 0.0 < value < 1.0 else f"{value:.0f}"
        return f"{self.number(text)}\u00a0%"

    def mass(self, value_kg: float) -> str:
        """Return a mass in the unit that suits its size."""
        from app.report.figures import mass  # noqa: PLC0415 - the name is that of this method

        return self.number(mass(value_kg)).replace(" ", "\u00a0")

    def listed(self, items: list[str]) -> str:
        """Return things one after the other."""
        return self.say("list.comma").join(items)


@cache
def language(code: str) -> Language:
    """Return the words of a language."""
    return Language(code, TEXTS[code], messages_in(code, _territories(code)))


@cache
def _territories(code: str) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415 - only reports need it

    names = Locale.parse(_LOCALES[code]).territories
    return {key: str(names[key]) for key in sorted(names) if len(key) == 2 and key.isalpha()}
