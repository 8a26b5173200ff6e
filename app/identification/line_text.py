"""Brings the fields of a line together: what stands in them, and what that says as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.bom import BomLine
from app.domain.exposure import EvidenceItem
from app.domain.vocabulary import Strength, Topic, WordRole
from app.identification.customs import is_magnet_code
from app.identification.grades import find_grade
from app.identification.knowledge import Knowledge, has_word
from app.identification.lexicon import Hit, TargetKind
from app.identification.reading import FieldReading, Mark, read_field
from app.identification.units import Dimension, find_unit

_EAST_ASIAN = "\u2e80"

DESCRIPTION = "description"
CATEGORY = "category"
PART_NUMBER = "part_number"
HS_CODE = "hs_code"

_PURITY = re.compile(
    r"\d(?:[.,]\d+)? ?%|(?<![A-Za-z0-9])[2-7]N[0-9]?(?![A-Za-z0-9])|\bpurity\b|\bTREO\b"
)
#: What one of them has; a cheap test before the search.
_PURITY_SIGNS = re.compile(r"[2-7]N|%|purity|TREO")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PART = re.compile(r"[^\s_,;:/()]+")
_VALUE = re.compile(
    r"\d+(?:[.,]\d+)? ?(?:[pnu\u00b5\u03bcmkMG]?(?:[Ff]|H|Hz|\u03a9|\u2126|R|ohm|V|A|W)|[kKMR]\d*)"
    r"|M\d+(?:[.,]\d+)? ?[xX\u00d7*] ?[A-Za-z]{0,2}\d[^\W_a-wyz]*.{0,24}"
)

#: What may be without rare earths if a text denies the magnet or the neodymium in it.
_MAGNET_TOPICS = frozenset((Topic.MAGNET, Topic.MACHINE, Topic.MOTOR, Topic.SOUND, Topic.GENERATOR))

_FREE_KINDS = frozenset((TargetKind.FREE_MATERIAL, TargetKind.FREE_PART))

_MAGNET_ELEMENTS = frozenset(("Nd", "Sm"))
_HEAVY_IN_MAGNETS = frozenset(("Dy", "Tb"))


@dataclass(slots=True)
class LineText:
    """The text of one line.

    Attributes:
        readings: Fields with their names, the most telling first.
        folded: All of them, as searched.
        magnet: The line is about a magnet, or about something of magnet material.
        matter: The line is about matter in bulk.
        denied_elements: Symbols that the text denies.
        denies_rare_earths: The text says that there are none.
        cancelled: Topics whose defaults the text cancels.
        free_evidence: Names of things without rare earths.
        negation_evidence: Names that the text denies.
        sector: Sector of the line or of its product, or None.
    """

    readings: tuple[FieldReading, ...]
    folded: str
    roles: frozenset[WordRole]
    magnet: bool
    matter: bool
    denied_elements: frozenset[str] = frozenset()
    denies_rare_earths: bool = False
    cancelled: frozenset[Topic] = frozenset()
    free_evidence: tuple[EvidenceItem, ...] = ()
    negation_evidence: tuple[EvidenceItem, ...] = ()
    sector: str | None = None

    @property
    def names_elements(self) -> bool:
        """Return whether the bare name of an element stands in the line."""
        for reading in self.readings:  # noqa: SIM110 - asked of every line; cheaper than any()
            if TargetKind.ELEMENT in reading.kinds:
                return True
        return False

    @property
    def is_accessory(self) -> bool:
        """Return whether the line is of an accessory of the things that it names."""
        return bool(self.readings) and self.readings[0].is_accessory

    @property
    def original(self) -> str:
        """Return the text of the most telling field."""
        return self.readings[0].text.original if self.readings else ""


def read_line(line: BomLine, knowledge: Knowledge, *, sector: str | None = None) -> LineText:
    """Return the text of a line with its names and what the words around them say."""
    fields = ((DESCRIPTION, line.description), (PART_NUMBER, line.part_number),
              (CATEGORY, line.category))  # fmt: skip
    lexicon = knowledge.lexicon
    readings = tuple([read_field(name, text, lexicon) for name, text in fields if text])
    _spread_accessory(readings)
    roles = frozenset().union(*[reading.roles for reading in readings])
    folded = " | ".join([reading.text.folded for reading in readings])
    magnet = WordRole.MAGNET in roles or is_magnet_code(line.hs_code) or _sells_magnets(line)
    text = LineText(
        readings=readings,
        folded=folded,
        roles=roles,
        magnet=magnet or _names_graded_metal(readings, knowledge),
        matter=WordRole.MATTER in roles or _is_matter(line, readings),
        sector=sector,
    )
    _take_free(text, knowledge)
    _take_denied(text)
    return text


def _is_matter(line: BomLine, readings: tuple[FieldReading, ...]) -> bool:
    """Return whether a line counts in units of mass or prints a purity."""
    unit = find_unit(line.unit)
    if unit is not None and unit.dimension is Dimension.MASS:
        return True
    for reading in readings:
        original = reading.text.original
        if _PURITY_SIGNS.search(original) and _PURITY.search(original):
            return True
    return False


def _take_free(text: LineText, knowledge: Knowledge) -> None:
    """Add what a text names without rare earths, and the topics that this cancels."""
    free = [
        (reading, hit)
        for reading in text.readings
        if not _FREE_KINDS.isdisjoint(reading.kinds)
        for hit in reading.standing
        if hit.entry.kind in _FREE_KINDS
        and (hit.entry.strength is not Strength.WEAK or _free_hint(text.folded, hit, knowledge))
    ]
    if free:
        text.free_evidence = tuple([evidence_of(*name, "material") for name in free])
        text.cancelled = frozenset([topic for _, hit in free for topic in hit.entry.topics])
    if text.magnet and (grade := _ferrite_grade(text.readings, knowledge)) is not None:
        text.free_evidence += (grade,)
        text.cancelled |= _MAGNET_TOPICS


def _take_denied(text: LineText) -> None:
    """Add what a text denies, and the topics that this cancels."""
    denied = [(reading, hit) for reading in text.readings for hit in reading.denied()]
    if not denied:
        return
    hits = [hit for _, hit in denied]
    elements, text.denies_rare_earths = _denied(hits)
    text.denied_elements = elements
    text.negation_evidence = tuple([evidence_of(*name, "negation") for name in denied])
    if _denies_magnet(hits) or elements & _MAGNET_ELEMENTS or text.denies_rare_earths:
        text.cancelled |= _MAGNET_TOPICS


def evidence_of(reading: FieldReading, hit: Hit, kind: str) -> EvidenceItem:
    """Return a name as evidence, with its place in the caller's text."""
    start, end = reading.text.span(hit.start, hit.end)
    return EvidenceItem(
        kind=kind,
        text=reading.text.original[start:end],
        field=reading.name,
        start=start,
        end=end,
        reference=hit.entry.reference or None,
    )


def _names_graded_metal(readings: tuple[FieldReading, ...], knowledge: Knowledge) -> bool:
    """Return whether a line names neodymium and a grade of magnets made of it."""
    for reading in readings:
        if TargetKind.ELEMENT in reading.kinds and any(
            hit.entry.kind is TargetKind.ELEMENT and hit.entry.reference in _MAGNET_ELEMENTS
            for hit in reading.standing
        ):
            grade = find_grade(reading.text.original, knowledge.reference.grade_rule)
            if grade is not None:
                return True
    return False


def _ferrite_grade(readings: tuple[FieldReading, ...], knowledge: Knowledge) -> EvidenceItem | None:
    """Return a grade of a magnet without rare earths, or None."""
    for reading in readings:
        match = knowledge.ferrite_grade.search(reading.text.original)
        if match is not None:
            return EvidenceItem(
                kind="grade",
                text=match.group(),
                field=reading.name,
                start=match.start(),
                end=match.end(),
            )
    return None


def _spread_accessory(readings: tuple[FieldReading, ...]) -> None:
    """Mark the things in other fields as served where the first field is of an accessory."""
    if not readings or not readings[0].is_accessory:
        return
    for reading in readings[1:]:
        for at, hit in enumerate(reading.hits):
            if hit.entry.is_object and reading.marks[at] is Mark.NONE:
                reading.marks[at] = Mark.SERVED
        reading.settle(reading.roles)


def _denied(hits: Iterable[Hit]) -> tuple[frozenset[str], bool]:
    """Return the elements that are denied, and whether all rare earths are."""
    elements: set[str] = set()
    everything = False
    for hit in hits:
        if WordRole.HEAVY_RARE_EARTH in hit.entry.roles:
            elements |= _HEAVY_IN_MAGNETS
        elif hit.entry.kind in (TargetKind.ELEMENT, TargetKind.SYMBOL):
            elements.add(hit.entry.reference)
        elif WordRole.RARE_EARTH in hit.entry.roles and hit.entry.kind is None:
            everything = True
    return frozenset(elements), everything


def _denies_magnet(hits: Iterable[Hit]) -> bool:
    """Return whether a text says that there is no magnet."""
    return any(WordRole.MAGNET in hit.entry.roles for hit in hits)


def _free_hint(folded: str, hit: Hit, knowledge: Knowledge) -> bool:
    """Return whether a weak name of something without rare earths has its second hint."""
    rest = folded.replace(hit.entry.key, " ")
    return has_word(rest, knowledge.family_hints["true_negative"])


def _sells_magnets(line: BomLine) -> bool:
    """Return whether the maker or a supplier has a magnet in its name."""
    if line.manufacturer and "magnet" in line.manufacturer.lower():
        return True
    names = [supplier.name for supplier in line.suppliers if supplier.name]
    return bool(names) and "magnet" in "\n".join(names).lower()


def has_words(line: BomLine) -> bool:
    """Return whether a line has words that could tell what the part is, not codes only."""
    return any(_tells(text) for text in (line.description, line.category, line.part_number) if text)


def _tells(text: str) -> bool:
    """Return whether a text has a word, or the value of an electronic part."""
    if _VALUE.fullmatch(text.strip()):
        return True
    for part in _PART.findall(text):
        if any(sign.isdigit() for sign in part) and part[0] < _EAST_ASIAN:
            if any(sign >= _EAST_ASIAN for sign in part):
                return True
            continue
        if _WORD.search(part) or any(sign >= _EAST_ASIAN for sign in part):
            return True
    return False
