"""Bytes to text: a byte-order mark, else strict UTF-8, else the likeliest legacy encoding.

UTF-16 without a mark is never tried: on a Latin-1 file the attempt succeeds and gives garbage.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from charset_normalizer import from_bytes

from app.errors import Fault, UnfitFileOptionError, UnreadableFileError

_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
#: Codecs that a file may be named to be in; the others (punycode, unicode_escape) are no encodings.
_USUAL = re.compile(
    r"(?:utf-(?:8|8-sig|16|16-le|16-be|32|32-le|32-be)|cp\d+|iso8859-\d+|gb\w+|big5\w*|hz|ascii"
    r"|euc_\w+|shift_jis\w*|johab|koi8-\w|mac-\w+|tis-620|ptcp154|kz1048)"
)
_ENOUGH = 0.35
_SCORED_CHARS = 4000
_SAMPLE_BYTES = 65_536

_WESTERN = frozenset("äöüßÄÖÜéèêëàâáãçñíìîïóòôõúùûœåøæÉÈÀÂÇÑÁÍÓÔÚÅØÆ¿¡")
_CENTRAL = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüßÄÖÜőűŐŰăâîşţĂÂÎŞŢđĐôľĺŕ")
_SIGNS = frozenset("µ°±€£§²³·–—’‘“”„®™×½¼¾•…©«»Øø\u00a0")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file and how it was decoded.

    Attributes:
        encoding: Python name of the encoding.
        guessed: True where neither a mark nor UTF-8 settled it.
    """

    text: str
    encoding: str
    guessed: bool = False


def decode(
    data: bytes, *, encoding: str | None = None, known: Callable[[str], bool]
) -> DecodedText:
    """Return the text of `data`.

    Args:
        data: The whole file.
        encoding: The encoding that the caller names, or None.
        known: Tells whether a word is a header word; settles short files.

    Raises:
        UnfitFileOptionError: The encoding that the caller names is unknown or wrong.
        UnreadableFileError: The bytes are no text.
    """
    if encoding is not None:
        return DecodedText(_named(data, encoding), encoding)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return DecodedText(_marked(data, codec).lstrip("\ufeff"), name)
    if b"\0" in data:
        raise _no_text(
            "nul_bytes",
            "the file holds NUL bytes and no byte-order mark, so it is binary or UTF-16 without a "
            "mark; save it as UTF-8 or as UTF-16 with a byte-order mark",
        )
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _detected(data, known)


def _named(data: bytes, encoding: str) -> str:
    if not is_usual(encoding):
        detail = f"'{encoding[:40]}' is no known encoding; name one such as utf-8 or cp932"
        raise _unfit("unknown_encoding", detail)
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        detail = f"the file is not {encoding}; leave the encoding out to have it found"
        raise _unfit("wrong_encoding", detail) from error


def _marked(data: bytes, codec: str) -> str:
    """Return the text of a file whose byte-order mark names its encoding."""
    try:
        return data.decode(codec)
    except UnicodeError as error:
        detail = f"the byte-order mark says {codec}, and the bytes are not; save the file as UTF-8"
        raise _no_text("wrong_encoding", detail) from error


def _unfit(code: str, detail: str) -> UnfitFileOptionError:
    return UnfitFileOptionError(detail, (Fault(code=code, detail=detail, pointer="/encoding"),))


def is_usual(encoding: str) -> bool:
    """Return whether a name is that of an encoding that files are written in."""
    try:
        return _USUAL.fullmatch(codecs.lookup(encoding).name) is not None
    except (LookupError, ValueError):
        return False


def _no_text(code: str, detail: str) -> UnreadableFileError:
    return UnreadableFileError(detail, (Fault(code=code, detail=detail),))


def _detected(data: bytes, known: Callable[[str], bool]) -> DecodedText:
    """Return the likeliest reading of a legacy file.

    charset-normalizer alone takes CP1252 for CP1250 and short Chinese for Korean, so each candidate
    that decodes strictly is scored by the characters that its users write; charset-normalizer is
    asked when none convinces.
    """
    best: tuple[float, str, str] | None = None
    for encoding, score in _SCORERS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        value = score(text) + _words(text, known)
        if best is None or value > best[0] + 1e-9:
            best = (value, encoding, text)
    if best is not None and best[0] >= _ENOUGH:
        return DecodedText(best[2], best[1], guessed=True)
    end = data.rfind(b"\n", 0, _SAMPLE_BYTES) + 1 or _SAMPLE_BYTES  # never cut a character
    match = from_bytes(data[:end]).best()
    if match is not None:
        try:
            return DecodedText(data.decode(match.encoding), match.encoding, guessed=True)
        except (UnicodeDecodeError, LookupError):
            pass
    if best is not None:
        return DecodedText(best[2], best[1], guessed=True)
    return DecodedText(data.decode("latin-1"), "latin-1", guessed=True)


def _words(text: str, known: Callable[[str], bool]) -> float:
    """Return a bonus for header words that only this reading shows."""
    head = text[:2000].replace(";", ",").replace("\t", ",").replace("|", ",").splitlines()[:12]
    cells = {cell.strip(' "') for line in head for cell in line.split(",")}
    return 0.5 * sum(1 for cell in cells if not cell.isascii() and known(cell))


def _foreign(text: str) -> Iterable[tuple[str, str, str]]:
    """Yield (before, character, after) for the first characters that are not ASCII."""
    padded = f" {text} "
    found = (
        (padded[place - 1], sign, padded[place + 1])
        for place, sign in enumerate(padded[:-1])
        if sign > "\x7f"
    )
    return islice(found, _SCORED_CHARS)


def _mean(values: Iterable[float]) -> float:
    total, count = 0.0, 0
    for value in values:
        total += value
        count += 1
    return total / count if count else 0.0


def _lead_byte(sign: str, encoding: str) -> int:
    try:
        encoded = sign.encode(encoding)
    except UnicodeEncodeError:
        return 0
    return encoded[0] if len(encoded) == 2 else 0


def _is_full_width(sign: str) -> bool:
    return (
        "\uff01" <= sign <= "\uff5e" or "\u3000" <= sign <= "\u303f" or sign in "℃Ω×±°μ→、。■□●○※"
    )


def _is_half_kana(sign: str) -> bool:
    return "\uff66" <= sign <= "\uff9f"


def _score_japanese(text: str) -> float:
    def one(before: str, sign: str, after: str) -> float:
        if "\u3041" <= sign <= "\u30fe":
            return 1.0
        if _is_half_kana(sign):
            return 0.6 if _is_half_kana(before) or _is_half_kana(after) else -0.5
        if _is_full_width(sign):
            return 0.6
        lead = _lead_byte(sign, "euc_jp")
        return 0.7 if 0xB0 <= lead <= 0xCF else 0.1 if lead else -0.5

    return _mean(one(*triple) for triple in _foreign(text))


def _score_hanzi(text: str, *, encoding: str, first: int, last: int) -> float:
    def one(before: str, sign: str, after: str) -> float:
        if before.isascii() and after.isascii():
            return 0.2  # a lone sign between plain letters is rather a Latin one
        if "\u4e00" <= sign <= "\u9fff":
            return 0.8 if first <= _lead_byte(sign, encoding) <= last else 0.0
        return 0.6 if _is_full_width(sign) else -0.2

    return _mean(one(*triple) for triple in _foreign(text))


def _score_korean(text: str) -> float:
    return _mean(
        0.8 if "\uac00" <= sign <= "\ud7a3" else 0.5 if _is_full_width(sign) else -0.4
        for _, sign, _ in _foreign(text)
    )


def _score_latin(text: str, letters: frozenset[str]) -> float:
    def one(before: str, sign: str, after: str) -> float:
        in_word = before.isalpha() and after.isalpha()
        if sign in letters and not (sign in _SIGNS and not before.isalpha() and after.isdigit()):
            beside = before.isascii() and before.isalpha(), after.isascii() and after.isalpha()
            return 0.9 if any(beside) else 0.0
        if (sign in "µ°±" and before.isdigit()) or (sign in "Øø±" and after.isdigit()):
            return 1.0
        if sign in _SIGNS:
            return -0.3 if in_word and sign not in "’–—" else 0.7
        return -0.5

    return _mean(one(*triple) for triple in _foreign(text))


def _score_cyrillic(text: str) -> float:
    def one(before: str, sign: str, after: str) -> float:
        if "\u0400" <= sign <= "\u04ff":
            if sign.isupper() and before.islower():
                return -0.5
            return 0.8 if "\u0400" <= before <= "\u04ff" or "\u0400" <= after <= "\u04ff" else -0.5
        return 0.3 if sign in _SIGNS or sign == "№" else -0.5

    return _mean(one(*triple) for triple in _foreign(text))


#: In order of preference where two score alike.
_SCORERS: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("cp932", _score_japanese),
    ("gb18030", lambda text: _score_hanzi(text, encoding="gb2312", first=0xB0, last=0xD7)),
    ("cp1252", lambda text: _score_latin(text, _WESTERN)),
    ("cp1250", lambda text: _score_latin(text, _CENTRAL)),
    ("cp1251", _score_cyrillic),
    ("euc_jp", _score_japanese),
    ("big5", lambda text: _score_hanzi(text, encoding="big5", first=0xA4, last=0xC6)),
    ("euc_kr", _score_korean),
)
