"""Comparing company names: legal forms, spelling, and the sound of names in kana."""

from __future__ import annotations

import re
import unicodedata

#: Words that say what kind of company it is, not which one; "and" is often written "&".
_UNTELLING: frozenset[str] = frozenset(
    "ab ag and as asa bhd bv co company corp corporation gk gmbh inc incorporated jsc kabushiki "
    "kaisha kg kk limited llc llp lp ltd nv oy oyj partnership plc pte pty pvt sa sas sdn se spa "
    "spol spolka sro srl the 株".split()
)

#: The same where a language writes no blanks; the longer ones first.
_ATTACHED_FORMS = (
    "股份有限公司", "株式会社", "有限会社", "合同会社", "合資会社", "有限公司", "公司",
)  # fmt: skip

#: "S.A." or "s. r. o.": single letters with full stops are one word.
_INITIALS = re.compile(r"\b\w(?:\.\s?\w\b)+\.?")

#: Words that differ by less than this are not one word misspelt.
_WORD_FROM = 0.7
#: A word counts at least as if it had this many letters: short ones tell firms apart.
_LEAST_WEIGHT = 6

_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_KANA_NAME = re.compile(r"(?:HIRAGANA|KATAKANA) LETTER (?:SMALL )?([A-Z]+)")
#: Kana whose consonant is not the first letter of its name.
_KANA_SOUNDS = {
    "SI": "s", "TI": "s", "TU": "s", "HU": "f", "ZI": "j", "DI": "j", "DU": "j", "VU": "b",
    "VA": "b", "VI": "b", "VE": "b", "VO": "b",
}  # fmt: skip
_VOWELS = frozenset("aeiouwy")

#: Spellings of one sound in Latin letters, in this order; then every letter for itself.
_SPELLINGS = (
    (re.compile(r"tion|sion"), "son"),
    (re.compile(r"ture"), "sure"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ch|sh|th|ts"), "s"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"g(?=[eiy])|z"), "j"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"l"), "r"),
    (re.compile(r"v"), "b"),
    (re.compile(r"m(?=[bmp])"), "n"),
)
#: Japanese leaves out an R or H that no vowel follows.
_SILENT = re.compile(r"(?<![cpst])h(?![aeiouy])|r(?![aeiouy])")
_REPEATED = re.compile(r"(.)\1+")


def normalised_name(name: str) -> str:
    """Return a company name without case, width, accents, punctuation and legal form.

    Examples:
        >>> normalised_name("IHI Aerospace Co., Ltd.")
        'ihi aerospace'
        >>> normalised_name("EXCALIBUR ARMY spol. s.r.o.")
        'excalibur army'
        >>> normalised_name("Škoda, a.s.")
        'skoda'
    """
    text = _without_accents(unicodedata.normalize("NFKC", name).casefold())
    for form in _ATTACHED_FORMS:
        text = text.replace(form, " ")
    text = _INITIALS.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", text)
    words = "".join(letter if letter.isalnum() or letter == "ー" else " " for letter in text)
    kept = [word for word in words.split() if word not in _UNTELLING]
    return " ".join(kept or words.split())


def _without_accents(text: str) -> str:
    """Return Latin letters without their accents; the marks of kana stay where they are."""
    return "".join(
        unicodedata.normalize("NFD", letter)[0] if "À" <= letter <= "ɏ" else letter
        for letter in text
    )


def similarity(name: str, other: str) -> float:
    """Return how alike two normalised names are [1], 1 for the same, 0 for nothing in common.

    Words are paired with their likest, in any order, each with the share of letters that agree;
    what finds no partner counts against the names. Names that differ only in their blanks are
    the same.

    Examples:
        >>> similarity("hensoldt", "hensoldt"), similarity("tdk", "tpk")
        (1.0, 0.0)
        >>> round(similarity("hino motor", "hino motors"), 3)
        0.917
    """
    if name.replace(" ", "") == other.replace(" ", ""):
        return 1.0
    left, right = name.split(), other.split()
    weight = sum(_weight(word) for word in (*left, *right))
    pairs = sorted(
        (
            (-_likeness(mine, theirs), place, spot)
            for place, mine in enumerate(left)
            for spot, theirs in enumerate(right)
        ),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    common = 0.0
    for likeness, place, spot in pairs:
        if -likeness < _WORD_FROM or place in used[0] or spot in used[1]:
            continue
        used[0].add(place)
        used[1].add(spot)
        common += -likeness * (_weight(left[place]) + _weight(right[spot]))
    return common / weight if weight else 0.0


def _weight(word: str) -> int:
    return max(len(word), _LEAST_WEIGHT)


def _likeness(word: str, other: str) -> float:
    """Return the share of letters that two words have in common [1]."""
    longest = max(len(word), len(other))
    return 1.0 - edit_distance(word, other) / longest


def edit_distance(word: str, other: str) -> int:
    """Return how many letters must be put in, left out or replaced (Levenshtein).

    Examples:
        >>> edit_distance("hensolt", "hensoldt"), edit_distance("", "ab")
        (1, 2)
    """
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, start=1):
        before, row[0] = row[0], place
        for spot, wanted in enumerate(other, start=1):
            cost = before if letter == wanted else 1 + min(before, row[spot], row[spot - 1])
            before, row[spot] = row[spot], cost
    return row[-1]


def begins_like(name: str, listed: str) -> bool:
    """Return whether a normalised name is a listed one with something behind it.

    Examples:
        >>> begins_like("tdk micronas", "tdk"), begins_like("tdkx", "tdk")
        (True, False)
    """
    words = listed.split()
    return len(name.split()) > len(words) and name.split()[: len(words)] == words


def has_kana(name: str) -> bool:
    """Return whether a name holds Japanese syllables, which spell a sound."""
    return _KANA.search(name) is not None


def sound(name: str) -> str:
    """Return the consonants of a normalised name as Japanese would write them.

    Empty where it holds characters that spell no sound, such as Chinese ones.

    Examples:
        >>> sound("ジャパンマリンユナイテッド") == sound("japan marine united")
        True
        >>> sound("三菱")
        ''
    """
    letters: list[str] = []
    for word in re.findall(r"[a-z0-9]+|[^a-z0-9\s]", name):
        if word.isascii():
            letters.append(_latin_sound(word))
        elif word not in "ーっッ":
            heard = _KANA_NAME.match(unicodedata.name(word, ""))
            if heard is None:
                return ""
            letters.append(_kana_sound(heard.group(1)))
    return _REPEATED.sub(r"\1", "".join(letters))


def _latin_sound(word: str) -> str:
    text = _SILENT.sub("", word)
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    return "".join(letter for letter in text if letter not in _VOWELS)


def _kana_sound(syllable: str) -> str:
    sounds = _KANA_SOUNDS.get(syllable, syllable[0].lower())
    return "" if sounds in _VOWELS else sounds


def trigrams(name: str) -> frozenset[str]:
    """Return the runs of three characters of a name without blanks, its ends marked."""
    text = f"^{name.replace(' ', '')}$"
    return frozenset(text[place : place + 3] for place in range(max(1, len(text) - 2)))
