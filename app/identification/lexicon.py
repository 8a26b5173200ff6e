"""All names and words in one automaton, and the search for the longest of them in a text."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import ahocorasick

from app.domain.materials import IdentificationReference
from app.domain.vocabulary import Name, Strength, Topic, WordRole
from app.identification.folding import Folded, fold

_EAST_ASIAN = "\u2e80"

#: Shorter Latin words must stand alone; longer ones may carry an ending.
_LONG_WORD = 4
_COMPOUND_WORD = 5
_JOINED_WORD = 9

#: Names that are read in one field.
MAX_NAMES = 128

#: Endings of plurals and cases in the languages of the names.
_ENDINGS = frozenset(("s", "es", "e", "en", "n", "er", "ern", "ów", "y", "i"))

#: Names of elements end so; German joins further words to them (`lanthanhaltig`).
_ELEMENT_ENDINGS = ("ium", "than", "dym")

#: Marks a name that may be the last part of a longer word (German compounds).
COMPOUND_MARK = "~"

#: Roles that a name passes on to its line although the name as a whole was found.
_INHERITED = frozenset((WordRole.MAGNET, WordRole.MATTER, WordRole.RARE_EARTH, WordRole.SHAPE))


class TargetKind(enum.IntEnum):
    """What a name stands for; where one name has several meanings, the first wins."""

    MATERIAL = 1
    SUBSTANCE = 2
    ELEMENT = 3
    FREE_MATERIAL = 4
    FREE_PART = 5
    PART_CLASS = 6
    COMPONENT = 7
    SYMBOL = 8


#: Kinds whose names state chemistry.
NAMED_KINDS = frozenset((TargetKind.MATERIAL, TargetKind.SUBSTANCE, TargetKind.ELEMENT))

#: Families of materials that are magnets, next to which a grade can be read.
MAGNET_FAMILIES = frozenset(("ndfeb", "smco", "smfen"))

#: Kinds whose names are things.
PART_KINDS = frozenset((TargetKind.PART_CLASS, TargetKind.COMPONENT))

#: Topics of parts whose names tell what a part is made of: `zirconia bearing`.
_MATTER_TOPICS = frozenset((Topic.CERAMIC, Topic.CAPACITOR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One searched name.

    Attributes:
        key: The name as searched, without the blanks at its ends.
        spelling: The key in upper and lower case as the reference data write it.
        exact: Upper and lower case of the text must be those of `spelling`.
        kind, reference: What it stands for; None for a word of the vocabulary only.
        topics: What a part is, or what a free part cancels.
        states_rare_earth: The name itself names a rare earth.
        is_object: Names a thing that other parts can serve (a magnet, a motor), not only what
            a part is made of.
        roles: What the word does; with the roles of words inside it.
    """

    key: str
    spelling: str = ""
    exact: bool = False
    kind: TargetKind | None = None
    reference: str = ""
    strength: Strength = Strength.STRONG
    topics: tuple[Topic, ...] = ()
    states_rare_earth: bool = False
    is_object: bool = False
    compound: bool = False
    roles: frozenset[WordRole] = field(default_factory=frozenset)


class Hit(NamedTuple):
    """A name found: its place in the searched text."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """Finds names; built once, never changed."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._automaton = ahocorasick.Automaton()
        for entry in entries:
            found = (entry, len(entry.key), _stands_alone(entry))
            self._automaton.add_word(_searched(entry), found)
        self._automaton.make_automaton()

    def all_hits(self, text: Folded) -> list[Hit]:
        """Return every name at every place, overlapping ones too."""
        folded = text.folded
        hits = []
        for last, (entry, length, alone) in self._automaton.iter(folded):
            end = last if alone else last + 1
            start = end - length
            if (folded[end] == " " or _ends_well(folded, end, entry)) and (
                not entry.exact or _case_agrees(text, start, end, entry)
            ):
                hits.append(Hit(start, end, entry))
        return hits

    def scan(self, text: Folded) -> list[Hit]:
        """Return names from left to right, the longest first where they overlap.

        A field with more than `MAX_NAMES` is no part; the rest of it is not read, so that the
        work stays linear in the text.
        """
        hits = self.all_hits(text)
        if len(hits) > 1:
            hits.sort(key=_by_place)
        chosen: list[Hit] = []
        free_from = 0
        for hit in hits:
            if hit[0] >= free_from:
                chosen.append(hit)
                free_from = hit[1]
                if len(chosen) == MAX_NAMES:
                    break
        return chosen


def _by_place(hit: Hit) -> tuple[int, int]:
    return (hit[0], -hit[1])


def _stands_alone(entry: Entry) -> bool:
    """Return whether a name must be followed by a blank."""
    key = entry.key
    return entry.compound or (len(key) < _LONG_WORD and key[-1] < _EAST_ASIAN)


def _searched(entry: Entry) -> str:
    """Return the key of an entry with the blanks that must stand around it."""
    before = "" if entry.compound or entry.key[0] >= _EAST_ASIAN else " "
    return f"{before}{entry.key} " if _stands_alone(entry) else f"{before}{entry.key}"


def _ends_well(folded: str, end: int, entry: Entry) -> bool:
    """Return whether the word that was found ends there, but for an ending or a number."""
    sign, key = folded[end], entry.key
    if sign == " " or key[-1] >= _EAST_ASIAN or sign >= _EAST_ASIAN:
        return True
    if sign.isdigit():
        return len(key) >= _COMPOUND_WORD and not key[-1].isdigit()
    tail = folded[end : folded.index(" ", end)]
    return tail in _ENDINGS or (entry.kind is TargetKind.ELEMENT and _is_german_tail(key, tail))


def is_joined(folded: str, hit: Hit) -> bool:
    """Return whether matter is joined to the name of an element (`Lanthanglaslinse`)."""
    tail = folded[hit.end : folded.index(" ", hit.end)]
    return hit.entry.kind is TargetKind.ELEMENT and _is_german_tail(hit.entry.key, tail)


def _is_german_tail(key: str, tail: str) -> bool:
    return key.endswith(_ELEMENT_ENDINGS) and tail.startswith(_GERMAN_TAILS)


#: How German words of matter and goods begin; `Neodymiumgate` and `Thuliumstraße` have none.
_GERMAN_TAILS = tuple(
    "halt dot oxid glas kron faser laser krist magn legier metall pulv foli verst lins laut stabil "
    "salz nitr chlor fluor carb karb sulf phosph vanad bor silic silik frei arm reich basi granat "
    "target draht stab stück späne leucht pigment gelb eisen kobalt cobalt nickel zirkon alumin "
    "scheib ring würfel keram schicht elektrod katalys kontrast gallium mangan chrom flint hexa "
    "komplex chelat citrat stearat acet hydr nano mikro lösung suspens schwer kristall perl "
    "tiegel".split()
)


def _case_agrees(text: Folded, start: int, end: int, entry: Entry) -> bool:
    """Return whether upper and lower case of the text are those of the name."""
    if text.original.isascii() and entry.spelling in text.original:
        return True
    return text.kept(start, end) == entry.spelling


def compile_lexicon(reference: IdentificationReference) -> Lexicon:
    """Return the lexicon of all names of the reference data."""
    entries: dict[tuple[str, bool], Entry] = {}
    for entry in _entries(reference):
        identity = (entry.key, entry.compound)
        entries[identity] = _merged(entries.get(identity), entry)
    lexicon = Lexicon(entries.values())
    return Lexicon(_with_inherited(entry, lexicon) for entry in entries.values())


def _merged(known: Entry | None, new: Entry) -> Entry:
    """Return one entry for two that share their key."""
    if known is None:
        return new
    roles = known.roles | new.roles
    exact = known.exact and new.exact
    if known.kind is None or (new.kind is not None and _rank(new) < _rank(known)):
        return replace(new, roles=roles, exact=exact)
    return replace(known, roles=roles, exact=exact)


def _rank(entry: Entry) -> tuple[int, int]:
    order = (Strength.STRONG, Strength.INDICATIVE, Strength.WEAK)
    strength = order.index(entry.strength)
    kind = entry.kind or TargetKind.SYMBOL
    # A suggestion says less than the class of the part, which has its own question.
    return (strength if kind <= TargetKind.ELEMENT or strength == len(order) - 1 else 0, kind)


def _with_inherited(entry: Entry, lexicon: Lexicon) -> Entry:
    """Return an entry that knows which names and words stand inside it."""
    inside = [
        hit.entry
        for hit in lexicon.all_hits(fold(entry.spelling))
        if hit.entry.key != entry.key and len(hit.entry.key) < len(entry.key)
    ]
    names = any(other.kind in NAMED_KINDS and other.strength is Strength.STRONG for other in inside)
    inherited = frozenset(role for other in inside for role in other.roles & _INHERITED)
    states = (
        entry.states_rare_earth
        or entry.kind is TargetKind.ELEMENT
        or names
        or WordRole.RARE_EARTH in inherited
    )
    is_object = any(
        other.kind in PART_KINDS and _MATTER_TOPICS.isdisjoint(other.topics)
        for other in (entry, *inside)
    )
    return replace(
        entry, states_rare_earth=states, is_object=is_object, roles=entry.roles | inherited
    )


def _entries(reference: IdentificationReference) -> Iterable[Entry]:
    """Return one entry for each name, in no particular order."""
    for role, names in reference.words.items():
        for name in names:
            yield from _spelled(name, Entry(key="", roles=frozenset((role,))))
    for material in reference.materials.values():
        free = material.rare_earth_free
        kind = TargetKind.FREE_MATERIAL if free else TargetKind.MATERIAL
        topics = tuple(
            topic
            for part in reference.rare_earth_free_parts
            if material.id in part.materials
            for topic in part.topics
        )
        magnetic = material.family in MAGNET_FAMILIES
        roles = frozenset((WordRole.MAGNET,)) if magnetic else frozenset()
        for name in material.names:
            # Grades of magnets are read by their rule, which knows more of them.
            if material.grade_suffix is None or name.strength is not Strength.WEAK:
                entry = Entry(key="", kind=kind, reference=material.id, topics=topics, roles=roles)
                yield from _spelled(name, entry)
    for term in reference.generic_terms:
        for name in term.names:
            if term.material:
                entry = Entry(
                    key="",
                    kind=TargetKind.MATERIAL,
                    reference=term.material,
                    roles=frozenset((WordRole.MAGNET,)),
                )
                yield from _spelled(name, replace(entry, states_rare_earth=term.strong))
    yield from _chemical_entries(reference)
    yield from _part_entries(reference)


def _chemical_entries(reference: IdentificationReference) -> Iterable[Entry]:
    """Return the entries of substances, elements and their symbols."""
    for substance in reference.substances.values():
        for name in substance.names:
            entry = Entry(key="", kind=TargetKind.SUBSTANCE, reference=substance.id)
            yield from _spelled(name, entry)
    for element in reference.element_names.values():
        entry = Entry(key="", kind=TargetKind.ELEMENT, reference=element.symbol)
        for name in element.names:
            weak = name.text in element.ambiguous
            yield from _spelled(
                replace(name, strength=Strength.WEAK if weak else Strength.STRONG), entry
            )
        symbol = Name(text=element.symbol, exact=True)
        yield from _spelled(symbol, replace(entry, kind=TargetKind.SYMBOL))


def _part_entries(reference: IdentificationReference) -> Iterable[Entry]:
    """Return the entries of components, classes of parts, and parts without rare earths."""
    for component in reference.components.values():
        entry = Entry(
            key="",
            kind=TargetKind.COMPONENT,
            reference=component.id,
            topics=(component.topic,),
            states_rare_earth=component.named_chemistry,
        )
        for name in component.names:
            yield from _spelled(name, entry)
    for item in reference.part_classes.values():
        entry = Entry(key="", kind=TargetKind.PART_CLASS, reference=item.id, topics=(item.topic,))
        for name in item.names:
            yield from _spelled(name, entry)
    for part in reference.rare_earth_free_parts:
        entry = Entry(key="", kind=TargetKind.FREE_PART, reference=part.id, topics=part.topics)
        for name in part.names:
            yield from _spelled(name, entry)


def _spelled(name: Name, entry: Entry) -> Iterable[Entry]:
    """Return the entries of one name: as it is, and without the blank inside."""
    compound = name.text.startswith(COMPOUND_MARK)
    folded = fold(name.text.removeprefix(COMPOUND_MARK))
    key = folded.folded.strip()
    if not key or key.strip("| ") == "":
        return
    base = replace(
        entry,
        key=key,
        spelling=folded.kept(1, len(key) + 1),
        exact=name.exact,
        strength=name.strength,
        compound=compound,
    )
    yield base
    words = key.split()
    joined = "".join(words)
    if (
        len(words) == 2
        and not name.exact
        and len(joined) >= _JOINED_WORD
        and all(word.isalpha() and word < _EAST_ASIAN and len(word) > 2 for word in words)
    ):
        yield replace(base, key=joined)
