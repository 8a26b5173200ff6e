"""Reads a report as a person does: what is said, and in which language it is marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_WITHOUT_END = frozenset({"br", "col", "hr", "input", "link", "meta"})
_UNSEEN = frozenset({"style", "script"})
_SPOKEN = ("aria-label", "title", "alt")


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    hidden: bool
    own_words: bool
    language: str | None


@dataclass(slots=True)
class Said:
    """What a page says.

    Attributes:
        translated: Texts in the language of the page, spoken labels among them.
        foreign: Texts that the page marks as in another language and that are no names.
        names: Names, titles and words of the caller, which no report translates.
    """

    translated: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said = Said()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        above = self._open[-1] if self._open else _Open("", hidden=False, own_words=False,
                                                        language=None)  # fmt: skip
        now = _Open(
            tag,
            hidden=above.hidden or tag in _UNSEEN,
            own_words=above.own_words or given.get("translate") == "no",
            language=given.get("lang") or above.language,
        )
        for label in _SPOKEN:
            self._add(given.get(label) or "", now)
        if tag not in _WITHOUT_END:
            self._open.append(now)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self._open:
            self._add(data, self._open[-1])

    def _add(self, text: str, place: _Open) -> None:
        if place.hidden or not text.strip():
            return
        if place.own_words:
            self.said.names.append(text)
        elif place.language != self._open[0].language:
            self.said.foreign.append(text)
        else:
            self.said.translated.append(text)


def said_in(page: bytes) -> Said:
    """Return what a page says; tags that do not close in order fail."""
    return _read(page).said


def tags_in(page: bytes) -> list[tuple[str, dict[str, str | None]]]:
    """Return every tag of a page with its attributes."""
    return _read(page).tags


def _read(page: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    return reader
