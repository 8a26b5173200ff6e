"""Reads one field: which names stand in it, and which of them the words around take back.

A name is taken back where it is denied (`rare-earth free`), where it is only what the part
serves (`bracket for motor`, `magnet holder`), or where it is the name of a company.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.vocabulary import WordRole
from app.identification.folding import BREAK, Folded, fold, without_addresses
from app.identification.knowledge import has_word
from app.identification.lexicon import Hit, Lexicon, TargetKind

_EAST_ASIAN = "\u2e80"

#: How far a denial reaches over small words (`without any`), in signs.
_NEGATION_GAP = 10
#: How many words may stand between a part and the accessory that serves it.
_ACCESSORY_WORDS = 1
_ACCESSORY_SIGNS = 4
_OWNER_GAP = 14
#: How many names back a word may have an effect; keeps the work linear in the text.
_REACH = 12
_HEAD_SIGNS = 40

#: Words between the members of one list.
_CONNECTORS = frozenset(
    ("", BREAK, "and", "or", "und", "oder", "y", "e", "et", "o", "i", "と", "和", "及", "や")
)
_TRADE_MARKS = ("®", "™", "(R)", "(TM)")

_ACCESSORIES = frozenset((WordRole.ACCESSORY, WordRole.ACCESSORY_FIRST))
_SERVING = _ACCESSORIES | {WordRole.PURPOSE, WordRole.PURPOSE_AFTER}

#: Words after which a phrase speaks of another thing.
TURNS = frozenset((WordRole.INCLUSIVE, WordRole.PURPOSE))

_NO_ROLES: frozenset[WordRole] = frozenset()
_TAKES_PART = frozenset((WordRole.RARE_EARTH, WordRole.HEAVY_RARE_EARTH))
_ELEMENT_KINDS = frozenset((TargetKind.ELEMENT, TargetKind.SYMBOL))


class Mark(enum.IntEnum):
    """What the words around a name do to it."""

    NONE = 0
    DENIED = 1
    SERVED = 2
    OWNED = 3


@dataclass(slots=True)
class FieldReading:
    """One field with its names.

    Attributes:
        name: Field of the line.
        text: The text as searched.
        hits: Names from left to right; `marks` says what became of each.
        roles: What words of the field do, those of denied names left out.
        standing: Names that nothing takes back; `kinds` says what they stand for.
        is_accessory: The first phrase names an accessory (`motor mounting screws`).
    """

    name: str
    text: Folded
    hits: list[Hit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    roles: frozenset[WordRole] = frozenset()
    is_accessory: bool = False
    standing: tuple[Hit, ...] = ()
    kinds: frozenset[TargetKind | None] = frozenset()

    def settle(self, roles: frozenset[WordRole]) -> None:
        """Work out what stands, after all marks are set.

        Args:
            roles: Those of all names, where the caller has them at hand.
        """
        if any(self.marks):
            self.standing = tuple(
                [hit for hit, mark in zip(self.hits, self.marks, strict=True) if mark is Mark.NONE]
            )
            roles = _roles(self.standing)
        else:
            self.standing = tuple(self.hits)
        self.roles = roles
        self.kinds = frozenset([hit.entry.kind for hit in self.standing])

    def denied(self) -> Iterable[Hit]:
        """Return the names that the text denies."""
        if Mark.DENIED not in self.marks:
            return ()
        return (hit for hit, mark in zip(self.hits, self.marks, strict=True) if mark is Mark.DENIED)


def read_field(name: str, text: str, lexicon: Lexicon) -> FieldReading:
    """Return a field with its names and what became of them."""
    folded = fold(without_addresses(text))
    hits = lexicon.scan(folded)
    reading = FieldReading(name, folded, hits, [Mark.NONE] * len(hits))
    if hits:
        roles = _roles(hits)
        if WordRole.NEGATION_BEFORE in roles or WordRole.NEGATION_AFTER in roles:
            _mark_denied(reading)
        if WordRole.OWNER in roles or has_word(text, _TRADE_MARKS):
            _mark_owned(reading)
        _mark_prefixes(reading)
        if not roles.isdisjoint(_SERVING):
            _mark_served(reading)
        reading.settle(roles)
    return reading


def _roles(hits: Sequence[Hit]) -> frozenset[WordRole]:
    """Return what the words of a text do."""
    if len(hits) == 1:
        return hits[0].entry.roles
    return _NO_ROLES.union(*[hit.entry.roles for hit in hits])


def _is_name(hit: Hit) -> bool:
    """Return whether a hit may be denied or served."""
    return hit.entry.kind is not None or not hit.entry.roles.isdisjoint(_TAKES_PART)


def _gap(reading: FieldReading, before: Hit, after: Hit) -> str:
    """Return the text between two names, without the ending of the first."""
    text = reading.text.folded[before.end : after.start]
    blank = text.find(" ")
    return text[blank:].strip() if blank > 0 and text[0] < _EAST_ASIAN else text.strip()


def _mark_denied(reading: FieldReading) -> None:
    """Mark what the text denies, lists of it included."""
    hits = reading.hits
    for at, hit in enumerate(hits):
        if WordRole.NEGATION_AFTER in hit.entry.roles and at > 0:
            _deny_list(reading, at, range(at - 1, -1, -1))
        if WordRole.NEGATION_BEFORE in hit.entry.roles and at + 1 < len(hits):
            gap = reading.text.folded[hit.end : hits[at + 1].start]
            if BREAK not in gap and len(gap) <= _NEGATION_GAP:
                _deny_list(reading, at, range(at + 1, len(hits)), near=True)


def _deny_list(
    reading: FieldReading, negation: int, positions: range, *, near: bool = False
) -> None:
    """Mark the names of one list that begins next to a negation.

    Beyond the first name only elements belong to the list: `no magnet, motor 12 V` has a motor.
    """
    before = negation
    for number, at in enumerate(positions):
        hit = reading.hits[at]
        first, second = (before, at) if before < at else (at, before)
        gap = _gap(reading, reading.hits[first], reading.hits[second])
        if not _is_name(hit) or (gap not in _CONNECTORS and not (near and number == 0)):
            return
        if number > 0 and hit.entry.kind not in _ELEMENT_KINDS:
            return
        if number == 0 and BREAK in gap:
            return
        reading.marks[at] = Mark.DENIED
        before = at


def _mark_owned(reading: FieldReading) -> None:
    """Mark names of elements that are names of companies, brands or places."""
    hits = reading.hits
    original = reading.text.original
    for at, hit in enumerate(hits):
        single_word = " " not in hit.entry.key and hit.entry.kind is not None
        if not (single_word or WordRole.RARE_EARTH in hit.entry.roles):
            continue
        if hit.entry.kind in (TargetKind.PART_CLASS, TargetKind.COMPONENT):
            continue
        is_name = hit.entry.kind in (None, TargetKind.ELEMENT) or WordRole.MAGNET in hit.entry.roles
        end = reading.text.span(hit.start, hit.end)[1]
        if original.startswith(_TRADE_MARKS, end):
            reading.marks[at] = Mark.OWNED
        for other in hits[at + 1 : at + 1 + _REACH]:
            gap = reading.text.folded[hit.end : other.start]
            if BREAK in gap or len(gap) > _OWNER_GAP:
                break
            if WordRole.OWNER in other.entry.roles and (is_name or not gap.strip()):
                reading.marks[at] = Mark.OWNED


def _mark_prefixes(reading: FieldReading) -> None:
    """Mark short names of parts that begin a code (`TWT-0100`): anybody numbers parts so."""
    for at, hit in enumerate(reading.hits):
        if hit.entry.kind not in _PART_KINDS or len(hit.entry.key) > _LONGEST_PREFIX:
            continue
        start, end = reading.text.span(hit.start, hit.end)
        if reading.text.original[start:end].isascii() and _CODE.match(reading.text.original, end):
            reading.marks[at] = Mark.OWNED


_PART_KINDS = frozenset((TargetKind.PART_CLASS, TargetKind.COMPONENT))
_LONGEST_PREFIX = 3
_CODE = re.compile(r"[-_][A-Z]{0,2}\d")


def _mark_served(reading: FieldReading) -> None:
    """Mark things that the part only serves."""
    head_end = _accessory_head(reading)
    reading.is_accessory = head_end is not None
    for at, hit in enumerate(reading.hits):
        if reading.marks[at] is not Mark.NONE or not _is_name(hit):
            continue
        object_served = hit.entry.is_object and (
            _followed_by_accessory(reading, at)
            or _led_by_accessory(reading, at)
            or (head_end is not None and not _included(reading, at))
        )
        if object_served or _after_purpose(reading, at, head_end) or _before_purpose(reading, at):
            reading.marks[at] = Mark.SERVED
    _mark_neighbours(reading)


def _mark_neighbours(reading: FieldReading) -> None:
    """Mark what directly describes a thing that is served (`NdFeB magnet holder`)."""
    for at in range(len(reading.hits) - 1, 0, -1):
        if reading.marks[at] is Mark.SERVED and reading.marks[at - 1] is Mark.NONE:
            before = reading.hits[at - 1]
            if _is_magnet_noun(before):
                continue  # `SmFeNボンド磁石 ファンモータ用` is a magnet
            if _is_apart(reading, before, reading.hits[at]):
                continue
            if _is_name(before) and not _gap(reading, before, reading.hits[at]):
                reading.marks[at - 1] = Mark.SERVED


def _is_apart(reading: FieldReading, before: Hit, after: Hit) -> bool:
    """Return whether a blank of the caller parts two East Asian words (`稀土抛光粉 手机盖板`)."""
    both = before.entry.key[-1] >= _EAST_ASIAN and after.entry.key[0] >= _EAST_ASIAN
    return both and " " in reading.text.folded[before.end : after.start]


def _is_magnet_noun(hit: Hit) -> bool:
    """Return whether a name of a material ends in a word for magnet, so that it is the thing."""
    return hit.entry.key[-1] >= _EAST_ASIAN and WordRole.MAGNET in hit.entry.roles


def _accessory_head(reading: FieldReading) -> int | None:
    """Return where the accessory ends that a field begins with, or None.

    The part is what the last word of the first phrase says: `motor mounting screws, M4`.
    """
    folded = reading.text.folded
    end = folded.find(BREAK)
    end = len(folded) if end < 0 else end
    last = None
    after_object = 0
    for hit in reading.hits:
        roles = hit.entry.roles
        if hit.start >= end:
            break
        if WordRole.PURPOSE in roles or WordRole.INCLUSIVE in roles:
            end = hit.start
            break
        if hit.entry.is_object:
            after_object = hit.end
        if WordRole.INCLUSIVE_AFTER in roles:
            last = None
        elif _is_head(folded, hit, after_object):
            last = hit.end
    if last is None:
        return None
    blank = folded.find(" ", last)
    rest = folded[blank if blank >= 0 else last : end].split()
    return None if any(word.isalpha() and len(word) > 1 for word in rest) else last


def _is_head(folded: str, hit: Hit, after_object: int) -> bool:
    """Return whether a word may name the part: an accessory, no figure, no rating before it."""
    if _ACCESSORIES.isdisjoint(hit.entry.roles) or _is_counted(folded, hit):
        return False
    between = folded[after_object : hit.start] if after_object else ""
    return not any(sign.isdigit() for sign in between)


def _is_counted(folded: str, hit: Hit) -> bool:
    """Return whether a number stands before a word, so that it is a figure (`4 wire`)."""
    before = folded[max(0, hit.start - 8) : hit.start].split()
    return bool(before) and before[-1].isdigit() and hit.entry.key[0] < _EAST_ASIAN


def _followed_by_accessory(reading: FieldReading, at: int) -> bool:
    """Return whether an accessory of this thing follows in its phrase (`magnet holder`)."""
    hit = reading.hits[at]
    folded = reading.text.folded
    for position in range(at + 1, len(reading.hits)):
        other = reading.hits[position]
        gap = folded[hit.end : other.start]
        if BREAK in gap or not other.entry.roles.isdisjoint(TURNS):
            return False
        words = gap.split()
        if len(words) > _ACCESSORY_WORDS + 1 or any(sign.isdigit() for sign in gap):
            return False
        east_asian = other.entry.key[0] >= _EAST_ASIAN
        if east_asian and len(gap) > _ACCESSORY_SIGNS:
            return False
        if not _ACCESSORIES.isdisjoint(other.entry.roles) and not _is_counted(folded, other):
            following = reading.hits[position + 1 : position + 2]
            return not any(WordRole.INCLUSIVE_AFTER in near.entry.roles for near in following)
    return False


def _led_by_accessory(reading: FieldReading, at: int) -> bool:
    """Return whether the phrase begins with an accessory of this thing (`support moteur`)."""
    folded = reading.text.folded
    start = reading.hits[at].start
    for position in range(at - 1, max(-1, at - 1 - _REACH), -1):
        other = reading.hits[position]
        if BREAK in folded[other.end : start] or not other.entry.roles.isdisjoint(TURNS):
            return False
        if WordRole.ACCESSORY_FIRST in other.entry.roles:
            word = folded.rfind(" ", 0, other.start)
            return word <= 0 or folded[word - 1] == BREAK
    return False


def _included(reading: FieldReading, at: int) -> bool:
    """Return whether the phrase says before this name that it is part of the part."""
    folded = reading.text.folded
    start = reading.hits[at].start
    for position in range(at - 1, max(-1, at - 1 - _REACH), -1):
        other = reading.hits[position]
        if BREAK in folded[other.end : start]:
            return False
        if WordRole.INCLUSIVE in other.entry.roles:
            return True
        if WordRole.PURPOSE in other.entry.roles:
            return False
    return False


def _after_purpose(reading: FieldReading, at: int, head_end: int | None) -> bool:
    """Return whether the name says what the part is for (`bracket for motor`).

    Chemistry is taken back only where the part is an accessory: `rod for Nd:YAG laser` is one
    of Nd:YAG, `box for Nd:YAG rods` is not.
    """
    folded = reading.text.folded
    hit = reading.hits[at]
    for position in range(at - 1, max(-1, at - 1 - _REACH), -1):
        other = reading.hits[position]
        if BREAK in folded[other.end : hit.start] or WordRole.INCLUSIVE in other.entry.roles:
            return False
        if WordRole.PURPOSE in other.entry.roles:
            has_head = folded[:_HEAD_SIGNS].strip(f" {BREAK}") != "" and other.start > 1
            return has_head and (hit.entry.is_object or head_end is not None)
    return False


def _before_purpose(reading: FieldReading, at: int) -> bool:
    """Return whether a word behind the name says that the part is for it (`磁石用`)."""
    if at + 1 >= len(reading.hits):
        return False
    after = reading.hits[at + 1]
    if WordRole.PURPOSE_AFTER not in after.entry.roles:
        return False
    return not _gap(reading, reading.hits[at], after)
