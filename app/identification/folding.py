"""Brings text into the shape in which names are searched, and back to the caller's positions.

Searched text is NFKC and lower case, with one blank for every run of other signs, a blank
wherever Latin and East Asian writing meet, so that one key finds `LED電球` and `LED 電球`, and a
`|` for signs that end a phrase.
"""

from __future__ import annotations

import re
import unicodedata

#: First code point of East Asian writing, where words are not separated by blanks.
_EAST_ASIAN = "\u2e80"

BREAK = "|"

_BREAKS = frozenset(",;:()[]{}/+|\n\r\t、。「」【】《》…")
_DASHES = (" - ", " \u2013 ", " \u2014 ")

#: One sign for one, which is what makes `str.translate` fast; breaks get their blanks afterwards.
_ASCII_TABLE = str.maketrans(
    {
        chr(code): BREAK if chr(code) in _BREAKS else " "
        for code in range(128)
        if not chr(code).isalnum()
    }
)

_BREAK_SIGN = re.compile("[" + re.escape("".join(sorted(_BREAKS))) + "]")
_OTHER_SIGN = re.compile(r"[^\w|]|_")
_MEETING = re.compile(
    r"(?<=[\u2e80-\U0010ffff])(?=[^\s|\u2e80-\U0010ffff])"
    r"|(?<=[^\s|\u2e80-\U0010ffff])(?=[\u2e80-\U0010ffff])"
)

#: A word, or a sign that ends a phrase.
_ASCII_PART = re.compile(r"[A-Za-z0-9]+|" + _BREAK_SIGN.pattern)

_HALF_WIDTH_MARKS = "\uff9e\uff9f"

_SCHEME = "://"
_WWW = "www."
_MAX_SCHEME = 10
_URL_TAIL = re.compile(r"[!-~]*")
_MAIL_HEAD = re.compile(r"[A-Za-z0-9._%+-]*\Z")
_MAIL_TAIL = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MAX_MAIL_NAME = 64
_DOMAIN = re.compile(
    r"\.(?:com|net|org|info|shop|store|io|eu|de|at|ch|fr|it|es|nl|pl|uk|us|jp|cn|kr|tw|hk)(?![A-Za-z0-9])"
)
_MAX_DOMAIN = 64
_DOMAIN_HEAD = re.compile(r"[A-Za-z][A-Za-z0-9.-]*\Z")


class Folded:
    """Text as searched.

    Attributes:
        original: The caller's text.
        folded: The searched text; begins and ends with a blank.

    Examples:
        >>> fold("Disc-Magnet (NdFeB)").folded
        ' disc magnet | ndfeb | '
    """

    __slots__ = ("_origin", "folded", "original")

    def __init__(self, original: str, folded: str) -> None:
        self.original = original
        self.folded = folded
        self._origin: tuple[str, tuple[int, ...]] | None = None

    def _map(self) -> tuple[str, tuple[int, ...]]:
        """Return the text with its case, and where each sign of it stood; made when needed."""
        if self._origin is None:
            self._origin = _fold_with_origin(self.original)
        return self._origin

    def kept(self, start: int, end: int) -> str:
        """Return a span of `folded` in upper and lower case as the caller wrote it."""
        if self._origin is None and " " not in self.folded[start:end]:
            place = self._first_words(start, end)
            if place is not None:
                return self.original[place[0] : place[1]]
        return self._map()[0][start:end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the positions in the caller's text of a span of `folded`.

        A text with strange marks may fold in another way sign by sign than at once; then the
        span is the whole text.
        """
        place = self._first_words(start, end) if self._origin is None else None
        if place is not None:
            return place
        kept, origin = self._map()
        if len(kept) != len(self.folded):
            return 0, len(self.original)
        return origin[start], origin[end - 1] + 1

    def _first_words(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the positions in the caller's text of a span, found without a map, or None.

        Letters and figures of an ASCII text stand in both texts in one order, so that a word that
        is the first of its kind in one of them is so in the other.
        """
        original, folded = self.original, self.folded
        if not original.isascii():
            return None
        words = folded[start:end].split(" ")
        first, last = words[0], words[-1]
        if not (first.isalnum() and last.isalnum()) or folded.find(first) != start:
            return None
        lowered = original.lower()
        begin = lowered.find(first)
        behind = begin + len(first)
        if len(words) > 1:
            if folded.find(last, start + len(first)) != end - len(last):
                return None
            behind = lowered.find(last, behind) + len(last)
        return begin, behind


def fold(text: str) -> Folded:
    """Return the text as searched."""
    if text.isascii():
        spread = text.replace(_DASHES[0], f" {BREAK} ") if _DASHES[0] in text else text
        spread = spread.translate(_ASCII_TABLE).lower()
        if BREAK in spread:
            spread = spread.replace(BREAK, f" {BREAK} ")
        return Folded(text, f" {' '.join(spread.split())} ")
    spread = text
    for dash in _DASHES:
        spread = spread.replace(dash, f" {BREAK} ")
    spread = _BREAK_SIGN.sub(f" {BREAK} ", unicodedata.normalize("NFKC", spread))
    spread = _MEETING.sub(" ", _OTHER_SIGN.sub(" ", spread))
    return Folded(text, _lower(f" {' '.join(spread.split())} "))


def _lower(text: str) -> str:
    """Return the text in lower case and of the same length.

    The lower case of a few letters is longer; such a letter keeps its case and is not found.
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _fold_with_origin(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text as searched but with its case, and where each sign of it stood."""
    for dash in _DASHES:
        text = text.replace(dash, f" {BREAK} ")
    if text.isascii():
        return _fold_ascii_with_origin(text)
    kept = [" "]
    origin = [0]
    for position, sign in _clusters(text):
        for part in unicodedata.normalize("NFKC", sign):
            last = kept[-1]
            if part.isalnum():
                if last != " " and (part >= _EAST_ASIAN) != (last >= _EAST_ASIAN):
                    kept.append(" ")
                    origin.append(position)
                kept.append(part)
                origin.append(position)
                continue
            for new in (" ", BREAK, " ") if part in _BREAKS else " ":
                if new == BREAK or kept[-1] != " ":
                    kept.append(new)
                    origin.append(position)
    if kept[-1] != " ":
        kept.append(" ")
        origin.append(max(len(text) - 1, 0))
    return "".join(kept), tuple(origin)


def _fold_ascii_with_origin(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the same for a text in which every sign stands for itself, word by word."""
    kept = [" "]
    origin = [0]
    blank, last = True, 0
    for match in _ASCII_PART.finditer(text):
        start, end = match.span()
        if start > last and not blank:
            kept.append(" ")
            origin.append(last)
            blank = True
        last = end
        if text[start] not in _BREAKS:
            kept.append(match.group())
            origin += range(start, end)
            blank = False
            continue
        kept.append(f"{BREAK} " if blank else f" {BREAK} ")
        origin += (start, start) if blank else (start, start, start)
        blank = True
    if not blank:
        kept.append(" ")
        origin.append(min(last, len(text) - 1))
    return "".join(kept), tuple(origin)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Return each sign together with the marks that combine with it, and its position."""
    if unicodedata.is_normalized("NFKC", text):
        return list(enumerate(text))
    clusters: list[tuple[int, str]] = []
    for position, sign in enumerate(text):
        if clusters and (unicodedata.combining(sign) or sign in _HALF_WIDTH_MARKS):
            start, before = clusters[-1]
            # A base sign takes few marks; more of them stay apart, so that this stays linear.
            if len(before) < 4:
                clusters[-1] = (start, before + sign)
                continue
        clusters.append((position, sign))
    return clusters


def without_addresses(text: str) -> str:
    """Return the text with blanks in place of web and e-mail addresses, of the same length.

    Examples:
        >>> without_addresses("Disc https://neodymium.example/x 6 mm").split()
        ['Disc', '6', 'mm']
    """
    spans: list[tuple[int, int]] = []
    if _SCHEME in text or "www." in text or "WWW." in text:
        spans += _schemes(text)
    if "@" in text:
        spans += _mails(text)
    if "." in text:
        spans += _domains(text)
    if not spans:
        return text
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _schemes(text: str) -> list[tuple[int, int]]:
    """Return the spans of addresses that name their scheme or begin with `www.`."""
    spans = []
    at = text.find(_SCHEME)
    while at >= 0:
        start = at
        while start > 0 and at - start < _MAX_SCHEME and _is_ascii_letter(text[start - 1]):
            start -= 1
        end = _tail(text, at)
        spans.append((start, end))
        at = text.find(_SCHEME, end)
    lowered = _lower(text)
    at = lowered.find(_WWW)
    while at >= 0:
        end = _tail(text, at)
        spans.append((at, end))
        at = lowered.find(_WWW, end)
    return spans


def _mails(text: str) -> list[tuple[int, int]]:
    """Return the spans of e-mail addresses."""
    spans = []
    at = text.find("@")
    while at >= 0:
        head = _MAIL_HEAD.search(text[max(0, at - _MAX_MAIL_NAME) : at])
        tail = _MAIL_TAIL.match(text, at + 1)
        if head and tail:
            spans.append((at - len(head.group()), tail.end()))
        at = text.find("@", at + 1)
    return spans


def _domains(text: str) -> list[tuple[int, int]]:
    """Return the spans of addresses without a scheme (`example.com/path`)."""
    spans = []
    for match in _DOMAIN.finditer(text):
        head = _DOMAIN_HEAD.search(text[max(0, match.start() - _MAX_DOMAIN) : match.start()])
        if head:
            end = match.end()
            end = _tail(text, end) if text[end : end + 1] == "/" else end
            spans.append((match.start() - len(head.group()), end))
    return spans


def _tail(text: str, start: int) -> int:
    """Return the end of a run of visible ASCII signs."""
    match = _URL_TAIL.match(text, start)
    return match.end() if match else start


def _is_ascii_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
