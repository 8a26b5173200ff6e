"""Chooses the kind of part that a line is about, where its chemistry is not named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.domain.exposure import EvidenceItem
from app.domain.materials import Component, PartClass
from app.domain.vocabulary import Strength, Topic, WordRole
from app.identification.content import Content
from app.identification.folding import BREAK
from app.identification.knowledge import Knowledge, has_word
from app.identification.lexicon import PART_KINDS, Hit, TargetKind
from app.identification.line_text import LineText, evidence_of
from app.identification.reading import TURNS, FieldReading

_EAST_ASIAN = "\u2e80"
_DEVICES = frozenset((Topic.DEVICE,))
_GENERAL = frozenset((Topic.MOTOR, Topic.DEVICE))

#: Values of capacitors whose ceramic may be of class II; smaller ones are of class I, larger
#: ones electrolytic.
_CAPACITANCE = re.compile(
    r"(?<![A-Za-z0-9.])\d{1,3}(?:[.,]\d+)? ?(?:nF|uF|\u00b5F|\u03bcF|NF|UF)(?![A-Za-z])"
)
_LARGEST_MICROFARAD = 47.0
_CAPACITOR_CLASS = "class_two_capacitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The kind of part that a line is about.

    Attributes:
        states: Its name states rare earths.
        unit: Unit of the masses in `contents`.
        density_kg_per_m3: Of the material, where the part is the material in a shape.
    """

    reference: str
    name: str
    kind: str
    topic: Topic
    form: str
    contents: tuple[Content, ...]
    evidence: EvidenceItem
    probability: float | None
    states: bool
    reason: str
    question: str
    unit: str
    density_kg_per_m3: float | None = None


def find_part(
    text: LineText, knowledge: Knowledge, *, without: Collection[Topic] = ()
) -> Part | None:
    """Return the kind of part that a line is about, or None where none is known.

    Args:
        text: The line.
        knowledge: The reference data.
        without: Topics of parts that the caller has no use for, which give None.
    """
    for reading in text.readings:
        if PART_KINDS.isdisjoint(reading.kinds):
            continue
        hits = [hit for hit in reading.standing if _counts(reading, hit, text, knowledge)]
        if hits:
            head = _head(reading, hits)
            if not without or head.entry.topics[0] not in without:
                return _part(reading, head, text, knowledge)
            return None
    return _capacitor(text, knowledge)


def _counts(reading: FieldReading, hit: Hit, text: LineText, knowledge: Knowledge) -> bool:
    """Return whether a name of a part counts in this line."""
    entry = hit.entry
    if entry.kind not in PART_KINDS or not text.cancelled.isdisjoint(entry.topics):
        return False
    if entry.strength is Strength.WEAK and not _has_hint(hit, text, knowledge):
        return False
    if entry.reference == _CAPACITOR_CLASS:
        return _is_capacitor(hit, text, knowledge)
    return _DEVICES.isdisjoint(entry.topics) or _ends_phrase(reading, hit)


def _has_hint(hit: Hit, text: LineText, knowledge: Knowledge) -> bool:
    """Return whether a weak name of a part has its second hint: a word, or the sector."""
    entry = hit.entry
    component = knowledge.reference.components.get(entry.reference)
    if component is not None and text.sector in component.sectors:
        return True
    rest = text.folded.replace(entry.key, " ", 1)
    own = knowledge.class_hints.get(entry.reference)
    if own:
        return has_word(rest, own)
    return any(has_word(rest, knowledge.topic_hints[topic]) for topic in entry.topics)


def _is_capacitor(hit: Hit, text: LineText, knowledge: Knowledge) -> bool:
    """Return whether a name of a dielectric stands in the line of a capacitor."""
    rest = text.folded.replace(hit.entry.key, " ", 1)
    return (
        not hit.entry.exact
        or "mlcc" in hit.entry.key
        or has_word(rest, knowledge.topic_hints[Topic.CAPACITOR])
        or any(_CAPACITANCE.search(reading.text.original) for reading in text.readings)
    )


def _ends_phrase(reading: FieldReading, hit: Hit) -> bool:
    """Return whether a name begins its field, or only numbers follow it in its phrase.

    In other places the name of a whole product says what a part is for: `27.5 rim, e-bike rated`.
    """
    if hit.start <= 1:
        return True
    folded = reading.text.folded
    end = folded.find(BREAK, hit.end)
    for other in reading.hits:
        if other.start >= hit.end and WordRole.INCLUSIVE in other.entry.roles:
            end = other.start if end < 0 else min(end, other.start)
            break
    rest = folded[hit.end : end if end >= 0 else len(folded)]
    if hit.entry.key[-1] >= _EAST_ASIAN:
        return not any(sign >= _EAST_ASIAN for sign in rest.split(" ")[0])
    blank = rest.find(" ")
    return not any(word.isalpha() and len(word) > 2 for word in rest[max(blank, 0) :].split())


def _head(reading: FieldReading, hits: list[Hit]) -> Hit:
    """Return the name that says what the part is: the last one of the first phrase with one.

    A name that says little gives way to one that says more.
    """
    first = hits[0]
    end = _end_of_thing(reading, first)
    head = first
    for hit in hits:
        if hit.start < end and _is_telling(hit):
            head = hit
    if _is_telling(head):
        return head
    return next((hit for hit in hits if _is_telling(hit)), head)


def _is_telling(hit: Hit) -> bool:
    """Return whether a name says more than `motor` or the name of a whole product."""
    return not (hit.entry.topics and hit.entry.topics[0] in _GENERAL)


def _end_of_thing(reading: FieldReading, first: Hit) -> int:
    """Return where the phrase ends, or turns to what is in the thing or what it is for."""
    folded = reading.text.folded
    end = folded.find(BREAK, first.end)
    end = len(folded) if end < 0 else end
    for other in reading.hits:
        if other.start >= end:
            break
        if other.start >= first.end and not other.entry.roles.isdisjoint(TURNS):
            return other.start
    return end


def _part(reading: FieldReading, hit: Hit, text: LineText, knowledge: Knowledge) -> Part:
    """Return the part that a name stands for."""
    reference = knowledge.reference
    if hit.entry.kind is TargetKind.PART_CLASS:
        item = reference.part_classes[hit.entry.reference]
        return _class_part(
            item,
            evidence_of(reading, hit, "component"),
            text,
            knowledge,
            states=hit.entry.states_rare_earth,
        )
    return _component_part(
        reference.components[hit.entry.reference],
        evidence_of(reading, hit, "component"),
        knowledge,
        states=hit.entry.states_rare_earth,
    )


def _class_part(
    item: PartClass,
    evidence: EvidenceItem,
    text: LineText,
    knowledge: Knowledge,
    *,
    states: bool,
) -> Part:
    """Return the part of a class."""
    reference = knowledge.reference
    key = item.component
    for word, by_word in item.component_by_word.items():
        if f" {word} " in text.folded:
            key = by_word
    component = reference.components[key] if key else None
    material = reference.materials[item.material] if item.material else None
    return Part(
        reference=item.id,
        name=item.name,
        kind="part_class",
        topic=item.topic,
        form=item.form,
        contents=knowledge.class_contents(item, material, component),
        evidence=evidence,
        probability=item.probability,
        states=states,
        reason=item.reason,
        question=item.question,
        unit=component.unit if component else "piece",
        density_kg_per_m3=material.density_kg_per_m3 if material else None,
    )


def _component_part(
    component: Component, evidence: EvidenceItem, knowledge: Knowledge, *, states: bool
) -> Part:
    """Return the part of a component; without a known share it counts as if it held them."""
    material = knowledge.reference.materials[component.material] if component.material else None
    share = (
        "no share of such parts with rare earths is known, so that it counts as if it had them"
        if component.probability is None
        else f"about {component.probability:.0%} of such parts hold rare earths"
    )
    return Part(
        reference=component.id,
        name=component.name,
        kind="component",
        topic=component.topic,
        form=component.form,
        contents=knowledge.component_contents(component, material),
        evidence=evidence,
        probability=component.probability,
        states=states,
        reason=share,
        question=f"Which rare earths does this part ({component.name}) hold, and how much?",
        unit=component.unit,
    )


def _capacitor(text: LineText, knowledge: Knowledge) -> Part | None:
    """Return the class of ceramic capacitors where a line gives no more than a capacitance."""
    item = knowledge.reference.part_classes.get(_CAPACITOR_CLASS)
    if item is None or Topic.CAPACITOR in text.cancelled or not text.readings:
        return None
    for reading in text.readings:
        original = reading.text.original
        if "F" not in original:
            continue
        match = _CAPACITANCE.search(original)
        if match is None:
            continue
        alone = not any(word.isalpha() and len(word) > 2 for word in _words(original, match))
        if not (alone or has_word(text.folded, knowledge.topic_hints[Topic.CAPACITOR])):
            continue
        if "n" not in match.group().lower() and _number(match.group()) > _LARGEST_MICROFARAD:
            continue
        evidence = EvidenceItem(
            kind="component", text=match.group(), field=reading.name, start=match.start(),
            end=match.end(), reference=item.id,
        )  # fmt: skip
        return _class_part(item, evidence, text, knowledge, states=False)
    return None


def _words(original: str, match: re.Match[str]) -> Iterable[str]:
    """Return the words around a match."""
    return (original[: match.start()] + " " + original[match.end() :]).split()


def _number(text: str) -> float:
    """Return the number at the start of a text."""
    found = re.match(r"\d+(?:[.,]\d+)?", text)
    return float(found.group().replace(",", ".")) if found else 0.0
